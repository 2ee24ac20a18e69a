"""Rates between currencies and between the prices of years, each with its date and source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Final

import msgspec

from intendance.ledger import Ledger
from intendance.tables import read_table
from intendance.terms import IntendanceError, span_of

EURO: Final = "EUR"


class Rate(msgspec.Struct, frozen=True):
    """Units of a currency for one euro, on a day, in a month or on average of a year."""

    date: str
    currency: str
    per_euro: Decimal
    source: str


class Index(msgspec.Struct, frozen=True):
    """How dear the same things were in a year, against any other year of the table."""

    year: int
    index: Decimal
    source: str


class UsedRate(msgspec.Struct, frozen=True):
    """A conversion: so many units of ``to`` for one of ``from_``, at ``date``."""

    from_: str = msgspec.field(name="from")
    to: str
    date: str
    rate: Decimal
    source: str


class Rates:
    """The rates shipped with the program, and a user's, which come first."""

    def __init__(self, given: Iterable[Rate] = ()) -> None:
        self._by_currency: dict[str, list[tuple[str, str, Rate]]] = defaultdict(list)
        for rate in (*given, *shipped()):
            span = span_of(rate.date, "a rate")
            known = self._by_currency[rate.currency]
            if all(rate.date != other.date for _, _, other in known):
                known.append((span.start or "", span.end or "", rate))

    def of(self, currency: str, first: str, last: str) -> Rate | None:
        """The rate of the shortest time that holds the days from ``first`` to ``last``."""
        if currency == EURO:
            return Rate(first[:4], EURO, Decimal(1), "")
        fitting = [
            (len(rate.date), rate)
            for start, end, rate in self._by_currency[currency]
            if start <= first and last <= end
        ]
        return max(fitting, key=lambda each: each[0])[1] if fitting else None

    def between(self, one: str, other: str, first: str, last: str) -> UsedRate | None:
        """How many units of ``other`` one unit of ``one`` was in those days."""
        source, target = self.of(one, first, last), self.of(other, first, last)
        if source is None or target is None:
            return None
        named = source if one != EURO else target
        return UsedRate(one, other, named.date, target.per_euro / source.per_euro, named.source)


def shipped() -> list[Rate]:
    """The reference rates that come with the program."""
    source = resources.files("intendance.exchange").joinpath("data", "rates.csv")
    with resources.as_file(source) as path:
        return read_table(path, Rate)


def read_rates(path: Path) -> list[Rate]:
    """A user's table of rates; what can't be one raises ``table.value`` with its row."""
    return checked_rates(read_table(path, Rate), path)


def kept_rates(ledger: Ledger) -> list[Rate]:
    """The rates that the ledger keeps (``import table --as exchange-rate``)."""
    return [
        row
        for kept in ledger.supplied("exchange-rate")
        for row in checked_rates(msgspec.convert(kept.rows, list[Rate], strict=False), kept.name)
    ]


def checked_rates(rows: list[Rate], table: Path | str) -> list[Rate]:
    for number, row in enumerate(rows, 2):
        check_currency(row.currency, table, number)
        check_positive(row.per_euro, "a rate", table, number)
        check_date(row.date, table, number)
    return rows


def read_index(path: Path) -> dict[int, Index]:
    """A user's price index by year."""
    found: dict[int, Index] = {}
    for number, row in enumerate(read_table(path, Index), 2):
        check_positive(row.index, "an index", path, number)
        if row.year in found:
            raise wrong("each year once", f"{row.year} again", path, number)
        found[row.year] = row
    return found


def check_currency(code: str, table: Path | str, row: int) -> None:
    """Refuse what is no ISO 4217 code."""
    if not (len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()):
        raise wrong("a currency of three capital letters", repr(code[:20]), table, row)


def check_positive(value: Decimal, what: str, table: Path | str, row: int) -> None:
    """Refuse what is not above zero."""
    if not (value.is_finite() and value > 0):
        raise wrong(f"{what} above zero", str(value), table, row)


def check_date(text: str, table: Path | str, row: int) -> None:
    """Refuse what is no day, month or year."""
    try:
        span_of(text)
    except IntendanceError as fault:
        raise wrong(fault.expected, fault.got, table, row) from None


def wrong(expected: str, got: str, table: Path | str, row: int) -> IntendanceError:
    """The error ``table.value``."""
    return IntendanceError("table.value", expected=expected, got=got, where=f"{table}, row {row}")
