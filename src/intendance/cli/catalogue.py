"""``intendance catalogue``: looking up names, identifiers and facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import msgspec

from intendance.catalogue import Catalogue, Entry, load_catalogue
from intendance.cli._options import catalogue_option, output_options
from intendance.cli._output import Output
from intendance.render import Column, Language, Row, Table, text
from intendance.terms import IntendanceError


class Known(msgspec.Struct, frozen=True, kw_only=True, rename={"class_": "class"}):
    """One entry of the catalogue as the command shows it; fields that a table lacks are null."""

    id: str
    table: str
    names: dict[str, tuple[str, ...]]
    class_: str | None = None
    specialises: tuple[str, ...] = ()
    standard: str | None = None
    calibre: str | None = None
    fsc: str | None = None
    unit: str | None = None
    takes: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    makers: tuple[str, ...] = ()
    nation: str | None = None
    members: tuple[str, ...] = ()
    source: str | None = None


@click.command()
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--table", "table_name", metavar="TABLE", help="Only this table: kind, nation ...")
@click.option("--in", "within", metavar="CLASS", help="Only kinds and classes of this class.")
@catalogue_option
@output_options
def catalogue(
    names: tuple[str, ...],
    table_name: str | None,
    within: str | None,
    catalogue_files: tuple[Path, ...],
    output: Output,
) -> None:
    """Look up a NAME, in any language, or an identifier; without one, list what is known."""
    known = load_catalogue(catalogue_files)
    _check_table(known, table_name)
    wide = known.resolve(within) if within else None
    ids = [known.resolve(name) for name in names] if names else _ids(known)
    rows = [
        _row(known, entry)
        for entry in filter(None, map(known.entry, ids))
        if table_name in (None, entry.table) and (wide is None or known.includes(wide, entry.id))
    ]
    if names and output.for_people:
        for row in rows:
            output.lines(_described(row, known, output.language))
        return
    output.records(Known, rows, lambda found: _table(found, known, output.language), "none.entries")


def _check_table(known: Catalogue, name: str | None) -> None:
    tables = dict.fromkeys(form.table for form in known.forms())
    if name is not None and name not in tables:
        raise IntendanceError(
            "filter.invalid",
            expected="one of the tables " + ", ".join(tables),
            got=repr(name[:80]),
            where="--table",
            remedy="Name a table of the catalogue.",
        )


def _ids(known: Catalogue) -> Iterator[str]:
    return iter(dict.fromkeys(form.id for form in known.forms()))


def _row(known: Catalogue, entry: Entry) -> Known:
    facts = {
        name: getattr(entry, name)
        for name in ("standard", "calibre", "fsc", "unit", "takes", "replaces", "makers", "source")
        if hasattr(entry, name)
    }
    return Known(
        id=entry.id,
        table=entry.table,
        names=dict(entry.names),
        class_=getattr(entry, "class_", None) or getattr(entry, "within", None),
        specialises=known.ancestors(entry.id),
        nation=known.nation_of(entry.id) if entry.table != "nation" else None,
        members=known.members(entry.id),
        **facts,
    )


def _table(rows: Sequence[Known], known: Catalogue, language: Language) -> Table:
    heads = ("id", "table", "name", "class", "specialises", "standard", "nation")
    columns = tuple(
        Column(text(f"column.{head}", language), wide=head in ("name", "specialises"))
        for head in heads
    )
    return Table(
        columns,
        [
            Row(
                (
                    row.id,
                    row.table,
                    known.label(row.id, language),
                    row.class_ or "",
                    ", ".join(row.specialises),
                    row.standard or "",
                    row.nation or "",
                )
            )
            for row in rows
        ],
    )


def _described(row: Known, known: Catalogue, language: Language) -> list[str]:
    """Every fact of an entry, one a line."""
    lines = [f"{row.id}  {known.label(row.id, language)} ({row.table})"]
    for name, value in msgspec.structs.asdict(row).items():
        head = text(f"column.{name.rstrip('_')}", language)
        if name in ("id", "table") or not value:
            continue
        if name == "names":
            lines += [f"  {head} ({tongue}): {', '.join(said)}" for tongue, said in value.items()]
        else:
            lines.append(f"  {head}: {value if isinstance(value, str) else ', '.join(value)}")
    return lines
