"""Air defence in numbers: missiles go with launchers, the mix is proved best, errors are told."""

from __future__ import annotations

import random
import subprocess
import sys
from itertools import product
from pathlib import Path

import msgspec
import pytest

from intendance.forces import (
    AirDefence,
    AirDonation,
    AirHolding,
    AirNeed,
    AirSystem,
    AirTables,
    Interceptor,
    air_defence,
    air_table_texts,
    check_air_defence,
    check_mix,
    class_name,
    donation_effects,
    load_air_defence,
    range_classes,
    run_outs,
    threat_classes,
    write_air_template,
)
from intendance.forces._air_defence.rows import ROWS
from intendance.terms import IntendanceError

BASE = AirTables(
    systems=(
        AirSystem("tall", "long", 4, ("aircraft", "ballistic-missile"), 100),
        AirSystem("mid", "medium", 3, (), 40),
        AirSystem("small", "very-short", 2, (), None),
    ),
    interceptors=(
        Interceptor("tall-1", ("tall",), 5),
        Interceptor("mid-1", ("mid",), 1),
        Interceptor("both", ("mid", "small"), 2),
    ),
    inventories=(
        AirHolding("A", "tall", 2),
        AirHolding("A", "mid", 3),
        AirHolding("A", "mid-1", 7),
        AirHolding("A", "both", 1),
        AirHolding("B", "small", 2),
    ),
    needs=(
        AirNeed("A", "ballistic-missile", "long", 1, 0.5, 10),
        AirNeed("A", "cruise-missile", "*", 2, 0.25, 20),
        AirNeed("B", "drone", "*", 2, 0, 0, 2),
    ),
)


def changed(tables: AirTables, **rows: object) -> AirTables:
    return msgspec.structs.replace(tables, **rows)


def gaps(found: AirDefence) -> list[tuple[int, int]]:
    return [(each.gap, each.short) for each in found.cover]


def test_a_system_without_interceptors_covers_nothing():
    found = air_defence(BASE)
    assert gaps(found) == [(1, 5), (0, 0), (2, 0)]
    assert found.cover[1].systems == {"mid": 2}
    assert sum(found.cover[1].interceptors["mid"].values()) >= 6
    assert found.gap == 3
    assert found.findings == ()
    armed = changed(BASE, inventories=(*BASE.inventories, AirHolding("A", "tall-1", 4)))
    # four rounds load one system, but five were to last ten days
    assert gaps(air_defence(armed))[0] == (0, 1)
    assert air_defence(armed).cover[0].days == pytest.approx(8)


def test_interceptors_without_a_system_cover_nothing():
    tables = changed(BASE, inventories=(AirHolding("A", "tall-1", 99), AirHolding("B", "both", 9)))
    assert gaps(air_defence(tables)) == [(1, 5), (2, 5), (2, 0)]


def test_nothing_is_set_aside_twice():
    needs = (AirNeed("A", "cruise-missile", "*", 2), AirNeed("A", "drone", "*", 2, priority=3))
    found = air_defence(changed(BASE, needs=needs))
    # three systems but eight rounds: two loads; the first priority gets them
    assert gaps(found) == [(0, 0), (2, 0)]
    assert [level.aim for level in found.levels] == ["gap", "short"]
    assert found.levels[0].value == pytest.approx(2 / 3)


def test_of_needs_alike_the_earlier_row_is_served_first():
    needs = tuple(AirNeed("A", threat, "*", 1) for threat in ("drone", "aircraft"))
    one = changed(BASE, inventories=(AirHolding("A", "mid", 2), AirHolding("A", "mid-1", 3)))
    for order in (needs, needs[::-1]):
        assert gaps(air_defence(changed(one, needs=order))) == [(0, 0), (1, 0)]
    (row,) = donation_effects(
        changed(one, needs=needs, donations=(AirDonation("more", "A", "mid-1", 3),))
    )
    assert (row.threat, row.closes) == ("aircraft", True)


def test_the_budget_buys_rounds_for_launchers_before_launchers():
    found = air_defence(BASE, budget=20)
    assert gaps(found) == [(0, 1), (0, 0), (2, 0)]
    assert [(each.nation, each.item, each.number) for each in found.purchases] == [
        ("A", "tall-1", 4)
    ]
    # systems before days: rounds for one of B's launchers before the tenth day of A's supply
    assert gaps(air_defence(BASE, budget=25)) == [(0, 1), (0, 0), (1, 0)]
    more = air_defence(BASE, budget=33)
    assert gaps(more) == [(0, 0), (0, 0), (0, 0)]
    assert more.spent == 33
    assert all(level.proved and level.bound <= level.value + 1e-6 for level in more.levels)
    assert air_defence(BASE, budget=1e6).spent == 33


def every_mix(tables: AirTables, budget: float) -> float:
    """The least weighed gap, by trying all purchases and all ways to set systems aside."""
    (need, other) = tables.needs
    held = {row.item: row.number for row in tables.inventories}
    best = 1e9
    for x, y, rx, ry in product(range(4), range(4), range(7), range(7)):
        if 7 * x + 5 * y + 2 * rx + 3 * ry > budget:
            continue
        for x1, y1, x2 in product(range(5), range(5), range(5)):
            # x serves both needs, y the first only
            systems = x1 + x2 <= held.get("x", 0) + x and y1 <= held.get("y", 0) + y
            rounds = 2 * (x1 + x2) <= held.get("rx", 0) + rx and 3 * y1 <= held.get("ry", 0) + ry
            if systems and rounds:
                gap = max(need.systems - x1 - y1, 0) / need.priority
                best = min(best, gap + max(other.systems - x2, 0) / other.priority)
    return best


@pytest.mark.parametrize("seed", range(12))
def test_no_other_mix_leaves_less(seed: int):
    chance = random.Random(seed)
    tables = AirTables(
        systems=(AirSystem("x", "medium", 2, (), 7), AirSystem("y", "long", 3, (), 5)),
        interceptors=(Interceptor("rx", ("x",), 2), Interceptor("ry", ("y",), 3)),
        inventories=tuple(
            AirHolding("N", item, chance.randint(0, 3)) for item in ("x", "y", "rx", "ry")
        ),
        needs=(
            AirNeed("N", "aircraft", "*", chance.randint(1, 3), priority=chance.randint(1, 2)),
            AirNeed("N", "drone", "*", chance.randint(1, 3), priority=chance.randint(1, 2)),
        ),
    )
    budget = chance.randint(0, 25)
    found = air_defence(tables, budget)
    assert found.levels[0].value == pytest.approx(every_mix(tables, budget))
    assert found.levels[0].bound == pytest.approx(found.levels[0].value)
    assert found.findings == ()
    assert found.spent <= budget


def test_the_check_finds_what_is_wrong():
    good = air_defence(BASE, budget=33)
    assert check_mix(BASE, good.cover, good.purchases, 33) == []
    assert check_mix(BASE, good.cover, good.purchases, 30) == ["33 spent of 30"]
    found = check_mix(BASE, good.cover, (), 33)
    assert "A: 5 tall-1 set aside of 0" in found
    first = good.cover[0]

    def said(**fields: object) -> list[str]:
        cover = (msgspec.structs.replace(first, **fields), *good.cover[1:])
        return check_mix(BASE, cover, good.purchases, 33)

    where = "A ballistic-missile long: "
    assert where + "1 tall with 0 interceptors" in said(interceptors={}, short=5)
    assert where + "a gap of 1 with 1 of 1" in said(gap=1, covered=0)
    assert where + "2 interceptors short with 5 of 5" in said(short=2)
    assert where + "interceptors without a system" in said(systems={}, gap=1, covered=0)
    assert where + "mid is not for this" in said(systems={"mid": 1})
    wrong = {"tall": {"mid-1": 5}}
    assert where + "mid-1 in tall" in said(interceptors=wrong)
    assert where + "tall less than none" in said(interceptors={"tall": {"tall-1": -1}}, short=6)
    assert "A drone *: no such need" in said(threat="drone", range="*")
    assert "A ballistic-missile long: left out" in said(threat="drone", range="*")
    sold = (msgspec.structs.replace(good.purchases[0], item="small"),)
    name = f"{sold[0].number} small for {sold[0].nation}: not for sale"
    assert name in check_mix(BASE, good.cover, sold, 33)


def test_a_donation_closes_the_gap_that_it_fits_and_no_other():
    tables = changed(
        BASE,
        donations=(
            AirDonation("bare", "A", "tall", 2),
            AirDonation("rounds", "A", "tall-1", 5),
            AirDonation("kit", "B", "both", 4),
        ),
    )
    rows = {each.donation: each for each in donation_effects(tables)}
    assert rows["bare"].threat == ""
    assert (rows["rounds"].threat, rows["rounds"].closes) == ("ballistic-missile", True)
    assert (rows["rounds"].gap_before, rows["rounds"].gap_after) == (1, 0)
    assert (rows["rounds"].short_before, rows["rounds"].short_after) == (5, 0)
    assert (rows["kit"].nation, rows["kit"].gap_after, rows["kit"].closes) == ("B", 0, True)


def test_systems_fall_out_of_use_when_their_missiles_run_out():
    tables = changed(
        BASE,
        inventories=(
            AirHolding("A", "tall", 2),
            AirHolding("A", "mid", 3),
            AirHolding("A", "mid-1", 12, used=5, arriving=1),
            AirHolding("A", "both", 8, used=1),
            AirHolding("B", "small", 2),
            AirHolding("B", "both", 8, used=1, arriving=1),
            AirHolding("B", "mid", 0),
        ),
    )
    found = {(each.nation, each.system): each for each in run_outs(tables, "2026-09")}
    assert (found["A", "tall"].months, found["A", "tall"].month) == (0, "2026-09")
    assert (found["A", "mid"].months, found["A", "mid"].month) == (4, "2027-01")
    assert found["A", "mid"].interceptors == 20
    assert (found["B", "small"].months, found["B", "small"].month) == (None, "")
    assert ("B", "mid") not in found
    assert next(iter(run_outs(tables))).month == ""
    with pytest.raises(IntendanceError, match=r"a month as YYYY-MM, got '2026-13' - at start"):
        run_outs(tables, "2026-13")


def test_the_classes_are_data_in_both_languages():
    assert set(threat_classes()) == {"ballistic-missile", "cruise-missile", "aircraft", "drone"}
    assert list(range_classes()) == ["very-short", "short", "medium", "long"]
    for name in (*threat_classes(), *range_classes()):
        assert class_name(name, "en")
        assert class_name(name, "fr")
    assert class_name("drone", "fr") == "drone"
    assert class_name("unknown", "fr") == "unknown"


def test_no_table_has_a_column_for_a_place():
    columns = {field for row in ROWS.values() for field in row.__struct_fields__}
    assert not columns & {"place", "position", "site", "latitude", "longitude", "unit", "city"}


def test_the_template_is_a_whole_folder(tmp_path: Path):
    paths = write_air_template(tmp_path / "air")
    assert {path.stem for path in paths} == set(ROWS)
    tables = load_air_defence(tmp_path / "air")
    assert air_defence(tables).findings == ()
    for name, table in air_table_texts().items():
        assert list(table.columns) == list(ROWS[name].__struct_fields__)
        assert all(each.en and each.fr for each in table.columns.values())
    with pytest.raises(FileExistsError):
        write_air_template(tmp_path / "air")


WRONG = {
    "a negative stock": (
        ("inventories", "BOREA,falcon-m,3,", "BOREA,falcon-m,-3,"),
        "air-defence.value",
        "a whole number from 0 to 1e+09, got -3 - at {}/inventories.csv, row 2, field 'number'",
    ),
    "an unknown item": (
        ("inventories", "BOREA,falcon-m,3,", "BOREA,falcon,3,"),
        "air-defence.unknown-name",
        (
            "a system or interceptor of their tables, got 'falcon' - at {}/inventories.csv, row 2, "
            "field 'item'"
        ),
    ),
    "an unknown threat": (
        ("needs", "BOREA,cruise-missile", "BOREA,cruise"),
        "air-defence.unknown-name",
        (
            "a class of threat: ballistic-missile, cruise-missile, aircraft, drone, got 'cruise' "
            "- at {}/needs.csv, row 2, field 'threat'"
        ),
    ),
    "an unknown class": (
        ("systems", "falcon-m,medium", "falcon-m,middle"),
        "air-defence.unknown-name",
        (
            "a class of system: very-short, short, medium, long, got 'middle' - at {}/systems.csv, "
            "row 2, field 'range'"
        ),
    ),
    "an interceptor for an unknown system": (
        ("interceptors", "falcon-missile,falcon-m", "falcon-missile,falcon-x"),
        "air-defence.unknown-name",
        (
            "systems of the table systems, got 'falcon-x' - at {}/interceptors.csv, row 2, "
            "field 'systems'"
        ),
    ),
    "a need without inventory": (
        ("needs", "CALDERA,drone", "DELTA,drone"),
        "air-defence.no-inventory",
        (
            "a nation with a row in inventories, of 0 if it holds nothing, got 'DELTA' "
            "- at {}/needs.csv, row 5, field 'nation'"
        ),
    ),
    "twice": (
        ("inventories", "BOREA,old-star,4", "BOREA,falcon-m,4"),
        "air-defence.duplicate",
        (
            "each once, got BOREA falcon-m as in row 2 - at {}/inventories.csv, row 4, "
            "field 'nation, item'"
        ),
    ),
    "no load": (
        ("systems", "falcon-m,medium,6", "falcon-m,medium,0"),
        "air-defence.value",
        "a whole number from 1 to 1e+09, got 0 - at {}/systems.csv, row 2, field 'load'",
    ),
    "a system's name": (
        ("interceptors", "falcon-missile,falcon-m", "falcon-m,falcon-m"),
        "air-defence.value",
        (
            "a name that is no system's, got 'falcon-m' - at {}/interceptors.csv, row 2, "
            "field 'interceptor'"
        ),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_with_file_row_and_field(tmp_path: Path, name: str):
    (table, before, after), code, said = WRONG[name]
    folder = tmp_path / "air"
    write_air_template(folder)
    path = folder / f"{table}.csv"
    content = path.read_text(encoding="utf-8")
    assert before in content
    path.write_text(content.replace(before, after, 1), encoding="utf-8")
    if name == "a system's name":
        stocks = folder / "inventories.csv"
        stocks.write_text(stocks.read_text().replace("BOREA,falcon-missile,30,8,5\n", ""))
        (folder / "donations.csv").unlink()
    with pytest.raises(IntendanceError) as fault:
        load_air_defence(folder)
    assert fault.value.code == code
    assert fault.value.message == "Expected " + said.format(folder)


def test_folders_that_are_none_are_told(tmp_path: Path):
    with pytest.raises(IntendanceError, match="a folder, got nothing"):
        load_air_defence(tmp_path / "nowhere")
    folder = tmp_path / "air"
    write_air_template(folder)
    (folder / "needs.xlsx").write_bytes(b"")
    with pytest.raises(IntendanceError, match=r"one file a table, got needs\.csv and needs\.xlsx"):
        load_air_defence(folder)
    (folder / "needs.xlsx").rename(folder / "need.csv")
    with pytest.raises(IntendanceError, match=r"a table of systems, .* got 'need\.csv'") as fault:
        load_air_defence(folder)
    assert fault.value.remedy == "Write 'needs' if that is meant."
    (folder / "need.csv").unlink()
    (folder / "needs.csv").unlink()
    with pytest.raises(IntendanceError, match=r"a table needs .* got none"):
        load_air_defence(folder)
    with pytest.raises(IntendanceError, match="got -1 - at needs, row 2, field 'systems'"):
        check_air_defence(changed(BASE, needs=(AirNeed("A", "drone", "*", -1),)))


def test_settings_that_cannot_be_are_told():
    with pytest.raises(IntendanceError, match="a budget from 0 to 1e\\+15 and some seconds"):
        air_defence(BASE, budget=-1)
    with pytest.raises(IntendanceError) as fault:
        air_defence(BASE, seconds=1e-9, budget=500)
    assert fault.value.code == "air-defence.solver"


BLOCKED = """
import sys
sys.modules["highspy"] = None
from intendance.forces import AirTables, air_defence
from intendance.terms import IntendanceError
try:
    air_defence(AirTables((), (), (), ()))
except IntendanceError as fault:
    print(fault.code, fault.message)
"""


def test_a_missing_library_is_told():
    done = subprocess.run([sys.executable, "-c", BLOCKED], capture_output=True, text=True)
    assert (done.stderr, done.stdout) == (
        "",
        (
            "air-defence.extra-missing Expected HiGHS (highspy), to find the best mix, got none "
            "- at the installed packages\n"
        ),
    )
