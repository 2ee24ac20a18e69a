"""Fleets of our own making for the tests."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec

from intendance.sustainment import (
    FleetRow,
    FleetTables,
    PartRow,
    RateRow,
    ShopRow,
    SpareRow,
)

SMALL = FleetTables(
    fleets=(
        FleetRow("north", "gun", 20, 5),
        FleetRow("south", "gun", 10, 8),
        FleetRow("east", "truck", 40, 3),
    ),
    parts=(
        PartRow("engine", "gun", 1, 100),
        PartRow("barrel", "gun", 2, 60),
        PartRow("pump", "engine", 1, 10, share=0.6),
        PartRow("gearbox", "truck", 1, 40),
    ),
    rates=(
        RateRow("engine", 1.0, at_unit=0.2, at_depot=0.7),
        RateRow("engine", 1.5, at_unit=0.2, at_depot=0.7, fleet="south"),
        RateRow("barrel", 0.8, at_unit=0.0, at_depot=0.5),
        RateRow("pump", None, at_unit=0.1, at_depot=0.9),
        RateRow("gearbox", 0.5, at_unit=0.5, at_depot=0.5),
    ),
    shops=(
        ShopRow("unit", 4),
        ShopRow("depot", 30),
        ShopRow("maker", 120),
    ),
    spares=(
        SpareRow("engine", "depot", 2),
        SpareRow("engine", "north", 1),
        SpareRow("barrel", "depot", 3),
        SpareRow("pump", "depot", 1),
    ),
)


def write(folder: Path, tables: FleetTables = SMALL) -> Path:
    """The tables as CSV files."""
    folder.mkdir()
    for name in tables.__struct_fields__:
        rows = getattr(tables, name)
        if rows:
            fields = rows[0].__struct_fields__
            lines = [",".join(fields)]
            for row in rows:
                cells = (getattr(row, field) for field in fields)
                lines.append(",".join("" if each is None else _cell(each) for each in cells))
            (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _cell(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def drawn(seed: int, *, structured: bool) -> FleetTables:
    """A random fleet: two to four units of one system, two or three parts, one with parts."""
    chance = random.Random(seed)
    fleets = tuple(
        FleetRow(f"unit-{k}", "system", chance.randint(5, 30), float(chance.randint(2, 15)))
        for k in range(chance.randint(2, 4))
    )
    parts = [PartRow(f"part-{k}", "system", chance.randint(1, 2)) for k in range(2)]
    rates = [
        RateRow(
            part.part,
            round(chance.uniform(0.3, 2.5), 2),
            at_unit=round(chance.uniform(0, 0.4), 2),
            at_depot=round(chance.uniform(0.2, 0.6), 2),
        )
        for part in parts
    ]
    if structured:
        parts.append(PartRow("inner", "part-0", share=round(chance.uniform(0.2, 0.9), 2)))
        rates.append(RateRow("inner", None, at_unit=0.1, at_depot=0.7))
    shops = (
        ShopRow("unit", float(chance.randint(2, 8))),
        ShopRow("depot", float(chance.randint(15, 40))),
        ShopRow("maker", float(chance.randint(40, 90))),
    )
    spares = [
        SpareRow(part.part, place, chance.randint(0, 6 if place == "depot" else 3))
        for part in parts
        for place in ("depot", *(fleet.fleet for fleet in fleets))
    ]
    return FleetTables(fleets, tuple(parts), tuple(rates), shops, tuple(spares))


def with_rows(tables: FleetTables, **rows: object) -> FleetTables:
    """The tables with some of them replaced."""
    return msgspec.structs.replace(tables, **rows)
