"""The folders of inventories and rates that the server was started with.

They are what a user supplied, and carry the owner's marking: without full clearance they are as
folders that there are not.
"""

from __future__ import annotations

from pathlib import Path

from intendance.web._types import ViewContext


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


def _seen(context: ViewContext, folder: Path | None) -> Path | None:
    return folder if context.user.full and folder is not None and folder.is_dir() else None
