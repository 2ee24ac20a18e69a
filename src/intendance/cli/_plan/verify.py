"""``intendance plan verify``: a plan checked again, and its bound recomputed."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from intendance.cli._options import json_option
from intendance.cli._output import Output
from intendance.cli._plan.columns import columns_of
from intendance.cli._plan.numbers import figure, share
from intendance.planning import certified_bound, check_plan, read_plan
from intendance.render import Row, Table, text


class _Verified(msgspec.Struct, frozen=True):
    """What the check came to, as one JSON object."""

    sound: bool
    worst: float
    values: list[float]
    certified: list[float]


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@json_option
def verify(folder: Path, output: Output) -> None:
    """Check the plan in DIR again and recompute its bound, without the solver.

    Balances, limits, payments and levels are added up from the rows; the bound comes from the
    multipliers in certificate.csv, of which any give a true one. Where whole numbers are decided
    it is that of the relaxation, and below the one that plan.json proves by search.
    """
    scenario, plan = read_plan(folder)
    verdict = check_plan(scenario, plan.decisions)
    found = certified_bound(scenario, plan)
    if output.as_json:
        output.one(
            _Verified(
                verdict.sound, verdict.worst, [value for _, value in found], [b for b, _ in found]
            )
        )
        return
    language = output.language
    weighted = scenario.settings.weights is not None
    stages = ["weighted"] if weighted else list(scenario.settings.levels)
    heads = ("level", "value", "certified", "gap")
    columns = columns_of(heads, language, figures=heads[1:])
    rows = [
        Row(
            (
                text(f"plan.level-{stage}", language),
                figure(value, language),
                figure(bound, language),
                share((value - bound) / value if value else 0.0, language),
            )
        )
        for stage, (bound, value) in zip(stages, found, strict=True)
    ]
    output.say(text("plan.verified", language, worst=f"{verdict.worst:.1e}"))
    output.table(Table(columns, rows))
