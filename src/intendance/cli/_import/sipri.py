"""``intendance import sipri``."""

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
def sipri(
    file: Path,
    db: str,
    published: TimeSpan | None,
    keep_going: bool,
    encoding: str | None,
    sheet: str | None,
    catalogue_files: tuple[Path, ...],
    output: Output,
) -> int:
    """Import the trade register of the SIPRI Arms Transfers Database (CSV, XLSX or Parquet).

    A row is a year of delivery. What the register marks as an estimate is alleged, and its number
    approximate; second-hand is out of stock, new out of production.
    """
    from intendance.exchange import read_sipri

    with open_ledger(db, catalogue=catalogue_files) as ledger:
        made = read_sipri(
            file, ledger.catalogue, published=published, encoding=encoding, sheet=sheet
        )
        return bring(ledger, made, output, keep_going=keep_going)
