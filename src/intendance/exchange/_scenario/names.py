"""Which nation and which item of a scenario a commitment is about."""

from __future__ import annotations

from collections.abc import Mapping

from intendance.catalogue import Catalogue
from intendance.planning import Scenario


class Names:
    """A scenario's nations and items, by the catalogue's identifiers.

    A scenario may call them what it likes; those whose short name or full name the catalogue
    knows, in any language, can be filled from a ledger.
    """

    def __init__(self, scenario: Scenario, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._nations = _resolved(
            {row.nation: row.name for row in scenario.nations}, catalogue, {"nation"}
        )
        self._items = _resolved(
            {row.item: row.name for row in scenario.items}, catalogue, {"kind", "class"}
        )

    def nation(self, recipient: str | None) -> str | None:
        """The scenario's name of a recipient."""
        return self._nations.get(recipient) if recipient else None

    def item(self, found: str) -> str | None:
        """The scenario's narrowest item that ``found`` is, or is a kind of."""
        entry = self._catalogue.entry(found)
        if entry is None:
            return None
        for each in (found, *self._catalogue.ancestors(found), *self._catalogue.classes(found)):
            if each in self._items:
                return self._items[each]
        return None


def _resolved(names: Mapping[str, str], catalogue: Catalogue, tables: set[str]) -> dict[str, str]:
    found = {}
    for short, full in names.items():
        for name in (short, full):
            identifier = _identifier(name, catalogue, tables)
            if identifier is not None:
                found[identifier] = short
                break
    return found


def _identifier(name: str, catalogue: Catalogue, tables: set[str]) -> str | None:
    identifier = catalogue.known(name) if name else None
    entry = catalogue.entry(identifier) if identifier else None
    return identifier if entry is not None and entry.table in tables else None
