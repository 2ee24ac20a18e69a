"""``--inventory`` and ``--requirements``: tables of the user's, handed on checked."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from intendance.api import Books
from intendance.forces import read_supplied

_F = TypeVar("_F", bound=Callable[..., Any])
_FILE = click.Path(path_type=Path)


def table_options(command: _F) -> _F:
    """``--inventory`` and ``--requirements``, handed on as ``supplied``."""

    @click.option(
        "--requirements",
        metavar="FILE",
        type=_FILE,
        help="What nations want to hold ('intendance template requirements').",
    )
    @click.option(
        "--inventory",
        metavar="FILE",
        type=_FILE,
        help="Opening stocks: CSV, XLSX or Parquet ('intendance template inventory').",
    )
    @functools.wraps(command)
    def with_tables(
        *args: Any, ledger: Books, inventory: Path | None, requirements: Path | None, **rest: Any
    ) -> Any:
        supplied = read_supplied(ledger.catalogue, inventory, requirements)
        return command(*args, ledger=ledger, supplied=supplied, **rest)

    return with_tables  # type: ignore[return-value]  # click replaces the signature anyway
