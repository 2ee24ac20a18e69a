"""``intendance plan pooling``: the same demand nation by nation."""

from __future__ import annotations

from pathlib import Path

import click

from intendance.cli._options import json_option
from intendance.cli._output import Output
from intendance.cli._plan.columns import columns_of
from intendance.cli._plan.numbers import figure, share
from intendance.cli._plan.options import gap_option, time_option
from intendance.planning import LEVELS, Pooling, read_plan
from intendance.planning import pooling as pooled
from intendance.render import Language, Row, Table, text


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@gap_option("1%")
@time_option
@json_option
def pooling(folder: Path, gap: float, seconds: float, output: Output) -> None:
    """Plan each nation of the plan in DIR alone and show what pooling is worth to it.

    Alone a nation has its own stocks, budgets and deliveries owed and its share of industry;
    frameworks keep their minimums and price bands, and nobody gives to it.
    """
    scenario, plan = read_plan(folder)
    found = pooled(scenario, plan, gap=gap, time=seconds)
    if output.as_json:
        output.one(found)
        return
    output.table(_levels(found, output.language))
    output.say("")
    output.table(_nations(found, output.language))
    if found.failed:
        output.say(text("plan.alone-failed", output.language, nations=", ".join(found.failed)))


def _levels(found: Pooling, language: Language) -> Table:
    heads = ("level", "alone", "pooled", "worth-of-pooling")
    columns = columns_of(heads, language, figures=heads[1:])
    rows = []
    for level in LEVELS:
        alone, together = getattr(found.alone, level), getattr(found.pooled, level)
        values = (figure(each, language) for each in (alone, together, alone - together))
        rows.append(Row((text(f"plan.level-{level}", language), *values)))
    return Table(columns, rows)


def _nations(found: Pooling, language: Language) -> Table:
    heads = ("nation", "share-of-industry", "units-gained", "unit-months-less", "paid-less")
    columns = columns_of(heads, language, figures=heads[1:])
    rows = [
        Row(
            (
                row.nation,
                share(row.share, language),
                figure(row.units_pooled - row.units_alone, language),
                figure(row.unit_months_alone - row.unit_months_pooled, language),
                figure(row.paid_alone - row.paid_pooled, language),
            )
        )
        for row in found.nations
    ]
    return Table(columns, rows)
