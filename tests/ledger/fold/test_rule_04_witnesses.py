"""Rule 4: a copy adds no witness, nor does a shared origin or a translation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intendance.ledger._fold import Evidence, fold_all, witness_key
from intendance.terms import Report


def _report(name: str, publisher: str | None = None) -> Report:
    return Report(name, "article", f"{name}.txt", "", "", publisher=publisher)


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({}, "politico"),
        ({"speaker": "official:NATO"}, "official:NATO"),
        ({"attribution": ("agence-nord",)}, "agence-nord"),
        ({"attribution": ("agence-nord", "official:USA")}, "agence-nord"),
        ({"speaker": "official:USA", "attribution": ("agence-nord",)}, "agence-nord"),
        ({"speaker": "official:USA", "attribution": ("official:DEU",)}, "official:USA"),
        ({"speaker": "jens-berg", "attribution": ("agence-nord",)}, "jens-berg"),
        ({"author": "analyst"}, "author:analyst"),
        ({"author": "analyst", "speaker": "official:DEU"}, "official:DEU"),
    ],
)
def test_rule_04_the_witness_is_the_origin_that_is_cited(kit, fields, key):
    """Rule 4: the named official, else the outlet cited, else the role, author or publisher."""
    said = kit.say("deliver", 4, **fields)
    assert witness_key(said, _report("r1", "Politico"), "r1", kit.catalogue) == key


def test_rule_04_publishers_are_outlets_names_or_the_report_itself(kit):
    """Rule 4: an outlet by its identifier, an unknown name without case, else the component."""
    said = kit.say("deliver", 4)
    keys = [
        witness_key(said, _report("r1", name), "r9", kit.catalogue)
        for name in ("politico", "Politico", "Le  Petit Journal", "le petit journal", None)
    ]
    journal = "publisher:le petit journal"
    assert keys == ["politico", "politico", journal, journal, "report:r9"]


def test_rule_04_a_paper_and_what_it_cites_are_one_witness(kit):
    """Rule 4: a paper that cites an outlet adds nothing to that outlet's own report."""
    own, citing = kit.say("deliver", 4), kit.say("deliver", 4, attribution=("politico",))
    evidence = []
    for said, publisher in ((own, "Politico"), (citing, "Agence Nord")):
        key = witness_key(said, _report(said.report, publisher), said.report, kit.catalogue)
        evidence.append(kit.on("2022-10-12", said, key))
    delivered = kit.one(*evidence).stages["delivered"]
    assert delivered.witnesses == 1
    assert len(delivered.statements) == 2


def test_rule_04_five_copies_are_one_witness_also_in_a_conflict(kit):
    """Rule 4: the sides of a conflict count independent sources, not reports."""
    copies = [kit.on("2022-10-12", kit.say("deliver", 4), "agence-nord") for _ in range(5)]
    others = [kit.on("2022-10-12", kit.say("deliver", 1), f"w{n}") for n in range(2)]
    conflict = kit.conflict(*copies, *others)
    sides = [(side.value, len(side.statements), side.witnesses) for side in conflict.sides]
    assert sides == [("1", 2, 2), ("4", 5, 1)]


@given(data=st.data())
def test_rule_04_a_copy_never_raises_a_witness_count(kit, data):
    """Rule 4: the same words again, under the same origin, raise no count anywhere."""
    evidence = data.draw(kit.evidence())
    copied = data.draw(st.sampled_from(evidence))
    said = copied.statement
    twin = kit.on(None, kit.say(said.act, **_same(said)), copied.witness)
    twin = Evidence(twin.statement, copied.published, "~later", copied.witness)
    before = fold_all(evidence, (), kit.catalogue)
    after = fold_all([*evidence, twin], (), kit.catalogue)
    assert _counts(after) == _counts(before)


def _same(said) -> dict:
    skipped = {"id", "act", "report"}
    return {name: getattr(said, name) for name in said.__struct_fields__ if name not in skipped}


def _counts(folded) -> list:
    stages = [
        (each.id, stage, state.witnesses)
        for each in folded.commitments
        for stage, state in each.stages.items()
    ]
    sides = [(c.id, [(side.value, side.witnesses) for side in c.sides]) for c in folded.conflicts]
    return [stages, sides]
