"""The audit trail: who did what, and how it ended. Names are for administrators only (W7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

import msgspec

from intendance.web._access import Access
from intendance.web._markings import EVERYBODY, Label, packed, plain, sees, unpacked
from intendance.web._users import User


class Trace(msgspec.Struct, frozen=True):
    """One act: ``outcome`` is ``done``, ``failed``, or ``begun`` where the program died over it."""

    number: int
    at: str
    who: str
    what: str
    about: tuple[str, ...]
    marking: list[list[str]]
    outcome: str


class Audit:
    """The trail of one server; without a file it keeps nothing."""

    def __init__(self, access: Access | None) -> None:
        self._access = access

    @contextmanager
    def act(
        self, who: str, what: str, about: Sequence[str] = (), label: Label = EVERYBODY
    ) -> Iterator[None]:
        """Writes an act down before the block begins, and how it ended."""
        if self._access is None:
            yield
            return
        moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        row = (moment, who, what, msgspec.json.encode(about).decode(), packed(label), "begun")
        with self._access.writing() as db:
            number = db.execute(
                "INSERT INTO audit (at, who, what, about, label, outcome) VALUES (?,?,?,?,?,?)", row
            ).lastrowid
        outcome = "failed"
        try:
            yield
            outcome = "done"
        finally:
            with self._access.writing() as db:
                db.execute("UPDATE audit SET outcome = ? WHERE number = ?", (outcome, number))

    def traces(self, user: User, after: int = 0, limit: int = 100) -> list[Trace]:
        """A page of the trail as ``user`` may see it: acts on hidden rows are not there."""
        if self._access is None:
            return []
        found: list[Trace] = []
        while len(found) < limit:
            with self._access.reading() as db:
                query = "SELECT * FROM audit WHERE number > ? ORDER BY number LIMIT ?"
                rows = db.execute(query, (after, limit)).fetchall()
            found += _seen(rows, user)
            if len(rows) < limit:
                break
            after = rows[-1]["number"]
        return found[:limit]


def _seen(rows: Iterable[object], user: User) -> Iterator[Trace]:
    for row in rows:
        held: dict[str, str] = dict(row)  # type: ignore[call-overload]  # sqlite3.Row
        label = unpacked(held["label"])
        if sees(user, label):
            about = tuple(msgspec.json.decode(held["about"], type=list[str]))
            yield Trace(
                int(held["number"]), held["at"], held["who"], held["what"], about, plain(label),
                held["outcome"],
            )  # fmt: skip
