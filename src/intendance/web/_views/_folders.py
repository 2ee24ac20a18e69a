"""The folders of inventories and rates that the server was started with.

They are what a user supplied, and carry the owner's marking: without full clearance they are as
folders that there are not.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from intendance.forces import Supplied, read_supplied
from intendance.web._failures import operators_folder
from intendance.web._imports.tables import joined
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
    """The inventory and requirements that this reader may see; nothing where there is no table.

    Those of the folder that the server was started with, and those that were uploaded since.
    """
    folder, catalogue = forces_folder(context), context.books.catalogue
    inventory = table_in(folder, "inventory")
    first = Supplied()
    if inventory is not None:
        with operators_folder():
            first = read_supplied(catalogue, inventory, table_in(folder, "requirements"))
    return joined(
        first, catalogue, context.case.supplied("inventory"), context.case.supplied("requirement")
    )


def has_inventory(context: ViewContext) -> bool:
    """Whether there is any inventory that this reader may see."""
    folder = forces_folder(context)
    return table_in(folder, "inventory") is not None or bool(context.case.supplied("inventory"))


def _seen(context: ViewContext, folder: Path | None) -> Path | None:
    return folder if context.user.full and folder is not None and folder.is_dir() else None
