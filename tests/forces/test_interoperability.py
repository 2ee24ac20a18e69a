"""Interoperability: standards, support, chains, complete rounds, transitions, what is missing."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intendance.catalogue import load_catalogue
from intendance.forces import (
    ApprovalRow,
    ChainRow,
    Position,
    TransitionRow,
    complete_rounds,
    missing,
    read_interoperability,
    shares,
    supply_chains,
    support,
    transition,
)
from intendance.forces._interop.transition import _most
from intendance.terms import IntendanceError, Interval, between, exactly

CATALOGUE = load_catalogue()


def held(nation: str, item: str, low: int, high: int | None = None) -> Position:
    figure = between(low, low if high is None else high)
    return Position(nation=nation, item=item, month="2024-06", stock=figure, expected=figure)


def test_shares_by_standard() -> None:
    found = shares(
        [held("POL", "t-72", 100, 120), held("POL", "leopard-2a4", 80), held("POL", "k2pl", 0)],
        CATALOGUE,
    )
    (tanks,) = found
    assert (tanks.nation, tanks.class_) == ("POL", "tank")
    assert (tanks.soviet, tanks.nato) == (between(100, 120), exactly(80))
    assert tanks.nato_percent == between(40, Decimal("44.5"))
    assert tanks.own_percent == exactly(0)
    assert tanks.soviet_percent == between(Decimal("55.5"), 60)


def test_without_inventory_nothing_is_said() -> None:
    silent = Position(nation="POL", item="t-72", month="2024-06", promised_in=exactly(9))
    assert shares([silent], CATALOGUE) == []
    assert missing([silent], CATALOGUE) == []


def test_who_can_fire_and_repair_whose() -> None:
    fuel = [ChainRow("tank", "fuel", "diesel")]
    found = support(
        [
            held("POL", "t-72", 100), held("BGR", "t-72", 50), held("DEU", "155mm-shell", 900),
            held("UKR", "m777", 20),
        ],
        fuel, CATALOGUE,
    )  # fmt: skip
    told = {(each.kind, each.nation, each.item, each.user, each.for_) for each in found}
    assert told == {
        ("fire", "DEU", "155mm-shell", "UKR", "m777"),
        ("repair", "POL", "t-72", "BGR", "t-72"),
        ("repair", "BGR", "t-72", "POL", "t-72"),
        ("fuel", "POL", "diesel", "BGR", "t-72"),
        ("fuel", "BGR", "diesel", "POL", "t-72"),
    }


def test_supply_chains_and_their_cost() -> None:
    rows = [ChainRow("t-72", "parts", "t-72-parts", Decimal(900))]
    found = supply_chains([held("POL", "t-72", 5), held("POL", "leopard-2a4", 5)], rows, CATALOGUE)
    told = [(each.kind, each.chain, each.items, each.cost_per_year) for each in found]
    assert ("parts", "t-72-parts", ("t-72",), Decimal(900)) in told
    assert ("parts", "leopard-2", ("leopard-2a4",), None) in told
    assert ("ammunition", "125mm-tank-round", ("t-72",), None) in told


def test_complete_rounds_name_what_is_short() -> None:
    rows = [ApprovalRow("m777", "155mm-shell", "propelling-charge", "fuze")]
    found = complete_rounds(
        [
            held("UKR", "155mm-shell", 100, 120), held("UKR", "propelling-charge", 70),
            held("UKR", "fuze", 90),
        ],
        rows, CATALOGUE,
    )  # fmt: skip
    assert [(each.gun, each.complete, each.short_of) for each in found] == [
        ("m777", exactly(70), ("propelling-charge",))
    ]
    (bare,) = complete_rounds([held("UKR", "155mm-shell", 100)], rows, CATALOGUE)
    assert (bare.complete, bare.short_of) == (exactly(0), ("fuze", "propelling-charge"))


PARTS = ("a", "b", "c")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(PARTS), min_size=1, max_size=3).map(tuple), min_size=1,
             max_size=3),
    st.fixed_dictionaries({name: st.integers(0, 4) for name in PARTS}),
)  # fmt: skip
def test_the_most_rounds_are_those_of_trying_all(
    rows: list[tuple[str, ...]], stocks: dict[str, int]
) -> None:
    best = max(
        sum(numbers)
        for numbers in product(range(5), repeat=len(rows))
        if all(
            sum(number * row.count(name) for number, row in zip(numbers, rows, strict=True)) <= most
            for name, most in stocks.items()
        )
    )
    assert _most(rows, stocks)[0] == best


def year(number: int, **more: int) -> TransitionRow:
    fields = {name: Decimal(value) for name, value in more.items()}
    return TransitionRow("POL", "152mm-howitzer", "155mm-howitzer", number, **fields, where="t:2")


def test_a_transition_with_the_ammunition_that_must_last() -> None:
    found = transition(
        [held("POL", "152mm-howitzer", 20), held("POL", "152mm-shell", 700, 900)],
        [year(2025, retire=10, receive=4, build=2, train=5, rounds_each=30),
         year(2026, retire=10, receive=10, train=20, rounds_each=30)],
        CATALOGUE,
    )  # fmt: skip
    first, second = found
    assert (first.old_held, first.new_held, first.crewed) == (exactly(10), exactly(6), exactly(5))
    assert (first.rounds_needed, first.rounds_left) == (exactly(600), between(100, 300))
    assert first.lasts == "yes"
    assert (second.rounds_needed, second.lasts) == (exactly(300), "maybe")
    assert (second.old_held, second.new_percent) == (exactly(0), exactly(100))
    assert second.crewed == exactly(16)


def test_a_transition_needs_a_stock_and_retires_no_more() -> None:
    with pytest.raises(IntendanceError) as caught:
        transition([], [year(2025, retire=1)], CATALOGUE)
    assert str(caught.value) == (
        "Expected an inventory row of POL 152mm-howitzer, got none - at t:2"
    )
    with pytest.raises(IntendanceError) as caught:
        transition([held("POL", "152mm-howitzer", 5)], [year(2025, retire=6)], CATALOGUE)
    assert str(caught.value) == ("Expected at most what is left, 5, got 6 - at t:2, field 'retire'")


def test_what_is_missing_and_what_an_added_gun_asks_for() -> None:
    (found,) = missing([held("POL", "152mm-howitzer", 5), held("POL", "m777", 3)], CATALOGUE)
    assert (found.item, found.standard, found.expected) == ("152mm-howitzer", "soviet", exactly(5))
    assert "155mm-howitzer" in found.replaced_by
    assert "155mm-shell" in found.ammunition


HEADS = {
    "chains": "item,kind,chain,cost_per_year",
    "approvals": "gun,shell,charge,fuze,primer",
    "transitions": "nation,old,new,year,retire,receive,build,train,rounds_each",
}


@pytest.mark.parametrize(
    ("table", "rows", "code", "words"),
    [
        ("chains", "t-72,fuel,diesel,-1\n", "forces.value", "0 or more, got -1 - at x.csv, row 2"),
        ("chains", "t-72,fuel,diesel,1\nmarder,fuel,diesel,2\n", "forces.duplicate",
         "Expected 1, as said of diesel before, got 2 - at x.csv, row 3, field 'cost_per_year'"),
        ("chains", "carpet,fuel,diesel,1\n", "forces.unknown-name", "row 2, field 'item'"),
        ("approvals", "m777,carpet,,,\n", "forces.unknown-name", "x.csv, row 2, field 'shell'"),
        ("approvals", "m777,155mm-shell,,,\nm777,155mm-shell,,,\n", "forces.duplicate",
         "Expected each combination once, got one a second time - at x.csv, row 3, field 'gun'"),
        ("transitions", "POL,t-72,k2pl,2026,1,,,,\nPOL,t-72,k2pl,2025,1,,,,\n", "forces.month",
         "Expected a later one than 2026 for POL t-72 k2pl, got 2025 - at x.csv, row 3"),
        ("transitions", "POL,t-72,k2pl,2025,-1,,,,\n", "forces.value",
         "Expected 0 or more, got -1 - at x.csv, row 2, field 'retire'"),
        ("transitions", "POL,t-72,k2pl,2025,1,,,,\nPOL,k2pl,t-72,2026,1,,,,\n", "forces.cycle",
         "Expected no circle, got k2pl > t-72 > k2pl - at x.csv, row 3, field 'new'"),
    ],
)  # fmt: skip
def test_wrong_tables(tmp_path: Path, table: str, rows: str, code: str, words: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"{HEADS[table]}\n{rows}", encoding="utf-8")
    with pytest.raises(IntendanceError) as caught:
        read_interoperability(CATALOGUE, **{table: path})
    assert caught.value.code == code
    assert words in str(caught.value)


def test_a_circle_of_kinds_that_replace_each_other(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        '[[kind]]\nid = "gun-one"\nclass = "tank"\nen = ["Gun One"]\nreplaces = ["gun-two"]\n'
        '[[kind]]\nid = "gun-two"\nclass = "tank"\nen = ["Gun Two"]\nreplaces = ["gun-one"]\n',
        encoding="utf-8",
    )
    with pytest.raises(IntendanceError) as caught:
        read_interoperability(load_catalogue([path]))
    assert caught.value.code == "forces.cycle"
    assert "Expected no circle, got gun-one > gun-two > gun-one - at the catalogue" in str(
        caught.value
    )


def test_shares_of_nothing_known() -> None:
    unknown = Position(
        nation="POL", item="t-72", month="2024-06", stock=Interval(None, 5, state="stated"),
        expected=Interval(),
    )  # fmt: skip
    (found,) = shares([unknown], CATALOGUE)
    assert not found.soviet.known
    assert found.nato_percent == exactly(0)
