"""Decisions bind to statements, fold what they touch, and can be undone."""

from __future__ import annotations

import pytest

from intendance.terms import IntendanceError


def two(ledger, build):
    """Two commitments in different blocks, and their statements' identifiers."""
    readings = [
        build.one("Germany promised four.", build.promise("DEU", 4, "caesar"), "2023-01-10"),
        build.one("France promised four.", build.promise("FRA", 4, "caesar"), "2023-01-11"),
    ]
    ledger.add(readings)
    return [reading.statements[0].id for reading in readings]


def test_a_merge_ties_blocks_together_and_an_undo_parts_them(ledger, build):
    one, other = two(ledger, build)
    before = ledger.digest()
    merge = ledger.decide("merge", [one, other], by="A", why="a joint gift")
    assert len(ledger.commitments()) == 1
    assert ledger.resolve("c" + one[1:]) == ledger.resolve("c" + other[1:])
    assert ledger.verify().ok
    undo = ledger.undo(merge.id[:10], by="A", why="no")
    assert ledger.digest() == before
    ledger.undo(undo.id, by="A", why="yes after all")
    assert len(ledger.commitments()) == 1
    shown = {each.id: each.undone_by for each in ledger.decisions()}
    assert shown[merge.id] is None
    assert shown[undo.id] is not None
    assert ledger.verify().ok


def test_a_later_statement_joins_the_group(ledger, build):
    one, other = two(ledger, build)
    ledger.decide("merge", [one, other], by="A", why="B")
    ledger.add(
        [build.one("France delivered one.", build.deliver("FRA", 1, "caesar"), "2023-02-11")]
    )
    assert ledger.verify().ok
    assert (
        ledger.add([build.one("Old.", build.deliver("DEU", 1, "caesar"), "2023-01-12")]).statements
        == 1
    )
    assert ledger.verify().ok


def test_earlier_identifiers_find_all_successors_after_a_split(ledger, build):
    readings = [
        build.one("Germany promised four.", build.promise("DEU", 4, "caesar"), "2023-01-10"),
        build.one("Germany delivered one.", build.deliver("DEU", 1, "caesar"), "2023-01-20"),
    ]
    ledger.add(readings)
    whole = ledger.commitments()[0]
    assert len(whole.former_ids) == 1
    first, second = (reading.statements[0].id for reading in readings)
    ledger.decide("split", [first, second], by="A", why="another batch")
    now = {each.id for each in ledger.commitments()}
    assert now == {"c" + first[1:], "c" + second[1:]}
    assert ledger.resolve(whole.id) == whole.id
    assert set(ledger.why(whole.id).successors) == now - {whole.id}
    assert ledger.resolve(whole.former_ids[0]) in now


def test_two_commitments_split_keep_their_own_statements_each(ledger, build):
    """Rule 7: what a wrong merge brought together comes apart as it was."""
    ledger.add([
        build.one("Germany promised four.", build.promise("DEU", 4, "caesar"), "2023-01-10"),
        build.one("Germany delivered one.", build.deliver("DEU", 1, "caesar"), "2023-01-20"),
        build.one("Spain promised two.", build.promise("ESP", 2, "caesar"), "2023-02-10"),
        build.one("Spain delivered two.", build.deliver("ESP", 2, "caesar"), "2023-02-20"),
    ])  # fmt: skip
    before = {each.id for each in ledger.commitments()}
    assert len(before) == 2
    made = ledger.decide("split", sorted(before), by="A", why="two deals")
    assert made.value == "2+2"
    ledger.decide("merge", sorted(before), by="B", why="one deal")
    assert len(ledger.commitments()) == 1
    again = ledger.decide("split", [*made.statements[:2], *made.statements[2:]], by="A", why="none")
    assert again.value is None
    assert len(ledger.commitments()) == 4
    ledger.undo(again.id, by="A", why="too far")
    assert len(ledger.commitments()) == 1
    assert ledger.verify().ok


def test_successors_are_remembered_by_a_full_fold_too(ledger, build):
    one, other = two(ledger, build)
    merge = ledger.decide("merge", [one, other], by="A", why="B")
    whole = ledger.commitments()[0]
    with ledger._writing() as batch:
        from intendance.ledger import _analyst as analyst
        from intendance.ledger._everything import fold_all_blocks

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(analyst, "refold", lambda batch: fold_all_blocks(batch, None, 1))
            analyst.undo(batch, merge.id, "A", "B")
    assert len(ledger.why(whole.id).successors) == 1
    assert ledger.verify().ok


def test_a_correction_moves_a_statement_to_another_block_and_back(ledger, build):
    one, _ = two(ledger, build)
    before = ledger.digest()
    made = ledger.decide("correct", [one], '{"actors": ["FRA"]}', by="A", why="it was France")
    assert [each.donors for each in ledger.commitments()] == [("FRA",)]
    assert ledger.resolve("c" + one[1:]) == ledger.commitments()[0].id
    assert ledger.verify().ok
    ledger.undo(made.id, by="A", why="it was not")
    assert ledger.digest() == before
    assert ledger.verify().ok


def test_a_correction_can_take_a_statement_out_of_every_block(ledger, build):
    one, other = two(ledger, build)
    ledger.decide("merge", [one, other], by="A", why="B")
    made = ledger.decide("correct", [one], '{"act": "assess"}', by="A", why="an opinion")
    assert len(ledger.commitments()) == 1
    assert ledger.verify().ok
    assert ledger.resolve("c" + one[1:]) == ledger.commitments()[0].id
    ledger.undo(made.id, by="A", why="B")
    assert ledger.verify().ok


def test_decisions_on_commitments_and_conflicts_bind_their_statements(ledger, build):
    ledger.add(
        [
            build.one("One delivered.", build.deliver("DEU", 1, "caesar")),
            build.one("Four delivered.", build.deliver("DEU", 4, "caesar"), publisher="Other"),
        ]
    )
    conflict = ledger.conflicts()[0]
    chosen = conflict.sides[0].statements
    settled = ledger.decide("prefer", list(chosen), by="A", why="first hand")
    assert ledger.conflicts()[0].settled_by == settled.id
    retract = ledger.decide("retract", [conflict.id], by="A", why="neither")
    assert set(retract.statements) == {s for side in conflict.sides for s in side.statements}
    commitment = ledger.commitments()[0]
    grade = ledger.decide("grade", [commitment.id], "B2", by="A", why="known")
    assert set(grade.statements) == {s.id for s in ledger.statements()}
    assert ledger.verify().ok


def test_decisions_apply_in_order_of_time(ledger, build):
    one, _ = two(ledger, build)
    first = ledger.decide("correct", [one], '{"item": "patriot"}', by="A", why="B")
    second = ledger.decide("correct", [one], '{"item": "leopard-2"}', by="A", why="B")
    assert first.when < second.when
    assert (
        ledger.commitments()[0].item == "leopard-2" or ledger.commitments()[1].item == "leopard-2"
    )
    ledger.undo(second.id, by="A", why="B")
    assert "patriot" in {each.item for each in ledger.commitments()}


@pytest.mark.parametrize(
    ("kind", "count", "value", "words"),
    [
        ("undo", 1, None, "one of merge, split, prefer, retract, correct, grade, got undo"),
        ("praise", 1, None, "one of merge"),
        ("merge", 1, None, "2 statements or more, got 1"),
        ("split", 0, None, "1 statements or more, got 0"),
        ("correct", 1, None, "a JSON object of the corrected fields"),
        ("grade", 1, "G9", "a grade: A to F"),
        ("retract", 1, "why not", "no value with retract"),
        ("merge", 2, "no value with merge", "no value with merge"),
    ],
)
def test_decisions_that_lack_something_are_refused(ledger, build, kind, count, value, words):
    ids = two(ledger, build)[:count]
    with pytest.raises(IntendanceError, match=words) as caught:
        ledger.decide(kind, ids, value, by="A", why="B")
    assert caught.value.code == "decision.invalid"
    assert ledger.decisions() == []


@pytest.mark.parametrize(
    "value", ['{"quote": "other words"}', '{"colour": "green"}', '{"act": "sing"}']
)
def test_a_correction_keeps_to_the_fields_of_a_statement(ledger, build, value):
    one, _ = two(ledger, build)
    with pytest.raises(IntendanceError) as caught:
        ledger.decide("correct", [one], value, by="A", why="B")
    assert caught.value.code == "statement.field"


@pytest.mark.parametrize(("by", "why"), [("", "B"), ("A", " ")])
def test_decisions_say_who_and_why(ledger, build, by, why):
    one, _ = two(ledger, build)
    with pytest.raises(IntendanceError, match="Expected words for"):
        ledger.decide("retract", [one], by=by, why=why)


def test_a_translation_is_about_two_reports(ledger, build):
    reading = build.reading_of(
        [("Four.", build.promise("DEU", 4, "caesar")), ("Two.", build.promise("FRA", 2, "caesar"))]
    )
    ledger.add([reading])
    with pytest.raises(IntendanceError, match="a text and its translation, got 1"):
        ledger.decide("merge", [reading.report.id], "translation", by="A", why="B")


def test_what_is_undone_is_not_undone_again(ledger, build):
    one, _ = two(ledger, build)
    made = ledger.decide("retract", [one], by="A", why="B")
    ledger.undo(made.id, by="A", why="B")
    with pytest.raises(IntendanceError, match="a decision in force, got") as caught:
        ledger.undo(made.id, by="A", why="B")
    assert caught.value.code == "decision.invalid"
    with pytest.raises(IntendanceError, match="the identifier of a decision"):
        ledger.undo(one, by="A", why="B")
