"""``intendance import``: other people's tables into the ledger."""

from __future__ import annotations

import click

from intendance.cli._import.kiel import kiel


@click.group(name="import")
def import_() -> None:
    """Import a table that others keep: each row becomes statements that quote it."""


import_.add_command(kiel)
