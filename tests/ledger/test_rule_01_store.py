"""Rule 1: a statement is never changed or deleted; what supersedes it is another, or a decision."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from intendance.ledger._schema import statement
from intendance.terms import IntendanceError, canonical


def bodies(ledger) -> dict[int, str]:
    with ledger._store.reading() as connection:
        return {row.number: row.body for row in connection.execute(select(statement))}


def test_rule_01_a_correction_leaves_the_statement_as_it_was_said(ledger, build):
    reading = build.one(
        "Germany promised four guns.", build.promise("DEU", 4, "caesar"), "2023-02-01"
    )
    ledger.add([reading])
    said = reading.statements[0]
    before = bodies(ledger)
    ledger.decide("correct", [said.id], '{"item": "patriot"}', by="A. Clerk", why="misread")
    assert bodies(ledger) == before
    assert [each.item for each in ledger.statements()] == ["caesar"]
    assert [each.item for each in ledger.commitments()] == ["patriot"]


def test_rule_01_every_operation_only_adds_statements(ledger, build):
    readings = build.some_readings(8)
    ledger.add(readings)
    known = bodies(ledger)
    said = ledger.statements()
    ledger.decide("retract", [said[0].id], by="A", why="B")
    ledger.decide("merge", [said[1].id, said[2].id], by="A", why="B")
    ledger.reread([build.again(each, reader="reader-2") for each in readings[:3]])
    ledger.undo_reread()
    ledger.verify(repair=True)
    assert {id_: body for id_, body in bodies(ledger).items() if id_ in known} == known


def test_rule_01_the_words_are_the_reports_own(ledger, build):
    reading = build.one("Germany promised four guns.", build.promise("DEU", 4, "caesar"))
    wrong = build.msgspec.structs.replace(reading.statements[0], quote="Germany promised 5 guns")
    with pytest.raises(IntendanceError, match="the report's own words 'Germany promised") as caught:
        ledger.add([build.again(reading, statements=(wrong,))])
    assert caught.value.code == "statement.quote"
    assert ledger.counts()["reports"] == 0


def test_rule_01_a_statement_belongs_to_its_report(ledger, build):
    reading = build.one("Germany promised four guns.", build.promise("DEU", 4, "caesar"))
    wrong = build.msgspec.structs.replace(reading.statements[0], report="r" + "0" * 20)
    with pytest.raises(IntendanceError, match="the one that was read, got report r0000") as caught:
        ledger.add([build.again(reading, statements=(wrong,))])
    assert caught.value.code == "statement.field"


def test_rule_01_half_a_character_is_refused_and_nothing_of_the_batch_is_kept(ledger, build):
    good = build.one("Germany promised four guns.", build.promise("DEU", 4, "caesar"))
    text = "France promised \ud800 two guns."
    bad = build.one(text, build.promise("FRA", 2, "caesar"))
    with pytest.raises(IntendanceError, match="got half of a surrogate pair") as caught:
        ledger.add([good, bad])
    assert caught.value.code == "statement.field"
    assert ledger.counts()["reports"] == 0


def test_rule_01_statements_come_back_as_they_were_said(ledger, build):
    readings = build.some_readings(6)
    ledger.add(readings)
    said = {each.id: each for reading in readings for each in reading.statements}
    held = {each.id: each for each in ledger.statements()}
    assert held.keys() == said.keys()
    for id_, each in held.items():
        assert each.reading is not None
        same = build.msgspec.structs.replace(each, reading=said[id_].reading)
        assert canonical(same) == canonical(said[id_])
    texts = {reading.report.id: reading.text for reading in readings}
    assert {report.id: ledger.text(report.id) for report in ledger.reports()} == texts
