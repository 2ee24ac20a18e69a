"""A first look at a snapshot: its packages, what rows share, what fractions are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

import msgspec

from intendance.catalogue import Catalogue
from intendance.exchange._kiel.donors import Donors
from intendance.exchange._kiel.items import Items
from intendance.exchange._kiel.keys import PARTS, Keys, Known
from intendance.exchange._kiel.line import Fault, Line, amount_of, count_of, stated
from intendance.exchange._kiel.shares import Fraction, Share, decide
from intendance.exchange._types import uncollected
from intendance.exchange._values import parse_number
from intendance.terms import Number

RECIPIENT = "UKR"

Rows = Iterable[tuple[int, Sequence[str]]]


class Survey(msgspec.Struct):
    """What must be known of the whole table before its rows can be told.

    ``packages`` is how many there are; ``together`` the hashes of what rows share that one amount
    was given for; ``totals`` those of the packages that state their own; ``delivered`` the sums of
    what one donor spread over rows.
    """

    packages: int
    together: Known
    totals: Known
    shares: Mapping[int, Share]
    delivered: dict[int, Number | None]
    retrieved: str


def survey(
    rows: Rows, fields: Mapping[str, tuple[int, ...]],
    line_of: Callable[[int, Sequence[str]], Line],
    items: Items, donors: Donors, catalogue: Catalogue, *, comma: bool,
) -> Survey:  # fmt: skip
    """Looks through all rows; ``fields`` says which cell of a row holds what, ``comma`` whether
    decimals may have one. What is wrong with a row is told when it is told.
    """
    package, announced = (fields[name][0] for name in ("package", "announced"))
    units = fields["units"][0]
    amount, total, retrieved = (
        fields.get(name, (None,))[0] for name in ("amount", "total", "retrieved")
    )
    packages, together, totals = Keys(), Keys(), Keys()
    fractions: list[Fraction] = []
    counted: dict[int, str] = {}
    latest = ""
    before = with_total = None
    with uncollected():
        for number, cells in rows:
            name = cells[package].strip()
            value = "" if amount is None else cells[amount].strip()
            key = hash((name, cells[announced].strip(), value))
            together.add[key % PARTS](key)
            if name != before:
                before, key = name, hash(name)
                packages.add[key % PARTS](key)
            if total is not None and name != with_total and _amount(cells[total], comma):
                with_total, key = name, hash(name)
                totals.add[key % PARTS](key)
            if retrieved is not None and cells[retrieved] > latest:
                latest = cells[retrieved].strip()
            # A point alone says that there is no number.
            if len(cells[units]) > 2 and ("." in cells[units] or "," in cells[units]):
                line = line_of(number, cells)
                each = _fraction(line, items, donors)
                if each is not None:
                    fractions.append(each)
                    counted[number] = line.delivered
    shares = decide(fractions, RECIPIENT, catalogue)
    delivered = {
        row: _sum([counted[each] for each in share.rows], comma)
        for row, share in shares.items()
        if share.sort == "own"
    }
    return Survey(len(packages.of(1)), together.of(2), totals.of(1), shares, delivered, latest)


@lru_cache(maxsize=4096)
def _amount(cell: str, comma: bool) -> bool:
    cell = cell.strip()
    try:
        return stated(cell) and amount_of(cell, comma, "total").known
    except Fault:
        return False


def _fraction(line: Line, items: Items, donors: Donors) -> Fraction | None:
    value = parse_number(line.units)
    donor = donors.of(line.donor)
    if value is None or not isinstance(value.exact, Decimal) or donor is None or value.exact <= 0:
        return None
    thing = items.of(line.item, line.item_subtype, line.item_type)
    name = thing.item or line.item
    return Fraction(line.number, donor, name, thing.unit, value.exact, line.explanation)


def _sum(cells: list[str], comma: bool) -> Number | None:
    """What was delivered of one whole over its rows, where all of them say a number."""
    total: Decimal = Decimal(0)
    for cell in cells:
        try:
            value = count_of(cell, comma, "delivered").exact
        except Fault:
            return None
        if value is None:
            return None
        total += Decimal(value)
    near = total.to_integral_value()
    return int(near) if abs(total - near) < Decimal("0.01") else total
