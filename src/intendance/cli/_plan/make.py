"""``intendance plan FOLDER``: makes a plan and writes it, with its report."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from intendance.api import executor
from intendance.cli._failures import writing
from intendance.cli._options import json_option
from intendance.cli._output import Output
from intendance.cli._plan.options import gap_option, time_option
from intendance.cli._plan.quality import quality_table
from intendance.cli._plan.report import write_report
from intendance.planning import (
    Plan,
    load_scenario,
    solve,
    summary_of,
    why_largest,
    write_plan,
)
from intendance.render import Language, text


@click.command(short_help="Make a plan of a scenario folder.")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Where the plan goes.  [default: FOLDER-plan]",
)
@gap_option("1%")
@time_option
@click.option(
    "--jobs", metavar="N", type=click.IntRange(1, 1024), help="Threads.  [default: all cores]"
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Plan on a worker of the Dask cluster with this scheduler.",
)
@json_option
def make(
    folder: Path,
    out: Path | None,
    gap: float,
    seconds: float,
    jobs: int | None,
    scheduler: str | None,
    output: Output,
) -> None:
    """Make a plan of the scenario in FOLDER and write it to DIR.

    Tables, framework contracts, a report (Markdown and HTML) with charts, and plan.json with the
    proved bound, the gap and the check.
    """
    target = out or folder.with_name(f"{folder.resolve().name}-plan")
    scenario = load_scenario(folder)
    with executor(1, scheduler) as there:
        call = partial(solve, scenario, gap=gap, time=seconds, jobs=jobs)
        plan = call() if there is None else there.submit(call).result()
    with writing(str(target)):
        write_plan(scenario, plan, target)
        write_report(scenario, plan, why_largest(scenario, plan), target, output.language)
    if output.as_json:
        output.one(summary_of(scenario, plan))
        return
    output.table(quality_table(scenario, plan, output.language))
    output.lines(_sentences(plan, target, output.language))


def _sentences(plan: Plan, target: Path, language: Language) -> list[str]:
    said = [
        text(f"plan.status-{plan.status}", language, limit=plan.limit),
        text("plan.checked", language),
    ]
    if plan.warnings:
        said.append(text("plan.warned", language, count=len(plan.warnings)))
    said.append(text("plan.written", language, path=str(target)))
    return said
