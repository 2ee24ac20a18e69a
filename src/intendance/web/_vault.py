"""Marked rows: kept beside the ledger, in the order in which they came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final, Literal

import msgspec

from intendance.ledger import Rejected, Supplied, Tombstone
from intendance.terms import Decision, IntendanceError, Reading
from intendance.web._access import Access
from intendance.web._markings import Label, packed, sees, unpacked
from intendance.web._users import User

Kind = Literal["readings", "import", "table", "decision", "tombstone"]


class Brought(msgspec.Struct):
    """What an import brings: its readings, and the rows that were set aside."""

    readings: list[Reading]
    rejected: list[Rejected] = []


_TYPES: Final[dict[str, Any]] = {
    "readings": list[Reading],
    "import": Brought,
    "table": Supplied,
    "decision": Decision,
    "tombstone": Tombstone,
}


class Marked(msgspec.Struct, frozen=True):
    """One write of marked rows: when, with which label, and what was written."""

    number: int
    at: str
    label: Label
    kind: Kind
    body: bytes

    @property
    def content(self) -> Any:
        """The readings, the decision, or what is left of something redacted."""
        return msgspec.json.decode(self.body, type=_TYPES[self.kind])

    @property
    def readings(self) -> list[Reading]:
        """The readings of this write; none of a decision."""
        if self.kind not in ("readings", "import"):
            return []
        held: Any = self.content
        found: list[Reading] = held.readings if self.kind == "import" else held
        return found


class Vault:
    """The marked rows of one server."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._known: list[Marked] | None = None

    def add(self, kind: Kind, content: Any, label: Label, at: datetime) -> int:
        """Keeps marked rows; gives their number."""
        body = msgspec.json.encode(content)
        moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        with self._access.writing() as db:
            made = db.execute(
                "INSERT INTO marked (at, label, kind, body) VALUES (?, ?, ?, ?)",
                (moment, packed(label), kind, body),
            ).lastrowid
        self._known = None
        return int(made or 0)

    def take_out(self, reports: Iterable[str]) -> int:
        """Redacts marked reports: takes what was read of them out; gives how many writes."""
        gone, count = set(reports), 0
        for each in self.all():
            held = each.readings
            left = [one for one in held if one.report.id not in gone]
            if len(left) == len(held):
                continue
            count += 1
            # Of an import nothing stays but the other reports: what was set aside is of the file.
            kept: Any = Brought(left) if each.kind == "import" else left
            with self._access.writing() as db:
                db.execute(
                    "UPDATE marked SET body = ? WHERE number = ?",
                    (msgspec.json.encode(kept), each.number),
                )
        self._known = None
        return count

    def all(self) -> list[Marked]:
        """Everything marked, in the order in which it came."""
        known = self._known
        if known is None:
            with self._access.reading() as db:
                rows = db.execute("SELECT * FROM marked ORDER BY number").fetchall()
            known = self._known = [
                Marked(row["number"], row["at"], unpacked(row["label"]), row["kind"], row["body"])
                for row in rows
            ]
        return known

    def seen_by(self, user: User) -> list[Marked]:
        """What a user may see."""
        return [each for each in self.all() if sees(user, each.label)]


def moment_of(each: Marked) -> datetime:
    """When it was written."""
    try:
        return datetime.fromisoformat(each.at)
    except ValueError:
        raise IntendanceError(
            "access.unusable", expected="an instant", got=repr(each.at[:40]), where="marked rows"
        ) from None
