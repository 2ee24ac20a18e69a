"""What leaves a ledger: an extract of what a filter lets through, and its lines by the million."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec
from sqlalchemy import Connection, select

from intendance.ledger._filters import Wanted
from intendance.ledger._rows import chunks
from intendance.ledger._schema import commitment
from intendance.ledger._stored import StoredView, held_order
from intendance.ledger._types import Package, Programme, Sourced
from intendance.ledger._view import Held, View, backfills, members
from intendance.terms import Commitment, Conflict, Report

LINES: Final = 20_000
"""How many commitments are handed on at once."""

_REPORTS: Final = 200
"""The statements of how many reports are handed on at once."""


class Extract(msgspec.Struct, frozen=True, kw_only=True):
    """Commitments with all that they rest on, each in the ledger's order.

    ``reports`` are those that a statement is of; ``statements`` name the commitment that each is
    folded into.
    """

    commitments: list[Commitment]
    conflicts: list[Conflict]
    statements: list[Sourced]
    reports: list[Report]
    packages: list[Package]
    programmes: list[Programme]


class Crossing(msgspec.Struct, frozen=True):
    """What ties a commitment to others (rules 8 and 9), which is no part of its stored line."""

    framework: str | None = None
    package: str | None = None
    programme: str | None = None
    backfill_for: tuple[str, ...] = ()
    backfilled_by: tuple[str, ...] = ()


def extract_of(view: View, wanted: Wanted) -> Extract:
    """What a filter lets through, with its statements and their reports."""
    found = view.commitments(wanted)
    if wanted.everything:
        held = view.statements(wanted)
    else:
        held = sorted(view.held({said for each in found for said in members(each)}), key=held_order)
    into = view.holders(each.said.id for each in held)
    ids, told = {each.id for each in found}, {each.said.id for each in held}
    reports = view.reports(None if wanted.everything else {each.report.id for each in held})
    return Extract(
        commitments=found,
        conflicts=view.conflicts_of(None if wanted.everything else found),
        statements=[_sourced(each, into.get(each.said.id)) for each in held],
        reports=reports,
        packages=[
            p for p in view.packages if wanted.everything or not told.isdisjoint(p.statements)
        ],
        programmes=[
            p for p in view.programmes if wanted.everything or ids.intersection(p.commitments)
        ],
    )


def _sourced(each: Held, into: str | None) -> Sourced:
    corrected = each.now if each.now != each.said else None
    return Sourced(each.said, each.report, each.witness, into, corrected)


def sourced_of(view: StoredView) -> Iterator[list[Sourced]]:
    """All statements in the ledger's order, those of some reports at a time."""
    for part in chunks((each.id for each in view.reports()), _REPORTS):
        held = view.said_in(part)
        into = view.holders(each.said.id for each in held)
        yield [_sourced(each, into.get(each.said.id)) for each in held]


def lines_of(connection: Connection, size: int, *, ordered: bool) -> Iterator[list[str]]:
    """The stored lines of all commitments, ``size`` at a time, sorted by identifier if wanted."""
    if not ordered:
        query = select(commitment.c.body).execution_options(yield_per=size)
        for part in connection.execute(query).scalars().partitions(size):
            yield list(part)
        return
    last = ""
    while True:
        query = (
            select(commitment.c.id, commitment.c.body)
            .where(commitment.c.id > last)
            .order_by(commitment.c.id)
            .limit(size)
        )
        rows = connection.execute(query).all()
        if not rows:
            return
        last = rows[-1].id
        yield [row.body for row in rows]


def crossings_of(view: View) -> dict[str, Crossing]:
    """The ties of each commitment that has one, by its identifier."""
    ties = view.ties(None)
    freed, freeing = backfills(ties)
    fields: dict[str, dict[str, str | tuple[str, ...]]] = {}
    for name, found in (("backfill_for", freed), ("backfilled_by", freeing)):
        for id_, others in found.items():
            fields.setdefault(id_, {})[name] = tuple(sorted(others))
    for id_, framework in view.frameworks(ties).items():
        fields.setdefault(id_, {})["framework"] = framework
    inside = {said: package.id for package in view.packages for said in package.statements}
    for said, id_ in view.holders(inside).items():
        known = fields.setdefault(id_, {})
        known["package"] = min(inside[said], str(known.get("package", "~")))
    for programme in reversed(view.programmes):
        for id_ in programme.commitments:
            fields.setdefault(id_, {})["programme"] = programme.id
    return {id_: msgspec.convert(each, Crossing) for id_, each in fields.items()}
