"""Random policies: a reader's ledger is the one that the fold gives over the rows that one may see.

The oracle is naive: for each reader a ledger made of just the visible readings and decisions, with
none of the server's machinery.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.web.guarded import readings

from intendance.api import Books, open_ledger
from intendance.render import json_line
from intendance.terms import Reading
from intendance.web import Access
from intendance.web._markings import Label, Marking, sees
from intendance.web._shelf import Shelf
from intendance.web._users import User
from intendance.web._vault import Vault

GROUPS = ("FRA", "DEU", "POL", "NORDIC")


def _label(chance: random.Random) -> Label:
    if chance.random() < 0.4:
        return frozenset()
    markings = [
        frozenset(chance.sample(GROUPS, chance.randint(1, 2)))
        for _ in range(chance.choice((1, 1, 1, 2)))
    ]
    return frozenset(markings)


def _user(chance: random.Random) -> User:
    groups = frozenset(chance.sample(GROUPS, chance.randint(0, len(GROUPS))))
    return User(name="u", role="reader", groups=groups, full=chance.random() < 0.1)


def naive(user: User, label: Label) -> bool:
    """The rule in the plainest words."""
    if user.full:
        return True
    missing = 0
    for marking in label:
        shared = [group for group in user.groups if group in marking]
        missing += not shared
    return missing == 0


def _check_policies(count: int, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(count):
        user, label = _user(chance), _label(chance)
        assert sees(user, label) is naive(user, label)


def test_a_hundred_thousand_random_policies_agree_with_the_plain_rule() -> None:
    _check_policies(100_000, 2)


def test_a_marking_that_names_nobody_lets_nobody_but_full_clearance() -> None:
    nobody: Marking = frozenset()
    everything = User(name="u", role="reader", groups=frozenset(GROUPS))
    assert not sees(everything, frozenset({nobody}))
    assert sees(User(name="u", role="reader", full=True), frozenset({nobody}))


def _answers(books: Books, ids: list[str]) -> dict[str, Any]:
    """All that a reader can ask of some books, as the API writes it."""
    found: dict[str, Any] = {
        kind: [json_line(each) for each in getattr(books, kind)()]
        for kind in ("commitments", "conflicts", "statements", "reports", "packages", "programmes")
    }
    found["counts"] = books.counts()
    found["digest"] = books.digest()
    found["overdue"] = [json_line(each) for each in books.overdue("2024-01-01")]
    found["brief"] = json_line(books.brief())
    found["past"] = [json_line(each) for each in books.commitments(as_of="2023-03-05")]
    for id_ in ids:
        try:
            found[id_] = json_line(books.why(id_))
        except Exception as error:  # noqa: BLE001  # what is told is compared
            found[id_] = str(error)
    return found


def _scenario(folder: Path, seed: int, readers: int) -> int:
    """Random markings on random writes; gives how many answers were compared."""
    chance = random.Random(seed)
    held: list[Reading] = readings()
    chance.shuffle(held)
    writes = [(each, _label(chance)) for each in held]
    folder.mkdir()
    database = str(folder / "base.db")
    open_ledger(database).close()
    access = Access(folder / "a.access", create=True)
    shelf = Shelf(database, (), Vault(access))
    checked = 0
    try:
        everything = User(name="all", role="reader", full=True)
        for each, label in writes:
            shelf.write("readings", [each], label)
            if chance.random() < 0.3:
                shelf.case_for(_user(chance))
        decisions = _decide(shelf, everything, chance)
        ids = [each.id for each in shelf.case_for(everything).books.statements()]
        ids += [each.id for each in shelf.case_for(everything).books.commitments()]
        for number in range(readers):
            user = _user(chance)
            mine = _answers(shelf.case_for(user).books, ids)
            with open_ledger(folder / f"oracle-{number}.db") as oracle:
                for each, label in writes:
                    if naive(user, label):
                        oracle.add([each])
                for made, label in decisions:
                    if naive(user, label):
                        oracle.record(made)
                plain = _answers(oracle, ids)
            for name, value in plain.items():
                assert mine[name] == value, (seed, user, name)
                checked += 1
    finally:
        shelf.close()
        access.close()
    return checked


def _decide(shelf: Shelf, user: User, chance: random.Random) -> list[Any]:
    """A few decisions by one who sees all; each has the label of what it is about."""
    made = []
    for _ in range(2):
        case = shelf.case_for(user)
        target = chance.choice(case.books.commitments()).id
        draft = case.books.would_decide("retract", [target], None, by="A", why="a test")
        label = case.label_of_statements(draft.statements)
        shelf.write("decision", draft, label)
        made.append((draft, label))
    return made


@pytest.mark.parametrize("seed", range(3))
def test_a_readers_ledger_is_the_fold_over_the_rows_that_one_may_see(
    tmp_path: Path, seed: int
) -> None:
    assert _scenario(tmp_path / "s", seed, 3) > 50


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 160))
def test_many_readers_ledgers_are_the_fold_over_the_rows_that_one_may_see(
    tmp_path: Path, seed: int
) -> None:
    assert _scenario(tmp_path / "s", seed, 8) > 200


def test_what_a_ledger_held_then_is_told_by_when_marked_rows_came(tmp_path: Path) -> None:
    """``recorded`` (rule 10) goes by the instants of the writes, marked or not."""
    first, second, third = readings()[:3]
    database = str(tmp_path / "base.db")
    open_ledger(database).close()
    access = Access(tmp_path / "a.access", create=True)
    shelf = Shelf(database, (), Vault(access))
    user = User(name="u", role="reader", full=True)
    try:
        shelf.write("readings", [first], frozenset())
        moments = [_now()]
        shelf.write("readings", [second], frozenset({frozenset({"DEU"})}))
        moments.append(_now())
        shelf.case_for(user)
        shelf.write("readings", [third], frozenset())
        moments.append(_now())
        books = shelf.case_for(user).books
        counts = [len(books.reports(recorded=each)) for each in moments]
        assert counts == [1, 2, 3]
        assert books.verify().ok
        shelf.forget()
        again = shelf.case_for(user).books
        assert [len(again.reports(recorded=each)) for each in moments] == [1, 2, 3]
    finally:
        shelf.close()
        access.close()


def _now() -> str:
    import time

    time.sleep(0.002)
    moment = datetime.now(UTC).isoformat()
    time.sleep(0.002)
    return moment
