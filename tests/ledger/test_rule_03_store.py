"""Rule 3: the same statements and decisions give the same commitments, byte for byte."""

from __future__ import annotations

import random

import pytest

from intendance.catalogue import Catalogue
from intendance.ledger import Ledger
from intendance.ledger._fold import Evidence, fold_all, witness_key
from intendance.terms import Commitment, Conflict, canonical
from intendance.terms import digest as digest_of


def model_digest(readings, decisions, catalogue: Catalogue) -> str:
    """The digest of readings without copies, folded by the pure fold alone."""
    evidence = [
        Evidence(
            said,
            each.report.published,
            each.report.text_hash,
            witness_key(said, each.report, each.report.id, catalogue),
        )
        for each in readings
        for said in each.statements
    ]
    folded = fold_all(evidence, decisions, catalogue)
    every: list[Commitment | Conflict] = [*folded.commitments, *folded.conflicts]
    lines = {one.id: digest_of(canonical(one)) for one in every}
    return digest_of("".join(f"{id_} {lines[id_]}\n" for id_ in sorted(lines)).encode())


def test_rule_03_the_store_gives_what_the_pure_fold_gives(ledger, build, catalogue):
    readings = build.some_readings(40)
    ledger.add(readings)
    assert ledger.digest() == model_digest(readings, (), catalogue)
    assert ledger.verify().ok


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_rule_03_order_and_batches_do_not_show(open_ledger, build, seed):
    readings = build.some_readings(30)
    one = open_ledger()
    one.add(readings)
    chance = random.Random(seed)
    shuffled = list(readings)
    chance.shuffle(shuffled)
    other = open_ledger()
    while shuffled:
        size = chance.randint(1, 8)
        other.add(shuffled[:size])
        del shuffled[:size]
    assert other.digest() == one.digest()
    assert other.commitments() == one.commitments()
    assert other.conflicts() == one.conflicts()


def test_rule_03_reading_twice_changes_nothing(ledger, build):
    readings = build.some_readings(12)
    first = ledger.add(readings)
    assert (first.reports, first.readings) == (12, 12)
    digest, counts = ledger.digest(), ledger.counts()
    second = ledger.add([*readings, *readings[:3]])
    assert (second.reports, second.readings, second.statements) == (0, 0, 0)
    assert ledger.digest() == digest
    assert ledger.counts() == counts


def test_rule_03_folding_everything_over_two_processes_gives_the_same(open_ledger, build):
    readings = build.some_readings(60)
    one, other = open_ledger(), open_ledger()
    one.add(readings)
    assert other.add(readings, fold=False).commitments == 0
    other.fold_everything(jobs=2)
    assert other.digest() == one.digest()
    assert other.verify().ok


def test_rule_03_a_bulk_load_is_folded_when_it_is_looked_at(ledger, open_ledger, build):
    readings = build.some_readings(15)
    ledger.add(readings, fold=False)
    folded = open_ledger()
    folded.add(readings)
    assert ledger.commitments() == folded.commitments()


def test_rule_03_two_files_with_one_text_are_one_report(open_ledger, build):
    said = build.promise("DEU", 4, "leopard-2a6")
    words = "Germany will send four Leopard tanks."
    late = build.one(words, said, "2023-03-09", publisher="Late Post", address="https://b.example")
    early = build.one(
        words, said, "2023-03-01", publisher="Early Post", address="https://a.example"
    )
    bare = build.one(words, said, None, publisher="A Blog", address="https://c.example")
    ledgers = [open_ledger(), open_ledger(), open_ledger()]
    for ledger, order in zip(
        ledgers, ([late, early, bare], [bare, late, early], [early, bare, late]), strict=True
    ):
        for reading in order:
            ledger.add([reading])
        assert len(ledger.reports()) == 1
        assert ledger.reports()[0].publisher == "Early Post"
        assert ledger.verify().ok
    assert len({each.digest() for each in ledgers}) == 1
    known = ledgers[0].known([late.report.raw_hash, early.report.raw_hash, "0" * 64])
    assert known == {each.report.raw_hash: {each.report.address} for each in (late, early)}


def test_rule_03_statements_of_one_reading_that_come_apart_count_together(open_ledger, build):
    whole = build.reading_of(
        [
            ("Germany promised four tanks.", build.promise("DEU", 4, "leopard-2a6")),
            ("France promised two guns.", build.promise("FRA", 2, "caesar")),
        ],
        "2023-01-05",
    )
    halves = [build.again(whole, statements=(said,)) for said in whole.statements]
    one, other, third = open_ledger(), open_ledger(), open_ledger()
    one.add([whole])
    for half in halves:
        other.add([half])
    third.add(reversed(halves))
    assert one.digest() == other.digest() == third.digest()
    assert len(other.commitments()) == 2


def test_rule_03_links_of_a_statement_said_twice_do_not_depend_on_order(open_ledger, build):
    reading = build.one("Four tanks were promised.", build.promise("DEU", 4, "leopard-2a6"))
    said = reading.statements[0]
    candidate = build.again(reading, statements=(build.msgspec.structs.replace(said, live=False),))
    one, other = open_ledger(), open_ledger()
    for each in (reading, candidate):
        one.add([each])
    for each in (candidate, reading):
        other.add([each])
    assert one.digest() == other.digest()
    assert one.statements() == other.statements()
    assert one.verify().ok
    assert other.verify().ok


def test_rule_03_both_databases_give_one_digest(
    tmp_path, postgres_addresses, build, catalogue, clock
):
    readings = build.some_readings(25)
    with (
        Ledger.open(tmp_path / "a.db", catalogue=catalogue, clock=clock) as one,
        Ledger.open(postgres_addresses(), catalogue=catalogue, clock=clock) as other,
    ):
        one.add(readings)
        other.add(readings)
        assert one.digest() == other.digest()
        assert one.commitments() == other.commitments()
