"""``intendance supplied``: the tables that users filled in."""

from __future__ import annotations

from collections.abc import Sequence

import click
import msgspec

from intendance.api import Books
from intendance.cli._filters import ledger_options
from intendance.cli._options import output_options
from intendance.cli._output import Output
from intendance.ledger import Supplied
from intendance.render import Column, Language, Row, Table, text


class SuppliedTable(msgspec.Struct, frozen=True, kw_only=True):
    """A kept table without its rows."""

    kind: str
    name: str
    rows: int
    file: str
    file_hash: str
    owner: str | None
    marking: str | None
    when: str


@click.command()
@click.option("--kind", metavar="KIND", help="Only tables of this kind.")
@click.option("--history", is_flag=True, help="Also those that newer ones superseded.")
@ledger_options
@output_options
def supplied(kind: str | None, history: bool, ledger: Books, output: Output) -> None:
    """List the tables kept with 'import table --as': prices, rates, inventories ..."""
    output.records(
        SuppliedTable,
        [_listed(each) for each in ledger.supplied(kind, history=history)],
        lambda rows: _table(rows, output.language),
        "none.supplied",
    )


def _listed(each: Supplied) -> SuppliedTable:
    return SuppliedTable(
        kind=each.kind,
        name=each.name,
        rows=len(each.rows),
        file=each.file,
        file_hash=each.file_hash,
        owner=each.owner,
        marking=each.marking,
        when=each.when,
    )


def _table(rows: Sequence[SuppliedTable], language: Language) -> Table:
    heads = ("kind", "name", "rows", "file", "owner", "marking", "when")
    columns = tuple(Column(text(f"column.{each}", language)) for each in heads)
    cells = [
        (
            each.kind, each.name, str(each.rows), each.file, each.owner or "", each.marking or "",
            each.when[:10],
        )
        for each in rows
    ]  # fmt: skip
    return Table(columns, [Row(each) for each in cells])
