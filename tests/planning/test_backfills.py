"""Rule P11: what is passed on frees no floor, and a unit that goes round frees it once."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.planning.dense import optimum

from intendance.planning import (
    Decisions,
    Plan,
    Scenario,
    Settings,
    TransferRow,
    certified_bound,
    check_plan,
    solve,
)
from intendance.planning import _rows as rows

# Giver holds ten old ones and asks one new one for each; Friend has one new one, the line is idle.
ROUND = Scenario(
    settings=Settings(name="round", start="2025-01", months=3),
    nations=(rows.Nation("GIVER"), rows.Nation("FRIEND"), rows.Nation("ASKER")),
    items=(rows.Item("old", price=1.0), rows.Item("new", price=10.0)),
    requests=(rows.Request("ASKER", "old", "2025-01", 10.0),),
    lines=(rows.Line("works", "new", 0.0),),
    stocks=(rows.Stock("GIVER", "old", 10.0), rows.Stock("FRIEND", "new", 1.0)),
    transfers=(
        rows.TransferRule("GIVER", "ASKER", "old", consent="letter"),
        rows.TransferRule("GIVER", "FRIEND", "new", consent="letter"),
        rows.TransferRule("FRIEND", "GIVER", "new", consent="letter"),
    ),
    backfills=(rows.Backfill("GIVER", "old", "new", ratio=1.0),),
)


def _given(plan: Plan) -> float:
    return sum(row.quantity for row in plan.decisions.transfers if row.item == "old")


@pytest.mark.parametrize("lead", [0, 1])
def test_a_unit_that_goes_round_frees_the_floor_once(lead: int) -> None:
    ways = tuple(msgspec.structs.replace(row, lead=lead) for row in ROUND.transfers[1:])
    case = msgspec.structs.replace(ROUND, transfers=(ROUND.transfers[0], *ways))
    plan = solve(case, gap=0.0)
    assert _given(plan) == pytest.approx(1.0)
    for bound, value in certified_bound(case, plan):
        assert bound == pytest.approx(value, rel=1e-6, abs=1e-6)


def _round_plan(times: int) -> Decisions:
    to, back = (
        TransferRow(sender, other, "new", "2025-01", float(times), "2025-01", "letter")
        for sender, other in (("FRIEND", "GIVER"), ("GIVER", "FRIEND"))
    )
    last = TransferRow("FRIEND", "GIVER", "new", "2025-01", 1.0, "2025-01", "letter")
    away = TransferRow("GIVER", "ASKER", "old", "2025-01", float(times + 1), "2025-01", "letter")
    return Decisions(transfers=(to, back, last, away))


def test_the_checker_refuses_units_counted_twice() -> None:
    verdict = check_plan(ROUND, _round_plan(1))
    assert [(each.rule, each.where) for each in verdict.violations] == [
        ("P4", f"GIVER old 2025-0{month}") for month in (1, 2, 3)
    ]
    assert check_plan(ROUND, _round_plan(0)).sound


def test_what_a_nation_had_before_makes_up_for_what_it_sends_on() -> None:
    own = (*ROUND.stocks, rows.Stock("GIVER", "new", 3.0))
    case = msgspec.structs.replace(ROUND, stocks=own)
    # One comes and three go: of what it ever had one is left, so one old one is free.
    sent = (
        TransferRow("FRIEND", "GIVER", "new", "2025-01", 1.0, "2025-01", "letter"),
        TransferRow("GIVER", "FRIEND", "new", "2025-01", 3.0, "2025-01", "letter"),
        TransferRow("GIVER", "ASKER", "old", "2025-01", 1.0, "2025-01", "letter"),
    )
    assert check_plan(case, Decisions(transfers=sent)).sound
    last = msgspec.structs.replace(sent[2], quantity=2.0)
    assert not check_plan(case, Decisions(transfers=(*sent[:2], last))).sound


@settings(max_examples=25, deadline=None)
@given(
    stock=st.integers(0, 3),
    capacity=st.integers(0, 2),
    leads=st.tuples(st.integers(0, 1), st.integers(0, 1)),
    ratio=st.sampled_from([0.5, 1.0, 2.0]),
)
def test_rounds_agree_with_the_rule_written_out(
    stock: int, capacity: int, leads: tuple[int, int], ratio: float
) -> None:
    first, *ways = ROUND.transfers
    case = msgspec.structs.replace(
        ROUND,
        stocks=(*ROUND.stocks, rows.Stock("GIVER", "new", float(stock))),
        lines=(rows.Line("works", "new", float(capacity)),),
        backfills=(rows.Backfill("GIVER", "old", "new", ratio=ratio),),
        transfers=(
            first,
            *(msgspec.structs.replace(row, lead=k) for row, k in zip(ways, leads, strict=True)),
        ),
    )
    wanted, share = optimum(case)
    assert wanted is not None
    plan = solve(case, gap=0.0)
    for level, value in wanted.items():
        assert getattr(plan.objective, level) == pytest.approx(value, rel=share, abs=10 * share)
