"""A scenario's rows as arrays over nations, items, queues of demand, lines and months."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from intendance.planning._model._blocks import Bools, Floats, Ints
from intendance.planning._rows import Item
from intendance.planning._scenario import Scenario, Settings


class Months:
    """Months as numbers from the scenario's start."""

    def __init__(self, settings: Settings) -> None:
        self.first = _absolute(settings.start)
        self.count = settings.months

    def number(self, name: str) -> int:
        """The number of the month ``name`` (YYYY-MM)."""
        return _absolute(name) - self.first

    def numbers(self, names: Iterable[str]) -> Ints:
        """The numbers of many months; each name is read once."""
        known: dict[str, int] = {}
        return np.array(
            [known[name] if name in known else known.setdefault(name, self.number(name))
             for name in names],
            dtype=np.int64,
        )  # fmt: skip

    def name(self, number: int) -> str:
        """The name of a month; empty from the horizon's end on."""
        if number >= self.count:
            return ""
        year, month = divmod(self.first + number, 12)
        return f"{year:04d}-{month + 1:02d}"

    def names(self) -> list[str]:
        """The names of all months."""
        return [self.name(number) for number in range(self.count)]

    def year(self, number: int) -> int:
        """The calendar year of a month, inside the horizon or not."""
        return (self.first + number) // 12


@dataclass(frozen=True)
class Queues:
    """Demand by nation, item, priority and kind (P2): ``asked`` by queue and month."""

    nation: Ints
    item: Ints
    priority: Ints
    kind: tuple[str, ...]
    waits: Bools
    weight: Floats
    asked: Floats


@dataclass(frozen=True)
class Lines:
    """One entry for each row of ``lines``; ``line`` numbers the lines themselves (P5-P7)."""

    line: Ints
    names: tuple[str, ...]
    item: Ints
    lead: Ints
    qualification: Ints
    use: Floats
    batch: Floats
    setup_cost: Floats
    setup_time: Floats
    capacity: Floats
    added: Floats

    @property
    def needs_setup(self) -> Bools:
        """Which rows need a set-up (P7)."""
        return (self.batch > 0) | (self.setup_cost > 0) | (self.setup_time > 0)


@dataclass(frozen=True)
class Data:
    """Arrays by nation (N), item (I), month (T). See the rules for what each is."""

    scenario: Scenario
    months: Months
    nations: tuple[str, ...]
    items: tuple[str, ...]
    nation_at: dict[str, int]
    item_at: dict[str, int]
    component: Bools
    price: Floats
    weight: Floats
    holding: Floats
    life: Ints
    nation_weight: Floats
    opening: Floats
    owed: Floats
    target: Floats
    has_target: Bools
    floor: Floats
    has_floor: Bools
    queues: Queues
    lines: Lines
    lead: Ints
    contract: Ints
    index: Floats

    @property
    def size(self) -> int:
        """How many months there are."""
        return self.months.count


def read_data(scenario: Scenario) -> Data:
    """The arrays of a scenario."""
    months = Months(scenario.settings)
    nations = tuple(row.nation for row in scenario.nations)
    items = tuple(row.item for row in scenario.items)
    nation_at = {name: k for k, name in enumerate(nations)}
    item_at = {name: k for k, name in enumerate(items)}
    component = np.array([row.kind == "component" for row in scenario.items], dtype=bool)
    weight = np.array([item_weight(row) for row in scenario.items])
    opening, owed = _holdings(scenario, months, nation_at, item_at)
    target, floor, has_target, has_floor = _targets(scenario, months, nation_at, item_at, opening)
    lines = _lines(scenario, months, item_at)
    lead = np.zeros(len(items), dtype=np.int64)
    for item in np.unique(lines.item).tolist():
        lead[item] = int(lines.lead[lines.item == item].min())
    contract = np.maximum(0, np.arange(months.count)[None, :] - lead[:, None])
    index = np.take_along_axis(_indices(scenario, months, item_at), contract, axis=1)
    return Data(
        scenario=scenario,
        months=months,
        nations=nations,
        items=items,
        nation_at=nation_at,
        item_at=item_at,
        component=component,
        price=np.array([row.price for row in scenario.items], dtype=float),
        weight=weight,
        holding=np.array([row.holding for row in scenario.items], dtype=float),
        life=np.array([-1 if r.shelf_life is None else r.shelf_life for r in scenario.items]),
        nation_weight=np.array([row.weight for row in scenario.nations], dtype=float),
        opening=opening,
        owed=owed,
        target=target,
        has_target=has_target,
        floor=floor,
        has_floor=has_floor,
        queues=_queues(scenario, months, nation_at, item_at, weight),
        lines=lines,
        lead=lead,
        contract=contract,
        index=index,
    )


def item_weight(item: Item) -> float:
    """An item's weight in the objective: its own, else its price (P15)."""
    return item.price if item.weight is None else item.weight


def opening_of(settings: Settings, low: float, high: float | None) -> float:
    """The end of an opening interval that the settings name (P1)."""
    if high is None or settings.opening == "low":
        return low
    return high if settings.opening == "high" else (low + high) / 2


def steps(keys: Sequence[int], months: Ints, values: Sequence[float], size: int, count: int,
          before: Floats) -> Floats:  # fmt: skip
    """Values that hold from a month on until the next row's, as (size, count).

    ``before`` (size) holds until the first row; a row before month 0 holds from month 0 on.
    """
    marks = np.full((size, count), -1, dtype=np.int64)
    order = np.argsort(months, kind="stable")
    where = np.asarray(keys, dtype=np.int64)[order]
    month = np.maximum(0, months[order])
    inside = month < count
    marks[where[inside], month[inside]] = order[inside]
    month_of = np.where(marks >= 0, np.arange(count)[None, :], -1)
    last = np.maximum.accumulate(month_of, axis=1)
    chosen = np.take_along_axis(marks, np.maximum(last, 0), axis=1)
    listed = np.append(np.asarray(values, dtype=float), 0.0)
    return np.where(last >= 0, listed[chosen], before[:, None])


def _absolute(name: str) -> int:
    year, month = name.split("-")
    return int(year) * 12 + int(month) - 1


def _holdings(
    scenario: Scenario, months: Months, nation_at: dict[str, int], item_at: dict[str, int]
) -> tuple[Floats, Floats]:
    opening = np.zeros((len(nation_at), len(item_at)))
    for row in scenario.stocks:
        amount = opening_of(scenario.settings, row.low, row.high)
        opening[nation_at[row.nation], item_at[row.item]] += amount
    owed = np.zeros((len(nation_at), len(item_at), months.count))
    np.add.at(
        owed,
        (
            np.array([nation_at[row.nation] for row in scenario.owed], dtype=np.int64),
            np.array([item_at[row.item] for row in scenario.owed], dtype=np.int64),
            months.numbers(row.month for row in scenario.owed),
        ),
        [row.quantity for row in scenario.owed],
    )
    return opening, owed


def _targets(
    scenario: Scenario,
    months: Months,
    nation_at: dict[str, int],
    item_at: dict[str, int],
    opening: Floats,
) -> tuple[Floats, Floats, Bools, Bools]:
    shape = len(nation_at), len(item_at)
    rows = scenario.targets
    keys = [nation_at[row.nation] * shape[1] + item_at[row.item] for row in rows]
    when = months.numbers(row.month for row in rows)
    none = np.zeros(shape[0] * shape[1])
    target = steps(keys, when, [row.target for row in rows], none.size, months.count, none)
    floor = steps(keys, when, [row.floor for row in rows], none.size, months.count, none)
    stated = np.zeros(none.size, dtype=bool)
    stated[keys] = True
    has_floor = stated.reshape(shape).copy()
    floors = floor.reshape(*shape, months.count)
    for row in scenario.backfills:
        place = nation_at[row.nation], item_at[row.gives]
        if not has_floor[place]:
            has_floor[place] = True
            floors[place] = opening[place]
    return target.reshape(*shape, months.count), floors, stated.reshape(shape), has_floor


def _queues(
    scenario: Scenario,
    months: Months,
    nation_at: dict[str, int],
    item_at: dict[str, int],
    weight: Floats,
) -> Queues:
    names: dict[tuple[str, str, int, str], int] = {}
    number = names.setdefault
    rows = scenario.requests
    keys = [number((r.nation, r.item, r.priority, "request"), len(names)) for r in rows]
    used = scenario.expenditure
    steady = [number((r.nation, r.item, r.priority, "expenditure"), len(names)) for r in used]
    count = len(names)
    asked = steps(
        steady, months.numbers(r.month for r in used), [r.quantity for r in used], count,
        months.count, np.zeros(count),
    )  # fmt: skip
    np.add.at(
        asked,
        (np.array(keys, dtype=np.int64), months.numbers(row.month for row in rows)),
        [row.quantity for row in rows],
    )
    item = np.array([item_at[name[1]] for name in names], dtype=np.int64)
    priority = np.array([name[2] for name in names], dtype=np.int64)
    scale = np.array(scenario.settings.priority_weights)
    request = np.array([name[3] == "request" for name in names], dtype=bool)
    return Queues(
        nation=np.array([nation_at[name[0]] for name in names], dtype=np.int64),
        item=item,
        priority=priority,
        kind=tuple(name[3] for name in names),
        waits=request & (scenario.settings.late == "back-order"),
        weight=scale[np.minimum(priority, len(scale)) - 1] * weight[item],
        asked=asked,
    )


def _lines(scenario: Scenario, months: Months, item_at: dict[str, int]) -> Lines:
    rows = scenario.lines
    names: dict[str, int] = {}
    for row in rows:
        names.setdefault(row.line, len(names))
    stated = np.zeros(len(names))
    stated[[names[row.line] for row in rows]] = [row.capacity for row in rows]
    capacity = steps(
        [names[r.line] for r in scenario.capacities],
        months.numbers(r.month for r in scenario.capacities),
        [r.capacity for r in scenario.capacities],
        len(names), months.count, stated,
    )  # fmt: skip
    added = np.zeros((len(names), months.count))
    for ramp in scenario.ramps:
        first = max(0, months.number(ramp.earliest) if ramp.earliest else 0) + ramp.lead
        added[names[ramp.line], first:] += ramp.count * ramp.capacity
    return Lines(
        line=np.array([names[row.line] for row in rows], dtype=np.int64),
        names=tuple(names),
        item=np.array([item_at[row.item] for row in rows], dtype=np.int64),
        lead=np.array([row.lead for row in rows], dtype=np.int64),
        qualification=np.array([row.qualification for row in rows], dtype=np.int64),
        use=np.array([row.use for row in rows], dtype=float),
        batch=np.array([row.batch for row in rows], dtype=float),
        setup_cost=np.array([row.setup_cost for row in rows], dtype=float),
        setup_time=np.array([row.setup_time for row in rows], dtype=float),
        capacity=capacity,
        added=added,
    )


def _indices(scenario: Scenario, months: Months, item_at: dict[str, int]) -> Floats:
    rows = scenario.price_index
    when = months.numbers(row.month for row in rows)
    general = [k for k, row in enumerate(rows) if row.item == "*"]
    of_all = steps(
        [0] * len(general), when[general], [rows[k].index for k in general], 1, months.count,
        np.ones(1),
    )  # fmt: skip
    own = [k for k, row in enumerate(rows) if row.item != "*"]
    found = steps(
        [item_at[rows[k].item] for k in own], when[own], [rows[k].index for k in own],
        len(item_at), months.count, np.full(len(item_at), np.nan),
    )  # fmt: skip
    return np.where(np.isnan(found), of_all, found)
