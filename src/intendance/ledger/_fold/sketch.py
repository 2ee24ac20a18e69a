"""Sketches: what of a statement decides into which commitment it falls (rule 5)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

import msgspec

from intendance.ledger._fold.evidence import FIRST, LAST
from intendance.ledger._fold.rounding import rounded_by
from intendance.ledger._fold.rows import Row
from intendance.ledger._fold.vocabulary import BLOCK_RULES, STAGE_RULES
from intendance.terms import Interval, Money, Number

End = int | float | Decimal
Bounds = tuple[End, End]
"""The least and the greatest number that a figure leaves room for."""

UNDATED: Final = 10**7
"""A day after all others: that of what is not dated."""

COUNT: Final = ""
"""The unit of a number of single items; amounts of money have their currency's code."""

NOWHERE: Final = 0
"""Where a sketch was placed that belongs to all deals of its group, or has not been placed yet."""

OPEN: Final = -1
"""Where a sketch was placed that could be of several deals."""

# By which rule a promise was placed, in the order in which the rules are tried ...
PACKAGE, FIGURE, REVISED, OPENED, SUMMED = 1, 2, 3, 4, 5
# ... or has to wait for those that can be told by more: near other promises, far from any, or
# because it says neither number, amount nor package. Increments; what has no date.
WAITED_NEAR, WAITED_FAR, WAITED, ADDED, UNSURE, DATELESS = 6, 7, 8, 9, 10, 11
# By which rule what opens no deal was placed; UNFIT where no deal before it had room. Below zero
# where it was not placed with a deal after all.
BY_TOTAL, BY_PACKAGE, BY_FIGURE, BY_TIME, UNFIT, BY_FIT = 12, 13, 14, 15, 16, 17
# Increments of later stages: progress of a deal, or more of one.
PROGRESS, MORE = 18, 19

_HIGH: Final = float("inf")
_PROMISED: Final = STAGE_RULES["promised"].order
_ORDER: Final = {stage: rule.order for stage, rule in STAGE_RULES.items()}


class Sketch(msgspec.Struct, array_like=True, gc=False, eq=False):
    """One statement as linking sees it.

    ``number`` is the store's, ``rank`` a key in the ledger's order. ``promises``, ``adds``,
    ``total``, ``cumulative`` and ``affirms`` tell what kind of claim it is, ``order`` that of its
    stage. Days are numbers: ``day`` of publication (UNDATED where not certain), ``p0`` and ``p1``
    the ends of that span (0 and UNDATED where not known), ``t1`` the last on which it was
    observed, ``when`` the one by which its deal is looked for, ``published`` that by which the deal
    was promised. ``figures`` are its number and its amount of money, ``whole`` the number of the
    deal that it speaks of, ``parted`` where that is one of which it tells a part; ``figure`` the
    number of its stage, where that counts. ``at``, ``route`` and ``home`` are set as it is linked:
    its place in the order, by which rule it was placed, and the number of its deal's anchor.
    ``line`` is the row of a data set that it was made of.
    """

    number: int
    rank: bytes
    strand: str
    item: str | None
    live: bool
    promises: bool
    adds: bool
    total: bool
    cumulative: bool
    affirms: bool
    parted: bool
    order: int
    day: int
    p0: int
    p1: int
    t1: int
    when: int | None
    published: int
    package: str | None
    figures: tuple[tuple[str, Bounds], ...]
    whole: Bounds | None
    figure: Interval | None
    at: int = 0
    route: int = 0
    home: int = NOWHERE
    line: str | None = None


def sketch_of(row: Row) -> Sketch:
    """What linking looks at of a row; the row must not have been folded yet."""
    said = row.said
    affirms, order = row.sense == "affirms", _ORDER[row.stage]
    total, cumulative = said.basis == "total", said.basis == "cumulative"
    p0 = 0 if row.p0 == FIRST else day_number(row.p0)
    p1 = UNDATED if row.p1 == LAST else day_number(row.p1)
    day = p0 if p0 and p1 != UNDATED else UNDATED
    t1 = UNDATED if row.t1 == LAST else day_number(row.t1)
    happened = None if row.t0 == FIRST or t1 == UNDATED else t1
    number = row.figure if row.family is None else None
    whole = row.part or number
    return Sketch(
        row.number,
        _rank(row, p0, p1),
        row.strand,
        row.item,
        row.live,
        affirms and order <= _PROMISED and not total and not cumulative,
        affirms and said.basis == "increment",
        total,
        cumulative,
        affirms,
        row.part is not None,
        order,
        day,
        p0,
        p1,
        t1,
        p1 if happened is None and day != UNDATED else happened,
        UNDATED if day == UNDATED else p1,
        said.package,
        _figures(number, said.money if said.per is None else None),
        None if whole is None else span(whole),
        number if affirms else None,
        row.at,
        line=row.line,
    )


def _rank(row: Row, p0: int, p1: int) -> bytes:
    """The ledger's order as bytes; no report's hash begins with another's."""
    start, end, rule = row.place
    head = (p0 or UNDATED).to_bytes(4) + p1.to_bytes(4) + row.report.encode() + b"\0"
    return head + start.to_bytes(8) + end.to_bytes(8) + f"{rule}\0{row.id}".encode()


def _figures(number: Interval | None, amount: Money | None) -> tuple[tuple[str, Bounds], ...]:
    """What a deal can be told by: its number, then its amount of money."""
    found: tuple[tuple[str, Bounds], ...] = ()
    if number is not None:
        found = ((COUNT, span(number)),)
    if amount is not None and (amount.low, amount.high) != (None, None):
        found = (*found, (amount.currency, span(amount)))
    return found


def span(figure: Interval | Money) -> Bounds:
    """The ends of a figure, "about" as far as the number may be rounded.

    Nobody says "more than 10" of 600: an open end lies a quarter of the number, or one, beside it.
    An end that is left out lies a little beside it.
    """
    low, high = figure.low, figure.high
    if figure.approx:
        low = None if low is None else low - rounded_by(low)
        high = None if high is None else high + rounded_by(high)
    least: End = _beside(high, -1) if low is None else low
    most: End = _beside(low, 1) if high is None else high
    if figure.low_open and low is not None:
        least = float(low) + 1e-9
    if figure.high_open and high is not None:
        most = float(high) - 1e-9
    return least, most


def _beside(end: Number | None, side: int) -> End:
    """As far beyond an end as anybody would still name it."""
    if end is None:
        return side * _HIGH
    exact = Decimal(end)
    return exact + side * max(Decimal(1), exact * BLOCK_RULES.near_percent / 100)


@lru_cache(maxsize=20_000)
def day_number(text: str) -> int:
    """The number of an ISO day."""
    return date.fromisoformat(text).toordinal()
