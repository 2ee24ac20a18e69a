"""``intendance plan sweep``: hundreds of scenarios, and what holds in nearly all of them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click
import msgspec

from intendance.api import executor
from intendance.cli._failures import writing
from intendance.cli._options import json_option
from intendance.cli._output import Output
from intendance.cli._plan.columns import columns_of
from intendance.cli._plan.numbers import figure, share
from intendance.cli._plan.options import gap_option, time_option, workers_options
from intendance.cli._progress import progress_bar
from intendance.planning import Sweep, load_scenario, solve_near
from intendance.planning import sweep as swept
from intendance.render import Language, Row, Table, text


class _Summary(msgspec.Struct, frozen=True):
    """What the sweep came to, as one JSON object."""

    scenarios: int
    failed: int
    bands: list[object]
    decisions: list[object]
    assumptions: list[object]
    folder: str


@click.command()
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the sweep is kept and taken up again.  [default: FOLDER-sweep]",
)
@click.option(
    "--scenarios",
    metavar="N",
    type=click.IntRange(1, 100_000),
    default=100,
    show_default=True,
    help="How many scenarios.",
)
@click.option(
    "--seed", metavar="N", type=int, default=1, show_default=True, help="What to draw by."
)
@gap_option("2%")
@time_option
@workers_options
@json_option
def sweep(
    folder: Path,
    out: Path | None,
    scenarios: int,
    seed: int,
    gap: float,
    seconds: float,
    jobs: int,
    scheduler: str | None,
    output: Output,
) -> int:
    """Plan N scenarios drawn from what is uncertain in FOLDER.

    Opening stocks are drawn from their intervals, ramps slip, promises owed by donors come late or
    not at all by the record of each donor. What is planned is kept: the same command goes on where
    it stopped. Exit status 3 where a scenario failed.
    """
    target = out or folder.with_name(f"{folder.resolve().name}-sweep")
    scenario = load_scenario(folder)
    with executor(jobs, scheduler) as there, progress_bar() as progress, writing(str(target)):
        found = swept(
            scenario,
            target,
            count=scenarios,
            seed=seed,
            solver=partial(solve_near, gap=gap, time=seconds, jobs=1),
            executor=there,
            progress=progress,
        )
    if output.as_json:
        output.one(
            _Summary(
                len(found.outcomes),
                len(found.failed),
                list(found.bands),
                list(found.steady),
                list(found.assumptions),
                str(target),
            )
        )
    else:
        _say(found, output)
    return 3 if found.failed else 0


def _say(found: Sweep, output: Output) -> None:
    language, failed = output.language, len(found.failed)
    done = len(found.outcomes) - failed
    output.say(text("plan.swept", language, done=done, count=len(found.outcomes)))
    if failed:
        output.say(text("plan.failed", language, count=failed))
    if found.steady:
        output.say("")
        output.say(text("plan.steady", language))
        output.table(_steady(found, language))
    if found.bands:
        output.say("")
        output.say(text("plan.bands", language))
        output.table(_bands(found, language))
    output.say("")
    output.say(text("plan.section-assumptions", language))
    output.lines(f"{row.rule} {row.where}: {row.text}" for row in found.assumptions)


def _steady(found: Sweep, language: Language) -> Table:
    heads = ("decision", "share", "right")
    columns = columns_of(heads, language)
    rows = [
        Row(
            (
                row.decision,
                share(row.share, language),
                text(f"plan.right-{row.right.replace(chr(39), '')}", language),
            )
        )
        for row in found.steady
    ]
    return Table(columns, rows)


def _bands(found: Sweep, language: Language) -> Table:
    heads = ("what", "where", "p5", "p50", "p95")
    columns = columns_of(heads, language, figures=heads[2:])
    rows = [
        Row((row.what, row.where, *(figure(each, language) for each in (row.p5, row.p50, row.p95))))
        for row in found.bands
        if not row.month
    ]
    return Table(columns, rows)
