"""Identifiers: any prefix that fits one thing names it, and none that was ever given is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
from sqlalchemy import Column, Connection, select

from intendance.ledger._rows import fetch_in
from intendance.ledger._schema import (
    assignment,
    conflict,
    decision,
    former,
    report,
    statement,
    tombstone,
)
from intendance.terms import IntendanceError

KINDS: Final = {
    "r": "report",
    "s": "statement",
    "c": "commitment",
    "k": "conflict",
    "d": "decision",
    "p": "package",
}
"""What the first letter of an identifier says."""

_COLUMNS: Final[dict[str, Column[str]]] = {
    "report": report.c.id,
    "statement": statement.c.id,
    "conflict": conflict.c.id,
    "decision": decision.c.id,
}


class Identified(msgspec.Struct, frozen=True):
    """What an identifier names. ``asked`` is the identifier in full, as it was given once."""

    id: str
    kind: str
    asked: str


def identify(connection: Connection, text: str, kinds: Sequence[str] = ()) -> Identified:
    """What ``text``, an identifier or the beginning of one, names now.

    Of a commitment's former identifier, the commitment that holds its statement now. Raises
    IntendanceError ``id.unknown``, also where ``kinds`` are given and it is none of those, or
    ``id.ambiguous``.
    """
    kind = KINDS.get(text[:1], "")
    if kind == "package" and (not kinds or kind in kinds):
        return Identified(text, kind, text)
    if not text[1:] or (kinds and kind not in kinds):
        raise _unknown(connection, text, kinds)
    if kind == "commitment":
        return _commitment(connection, text)
    column = _COLUMNS.get(kind)
    found = [] if column is None else _starting(connection, column, text)
    if not found:
        raise _unknown(connection, text, kinds)
    _only(found, text)
    return Identified(found[0], kind, found[0])


def successors(connection: Connection, commitment: str) -> set[str]:
    """The commitments that statements went to which once were in ``commitment``."""
    query = (
        select(assignment.c.commitment)
        .join(statement, statement.c.number == assignment.c.statement)
        .join(former, former.c.statement == statement.c.id)
        .where((former.c.commitment == commitment) & (statement.c.active == 1))
    )
    return set(connection.execute(query).scalars())


def _commitment(connection: Connection, text: str) -> Identified:
    ids = _starting(connection, statement.c.id, "s" + text[1:])
    query = (
        select(statement.c.id, assignment.c.commitment)
        .join(assignment, assignment.c.statement == statement.c.number)
        .where(statement.c.active == 1)
    )
    found = {row.id: row.commitment for row in fetch_in(connection, query, statement.c.id, ids)}
    if found:
        _only(sorted(set(found.values())), text)
        said, into = min(found.items())
        return Identified(into, "commitment", "c" + said[1:] if len(found) == 1 else into)
    # Its statement is folded no longer: whatever else was in it tells where it went.
    gone = _starting(connection, former.c.commitment, text)
    heirs = sorted({heir for each in gone for heir in successors(connection, each)})
    if not heirs:
        raise _unknown(connection, text, ())
    _only(gone, text)
    return Identified(heirs[0], "commitment", gone[0])


def _starting(connection: Connection, column: Column[str], text: str) -> list[str]:
    """Up to a few identifiers that begin with ``text``, sorted. Their digits are hexadecimal."""
    query = select(column).distinct().where((column >= text) & (column < text + "g")).limit(50)
    return sorted(connection.execute(query).scalars())


def _only(found: Sequence[str], text: str) -> None:
    if len(found) > 1:
        raise IntendanceError(
            "id.ambiguous",
            expected="an identifier that fits one thing",
            got=f"{text!r}, which fits " + ", ".join(found[:4]) + (" …" if len(found) > 4 else ""),
            where="an identifier",
        )


def _unknown(connection: Connection, text: str, kinds: Sequence[str]) -> IntendanceError:
    query = select(tombstone.c.id).where((tombstone.c.id == text) | (tombstone.c.report == text))
    gone = text and connection.execute(query).first() is not None
    return IntendanceError(
        "id.unknown",
        expected="the identifier of a " + (" or ".join(kinds) or "report, statement, commitment, "
        "conflict, package or decision"),
        got=f"{text[:60]!r}" + (", which was redacted" if gone else ""),
        where="an identifier",
    )  # fmt: skip
