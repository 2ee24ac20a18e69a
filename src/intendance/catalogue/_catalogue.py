"""The catalogue: names and facts of equipment, services, nations, organisations and makers."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar, cast

import msgspec

from intendance.catalogue._brackets import base_form
from intendance.catalogue._check import checked
from intendance.catalogue._entries import (
    LANGUAGES,
    Class,
    Collective,
    Entry,
    Kind,
    Maker,
    Nation,
    Office,
    Official,
    Organisation,
    Outlet,
    Place,
    Programme,
)
from intendance.catalogue._files import extend, packaged
from intendance.catalogue._index import Form, Index, forms_of
from intendance.terms import canonical, digest

SETTING = "INTENDANCE_CATALOGUE"
"""The environment setting that names the user's own catalogue files, joined by os.pathsep."""

_E = TypeVar("_E", bound=Entry)


class Catalogue:
    """What load_catalogue gives; immutable. ``paths`` are the user's own files that went in."""

    def __init__(self, entries: Mapping[str, Entry], paths: Sequence[Path] = ()) -> None:
        self.paths: tuple[Path, ...] = tuple(paths)
        self._entries = dict(entries)
        self.classes_by_id = self._table(Class)
        self.kinds = self._table(Kind)
        self.nations = self._table(Nation)
        self.organisations = self._table(Organisation)
        self.collectives = self._table(Collective)
        self.programmes = self._table(Programme)
        self.makers = self._table(Maker)
        self.officials = self._table(Official)
        self.offices = self._table(Office)
        self.outlets = self._table(Outlet)
        self.places = self._table(Place)
        self._ancestors: dict[str, tuple[str, ...]] = {}
        self._classes: dict[str, tuple[str, ...]] = {}

    def __reduce__(self) -> tuple[Callable[..., Catalogue], tuple[tuple[Path, ...]]]:
        # A worker process builds its own from the same files, and only once.
        return _load, (self.paths,)

    def _table(self, struct: type[_E]) -> Mapping[str, _E]:
        found = {id_: one for id_, one in self._entries.items() if one.table == struct.table}
        return MappingProxyType(cast("dict[str, _E]", found))

    @cached_property
    def hash(self) -> str:
        """SHA-256 (hexadecimal) over all entries; files, their order and ``source`` don't count."""
        rows = [
            (one.table, msgspec.structs.replace(one, source=None))
            for _, one in sorted(self._entries.items())
        ]
        return digest(canonical(rows))

    def entry(self, id_: str) -> Entry | None:
        """The entry with that identifier, of whatever table."""
        return self._entries.get(id_)

    def label(self, id_: str, language: str = "en") -> str:
        """The first name in ``language``, else the first in English, else the identifier."""
        entry = self._entries.get(id_)
        if entry is None:
            return id_
        own = entry.patterns(language) if language in LANGUAGES else ()
        names = own or entry.everywhere or entry.en or entry.weak
        return base_form(names[0]) if names else id_

    def is_class(self, item: str) -> bool:
        """Whether ``item`` is a class."""
        return item in self.classes_by_id

    def is_kind(self, item: str) -> bool:
        """Whether ``item`` is a kind."""
        return item in self.kinds

    def ancestors(self, item: str) -> tuple[str, ...]:
        """The kinds that ``item`` specialises, nearest first."""
        known = self._ancestors.get(item)
        if known is None:
            kind = self.kinds.get(item)
            wide = kind.specialises if kind else None
            known = (wide, *self.ancestors(wide)) if wide else ()
            self._ancestors[item] = known
        return known

    def root(self, item: str) -> str:
        """The root of the item's specialisation tree; whatever is no kind is its own root."""
        above = self.ancestors(item)
        return above[-1] if above else item

    def specialises(self, narrow: str, wide: str) -> bool:
        """Whether ``narrow`` is ``wide`` or a kind below it (rule 6: kinds only)."""
        return narrow in self.kinds and (narrow == wide or wide in self.ancestors(narrow))

    def class_of(self, item: str) -> str | None:
        """The class of a kind; a class is its own; None for all else."""
        if item in self.classes_by_id:
            return item
        kind = self.kinds.get(item)
        return kind.class_ if kind else None

    def classes(self, item: str) -> tuple[str, ...]:
        """The classes of an item, nearest first (for a class: itself and the wider ones)."""
        known = self._classes.get(item)
        if known is None:
            nearest = self.class_of(item)
            known = ()
            if nearest is not None:
                within = self.classes_by_id[nearest].within
                known = (nearest, *(self.classes(within) if within else ()))
            self._classes[item] = known
        return known

    def includes(self, class_id: str, item: str) -> bool:
        """Whether ``item`` is that class, or a class or kind below it."""
        return class_id in self.classes(item)

    def nation_of(self, actor: str) -> str | None:
        """The nation of a maker, official, organisation, outlet or place; a nation is its own."""
        if actor in self.nations:
            return actor
        official = self.officials.get(actor)
        if official is not None:
            return self.nation_of(official.for_)
        nation: str | None = getattr(self._entries.get(actor), "nation", None)
        return nation

    def members(self, collective: str) -> tuple[str, ...]:
        """The nations of a collective, where they are fixed; else ()."""
        entry = self.collectives.get(collective)
        return entry.members if entry else ()

    def resolve(self, name: str) -> str:
        """The identifier that ``name`` (in any language, inflected or not) or an identifier means.

        Raises IntendanceError ``catalogue.unknown`` where nothing or several entries fit.
        """
        text = name.strip()
        return text if text in self._entries else self._index.find(name)

    def known(self, name: str) -> str | None:
        """As ``resolve``, but None where nothing or several entries fit."""
        text = name.strip()
        return text if text in self._entries else self._index.known(name)

    def forms(self) -> Sequence[Form]:
        """Every surface form of every entry."""
        return self._forms

    @cached_property
    def _forms(self) -> tuple[Form, ...]:
        return tuple(form for one in self._entries.values() for form in forms_of(one))

    @cached_property
    def _index(self) -> Index:
        ids = (Form(id_, "*", one.table, id_, "name") for id_, one in self._entries.items())
        return Index((*self._forms, *ids), self._widest)

    def _widest(self, ids: Sequence[str]) -> Sequence[str]:
        # What a name leaves open stays open: of a kind and those below it, the widest.
        found = set(ids)
        return [one for one in ids if not found.intersection(self.ancestors(one))]


def load_catalogue(extra: Sequence[str | Path] = ()) -> Catalogue:
    """The packaged catalogue, extended by the user's own files.

    Those are the files or folders named in the environment setting INTENDANCE_CATALOGUE (joined by
    os.pathsep), then ``extra``. Without any, every call in a process gives the same object.

    Raises IntendanceError ``catalogue.entry`` with file, entry and field; ``input.missing`` or
    ``input.unreadable`` for a file that can't be had.
    """
    named = [part for part in os.environ.get(SETTING, "").split(os.pathsep) if part.strip()]
    paths = dict.fromkeys(Path(path).expanduser().resolve() for path in (*named, *extra))
    return _build(tuple(paths)) if paths else _load(())


@lru_cache(maxsize=4)
def _load(paths: tuple[Path, ...]) -> Catalogue:
    return _build(paths)


def _build(paths: tuple[Path, ...]) -> Catalogue:
    entries = packaged()
    for path in paths:
        extend(entries, path)
    return Catalogue(checked(entries), paths)
