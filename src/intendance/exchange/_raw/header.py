"""Which row of a table names its columns, and what the names mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

import msgspec

_OTHER: Final = re.compile(r"[^\w%$€£]+")
_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_COPY: Final = re.compile(r"\.\d+$")
LOOKED_AT: Final = 40
"""So many rows from the top may hold the headings."""


class Headings(msgspec.Struct, frozen=True):
    """The names that columns go by: field -> folded names, and what a table can't do without.

    ``several`` are fields that several columns may hold; ``dropped`` is what is never kept.
    """

    names: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    several: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()

    def field(self, heading: str) -> str | None:
        """The field that a heading means, if any."""
        whole = fold_name(_COPY.sub("", heading))
        bare = fold_name(_BRACKETS.sub(" ", heading))
        table = _by_name(self)
        return table.get(whole) or table.get(bare)


class Found(msgspec.Struct, frozen=True):
    """Where the headings are: ``row`` the first after them, ``fields`` the columns of each."""

    row: int
    header: tuple[str, ...]
    fields: Mapping[str, tuple[int, ...]]


@lru_cache(maxsize=4096)
def fold_name(heading: str) -> str:
    """A heading without regard to case, punctuation and white space."""
    return " ".join(_OTHER.sub(" ", heading.replace("_", " ").casefold()).split())


_TABLES: dict[int, tuple[Headings, dict[str, str]]] = {}


def _by_name(headings: Headings) -> dict[str, str]:
    known = _TABLES.get(id(headings))
    if known is None or known[0] is not headings:
        found = {fold_name(name): field for field, all_ in headings.names.items() for name in all_}
        found.update({fold_name(field.replace("_", " ")): field for field in headings.names})
        known = _TABLES[id(headings)] = (headings, found)
    return known[1]


def find_headings(rows: Sequence[Sequence[str]], headings: Headings) -> Found | None:
    """The headings among the first rows of a table: one row, or two that complete each other.

    The row (or pair) counts that names most fields; None where none has all that are required.
    """
    best: tuple[int, Found] | None = None
    for number, row in enumerate(rows):
        pairs = [(number + 1, tuple(row))]
        if number + 1 < len(rows):
            pairs.append((number + 2, _joined(row, rows[number + 1], headings)))
        for after, names in pairs:
            fields = _fields(names, headings)
            if all(field in fields for field in headings.required):
                # of equals the first, and one row before two
                if best is None or len(fields) > best[0]:
                    best = (len(fields), Found(after, names, fields))
    return best[1] if best else None


def missing_fields(rows: Sequence[Sequence[str]], headings: Headings) -> tuple[str, ...]:
    """What the row that looks most like headings does not name."""
    found = max((_fields(row, headings) for row in rows), key=len, default={})
    return tuple(field for field in headings.required if field not in found)


def _joined(upper: Sequence[str], lower: Sequence[str], headings: Headings) -> tuple[str, ...]:
    """Two rows of headings as one: a group's name stands above the first of its columns."""
    names, group = [], ""
    for at in range(max(len(upper), len(lower))):
        above = upper[at].strip() if at < len(upper) else ""
        below = lower[at].strip() if at < len(lower) else ""
        group = above or group
        both = f"{group} {below}".strip()
        chosen = next((each for each in (both, below, above) if headings.field(each)), "")
        names.append(chosen or both)
    return tuple(names)


def _fields(names: Sequence[str], headings: Headings) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for at, name in enumerate(names):
        field = headings.field(name) if name.strip() else None
        if field is None:
            continue
        if field not in found:
            found[field] = (at,)
        elif field in headings.several:
            found[field] = (*found[field], at)
    return found
