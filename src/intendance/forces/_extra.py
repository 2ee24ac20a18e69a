"""Libraries that only this room's extra brings: imported when something calls for them."""

from __future__ import annotations

import importlib
from typing import Any

from intendance.terms import IntendanceError


def extra(module: str) -> Any:
    """The module, or IntendanceError ``forces.extra-missing`` where it isn't installed."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise IntendanceError(
            "forces.extra-missing",
            expected=f"the library {module}, to count positions",
            got="none installed",
            where="this installation",
        ) from None
