"""Verifying: whatever was changed in the tables by other hands is found, and can be repaired."""

from __future__ import annotations

import pytest

from intendance.ledger import Ledger

DAMAGES = {
    "a commitment is gone": "DELETE FROM commitment WHERE id = (SELECT min(id) FROM commitment)",
    "a hash is wrong": "UPDATE commitment SET hash = 'x'",
    "a body is wrong": "UPDATE commitment SET body = replace(body, 'UKR', 'POL')",
    "a conflict too many": "INSERT INTO conflict (id, commitment, block, hash, body)"
    " VALUES ('k1', 'c1', 1, 'x', '{}')",
    "an assignment is wrong": "UPDATE assignment SET commitment = 'c1'",
    "an assignment too many": "INSERT INTO assignment (statement, commitment) VALUES (999, 'c1')",
    "an assignment is gone": "DELETE FROM assignment",
    "a statement is in a wrong block": "UPDATE statement SET block = 1",
}


@pytest.mark.parametrize("damage", sorted(DAMAGES))
def test_damage_is_found_and_repaired(ledger, build, damage):
    ledger.add(build.some_readings(10))
    digest, found = ledger.digest(), ledger.commitments()
    with ledger._store.writing() as connection:
        connection.exec_driver_sql(DAMAGES[damage])
    checked = ledger.verify()
    assert not checked.ok
    assert checked.differing
    assert not ledger.verify().ok  # looking repairs nothing
    repaired = ledger.verify(repair=True)
    assert repaired.ok
    assert repaired.repaired
    assert repaired.digest == digest == ledger.digest()
    assert ledger.verify().ok
    assert not ledger.verify(repair=True).repaired
    assert ledger.commitments() == found


def test_a_quote_that_is_not_the_reports_is_found(ledger: Ledger, build):
    reading = build.one("Germany promised four.", build.promise("DEU", 4, "caesar"))
    ledger.add([reading])
    with ledger._store.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE statement SET body = replace(body, 'promised four', 'promised five')"
        )
    checked = ledger.verify()
    assert checked.misquoted == (reading.statements[0].id,)
    assert not checked.ok
    assert not ledger.verify(repair=True).ok  # what was said can't be folded anew


def test_an_empty_ledger_verifies(ledger):
    checked = ledger.verify()
    assert checked.ok
    assert checked.digest == checked.stored == ledger.digest()
    assert (checked.statements, checked.commitments, checked.conflicts) == (0, 0, 0)
    assert ledger.commitments() == []
    assert ledger.brief().lines == ()
