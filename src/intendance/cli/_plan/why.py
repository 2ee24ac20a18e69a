"""``intendance plan why``: the limits behind a shortfall."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from intendance.api import executor
from intendance.cli._options import output_options
from intendance.cli._output import Output
from intendance.cli._plan.columns import columns_of
from intendance.cli._plan.numbers import figure
from intendance.cli._plan.options import gap_option, time_option, workers_options
from intendance.planning import CauseRow, EasedRow, eased, read_plan, why_largest
from intendance.planning import why as causes_of
from intendance.render import Language, Row, Table, has_text, retold, text


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--nation", metavar="NATION", help="Whose shortfall.")
@click.option("--item", metavar="ITEM", help="Of what.")
@click.option("--month", metavar="MONTH", help="In which month (YYYY-MM).")
@click.option(
    "--again",
    is_flag=True,
    help="Ease each limit by a tenth or a month and solve the whole plan again.",
)
@gap_option("1%")
@time_option
@workers_options
@output_options
def why(
    folder: Path,
    nation: str | None,
    item: str | None,
    month: str | None,
    again: bool,
    gap: float,
    seconds: float,
    jobs: int,
    scheduler: str | None,
    output: Output,
) -> None:
    """Show the chain of limits behind a shortfall of the plan in DIR, the nearest first.

    Without --nation, --item and --month: the ten largest shortfalls, each in its worst month. The
    worth is what a unit more of the limit would save of unmet demand (or of stock under target
    where all demand is met), local: with the plan's whole numbers fixed. With --again: what the
    whole plan, solved again, has less of each level when the limit is eased.
    """
    scenario, plan = read_plan(folder)
    given = [each for each in (nation, item, month) if each is not None]
    if nation is not None and item is not None and month is not None:
        found: Sequence[CauseRow] = causes_of(scenario, plan, nation, item, month)
    elif not given:
        found = why_largest(scenario, plan)
    else:
        raise click.UsageError("expected --nation, --item and --month together, or none of them")
    if again:
        with executor(jobs, scheduler) as there:
            rows = eased(scenario, plan, found, gap=gap, time=seconds, executor=there)
        output.records(
            EasedRow, rows, lambda each: _eased_table(each, output.language), "plan.none-eased"
        )
        return
    output.records(
        CauseRow, found, lambda rows: causes_table(rows, output.language), "plan.none-causes"
    )


def _eased_table(rows: Sequence[EasedRow], language: Language) -> Table:
    heads = ("limit", "eased", "shortfalls", "unmet-less", "shortfall-less", "cost-less",
             "units-gained", "proved")  # fmt: skip
    columns = columns_of(heads, language, figures=heads[2:], wide=("eased",))
    return Table(columns, [Row(_eased_cells(row, language)) for row in rows])


def _eased_cells(row: EasedRow, language: Language) -> tuple[str, ...]:
    limit = limit_text(row.limit, language)
    if row.fault:
        return (limit, f"{row.change}: {row.fault}", str(row.shortfalls), *("–" for _ in range(5)))
    most = "–" if row.most is None else figure(row.most, language)
    levels = (row.unmet, row.shortfall, row.cost, row.units)
    return (
        limit,
        row.change,
        str(row.shortfalls),
        *(figure(each, language) for each in levels),
        f"[{figure(row.least, language)}; {most}]",
    )


def causes_table(causes: Sequence[CauseRow], language: Language) -> Table:
    """Causes as people read them."""
    heads = ("nation", "item", "month", "kind", "step", "limit", "where", "worth", "causes")
    columns = columns_of(heads, language, figures=("step", "worth"), wide=("where", "causes"))
    rows = [
        Row(
            (
                row.nation,
                row.item,
                row.month,
                text(f"plan.kind-{row.kind}", language),
                str(row.step),
                limit_text(row.limit, language),
                row.where,
                "–" if row.worth is None else figure(row.worth, language),
                retold(row.text, language),
            )
        )
        for row in causes
    ]
    return Table(columns, rows)


def limit_text(limit: str, language: Language) -> str:
    """A kind of limit in words; one without words stays as it is."""
    key = f"limit.{limit}"
    return text(key, language) if has_text(key, language) else limit
