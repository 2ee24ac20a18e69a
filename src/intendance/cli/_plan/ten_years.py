"""The case "ten years", for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intendance.cli._output import Output
from intendance.cli._plan.numbers import figure, share
from intendance.planning.cases.ten_years import MilestoneRow, SufficiencyRow, TenYears
from intendance.render import Column, Language, Row, Table, text

_NONE: Final = "–"


def show_ten_years(found: TenYears, output: Output) -> None:
    """Self-sufficiency by class and year, milestones, what was taken out of use."""
    if output.as_json:
        output.one(found)
        return
    language = output.language
    output.say(text("case.share-title", language))
    output.table(_shares(found.sufficiency, language))
    output.say("")
    output.say(text("case.milestone-title", language))
    output.table(_milestones(found.milestones, language))
    output.say("")
    what = ", ".join(f"{figure(count, language)} {item}" for item, count in found.retired.items())
    output.say(text("case.retired", language, what=what or _NONE))
    for title, rows in (
        (text("case.warnings", language), found.warnings),
        (text("plan.section-assumptions", language), found.assumptions),
    ):
        if rows:
            output.say("")
            output.say(title)
            output.lines(f"{row.rule} {row.where}: {row.text}" for row in rows)


def _shares(rows: Sequence[SufficiencyRow], language: Language) -> Table:
    years = sorted({row.year for row in rows})
    found = {(row.category, row.year): row.share for row in rows}
    columns = (
        Column(text("case.head-class", language)),
        *(Column(str(year), "right") for year in years),
    )
    return Table(
        columns,
        [
            Row((category, *(_share(found.get((category, year)), language) for year in years)))
            for category in sorted({row.category for row in rows})
        ],
    )


def _milestones(rows: Sequence[MilestoneRow], language: Language) -> Table:
    left, right = ("milestone",), ("due", "reached", "at-due", "without", "built", "by")
    levels = ("cost", "unmet", "shortfall")
    columns = tuple(
        Column(text(f"case.head-{name}", language), "left" if name in (*left, "by") else "right")
        for name in (*left, *right, *levels)
    )
    return Table(
        columns,
        [
            Row(
                (
                    row.milestone,
                    str(row.due),
                    text("case.never", language) if row.reached is None else str(row.reached),
                    _share(row.at_due, language),
                    _share(row.without, language),
                    figure(sum(row.built.values()), language),
                    ", ".join(row.built) or _NONE,
                    figure(row.cost, language),
                    figure(float(round(-row.unmet)) + 0.0, language),
                    figure(float(round(-row.shortfall)) + 0.0, language),
                )
            )
            for row in rows
        ],
    )


def _share(value: float | None, language: Language) -> str:
    return _NONE if value is None else share(round(value, 2), language)
