"""Readings of several versions: all are kept, one is folded."""

from __future__ import annotations

import pytest

from intendance.ledger import _state as state
from intendance.terms import IntendanceError


def versions_of_one(build):
    words = "Four were promised."
    old = build.one(words, build.promise("DEU", 4, "caesar"), "2023-01-10")
    new = build.one(words, build.promise("DEU", 4, "patriot"), "2023-01-10", reader="reader-2")
    return old, new


def test_a_newer_reading_is_kept_but_folded_only_on_request(ledger, build):
    old, new = versions_of_one(build)
    ledger.add([old])
    digest = ledger.digest()
    added = ledger.add([new])
    assert (added.readings, added.inactive) == (1, 1)
    assert ledger.digest() == digest
    assert ledger.reread([new]).inactive == 0
    assert [each.item for each in ledger.commitments()] == ["patriot"]
    assert ledger.verify().ok
    back = ledger.undo_reread()
    assert (back.reader, back.folded) == ("reader-1", True)
    assert ledger.digest() == digest
    assert ledger.verify().ok
    with_new = ledger.reread([new])
    assert with_new.readings == 0
    assert [each.item for each in ledger.commitments()] == ["patriot"]


def test_versions_are_listed(ledger, build):
    old, new = versions_of_one(build)
    ledger.add([old, new])
    found = ledger.versions()
    assert [(each.reader, each.readings, each.folded) for each in found] == [
        ("reader-1", 1, True),
        ("reader-2", 1, False),
    ]


def test_known_asks_by_version(ledger, build):
    old, new = versions_of_one(build)
    ledger.add([old])
    raw = old.report.raw_hash
    there = {raw: {old.report.address}}
    assert ledger.known([raw, "f" * 64], "reader-1", "catalogue-1") == there
    assert ledger.known([raw], "reader-2", "catalogue-1") == {}
    assert ledger.known([raw], "reader-1", "catalogue-2") == {}
    assert ledger.known([raw]) == there
    ledger.add([new])
    assert ledger.known([raw, new.report.raw_hash], "reader-2", "catalogue-1") != {}


def test_decisions_survive_a_reading_that_says_the_same(ledger, build):
    words = "Four were promised."
    old = build.one(words, build.promise("DEU", 4, "caesar"), "2023-01-10")
    ledger.add([old])
    made = ledger.decide("correct", [old.statements[0].id], '{"item": "patriot"}', by="A", why="B")
    ledger.reread([build.again(old, reader="reader-2")])
    commitment = ledger.commitments()[0]
    assert (commitment.item, commitment.decisions) == ("patriot", (made.id,))
    assert ledger.verify().ok


def test_reports_without_a_reading_of_that_version_keep_theirs(ledger, build):
    old, new = versions_of_one(build)
    other = build.one("Two were promised.", build.promise("FRA", 2, "caesar"), "2023-01-10")
    ledger.add([old, other])
    ledger.reread([new])
    assert sorted(each.item for each in ledger.commitments()) == ["caesar", "patriot"]


def test_a_reread_is_of_one_version(ledger, build):
    old, new = versions_of_one(build)
    for wrong in ([old, new], []):
        with pytest.raises(
            IntendanceError, match="readings of one version of the reader"
        ) as caught:
            ledger.reread(wrong)
        assert caught.value.code == "setting.invalid"


def test_there_may_be_no_reread_to_undo(ledger, build):
    ledger.add([versions_of_one(build)[0]])
    with pytest.raises(IntendanceError, match="an earlier reread to undo") as caught:
        ledger.undo_reread()
    assert caught.value.code == "decision.invalid"


def test_another_catalogue_or_program_folds_stored_ledgers_anew(
    new_address, open_ledger, build, catalogue, monkeypatch
):
    from intendance.catalogue import Catalogue

    address = new_address()
    ledger = open_ledger(address)
    narrow = build.one("Four.", build.promise("DEU", 4, "leopard-2a6"), "2023-01-10")
    ledger.add(
        [narrow, build.one("Again four.", build.promise("DEU", 4, "leopard-2"), "2023-01-11")]
    )
    assert len(ledger.commitments()) == 1
    entries = {id_: one for id_, one in catalogue._entries.items() if id_ != "leopard-2a6"}
    other = open_ledger(address, catalogue=Catalogue(entries))
    assert len(other.commitments()) == 2
    assert other.verify().ok
    again = open_ledger(address)
    assert len(again.commitments()) == 1
    monkeypatch.setattr(state, "FOLD", "next")
    assert again.verify().ok
