"""From raw entries to checked structs: types, identifiers, patterns, references, cycles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Final

import msgspec

from intendance.catalogue._brackets import PatternError, check
from intendance.catalogue._entries import FEATURE_FIELDS, NAME_FIELDS, REFERENCES, TABLES, Entry
from intendance.catalogue._files import Raw, entry_error
from intendance.terms import IntendanceError

MAX_ID: Final = 64
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NATION: Final = re.compile(r"[A-Z]{3}")
_FIELD: Final = re.compile(r"\$\.([\w-]+)")
_NAMED_FIELD: Final = re.compile(r"field `([\w-]+)`")
_TREES: Final = {"class": "within", "kind": "specialises"}


def checked(raws: Mapping[str, Raw]) -> dict[str, Entry]:
    """The structs of all entries, by identifier.

    Raises IntendanceError ``catalogue.entry`` with file, entry and field at the first wrong one.
    """
    entries = {id_: _entry(raw) for id_, raw in raws.items()}
    for id_, entry in entries.items():
        _check_references(entry, entries, raws[id_])
    for table, field in _TREES.items():
        _check_tree(table, field, entries, raws)
    return entries


def _fail(raw: Raw, field: str | None, expected: str, got: str) -> IntendanceError:
    return entry_error(raw.file, f"{raw.table} '{raw.id}'", field, expected=expected, got=got)


def _entry(raw: Raw) -> Entry:
    pattern, shape = (
        (_NATION, "three capital letters")
        if raw.table == "nation"
        else (_SLUG, f"at most {MAX_ID} small letters and digits, in words joined by '-'")
    )
    if not pattern.fullmatch(raw.id) or len(raw.id) > MAX_ID:
        raise _fail(raw, "id", shape, repr(raw.id[: MAX_ID + 1]))
    try:
        entry = msgspec.convert(raw.fields, TABLES[raw.table])
    except msgspec.ValidationError as error:
        raise _conversion_error(raw, str(error)) from None
    for field, name in _patterns(entry):
        try:
            check(name)
        except PatternError as error:
            raise _fail(raw, field, error.expected, repr(name[:80])) from None
    if not any(field in raw.fields for field in NAME_FIELDS):
        raise _fail(raw, "names", "at least one name", "none")
    return entry


def _conversion_error(raw: Raw, message: str) -> IntendanceError:
    text, _, path = message.partition(" - at ")
    inside = _FIELD.search(path)
    named = _NAMED_FIELD.search(text)
    field = inside[1] if inside else named[1] if named else None
    if text.startswith("Object contains unknown field"):
        known = ", ".join(one.encode_name for one in msgspec.structs.fields(TABLES[raw.table]))
        return _fail(raw, field, f"one of the fields {known}", f"'{field}'")
    if text.startswith("Object missing required field"):
        return _fail(raw, field, "a value", "none")
    expected, _, got = text.removeprefix("Expected ").partition(", got ")
    return _fail(raw, field, expected.replace("`", ""), (got or text).replace("`", ""))


def _patterns(entry: Entry) -> Iterator[tuple[str, str]]:
    for field in NAME_FIELDS:
        for name in getattr(entry, "everywhere" if field == "names" else field):
            yield field, name
    for field in FEATURE_FIELDS:
        for name in chain.from_iterable(getattr(entry, field, {}).values()):
            yield field, name


def _check_references(entry: Entry, entries: Mapping[str, Entry], raw: Raw) -> None:
    for attribute, tables in REFERENCES[entry.table].items():
        value = getattr(entry, attribute)
        field = attribute.rstrip("_")
        for id_ in (value,) if isinstance(value, str) else value or ():
            found = entries.get(id_)
            if found is None or found.table not in tables:
                got = f"'{id_}', which is " + (
                    f"in the table {found.table}" if found else "in no table"
                )
                raise _fail(raw, field, "an entry of the table " + " or ".join(tables), got)
            if found is entry:
                raise _fail(raw, field, "another entry", "the entry itself")


def _check_tree(
    table: str, field: str, entries: Mapping[str, Entry], raws: Mapping[str, Raw]
) -> None:
    sound: set[str] = set()
    for start, entry in entries.items():
        if entry.table != table:
            continue
        path: dict[str, None] = {}
        id_: str | None = start
        while id_ is not None and id_ not in sound:
            if id_ in path:
                circle = [*path][[*path].index(id_) :]
                raise _fail(raws[id_], field, "no circle", " > ".join([*circle, id_]))
            path[id_] = None
            id_ = getattr(entries[id_], field)
        sound.update(path)
