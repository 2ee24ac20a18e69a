"""Rule 11: every figure answers why."""

from __future__ import annotations

from itertools import pairwise

import pytest

from intendance.terms import IntendanceError


def a_ledger(ledger, build):
    ledger.add(
        [
            build.one("Germany promised four.", build.promise("DEU", 4, "caesar"), "2023-01-10"),
            build.one(
                "Germany delivered six, a spokesman said.",
                build.deliver("DEU", 6, "caesar", speaker="role:DEU", item_from="inferred"),
                "2023-01-10",
                publisher="Other Post",
            ),
            build.one("Or was it two.", build.deliver("DEU", 2, "caesar"), None, publisher="Third"),
        ]
    )
    return ledger.commitments()[0]


def test_rule_11_a_commitment_names_the_statements_behind_each_figure(ledger, build):
    commitment = a_ledger(ledger, build)
    why = ledger.why(commitment.id)
    assert (why.kind, why.id) == ("commitment", commitment.id)
    assert why.commitments == (commitment,)
    quotes = {each.statement.quote for each in why.statements}
    assert "Germany promised four." in quotes
    assert len(quotes) == 3
    delivered = next(each for each in why.figures if each.name == "delivered quantity")
    assert set(delivered.statements) == set(commitment.stages["delivered"].statements)
    assert all(each.statements for each in why.figures if each.name != "outstanding")
    assert {each.commitment for each in why.statements} == {commitment.id}
    assert [each.id for each in why.conflicts] == list(commitment.conflicts)
    witnesses = {each.statement.quote: each.witness for each in why.statements}
    assert witnesses["Germany delivered six, a spokesman said."] == "role:DEU"


def test_rule_11_assumptions_are_listed(ledger, build):
    commitment = a_ledger(ledger, build)
    found = {(each.what, each.reason) for each in ledger.why(commitment.id).assumptions}
    assert ("item caesar", "test") in found


def test_rule_11_decisions_are_part_of_the_answer(ledger, build):
    commitment = a_ledger(ledger, build)
    said = next(s for s in ledger.statements() if s.quote == "Or was it two.")
    decision = ledger.decide("retract", [said.id], by="A. Clerk", why="a rumour")
    undo = ledger.undo(decision.id, by="A. Clerk", why="it was none")
    why = ledger.why(commitment.id)
    assert [each.id for each in why.decisions] == [decision.id, undo.id]
    assert why.decisions[0].undone_by == undo.id
    asked = ledger.why(decision.id)
    assert asked.kind == "decision"
    assert [each.statement.id for each in asked.statements] == [said.id]


def test_rule_11_conflicts_statements_and_reports_answer_too(ledger, build):
    commitment = a_ledger(ledger, build)
    conflict = ledger.conflicts()[0]
    why = ledger.why(conflict.id[:9])
    assert why.kind == "conflict"
    assert why.conflicts == (conflict,)
    assert {each.value for each in why.figures} == {side.value for side in conflict.sides}
    said = ledger.statements()[0]
    assert ledger.why(said.id).commitments == (commitment,)
    about = ledger.why(said.report)
    assert about.kind == "report"
    assert [each.statement.id for each in about.statements] == [said.id]


def test_rule_11_a_corrected_statement_shows_both(ledger, build):
    a_ledger(ledger, build)
    said = ledger.statements()[0]
    ledger.decide("correct", [said.id], '{"item": "patriot"}', by="A", why="B")
    sourced = ledger.why(said.id).statements[0]
    assert sourced.statement.item == "caesar"
    assert sourced.corrected is not None
    assert sourced.corrected.item == "patriot"


def test_rule_11_a_package_answers_with_its_total_and_its_parts(ledger, build):
    total = {"act": "promise", "certainty": "announced", "actors": ("DEU",), "recipients": ("UKR",),
             "package": "p1", "money": build.euros("700000000")}  # fmt: skip
    part = build.promise("DEU", 4, "caesar", package="p1")
    ledger.add(
        [
            build.reading_of(
                [("A package of 700 million.", total), ("In it four.", part)], "2023-01-10"
            )
        ]
    )
    package = ledger.packages()[0]
    why = ledger.why(package.id)
    assert why.package == package
    assert [each.name for each in why.figures] == ["total"]
    assert len(why.figures[0].statements) == 1
    assert len(why.statements) == 2
    with pytest.raises(IntendanceError, match="the identifier of one package, got 'p000'"):
        ledger.why("p000")


@pytest.mark.parametrize("id_", ["c" + "0" * 20, "s12", "x9", "", "r", "k777", "d1"])
def test_rule_11_an_identifier_of_nothing_is_said_to_be_unknown(ledger, build, id_):
    a_ledger(ledger, build)
    with pytest.raises(IntendanceError, match="Expected the identifier of a") as caught:
        ledger.why(id_)
    assert caught.value.code == "id.unknown"


def test_rule_11_a_prefix_that_fits_several_is_ambiguous(ledger, build):
    ledger.add(build.some_readings(60))
    ids = sorted(each.id for each in ledger.statements())
    twice = next(a[:2] for a, b in pairwise(ids) if a[:2] == b[:2])
    with pytest.raises(IntendanceError, match="an identifier that fits one thing") as caught:
        ledger.why(twice)
    assert caught.value.code == "id.ambiguous"
    assert ledger.resolve(ids[0]) == ids[0]


def test_rule_11_why_at_an_earlier_day(ledger, build):
    commitment = a_ledger(ledger, build)
    early = ledger.why(commitment.id, as_of="2023-01-09")
    assert [each.statement.quote for each in early.statements] == ["Or was it two."]
    dated = next(s for s in ledger.statements() if s.quote == "Germany promised four.")
    with pytest.raises(IntendanceError, match="seen at this date"):
        ledger.why(dated.id, as_of="2023-01-09")
