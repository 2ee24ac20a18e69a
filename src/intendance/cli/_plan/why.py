"""``intendance plan why``: the limits behind a shortfall."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from intendance.cli._options import output_options
from intendance.cli._output import Output
from intendance.cli._plan.numbers import figure
from intendance.planning import CauseRow, read_plan, why_largest
from intendance.planning import why as causes_of
from intendance.render import Column, Language, Row, Table, has_text, text


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--nation", metavar="NATION", help="Whose shortfall.")
@click.option("--item", metavar="ITEM", help="Of what.")
@click.option("--month", metavar="MONTH", help="In which month (YYYY-MM).")
@output_options
def why(
    folder: Path, nation: str | None, item: str | None, month: str | None, output: Output
) -> None:
    """Show the chain of limits behind a shortfall of the plan in DIR, the nearest first.

    Without --nation, --item and --month: the ten largest shortfalls, each in its worst month. The
    worth is what a unit more of the limit would save of unmet demand (or of stock under target
    where all demand is met), local: with the plan's whole numbers fixed.
    """
    scenario, plan = read_plan(folder)
    given = [each for each in (nation, item, month) if each is not None]
    if nation is not None and item is not None and month is not None:
        found: Sequence[CauseRow] = causes_of(scenario, plan, nation, item, month)
    elif not given:
        found = why_largest(scenario, plan)
    else:
        raise click.UsageError("expected --nation, --item and --month together, or none of them")
    output.records(
        CauseRow, found, lambda rows: causes_table(rows, output.language), "plan.none-causes"
    )


def causes_table(causes: Sequence[CauseRow], language: Language) -> Table:
    """Causes as people read them."""
    heads = ("nation", "item", "month", "kind", "step", "limit", "where", "worth", "causes")
    columns = tuple(
        Column(
            text(f"plan.head-{head}", language),
            align="right" if head in ("step", "worth") else "left",
            wide=head in ("where", "causes"),
        )
        for head in heads
    )
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
                row.text,
            )
        )
        for row in causes
    ]
    return Table(columns, rows)


def limit_text(limit: str, language: Language) -> str:
    """A kind of limit in words; one without words stays as it is."""
    key = f"limit.{limit}"
    return text(key, language) if has_text(key, language) else limit
