"""``intendance errors``: every error code."""

from __future__ import annotations

from collections.abc import Sequence

import click

from intendance.cli._options import output_options
from intendance.cli._output import Output
from intendance.render import Column, Row, Table
from intendance.terms import ErrorKind, error_kinds


@click.command()
@output_options
def errors(output: Output) -> None:
    """List every error code: what it means, what to do, the exit status."""
    output.records(ErrorKind, list(error_kinds().values()), _table, "none.errors")


def _table(kinds: Sequence[ErrorKind]) -> Table:
    columns = (
        Column("code"),
        Column("status", "right"),
        Column("meaning", wide=True),
        Column("remedy", wide=True),
    )
    rows = [Row((each.code, str(each.status), each.meaning, each.remedy)) for each in kinds]
    return Table(columns, rows)
