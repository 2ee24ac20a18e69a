"""``intendance import``: other people's tables into the ledger."""

from __future__ import annotations

import click

from intendance.cli._import.kiel import kiel
from intendance.cli._import.package import package
from intendance.cli._import.sipri import sipri
from intendance.cli._import.table import table


@click.group(name="import")
def import_() -> None:
    """Import a table that others keep, each row as statements that quote it, or a data package."""


for each in (kiel, sipri, table, package):
    import_.add_command(each)
