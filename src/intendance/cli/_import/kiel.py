"""``intendance import kiel``."""

from __future__ import annotations

from pathlib import Path

import click

from intendance.api import open_ledger
from intendance.cli._import.options import import_options
from intendance.cli._import.outcome import bring
from intendance.cli._output import Output
from intendance.terms import TimeSpan


@click.command()
@import_options
def kiel(
    file: Path,
    db: str,
    published: TimeSpan | None,
    keep_going: bool,
    encoding: str | None,
    sheet: str | None,
    catalogue_files: tuple[Path, ...],
    output: Output,
) -> int:
    """Import a snapshot of the Ukraine Support Tracker (CSV, XLSX or Parquet).

    All rows go in, or none: a row that can't be understood stops the import unless --keep-going.
    Coordinates and names of sites are left out. --published is needed where the table has no
    column 'retrieved', for a later snapshot takes the place of an earlier one.
    """
    from intendance.exchange import read_kiel

    with open_ledger(db, catalogue=catalogue_files) as ledger:
        made = read_kiel(
            file, ledger.catalogue, published=published, encoding=encoding, sheet=sheet
        )
        return bring(ledger, made, output, keep_going=keep_going)
