"""``intendance plan compare``: two plans side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from intendance.cli._options import output_options
from intendance.cli._output import Output
from intendance.cli._plan.numbers import figure
from intendance.planning import Difference, read_plan
from intendance.planning import compare as compared
from intendance.render import Column, Language, Row, Table, text


@click.command()
@click.argument("first", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("second", metavar="DIR2", type=click.Path(path_type=Path))
@output_options
def compare(first: Path, second: Path, output: Output) -> None:
    """Show what changes from the plan in DIR to the one in DIR2.

    The levels first, then units ordered, met, sent and made, ramp-ups and money, the largest
    relative changes first.
    """
    one, other = read_plan(first)[1], read_plan(second)[1]
    found = compared(one, other)
    levels = [
        Difference("level", level, getattr(one.objective, level), getattr(other.objective, level))
        for level in found.levels.__struct_fields__
    ]
    output.records(
        Difference,
        [*levels, *found.rows],
        lambda rows: _table(rows, output.language),
        "plan.none-differences",
    )


def _table(rows: Sequence[Difference], language: Language) -> Table:
    heads = ("what", "where", "first-plan", "second-plan", "change")
    columns = tuple(
        Column(
            text(f"plan.head-{head}", language),
            align="left" if head in ("what", "where") else "right",
        )
        for head in heads
    )
    return Table(
        columns,
        [
            Row(
                (
                    text(f"plan.compared-{row.what}", language),
                    row.where,
                    *(figure(each, language) for each in (row.first, row.second, row.change)),
                )
            )
            for row in rows
        ],
    )
