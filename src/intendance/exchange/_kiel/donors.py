"""Who gives: nations, organisations and funds by the tracker's names."""

from __future__ import annotations

import re
from typing import Final

from intendance.catalogue import Catalogue
from intendance.exchange._kiel.words import plain, words

_BRACKETS: Final = re.compile(r"\s*\([^()]*\)")
_TABLES: Final = ("nation", "organisation", "collective", "programme")


class Donors:
    """Names of donors to entries of the catalogue, each looked up once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._found: dict[str, str | None] = {}

    def of(self, name: str) -> str | None:
        """The identifier of a donor; None where the catalogue knows none of that name."""
        if name not in self._found:
            self._found[name] = self._look(name)
        return self._found[name]

    def _look(self, name: str) -> str | None:
        named = words().donors.get(plain(name))
        for each in (named, name, _BRACKETS.sub("", name)):
            found = self._catalogue.known(each) if each else None
            entry = None if found is None else self._catalogue.entry(found)
            if entry is not None and entry.table in _TABLES:
                return found
        return None
