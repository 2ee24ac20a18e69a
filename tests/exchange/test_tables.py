"""Any table by a mapping, a first mapping from headings, and tables that users fill in."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from intendance.catalogue import Catalogue
from intendance.cli._main import run
from intendance.exchange import (
    TEMPLATES,
    guess_mapping,
    read_any,
    read_mapping,
    read_supply,
    write_supply_template,
)
from intendance.ledger import Ledger
from intendance.terms import IntendanceError

TABLE = """Giver;Gets;What;How many;When;State;Link
Latvia;Ukraine;helmet;1,200;04/10/2022;pledged;https://example.org/a
Estonia;Ukraine;D-30 howitzer;9;2022-05-01;gone;.
"""
MAPPING = """name = "demo"
publisher = "An Invented Bureau"
[columns]
actor = "Giver"
recipient = "Gets"
item = "What"
quantity = "How many"
time = "When"
act = "State"
source = "Link"
[acts]
gone = "deliver"
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def mapping(folder: Path, text: str = MAPPING) -> Path:
    path = folder / "map.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_become_statements(table: Path, tmp_path: Path, catalogue: Catalogue) -> None:
    made = read_any(table, read_mapping(mapping(tmp_path)), catalogue)
    (reading,) = made
    first, second = reading.statements
    assert reading.report.publisher == "An Invented Bureau"
    assert (first.act, first.item, first.rule) == ("promise", "helmet", "demo:row")
    assert (str(first.quantity.low), first.quantity.high) == ("1.2", 1200)
    assert (first.time.start, first.time.end) == ("2022-04-10", "2022-10-04")
    assert first.attribution == ("example.org/a",)
    assert (second.act, second.item, second.quantity.exact) == ("deliver", "d-30", 9)
    assert reading.text[second.start : second.end] == second.quote
    assert second.source_row == "row 3: Giver, Gets, What, How many, When, State, Link"


def test_a_first_mapping_is_one(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "My list.csv"
    path.write_text(
        "Donor,Recipient,Item,Quantity,Colour,Status\nLatvia,Ukraine,helmet,5,grey,Delivered\n"
        "Latvia,Ukraine,helmet,5,grey,Lent\n"
    )
    text = guess_mapping(path)
    found = tomllib.loads(text)
    assert found["name"] == "my-list"
    assert found["columns"] == {
        "actor": "Donor", "recipient": "Recipient", "item": "Item", "quantity": "Quantity",
        "act": "Status",
    }  # fmt: skip
    assert found["acts"] == {"Delivered": "deliver"}
    assert '# not used: "Colour"' in text
    assert '# "Lent" = ""' in text
    made = read_any(path, read_mapping(mapping(tmp_path, text)), catalogue)
    assert [said.act for reading in made for said in reading.statements] == ["deliver"]
    assert [(each.row, each.column, each.reason) for each in made.rejected] == [
        (3, "Status", "act")
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('item = "What"\n', ""), "a column or a constant for item"),
        (('actor = "Giver"', 'donor = "Giver"'), "got 'donor'"),
        (('gone = "deliver"', 'gone = "vanish"'), "got 'vanish'"),
        (('name = "demo"', 'name = "a:b"'), "a name without a colon"),
        (('name = "demo"', "name = demo"), "a mapping in TOML"),
        (('name = "demo"', 'name = "demo"\nshape = 1'), "unknown field `shape`"),
    ],
)
def test_a_mapping_that_is_wrong_says_where(
    change: tuple[str, str], words: str, tmp_path: Path
) -> None:
    with pytest.raises(IntendanceError, match=words) as caught:
        read_mapping(mapping(tmp_path, MAPPING.replace(*change)))
    assert caught.value.code == "import.mapping"


def test_a_column_of_the_mapping_must_be_there(
    table: Path, tmp_path: Path, catalogue: Catalogue
) -> None:
    other = read_mapping(mapping(tmp_path, MAPPING.replace('"Link"', '"Web"')))
    with pytest.raises(IntendanceError, match="none for source in the first 3 rows"):
        read_any(table, other, catalogue)


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_template_comes_in_as_it_is(kind: str, tmp_path: Path, catalogue: Catalogue) -> None:
    (path,) = write_supply_template(kind, tmp_path)
    with Ledger.open(tmp_path / "ledger.db", catalogue=catalogue) as ledger:
        kept = read_supply(ledger, kind, path, owner="Finance")
        assert (kept.kind, kept.name, len(kept.rows)) == (kind, kind, 1)
        assert ledger.supplied(kind) == [kept]
        assert ledger.verify().ok
    with pytest.raises(FileExistsError):
        write_supply_template(kind, tmp_path)


def test_a_newer_table_supersedes_and_the_older_stays(tmp_path: Path, catalogue: Catalogue) -> None:
    (path,) = write_supply_template("price", tmp_path)
    with Ledger.open(tmp_path / "ledger.db", catalogue=catalogue) as ledger:
        read_supply(ledger, "price", path)
        read_supply(ledger, "price", path)
        assert len(ledger.supplied(history=True)) == 1
        path.write_text(path.read_text().replace("3200", "3300"))
        read_supply(ledger, "price", path)
        (now,) = ledger.supplied()
        assert now.rows[0]["price"] == "3300"
        assert [each.rows[0]["price"] for each in ledger.supplied(history=True)] == ["3300", "3200"]


def test_what_is_wrong_in_a_filled_table_is_named(tmp_path: Path, catalogue: Catalogue) -> None:
    (path,) = write_supply_template("price", tmp_path)
    good = path.read_text()
    with Ledger.open(tmp_path / "ledger.db", catalogue=catalogue) as ledger:
        path.write_text(good.replace("3200", "dear"))
        with pytest.raises(IntendanceError, match=r"row 2, field 'price'"):
            read_supply(ledger, "price", path)
        path.write_text(good.replace("155mm-shell", "qwxz"))
        with pytest.raises(IntendanceError, match="row 2, field 'item'"):
            read_supply(ledger, "price", path)
        assert not ledger.supplied()


def test_the_commands(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = str(tmp_path / "ledger.db")
    assert run(["import", "table", str(table), "--guess"]) == 0
    assert "[columns]" in capsys.readouterr().out
    rules = str(mapping(tmp_path))
    assert run(["import", "table", str(table), "--map", rules, "--db", db, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["statements"] == 2
    assert run(["template", "price", "--out", str(tmp_path / "t")]) == 0
    capsys.readouterr()
    filled = str(tmp_path / "t" / "price.csv")
    assert run(["import", "table", filled, "--as", "price", "--name", "mine", "--db", db]) == 0
    assert "Kept as price table 'mine': 1 rows." in capsys.readouterr().out
    assert run(["supplied", "--db", db, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "mine"
    assert run(["import", "table", str(table), "--db", db]) == 2
    assert "one of --map, --guess and --as" in capsys.readouterr().err
