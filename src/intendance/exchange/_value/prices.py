"""Unit prices that a user supplies: of a kind, from a source, at book or replacement value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Final, Literal

import msgspec

from intendance.catalogue import Catalogue
from intendance.exchange._value.rates import check_currency, check_date, check_positive, wrong
from intendance.ledger import Ledger, unit_family
from intendance.tables import read_table
from intendance.terms import Statement

Method = Literal["replacement", "book"]
METHODS: Final[tuple[Method, ...]] = ("replacement", "book")


class Price(msgspec.Struct, frozen=True):
    """What one unit of an item costs (from ``price`` to ``high``, where that is given).

    ``kind`` is ``replacement`` (what a new one costs) or ``book`` (what the one given away is worth
    in the donor's books); ``unit`` what is counted where it is no single item (``battery``).
    """

    item: str
    price: Decimal
    currency: str
    date: str
    kind: Method
    source: str
    high: Decimal | None = None
    unit: str = ""


Place = tuple[str, int]
"""Where a row stands: its report, and where it begins in that."""


class Prices:
    """Prices by item; of several, those count that are nearest in time.

    ``of_rows`` are the prices that data sets reckon with: each is first its own row's, and that of
    other things only where it is of a kind: two rows of a class are seldom of like things.
    """

    def __init__(
        self,
        rows: Iterable[Price],
        catalogue: Catalogue,
        method: Method,
        of_rows: Mapping[Place, Price] | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._known: dict[tuple[str, str], list[Price]] = defaultdict(list)
        self._of_rows = dict(of_rows or {}) if method == "replacement" else {}
        kinds = [each for each in self._of_rows.values() if catalogue.is_kind(each.item)]
        for row in (*rows, *kinds):
            if row.kind == method:
                self._known[(row.item, row.unit)].append(row)

    def of(self, item: str, unit: str, year: int, places: Iterable[Place] = ()) -> list[Price]:
        """The price of the first of those rows that has one, else of the item nearest to ``year``,
        else of the next wider kind that has one.

        Several of one year are several sources: what the thing costs lies between them. Of sources
        that say the same one stands for all.
        """
        own = (self._of_rows.get(place) for place in places)
        for price in own:
            if price is not None and price.unit == unit:
                return [price]
        for each in (item, *self._catalogue.ancestors(item)):
            known = self._known.get((each, unit))
            if known:
                nearest = min(known, key=lambda row: (abs(int(row.date[:4]) - year), row.date))
                same = [row for row in known if row.date[:4] == nearest.date[:4]]
                return list({(row.price, row.high, row.currency): row for row in same}.values())
        return []


def read_prices(path: Path, catalogue: Catalogue) -> list[Price]:
    """A table of prices; what can't be one raises ``table.value`` with its row.

    Items are named as anywhere, in any language of the catalogue.
    """
    rows = enumerate(read_table(path, Price), 2)
    return [checked_price(row, catalogue, path, number) for number, row in rows]


def kept_prices(ledger: Ledger) -> list[Price]:
    """The price tables that the ledger keeps (``import table --as price``)."""
    return [
        checked_price(row, ledger.catalogue, kept.name, number)
        for kept in ledger.supplied("price")
        for number, row in enumerate(msgspec.convert(kept.rows, list[Price], strict=False), 2)
    ]


def checked_price(row: Price, catalogue: Catalogue, table: Path | str, number: int) -> Price:
    """The row with its item's identifier."""
    item = catalogue.known(row.item)
    if item is None:
        raise wrong("an item of the catalogue", repr(row.item[:80]), table, number)
    check_currency(row.currency, table, number)
    check_positive(row.price, "a price", table, number)
    check_date(row.date, table, number)
    if row.high is not None and row.high < row.price:
        raise wrong("a high price that is not below the price", str(row.high), table, number)
    if not row.source:
        raise wrong("the source of the price", "none", table, number)
    return msgspec.structs.replace(row, item=item)


def reported_prices(statements: Iterable[Statement]) -> dict[Place, Price]:
    """The unit prices that data sets reckon with, by row: assessments of money for one of an item.

    What a thing costs to buy anew is taken to be meant. One without a year is left out.
    """
    found = {}
    for said in statements:
        money, day = said.money, said.time.start or said.time.end
        priced = said.act == "assess" and said.per is not None and said.item is not None
        if not priced or money is None or money.low is None or day is None:
            continue
        found[(said.report, said.start)] = Price(
            item=said.item or "",
            price=money.low,
            currency=money.currency,
            date=day[:4],
            kind="replacement",
            source=f"{said.rule}, {said.source_row or said.id}",
            high=money.high if money.high != money.low else None,
            unit=unit_family(said.unit) or "",
        )
    return found
