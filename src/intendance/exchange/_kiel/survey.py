"""A first look at a snapshot: its packages, what rows share, what fractions are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache

import msgspec

from intendance.catalogue import Catalogue
from intendance.exchange._kiel.donors import Donors
from intendance.exchange._kiel.items import Items
from intendance.exchange._kiel.line import Fault, Line, amount_of, count_of, stated
from intendance.exchange._kiel.shares import Fraction, Share, decide
from intendance.exchange._raw import Sheet
from intendance.exchange._values import parse_number
from intendance.terms import Number

RECIPIENT = "UKR"


class Survey(msgspec.Struct):
    """What must be known of the whole table before its rows can be told.

    ``together`` counts the rows that one amount was given for, by the hash of what they share;
    ``totals`` are the packages that state their own; ``delivered`` the sums of what one donor
    spread over rows.
    """

    packages: set[str]
    together: Counter[int]
    totals: set[str]
    shares: Mapping[int, Share]
    delivered: dict[int, Number | None]
    retrieved: str


def survey(
    sheet: Sheet, line_of: Callable[[int, list[str]], Line], items: Items, donors: Donors,
    catalogue: Catalogue,
) -> Survey:  # fmt: skip
    """Reads all rows once; what is wrong with them is told when they are read again."""
    found = Survey(set(), Counter(), set(), {}, {}, "")
    fractions: list[Fraction] = []
    counted: dict[int, str] = {}
    width = 1 + max(at for columns in sheet.fields.values() for at in columns)
    package, announced = (sheet.fields[name][0] for name in ("package", "announced"))
    units = sheet.fields["units"][0]
    amount, total, retrieved = (
        sheet.fields.get(name, (None,))[0] for name in ("amount", "total", "retrieved")
    )
    for number, cells in sheet.rows(last=False):
        if len(cells) < width:
            continue
        name = cells[package].strip()
        found.packages.add(name)
        value = "" if amount is None else cells[amount].strip()
        found.together[hash((name, cells[announced].strip(), value))] += 1
        if retrieved is not None and cells[retrieved] > found.retrieved:
            found.retrieved = cells[retrieved].strip()
        if total is not None and _amount(cells[total], sheet.comma):
            found.totals.add(name)
        if "." in cells[units] or "," in cells[units]:
            line = line_of(number, cells)
            each = _fraction(line, items, donors)
            if each is not None:
                fractions.append(each)
                counted[number] = line.delivered
    found.shares = decide(fractions, RECIPIENT, catalogue)
    for row, share in found.shares.items():
        if share.sort == "own":
            found.delivered[row] = _sum([counted[each] for each in share.rows], sheet.comma)
    return found


@lru_cache(maxsize=65_536)
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
