"""One row of the tracker: its cells by field, its figures as intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final

import msgspec

from intendance.exchange._kiel.words import plain, words
from intendance.exchange._types import Reason
from intendance.exchange._values import parse_date, parse_figure, whole_number
from intendance.terms import UNDISCLOSED, UNSPECIFIED, Interval, TimeSpan, at_least

FIELDS: Final = (
    "package", "donor", "announced", "kind", "specific", "explanation", "currency", "donation",
    "amount", "item", "item_type", "item_subtype", "units", "delivered", "unit_price", "total",
    "allocated", "delivery_source", "value_source", "retrieved",
)  # fmt: skip
"""What a line has one cell of; ``sources`` may be several."""


class Line(msgspec.Struct, gc=False):
    """The cells of one row by field, as text; ``sources`` are the addresses it cites."""

    number: int
    package: str
    donor: str
    announced: str
    kind: str
    specific: str
    explanation: str
    currency: str
    donation: str
    amount: str
    item: str
    item_type: str
    item_subtype: str
    units: str
    delivered: str
    unit_price: str
    total: str
    allocated: str
    delivery_source: str
    value_source: str
    retrieved: str
    sources: tuple[str, ...]


class Fault(Exception):  # noqa: N818  # no failure: the row is set aside
    """A cell that can't be understood: its field, why, and what stands there."""

    def __init__(self, field: str, reason: Reason, got: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason: Reason = reason
        self.got = got


def liner(fields: Mapping[str, tuple[int, ...]]) -> Callable[[int, Sequence[str]], Line]:
    """What makes a line of a row's cells, given the columns of each field."""
    # A field that the table lacks is the empty cell that stands after every row.
    pick = itemgetter(*[fields[name][0] if name in fields else -1 for name in FIELDS])
    cited = fields.get("source", ())
    empty = words().unspecified
    make: Any = Line

    def line(number: int, cells: Sequence[str]) -> Any:
        found = map(str.strip, pick((*cells, "")))
        sources = tuple(
            [c for at in cited if len(c := cells[at].strip()) > 5 and c.casefold() not in empty]
        )
        return make(number, *found, sources)

    return line


@lru_cache(maxsize=8192)
def count_of(cell: str, comma: bool, field: str) -> Interval:
    """So many units; ``undisclosed`` and ``.`` are kept apart. Raises Fault."""
    return _figure(cell, comma, field, "units", "units-absurd")


@lru_cache(maxsize=8192)
def amount_of(cell: str, comma: bool, field: str) -> Interval:
    """An amount of money. Raises Fault."""
    return _figure(cell, comma, field, "money", "money-absurd")


@lru_cache(maxsize=8192)
def date_of(cell: str) -> TimeSpan:
    """When it was announced. Raises Fault."""
    found = parse_date(cell, words().dates)
    if found is None:
        raise Fault("announced", "date", cell)
    return found


@lru_cache(maxsize=8192)
def stated(cell: str) -> bool:
    """Whether a cell says anything."""
    return plain(cell) not in words().unspecified


def _figure(cell: str, comma: bool, field: str, kind: Reason, absurd: Reason) -> Interval:
    # Most cells are whole numbers: no word of the tables is one.
    found = whole_number(cell) or _worded(cell, comma, field, kind)
    high = found.low if found.high is None else found.high
    low = found.high if found.low is None else found.low
    if low is not None and high is not None and (low < 0 or high > words().limits[kind]):
        raise Fault(field, absurd, cell)
    return found


def _worded(cell: str, comma: bool, field: str, kind: Reason) -> Interval:
    known, bare = words(), plain(cell)
    if bare in known.unspecified:
        return UNSPECIFIED
    if bare in known.undisclosed:
        return msgspec.structs.replace(UNDISCLOSED, text=cell)
    if bare in known.partly:
        return msgspec.structs.replace(UNSPECIFIED, text=cell)
    if bare in known.vague:
        return at_least(known.vague[bare], cell)
    if bare in known.errors:
        raise Fault(field, "error-value", cell)
    if bare.startswith("="):
        raise Fault(field, "formula", cell)
    found = parse_figure(cell, known.around, comma=comma)
    if found is None:
        raise Fault(field, kind, cell)
    return found
