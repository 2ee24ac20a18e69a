"""``intendance value``: what commitments are worth."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import cast

import click
import msgspec

from intendance.api import Books
from intendance.cli._cells import joined, short, view_table
from intendance.cli._filters import Asked, filter_options, ledger_options
from intendance.cli._options import output_options
from intendance.cli._output import Output
from intendance.exchange import By, Line, Total
from intendance.exchange import value as value_of
from intendance.render import Language, Row, Table, money_text, number_text, text
from intendance.terms import Money

_METHODS = ("replacement", "book")


class TotalRow(msgspec.Struct, frozen=True, kw_only=True, rename={"class_": "class"}):
    """A total in a spreadsheet."""

    donors: tuple[str, ...] | None
    class_: str | None
    stage: str
    currency: str
    year: int | None
    stated_low: Decimal | None
    stated_high: Decimal | None
    priced_low: Decimal | None
    priced_high: Decimal | None
    lines: int
    lines_stated: int
    lines_priced: int
    without: int
    share_without: Decimal
    lines_apart: int
    apart: dict[str, Money]


class LineRow(msgspec.Struct, frozen=True, kw_only=True, rename={"class_": "class"}):
    """A line in a spreadsheet."""

    commitment: str
    donors: tuple[str, ...]
    recipient: str | None
    item: str | None
    class_: str | None
    stage: str
    counted: str
    low: Decimal | None
    high: Decimal | None
    currency: str | None
    source: str | None
    reason: str | None
    statements: tuple[str, ...]
    rates: tuple[str, ...]
    prices: tuple[str, ...]
    assumptions: tuple[str, ...]


@click.command()
@click.option(
    "--currency", metavar="CODE", default="EUR", show_default=True, help="In which currency."
)
@click.option("--year", type=int, help="At the prices of this year, by the index.")
@click.option(
    "--method",
    type=click.Choice(_METHODS),
    default="replacement",
    show_default=True,
    help="Which unit prices: what a new one costs, or what the old one is worth in the books.",
)
@click.option(
    "--prices",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Unit prices: item, price, currency, date, kind, source [, high, unit]. Without it those "
    "that the ledger keeps (import table --as price).",
)
@click.option(
    "--rates",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Exchange rates: date, currency, per_euro, source; they come before those that the ledger "
    "keeps (import table --as exchange-rate), and these before those shipped.",
)
@click.option(
    "--index",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="How prices moved: year, index, source.",
)
@click.option(
    "--reported",
    is_flag=True,
    help="Also the unit prices that data sets in the ledger reckon with, as replacement prices.",
)
@click.option(
    "--by",
    metavar="NAMES",
    default="donor,class,stage",
    show_default=True,
    help="What totals are of; always by stage, for what is delivered was promised before.",
)
@click.option("--lines", is_flag=True, help="The lines that are summed, with what each rests on.")
@ledger_options
@filter_options
@output_options
def value(
    currency: str,
    year: int | None,
    method: str,
    prices: Path | None,
    rates: Path | None,
    index: Path | None,
    reported: bool,
    by: str,
    lines: bool,
    ledger: Books,
    asked: Asked,
    output: Output,
) -> None:
    """Total what commitments are worth, in one currency, from stated amounts and from unit prices.

    Stated amounts are converted at the rate of their own time. What is in another line already
    (parts of a package, ceilings of frameworks, sums of what was given before, amounts of several
    donors together) or is no further aid (reimbursements, backfills) is apart and never added.
    """
    found = value_of(
        ledger,
        currency=currency,
        year=year,
        method=method,  # type: ignore[arg-type]  # one of the choices
        prices=prices,
        rates=rates,
        index=index,
        reported=reported,
        by=_by(by),
        filter=asked.filter,
        as_of=asked.as_of,
        recorded=asked.recorded,
    )
    if lines:
        output.records(
            Line,
            found.lines,
            lambda rows: _line_table(rows, output.language),
            "none.commitments",
            sheet=(LineRow, line_row),
        )
    else:
        output.records(
            Total,
            found.totals,
            lambda rows: _total_table(rows, output.language),
            "none.commitments",
            sheet=(TotalRow, total_row),
        )


def _by(names: str) -> tuple[By, ...]:
    """The names of ``--by``; ``value`` refuses what is none."""
    return cast("tuple[By, ...]", tuple(each.strip() for each in names.split(",")))


def total_row(each: Total) -> TotalRow:
    """A total as a row of a spreadsheet."""
    stated, priced = each.stated, each.priced
    return TotalRow(
        donors=each.donors,
        class_=each.class_,
        stage=each.stage,
        currency=each.currency,
        year=each.year,
        stated_low=None if stated is None else stated.low,
        stated_high=None if stated is None else stated.high,
        priced_low=None if priced is None else priced.low,
        priced_high=None if priced is None else priced.high,
        lines=each.lines,
        lines_stated=each.lines_stated,
        lines_priced=each.lines_priced,
        without=each.without,
        share_without=each.share_without,
        lines_apart=each.lines_apart,
        apart=each.apart,
    )


def line_row(each: Line) -> LineRow:
    """A line as a row of a spreadsheet."""
    amount = each.amount
    return LineRow(
        commitment=each.commitment,
        donors=each.donors,
        recipient=each.recipient,
        item=each.item,
        class_=each.class_,
        stage=each.stage,
        counted=each.counted,
        low=None if amount is None else amount.low,
        high=None if amount is None else amount.high,
        currency=None if amount is None else amount.currency,
        source=each.from_,
        reason=each.reason,
        statements=each.statements,
        rates=tuple(f"{r.from_}/{r.to} {r.rate:.6f} {r.date} ({r.source})" for r in each.rates),
        prices=tuple(
            f"{p.item} {p.price}{'' if p.high is None else f'..{p.high}'} {p.currency} {p.date} "
            f"{p.kind} ({p.source})"
            for p in each.prices
        ),
        assumptions=each.assumptions,
    )


def _total_table(rows: Sequence[Total], language: Language) -> Table:
    names = ["stage", "stated", "priced", "lines", "without", "apart"]
    if any(each.class_ is not None for each in rows):
        names.insert(0, "class")
    if any(each.donors is not None for each in rows):
        names.insert(0, "donors")
    return view_table(
        names,
        (Row(tuple(_total_cell(each, name, language) for name in names)) for each in rows),
        language,
    )


def _total_cell(each: Total, name: str, language: Language) -> str:
    if name == "donors":
        return joined(each.donors or ())
    if name == "class":
        return each.class_ or ""
    if name == "stage":
        return text(f"stage.{each.stage}", language)
    if name in ("stated", "priced"):
        amount = cast("Money | None", getattr(each, name))
        return "" if amount is None else money_text(amount, language)
    if name == "lines":
        return str(each.lines)
    if name == "without":
        return f"{number_text((each.share_without * 100).quantize(Decimal('0.1')), language)} %"
    return ", ".join(
        f"{text(f'counted.{kind}', language)} {money_text(amount, language)}"
        for kind, amount in each.apart.items()
    )


def _line_table(rows: Sequence[Line], language: Language) -> Table:
    names = ("commitment", "donors", "item", "stage", "counted", "amount", "rests_on")
    return view_table(names, (_line(each, language) for each in rows), language)


def _line(each: Line, language: Language) -> Row:
    shown = line_row(each)
    rests = [*shown.rates, *shown.prices]
    rests += [_assumption(one, language) for one in each.assumptions]
    if each.reason:
        rests.append(text(f"worth.{each.reason.replace('-', '_')}", language))
    return Row(
        (
            short(each.commitment),
            joined(each.donors),
            each.item or "",
            text(f"stage.{each.stage}", language),
            text(f"counted.{each.counted}", language),
            "" if each.amount is None else money_text(each.amount, language),
            "; ".join(rests),
        )
    )


def _assumption(one: str, language: Language) -> str:
    for name in ("no-index", "index"):
        if one.startswith(f"{name}-"):
            year = one.removeprefix(f"{name}-")
            return text(f"worth.{name.replace('-', '_')}", language, year=year)
    return text(f"worth.{one.replace('-', '_')}", language)
