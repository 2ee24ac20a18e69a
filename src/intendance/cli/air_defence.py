"""``intendance air-defence``: cover, gaps, donations, what runs out, and the best mix."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
import msgspec

from intendance.cli._options import output_options
from intendance.cli._output import Output
from intendance.cli._readiness.figures import figure
from intendance.forces import (
    AirCover,
    AirDefence,
    DonationEffect,
    RunOut,
    class_name,
    donation_effects,
    load_air_defence,
    run_outs,
)
from intendance.forces import air_defence as worked_out
from intendance.render import Column, Language, Row, Table, text

_LEFT = ("nation", "threat", "range", "by", "item", "donation", "closes", "system", "month")


class AirCoverRow(msgspec.Struct, frozen=True):
    """A row of cover as a sheet: what is set aside in words."""

    nation: str
    threat: str
    range: str
    needed: int
    covered: int
    gap: int
    by: str
    interceptors_needed: int
    short: int
    days: float | None
    days_wanted: float
    priority: int


@click.command("air-defence")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option("--budget", metavar="MONEY", type=float, help="Buy the best mix for this money.")
@click.option("--donations", is_flag=True, help="Which donation on offer closes which gap.")
@click.option("--run-out", is_flag=True, help="Which systems run out of interceptors, and when.")
@click.option("--from", "start", metavar="MONTH", help="With --run-out: now, as YYYY-MM.")
@click.option(
    "--time",
    "seconds",
    metavar="SECONDS",
    type=float,
    default=60.0,
    show_default=True,
    help="How long the search for each aim may take.",
)
@output_options
def air_defence(
    folder: Path,
    budget: float | None,
    donations: bool,
    run_out: bool,
    start: str | None,
    seconds: float,
    output: Output,
) -> None:
    """Show how needs for air defence are covered, in numbers of systems and interceptors.

    FOLDER holds the tables that 'intendance template air-defence' writes. A system counts for one
    need at a time, and only with its load of interceptors. With --budget the mix that leaves the
    least lacking is bought, with a proved bound. Nothing here says how well a system works.
    """
    if sum((budget is not None, donations, run_out)) > 1:
        raise click.UsageError("--budget, --donations and --run-out exclude each other")
    tables = load_air_defence(folder)
    if donations:
        output.records(
            DonationEffect,
            donation_effects(tables, seconds),
            lambda rows: _donations(rows, output.language),
            "air-defence.none-rows",
        )
    elif run_out:
        output.records(
            RunOut,
            run_outs(tables, start),
            lambda rows: _run_outs(rows, output.language),
            "air-defence.none-rows",
        )
    else:
        found = worked_out(tables, budget or 0.0, seconds)
        if output.as_json and budget is not None:
            output.one(found)
        else:
            _show(found, output, bought=budget is not None)


def _show(found: AirDefence, output: Output, *, bought: bool) -> None:
    language = output.language
    output.records(
        AirCover,
        found.cover,
        lambda rows: _cover(rows, language),
        "air-defence.none-rows",
        sheet=(AirCoverRow, _sheet),
    )
    if not output.for_people:
        return
    output.say("")
    if bought:
        spent, budget = (figure(each, language, 2) for each in (found.spent, found.budget))
        output.say(text("air-defence.bought", language, spent=spent, budget=budget))
        cells = [
            (
                each.nation,
                each.item,
                str(each.number),
                figure(each.price, language, 2),
                figure(each.cost, language, 2),
            )
            for each in found.purchases
        ]
        output.table(_table(("nation", "item", "number", "price", "cost"), cells, language))
        output.say("")
    for level in found.levels:
        ends = {"value": level.value, "bound": level.bound}
        shown = {name: figure(each, language, 2) for name, each in ends.items()}
        output.say(text(f"air-defence.{level.aim}", language, **shown))
    if found.findings:
        output.say(text("air-defence.unsound", language, findings="; ".join(found.findings)))
    else:
        output.say(text("air-defence.checked", language))


def _sheet(each: AirCover) -> AirCoverRow:
    return AirCoverRow(
        each.nation,
        each.threat,
        each.range,
        each.needed,
        each.covered,
        each.gap,
        _by(each),
        each.interceptors_needed,
        each.short,
        each.days,
        each.days_wanted,
        each.priority,
    )


def _by(each: AirCover) -> str:
    return ", ".join(f"{count} {system}" for system, count in each.systems.items())


def _range(name: str, language: Language) -> str:
    return text("air-defence.any", language) if name == "*" else class_name(name, language)


def _cover(rows: Sequence[AirCover], language: Language) -> Table:
    cells = [
        (
            each.nation,
            class_name(each.threat, language),
            _range(each.range, language),
            str(each.needed),
            str(each.covered),
            str(each.gap),
            _by(each) or "–",
            str(each.interceptors_needed),
            str(each.short),
            "–" if each.days is None else figure(each.days, language, 1),
        )
        for each in rows
    ]
    heads = ("nation", "threat", "range", "needed", "covered", "gap", "by", "interceptors", "short")
    return _table((*heads, "days"), cells, language)


def _donations(rows: Sequence[DonationEffect], language: Language) -> Table:
    cells = [
        (
            each.donation,
            each.nation,
            class_name(each.threat, language) or text("air-defence.none", language),
            _range(each.range, language),
            str(each.gap_before),
            str(each.gap_after),
            str(each.short_before),
            str(each.short_after),
            text(f"air-defence.{'yes' if each.closes else 'no'}", language),
        )
        for each in rows
    ]
    heads = ("donation", "nation", "threat", "range", "gap-before", "gap-after")
    return _table((*heads, "short-before", "short-after", "closes"), cells, language)


def _run_outs(rows: Sequence[RunOut], language: Language) -> Table:
    never = text("air-defence.never", language)
    cells = [
        (
            each.nation,
            each.system,
            str(each.number),
            str(each.interceptors),
            figure(each.used, language, 2),
            figure(each.arriving, language, 2),
            never if each.months is None else figure(each.months, language, 1),
            each.month or "–",
        )
        for each in rows
    ]
    heads = ("nation", "system", "number", "held", "used", "arriving", "months", "month")
    return _table(heads, cells, language)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], language: Language) -> Table:
    columns = tuple(
        Column(text(f"air-defence.head-{each}", language), "left" if each in _LEFT else "right")
        for each in heads
    )
    return Table(columns, [Row(tuple(cells)) for cells in rows])
