"""``intendance plan fill``: a scenario's tables from the ledger."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Call

from intendance.planning import load_scenario

REPORTS = {
    "one.txt": (
        "date 2023-02-10\nGermany will deliver 14 Leopard 2A6 tanks to Ukraine by the end of June "
        "2025. Poland promised 30 T-72 tanks to Ukraine.\n"
    ),
    "two.txt": (
        "date 2022-05-02\nNorway will deliver 8 Leopard 2 tanks to Ukraine by the end of March "
        "2023.\n"
    ),
}
TABLES = {
    "scenario.toml": 'name = "one"\nstart = "2025-01"\nmonths = 12\n',
    "nations.csv": "nation\nUKR\nDEU\n",
    "items.csv": "item,price\nleopard-2,1\n",
    "requests.csv": "nation,item,month,quantity\nUKR,leopard-2,2025-03,1\n",
    "lines.csv": "line,item,capacity\nworks,leopard-2,1\n",
}


def _ready(home: Path, call: Call) -> Path:
    reports, folder = home / "reports", home / "scenario"
    for place, files in ((reports, REPORTS), (folder, TABLES)):
        place.mkdir()
        for name, content in files.items():
            (place / name).write_text(content, encoding="utf-8")
    assert call("read", "reports").status == 0
    return folder


def test_owed_and_records_are_written_and_load(home: Path, call: Call) -> None:
    folder = _ready(home, call)
    done = call("plan", "fill", "scenario", "--as-of", "2024-01-01")
    assert (done.status, done.err) == (0, "")
    said = done.out.splitlines()
    assert said[0].endswith("owed.csv: one row.")
    assert said[1].endswith("records.csv: one row.")
    assert said[2:] == [
        "Left out of owed: one commitment of something that is no item of the scenario.",
        "Left out of owed: one commitment due before the scenario begins.",
    ]
    scenario = load_scenario(folder)
    (owed,) = scenario.owed
    assert (owed.nation, owed.item, owed.month, owed.quantity, owed.donor) == (
        "UKR",
        "leopard-2",
        "2025-06",
        14,
        "DEU",
    )
    (record,) = scenario.records
    assert (record.donor, record.promises, record.late, record.broken) == ("NOR", 1, 0, 1)
    why = call("why", owed.source)
    assert "14 Leopard 2A6" in why.out


def test_what_is_left_out_is_listed_as_json(home: Path, call: Call) -> None:
    _ready(home, call)
    rows = call("plan", "fill", "scenario", "--as-of", "2024-01-01", "--json").rows()
    assert sorted((row["table"], row["reason"]) for row in rows) == [
        ("owed", "item"),
        ("owed", "past"),
    ]


def test_tables_that_are_there_stay(home: Path, call: Call) -> None:
    folder = _ready(home, call)
    (folder / "owed.csv").write_text("nation,item,month,quantity\n", encoding="utf-8")
    before = sorted(path.name for path in folder.iterdir())
    done = call("plan", "fill", "scenario", "--json")
    assert done.status == 1
    assert done.error()["message"] == (
        "Expected a folder without these tables, got owed.csv, there already - at scenario"
    )
    assert sorted(path.name for path in folder.iterdir()) == before
    assert call("plan", "fill", "scenario", "--replace").status == 0


def test_requests_are_written_when_asked_for(home: Path, call: Call) -> None:
    folder = _ready(home, call)
    done = call("plan", "fill", "scenario", "--table", "requests", "--replace", "--language", "fr")
    assert done.status == 0
    assert "requests.csv : 0 ligne" in done.out
    assert sorted(path.name for path in folder.iterdir()) == sorted(TABLES)
