"""``intendance plan case``: the worked cases."""

from __future__ import annotations

from collections.abc import Sequence

import click

from intendance.cli._options import json_option
from intendance.cli._output import Output
from intendance.cli._plan.columns import columns_of
from intendance.cli._plan.numbers import figure
from intendance.cli._plan.ten_years import show_ten_years
from intendance.planning import Plan, Scenario, solve
from intendance.planning.cases.million_shells import Figure, Shells, million_shells
from intendance.planning.cases.ten_years import ten_years
from intendance.render import Language, Row, Table, text
from intendance.terms import IntendanceError


class Change(click.ParamType[tuple[str, float]]):
    """``NAME=NUMBER``."""

    name = "change"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, float]:
        """The name and the number."""
        name, _, number = str(value).partition("=")
        try:
            return name.strip(), float(number)
        except ValueError:
            self.fail(f"expected NAME=NUMBER, got {value!r}", param, ctx)


@click.command()
@click.argument("name", metavar="NAME", type=click.Choice(["million-shells", "ten-years"]))
@click.option(
    "--as-of",
    metavar="DATE",
    help="million-shells: use what had been published by this day or month.  [default: 2024-01]",
)
@click.option(
    "--set",
    "changes",
    metavar="NAME=NUMBER",
    type=Change(),
    multiple=True,
    help="million-shells: change export_share, production_lead or lead.FIGURE (months from the"
    " start). ten-years: change lead, cost, capacity or count of a ramp (lead.RAMP).",
)
@json_option
def case(
    name: str,
    as_of: str | None,
    changes: tuple[tuple[str, float], ...],
    output: Output,
) -> None:
    """Work out a case from its figures, published or invented; no result is stored.

    \b
    million-shells  the promise of March 2023: how much new production could yield in twelve
                    months, what is left for stocks and redirected exports, which ramp counts most
    ten-years       an invented nation retires its Soviet-made stock, builds lines and repair
                    shops at home and imports meanwhile: what is made at home, what each milestone
                    costs
    """
    if name == "ten-years":
        if as_of is not None:
            raise IntendanceError(
                "plan.case", expected="no --as-of: its figures are invented", got=as_of, where=name
            )
        show_ten_years(ten_years(_within, dict(changes)), output)
        return
    found = million_shells(
        lambda scenario: solve(scenario, gap=1e-6), as_of or "2024-01", dict(changes)
    )
    _show_shells(found, output)


def _within(scenario: Scenario, gap: float) -> Plan:
    return solve(scenario, gap=gap)


def _show_shells(found: Shells, output: Output) -> None:
    if output.as_json:
        output.one(found)
        return
    output.lines(_sentences(found, output.language))
    output.say("")
    output.table(_ramps(found, output.language))
    for title, figures in (("figures", found.figures), ("delivered", found.delivered)):
        if figures:
            output.say("")
            output.say(text(f"case.{title}", output.language))
            output.table(_figures(figures, output.language))
    output.say("")
    output.say(text("plan.section-assumptions", output.language))
    output.lines(f"{row.rule} {row.where}: {row.text}" for row in found.assumptions)


def _sentences(found: Shells, language: Language) -> list[str]:
    said = [
        text("case.produced", language, as_of=found.as_of, **_ends(found.produced, language)),
        text(
            "case.gap",
            language,
            promise=figure(found.promise, language),
            **_ends(found.gap, language),
        ),
        text("case.redirected", language, **_ends(found.redirected, language)),
    ]
    if found.best is not None:
        worth = _ends((found.best.low, found.best.high), language)
        said.append(text("case.best", language, ramp=found.best.figure, **worth))
    return said


def _ramps(found: Shells, language: Language) -> Table:
    heads = columns_of(("ramp", "low", "high"), language, figures=("low", "high"))
    rows = [
        Row((ramp.figure, figure(ramp.low, language), figure(ramp.high, language)))
        for ramp in sorted(found.ramps, key=lambda ramp: -ramp.high)
    ]
    return Table(heads, rows)


def _figures(found: Sequence[Figure], language: Language) -> Table:
    words = ("figure", "published", "what", "quantity", "unit", "source")
    columns = columns_of(words, language, wide=("what", "source"))
    rows = [
        Row((row.figure, row.published, row.what, _quantity(row, language), row.unit, row.source))
        for row in found
    ]
    return Table(columns, rows)


def _quantity(row: Figure, language: Language) -> str:
    if row.high is None:
        return f"≥ {figure(row.low, language)}"
    if row.low == row.high:
        return figure(row.low, language)
    return f"[{figure(row.low, language)}; {figure(row.high, language)}]"


def _ends(pair: tuple[float, float], language: Language) -> dict[str, str]:
    return {"low": figure(pair[0], language), "high": figure(pair[1], language)}
