"""Names back to identifiers: the same name whatever its case, accents and inflection."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import msgspec

from intendance.catalogue._brackets import expand, plain
from intendance.catalogue._entries import ANY, DESIGNATED, LANGUAGES, Entry, Feature
from intendance.terms import IntendanceError

FEATURES: Final[tuple[Feature, ...]] = ("name", "adjective", "demonym", "metonym")


class Form(msgspec.Struct, frozen=True):
    """One surface form of one entry.

    ``language`` is ``*`` where the form is the same in every language. ``weak`` forms are also
    ordinary words or other things and count only where something near them supports the reading.
    A form that begins with a capital is case-sensitive in that letter (``capital``): the French
    city, not the bets; all other letters match in either case.
    """

    text: str
    language: str
    table: str
    id: str
    feature: Feature
    weak: bool = False

    @property
    def capital(self) -> bool:
        """Whether the first letter must be a capital in the text."""
        return self.text[:1].isupper()


def forms_of(entry: Entry) -> list[Form]:
    """All forms of an entry; a weak name that stands in no language counts for every language."""
    weak = dict.fromkeys(form for name in entry.weak for form in expand(name))
    found: dict[tuple[str, str, Feature], Form] = {}
    said: set[str] = set()
    for feature in FEATURES:
        for language in (*LANGUAGES, ANY):
            for name in entry.patterns(language, feature):
                for text in expand(name):
                    said.add(text)
                    spoken = ANY if _designates(entry.table, language, text) else language
                    found.setdefault(
                        (text, spoken, feature),
                        Form(text, spoken, entry.table, entry.id, feature, text in weak),
                    )
    extra = [Form(t, ANY, entry.table, entry.id, "name", weak=True) for t in weak if t not in said]
    return [*found.values(), *extra]


def _designates(table: str, language: str, text: str) -> bool:
    return (
        language == "en"
        and table in DESIGNATED
        and (text[0].isupper() or any(char.isdigit() for char in text))
    )


def fold(text: str) -> str:
    """``text`` without case and accents."""
    text = text.casefold()
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", text)
    return "".join(char for char in parts if not unicodedata.combining(char))


class Index:
    """Names to identifiers, first as written, then without case, then without accents."""

    def __init__(
        self, forms: Iterable[Form], widest: Callable[[Sequence[str]], Sequence[str]]
    ) -> None:
        self._widest = widest
        self._levels: tuple[tuple[Callable[[str], str], dict[str, list[Form]]], ...] = (
            (str, {}),
            (str.casefold, {}),
            (fold, {}),
        )
        for form in forms:
            for key, level in self._levels:
                level.setdefault(key(form.text), []).append(form)

    def find(self, name: str) -> str:
        """The one entry of that name, names before adjectives and weak names last.

        Raises IntendanceError ``catalogue.unknown`` where there is none, or several equally good.
        """
        text = " ".join(plain(name).split())
        ids = self._best(text)
        if ids:
            return self._one(ids, name)
        near = difflib.get_close_matches(fold(text[:80]), self._levels[-1][1], n=1, cutoff=0.8)
        best_near = self._levels[-1][1][near[0]][0].text if near else None
        raise IntendanceError(
            "catalogue.unknown",
            expected="a name or identifier of the catalogue",
            got=repr(name[:80]),
            where="the catalogue",
            remedy=f"Did you mean '{best_near}'?" if best_near else None,
        )

    def known(self, name: str) -> str | None:
        """As ``find``, but None where there is none or several: no search for what was meant."""
        ids = self._best(" ".join(plain(name).split()))
        return ids[0] if len(ids) == 1 else None

    def _best(self, text: str) -> Sequence[str]:
        for key, level in self._levels:
            found = level.get(key(text))
            if found:
                best = min(_rank(form) for form in found)
                return self._widest(sorted({form.id for form in found if _rank(form) == best}))
        return ()

    @staticmethod
    def _one(ids: Sequence[str], name: str) -> str:
        if len(ids) == 1:
            return ids[0]
        raise IntendanceError(
            "catalogue.unknown",
            expected="a name that only one entry bears",
            got=f"{name[:80]!r}, which may be {' or '.join(ids)}",
            where="the catalogue",
            remedy="Give the identifier.",
        )


def _rank(form: Form) -> tuple[bool, int]:
    return form.weak, FEATURES.index(form.feature)
