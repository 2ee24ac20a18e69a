"""``intendance rejected``: the rows that imports set aside."""

from __future__ import annotations

from collections.abc import Sequence

import click

from intendance.api import Books
from intendance.cli._filters import ledger_options
from intendance.cli._options import output_options
from intendance.cli._output import Output
from intendance.ledger import Rejected
from intendance.render import Column, Language, Row, Table, text


@click.command()
@ledger_options
@output_options
def rejected(ledger: Books, output: Output) -> None:
    """List rows of imported tables that were set aside, each with the reason."""
    output.records(
        Rejected,
        ledger.rejected(),
        lambda rows: _table(rows, output.language),
        "none.rejected",
    )


def _table(rows: Sequence[Rejected], language: Language) -> Table:
    heads = ("file", "row", "column", "reason", "got")
    columns = tuple(Column(text(f"column.{each}", language)) for each in heads)
    return Table(
        columns,
        [
            Row(
                (
                    each.file,
                    str(each.row),
                    each.column,
                    text(f"rejected.{each.reason}", language),
                    each.got,
                )
            )
            for each in rows
        ],
    )
