"""``intendance import table``: any table by a mapping, or one that a user filled in."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from intendance.api import open_ledger
from intendance.cli._import.options import import_options
from intendance.cli._import.outcome import bring
from intendance.cli._output import Output
from intendance.render import text
from intendance.terms import IntendanceError, TimeSpan

KINDS: Final = ("budget", "exchange-rate", "inventory", "line", "price", "requirement")


@click.command()
@click.option(
    "--map", "map_file", metavar="MAP.toml", type=click.Path(path_type=Path),
    help="Which column holds what; each row becomes statements.",
)  # fmt: skip
@click.option("--guess", is_flag=True, help="Write a first mapping, from the headings.")
@click.option("--as", "kind", type=click.Choice(KINDS), help="Keep it as a table of this kind.")
@click.option("--name", metavar="NAME", help="The name of the kept table [default: the file's].")
@click.option("--owner", metavar="WHO", help="Whose the kept table is.")
@click.option("--marking", metavar="LABEL", help="A need-to-know label for the kept table.")
@import_options
def table(
    file: Path,
    map_file: Path | None,
    guess: bool,
    kind: str | None,
    name: str | None,
    owner: str | None,
    marking: str | None,
    db: str,
    published: TimeSpan | None,
    keep_going: bool,
    encoding: str | None,
    sheet: str | None,
    catalogue_files: tuple[Path, ...],
    output: Output,
) -> int:
    """Import any table (CSV, XLSX or Parquet).

    \b
    --guess   writes a first mapping to standard output, for you to mend
    --map     makes statements of the rows, by a mapping
    --as      keeps a table that you filled in; 'intendance template KIND' writes an empty one
    """
    from intendance.exchange import guess_mapping, read_any, read_mapping, read_supply

    if sum((guess, map_file is not None, kind is not None)) != 1:
        raise IntendanceError(
            "setting.invalid",
            expected="one of --map, --guess and --as",
            got="none or several",
            where="import table",
        )
    if guess:
        output.lines(guess_mapping(file, encoding=encoding, sheet=sheet).splitlines())
        return 0
    with open_ledger(db, catalogue=catalogue_files) as ledger:
        if kind is not None:
            kept = read_supply(
                ledger, kind, file, name=name, owner=owner, marking=marking, encoding=encoding,
                sheet=sheet,
            )  # fmt: skip
            if output.as_json:
                output.one(kept)
            else:
                words = {"kind": kept.kind, "name": kept.name, "rows": str(len(kept.rows))}
                output.say(text("import.kept", output.language, **words))
            return 0
        assert map_file is not None  # noqa: S101
        mapping = read_mapping(map_file)
        made = read_any(
            file, mapping, ledger.catalogue, published=published, encoding=encoding, sheet=sheet
        )
        return bring(ledger, made, output, keep_going=keep_going)
