"""What a ledger's commitments are worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from intendance.exchange._value.lines import Line, Valuer
from intendance.exchange._value.prices import (
    METHODS,
    Method,
    Prices,
    kept_prices,
    read_prices,
    reported_prices,
)
from intendance.exchange._value.rates import (
    EURO,
    Index,
    Rates,
    kept_rates,
    read_index,
    read_rates,
)
from intendance.exchange._value.totals import BY, By, Total, totals
from intendance.ledger import Filter, Ledger
from intendance.terms import IntendanceError


class Valued(msgspec.Struct, frozen=True):
    """The totals, and the lines that they are sums of."""

    totals: list[Total]
    lines: list[Line]


def value(
    ledger: Ledger,
    *,
    currency: str = EURO,
    year: int | None = None,
    method: Method = "replacement",
    prices: Path | None = None,
    rates: Path | None = None,
    index: Path | None = None,
    reported: bool = False,
    by: Sequence[By] = BY,
    filter: Filter = Filter(),  # noqa: A002, B008  # a frozen struct
    as_of: str | None = None,
    recorded: str | None = None,
) -> Valued:
    """What the commitments that ``filter`` lets through are worth, by donor, class and stage.

    A line (a commitment at a stage) counts with the amount that reports state for it, converted
    at the rate of its own time; else with its quantity times the unit price of ``prices`` (a CSV,
    XLSX or Parquet file: item, price, currency, date, kind, source), of which those of the
    ``method`` count, ``replacement`` or ``book``. With ``year`` amounts are brought to that year's
    prices by ``index`` (year, index, source). ``rates`` (date, currency, per_euro, source) come
    before those shipped. With ``reported`` the unit prices that data sets in the ledger reckon
    with count as well, as replacement prices. Amounts are exact intervals rounded to cents.

    Totals are always by stage, whatever else ``by`` names: stages are never summed.

    Framework ceilings, parts of a package with a total of its own, sums of what was given before,
    amounts that may include others or are of several donors together, reimbursements and backfills
    are apart and never added. Without ``prices`` the price tables that the ledger keeps count; its
    rates come after those given and before those shipped. Raises IntendanceError
    ``money.currency``, ``setting.invalid``, ``table.*``, ``filter.invalid``.
    """
    _check(currency, method, by)
    catalogue = ledger.catalogue
    known: Mapping[int, Index] = {} if index is None else read_index(index)
    known_prices = kept_prices(ledger) if prices is None else read_prices(prices, catalogue)
    told = ledger.statements(as_of=as_of, recorded=recorded) if reported else []
    known_rates = [] if rates is None else read_rates(rates)
    valuer = Valuer(
        ledger.extract(filter, as_of, recorded),
        catalogue,
        currency=currency,
        year=year,
        rates=Rates([*known_rates, *kept_rates(ledger)]),
        prices=Prices(known_prices, catalogue, method, reported_prices(told)),
        index=known,
    )
    lines = list(valuer.lines())
    return Valued(totals(lines, by, currency, year), lines)


def _check(currency: str, method: str, by: Sequence[str]) -> None:
    if not (len(currency) == 3 and currency.isascii() and currency.isupper()):
        raise IntendanceError(
            "money.currency",
            expected="an ISO 4217 code of three capital letters",
            got=repr(currency[:20]),
            where="the currency of a value",
        )
    if method not in METHODS:
        raise _wrong("one of " + ", ".join(METHODS), method, "method")
    for each in by:
        if each not in BY:
            raise _wrong("donor, class or stage", repr(each), "by")


def _wrong(expected: str, got: str, where: str) -> IntendanceError:
    return IntendanceError("setting.invalid", expected=expected, got=got, where=f"value, {where}")
