"""The folders of inventories and rates that the server was started with.

They are what a user supplied, and carry the owner's marking: without full clearance they are as
folders that there are not.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from intendance.forces import Supplied, read_supplied
from intendance.web._types import ViewContext

_TABLES: Final = (".csv", ".xlsx", ".parquet")


def plans_folder(context: ViewContext) -> Path | None:
    """The folder of plans, where this reader may see them."""
    return _seen(context, context.settings.plans)


def forces_folder(context: ViewContext, name: str = "") -> Path | None:
    """A folder of ``forces``: itself, or the one of that name in it."""
    folder = _seen(context, context.settings.forces)
    if folder is None:
        return None
    found = folder / name if name else folder
    return found if found.is_dir() else None


def table_in(folder: Path | None, name: str) -> Path | None:
    """The file of one table in a folder, in whatever format."""
    if folder is None:
        return None
    return next((path for end in _TABLES if (path := folder / f"{name}{end}").is_file()), None)


def supplied_by(context: ViewContext) -> Supplied:
    """The inventory and requirements that this reader may see; nothing where there is no table."""
    folder = forces_folder(context)
    inventory = table_in(folder, "inventory")
    if inventory is None:
        return Supplied()
    return read_supplied(context.books.catalogue, inventory, table_in(folder, "requirements"))


def _seen(context: ViewContext, folder: Path | None) -> Path | None:
    return folder if context.user.full and folder is not None and folder.is_dir() else None
