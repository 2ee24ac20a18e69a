"""The audit trail: who did what, and how it ended. Names are for administrators only (W7)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import Final

import msgspec

from intendance.web._access import Access, Row
from intendance.web._markings import EVERYBODY, Label, packed, plain, sees, unpacked
from intendance.web._users import User

_AT_ONCE: Final = 500


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
        """A page of the trail as ``user`` may see it: acts on hidden rows are not there.

        What that one sees is numbered without a gap; the page begins behind number ``after``.
        """
        return list(islice(self._seen_by(user), after, after + limit))

    def _seen_by(self, user: User) -> Iterator[Trace]:
        last, number = 0, 0
        while rows := self._rows(last):
            for row in rows:
                if sees(user, unpacked(row["label"])):
                    number += 1
                    yield _trace(row, number)
            last = rows[-1]["number"]

    def _rows(self, last: int) -> list[Row]:
        if self._access is None:
            return []
        with self._access.reading() as db:
            query = "SELECT * FROM audit WHERE number > ? ORDER BY number LIMIT ?"
            return db.execute(query, (last, _AT_ONCE)).fetchall()

    def alias(self, name: str) -> str:
        """What everybody sees in place of a user's name; nobody can work it out from a name."""
        if self._access is None:
            return name
        return hmac.new(self._access.secret(), name.encode(), hashlib.sha256).hexdigest()[:8]


def _trace(row: Row, number: int) -> Trace:
    about = tuple(msgspec.json.decode(row["about"], type=list[str]))
    label = plain(unpacked(row["label"]))
    return Trace(number, row["at"], row["who"], row["what"], about, label, row["outcome"])
