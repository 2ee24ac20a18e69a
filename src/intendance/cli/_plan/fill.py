"""``intendance plan fill``: tables of a scenario from what the ledger knows."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from intendance.api import Books
from intendance.cli._failures import writing
from intendance.cli._filters import ledger_options
from intendance.cli._options import output_options
from intendance.cli._output import Output
from intendance.exchange import Filled, LeftOut, fill_scenario
from intendance.planning import Owed, Record, Request, load_scenario
from intendance.render import Language, Table, text
from intendance.tables import write_csv
from intendance.terms import IntendanceError

_TABLES: dict[str, type[msgspec.Struct]] = {"owed": Owed, "requests": Request, "records": Record}


@click.command()
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@ledger_options
@click.option(
    "--as-of", metavar="DATE", help="What was published by this day, judged then [default: today]."
)
@click.option(
    "--table",
    "tables",
    type=click.Choice(list(_TABLES)),
    multiple=True,
    default=("owed", "records"),
    show_default=True,
    help="Which table to write; may be given several times.",
)
@click.option("--replace", is_flag=True, help="Replace tables that are there.")
@output_options
def fill(
    folder: Path,
    ledger: Books,
    as_of: str | None,
    tables: tuple[str, ...],
    replace: bool,
    output: Output,
) -> None:
    """Write tables of a scenario folder from the ledger: owed, requests, records.

    What is promised and not delivered, what is asked for, and how donors kept earlier promises.
    Nations and items are matched by the catalogue's names; what fills no row is listed with the
    reason. The other tables stay as they are.
    """
    scenario = load_scenario(folder)
    day = as_of or datetime.now(UTC).date().isoformat()
    found = fill_scenario(scenario, ledger.commitments(as_of=as_of), ledger.catalogue, day)
    left = [each for each in found.left_out if each.table in tables]
    _write(found, folder, tables, replace=replace)
    if output.for_people:
        output.lines(_sentences(found, left, folder, tables, output.language))
    else:
        output.records(LeftOut, left, lambda _: Table((), []), "")


def _write(found: Filled, folder: Path, tables: Sequence[str], *, replace: bool) -> None:
    texts = {
        folder / f"{name}.csv": write_csv(getattr(found, name), _TABLES[name]) for name in tables
    }
    there = [
        path.name
        for name in tables
        for path in sorted(folder.glob(f"{name}.*"))
        if path.suffix in (".csv", ".xlsx", ".parquet") and not (replace and path.suffix == ".csv")
    ]
    if there:
        raise IntendanceError(
            "output.unwritable",
            expected="a folder without these tables",
            got=f"{', '.join(there)}, there already",
            where=str(folder),
            remedy="Take them away, or replace tables in CSV with --replace.",
        )
    with writing(str(folder)):
        for path, content in texts.items():
            draft = path.with_suffix(".part")
            draft.write_text(content, encoding="utf-8")
        for path in texts:
            os.replace(path.with_suffix(".part"), path)


def _sentences(
    found: Filled, left: Sequence[LeftOut], folder: Path, tables: Sequence[str], language: Language
) -> list[str]:
    said = [
        text("plan.filled", language, path=str(folder / f"{name}.csv"), count=rows)
        for name in tables
        for rows in [len(getattr(found, name))]
    ]
    reasons = Counter((each.table, each.reason) for each in left)
    for (table, reason), count in sorted(reasons.items()):
        why = text(f"plan.left-{reason.replace(' ', '-')}", language)
        said.append(text("plan.left-out", language, table=table, count=count, why=why))
    return said
