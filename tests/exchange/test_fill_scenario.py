"""Tables of a scenario from commitments: what is owed, what is asked for, who kept its word."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intendance.catalogue import load_catalogue
from intendance.exchange import Filled, LeftOut, fill_scenario
from intendance.planning import Owed, Record, Request, Scenario, Settings
from intendance.planning._rows import Item, Line, Nation
from intendance.terms import Commitment, Interval, StageState, TimeSpan

CATALOGUE = load_catalogue()
SCENARIO = Scenario(
    settings=Settings(name="one", start="2024-01", months=12),
    nations=(Nation("UKR"), Nation("home", name="Slovakia")),
    items=(Item("tank", 1.0), Item("leo", 1.0, name="Leopard 2"), Item("widget", 1.0)),
    requests=(),
    lines=(Line("works", "tank", 1.0),),
)


def _stage(low: float | None, by: str | None = None, high: float | None = None) -> StageState:
    high = low if high is None else high
    time = TimeSpan(by, by)
    if low is None:
        return StageState(time=time)
    return StageState(quantity=Interval(low=int(low), high=int(high or low)), time=time)


def _commitment(number: int = 1, **changes: Any) -> Commitment:
    stages = changes.pop("stages", {"promised": _stage(4, "2024-06-30")})
    promised, delivered = stages.get("promised"), stages.get("delivered")
    left: dict[str, Any] = {}
    if promised is not None and "outstanding" not in changes and promised.quantity.known:
        done = delivered.quantity.low or 0 if delivered is not None else 0
        rest = max(promised.quantity.low - done, 0)
        left = {"outstanding": Interval(low=rest, high=rest)}
    fields: dict[str, Any] = {
        "id": f"c{number}",
        "anchor": f"s{number}",
        "donors": ("DEU",),
        "recipient": "UKR",
        "item": "leopard-2a6",
        "stages": stages,
        "furthest_stage": "promised",
    }
    return Commitment(**(fields | left | changes))


def _filled(*found: Commitment, day: str = "2024-01-01") -> Filled:
    return fill_scenario(SCENARIO, found, CATALOGUE, day)


def test_what_is_promised_and_not_delivered_is_owed_by_its_deadline() -> None:
    stages = {"promised": _stage(4, "2024-06-30"), "delivered": _stage(1)}
    found = _filled(_commitment(stages=stages))
    assert found.owed == (Owed("UKR", "leo", "2024-06", 3.0, source="c1", donor="DEU"),)
    assert found.left_out == ()


def test_the_narrowest_item_counts_and_full_names_are_known() -> None:
    other = _commitment(2, item="t-72", recipient="SVK", donors=("CZE", "AUT"))
    (row,) = _filled(other).owed
    assert (row.nation, row.item, row.donor) == ("home", "tank", "AUT+CZE")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"recipient": "POL"}, "recipient"),
        ({"recipient": None}, "recipient"),
        ({"item": "caesar"}, "item"),
        ({"item": None, "general": True}, "general"),
        ({"item": "tank", "general": True}, "general"),
        ({"stages": {"promised": _stage(None, "2024-06-30")}}, "quantity"),
        ({"stages": {"promised": _stage(4)}}, "no date"),
        ({"stages": {"promised": _stage(4, "2023-12-31")}}, "past"),
        ({"stages": {"promised": _stage(4, "2025-01-01")}}, "after"),
    ],
)
def test_what_fills_no_row_is_left_out_with_its_reason(
    changes: dict[str, Any], reason: Any
) -> None:
    found = _filled(_commitment(**changes))
    assert found.owed == ()
    assert found.left_out == (LeftOut("c1", "owed", reason),)


@pytest.mark.parametrize(
    "changes",
    [
        {"live": False},
        {"stages": {"promised": _stage(4, "2024-06-30"), "withdrawn": _stage(None)}},
        {"stages": {"promised": _stage(4, "2024-06-30"), "delivered": _stage(4)}},
    ],
)
def test_what_is_not_owed_is_no_row_and_nothing_left_out(changes: dict[str, Any]) -> None:
    found = _filled(_commitment(**changes))
    assert (found.owed, found.left_out) == ((), ())


def test_requests_take_the_first_month_where_none_is_said() -> None:
    asked = {"requested": _stage(10), "delivered": _stage(4)}
    later = {"requested": _stage(7, "2024-03-31")}
    found = _filled(_commitment(1, stages=asked), _commitment(2, stages=later))
    assert found.requests == (
        Request("UKR", "leo", "2024-01", 6.0),
        Request("UKR", "leo", "2024-03", 7.0),
    )


def test_what_was_promised_is_no_request_any_more() -> None:
    stages = {"requested": _stage(10), "promised": _stage(4, "2024-06-30")}
    assert _filled(_commitment(stages=stages)).requests == ()


def _due(number: int, done: StageState | None, donor: str = "DEU", **more: Any) -> Commitment:
    stages = {"promised": _stage(4, "2023-06-30")}
    if done is not None:
        stages["delivered"] = done
    return _commitment(number, stages=stages | more, donors=(donor,))


def test_records_count_promises_that_fell_due() -> None:
    found = _filled(
        _due(1, _stage(4, "2023-06-01")),
        _due(2, _stage(4, "2023-09-15")),
        _due(3, _stage(4, "2023-07-01")),
        _due(4, _stage(2, "2023-06-01")),
        _due(5, None),
        _due(6, _stage(4)),  # delivered, nobody says when: neither in time nor late
        _due(7, None, donor="FRA", withdrawn=_stage(None)),
        _commitment(8),  # not due yet
    )
    assert found.records == (
        Record("DEU", promises=5, late=2, broken=2, delay=2.0),
        Record("FRA", promises=1, late=0, broken=1, delay=0.0),
    )


@settings(deadline=None)
@given(st.lists(st.sampled_from(["2023-05-01", "2023-08-01", None, "never"]), max_size=20))
def test_each_promise_counts_at_most_once(days: list[str | None]) -> None:
    rows = [
        _due(number, None if day == "never" else _stage(4, day)) for number, day in enumerate(days)
    ]
    records = _filled(*rows, day="2024-01-01").records
    judged = [day for day in days if day is not None]
    assert sum(row.promises for row in records) == len(judged)
    assert sum(row.late for row in records) == judged.count("2023-08-01")
    assert sum(row.broken for row in records) == judged.count("never")


@settings(deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_commitments_does_not_show(order: list[int]) -> None:
    rows = [
        *(_due(n, _stage(4, "2023-08-01")) for n in range(3)),
        *(_commitment(n) for n in range(3, 6)),
    ]
    assert _filled(*(rows[n] for n in order)) == _filled(*rows)
