"""The tracker's own words, from the data files (``data/kiel``)."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from intendance.exchange._data import table
from intendance.exchange._values import Around, Wording


class Words(msgspec.Struct, frozen=True):
    """What the cells of the tracker mean; sets and tables are keyed without regard to case."""

    unspecified: frozenset[str]
    undisclosed: frozenset[str]
    partly: frozenset[str]
    errors: frozenset[str]
    vague: dict[str, int]
    limits: dict[str, int]
    kinds: dict[str, str]
    donors: dict[str, str]
    currencies: dict[str, str]
    values: dict[str, list[str]]
    donations: dict[str, str]
    units: dict[str, list[str]]
    services: dict[str, str]
    dates: Wording
    around: Around


@cache
def words() -> Words:
    """The words of the tracker."""
    found: dict[str, Any] = dict(table("kiel/words"))
    return msgspec.convert(found, Words)


def plain(cell: str) -> str:
    """A cell without regard to case and outer white space (no-break spaces too)."""
    return cell.strip().casefold()
