"""Who gives, where one cell names several: "Germany, Netherlands", "Norway (with Denmark)"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from intendance.exchange._data import table
from intendance.exchange._kiel.donors import Donors

_BEHIND: Final = re.compile(r"(.+?)\s*\(([^()]+)\)\s*\Z", re.DOTALL)


class Parties:
    """Names of one or several parties to entries of the catalogue."""

    def __init__(self, donors: Donors) -> None:
        self._donors = donors

    def of(self, cell: str) -> tuple[tuple[str, ...], str | None]:
        """The parties of a cell, each once in its order, and what of it nobody knows.

        A name that the catalogue has whole is one party, whatever words it is made of.
        """
        name = " ".join(cell.replace("’", "'").split())
        behind = _BEHIND.match(name)
        if behind and (more := _beside(behind[2])) is not None:
            first, lost = self.of(behind[1])
            others, missing = self.of(more)
            return tuple(dict.fromkeys((*first, *others))), lost or missing
        whole = self._one(name)
        if whole is not None:
            return (whole,), None
        found = []
        for part in _split(name):
            known = self._one(part)
            if known is None:
                return (), part
            found.append(known)
        return tuple(dict.fromkeys(found)), None if found else cell

    def _one(self, name: str) -> str | None:
        found = self._donors.of(name)
        if found is not None:
            return found
        low = name.casefold()
        for article in _words()["articles"]:
            if low.startswith(article):
                return self._donors.of(name[len(article) :])
        return None


@cache
def _words() -> dict[str, Any]:
    return table("table/cells")


@cache
def _between() -> re.Pattern[str]:
    ordered = sorted(_words()["between"], key=len, reverse=True)
    signs = "|".join(re.escape(each) for each in ordered if not each[0].isalpha())
    words = "|".join(re.escape(each) for each in ordered if each[0].isalpha())
    return re.compile(rf"\s*(?:{signs})\s*|\s+(?:{words})\s+", re.IGNORECASE)


def _split(name: str) -> Iterable[str]:
    """The parts between commas and words for "and"; "Germany, and Norway" has two."""
    for part in _between().split(name):
        bare = re.sub(r"^(?:and|et|und)\s+", "", part.strip(" .*†"), flags=re.IGNORECASE)
        if bare:
            yield bare


def _beside(inside: str) -> str | None:
    """Whom words in brackets name as another giver: "with Norway"; None where they don't."""
    low = inside.casefold()
    for word in sorted(_words()["beside"], key=len, reverse=True):
        if low.startswith(f"{word} "):
            return inside[len(word) :].strip()
    return None
