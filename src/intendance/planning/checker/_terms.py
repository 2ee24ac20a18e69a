"""Every quantity that a plan decides, with its range, its cost and the rules that it enters.

This is the plan's problem written a second time, straight from docs/planning-rules.md and column
by column, so that the bound of a plan can be recomputed from multipliers of its rules alone (P21).
Whole numbers may be fractions here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate
from math import inf

from intendance.planning._plan import Decisions, OrderRow, TransferRow
from intendance.planning._rows import Framework, Line
from intendance.planning._scenario import Scenario
from intendance.planning.checker._books import Books, Place, opening
from intendance.planning.checker._findings import Findings
from intendance.planning.checker._money import payment_terms
from intendance.planning.checker._prices import bands, framework_for, price_indices, shortest_leads
from intendance.planning.checker._stocks import (
    Queue,
    asked_demand,
    covers,
    falling_due,
    floors_of,
    item_weight,
    priority_weight,
    steps_of,
)
from intendance.planning.checker._supply import arrivals, capacities, supply, widest
from intendance.planning.checker._transfers import rule_for

Key = tuple[str, ...]
"""The name of a rule's row and what it is about, such as ``("balance", nation, item, month)``."""

Entries = list[tuple[Key, float]]
Costs = tuple[float, float, float]
"""Costs in the levels unmet, shortfall, cost."""

Row = tuple[Key, float, float]
"""A row's key, the side that it equals, and the room that it has to stay under it, if any.

A row that may be over its side has negative room. Every room has an end, so that a multiplier of
the wrong sign costs something finite: those of one stage alone may be so, their sum is not.
"""

Column = tuple[float, float, Costs, Entries]
"""A range, costs, and the rows that a quantity enters with its coefficients."""

FREE: Costs = (0.0, 0.0, 0.0)


class Terms:
    """The problem of one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.books = Books(scenario, Decisions(), Findings())
        self.horizon = self.books.horizon
        self.months = [self.horizon.name(month) for month in range(self.horizon.months)]
        self.supply = supply(scenario, self.horizon)
        self.arrivals = arrivals(scenario, self.horizon)
        self.asked = asked_demand(self.books)
        self.targets = steps_of(self.books, "target")
        self.floors = floors_of(self.books)
        self.freed = {(row.nation, row.gives) for row in scenario.backfills}
        self.gets = {(row.nation, row.gets) for row in scenario.backfills}
        self.places = [
            (nation.nation, item.item)
            for nation in scenario.nations
            for item in scenario.items
            if item.kind == "end"
        ]
        self._rules = {
            (place, recipient): rule
            for place in (self.places if scenario.transfers else ())
            for recipient in sorted(self.books.nations - {place[0]})
            if (rule := rule_for(self.books, TransferRow(place[0], recipient, place[1], "", 0.0)))
            and rule.allowed
        }
        self.first = self._first_months()

    def most(self, place: Place, month: int) -> float:
        """No more than this can be at a place: nothing before its first month."""
        return self.supply[place[1]][month] if month >= self.first[place] else 0.0

    def _first_months(self) -> dict[Place, int]:
        """The first month in which a place can hold anything: of its own, ordered or received."""
        never = self.horizon.months
        first = {}
        for place in self.places:
            units = [
                own + made
                for own, made in zip(self.books.owed[place], self.arrivals[place[1]], strict=True)
            ]
            units[0] += self.books.opening.get(place, 0.0)
            first[place] = next((month for month, held in enumerate(units) if held > 0), never)
        changed = True
        while changed:
            changed = False
            for (place, recipient), rule in self._rules.items():
                there = (recipient, place[1])
                if first[place] + rule.lead < first[there]:
                    first[there], changed = first[place] + rule.lead, True
        return first

    def waits(self, queue: Queue) -> bool:
        """Whether what is not met stays owed (P2)."""
        return queue[3] == "request" and self.scenario.settings.late == "back-order"

    def weight(self, queue: Queue) -> float:
        """What a unit of unmet demand costs in the level ``unmet`` (P15)."""
        return priority_weight(self.books, queue[2]) * item_weight(self.books, queue[1])

    def target_weight(self, place: Place) -> float:
        """What a unit under target costs in the level ``shortfall`` (P15)."""
        nation = next(row for row in self.scenario.nations if row.nation == place[0])
        return nation.weight * item_weight(self.books, place[1])

    def rows(self) -> Iterator[Row]:
        """Each row's key, its side, and by how much it may stay under (or, negative, over) it."""
        for place in self.places:
            for month, name in enumerate(self.months):
                given = self.books.owed[place][month]
                given += self.books.opening.get(place, 0.0) if month == 0 else 0.0
                yield ("balance", *place, name), given, 0.0
                if place in self.freed:
                    most = self.most(place, month) * self.horizon.months
                    yield ("floor", *place, name), self.floors[place][month], -most
                if place in self.gets:
                    yield ("arrived", *place, name), 0.0, 0.0
                    yield ("kept", *place, name), given, 0.0
                    most = self.most(place, month) * self.horizon.months
                    yield ("released", *place, name), 0.0, most
                    yield ("unsent", *place, name), 0.0, most
            if self.books.items[place[1]].shelf_life is not None:
                due = falling_due(self.books, place, self.books.items[place[1]].shelf_life or 0)
                for name, units in zip(self.months, due, strict=True):
                    yield ("shelf life", *place, name), -units, 0.0
        for queue, asked in self.asked.items():
            if self.waits(queue):
                for name, units in zip(self.months, asked, strict=True):
                    yield ("queue", *map(str, queue), name), units, 0.0
        yield from self._industry_rows()
        yield from self._money_rows()
        yield from self._framework_rows()

    def columns(self) -> Iterator[Column]:
        """Every quantity but ramps, which have a limit on their sum (see ``ramps``)."""
        for key, _, room in self.rows():
            if room:
                yield 0.0, abs(room), FREE, [(key, 1.0 if room > 0 else -1.0)]
        yield from self._stocks()
        yield from self._demand()
        yield from self._orders()
        yield from self._production()
        yield from self._transfers()
        yield from self._framework_columns()

    def ramps(self) -> Iterator[tuple[float, list[Column]]]:
        """For each ramp how often it may be decided in all, and a column for each month."""
        for ramp in self.scenario.ramps:
            first = max(0, self.horizon.number(ramp.earliest)) if ramp.earliest else 0
            found: list[Column] = []
            for month in range(first, self.horizon.months):
                entries: Entries = [
                    (("capacity", ramp.line, self.months[later]), -ramp.capacity)
                    for later in range(month + ramp.lead, self.horizon.months)
                ]
                year = str(self.horizon.year(month))
                if ramp.paid_by:
                    entries.append((("budget", ramp.paid_by, year), ramp.cost))
                else:
                    entries.append((("shared", year), -ramp.cost))
                found.append((0.0, float(ramp.count), (0.0, 0.0, ramp.cost), entries))
            yield float(ramp.count), found

    def constants(self) -> Costs:
        """What the levels hold that nothing decides: targets, and demand that may be lost."""
        lost = sum(
            self.weight(queue) * sum(asked)
            for queue, asked in self.asked.items()
            if not self.waits(queue)
        )
        wanted = sum(self.target_weight(p) * sum(values) for p, values in self.targets.items())
        return lost, wanted, 0.0

    def _industry_rows(self) -> Iterator[Row]:
        for item, row in self.books.items.items():
            if row.kind == "end":
                for name in self.months:
                    yield ("taken", item, name), 0.0, 0.0
        wide = widest(self.scenario, self.horizon)
        for line, room in capacities(self.scenario, self.horizon).items():
            for name, units, most in zip(self.months, room, wide[line], strict=True):
                yield ("capacity", line, name), units, most
        for made in self.scenario.lines:
            for month, name in enumerate(self.months if _needs_setup(made) else ()):
                most = self._most_made(made, wide[made.line][month])
                yield ("set-up", made.line, made.item, name), 0.0, most
                yield ("batch", made.line, made.item, name), 0.0, most
        yield from self._component_rows()

    def _component_rows(self) -> Iterator[Row]:
        given: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * self.horizon.months)
        for stock in self.scenario.stocks:
            given[stock.item][0] += opening(self.scenario, stock.low, stock.high)
        for owed in self.scenario.owed:
            given[owed.item][self.horizon.number(owed.month)] += owed.quantity
        for item, kind in self.books.items.items():
            if kind.kind == "component":
                for name, units in zip(self.months, given[item], strict=True):
                    yield ("component", item, name), units, 0.0

    def _money_rows(self) -> Iterator[Row]:
        amounts = {(row.nation, row.year): row.amount for row in self.scenario.budgets}
        late = max((row.months for row in self.scenario.payments), default=0)
        last = self.horizon.year(self.horizon.months - 1 + max(0, late))
        for nation in {row.nation for row in self.scenario.budgets}:
            for year in range(self.horizon.year(0), last + 1):
                amount = amounts.get((nation, year), 0.0)
                yield ("budget", nation, str(year)), amount, amount
        for number, limit in enumerate(self.scenario.absorption):
            about = limit.category or limit.item
            for name in self.months:
                key = (f"absorption {number}", limit.nation, about, name)
                yield key, limit.quantity, limit.quantity

    def _framework_rows(self) -> Iterator[Row]:
        for framework in self.scenario.frameworks:
            name = framework.framework
            most = sum(sum(self.arrivals[item]) for item in self._items(framework))
            for row in ("ceiling", "minimum"):
                yield (row, name), 0.0, most
            money = framework.ceiling_money
            if money is not None:
                yield ("ceiling money", name), money, money
            for item in self._items(framework):
                for band in range(len(bands(self.books, name, item))):
                    for row in ("high", "low", "once"):
                        room = 1.0 if row == "once" else sum(self.arrivals[item])
                        yield (row, name, item, str(band)), 0.0, room

    def _stocks(self) -> Iterator[Column]:
        for place in self.places:
            holding = self.books.items[place[1]].holding
            weight = self.target_weight(place) if place in self.targets else 0.0
            for month, name in enumerate(self.months):
                entries: Entries = [(("balance", *place, name), 1.0)]
                if month + 1 < self.horizon.months:
                    entries.append((("balance", *place, self.months[month + 1]), -1.0))
                if place in self.freed:
                    entries.append((("floor", *place, name), 1.0))
                target = self.targets[place][month] if place in self.targets else 0.0
                floor = 0.0
                if place in self.floors and place not in self.freed:
                    floor = self.floors[place][month]
                if target:
                    yield min(floor, target), target, (0.0, -weight, holding), entries
                least = max(0.0, floor - target)
                most = max(least, self.most(place, month))
                yield least, most, (0.0, 0.0, holding), entries
                if place in self.gets:
                    yield from self._released(place, month)
                yield from self._aging(place, month)
        for item, row in self.books.items.items():
            for month, name in enumerate(self.months if row.kind == "component" else ()):
                held: Entries = [(("component", item, name), 1.0)]
                if month + 1 < self.horizon.months:
                    held.append((("component", item, self.months[month + 1]), -1.0))
                yield 0.0, self.supply[item][month], (0.0, 0.0, row.holding), held

    def _released(self, place: Place, month: int) -> Iterator[Column]:
        """P11: what arrived, what was ever there and not sent on, and what of both counts."""
        name, most = self.months[month], self.most(place, month)
        for row, limit, top in (
            ("arrived", "released", most * self.horizon.months),
            ("kept", "unsent", most),
        ):
            total: Entries = [((row, *place, name), 1.0), ((limit, *place, name), -1.0)]
            if month + 1 < self.horizon.months:
                total.append(((row, *place, self.months[month + 1]), -1.0))
            yield 0.0, top, FREE, total
        entries: Entries = [((limit, *place, name), 1.0) for limit in ("released", "unsent")]
        for pair in self.scenario.backfills:
            if (pair.nation, pair.gets) == place:
                key = ("floor", pair.nation, pair.gives, self.months[month])
                entries.append((key, pair.ratio))
        yield 0.0, most, FREE, entries

    def _aging(self, place: Place, month: int) -> Iterator[Column]:
        if self.books.items[place[1]].shelf_life is None:
            return
        name, most = self.months[month], self.most(place, month)
        entries: Entries = [(("balance", *place, name), 1.0), (("shelf life", *place, name), -1.0)]
        yield 0.0, most, FREE, entries
        ahead: Entries = [(("shelf life", *place, name), 1.0)]
        if month + 1 < self.horizon.months:
            ahead.append((("shelf life", *place, self.months[month + 1]), -1.0))
        yield 0.0, most * self.horizon.months, FREE, ahead

    def _demand(self) -> Iterator[Column]:
        for queue, asked in self.asked.items():
            place, weight, waits = queue[:2], self.weight(queue), self.waits(queue)
            so_far = list(accumulate(asked))
            ages = self.books.items[queue[1]].shelf_life is not None
            for month, name in enumerate(self.months):
                most = so_far[month] if waits else asked[month]
                entries: Entries = [(("balance", *place, name), 1.0)]
                if ages:
                    entries.append((("shelf life", *place, name), -1.0))
                key = ("queue", *map(str, queue), name)
                if waits:
                    entries.append((key, 1.0))
                met = min(most, self.most(place, month))
                yield 0.0, met, FREE if waits else (-weight, 0.0, 0.0), entries
                if waits:
                    owing: Entries = [(key, 1.0)]
                    if month + 1 < self.horizon.months:
                        owing.append(((*key[:-1], self.months[month + 1]), -1.0))
                    yield 0.0, most, (weight, 0.0, 0.0), owing

    def _enter_arrival(self, entries: Entries, place: Place, month: int) -> None:
        """What arrives at a place: stock, absorption, backfills, shelf life."""
        name = self.months[month]
        entries.append((("balance", *place, name), -1.0))
        if place in self.gets:
            entries += [(("arrived", *place, name), -1.0), (("kept", *place, name), -1.0)]
        for number, limit in enumerate(self.scenario.absorption):
            if limit.nation == place[0] and covers(self.books, limit, place[1]):
                about = limit.category or limit.item
                entries.append(((f"absorption {number}", limit.nation, about, name), 1.0))
        life = self.books.items[place[1]].shelf_life
        if life is not None and month + life < self.horizon.months:
            entries.append((("shelf life", *place, self.months[month + life]), 1.0))

    def _orders(self) -> Iterator[Column]:
        leads = shortest_leads(self.books)
        for place in self.places:
            if place[1] not in leads:
                continue
            indices = price_indices(self.books, place[1])
            terms = payment_terms(self.books, place[1])
            for month, name in enumerate(self.months):
                most = self.arrivals[place[1]][month]
                if not most:
                    continue
                row = OrderRow(*place, name, 0.0, "", 0.0)
                framework = framework_for(self.books, row)
                index = indices[max(0, month - leads[place[1]])]
                named = framework.framework if framework else ""
                for band, listed in enumerate(bands(self.books, named, place[1])):
                    price = listed.price * index
                    entries: Entries = [(("taken", place[1], name), 1.0)]
                    self._enter_arrival(entries, place, month)
                    for months, share in terms:
                        year = self.horizon.year(max(0, month + months))
                        entries.append((("budget", place[0], str(year)), share * price))
                    if framework is not None:
                        entries += self._under(framework, place[1], band, price)
                    total = sum(share for _, share in terms)
                    yield 0.0, most, (0.0, 0.0, price * total), entries

    def _under(self, framework: Framework, item: str, band: int, price: float) -> Entries:
        name = framework.framework
        entries: Entries = [(("ceiling", name), 1.0), (("minimum", name), -1.0)]
        entries.append((("ceiling money", name), price))
        entries.append((("high", name, item, str(band)), 1.0))
        entries.append((("low", name, item, str(band)), -1.0))
        return entries

    def _production(self) -> Iterator[Column]:
        room = widest(self.scenario, self.horizon)
        parts: defaultdict[str, Entries] = defaultdict(list)
        for part in self.scenario.components:
            parts[part.item].append(((part.component,), part.quantity))
        for row in self.scenario.lines:
            kind = self.books.items[row.item].kind
            for month in range(row.qualification, self.horizon.months):
                name = self.months[month]
                wide = room[row.line][month]
                most = self._most_made(row, wide)
                entries: Entries = [(("capacity", row.line, name), row.use)]
                if month + row.lead < self.horizon.months:
                    where = "taken" if kind == "end" else "component"
                    entries.append(((where, row.item, self.months[month + row.lead]), -1.0))
                for (component,), units in parts[row.item]:
                    entries.append((("component", component, name), units))
                if _needs_setup(row):
                    entries.append((("set-up", row.line, row.item, name), 1.0))
                    entries.append((("batch", row.line, row.item, name), -1.0))
                    yield self._setup(row, month, max(0.0, wide - row.setup_time))
                yield 0.0, most, FREE, entries

    def _setup(self, row: Line, month: int, wide: float) -> Column:
        name, year = self.months[month], str(self.horizon.year(month))
        most = self._most_made(row, wide)
        entries: Entries = [
            (("set-up", row.line, row.item, name), -most),
            (("batch", row.line, row.item, name), row.batch),
            (("capacity", row.line, name), row.setup_time),
            (("shared", year), -row.setup_cost),
        ]
        return 0.0, 1.0, (0.0, 0.0, row.setup_cost), entries

    def _transfers(self) -> Iterator[Column]:
        for (place, recipient), rule in self._rules.items():
            ages = self.books.items[place[1]].shelf_life is not None
            for month, name in enumerate(self.months):
                most = self.most(place, month)
                if not most:
                    continue
                entries: Entries = [(("balance", *place, name), 1.0)]
                if ages:
                    entries.append((("shelf life", *place, name), -1.0))
                if place in self.gets:
                    entries.append((("kept", *place, name), 1.0))
                year = str(self.horizon.year(month))
                entries.append((("budget", place[0], year), rule.cost))
                if month + rule.lead < self.horizon.months:
                    self._enter_arrival(entries, (recipient, place[1]), month + rule.lead)
                yield 0.0, most, (0.0, 0.0, rule.cost), entries

    def _framework_columns(self) -> Iterator[Column]:
        for framework in self.scenario.frameworks:
            name, items = framework.framework, self._items(framework)
            ends = {item: sum(self.arrivals[item]) for item in items}
            most = min(sum(ends.values()), inf if framework.ceiling is None else framework.ceiling)
            start = max(0, self.horizon.number(framework.start)) if framework.start else 0
            used: Entries = [
                (("ceiling", name), -most),
                (("minimum", name), framework.minimum),
                (("shared", str(self.horizon.year(start))), -framework.fixed_cost),
            ]
            for item in items:
                used.append((("once", name, item, "0"), -1.0))
                yield from self._band_columns(framework, item, min(most, ends[item]))
            yield 0.0, 1.0, (0.0, 0.0, framework.fixed_cost), used

    def _band_columns(self, framework: Framework, item: str, most: float) -> Iterator[Column]:
        listed = bands(self.books, framework.framework, item)
        lows = [row.quantity for row in listed]
        tops = [min(low, most) for low in lows[1:]] + [most]
        for band, (low, top) in enumerate(zip(lows, tops, strict=True)):
            about = (framework.framework, item)
            if framework.kind == "all-units":
                entries: Entries = [
                    (("high", *about, str(band)), -max(0.0, top)),
                    (("low", *about, str(band)), low),
                    (("once", *about, "0"), 1.0),
                ]
            else:
                entries = [
                    (("high", *about, str(band)), -max(0.0, top - low)),
                    (("once", *about, str(band)), 1.0),
                ]
                if band + 1 < len(listed):
                    entries.append((("once", *about, str(band + 1)), -1.0))
                if band:
                    width = max(0.0, tops[band - 1] - lows[band - 1])
                    entries.append((("low", *about, str(band - 1)), width))
            yield 0.0, 1.0, FREE, entries

    def _most_made(self, row: Line, wide: float) -> float:
        return wide / row.use if row.use else self.supply[row.item][-1]

    def _items(self, framework: Framework) -> list[str]:
        name = framework.framework
        return [row.item for row in self.scenario.framework_items if row.framework == name]


def _needs_setup(row: Line) -> bool:
    return bool(row.setup_cost or row.setup_time or row.batch)
