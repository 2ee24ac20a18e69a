"""``intendance export``: the ledger in the formats of others."""

from __future__ import annotations

from pathlib import Path

import click

from intendance.api import Books
from intendance.cli._filters import Asked, filter_options, ledger_options
from intendance.cli._options import json_option
from intendance.cli._output import Output
from intendance.exchange import FORMATS, OCID_PREFIX
from intendance.exchange import export as write
from intendance.render import number_text, text


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(tuple(FORMATS)))
@click.option(
    "--out",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="The file or folder to write; a package that ends in .zip is an archive.",
)
@click.option(
    "--table",
    "tables",
    metavar="NAME",
    multiple=True,
    help="With csv, xlsx and parquet: only this table (commitments, stages, amounts, statements, "
    "conflicts, sources); repeatable.",
)
@click.option("--texts", is_flag=True, help="With package: the reports' full texts go along.")
@click.option(
    "--supplied",
    type=click.Choice(("none", "open", "marked")),
    default="none",
    show_default=True,
    help="With package: tables kept with 'import table --as' go along: none, those without a "
    "marking, or marked ones too, each with its marking.",
)
@click.option(
    "--ocid-prefix",
    metavar="PREFIX",
    default=OCID_PREFIX,
    show_default=True,
    help="With ocds: your registered prefix.",
)
@click.option("--force", is_flag=True, help="Replace what is there.")
@ledger_options
@filter_options
@json_option
def export(
    form: str,
    out: Path | None,
    tables: tuple[str, ...],
    texts: bool,
    supplied: str,
    ocid_prefix: str,
    force: bool,
    ledger: Books,
    asked: Asked,
    output: Output,
) -> None:
    """Write commitments with their sources for others, as FORMAT.

    \b
    csv          a folder of tables
    xlsx         a workbook of the same tables, with units and sources
    parquet      the same tables as columns, for a million commitments
    package      a Frictionless data package, from which 'import package' makes the ledger again
    ocds         framework contracts and orders as OCDS 1.1 releases
    ftm          entities for FollowTheMoney tools
    annotations  the quotes as W3C Web Annotations

    Quotes and addresses go out, with each source's terms; texts only with --texts.
    """
    done = write(
        ledger,
        form,
        out,
        filter=asked.filter,
        as_of=asked.as_of,
        recorded=asked.recorded,
        language=output.language,
        tables=tables,
        texts=texts,
        supplied=supplied,  # type: ignore[arg-type]  # one of the choices
        ocid_prefix=ocid_prefix,
        force=force,
    )
    if output.as_json:
        output.one(done)
        return
    counts = ", ".join(
        f"{name} {number_text(count, output.language)}" for name, count in done.counts.items()
    )
    output.say(text("export.done", output.language, path=done.path, counts=counts))
