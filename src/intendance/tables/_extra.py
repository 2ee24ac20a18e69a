"""Libraries that only some formats need: imported when a file calls for them."""

from __future__ import annotations

import importlib
from typing import Any

from intendance.terms import IntendanceError


def extra(module: str, path: str, format_name: str) -> Any:
    """The module, or IntendanceError ``table.extra-missing`` where it isn't installed."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise IntendanceError(
            "table.extra-missing",
            expected=f"the library {module}, to read {format_name}",
            got="none installed",
            where=path,
        ) from None
