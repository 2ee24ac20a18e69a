"""``intendance position`` from the command line: the demo's ledger and the worked example."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Call = Callable[..., Any]

DEMO = Path(__file__).parents[2] / "src/intendance/demo/reports"


@pytest.fixture
def coalition(call: Call) -> tuple[str, ...]:
    """The worked example, read; gives the options that name its files."""
    assert call("template", "forces", "--out", "coalition").status == 0
    catalogue = ("--catalogue", "coalition/catalogue.toml")
    assert call("read", "coalition/reports", *catalogue).status == 0
    return (
        *catalogue, "--inventory", "coalition/inventory.csv", "--requirements",
        "coalition/requirements.csv", "--as-of", "2024-07-31",
    )  # fmt: skip


def test_the_worked_example(call: Call, coalition: tuple[str, ...]) -> None:
    found = {(e["nation"], e["item"]): e for e in call("position", *coalition, "--json").rows()}
    shells = found[("XAR", "155mm-shell")]
    assert list(shells)[:14] == [
        "nation", "item", "month", "stock", "on_order", "promised_in", "promised_out", "in_repair",
        "fit", "requirement", "floor", "cover_days", "from", "expected",
    ]  # fmt: skip
    assert shells["month"] == "2024-07"
    assert (shells["stock"]["low"], shells["stock"]["high"]) == (52000, 72000)
    assert (shells["expected"]["low"], shells["expected"]["high"]) == (48000, 72000)
    assert shells["promised_out"]["low"] == shells["promised_out"]["high"] == 4000
    assert shells["requirement"]["low"] == 49500
    assert shells["cover_days"]["low"] == "31.5"
    assert shells["from"][:2] == ["inventory.csv:3", "requirements.csv:3"]
    assert shells["from"][2].startswith("c")
    unknown = found[("XCO", "leopard-2a4")]
    assert (unknown["stock"]["low"], unknown["stock"]["state"]) == (None, "unspecified")
    assert unknown["promised_in"]["low"] == 20


def test_promises_come_by_their_date(call: Call, coalition: tuple[str, ...]) -> None:
    rows = call(
        "position", *coalition, "--nation", "Belmora", "--item", "tank", "--at",
        "2024-11..2025-01", "--json",
    ).rows()  # fmt: skip
    expected = [(e["month"], e["expected"]["low"], e["expected"]["high"]) for e in rows]
    assert expected == [("2024-11", 140, 200), ("2024-12", 140, 140), ("2025-01", 140, 140)]
    assert [each["under_floor"] for each in rows] == ["maybe", "yes", "yes"]


def test_what_giving_more_would_do(call: Call, coalition: tuple[str, ...]) -> None:
    asked = ("position", *coalition, "--at", "2024-08..2025-06", "--give", "15")
    found = {(e["nation"], e["item"]): e for e in call(*asked, "--json").rows()}
    tanks = found[("XAR", "leopard-2a4")]
    assert (tanks["expected"]["low"], tanks["expected_after"]["low"]) == (100, 85)
    assert tanks["under_from"] is None
    assert tanks["under_from_after"] == "2024-08"
    assert tanks["under_surely_from"] is None
    assert tanks["under_surely_from_after"] == "2024-09"
    assert found[("XAR", "nasams")]["overdrawn_after"]["low"] == 9
    shown = call(*asked, "--language", "fr").out
    assert "sous plancher dès" in shown
    assert "à découvert de 9 : par ce don" in shown


def test_people_and_spreadsheets(call: Call, coalition: tuple[str, ...]) -> None:
    shown = call("position", *coalition, "--item", "T-72", "--nation", "XBE", "--at", "2025-01")
    assert "under its floor" in shown.out
    heading, row = call(
        "position", *coalition, "--item", "t-72", "--nation", "XBE", "--csv"
    ).out.splitlines()  # fmt: skip
    cells = dict(zip(heading.split(","), row.split(","), strict=True))
    assert (cells["stock.low"], cells["promised_out.high"]) == ("200", "60")


def test_the_demo_names_who_overdraws(call: Call) -> None:
    assert call("read", DEMO).status == 0
    Path("i.csv").write_text("nation,item,month,low\nSlovakia,BVP-1,2022-01,20\n", encoding="utf-8")
    asked = ("position", "--inventory", "i.csv", "--nation", "SVK", "--as-of", "2024-12-31")
    found = {each["item"]: each for each in call(*asked, "--json").rows()}
    bvp = found["bvp-1"]
    assert (bvp["stock"]["low"], bvp["stock"]["high"]) == (0, 20)
    assert bvp["overdrawn"]["high"] == 10
    (given,) = bvp["overdrawn_by"]
    why = call("why", given, "--json")
    assert "BVP-1" in why.out
    assert f"may be overdrawn by [0, 10]: {given[:10]}" in call(*asked).out
    # What was not published then is not counted then.
    early = call(*asked[:-1], "2022-11-30", "--json").rows()
    assert [each["item"] for each in early] == ["bvp-1"]
    assert early[0]["stock"]["low"] == 20


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--nation", "Atlantis"), "filter.invalid"),
        (("--item", "flying-carpet"), "filter.invalid"),
        (("--at", "2024"), "date.invalid"),
        (("--as-of", "yesterday"), "date.invalid"),
        (("--give", "-3"), "setting.invalid"),
        (("--give", "ten"), "setting.invalid"),
        (("--inventory", "none.csv"), "input.missing"),
    ],
)
def test_what_cannot_be_asked(
    call: Call, ledger: Path, arguments: tuple[str, ...], code: str
) -> None:
    del ledger
    ran = call("position", *arguments, "--json")
    assert ran.status != 0
    assert json.loads(ran.err)["code"] == code


def test_nothing_to_give_from(call: Call, ledger: Path) -> None:
    del ledger
    assert "No stock to give from" in call("position", "--give", "1").out


def test_templates(call: Call) -> None:
    assert call("template", "inventory", "--out", "mine").status == 0
    assert call("template", "requirements", "--out", "mine").status == 0
    assert sorted(each.name for each in Path("mine").iterdir()) == [
        "inventory.csv", "requirements.csv",
    ]  # fmt: skip
    assert call("template", "inventory", "--out", "mine", "--json").error()["code"] == (
        "output.unwritable"
    )


def test_match_and_interoperability(call: Call, coalition: tuple[str, ...]) -> None:
    folder = ("--priorities", "coalition/priorities.csv")
    first, second, third = call("match", *coalition, *folder, "--json").rows()
    assert (first["item"], first["priority"], first["state"]) == ("nasams", 1, "open")
    assert (second["item"], second["state"]) == ("155mm-shell", "partly")
    assert (second["covered"]["low"], second["left"]["high"]) == (12000, 18000)
    assert (third["holders"][0]["nation"], third["priority"]) == ("XBE", None)
    assert "en partie" in call("match", *coalition, "--language", "fr").out
    asked = ("interoperability", *coalition)
    rows = call(*asked, "--at", "2024-08..2025-01", "--nation", "XCO", "--json").rows()
    tanks = [each for each in rows if each["class"] == "tank"]
    assert len(tanks) == 6
    assert tanks[-1]["soviet_percent"]["low"] == 100
    years = call(
        *asked, "--view", "transition", "--transitions", "coalition/transitions.csv", "--json"
    ).rows()  # fmt: skip
    assert [each["year"] for each in years] == list(range(2025, 2035))
    assert years[-1]["lasts"] == "yes"
    rounds = call(
        *asked, "--view", "rounds", "--approvals", "coalition/approvals.csv", "--csv"
    ).out.splitlines()  # fmt: skip
    assert rounds[1].startswith("XAR,155mm-howitzer,2024-07,39000,39000")
    for view in ("support", "chains", "missing"):
        shown = call(*asked, "--view", view, "--chains", "coalition/chains.csv")
        assert (shown.status, shown.err) == (0, "")
        assert "XBE" in shown.out
    assert "name an inventory" in call("interoperability", *coalition[:2]).out


def test_giving_more_can_be_asked_of_one_nation(call: Call, coalition: tuple[str, ...]) -> None:
    asked = ("--nation", "Belmora", "--give", "10", "--at", "2024-08..2025-01", "--json")
    rows = call("position", *coalition, *asked).rows()
    assert [(each["nation"], each["item"]) for each in rows] == [
        ("XBE", "152mm-shell"), ("XBE", "s-300"), ("XBE", "t-72"),
    ]  # fmt: skip
    every = call("position", *coalition, *asked[2:]).rows()
    assert [each for each in every if each["nation"] == "XBE"] == rows


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("forces", "10 files in new: a worked example to replace by your own"),
        ("inventory", "1 file in new: fill it in and name it with --inventory."),
    ],
)
def test_templates_say_what_comes_next(call: Call, name: str, said: str) -> None:
    assert call("template", name, "--out", "new").out.startswith(said)
