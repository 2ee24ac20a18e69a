"""``intendance catalogue`` and ``errors``: looking things up."""

from __future__ import annotations

from pathlib import Path

from intendance.terms import error_kinds

from .conftest import Call


def test_a_name_in_any_language_finds_its_entry(call: Call) -> None:
    for name in ("léopard 2", "Leopard 2", "leopard-2"):
        (row,) = call("catalogue", name, "--json").rows()
        assert (row["id"], row["table"]) == ("leopard-2", "kind")


def test_an_entry_is_described_line_by_line(call: Call) -> None:
    done = call("catalogue", "Slovaquie")
    assert done.out.splitlines()[0].startswith("SVK  Slovakia (nation)")
    assert "names (fr): Slovaquie" in done.out


def test_an_unknown_name_is_one_clear_line(call: Call) -> None:
    done = call("catalogue", "unobtainium")
    assert done.status == 2
    assert done.err.startswith("error catalogue.unknown: ")


def test_the_list_is_filtered_by_table_and_class(call: Call) -> None:
    nations = call("catalogue", "--table", "nation", "--json").rows()
    assert {row["table"] for row in nations} == {"nation"}
    assert len(nations) > 40
    tanks = call("catalogue", "--in", "tank", "--table", "kind", "--json").rows()
    assert "leopard-2a6" in {row["id"] for row in tanks}
    assert "caesar" not in {row["id"] for row in tanks}
    assert call("catalogue", "--in", "tank", "--table", "nation").out == "No such entry.\n"


def test_a_table_that_is_none_is_one_clear_line(call: Call) -> None:
    done = call("catalogue", "--table", "guns")
    assert done.status == 2
    assert done.err.startswith("error filter.invalid: Expected one of the tables ")
    assert done.err.endswith("got 'guns' - at --table. Name a table of the catalogue.\n")


def test_an_entry_of_ones_own_is_found(call: Call, home: Path) -> None:
    (home / "own.toml").write_text(
        "[[kind]]\nid = 'zmaj-9'\nclass = 'tank'\nen = ['Zmaj 9']\n",
        encoding="utf-8",
    )
    (row,) = call("catalogue", "Zmaj 9", "--catalogue", "own.toml", "--json").rows()
    assert (row["id"], row["class"]) == ("zmaj-9", "tank")


def test_every_error_code_is_listed(call: Call) -> None:
    rows = call("errors", "--json").rows()
    assert [row["code"] for row in rows] == list(error_kinds())
    assert call("errors").out.startswith("code ")
