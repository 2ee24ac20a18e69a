"""Blocks folded again from packed rows give what a full fold gives, whatever came between."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from intendance.ledger import _packed
from intendance.ledger._schema import packed, stale
from intendance.terms import exactly

_ITEMS = ("leopard-2a6", "leopard-2a4", "leopard-2", "caesar")


def _dense(build, count: int, seed: int) -> list:
    """Readings of few blocks with many deals: promises, increments, totals, deliveries, copies."""
    chance = random.Random(seed)
    readings = []
    for number in range(count):
        said = chance.choice((build.promise, build.promise, build.deliver))(
            "DEU", chance.choice((None, 1, 4, 10, 25)), chance.choice(_ITEMS)
        )
        said["basis"] = chance.choice((None, None, None, "increment", "total"))
        said["package"] = chance.choice((None, None, "spring", "autumn"))
        said["live"] = chance.random() > 0.1
        day = date(2023, 1, 1) + timedelta(days=chance.randint(0, 900))
        again = chance.randint(1, 1 + number // 3)
        words = f"Report {again}: " + " ".join(f"word{again}x{at}" for at in range(60)) + ". "
        readings.append(
            build.reading_of(
                [(f"Germany spoke of tanks, line {number}.", said)],
                chance.choice((None, day.isoformat(), day.isoformat()[:7])),
                filler=words,
                publisher=chance.choice(("Example Courier", "Daily Example", None)),
            )
        )
    return readings


def _batches(readings: list, chance: random.Random) -> Iterator[list]:
    left = list(readings)
    chance.shuffle(left)
    while left:
        size = chance.randint(1, 12)
        yield left[:size]
        del left[:size]


def _count(ledger, table) -> int:
    with ledger._store.reading() as connection:
        found: int = connection.execute(select(func.count()).select_from(table)).scalar_one()
    return found


@pytest.mark.parametrize("seed", range(4))
def test_every_batch_leaves_the_digest_of_a_full_fold(open_ledger, build, seed):
    readings = _dense(build, 70, seed)
    ledger = open_ledger()
    for batch in _batches(readings, random.Random(seed)):
        ledger.add(batch)
        found = ledger.verify()
        assert found.differing == ()
    digest = ledger.digest()
    assert _count(ledger, packed) > 0
    assert _count(ledger, stale) == 0
    ledger.fold_everything()
    assert ledger.digest() == digest
    other = open_ledger()
    other.add(readings, fold=False)
    other.fold_everything()
    assert other.digest() == digest


def test_decisions_and_rereading_between_batches_change_nothing_of_that(ledger, build):
    readings = _dense(build, 60, 7)
    ledger.add(readings[:40])
    first, second = (each.statements[0].id for each in readings[:2])
    merged = ledger.decide("merge", [first, second], by="an analyst", why="one and the same")
    ledger.decide("retract", [readings[3].statements[0].id], by="an analyst", why="a slip")
    ledger.decide("correct", [readings[4].statements[0].id], '{"item": "caesar"}', by="a", why="b")
    ledger.add(readings[40:50])
    assert ledger.verify().ok
    ledger.undo(merged.id, by="an analyst", why="two after all")
    newer = [build.again(each, reader="reader-2") for each in readings[10:20]]
    ledger.reread(newer)
    ledger.add(readings[50:])
    assert ledger.verify().ok
    digest = ledger.digest()
    ledger.fold_everything()
    assert ledger.digest() == digest


@pytest.mark.parametrize("seed", range(3))
def test_whatever_comes_between_batches_the_digest_is_that_of_a_full_fold(open_ledger, build, seed):
    """Merges, splits, retractions, corrections, undone decisions, redactions, readings again."""
    chance = random.Random(seed)
    readings = _dense(build, 60, seed + 20)
    ledger = open_ledger()
    ledger.add(readings[:30], fold=False)
    made = []
    for at in range(30, 60, 3):
        ledger.add(readings[at : at + 3])
        held = [each.id for each in ledger.statements()]
        chosen = chance.sample(held, 2)
        kind = chance.choice(("merge", "split", "retract", "correct", "undo", "redact", "none"))
        if kind in ("merge", "split", "retract"):
            made.append(ledger.decide(kind, chosen, by="an analyst", why="for a reason").id)
        elif kind == "correct":
            value = chance.choice(('{"item": "leopard-2"}', '{"package": "spring"}'))
            made.append(ledger.decide(kind, chosen[:1], value, by="an analyst", why="a slip").id)
        elif kind == "undo" and made:
            ledger.undo(made.pop(), by="an analyst", why="not so")
        elif kind == "redact":
            gone = chance.choice(readings[:at])
            if any(each.id == gone.report.id for each in ledger.reports()):
                ledger.redact(gone.report.id, by="an analyst", ground="law")
        digest = ledger.digest()
        ledger.fold_everything()
        assert ledger.digest() == digest
    assert ledger.verify().ok


def test_another_appearance_of_a_report_changes_the_witness_of_its_copies(ledger, build):
    words = "x ".join(str(number) for number in range(80)) + ". "
    said = build.promise("DEU", 4, "caesar")
    one = build.one(
        "Germany promised four.", said, "2023-03-01", filler=words, publisher="Example B"
    )
    copy = build.one(
        "Germany promises four.", said, "2023-03-04", filler=words, publisher="Example C"
    )
    alone = build.one("Four guns come from Germany.", said, "2023-03-05", publisher="Example A")
    earlier = build.one(
        "Germany promised four.", said, "2023-03-01", filler=words, publisher="Example A"
    )
    for each in (one, copy, alone, earlier):
        ledger.add([each])
        assert ledger.verify().ok
    (found,) = ledger.commitments()
    assert found.stages["promised"].witnesses == 1


def test_parts_are_made_one_after_a_while(ledger, build, monkeypatch):
    monkeypatch.setattr(_packed, "_PARTS", 3)
    readings = [
        build.one(f"Germany promised tanks, part {number}.", build.promise("DEU", 4, "caesar"))
        for number in range(9)
    ]
    for each in readings:
        ledger.add([each])
    assert _count(ledger, packed) <= 3
    assert ledger.verify().ok
    (found,) = ledger.commitments()
    assert len(found.stages["promised"].statements) == 9


def test_what_a_batch_does_not_touch_is_not_built_again(ledger, build, monkeypatch):
    """Two deals of one block: a report about the second leaves the first as it is stored."""
    from intendance.ledger._fold import fold as folding
    from intendance.ledger._fold.commitment import Builder

    old = build.one("Four.", build.promise("DEU", 4, "caesar"), "2023-01-10")
    other = build.one("Ten.", build.promise("DEU", 10, "caesar"), "2023-06-10")
    ledger.add([old, other])
    built = []
    monkeypatch.setattr(
        folding, "Builder", _spy(Builder, lambda cluster: built.append(len(cluster.rows)))
    )
    came = build.one("Ten came.", build.deliver("DEU", 10, "caesar"), "2023-08-10")
    ledger.add([came])
    assert built == [2]
    monkeypatch.undo()
    assert ledger.verify().ok
    ten = [each for each in ledger.commitments() if each.anchor == other.statements[0].id]
    assert ten[0].stages["delivered"].quantity == exactly(10)


def _spy(real, told):
    def make(cluster, *more):
        told(cluster)
        return real(cluster, *more)

    return make
