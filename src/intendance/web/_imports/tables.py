"""Tables that nations supply of their own: checked, compared, and put together for the pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

import msgspec

from intendance import forces
from intendance.catalogue import Catalogue
from intendance.forces import InventoryRow, RequirementRow, join_supplied
from intendance.ledger import Supplied
from intendance.sustainment import (
    BatchRow,
    FleetRow,
    FleetTables,
    PartRow,
    RateRow,
    ShopRow,
    SpareRow,
    check_fleet,
)
from intendance.terms import IntendanceError
from intendance.web._imports.compared import FieldChange, RowChange, RowChanges
from intendance.web._imports.numbers import check_numbers

FLEET: Final[dict[str, type[msgspec.Struct]]] = {
    "fleets": FleetRow, "parts": PartRow, "rates": RateRow, "shops": ShopRow, "spares": SpareRow,
    "batches": BatchRow,
}  # fmt: skip
_NEEDED: Final = frozenset({"fleets", "parts", "rates", "shops"})
_FIRST_ROW: Final = 2

_R = TypeVar("_R", bound=msgspec.Struct)
Row = Mapping[str, Any]
Tables = Callable[[str], Sequence[Supplied]]
"""Gives the tables of a kind."""


def rows_of(table: Supplied, kind: type[_R]) -> list[_R]:
    """The rows of a kept table as what they are."""
    return msgspec.convert(list(table.rows), list[kind], strict=False)  # type: ignore[valid-type]


def joined(
    first: forces.Supplied,
    catalogue: Catalogue,
    inventories: Sequence[Supplied],
    requirements: Sequence[Supplied],
) -> forces.Supplied:
    """Inventories and requirements put together, the oldest first; one that fits no more (its
    items are in the catalogue no longer) is left out."""
    found = first
    for each in sorted(inventories, key=lambda one: one.when):
        try:
            found = join_supplied(found, catalogue, [(_called(each), rows_of(each, InventoryRow))])
        except IntendanceError:
            continue
    for each in sorted(requirements, key=lambda one: one.when):
        try:
            rows = [(_called(each), rows_of(each, RequirementRow))]
            found = join_supplied(found, catalogue, requirements=rows)
        except IntendanceError:
            continue
    return found


def fleets_in(tables: Tables) -> list[FleetTables]:
    """The fleets of every owner whose tables are all there and fit together."""
    found = []
    for name, held in sorted(_fleets(tables).items()):
        if held.keys() >= _NEEDED:
            try:
                made = _fleet(held)
                check_fleet(made, {kind: f"{name} {kind}" for kind in held})
            except IntendanceError:
                continue
            found.append(made)
    return found


def check_table(catalogue: Catalogue, table: Supplied, tables: Tables) -> None:
    """Raises the first error in a table, by itself and beside those that are held.

    Tables of a fleet are checked together once all of them are there.
    """
    if table.kind == "inventory":
        join_supplied(forces.Supplied(), catalogue, [(table.file, rows_of(table, InventoryRow))])
    elif table.kind == "requirement":
        held = joined(forces.Supplied(), catalogue, tables("inventory"), ())
        rows = rows_of(table, RequirementRow)
        fit = join_supplied(held, catalogue, requirements=[(table.file, rows)]).requirements
        if len(fit) < len(rows):
            raise IntendanceError(
                "forces.requirement", expected="an inventory of each nation and item",
                got=f"none for {len(rows) - len(fit)} rows", where=table.file,
                remedy="Add the inventory first.",
            )  # fmt: skip
    elif table.kind in FLEET:
        beside = {**_fleets(tables).get(table.name, {}), table.kind: table}
        if beside.keys() >= _NEEDED:
            check_fleet(_fleet(beside), {kind: each.file for kind, each in beside.items()})
    else:
        check_numbers(catalogue, table)


def compare_rows(held: Sequence[Row], come: Sequence[Row], key: Sequence[str]) -> RowChanges:
    """The rows of a table beside those of the one that it takes the place of."""
    before = {_key(each, key): each for each in held}
    now = {_key(each, key) for each in come}
    rows, same = [], 0
    for number, each in enumerate(come, _FIRST_ROW):
        old = before.get(_key(each, key))
        if old == each:
            same += 1
            continue
        rows.append(_told(number, each, old))
    new = sum(each.what == "new" for each in rows)
    gone = [
        RowChange(row=str(number), what="gone", quote=_line(each))
        for number, each in enumerate(held, _FIRST_ROW)
        if _key(each, key) not in now
    ]
    return RowChanges(
        new=new, changed=len(rows) - new, same=same, gone=len(gone), rows=(*rows, *gone)
    )


def _told(number: int, row: Row, old: Row | None) -> RowChange:
    if old is None:
        return RowChange(row=str(number), what="new", quote=_line(row))
    fields = tuple(
        FieldChange(name, _text(old.get(name)), _text(row.get(name)))
        for name in {**old, **row}
        if old.get(name) != row.get(name)
    )
    return RowChange(row=str(number), what="changed", fields=fields, quote=_line(row))


def _line(row: Row) -> str:
    return " | ".join(f"{name}: {value}" for name, value in row.items() if value not in (None, ""))


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _key(row: Row, key: Sequence[str]) -> tuple[str, ...]:
    return tuple(_text(row.get(name)) for name in key)


def _called(table: Supplied) -> str:
    return f"{table.name} {table.kind}"


def _fleets(tables: Tables) -> dict[str, dict[str, Supplied]]:
    found: dict[str, dict[str, Supplied]] = defaultdict(dict)
    for kind in FLEET:
        for each in tables(kind):
            found[each.name][kind] = each
    return found


def _fleet(held: Mapping[str, Supplied]) -> FleetTables:
    made: dict[str, Any] = {kind: tuple(rows_of(each, FLEET[kind])) for kind, each in held.items()}
    return FleetTables(**made)
