"""What a row is about: the catalogue's kind or class of a thing that the tracker names."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import msgspec

from intendance.catalogue import Catalogue
from intendance.exchange._data import table
from intendance.exchange._kiel.words import plain, words

_BRACKETS: Final = re.compile(r"\s*\([^()]*\)")
_WORD: Final = re.compile(r"[\w./'’\-+&]+")
_CALIBRE: Final = re.compile(r"\b(\d{2,3}) ?mm\b")
_HYPHEN: Final = re.compile(r"\b([A-Za-z]+)-(\d)")
_VERSION: Final = re.compile(r"(?<=\w{3})-\d{1,2}$")
_SERIES: Final = re.compile(r"(?<=\d)[A-Z][A-Z0-9]{0,2}$")
_SORTS: Final = (("ammunition", "missile", "rocket"), ("aircraft",), ("ship",), ("radar",))
_LONGEST: Final = 6


class Thing(msgspec.Struct, frozen=True):
    """A kind or class of the catalogue, and the unit that the name begins with ("ton of")."""

    item: str | None
    unit: str | None = None


class _Rules(msgspec.Struct, frozen=True):
    ammunition: frozenset[str]
    fired: frozenset[str]
    launchers: frozenset[str]
    tail: tuple[str, ...]
    vague: frozenset[str]
    parts: dict[str, str]
    shells: dict[str, str]
    names: dict[str, str]
    types: dict[str, str]


@cache
def _rules(name: str) -> _Rules:
    return msgspec.convert(table(name), _Rules)


class Items:
    """Names of things to entries of the catalogue, each looked up once.

    ``rules`` is the data file with the source's own kinds of things.
    """

    def __init__(self, catalogue: Catalogue, rules: str = "kiel/items") -> None:
        self._catalogue = catalogue
        self._rules = _rules(rules)
        self._found: dict[tuple[str, str, str], Thing] = {}
        self._known: dict[str, str | None] = {}

    def of(self, name: str, subtype: str, kind: str) -> Thing:
        """What a name means, with the tracker's sub-type and type of it."""
        key = (name, subtype, kind)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._look(" ".join(name.split()), subtype, kind)
        return found

    def _look(self, name: str, subtype: str, kind: str) -> Thing:
        unit, bare = _unit(name)
        said = [word.casefold() for word in _WORD.findall(name)]
        head = [word.casefold() for word in _WORD.findall(self._head(name))]
        fired = _fired(said, self._rules)
        for each in dict.fromkeys((name, bare)):
            known = self._entry(each)
            if known is not None and self._catalogue.is_kind(known):
                return Thing(known, unit)
        part = next((self._rules.parts[word] for word in head if word in self._rules.parts), None)
        if part is not None:
            return Thing(part, unit)
        class_ = self._class(subtype, kind, name, fired=fired)
        for each in (_BRACKETS.sub("", bare), *_bracketed(bare)):
            known = self._entry(each)
            if known is not None and self._fits(known, class_, fired=fired):
                return Thing(known, unit)
        inside = self._inside(bare, class_, fired=fired)
        return Thing(inside or self._narrower(self._entry(_BRACKETS.sub("", bare)), class_), unit)

    def _class(self, subtype: str, kind: str, name: str, *, fired: bool) -> str | None:
        """The class that the tracker puts a thing in; what is too vague is told by the name."""
        rules = self._rules
        found = None
        for cell in (subtype, kind):
            text = plain(cell)
            if text in words().unspecified or (found is not None and found not in rules.vague):
                continue
            said = next((item for word, item in rules.types.items() if word in text), None)
            if said is not None and (found is None or said not in rules.vague):
                found = said
        if found is None or found in rules.vague:
            low = plain(name)
            found = next((item for word, item in rules.names.items() if word in low), found)
        calibres = set(_CALIBRE.findall(name))
        if fired and found == "artillery-ammunition" and len(calibres) == 1:
            return rules.shells.get(calibres.pop(), found)
        return found

    def _inside(self, name: str, class_: str | None, *, fired: bool) -> str | None:
        """The kind whose name stands within the name, where it is of the right sort.

        Designations come before what begins with a calibre, longer names before shorter ones. A
        name that lists several things is of none of them.
        """
        head = self._head(_BRACKETS.sub("", name))
        if "," in head or " and " in head or " or " in head:
            return None
        tokens = _WORD.findall(head)
        runs = [
            tokens[at : at + size]
            for size in range(min(_LONGEST, len(tokens)), 0, -1)
            for at in range(len(tokens) - size + 1)
        ]
        runs.sort(key=lambda run: run[0][0].isdigit())
        for run in runs:
            known = self._entry(" ".join(run))
            if known is not None and self._fits(known, class_, fired=fired):
                return known
        return self._by_spelling(runs, class_)

    def _by_spelling(self, runs: list[list[str]], class_: str | None) -> str | None:
        """The kind of the right class by another spelling: "M-109A6" is the M109A6.

        What a name is shortened to must be of the class that the source says.
        """
        if class_ is None:
            return None
        for run in runs:
            for each in spellings(" ".join(run)):
                known = self._entry(each)
                if known is not None and self.narrows(known, class_):
                    return known
        return None

    def _head(self, name: str) -> str:
        """A name as far as it tells what a thing is, and not what it is for."""
        for tail in self._rules.tail:
            name = name.split(tail, 1)[0]
        return name

    def _fits(self, kind: str, class_: str | None, *, fired: bool) -> bool:
        """Whether a kind can be what is meant: what is fired is not what fires it."""
        catalogue = self._catalogue
        if not catalogue.is_kind(kind) or catalogue.includes("service", kind):
            return False
        shot = any(catalogue.includes(each, kind) for each in ("ammunition", "missile"))
        if fired and not shot:
            return False
        return shot == fired or (class_ is not None and catalogue.includes(class_, kind))

    def same_sort(self, kind: str, class_: str) -> bool:
        """Whether a kind is of a class, or at least of its sort: what is fired, flies or floats."""
        catalogue = self._catalogue
        if catalogue.includes(class_, kind) or catalogue.includes(kind, class_):
            return True
        return not any(
            any(catalogue.includes(each, kind) for each in sort)
            != any(catalogue.includes(each, class_) for each in sort)
            for sort in _SORTS
        )

    def narrows(self, kind: str, class_: str | None) -> bool:
        """Whether something is a kind, and of that class."""
        if class_ is None or kind == class_ or not self._catalogue.is_kind(kind):
            return False
        return self._catalogue.includes(class_, kind)

    def _narrower(self, one: str | None, other: str | None) -> str | None:
        if one is None or other is None:
            return one or other
        return other if self._catalogue.includes(one, other) else one

    def _entry(self, name: str) -> str | None:
        if name not in self._known:
            found = self._catalogue.known(name) if len(name) > 1 else None
            thing = found is not None and (
                self._catalogue.is_kind(found) or self._catalogue.is_class(found)
            )
            self._known[name] = found if thing else None
        return self._known[name]


def _fired(said: list[str], rules: _Rules) -> bool:
    """Whether a name is of what is fired, and not of what fires it."""
    if rules.ammunition.intersection(said):
        return True
    return bool(rules.fired.intersection(said)) and not rules.launchers.intersection(said)


def _unit(name: str) -> tuple[str | None, str]:
    """The unit that a name begins with, and the rest of it."""
    low = name.casefold()
    for unit, starts in words().units.items():
        for start in starts:
            if low.startswith(start):
                return unit, name[len(start) :]
    return None, name


def spellings(name: str) -> list[str]:
    """A designation without the hyphen before its number, its version, or its series' letters."""
    found, short = [], name
    for pattern in (_VERSION, _SERIES):
        found += [short, _HYPHEN.sub(r"\1\2", short), _HYPHEN.sub(r"\1 \2", short)]
        short = pattern.sub("", short)
    found += [short, _HYPHEN.sub(r"\1\2", short), _HYPHEN.sub(r"\1 \2", short)]
    return [each for each in dict.fromkeys(found) if each != name and len(each) > 2]


def _bracketed(name: str) -> list[str]:
    """What stands in brackets: often the short name of what stands before them."""
    return re.findall(r"\(([^()]{2,40})\)", name)
