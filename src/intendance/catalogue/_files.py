"""Catalogue files: from TOML to raw entries, each with the file it came from."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from intendance.catalogue._entries import FEATURE_FIELDS, NAME_FIELDS, TABLES
from intendance.terms import IntendanceError

MAX_BYTES = 16 * 1024 * 1024
"""No catalogue file of a person's making is larger."""


class Raw:
    """One entry as read: its table, its fields, and the file that gave it or last extended it."""

    __slots__ = ("fields", "file", "table")

    def __init__(self, table: str, fields: dict[str, Any], file: str) -> None:
        self.table = table
        self.fields = fields
        self.file = file

    @property
    def id(self) -> str:
        """The identifier, which is checked when the entry is collected."""
        return str(self.fields["id"])


def entry_error(
    file: str, entry: str, field: str | None, *, expected: str, got: str
) -> IntendanceError:
    """The error ``catalogue.entry``, with file, entry and field."""
    where = f"{file}, {entry}" + (f", field '{field}'" if field else "")
    return IntendanceError("catalogue.entry", expected=expected, got=got, where=where)


def packaged() -> dict[str, Raw]:
    """The entries that come with the program, by identifier; no two files may share one."""
    return dict(_packaged())


@cache
def _packaged() -> dict[str, Raw]:
    entries: dict[str, Raw] = {}
    root = resources.files("intendance.catalogue").joinpath("data")
    for name, source in _below(root, ""):
        layer = _layer(_parse(source.read_bytes(), name), name)
        for raw in layer.values():
            if raw.id in entries:
                raise _twice(raw, entries[raw.id].file)
            entries[raw.id] = raw
    return entries


def extend(entries: dict[str, Raw], path: Path) -> None:
    """Add the entries of a user's file, or of every .toml file of a folder, to ``entries``.

    An identifier that is there already names the entry to extend: names are added after the ones
    that it has, other fields are replaced.
    """
    for file in _user_files(path):
        for raw in _layer(_parse(_read(file), str(file)), str(file)).values():
            known = entries.get(raw.id)
            entries[raw.id] = raw if known is None else _merge(known, raw)


def _below(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for child in sorted(folder.iterdir(), key=lambda one: one.name):
        name = prefix + child.name
        if child.is_dir():
            yield from _below(child, name + "/")
        elif name.endswith(".toml"):
            yield name, child


def _user_files(path: Path) -> Sequence[Path]:
    if path.is_dir():
        return sorted(path.glob("*.toml"))
    if not path.exists():
        raise IntendanceError(
            "input.missing",
            expected="a catalogue file or a folder of them",
            got="nothing",
            where=str(path),
        )
    return [path]


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise IntendanceError(
            "input.unreadable",
            expected="a catalogue file that can be read",
            got=error.strerror or type(error).__name__,
            where=str(path),
        ) from error
    if len(data) > MAX_BYTES:
        raise _file_error(str(path), f"at most {MAX_BYTES} bytes", "a larger file")
    return data


def _parse(data: bytes, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _file_error(file, "UTF-8", f"byte 0x{data[error.start]:02x}") from error
    except tomllib.TOMLDecodeError as error:
        raise _file_error(file, "TOML", f"an error: {error}") from error
    except RecursionError as error:
        raise _file_error(file, "TOML", "values nested too deep") from error


def _file_error(file: str, expected: str, got: str) -> IntendanceError:
    return IntendanceError("catalogue.entry", expected=expected, got=got, where=file)


def _layer(document: dict[str, Any], file: str) -> dict[str, Raw]:
    found: dict[str, Raw] = {}
    for raw in _raw_entries(document, file):
        if raw.id in found:
            raise _twice(raw, file)
        found[raw.id] = raw
    return found


def _raw_entries(document: dict[str, Any], file: str) -> Iterable[Raw]:
    for table, rows in document.items():
        if table not in TABLES:
            raise _file_error(file, "one of the tables " + ", ".join(TABLES), f"'{table}'")
        if not isinstance(rows, list):
            raise _file_error(file, f"entries that each begin with [[{table}]]", f"'{table}'")
        for number, fields in enumerate(rows, 1):
            if not isinstance(fields, dict):
                raise _file_error(file, f"entries that each begin with [[{table}]]", repr(fields))
            if not isinstance(fields.get("id"), str):
                raise entry_error(
                    file, f"{table} number {number}", "id", expected="an identifier", got="none"
                )
            yield Raw(table, fields, file)


def _twice(raw: Raw, first: str) -> IntendanceError:
    return entry_error(
        raw.file,
        f"{raw.table} '{raw.id}'",
        "id",
        expected="an identifier of its own",
        got=f"one that {first} gives as well",
    )


def _merge(known: Raw, raw: Raw) -> Raw:
    if raw.table != known.table:
        raise entry_error(
            raw.file,
            f"{raw.table} '{raw.id}'",
            "id",
            expected=f"an entry of the table {known.table}, as in {known.file}",
            got=f"one of {raw.table}",
        )
    fields = dict(known.fields)
    for name, value in raw.fields.items():
        fields[name] = _joined(name, fields.get(name), value)
    return Raw(known.table, fields, raw.file)


def _joined(name: str, old: Any, new: Any) -> Any:
    if name in NAME_FIELDS and isinstance(old, list) and isinstance(new, list):
        return old + [one for one in new if one not in old]
    if name in FEATURE_FIELDS and isinstance(old, dict) and isinstance(new, dict):
        # The languages inside are name lists too.
        return {**old, **{lang: _joined("en", old.get(lang), names) for lang, names in new.items()}}
    return new
