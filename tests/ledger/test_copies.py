"""Rule 4: a copy adds no witness, nor does a shared origin or a translation."""

from __future__ import annotations

import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intendance.ledger import TRANSLATION
from intendance.ledger import _minhash as minhash

WORDS = [f"word{number}" for number in range(400)]


def story(seed: int, length: int = 150) -> list[str]:
    chance = random.Random(seed)
    return [chance.choice(WORDS) for _ in range(length)]


def edited(words: list[str], seed: int, edits: int) -> str:
    chance, copy = random.Random(seed), list(words)
    for _ in range(edits):
        copy[chance.randrange(len(copy))] = f"new{chance.randrange(10**6)}"
    return " ".join(copy)


def jaccard(one: str, other: str) -> float:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = text.casefold().split()
        return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}

    a, b = runs(one), runs(other)
    return len(a & b) / len(a | b)


def copy_of(build, text: str, day: str, publisher: str, **more):
    said = more.pop("said", None) or build.promise("DEU", 4, "caesar")
    return build.one(
        "Germany promised four.", said, day, publisher=publisher, filler=text + ". ", **more
    )


@given(st.integers(0, 10**6), st.integers(0, 30))
@settings(max_examples=60, deadline=None)
def test_rule_04_the_comparison_is_the_share_of_common_runs_of_words(seed, edits):
    words = story(seed)
    one, other = " ".join(words), edited(words, seed + 1, edits)
    same, shared, union = minhash.alike(minhash.shingles(one), minhash.shingles(other))
    assert shared / union == pytest.approx(jaccard(one, other))
    assert same == (jaccard(one, other) >= 0.8)


@given(st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_rule_04_hardly_any_copy_escapes_the_bands(seed):
    words = story(seed)
    one, other = " ".join(words), edited(words, seed + 1, 2)
    first, second = (minhash.minima(minhash.shingles(text)) for text in (one, other))
    assert minhash.promising(first, second)
    assert set(minhash.band_keys(first)) & set(minhash.band_keys(second))


def test_rule_04_signatures_are_the_same_everywhere():
    found = minhash.minima(minhash.shingles("One two three four five six, seven."))
    assert found == minhash.minima(minhash.shingles("one TWO three; four five six seven"))
    assert minhash.unpack(minhash.pack(found)) == found
    # A ledger written elsewhere must find the same candidates: this value may never change.
    assert minhash.band_keys(found)[0] == -8228763604714993579
    assert minhash.minima(minhash.shingles("?!")) == ()
    assert len(minhash.shingles("two words")) == 1


def test_rule_04_copies_are_one_witness(ledger, build):
    words = story(1)
    ledger.add(
        [
            copy_of(build, " ".join(words), "2023-01-02", "First"),
            copy_of(build, edited(words, 2, 2), "2023-01-03", "Second"),
            copy_of(build, " ".join(story(9)), "2023-01-03", "Third"),
        ]
    )
    commitment = ledger.commitments()[0]
    assert len(commitment.stages["promised"].statements) == 3
    assert commitment.stages["promised"].witnesses == 2
    assert sorted((r.publisher, r.copy_of is not None) for r in ledger.reports()) == [
        ("First", False), ("Second", True), ("Third", False),
    ]  # fmt: skip


def test_rule_04_rows_of_data_sets_are_never_compared(ledger, build):
    words = " ".join(story(1))
    ledger.add(
        [copy_of(build, words + f" {n}", "2023-01-02", f"P{n}", kind="table") for n in range(3)]
    )
    assert ledger.commitments()[0].stages["promised"].witnesses == 3
    assert {report.copy_of for report in ledger.reports()} == {None}


def test_rule_04_components_do_not_depend_on_order(open_ledger, build):
    words = story(3)
    chain = [edited(words[:130] + story(50 + n)[: 2 * n], 7 * n, n) for n in range(5)]
    readings = [
        copy_of(build, text, f"2023-01-{20 - n}", f"P{n}") for n, text in enumerate(chain)
    ] + build.some_readings(4)
    digests, heads = set(), set()
    for seed in range(4):
        order = list(readings)
        random.Random(seed).shuffle(order)
        ledger = open_ledger()
        for reading in order:
            ledger.add([reading])
        assert ledger.verify().ok
        digests.add(ledger.digest())
        heads.add(tuple(sorted((r.id, r.copy_of) for r in ledger.reports())))
    assert len(digests) == len(heads) == 1
    assert any(copy for _, copy in next(iter(heads)))


def test_rule_04_the_representative_is_the_earliest(ledger, build):
    words = story(4)
    late = copy_of(build, " ".join(words), "2023-03-01", "Late")
    early = copy_of(build, edited(words, 1, 1), "2023-02-01", "Early")
    ledger.add([late])
    ledger.add([early])
    assert {r.publisher: r.copy_of for r in ledger.reports()} == {
        "Early": None,
        "Late": early.report.id,
    }
    assert ledger.add([early, late]).copies == 0


def test_rule_04_how_many_copies_a_batch_held(ledger, build):
    words = story(5)
    assert (
        ledger.add(
            [copy_of(build, edited(words, n, 1), "2023-03-01", "P") for n in range(4)]
        ).copies
        == 3
    )


def pair(build, one: str, other: str):
    said = [
        (build.promise("DEU", 14, "leopard-2a6"), "2023-01-25"),
        (build.promise("DEU", 7, "caesar"), "2023-01-25"),
        (build.deliver("FRA", 31, "155mm-shell"), "2023-01-25"),
    ]
    english = build.reading_of(
        [(f"{one} line {n}.", fields) for n, (fields, _) in enumerate(said)], "2023-01-25",
        language="en", publisher="English Post",
    )  # fmt: skip
    french = build.reading_of(
        [(f"{other} ligne {n}.", fields) for n, (fields, _) in enumerate(said)], "2023-01-26",
        language="fr", publisher="Courrier",
    )  # fmt: skip
    return english, french


def test_rule_04_translations_are_proposed_with_their_evidence(ledger, build):
    english, french = pair(build, "An English", "Une")
    ledger.add([english, french, *build.some_readings(10)])
    proposal = ledger.proposals()[0]
    assert {proposal.one, proposal.other} == {english.report.id, french.report.id}
    assert set(proposal.languages) == {"en", "fr"}
    assert proposal.numbers == ("155mm-shell 31 31", "caesar 7 7", "leopard-2a6 14 14")
    assert "DEU" in proposal.names


def witnesses(ledger) -> int:
    found = next(c for c in ledger.commitments() if c.item == "leopard-2a6")
    return found.stages["promised"].witnesses


def test_rule_04_an_accepted_translation_is_no_witness(ledger, build):
    english, french = pair(build, "An English", "Une")
    ledger.add([english, french])
    assert witnesses(ledger) == 2
    decision = ledger.decide(
        "merge", [english.report.id, french.report.id], TRANSLATION, by="A", why="the same text"
    )
    assert witnesses(ledger) == 1
    assert ledger.proposals() == []
    assert ledger.verify().ok
    assert ledger.commitments(as_of="2024") == ledger.commitments()
    ledger.undo(decision.id, by="A", why="not the same")
    assert witnesses(ledger) == 2
    assert len(ledger.proposals()) == 1


def test_rule_04_a_copy_of_a_translation_is_no_witness_either(ledger, build):
    words = " ".join(story(8))
    english, french = pair(build, "An English", "Une")
    said = build.promise("DEU", 14, "leopard-2a6")
    first = copy_of(build, words, "2023-01-27", "Third", said=said)
    ledger.add([english, french, first])
    ledger.decide("merge", [french.report.id, first.report.id], TRANSLATION, by="A", why="B")
    assert witnesses(ledger) == 2
    ledger.add([copy_of(build, words + " again", "2023-01-01", "Fourth", said=said)])
    assert witnesses(ledger) == 2
    assert ledger.verify().ok
    assert ledger.commitments(as_of="2024") == ledger.commitments()


def test_rule_04_a_refused_translation_is_not_proposed_again(ledger, build):
    english, french = pair(build, "An English", "Une")
    ledger.add([english, french])
    ledger.decide("split", [english.report.id, french.report.id], TRANSLATION, by="A", why="no")
    assert ledger.proposals() == []
    assert witnesses(ledger) == 2


@pytest.mark.long
def test_rule_04_a_hundred_thousand_reports(file_ledger, build):
    readings = (
        copy_of(build, " ".join(story(n // 2, 60)), "2023-01-01", f"P{n % 50}", said=None)
        for n in range(100_000)
    )
    added = file_ledger.add(readings, fold=False)
    assert added.reports > 49_000


def test_a_report_that_says_nothing_is_compared_once_it_says_something(ledger, build):
    """Rule 4: what has no witness to share costs no signature; a statement by hand changes that."""
    words = " ".join(f"word{n}" for n in range(60)) + "."
    said = build.one(words, build.deliver("DEU", 1, "caesar"), "2023-01-10", publisher="A")
    bare = build.one(words + " More.", build.deliver("DEU", 1, "caesar"), "2023-01-11")
    empty = msgspec.structs.replace(
        bare, report=msgspec.structs.replace(bare.report, statements=0), statements=()
    )
    ledger.add([said, empty])
    shown = {each.id: each.copy_of for each in ledger.reports()}
    assert shown == {said.report.id: None, empty.report.id: None}
    fields = {"act": "deliver", "certainty": "done", "actors": ["DEU"], "item": "caesar"}
    ledger.enter(empty.report.id, "word3 word4", fields, by="Ada")
    shown = {each.id: each.copy_of for each in ledger.reports()}
    assert shown == {said.report.id: None, empty.report.id: said.report.id}
    assert ledger.verify().ok
