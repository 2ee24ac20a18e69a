"""What parties, items and acts are called in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from intendance.catalogue import Catalogue
from intendance.render import Language, has_text, text


class Names:
    """Names of the catalogue in one language."""

    def __init__(self, catalogue: Catalogue, language: Language) -> None:
        self._catalogue = catalogue
        self._language = language

    def one(self, id_: str | None) -> str:
        """The name of a party or item; several joined by ``+`` have each theirs."""
        if not id_:
            return ""
        if "+" in id_ and self._catalogue.entry(id_) is None:
            return self.all(id_.split("+"))
        return self._catalogue.label(id_, self._language)

    def all(self, ids: Iterable[str]) -> str:
        """The names of several, joined by commas."""
        return ", ".join(self.one(each) for each in ids)

    def donors(self, ids: Iterable[str]) -> str:
        """Who gives; nobody named has words of its own."""
        return self.all(ids) or text("brief.someone", self._language)

    def item(self, id_: str | None) -> str:
        """What is given; money alone has words of its own."""
        return self.one(id_) or text("brief.money", self._language)

    def word(self, family: str, name: str | None) -> str:
        """A word of the program (``stage``, ``act`` ...) by its name in the data."""
        key = f"{family}.{(name or '').replace(' ', '_')}"
        return text(key, self._language) if has_text(key, self._language) else name or ""

    def speaker(self, id_: str) -> str:
        """Who says it: a name of the catalogue, or ``role:nation`` in words."""
        role, _, nation = id_.partition(":")
        if nation:
            return f"{role} ({self.one(nation)})"
        return self.one(id_)
