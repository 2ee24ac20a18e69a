"""An air-defence folder to checked tables; errors name file, row and field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from intendance.forces._air_defence.rows import (
    EVERY,
    REQUIRED,
    ROWS,
    AirTables,
    range_classes,
    threat_classes,
)
from intendance.tables import FIRST_ROW, FORMATS, Problem, nearest, read_table, repeated
from intendance.terms import IntendanceError

_MOST: Final = 1e9
_KEYS: Final = {
    "systems": ("system",),
    "interceptors": ("interceptor",),
    "inventories": ("nation", "item"),
    "needs": ("nation", "threat", "range"),
    "donations": ("donation", "nation", "item"),
}
_LEAST: Final = {"load": 1, "priority": 1}
_NOTES: Final = (".md", ".txt")


def load_air_defence(folder: Path | str) -> AirTables:
    """The tables of an air-defence folder: systems, interceptors, inventories, needs, donations.

    Raises IntendanceError ``air-defence.missing``, ``air-defence.unknown-file``,
    ``air-defence.unknown-name``, ``air-defence.duplicate``, ``air-defence.value``,
    ``air-defence.no-inventory``, or a code of ``read_table``.
    """
    files = _files(Path(folder))
    tables: dict[str, Any] = {
        name: tuple(read_table(path, ROWS[name])) for name, path in files.items()
    }
    found = AirTables(**tables)
    check_air_defence(found, {name: str(path) for name, path in files.items()})
    return found


def check_air_defence(tables: AirTables, files: Mapping[str, str] | None = None) -> None:
    """Raises the first error in the tables; ``files`` are the files they came from."""
    for wrong in _problems(tables):
        raise wrong.error(files)


def _problems(tables: AirTables) -> Iterator[Problem]:
    yield from _values(tables)
    rows = {name: getattr(tables, name) for name in ROWS}
    yield from repeated(rows, _KEYS, "air-defence.duplicate")
    yield from _names(tables)
    held = {row.nation for row in tables.inventories}
    for table in ("needs", "donations"):
        for row, found in enumerate(getattr(tables, table), FIRST_ROW):
            if found.nation not in held:
                expected = "a nation with a row in inventories, of 0 if it holds nothing"
                got = repr(found.nation)
                code = "air-defence.no-inventory"
                yield Problem(code, table, row, "nation", expected, got, tuple(held))


def _values(tables: AirTables) -> Iterator[Problem]:
    for table in ROWS:
        for row, found in enumerate(getattr(tables, table), FIRST_ROW):
            for field in found.__struct_fields__:
                value = getattr(found, field)
                least = _LEAST.get(field, 0)
                if isinstance(value, int | float) and not least <= value <= _MOST:
                    kind = "a whole number" if isinstance(value, int) else "a number"
                    expected = f"{kind} from {least} to {_MOST:g}"
                    yield Problem("air-defence.value", table, row, field, expected, f"{value:g}")


def _names(tables: AirTables) -> Iterator[Problem]:
    systems = tuple(row.system for row in tables.systems)
    items = (*systems, *(row.interceptor for row in tables.interceptors))
    threats, ranges = threat_classes(), tuple(range_classes())
    refers: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
        ("systems", "range", ranges, "a class of system: " + ", ".join(ranges)),
        ("systems", "counters", threats, "classes of threat: " + ", ".join(threats)),
        ("interceptors", "systems", systems, "systems of the table systems"),
        ("inventories", "item", items, "a system or interceptor of their tables"),
        ("needs", "threat", threats, "a class of threat: " + ", ".join(threats)),
        ("needs", "range", (*ranges, EVERY), f"a class of system: {', '.join(ranges)}, or *"),
        ("donations", "item", items, "a system or interceptor of their tables"),
    )
    for table, field, known, expected in refers:
        for row, found in enumerate(getattr(tables, table), FIRST_ROW):
            value = getattr(found, field)
            for name in value if isinstance(value, tuple) else (value,):
                if name not in known:
                    code = "air-defence.unknown-name"
                    yield Problem(code, table, row, field, expected, repr(name), known)
    for row, each in enumerate(tables.interceptors, FIRST_ROW):
        if each.interceptor in systems:
            expected, got = "a name that is no system's", repr(each.interceptor)
            yield Problem("air-defence.value", "interceptors", row, "interceptor", expected, got)


def _files(folder: Path) -> dict[str, Path]:
    if not folder.is_dir():
        got = "a file" if folder.exists() else "nothing"
        raise IntendanceError("input.missing", expected="a folder", got=got, where=str(folder))
    files: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        if path.is_dir() or path.name.startswith(".") or path.suffix in _NOTES:
            continue
        if path.stem not in ROWS or path.suffix.lower() not in FORMATS:
            raise IntendanceError(
                "air-defence.unknown-file",
                expected="a table of " + ", ".join(ROWS),
                got=repr(path.name),
                where=str(path),
                remedy=nearest(path.stem, ROWS),
            )
        if path.stem in files:
            got = f"{files[path.stem].name} and {path.name}"
            raise IntendanceError(
                "air-defence.duplicate", expected="one file a table", got=got, where=str(path)
            )
        files[path.stem] = path
    for name in REQUIRED:
        if name not in files:
            expected = f"a table {name} (.csv, .xlsx or .parquet)"
            raise IntendanceError(
                "air-defence.missing", expected=expected, got="none", where=str(folder)
            )
    return files
