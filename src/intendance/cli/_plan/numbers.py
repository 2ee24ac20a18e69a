"""Figures of plans as people read and write them."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Final

import click

from intendance.render import Language, number_text

_WHOLE: Final = 1000


class Share(click.ParamType[float]):
    """A share as ``1%`` or ``0.01``, between 0 and 1."""

    name = "share"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The share as a number."""
        said = str(value).strip()
        try:
            found = float(said.removesuffix("%")) / (100 if said.endswith("%") else 1)
        except ValueError:
            found = math.nan
        if not 0 <= found <= 1:
            self.fail(f"expected a share such as 1% or 0.01, got {said!r}", param, ctx)
        return found


def figure(value: float, language: Language) -> str:
    """A figure: whole from 1,000 on, else four significant digits."""
    rounded = float(round(value)) if abs(value) >= _WHOLE else float(f"{value:.4g}")
    return number_text(Decimal(f"{rounded:f}"), language)


def share(value: float, language: Language) -> str:
    """A share as per cent."""
    shown = number_text(Decimal(f"{100 * value:.2f}"), language)
    return f"{shown}\N{NARROW NO-BREAK SPACE}%" if language == "fr" else f"{shown}%"
