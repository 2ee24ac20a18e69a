"""The published figures of the case, each with its source, and what is assumed beside them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from intendance.tables import read_table

Kind = Literal[
    "promise", "capacity", "growth", "forecast", "share", "delivery", "forecast-delivery", "maker"
]


class Figure(msgspec.Struct, frozen=True):
    """One published figure: what it says, of which month, when and by whom it was published.

    ``kind``: ``capacity`` and ``growth`` report what is, ``forecast`` what is expected, ``share``
    the part of output that goes elsewhere, ``delivery`` what had been given, ``maker`` what one
    maker says of itself (shown beside the others, part of none).
    """

    figure: str
    published: str
    kind: Kind
    what: str
    month: str
    low: float
    high: float | None
    unit: str
    source: str
    address: str
    note: str = ""


class Assumed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``case.toml``: what no published figure says."""

    start: str
    months: int
    base_month: str
    production_lead: int
    unknown_export_share: tuple[float, float]
    price: float


@cache
def figures() -> tuple[Figure, ...]:
    """Every figure of the case, in the order of their publication."""
    with resources.as_file(resources.files(__package__).joinpath("figures.csv")) as path:
        return tuple(sorted(read_table(path, Figure), key=lambda row: row.published))


@cache
def assumed() -> Assumed:
    """What is assumed."""
    text = resources.files(__package__).joinpath("case.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Assumed)
