"""A scenario's rows as arrays."""

from __future__ import annotations

import numpy as np

from intendance.planning import Scenario, Settings
from intendance.planning import _rows as rows
from intendance.planning._large._convert import beyond, instance


def scenario(**more: tuple[object, ...]) -> Scenario:
    given: dict[str, object] = {
        "settings": Settings(name="small", start="2025-11", months=4),
        "nations": (rows.Nation("A"), rows.Nation("B", weight=2.0), rows.Nation("C")),
        "items": (
            rows.Item("shell", 100.0, holding=1.0),
            rows.Item("powder", 5.0, kind="component", holding=0.5),
        ),
        "requests": (
            rows.Request("A", "shell", "2025-12", 7.0),
            rows.Request("A", "shell", "2025-12", 2.0),
            rows.Request("B", "shell", "2026-01", 3.0, priority=2),
        ),
        "lines": (
            rows.Line("works", "shell", 10.0, lead=2, use=0.5, qualification=1),
            rows.Line("mill", "powder", 40.0),
        ),
    }
    return Scenario(**(given | more))  # type: ignore[arg-type]


def test_demand_keeps_queues_and_their_weights():
    demand = instance(
        scenario(
            stocks=(rows.Stock("A", "shell", 4.0, 9.0), rows.Stock("B", "powder", 6.0)),
            expenditure=(rows.Expenditure("C", "shell", "2026-01", 1.5, priority=3),),
            targets=(rows.Target("B", "shell", "2025-12", 20.0, 2.0),),
            owed=(rows.Owed("A", "shell", "2025-11", 1.0),),
        )
    ).demand
    assert demand.supply[0, 0].tolist() == [5.0, 0.0, 0.0, 0.0]
    assert demand.asked[0, 0, 0].tolist() == [0.0, 9.0, 0.0, 0.0]
    assert demand.asked[0, 1, 1].tolist() == [0.0, 0.0, 3.0, 0.0]
    assert demand.asked_weight[0].tolist() == [[10000.0] * 3, [1000.0] * 3]
    assert demand.lost[0, 0, 2].tolist() == [0.0, 0.0, 1.5, 1.5]
    assert demand.lost_weight[0, 0].tolist() == [100.0] * 3
    assert demand.target[0, 1].tolist() == [0.0, 20.0, 20.0, 20.0]
    assert demand.floor[0, 1].tolist() == [0.0, 2.0, 2.0, 2.0]
    assert demand.target_weight[0].tolist() == [100.0, 200.0, 100.0]


def test_money_follows_contract_months_and_payment_years():
    money = instance(
        scenario(
            price_index=(rows.PriceIndex("*", "2025-12", 1.1),),
            payments=(rows.Payment("shell", -1, 0.4), rows.Payment("shell", 2, 0.6)),
            budgets=(rows.Budget("A", 2025, 50.0), rows.Budget("A", 2026, 70.0)),
        )
    ).money
    assert np.allclose(money.payment[0, 0], [40.0, 40.0, 40.0, 0.0])
    assert np.allclose(money.payment[0, 1], [60.0, 60.0, 60.0, 110.0])
    assert money.budget[0].tolist() == [50.0, 70.0]
    assert np.isinf(money.budget[1:]).all()


def test_pools_allow_exactly_the_pairs_of_the_rules():
    pools = instance(
        scenario(
            transfers=(
                rows.TransferRule("*", "*", "*", lead=1, cost=2.0),
                rows.TransferRule("A", "C", "*", allowed=False),
            )
        )
    ).pools
    pairs = set()
    for pool in range(pools.lead.shape[1]):
        for giver in np.flatnonzero(pools.send[0, pool]):
            for taker in np.flatnonzero(pools.receive[0, pool]):
                if giver != taker:
                    pairs.add((int(giver), int(taker)))
                    assert (pools.lead[0, pool], pools.cost[0, pool]) == (1, 2.0)
    assert pairs == {(0, 1), (1, 0), (1, 2), (2, 0), (2, 1)}


def test_industry_counts_components_after_items():
    industry = instance(
        scenario(
            components=(rows.Component("shell", "powder", 3.0),),
            capacities=(rows.Capacity("works", "2026-01", 12.0),),
            ramps=(rows.Ramp("wider", "works", 1, 9.0, 5.0, paid_by="B", earliest="2025-12"),),
            stocks=(rows.Stock("B", "powder", 6.0),),
        )
    ).industry
    assert industry.item.tolist() == [0, 1]
    assert industry.capacity.tolist() == [[40.0] * 4, [10.0, 10.0, 12.0, 12.0]]
    assert industry.line.tolist() == [1, 0]
    assert (industry.parent.tolist(), industry.child.tolist()) == ([0], [0])
    assert industry.opening.tolist() == [6.0]
    assert (industry.ramp_payer.tolist(), industry.ramp_earliest.tolist()) == ([1], [1])


def test_what_the_method_does_not_know_is_named():
    assert beyond(scenario()) == []
    assert beyond(scenario(backfills=(rows.Backfill("A", "shell", "shell"),))) == ["backfills"]
    batched = (rows.Line("works", "shell", 10.0, batch=2.0),)
    assert beyond(scenario(lines=batched)) == ["lines: batch, set-up"]
