"""``intendance import package``: another ledger's data package."""

from __future__ import annotations

from pathlib import Path

import click

from intendance.api import open_ledger
from intendance.cli._options import catalogue_option, db_option, json_option
from intendance.cli._output import Output
from intendance.render import text


@click.command(name="package")
@click.argument("path", metavar="FILE|DIR", type=click.Path(path_type=Path))
@catalogue_option
@db_option
@json_option
def package(path: Path, catalogue_files: tuple[Path, ...], db: str, output: Output) -> None:
    """Take in a data package that 'export package' wrote: a folder, or an archive.

    Everything comes in or nothing. An empty ledger comes to have the digest of the ledger that
    was exported whole, with the same catalogue. Reports without their texts keep the quotes at
    their places.
    """
    from intendance.exchange import import_package

    with open_ledger(db, catalogue=catalogue_files) as ledger:
        done = import_package(ledger, path)
    if output.as_json:
        output.one(done)
        return
    added = done.added
    output.say(
        text(
            "export.imported",
            output.language,
            reports=added.reports,
            readings=added.readings,
            statements=added.statements,
            commitments=added.commitments,
        )
    )
    if done.same is not None:
        output.say(text(f"export.digest_{'same' if done.same else 'other'}", output.language))
