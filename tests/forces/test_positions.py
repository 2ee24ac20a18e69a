"""Positions against an oracle that tries every month, and the cases that the rules name."""

from __future__ import annotations

import importlib.util
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intendance.catalogue import load_catalogue
from intendance.forces import Asked, Position, Supplied, positions_of
from intendance.forces._inputs.rows import Held
from intendance.terms import (
    Commitment,
    Interval,
    Stage,
    StageState,
    TimeSpan,
    at_least,
    between,
    exactly,
)

NOW = "2024-06-30"
NOW_MONTH = 2024 * 12 + 5
START, END = NOW_MONTH - 7, NOW_MONTH + 7
NATIONS = ("DEU", "FRA", "POL", "UKR")
ITEMS = ("leopard-2a4", "155mm-shell")


def _oracle() -> ModuleType:
    name = "intendance_tests_forces_oracle"
    if name not in sys.modules:
        path = Path(__file__).parent / "oracle.py"
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


oracle = _oracle()


def month(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def days(first: int, last: int) -> TimeSpan:
    return TimeSpan(f"{month(first)}-01", f"{month(last)}-28")


def quantity(ends: tuple[Any, Any]) -> Interval:
    low, high = ends
    return Interval(low, high, state="unspecified" if low is None and high is None else "stated")


def commitment(number: int, one: Any) -> tuple[Commitment, str]:
    stages: dict[Stage, StageState] = {}
    if one.promised is not None:
        due = TimeSpan() if one.due is None else days(*one.due)
        stages["promised"] = StageState(quantity(one.promised), time=due)
    if one.given is not None:
        stages["delivered"] = StageState(quantity(one.given), time=days(*one.given_in))
    made = Commitment(
        id=f"c{number:020d}", anchor=f"s{number:020d}", donors=(one.donor,),
        recipient=one.recipient, item=one.item, stages=stages, furthest_stage=None,
        made_by=("rheinmetall",) if one.made else (),
    )  # fmt: skip
    return made, f"{month(one.first)}-15"


numbers = st.integers(0, 400) | st.decimals(0, 400, places=2)
ends = st.tuples(numbers, numbers).map(lambda pair: (min(pair), max(pair)))
open_ends = ends.flatmap(
    lambda pair: st.sampled_from(
        [pair, pair, (pair[0], pair[0]), (pair[0], None), (None, pair[1]), (None, None)]
    )
)  # fmt: skip
past = st.tuples(st.integers(START - 3, NOW_MONTH), st.integers(0, 6)).map(
    lambda pair: (pair[0], min(pair[0] + pair[1], NOW_MONTH))
)
future = st.tuples(st.integers(START, END), st.integers(0, 9)).map(
    lambda pair: (pair[0], pair[0] + pair[1])
)


@st.composite
def owed(draw: st.DrawFn) -> Any:
    donor, recipient = draw(st.permutations(NATIONS))[:2]
    promised = draw(st.none() | open_ends)
    gift = draw(open_ends if promised is None else st.none() | open_ends)
    return oracle.Owed(
        donor, recipient, draw(st.sampled_from(ITEMS)), draw(st.integers(START - 2, NOW_MONTH)),
        promised, draw(st.none() | future), gift, None if gift is None else draw(past),
        draw(st.booleans()),
    )  # fmt: skip


openings = st.dictionaries(
    st.tuples(st.sampled_from(NATIONS), st.sampled_from(ITEMS)),
    st.tuples(st.integers(START - 4, END), ends),
    max_size=6,
)


def shown(figure: Interval) -> Any:
    return oracle.Ends(figure.low, figure.high)


def floored(found: Any) -> Any:
    return oracle.Ends(*(None if end is None else max(end, 0) for end in found))


@settings(max_examples=25, deadline=None)
@given(st.lists(owed(), max_size=6), openings)
def test_positions_are_those_of_the_oracle(
    book: list[Any], opened: dict[tuple[str, str], tuple[int, tuple[Any, Any]]]
) -> None:
    catalogue = load_catalogue()
    supplied = Supplied(
        tuple(
            Held(nation, item, at, Decimal(low), Decimal(high), None, None, "i.csv:2")
            for (nation, item), (at, (low, high)) in opened.items()
        )
    )
    spoken = [commitment(number, one) for number, one in enumerate(book)]
    found = list(positions_of(spoken, catalogue, Asked(start=START, end=END), supplied, as_of=NOW))
    parties = {(p, one.item) for one in book for p in (one.donor, one.recipient)} | set(opened)
    assert {(each.nation, each.item) for each in found} == parties
    for each in found:
        at = int(each.month[:4]) * 12 + int(each.month[5:]) - 1
        _agrees(each, at, book, opened.get((each.nation, each.item)))


def _agrees(each: Position, at: int, book: list[Any], opening: Any) -> None:
    mine = [one for one in book if one.item == each.item]
    into = [one for one in mine if one.recipient == each.nation]
    out = [one for one in mine if one.donor == each.nation]
    total, left, came = oracle.total, oracle.outstanding, oracle.given_by
    assert shown(each.promised_in) == total([left(one, at) for one in into])
    assert shown(each.promised_out) == total([left(one, at) for one in out])
    assert shown(each.received) == total([came(one, at, -oracle.FOREVER) for one in into])
    assert shown(each.given) == total([came(one, at, -oracle.FOREVER) for one in out])
    assert shown(each.on_order) == (0, 0)
    if opening is None or at < opening[0]:
        assert not each.stock.known
        assert not each.expected.known
        return
    start = (opening[0], *opening[1])
    stock = oracle.stock(each.nation, each.item, start, at, book)
    assert shown(each.stock) == floored(stock)
    expected = stock
    if at >= NOW_MONTH:
        expected = oracle.stock(each.nation, each.item, start, at, book, now=NOW_MONTH)
    assert shown(each.expected) == floored(expected)
    short = oracle.Ends(*(None if end is None else -end for end in reversed(expected)))
    assert shown(each.overdrawn) == floored(short)
    if short.high is None or short.high > 0:
        draws = {
            f"c{number:020d}"
            for number, one in enumerate(book)
            if (one.donor, one.item, one.made) == (each.nation, each.item, False)
        }
        assert each.overdrawn_by
        assert set(each.overdrawn_by) <= draws


def one_line(
    stages: dict[Stage, StageState],
    supplied: Supplied | None = None,
    at: int = NOW_MONTH,
    **more: Any,
) -> dict[str, Position]:
    fields: dict[str, Any] = {
        "id": "c1", "anchor": "s1", "donors": ("DEU",), "recipient": "UKR", "item": "leopard-2a4",
        "stages": stages, "furthest_stage": None,
    }  # fmt: skip
    made = Commitment(**(fields | more))
    asked = Asked(start=at, end=at)
    catalogue = load_catalogue()
    found = positions_of([(made, "2024-01-10")], catalogue, asked, supplied or Supplied(), NOW)
    return {each.nation: each for each in found}


def test_unknown_stays_unknown_without_inventory() -> None:
    found = one_line({"promised": StageState(exactly(14))})
    assert found["UKR"].promised_in == exactly(14)
    assert found["DEU"].promised_out == exactly(14)
    assert not found["DEU"].stock.known
    assert not found["UKR"].fit.known
    assert found["UKR"].from_ == ("c1",)


@pytest.mark.parametrize(
    "more",
    [
        {"general": True},
        {"live": False},
        {"item": "nuclear-weapon"},
        {"item": "training"},
        {"item": None},
    ],
)
def test_what_is_never_summed_makes_no_position(more: dict[str, Any]) -> None:
    assert one_line({"promised": StageState(exactly(14))}, **more) == {}


def test_a_request_is_no_flow() -> None:
    assert one_line({"requested": StageState(exactly(7))}) == {}


def test_what_is_withdrawn_is_no_longer_owed() -> None:
    found = one_line({"promised": StageState(exactly(14)), "withdrawn": StageState()})
    assert found["UKR"].promised_in == exactly(0)


def test_of_a_joint_promise_each_donor_owes_from_nothing_to_all() -> None:
    found = one_line({"promised": StageState(at_least(100))}, donors=("DEU", "NLD"))
    assert found["UKR"].promised_in == at_least(100)
    assert found["NLD"].promised_out == at_least(0)


def test_an_order_is_part_of_what_is_promised() -> None:
    found = one_line(
        {
            "promised": StageState(exactly(6)),
            "contracted": StageState(exactly(4), time=days(NOW_MONTH - 3, NOW_MONTH - 3)),
            "delivered": StageState(exactly(1), time=days(NOW_MONTH - 1, NOW_MONTH - 1)),
        }
    )
    assert found["UKR"].promised_in == exactly(5)
    assert found["UKR"].on_order == exactly(3)


def test_an_order_without_recipient_is_the_nations_own() -> None:
    state = StageState(exactly(18), time=days(NOW_MONTH - 3, NOW_MONTH - 3))
    found = one_line({"contracted": state}, recipient=None)
    assert found["DEU"].on_order == exactly(18)
    assert found["DEU"].promised_out == exactly(0)


def test_about_more_than_and_secret_are_kept() -> None:
    about = one_line({"promised": StageState(between(90, 110, approx=True))})["UKR"].promised_in
    assert about == between(90, 110, approx=True)
    above = one_line({"promised": StageState(at_least(20, above=True))})["UKR"].promised_in
    assert (above.low, above.high, above.low_open) == (20, None, True)
    secret = one_line({"promised": StageState(Interval(state="undisclosed"))})["UKR"].promised_in
    assert (secret.low, secret.high, secret.state) == (None, None, "undisclosed")


def held(low: int, **more: Any) -> Held:
    fields: dict[str, Any] = {
        "nation": "DEU", "item": "leopard-2a4", "month": NOW_MONTH - 8, "low": Decimal(low),
        "high": Decimal(low), "repair": None, "fit_percent": None, "where": "i.csv:2",
    }  # fmt: skip
    return Held(**(fields | more))


def test_a_stock_that_is_overdrawn_names_what_takes_it() -> None:
    state = StageState(exactly(30), time=days(NOW_MONTH - 2, NOW_MONTH - 2))
    found = one_line({"delivered": state}, Supplied((held(20),)))["DEU"]
    assert found.stock == exactly(0)
    assert found.overdrawn == exactly(10)
    assert found.overdrawn_by == ("c1",)
    assert found.from_ == ("i.csv:2", "c1")


def test_what_comes_from_a_maker_leaves_no_stock() -> None:
    state = StageState(exactly(30), time=days(NOW_MONTH - 2, NOW_MONTH - 2))
    found = one_line({"contracted": state, "delivered": state}, Supplied((held(20),)))["DEU"]
    assert found.stock == exactly(20)
    assert found.given == exactly(30)


def test_what_is_fit_is_what_is_not_in_repair() -> None:
    state = StageState(exactly(5), time=days(NOW_MONTH - 2, NOW_MONTH - 2))
    table = Supplied((held(50, repair=(Decimal(10), Decimal(12)), fit_percent=Decimal("62.5")),))
    found = one_line({"delivered": state}, table)["DEU"]
    assert found.stock == exactly(45)
    assert found.in_repair == between(10, 12)
    # 33 to 35 are not in repair, five eighths of them are fit: 20.6 to 21.9, rounded outwards.
    assert found.fit == between(20, 22)


def test_a_later_inventory_counts_anew() -> None:
    state = StageState(exactly(5), time=days(NOW_MONTH - 6, NOW_MONTH - 6))
    table = Supplied((held(50), held(70, month=NOW_MONTH - 3, where="i.csv:3")))
    before = one_line({"delivered": state}, table, at=NOW_MONTH - 5)["DEU"]
    after = one_line({"delivered": state}, table)["DEU"]
    assert before.stock == exactly(45)
    assert after.stock == exactly(70)
    assert after.from_[0] == "i.csv:3"


def test_numbers_of_any_size_stay_exact() -> None:
    most = 10**17 + 1
    found = one_line({"promised": StageState(exactly(most))})
    assert found["UKR"].promised_in == exactly(most)
    fine = Decimal("0.123456789012345678")
    found = one_line({"promised": StageState(between(fine, Decimal(10**17)))})
    assert found["UKR"].promised_in == between(fine, 10**17)


def test_the_month_of_the_day_asked_is_the_default() -> None:
    made = one_line({"promised": StageState(exactly(1))})["UKR"]
    assert made.month == "2024-06"
    stages: dict[Stage, StageState] = {"promised": StageState(exactly(1))}
    one = Commitment(
        id="c1", anchor="s1", donors=("DEU",), recipient="UKR", item="marder", stages=stages,
        furthest_stage=None,
    )  # fmt: skip
    (first, _) = positions_of([(one, None)], load_catalogue(), as_of=date(2023, 2, 3))
    assert first.month == "2023-02"
