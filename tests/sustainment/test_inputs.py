"""Readiness folders: the template loads, and each error names file, row, field."""

from __future__ import annotations

from pathlib import Path

import pytest

from intendance.sustainment import (
    FleetTables,
    check_fleet,
    fleet_table_texts,
    load_fleet,
    write_fleet_template,
)
from intendance.sustainment._rows import ROWS
from intendance.terms import IntendanceError

from .fleets import SMALL, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "force")


def test_the_template_is_a_whole_folder_and_is_never_written_over(tmp_path: Path):
    paths = write_fleet_template(tmp_path / "new")
    assert {path.stem for path in paths} == set(ROWS)
    found = load_fleet(tmp_path / "new")
    assert all(getattr(found, name) for name in ROWS)
    with pytest.raises(FileExistsError):
        write_fleet_template(tmp_path / "new")


def test_every_column_is_described_in_both_languages():
    for name, table in fleet_table_texts().items():
        assert list(table.columns) == list(ROWS[name].__struct_fields__)
        assert all(column.en and column.fr for column in table.columns.values())
        assert table.en != table.fr


def test_a_folder_and_its_files_one_by_one_are_the_same(folder: Path):
    assert load_fleet(folder) == SMALL
    assert load_fleet(sorted(folder.iterdir(), reverse=True)) == SMALL
    assert load_fleet(str(folder)) == SMALL


CHANGES = {
    "negative stock": (
        ("spares", 2, "engine,depot,2", "engine,depot,-2"),
        "sustainment.value",
        "a whole number from 0 to 1e+06, got -2 - at {}/spares.csv, row 2, field 'stock'",
    ),
    "share over 100 %": (
        ("rates", 4, "barrel,0.8,0.0,0.5,*", "barrel,0.8,0.0,1.2,*"),
        "sustainment.value",
        "a share from 0 to 1 (100 %), got 1.2 (120 %) - at {}/rates.csv, row 4, field 'at_depot'",
    ),
    "shares together over 100 %": (
        ("rates", 4, "barrel,0.8,0.0,0.5,*", "barrel,0.8,0.6,0.5,*"),
        "sustainment.value",
        (
            "at_unit and at_depot of together at most 1 (100 %), got 1.1 (110 %) "
            "- at {}/rates.csv, row 4, field 'at_depot'"
        ),
    ),
    "repairs needed over 100 %": (
        ("parts", 5, "gearbox,truck,1,40,,true", "gearbox,engine,1,40,0.5,true"),
        "sustainment.value",
        (
            "shares of engine that add up to at most 1 (100 %), got 1.1 with this one "
            "- at {}/parts.csv, row 5, field 'share'"
        ),
    ),
    "unknown part": (
        ("spares", 3, "engine,north,1", "engin,north,1"),
        "sustainment.unknown-name",
        "a part of parts, got 'engin' - at {}/spares.csv, row 3, field 'part'",
    ),
    "unknown place": (
        ("spares", 3, "engine,north,1", "engine,nord,1"),
        "sustainment.unknown-name",
        "a fleet of fleets, or depot, got 'nord' - at {}/spares.csv, row 3, field 'place'",
    ),
    "unknown parent": (
        ("parts", 2, "engine,gun,1", "engine,guns,1"),
        "sustainment.unknown-name",
        "a system of fleets or a part, got 'guns' - at {}/parts.csv, row 2, field 'parent'",
    ),
    "twice": (
        ("fleets", 3, "south,gun", "north,gun"),
        "sustainment.duplicate",
        "each once, got north as in row 2 - at {}/fleets.csv, row 3, field 'fleet'",
    ),
    "a cycle": (
        ("parts", 2, "engine,gun,1,100,,true", "engine,pump,1,100,0.1,true"),
        "sustainment.cycle",
        (
            "parts that are not made of themselves, got engine in pump in engine "
            "- at {}/parts.csv, row 2, field 'parent'"
        ),
    ),
    "no share": (
        ("parts", 4, "pump,engine,1,10,0.6,true", "pump,engine,1,10,,true"),
        "sustainment.value",
        (
            "the share of the repairs of engine that need it, got an empty cell "
            "- at {}/parts.csv, row 4, field 'share'"
        ),
    ),
    "a share of a system": (
        ("parts", 2, "engine,gun,1,100,,true", "engine,gun,1,100,0.5,true"),
        "sustainment.value",
        (
            "no share: a part fitted to a system has a rate of failures, got 0.5 "
            "- at {}/parts.csv, row 2, field 'share'"
        ),
    ),
    "no failures": (
        ("rates", 4, "barrel,0.8,", "barrel,,"),
        "sustainment.value",
        (
            "failures a year of a part fitted to a system, got an empty cell "
            "- at {}/rates.csv, row 4, field 'failures'"
        ),
    ),
    "failures of an inner part": (
        ("rates", 5, "pump,,", "pump,2,"),
        "sustainment.value",
        (
            "no failures: they follow from the repairs of its parent, got 2 "
            "- at {}/rates.csv, row 5, field 'failures'"
        ),
    ),
    "no rate": (
        ("rates", 6, "gearbox,0.5,0.5,0.5,*\n", ""),
        "sustainment.missing",
        "a row of rates for gearbox and east, got none - at {}/parts.csv, row 5, field 'part'",
    ),
    "no shop": (
        ("shops", 4, "maker,120,*,*\n", ""),
        "sustainment.missing",
        (
            "days of repair of engine at the maker, in shops, got none, for 10 % of its repairs "
            "- at {}/rates.csv, row 2, field 'part'"
        ),
    ),
    "a maker for one fleet": (
        ("shops", 4, "maker,120,*,*", "maker,120,*,north"),
        "sustainment.value",
        "* : the maker serves every fleet, got 'north' - at {}/shops.csv, row 4, field 'fleet'",
    ),
    "a fleet called depot": (
        ("fleets", 3, "south,gun", "depot,gun"),
        "sustainment.value",
        "a name other than depot and *, got 'depot' - at {}/fleets.csv, row 3, field 'fleet'",
    ),
    "a part called as a system": (
        ("parts", 2, "engine,gun,1", "gun,gun,1"),
        "sustainment.value",
        "a name that is no system's, got 'gun' - at {}/parts.csv, row 2, field 'part'",
    ),
    "no number": (
        ("fleets", 2, "north,gun,20", "north,gun,many"),
        "table.value",
        "a whole number, got 'many' - at {}/fleets.csv, row 2, field 'number'",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_wrong_is_told_with_file_row_and_field(folder: Path, name: str):
    (table, row, before, after), code, said = CHANGES[name]
    path = folder / f"{table}.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert before in lines[row - 1]
    lines[row - 1] = lines[row - 1].replace(before, after)
    path.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(IntendanceError) as fault:
        load_fleet(folder)
    assert fault.value.code == code
    assert fault.value.message == "Expected " + said.format(folder)


def test_an_unknown_name_is_told_with_the_nearest_one(folder: Path):
    path = folder / "spares.csv"
    path.write_text("part,place,stock\nengin,depot,1\n", encoding="utf-8")
    with pytest.raises(IntendanceError) as fault:
        load_fleet(folder)
    assert fault.value.remedy == "Write 'engine' if that is meant."


def test_files_that_are_none_of_a_fleet_are_told(folder: Path, tmp_path: Path):
    (folder / "notes.md").write_text("left alone")
    assert load_fleet(folder) == SMALL
    (folder / "rates.xlsx").write_bytes(b"")
    with pytest.raises(IntendanceError, match=r"one file a table, got rates\.csv and rates\.xlsx"):
        load_fleet(folder)
    (folder / "rates.xlsx").rename(folder / "rate.csv")
    with pytest.raises(IntendanceError, match=r"a table of a fleet, fleets, .* got 'rate.csv'"):
        load_fleet(folder)
    (folder / "rate.csv").unlink()
    (folder / "shops.csv").unlink()
    with pytest.raises(IntendanceError) as fault:
        load_fleet(folder)
    assert fault.value.message == (
        f"Expected a table shops (.csv, .xlsx or .parquet), got none - at {folder}"
    )
    with pytest.raises(IntendanceError, match="a folder or a table, got nothing"):
        load_fleet(tmp_path / "nowhere.csv")


def test_tables_made_in_python_are_checked_alike():
    with pytest.raises(IntendanceError, match=r"got -1 - at fleets, row 2, field 'number'"):
        check_fleet(
            FleetTables(
                fleets=(type(SMALL.fleets[0])("north", "gun", -1),),
                parts=SMALL.parts,
                rates=SMALL.rates,
                shops=SMALL.shops,
            )
        )


def test_no_table_tells_where_anything_stands():
    columns = {field for row in ROWS.values() for field in row.__struct_fields__}
    assert not columns & {"position", "site", "latitude", "longitude", "city", "address"}
    # a place is a holder by name: the depot, the maker, or one of the folder's own fleets
    assert {name for name, row in ROWS.items() if "place" in row.__struct_fields__} == {
        "shops", "spares", "batches"
    }  # fmt: skip
