"""A scenario's rows as an instance; what the large-plan method can't hold is said."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from intendance.planning._large._instance import (
    Demand,
    Flags,
    Floats,
    Industry,
    Instance,
    Money,
    Pools,
    Whole,
)
from intendance.planning._scenario import Scenario


def beyond(scenario: Scenario) -> list[str]:
    """Tables of the scenario that the large-plan method doesn't know; none if it can be solved."""
    found = [name for name in ("frameworks", "backfills", "absorption") if getattr(scenario, name)]
    if any(row.batch or row.setup_cost or row.setup_time for row in scenario.lines):
        found.append("lines: batch, set-up")
    if any(row.shelf_life is not None for row in scenario.items):
        found.append("items: shelf_life")
    if any(row.lead < 0 for row in scenario.transfers):
        found.append("transfers: lead")
    return found


class _Names:
    """Places of nations, items, components, months and priorities."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.nation = {row.nation: k for k, row in enumerate(scenario.nations)}
        ends = [row for row in scenario.items if row.kind == "end"]
        parts = [row for row in scenario.items if row.kind != "end"]
        self.ends, self.parts = ends, parts
        self.item = {row.item: k for k, row in enumerate([*ends, *parts])}
        self.months = scenario.settings.months
        year, month = scenario.settings.start.split("-")
        self.first = int(year) * 12 + int(month) - 1

    def month(self, text: str) -> int:
        """A month's number, 0 for the scenario's first; before it, 0 as well."""
        year, month = text.split("-")
        return max(0, int(year) * 12 + int(month) - 1 - self.first)

    def steps(self, rows: list[tuple[int, float]], before: float) -> Floats:
        """A value a month from values that hold from a month on."""
        found = np.full(self.months, before)
        for month, value in sorted(rows):
            found[month:] = value
        return found


def instance(scenario: Scenario) -> Instance:
    """The scenario as arrays. ``beyond(scenario)`` must be empty."""
    names = _Names(scenario)
    weights = scenario.settings.weights or {"unmet": 1.0, "shortfall": 1.0, "cost": 1.0}
    return Instance(
        demand=_demand(names),
        money=_money(names),
        pools=_pools(names),
        industry=_industry(names),
        weights=(
            weights.get("unmet", 0.0),
            weights.get("shortfall", 0.0),
            weights.get("cost", 0.0),
        ),
    )


def _opening(names: _Names) -> Floats:
    found = np.zeros((len(names.item), len(names.nation)))
    place = {"low": 0.0, "middle": 0.5, "high": 1.0}[names.scenario.settings.opening]
    for row in names.scenario.stocks:
        high = row.low if row.high is None else row.high
        found[names.item[row.item], names.nation[row.nation]] += row.low + place * (high - row.low)
    return found


def _demand(names: _Names) -> Demand:
    scenario, items, months = names.scenario, len(names.ends), names.months
    shape = (items, len(names.nation), months)
    supply = np.zeros(shape)
    supply[:, :, 0] = _opening(names)[:items]
    for owed in scenario.owed:
        month = names.month(owed.month)
        supply[names.item[owed.item], names.nation[owed.nation], month] += owed.quantity
    weight = np.array([row.price if row.weight is None else row.weight for row in names.ends])
    asked: dict[int, Floats] = defaultdict(lambda: np.zeros(shape))
    used: dict[int, Floats] = defaultdict(lambda: np.zeros(shape))
    late = asked if scenario.settings.late == "back-order" else used
    for ask in scenario.requests:
        place = names.item[ask.item], names.nation[ask.nation], names.month(ask.month)
        late[ask.priority][place] += ask.quantity
    spent: dict[tuple[int, int, int], list[tuple[int, float]]] = defaultdict(list)
    for use in scenario.expenditure:
        key = names.item[use.item], names.nation[use.nation], use.priority
        spent[key].append((names.month(use.month), use.quantity))
    for (item, nation, priority), rows in spent.items():
        used[priority][item, nation] += names.steps(rows, 0.0)
    target, floor = np.zeros(shape), np.zeros(shape)
    levels = defaultdict(list)
    for row in scenario.targets:
        levels[names.item[row.item], names.nation[row.nation]].append(row)
    for (item, nation), each in levels.items():
        target[item, nation] = names.steps([(names.month(r.month), r.target) for r in each], 0.0)
        floor[item, nation] = names.steps([(names.month(r.month), r.floor) for r in each], 0.0)
    own = np.array([row.weight for row in scenario.nations])
    waits, waits_weight = _queues(names, asked, weight, shape)
    lost, lost_weight = _queues(names, used, weight, shape)
    return Demand(
        supply=supply,
        asked=waits,
        asked_weight=waits_weight,
        lost=lost,
        lost_weight=lost_weight,
        target=target,
        target_weight=weight[:, None] * own,
        floor=floor,
        holding=np.array([row.holding for row in names.ends], dtype=np.float64),
    )


def _queues(
    names: _Names, amounts: dict[int, Floats], weight: Floats, shape: tuple[int, int, int]
) -> tuple[Floats, Floats]:
    """Queues by priority, and what a unit of each weighs."""
    items, nations, months = shape
    priorities = sorted(amounts)
    if not priorities:
        return np.zeros((items, 0, nations, months)), np.zeros((items, 0, nations))
    factors = names.scenario.settings.priority_weights
    urgent = np.array([factors[min(p, len(factors)) - 1] for p in priorities])
    worth = np.broadcast_to(
        weight[:, None, None] * urgent[:, None], (items, len(priorities), nations)
    )
    return np.stack([amounts[p] for p in priorities], axis=1), worth.copy()


def _money(names: _Names) -> Money:
    scenario, months = names.scenario, names.months
    month = np.arange(months)
    first = names.first // 12
    by_item = defaultdict(list)
    for part in scenario.payments:
        by_item[part.item].append((part.months, part.share))
    last = max([row.months for row in scenario.payments], default=0)
    years = (names.first + months - 1 + max(0, last)) // 12 - first + 1
    lead: dict[str, int] = {}
    for line in scenario.lines:
        lead[line.item] = min(lead.get(line.item, line.lead), line.lead)
    payment = np.zeros((len(names.ends), years, months))
    for item, row in enumerate(names.ends):
        contract = np.maximum(0, month - lead.get(row.item, 0))
        unit = row.price * _index(names, row.item)[contract]
        for offset, share in by_item.get(row.item) or by_item.get("*") or [(0, 1.0)]:
            due = np.maximum(0, month + offset)
            np.add.at(payment[item], ((names.first + due) // 12 - first, month), share * unit)
    budget = np.full((len(names.nation), years), np.inf)
    for limit in scenario.budgets:
        nation = names.nation[limit.nation]
        if np.isinf(budget[nation]).all():
            budget[nation] = 0.0
        if 0 <= limit.year - first < years:
            budget[nation, limit.year - first] += limit.amount
    return Money(payment=payment, budget=budget, year=(names.first + month) // 12 - first)


def _index(names: _Names, item: str) -> Floats:
    """The price index by month: of the item's own rows, else of those of all."""
    rows = names.scenario.price_index
    mine = [(names.month(row.month), row.index) for row in rows if row.item == item]
    others = [(names.month(row.month), row.index) for row in rows if row.item == "*"]
    return names.steps(mine or others, 1.0)


def _pools(names: _Names) -> Pools:
    """Pools so that each lets exactly the allowed pairs give: recipients with the same givers."""
    found = [_item_pools(names, row.item) for row in names.ends]
    most = max([len(each) for each in found], default=0)
    items, nations = len(names.ends), len(names.nation)
    send: Flags = np.zeros((items, most, nations), dtype=np.bool_)
    receive: Flags = np.zeros((items, most, nations), dtype=np.bool_)
    lead: Whole = np.zeros((items, most), dtype=np.int64)
    cost = np.zeros((items, most))
    for item, each in enumerate(found):
        for pool, ((givers, months, paid), takers) in enumerate(each.items()):
            send[item, pool, list(givers)] = True
            receive[item, pool, takers] = True
            lead[item, pool], cost[item, pool] = months, paid
    return Pools(send=send, receive=receive, lead=lead, cost=cost)


def _item_pools(names: _Names, item: str) -> dict[tuple[tuple[int, ...], int, float], list[int]]:
    # Among equals the first that is listed counts: it comes last here.
    rules = [row for row in reversed(names.scenario.transfers) if row.item in (item, "*")]
    rules.sort(key=lambda row: (row.item != "*", row.sender != "*", row.recipient != "*"))
    pools: dict[tuple[tuple[int, ...], int, float], list[int]] = defaultdict(list)
    for taker, to in names.nation.items():
        terms: dict[tuple[int, float], list[int]] = defaultdict(list)
        for giver, of in names.nation.items():
            fits = [
                row for row in rules if row.sender in (giver, "*") and row.recipient in (taker, "*")
            ]
            if giver != taker and fits and fits[-1].allowed:
                terms[fits[-1].lead, fits[-1].cost].append(of)
        for (lead, cost), givers in terms.items():
            pools[tuple(sorted([*givers, to])), lead, cost].append(to)
    return _without_detours(pools)


def _without_detours(
    pools: dict[tuple[tuple[int, ...], int, float], list[int]],
) -> dict[tuple[tuple[int, ...], int, float], list[int]]:
    """Takers leave the givers again unless another taker of the same pool needs them."""
    found: dict[tuple[tuple[int, ...], int, float], list[int]] = {}
    for (givers, lead, cost), takers in pools.items():
        kept = givers if len(takers) > 1 else tuple(n for n in givers if n not in takers)
        found[kept, lead, cost] = takers
    return found


def _industry(names: _Names) -> Industry:
    scenario, months = names.scenario, names.months
    lines = sorted({row.line for row in scenario.lines})
    place = {name: k for k, name in enumerate(lines)}
    capacity = np.zeros((len(lines), months))
    for row in scenario.lines:
        capacity[place[row.line]] = row.capacity
    later = defaultdict(list)
    for change in scenario.capacities:
        later[change.line].append((names.month(change.month), change.capacity))
    for name, rows in later.items():
        capacity[place[name]] = names.steps(rows, float(capacity[place[name], 0]))
    ramps, parts = scenario.ramps, len(names.ends)
    opening = _opening(names)[parts:].sum(axis=1)
    bill = scenario.components
    return Industry(
        line=np.array([place[row.line] for row in scenario.lines], dtype=np.int64),
        item=np.array([names.item[row.item] for row in scenario.lines], dtype=np.int64),
        lead=np.array([row.lead for row in scenario.lines], dtype=np.int64),
        use=np.array([row.use for row in scenario.lines], dtype=np.float64),
        start=np.array([row.qualification for row in scenario.lines], dtype=np.int64),
        capacity=capacity,
        ramp_line=np.array([place[row.line] for row in ramps], dtype=np.int64),
        ramp_lead=np.array([row.lead for row in ramps], dtype=np.int64),
        ramp_cost=np.array([row.cost for row in ramps], dtype=np.float64),
        ramp_added=np.array([row.capacity for row in ramps], dtype=np.float64),
        ramp_count=np.array([row.count for row in ramps], dtype=np.int64),
        ramp_payer=np.array(
            [names.nation[row.paid_by] if row.paid_by else -1 for row in ramps], dtype=np.int64
        ),
        ramp_earliest=np.array(
            [names.month(row.earliest) if row.earliest else 0 for row in ramps], dtype=np.int64
        ),
        parent=np.array([names.item[row.item] for row in bill], dtype=np.int64),
        child=np.array([names.item[row.component] - parts for row in bill], dtype=np.int64),
        quantity=np.array([row.quantity for row in bill], dtype=np.float64),
        opening=opening,
        holding=np.array([row.holding for row in names.parts], dtype=np.float64),
    )
