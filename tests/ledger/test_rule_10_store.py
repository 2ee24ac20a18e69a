"""Rule 10: two clocks, what was published by a day and what the ledger held at an instant."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from intendance.ledger import Filter
from intendance.terms import IntendanceError


def stages(commitments) -> list[list[str]]:
    return [sorted(each.stages) for each in commitments]


def test_rule_10_as_of_uses_what_was_published_by_then(ledger, build):
    ledger.add(
        [
            build.one("Four promised.", build.promise("DEU", 4, "caesar"), "2023-01-10"),
            build.one("One delivered.", build.deliver("DEU", 1, "caesar"), "2023-03-10"),
        ]
    )
    assert ledger.commitments(as_of="2023-01-09") == []
    assert stages(ledger.commitments(as_of="2023-01-10")) == [["promised"]]
    assert stages(ledger.commitments(as_of="2023-03")) == [["delivered", "promised"]]
    assert stages(ledger.commitments(as_of=date(2023, 3, 9))) == [["promised"]]


def test_rule_10_a_month_has_passed_only_when_it_is_over(ledger, build):
    ledger.add([build.one("Four promised.", build.promise("DEU", 4, "caesar"), "2023-01")])
    assert ledger.commitments(as_of="2023-01-30") == []
    assert len(ledger.commitments(as_of="2023-01-31")) == 1


def test_rule_10_undated_reports_are_always_shown_and_marked(ledger, build):
    ledger.add(
        [
            build.one("Four promised.", build.promise("DEU", 4, "caesar")),
            build.one("Two promised.", build.promise("FRA", 2, "caesar"), "2023-05-01"),
        ]
    )
    early = ledger.commitments(as_of="2000-01-01")
    assert [each.donors for each in early] == [("DEU",)]
    every = [each.id for each in ledger.commitments()]
    assert ledger.undated(every) == {early[0].id}


def test_rule_10_recorded_uses_what_the_ledger_held_then(ledger, build, clock):
    first = build.one("Four promised.", build.promise("DEU", 4, "caesar"), "2023-01-10")
    clock.put("2024-02-01T12:00:00")
    ledger.add([first])
    clock.put("2024-02-03T12:00:00")
    ledger.add([build.one("One delivered.", build.deliver("DEU", 1, "caesar"), "2023-01-05")])
    clock.put("2024-02-05T12:00:00")
    ledger.decide("retract", [first.statements[0].id], by="A", why="B")
    now = ledger.commitments()
    assert ledger.commitments(recorded="2024-01") == []
    assert stages(ledger.commitments(recorded="2024-02-01")) == [["promised"]]
    assert stages(ledger.commitments(recorded="2024-02-04")) == [["delivered", "promised"]]
    assert ledger.commitments(recorded=datetime(2024, 2, 2, tzinfo=UTC)) == ledger.commitments(
        recorded="2024-02-02T00:00:00"
    )
    assert ledger.commitments(recorded="2024-02-06") == now
    assert ledger.commitments(recorded="2024-02-04") != now


def test_rule_10_both_clocks_together(ledger, build, clock):
    clock.put("2024-02-01")
    ledger.add([build.one("Four promised.", build.promise("DEU", 4, "caesar"), "2023-01-10")])
    clock.put("2024-03-01")
    ledger.add([build.one("Six promised.", build.promise("FRA", 6, "caesar"), "2023-01-01")])
    found = ledger.commitments(as_of="2023-01-05", recorded="2024-02-15")
    assert found == []
    assert len(ledger.commitments(as_of="2023-01-05")) == 1


def test_rule_10_recorded_names_the_reading_that_was_folded_then(ledger, build, clock):
    old = build.one("Four were promised.", build.promise("DEU", 4, "caesar"), "2023-01-10")
    new = build.one(
        "Four were promised.", build.promise("DEU", 4, "patriot"), "2023-01-10", reader="reader-2"
    )
    clock.put("2024-02-01")
    ledger.add([old])
    clock.put("2024-03-01")
    ledger.reread([new])
    assert [each.item for each in ledger.commitments()] == ["patriot"]
    assert [each.item for each in ledger.commitments(recorded="2024-02-20")] == ["caesar"]
    assert [each.item for each in ledger.statements(recorded="2024-02-20")] == ["caesar"]


def test_rule_10_a_view_is_what_a_ledger_of_that_day_would_give(open_ledger, build):
    readings = build.some_readings(40)
    whole = open_ledger()
    whole.add(readings)
    for day in ("2023-02-15", "2023-04-30"):
        published = open_ledger()
        published.add(
            [r for r in readings if r.report.published.end is None or r.report.published.end <= day]
        )
        assert whole.commitments(as_of=day) == published.commitments()
        assert whole.conflicts(as_of=day) == published.conflicts()
        assert whole.reports(as_of=day) == published.reports()
        assert whole.statements(as_of=day) == published.statements()
        one = Filter(donor="DEU", item="leopard-2")
        assert whole.commitments(one, as_of=day) == published.commitments(one)


def test_rule_10_recorded_views_are_the_ledger_of_that_day(open_ledger, build, clock):
    readings = build.some_readings(30)
    whole, early = open_ledger(), open_ledger()
    clock.put("2024-02-01")
    whole.add(readings[:15])
    early.add(readings[:15])
    clock.put("2024-03-01")
    whole.add(readings[15:])
    said = whole.statements()
    whole.decide("merge", [said[0].id, said[-1].id], by="A", why="B")
    whole.decide("correct", [said[1].id], '{"item": "patriot"}', by="A", why="B")
    assert whole.commitments(recorded="2024-02-10") == early.commitments()
    assert whole.conflicts(recorded="2024-02-10") == early.conflicts()
    assert whole.reports(recorded="2024-02-10") == early.reports()
    assert whole.commitments(recorded="2024-03-10") == whole.commitments()
    assert whole.packages(recorded="2024-03-10") == whole.packages()


def test_rule_10_a_copy_published_later_adds_no_link_before(open_ledger, build):
    words = " ".join(f"word{number}" for number in range(120))
    said = build.promise("DEU", 4, "caesar")

    def edition(text: str, day: str, publisher: str):
        return build.one("Four promised.", said, day, publisher=publisher, filler=text + ". ")

    first = edition(words, "2023-01-01", "A")
    middle = edition(words.replace("word3 ", "x "), "2023-05-01", "B")
    third = edition(words.replace("word70 ", "y ").replace("word9 ", "z "), "2023-02-01", "C")
    whole = open_ledger()
    whole.add([first, middle, third])
    early = open_ledger()
    early.add([first, third])
    assert whole.commitments(as_of="2023-03") == early.commitments()
    assert whole.reports(as_of="2023-03") == early.reports()


@pytest.mark.parametrize("moment", ["yesterday", "2024-13", "2024-02-01Tnoon"])
def test_rule_10_an_instant_that_is_none_is_refused(ledger, moment):
    with pytest.raises(IntendanceError) as caught:
        ledger.commitments(recorded=moment)
    assert caught.value.code == "date.invalid"
