"""What is done with an uploaded file: read apart, compared with what is held, written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import msgspec

from intendance.exchange import Apart, AsMapping, AsStatements, AsTable, Bounds, read_apart
from intendance.ledger import Added, Preview, Rejected, Supplied
from intendance.terms import Report, Statement
from intendance.web._demand.uploads import DemandFor, check_demand
from intendance.web._imports.compared import RowChanges, compared
from intendance.web._imports.kinds import import_kinds
from intendance.web._imports.tables import Row, check_table, compare_rows
from intendance.web._markings import Label, cell

if TYPE_CHECKING:
    from intendance.exchange import Source
    from intendance.web._desk import Desk

Rows = Callable[[int], None]

_MAPPING: Final = "mapping.toml"


class FileAsked(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was uploaded, where it is kept, and how it is to be read and by whom seen."""

    kind: str
    name: str
    path: Path
    label: Label
    mapping: str | None = None
    published: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    owner: str = ""
    target: DemandFor | None = None


class FileOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a file holds, and what writing it would change."""

    rows: int
    statements: int
    changes: RowChanges
    preview: Preview
    rejected: tuple[Rejected, ...]
    dropped: tuple[str, ...]
    notes: tuple[str, ...]
    reports: tuple[str, ...]
    apart: Apart
    table: Supplied | None = None

    @property
    def reasons(self) -> dict[str, int]:
        """Why rows were set aside, and how many for each reason."""
        return dict(sorted(Counter(each.reason for each in self.rejected).items()))


def guess(asked: FileAsked, bounds: Bounds) -> str:
    """A first mapping for a table of nobody known, for the user to mend."""
    wanted = AsMapping(file=str(asked.path), encoding=asked.encoding, sheet=asked.sheet)
    return read_apart(wanted, asked.path.parent, bounds).told.mapping


def look(
    desk: Desk, asked: FileAsked, catalogue: Sequence[Path], bounds: Bounds, rows: Rows
) -> FileOutcome:
    """Reads a file in a process of its own and says what it would change; nothing is written."""
    if import_kinds()[asked.kind].becomes != "statements":
        return _look_at_table(desk, asked, catalogue, bounds)
    found = read_apart(_wanted(asked, catalogue), asked.path.parent, bounds, rows)
    said: list[Statement] = []
    reports: list[Report] = []
    for reading in found.readings():
        said += reading.statements
        reports.append(reading.report)
    held = desk.newest_edition(reports[0]) if reports else []
    return FileOutcome(
        rows=found.told.rows,
        statements=found.told.statements,
        changes=compared(held, said),
        preview=desk.would_bring(found.readings(), found.told.statements),
        rejected=found.told.rejected,
        dropped=found.told.dropped,
        notes=found.told.notes,
        reports=tuple(dict.fromkeys(each.id for each in reports)),
        apart=found,
    )


def _look_at_table(
    desk: Desk, asked: FileAsked, catalogue: Sequence[Path], bounds: Bounds
) -> FileOutcome:
    wanted = AsTable(
        file=str(asked.path), kind=asked.kind, encoding=asked.encoding, sheet=asked.sheet,
        catalogue=tuple(str(each) for each in catalogue),
    )  # fmt: skip
    found = read_apart(wanted, asked.path.parent, bounds)
    table = Supplied(
        kind=asked.kind, name=asked.owner, file=asked.name, file_hash=found.told.file_hash,
        owner=asked.owner, marking=cell(asked.label) or None, when="", rows=found.told.table,
    )  # fmt: skip
    held = _checked(desk, asked, table)
    return FileOutcome(
        rows=len(table.rows),
        statements=0,
        changes=compare_rows(held, table.rows, import_kinds()[asked.kind].key),
        preview=Preview(Added()),
        rejected=(), dropped=(), notes=(), reports=(),
        apart=found,
        table=table,
    )  # fmt: skip


def _checked(desk: Desk, asked: FileAsked, table: Supplied) -> Sequence[Row]:
    """Checks a table; gives the rows of the one that it would take the place of."""
    if asked.target is not None:
        check_demand(asked.target.place, table.rows, asked.name)
        return asked.target.held
    check_table(desk.catalogue, table, desk.supplied)
    held = next((each for each in desk.supplied(asked.kind) if each.name == asked.owner), None)
    return () if held is None else held.rows


def _wanted(asked: FileAsked, catalogue: Sequence[Path]) -> AsStatements:
    mapping: Path | None = None
    if asked.mapping is not None:
        mapping = asked.path.parent / _MAPPING
        mapping.write_text(asked.mapping, encoding="utf-8")
    return AsStatements(
        file=str(asked.path),
        source=cast("Source", asked.kind),
        mapping=None if mapping is None else str(mapping),
        published=asked.published,
        encoding=asked.encoding,
        sheet=asked.sheet,
        catalogue=tuple(str(each) for each in catalogue),
    )


def write(desk: Desk, asked: FileAsked, seen: FileOutcome) -> FileOutcome:
    """Writes what was looked at: those very readings, all of them or nothing."""
    if seen.table is not None and asked.target is not None:
        desk.submit(asked.target, seen.table.rows, asked.label)
        return seen
    if seen.table is not None:
        desk.supply(seen.table, asked.label)
        return seen
    desk.bring(seen.apart.readings, seen.rejected, seen.reports, asked.label)
    return seen
