"""Packages and programmes: what was announced together, and what ties announcements together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

import msgspec

from intendance.catalogue import Catalogue
from intendance.ledger._filters import days_of
from intendance.ledger._types import Package, Programme
from intendance.terms import UNKNOWN_TIME, Money, Report, Statement, TimeSpan, canonical, short_hash

NEARBY: Final = 31
"""Days within which two announcements can be of one package."""


AID: Final = "military-aid"
"""What a package as a whole is, where the report calls it more than a sum of money."""


class Piece(msgspec.Struct, frozen=True):
    """A statement with its report, and the commitment that it is folded into."""

    statement: Statement
    report: Report
    commitment: str | None


class _Announcement(msgspec.Struct):
    """What one report says of one package; ``row`` where it is a data set's, of that ``name``."""

    rank: tuple[str, str, str]
    pieces: list[Piece]
    donors: tuple[str, ...]
    recipient: str | None
    announced: TimeSpan
    total: tuple[Money, ...]
    name: str = ""
    row: bool = False


def packages(pieces: Iterable[Piece]) -> list[Package]:
    """All packages, sorted by identifier.

    Two reports' announcements are one package where donors and recipient agree, the totals are
    equal or one is not stated, and the days lie within 31 of each other. One without a total joins
    only where exactly one package fits; one without a date stands alone.
    """
    found: dict[tuple[str, str], list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.statement.package is not None:
            found[(piece.report.id, piece.statement.package)].append(piece)
    groups: dict[tuple[tuple[str, ...], str | None], list[_Announcement]] = defaultdict(list)
    for (_, key), members in found.items():
        announcement = _announcement(key, members)
        groups[(announcement.donors, announcement.recipient)].append(announcement)
    clusters = [cluster for group in groups.values() for cluster in _unified(group)]
    return sorted((_package(cluster) for cluster in clusters), key=lambda each: each.id)


def _announcement(key: str, pieces: list[Piece]) -> _Announcement:
    pieces = sorted(pieces, key=lambda piece: piece.statement.id)
    own = [piece for piece in pieces if _states_total(piece)]
    leading = own or pieces
    report = pieces[0].report
    spans = sorted(
        (p.statement.time for p in own if p.statement.time.known),
        key=lambda span: (span.start or "~", span.end or "~"),
    )
    totals = {canonical(p.statement.money): p.statement.money for p in own}
    return _Announcement(
        rank=(report.published.start or "~", report.text_hash, key),
        pieces=pieces,
        donors=tuple(sorted({actor for p in leading for actor in p.statement.actors})),
        recipient="+".join(sorted({r for p in leading for r in p.statement.recipients})) or None,
        announced=spans[0] if spans else report.published,
        total=tuple(money for _, money in sorted(totals.items()) if money is not None),
        name=key,
        row=report.kind == "dataset",
    )


def _states_total(piece: Piece) -> bool:
    said = piece.statement
    if said.rule.endswith(":total") and said.source_row is not None:
        return said.live
    return said.item in (None, AID) and said.money is not None


def _unified(group: list[_Announcement]) -> list[list[_Announcement]]:
    ordered = sorted(group, key=lambda each: each.rank)
    clusters: list[list[_Announcement]] = []
    for each in [one for one in ordered if one.row]:
        # A data set lists each package once and names it: its identifier in another edition, too.
        fitting = [c for c in clusters if c[0].name == each.name]
        if fitting:
            fitting[0].append(each)
        else:
            clusters.append([each])
    for each in [one for one in ordered if one.total and not one.row]:
        fitting = [c for c in clusters if _amounts(c[0]) == _amounts(each) and _near(c[0], each)]
        if fitting:
            fitting[0].append(each)
        else:
            clusters.append([each])
    bare: list[list[_Announcement]] = []
    for each in [one for one in ordered if not one.total and not one.row]:
        fitting = [c for c in clusters if _near(c[0], each)]
        if not fitting:
            fitting = [c for c in bare if _near(c[0], each)][:1]
        if len(fitting) == 1:
            fitting[0].append(each)
        else:
            bare.append([each])
    return clusters + bare


def _amounts(each: _Announcement) -> list[tuple[str, str, str]]:
    return sorted((str(m.low), str(m.high), m.currency) for m in each.total)


def _near(one: _Announcement, other: _Announcement) -> bool:
    first, second = days_of(one.announced), days_of(other.announced)
    if not first or not second:
        return False
    gap = max(_day(min(first)) - _day(max(second)), _day(min(second)) - _day(max(first)))
    return gap <= NEARBY


def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def _package(cluster: Sequence[_Announcement]) -> Package:
    first = min(cluster, key=lambda each: each.rank)
    pieces = [piece for each in cluster for piece in each.pieces]
    # Of a data set the newest edition tells; reports are looked at from the first on.
    telling = sorted(cluster, key=lambda each: each.rank, reverse=first.row)
    totals = next((each.total for each in telling if each.total), ())
    return Package(
        id="p" + short_hash((first.pieces[0].report.id, first.rank[2])),
        donors=first.donors,
        recipient=first.recipient,
        announced=first.announced,
        total=totals,
        parts=tuple(
            sorted({p.commitment for p in pieces if p.commitment and not _states_total(p)})
        ),
        statements=tuple(sorted(p.statement.id for p in pieces)),
        reports=tuple(sorted({p.report.id for p in pieces})),
    )


def programmes(
    pieces: Iterable[Piece], linked: Mapping[str, Iterable[str]], catalogue: Catalogue
) -> list[Programme]:
    """All programmes that statements name, sorted by identifier.

    A programme of the catalogue has the identifier that it has there; one that only a report
    announces is ``m`` and the digits of the statement. ``linked`` gives, by statement,
    the commitments with a statement that is part of it.
    """
    found: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        name = programme_of(piece.statement, catalogue)
        if name is not None:
            found[name].append(piece)
    return [_programme(id_, found[id_], linked, catalogue) for id_ in sorted(found)]


def programme_of(said: Statement, catalogue: Catalogue) -> str | None:
    """The programme that a statement is about, if it is about one."""
    if said.item is not None and said.item in catalogue.programmes:
        return said.item
    if said.act == "announce":
        return "m" + said.id[1:]
    return None


def _programme(
    id_: str, pieces: Sequence[Piece], linked: Mapping[str, Iterable[str]], catalogue: Catalogue
) -> Programme:
    entry = catalogue.programmes.get(id_)
    said = [piece.statement for piece in pieces]
    days = days_of(*(each.time for each in said))
    amounts = {canonical(each.money): each.money for each in said if each.money is not None}
    parties = {party for each in said for party in (*each.actors, *each.recipients)}
    inside = {c for each in said for c in linked.get(each.id, ())}
    inside |= {piece.commitment for piece in pieces if piece.commitment is not None}
    return Programme(
        id=id_,
        kind=entry.kind if entry else "programme",
        parties=tuple(sorted(parties | set(entry.parties if entry else ()))),
        horizon=TimeSpan(min(days), max(days)) if days else UNKNOWN_TIME,
        money=tuple(amounts[key] for key in sorted(amounts)),
        statements=tuple(sorted(each.id for each in said)),
        commitments=tuple(sorted(inside)),
    )
