"""A readiness folder, or its files one by one, to checked tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from intendance.sustainment._inputs.checks import problems
from intendance.sustainment._rows import REQUIRED, ROWS, FleetTables
from intendance.tables import FORMATS, nearest, read_table
from intendance.terms import IntendanceError

_NOTES: Final = (".md", ".txt")


def load_fleet(paths: Path | str | Sequence[Path | str]) -> FleetTables:
    """The tables of a readiness folder, or of files named after their tables.

    Raises IntendanceError with file, row and field: ``sustainment.missing``,
    ``sustainment.unknown-file``, ``sustainment.unknown-name``, ``sustainment.duplicate``,
    ``sustainment.cycle``, ``sustainment.value``, or a code of ``read_table``.
    """
    given = [Path(paths)] if isinstance(paths, str | Path) else [Path(each) for each in paths]
    files = _files(given)
    tables: dict[str, Any] = {
        name: tuple(read_table(path, ROWS[name])) for name, path in files.items()
    }
    found = FleetTables(**tables)
    names = {name: str(path) for name, path in files.items()}
    check_fleet(found, names)
    return found


def check_fleet(tables: FleetTables, names: Mapping[str, str] | None = None) -> None:
    """Raises the first error in the tables; ``names`` are the files they came from."""
    for problem in problems(tables):
        raise problem.error(names)


def _files(given: Sequence[Path]) -> dict[str, Path]:
    whole = len(given) == 1 and given[0].is_dir()
    if whole:
        found = [
            each
            for each in sorted(given[0].iterdir())
            if each.is_file() and not each.name.startswith(".") and each.suffix not in _NOTES
        ]
    else:
        found = list(given)
    files: dict[str, Path] = {}
    for path in found:
        if not path.exists():
            raise IntendanceError(
                "input.missing", expected="a folder or a table", got="nothing", where=str(path)
            )
        if path.stem not in ROWS or path.suffix.lower() not in FORMATS:
            raise IntendanceError(
                "sustainment.unknown-file",
                expected="a table of a fleet, " + ", ".join(ROWS),
                got=repr(path.name),
                where=str(path),
                remedy=nearest(path.stem, ROWS),
            )
        if path.stem in files:
            raise IntendanceError(
                "sustainment.duplicate",
                expected="one file a table",
                got=f"{files[path.stem].name} and {path.name}",
                where=str(path),
            )
        files[path.stem] = path
    for name in REQUIRED:
        if name not in files:
            raise IntendanceError(
                "sustainment.missing",
                expected=f"a table {name} (.csv, .xlsx or .parquet)",
                got="none",
                where=", ".join(map(str, given)),
            )
    return files
