"""Options that all imports share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from intendance.cli._options import catalogue_option, db_option, json_option
from intendance.cli.read import Day

_F = TypeVar("_F", bound=Callable[..., Any])

_OPTIONS = (
    click.argument("file", metavar="FILE", type=click.Path(path_type=Path)),
    db_option,
    click.option(
        "--published",
        metavar="DATE",
        type=Day(),
        help="The date of the file's content, where the file does not state it.",
    ),
    click.option(
        "--keep-going",
        is_flag=True,
        help="Take what can be understood and set the other rows aside (see 'rejected').",
    ),
    click.option("--encoding", metavar="NAME", help="The encoding of a CSV file, if not UTF."),
    click.option("--sheet", metavar="NAME", help="The sheet of an XLSX file, if not the first."),
    catalogue_option,
    json_option,
)


def import_options(command: _F) -> _F:
    """The file, the ledger, and how to read the one into the other."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
