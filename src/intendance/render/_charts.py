"""Charts: a Vega-Lite specification and its first picture, drawn without a browser."""

from __future__ import annotations

import base64
import importlib
from typing import Any

import msgspec

from intendance.terms import IntendanceError

PALETTE = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#000000")
"""Eight colours that colour-blind readers can tell apart.

Source: Okabe and Ito, Color Universal Design, 2008.
"""


class Figure(msgspec.Struct, frozen=True):
    """A chart on a page: what it shows in words (``title``), its caveat, and the picture as SVG.

    ``file`` is where the picture also lies, beside the page, for Markdown.
    """

    title: str
    caveat: str
    svg: str
    file: str = ""

    @property
    def address(self) -> str:
        """The picture as an address of its own, in which no script of a page can run."""
        return "data:image/svg+xml;base64," + base64.b64encode(self.svg.encode()).decode()


def chart_svg(specification: dict[str, Any]) -> str:
    """The picture of a Vega-Lite specification as SVG.

    Raises ``render.extra-missing`` where the library that draws is not installed.
    """
    return str(chart_library("vl_convert").vegalite_to_svg(specification))


def chart_library(name: str) -> Any:
    """A library that makes charts, or IntendanceError ``render.extra-missing``."""
    try:
        return importlib.import_module(name)
    except ImportError:
        raise IntendanceError(
            "render.extra-missing",
            expected=f"the library {name}, to draw charts",
            got="none installed",
            where="this installation",
        ) from None
