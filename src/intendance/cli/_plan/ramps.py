"""``intendance plan ramps``: what each ramp-up is worth."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from intendance.api import executor
from intendance.cli._options import output_options
from intendance.cli._output import Output
from intendance.cli._plan.columns import columns_of
from intendance.cli._plan.numbers import figure, share
from intendance.cli._plan.options import gap_option, time_option, workers_options
from intendance.planning import RampCase, ramp_cases, read_plan
from intendance.render import Language, Row, Table, text


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@gap_option("1%")
@time_option
@workers_options
@output_options
def ramps(
    folder: Path, gap: float, seconds: float, jobs: int, scheduler: str | None, output: Output
) -> None:
    """Plan each ramp-up of the plan in DIR with and without, all else decided anew.

    Units and months that units wait less, money, use after the peak, and the smallest firm order
    and years that repay it.
    """
    scenario, plan = read_plan(folder)
    with executor(jobs, scheduler) as there:
        found = ramp_cases(scenario, plan, gap=gap, time=seconds, executor=there)
    output.records(RampCase, found, lambda rows: _table(rows, output.language), "plan.none-ramps")


def _table(cases: Sequence[RampCase], language: Language) -> Table:
    heads = (
        "ramp",
        "line",
        "taken",
        "units",
        "unit-months",
        "cost",
        "saved",
        "after-peak",
        "firm-order",
        "years",
    )
    columns = columns_of(heads, language, figures=heads[3:])
    rows = [
        Row(
            (
                case.ramp,
                case.line,
                text("plan.yes" if case.taken else "plan.no", language),
                figure(case.units, language),
                figure(case.unit_months, language),
                figure(case.cost, language),
                figure(case.saved, language),
                "–" if case.use_after_peak is None else share(case.use_after_peak, language),
                figure(case.firm_order, language),
                figure(case.years, language),
            )
        )
        for case in cases
    ]
    return Table(columns, rows)
