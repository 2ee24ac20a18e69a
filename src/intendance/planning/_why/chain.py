"""From a shortfall through the limits behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from intendance.planning._model import Model
from intendance.planning._outcome.rows import CauseRow
from intendance.planning._plan import Plan
from intendance.planning._scenario import Scenario
from intendance.planning._why.worth import worth_of
from intendance.planning.checker import Recount, recount
from intendance.terms import IntendanceError

Limit = tuple[str, str, float | None, str]
"""The word for a limit, the row that sets it, its worth, and a sentence."""

CLOSE = 1e-6
"""A limit is reached from this share of it."""


def chain(
    scenario: Scenario, plan: Plan, nation: str, item: str, month: str
) -> tuple[CauseRow, ...]:
    """See ``intendance.planning.why``."""
    _known(scenario, nation, item)
    books = recount(scenario, plan.decisions)
    if not books.horizon.inside(books.horizon.number(month)):
        raise IntendanceError(
            "plan.unknown-name", expected="a month of the plan", got=month,
            where=f"scenario {scenario.settings.name}",
        )  # fmt: skip
    if _missing(books, nation, item, books.horizon.number(month)) is None:
        return ()
    return _causes(_Walk(scenario, plan, books), nation, item, month)


def largest(scenario: Scenario, plan: Plan, count: int) -> tuple[CauseRow, ...]:
    """See ``intendance.planning.why_largest``."""
    books = recount(scenario, plan.decisions)
    price = {row.item: row.price for row in scenario.items}
    missing: dict[tuple[str, str, int], float] = {}
    for queue, values in books.waiting.items():
        for month, value in enumerate(values):
            if value > CLOSE:
                key = queue[0], queue[1], month
                missing[key] = missing.get(key, 0.0) + value * price[queue[1]]
    worst: dict[tuple[str, str], tuple[float, int]] = {}
    for (nation, item, month), value in missing.items():
        worst[nation, item] = max(worst.get((nation, item), (0.0, 0)), (value, month))
    listed = sorted(worst.items(), key=lambda entry: (-entry[1][0], entry[0]))[:count]
    if not listed:
        return ()
    walk = _Walk(scenario, plan, books)
    return tuple(
        cause
        for (nation, item), (_, month) in listed
        for cause in _causes(walk, nation, item, books.horizon.name(month))
    )


def _causes(walk: _Walk, nation: str, item: str, month: str) -> tuple[CauseRow, ...]:
    number = walk.books.horizon.number(month)
    kind = _missing(walk.books, nation, item, number) or "target"
    walk.level = "unmet" if kind == "unmet" else "shortfall"
    found = list(walk.limits(nation, item, number)) or [
        ("unexplained", item, None, "no limit of its own was found")
    ]
    return tuple(
        CauseRow(nation=nation, item=item, month=month, kind=kind, step=step, limit=limit,
                 where=where, worth=worth, text=text)
        for step, (limit, where, worth, text) in enumerate(found, 1)
    )  # fmt: skip


def _known(scenario: Scenario, nation: str, item: str) -> None:
    names = {row.nation for row in scenario.nations}, {row.item for row in scenario.items}
    for name, known, what in ((nation, names[0], "a nation"), (item, names[1], "an item")):
        if name not in known:
            raise IntendanceError(
                "plan.unknown-name", expected=f"{what} of the scenario", got=name,
                where=f"scenario {scenario.settings.name}",
            )  # fmt: skip


def _missing(
    books: Recount, nation: str, item: str, month: int
) -> Literal["unmet", "target"] | None:
    waiting = sum(
        values[month] for queue, values in books.waiting.items() if queue[:2] == (nation, item)
    )
    if waiting > CLOSE:
        return "unmet"
    target = books.target.get((nation, item))
    held = books.stock.get((nation, item))
    if target is not None and target[month] - (held[month] if held else 0.0) > CLOSE:
        return "target"
    return None


class _Walk:
    """Goes from one item to its lines, their ramps and components, and to those who could give."""

    def __init__(self, scenario: Scenario, plan: Plan, books: Recount) -> None:
        self.scenario = scenario
        self.plan = plan
        self.books = books
        self.worth = worth_of(scenario, plan)
        self.level: Literal["unmet", "shortfall"] = "unmet"
        self.model: Model = self.worth.model
        self.data = self.model.data
        self.made = np.zeros((len(scenario.lines), self.data.size))
        self.setup = np.zeros(self.made.shape, dtype=bool)
        rows = {(row.line, row.item): k for k, row in enumerate(scenario.lines)}
        for row in plan.decisions.production:
            at = rows[row.line, row.item], self.data.months.number(row.month)
            self.made[at] += row.quantity
            self.setup[at] |= row.setup

    def limits(self, nation: str, item: str, month: int) -> Iterator[Limit]:
        """All limits on what could have been there by a month, the nearest first."""
        yield from self._money(nation, item, month)
        yield from self._absorbed(nation, item, month)
        yield from self._frameworks(nation, item, month)
        yield from self._industry(item, month, frozenset())
        yield from self._givers(nation, item, month)

    def _money(self, nation: str, item: str, month: int) -> Iterator[Limit]:
        """Budgets that are spent in a year in which an order by then would be paid."""
        amounts = {r.year: r.amount for r in self.scenario.budgets if r.nation == nation}
        if not amounts or not any(line.item == item for line in self.scenario.lines):
            return
        terms = [r for r in self.scenario.payments if r.item == item]
        terms = terms or [r for r in self.scenario.payments if r.item == "*"]
        first = int(self.model.places.arrival[self.data.item_at[item]])
        due = {
            self.data.months.year(max(0, t + after))
            for t in range(first, month + 1)
            for after in ([r.months for r in terms] or [0])
        }
        for year in sorted(due):
            amount = amounts.get(year, 0.0)
            spent = sum(
                r.amount for r in self.plan.decisions.payments
                if (r.nation, r.year) == (nation, year)
            )  # fmt: skip
            if spent >= amount - CLOSE * max(1.0, amount):
                worth = self.worth.of(self.level, "budget", (nation, str(year)))
                text = f"the budget of {nation} for {year} is spent ({amount:,.0f})"
                yield "budget", f"{nation} {year}", worth, text

    def _absorbed(self, nation: str, item: str, month: int) -> Iterator[Limit]:
        """Months in which the nation can take no more."""
        category = self.scenario.items[self.data.item_at[item]].category
        for number, row in enumerate(self.scenario.absorption):
            own = row.category == category if row.category else row.item in ("*", item)
            if row.nation != nation or not own:
                continue
            name = row.category or row.item
            taken = self._taken(nation, row.item if not row.category else "*", row.category)
            full = [t for t in range(month + 1) if taken[t] >= row.quantity * (1 - CLOSE)]
            if full:
                worth = max(
                    self.worth.of(self.level, f"absorption {number}",
                                  (nation, name, self.books.horizon.name(t))) or 0.0
                    for t in full
                )  # fmt: skip
                text = f"{nation} can take {row.quantity:g} a month, reached in {len(full)} months"
                yield "absorption", f"{nation} {name}", worth, text

    def _taken(self, nation: str, item: str, category: str) -> list[float]:
        taken = [0.0] * self.data.size
        for row in self.plan.decisions.orders:
            if row.nation == nation and self._fits(row.item, item, category):
                taken[self.books.horizon.number(row.month)] += row.quantity
        for sent in self.plan.decisions.transfers:
            if sent.recipient == nation and sent.arrives and self._fits(sent.item, item, category):
                taken[self.books.horizon.number(sent.arrives)] += sent.quantity
        return taken

    def _fits(self, name: str, item: str, category: str) -> bool:
        if category:
            return self.scenario.items[self.data.item_at[name]].category == category
        return item in ("*", name)

    def _frameworks(self, nation: str, item: str, month: int) -> Iterator[Limit]:
        """Frameworks that are full, or not used since their minimum isn't reached."""
        place = int(self.model.places.at[self.data.nation_at[nation], self.data.item_at[item]])
        if place < 0:
            return
        for number in np.unique(self.model.cover.at[place, : month + 1]).tolist():
            if number < 0:
                continue
            row = self.scenario.frameworks[number]
            outcomes = [r for r in self.plan.decisions.frameworks if r.framework == row.framework]
            total = sum(r.quantity for r in outcomes)
            if row.ceiling is not None and total >= row.ceiling * (1 - CLOSE):
                key = (row.framework, "ceiling")
                worth = self.worth.of(self.level, f"ceiling {row.framework}", key)
                yield (
                    "framework",
                    row.framework,
                    worth,
                    f"its ceiling of {row.ceiling:g} is reached",
                )
            elif not any(r.used for r in outcomes) and (row.minimum or row.fixed_cost):
                text = f"it isn't used (minimum {row.minimum:g}, fixed cost {row.fixed_cost:g})"
                yield "framework", row.framework, None, text

    def _industry(self, item: str, month: int, seen: frozenset[str]) -> Iterator[Limit]:
        """Lines that are full or late, ramps not yet working, components that are short."""
        rows = [k for k, row in enumerate(self.scenario.lines) if row.item == item]
        if not rows:
            held = any(stock[month] > CLOSE for place, stock in self.books.stock.items()
                       if place[1] == item)  # fmt: skip
            if not held:
                yield "no-source", item, None, f"nobody makes or holds {item}"
        for k in rows:
            yield from self._line(k, month)
        for part in self.scenario.components:
            short = part.item == item and part.component not in seen
            if short and rows and self._short(part.component, month):
                months = [
                    self.worth.of(self.level, "component",
                                  (part.component, self.books.horizon.name(t))) or 0.0
                    for t in range(month + 1)
                ]  # fmt: skip
                text = f"all {part.component} is used up"
                yield "component", part.component, max(months), text
                yield from self._industry(part.component, month, seen | {item})

    def _short(self, component: str, month: int) -> bool:
        held = self.books.common.get(component, [])
        return any(value <= CLOSE for value in held[: month + 1])

    def _line(self, k: int, month: int) -> Iterator[Limit]:
        row = self.scenario.lines[k]
        last = month - row.lead
        if last < row.qualification:
            if row.qualification and month >= row.lead:
                text = f"{row.line} makes no {row.item} before month {row.qualification}"
                yield "qualification", row.line, None, text
            else:
                text = f"what {row.line} starts takes {row.lead} months to arrive"
                yield "lead", row.line, None, text
            return
        full = self._full(k, range(row.qualification, last + 1))
        worth = 0.0
        if full:
            worths = [
                self.worth.of(self.level, "capacity", (row.line, self.books.horizon.name(t)))
                for t in full
            ]
            worth = max(value or 0.0 for value in worths)
        # A line that is full in some months only, and not worth more then, is not what limits.
        if worth > 0 or (full and len(full) == last + 1 - row.qualification):
            text = f"{row.line} is full in {len(full)} of {last + 1 - row.qualification} months"
            yield "line", row.line, worth, text
            yield from self._ramps(row.line, month)
        elif row.batch or row.setup_cost or row.setup_time:
            if not self.setup[k, row.qualification : last + 1].all():
                text = f"{row.line} makes {row.item} only by set-ups, of at least {row.batch:g}"
                yield "batch", row.line, None, text

    def _full(self, k: int, months: range) -> list[int]:
        """Months in which a line makes all that it can."""
        lines = self.data.lines
        line = int(lines.line[k])
        mine = lines.line == line
        used = (self.made * lines.use[:, None] + self.setup * lines.setup_time[:, None])[mine]
        capacity = lines.capacity[line].copy()
        for ramp in self.plan.decisions.ramps:
            if ramp.line == lines.names[line] and ramp.works:
                added = next(r.capacity for r in self.scenario.ramps if r.ramp == ramp.ramp)
                capacity[self.books.horizon.number(ramp.works) :] += added * ramp.count
        total = used.sum(axis=0)
        return [t for t in months if total[t] >= capacity[t] - CLOSE * max(1.0, capacity[t])]

    def _ramps(self, line: str, month: int) -> Iterator[Limit]:
        """Ramps of a full line that work too late, or that were not taken."""
        for ramp in self.scenario.ramps:
            if ramp.line != line:
                continue
            taken = [r for r in self.plan.decisions.ramps if r.ramp == ramp.ramp]
            late = [r.works for r in taken
                    if not r.works or self.books.horizon.number(r.works) > month]  # fmt: skip
            if late:
                when = late[0] or "after the plan"
                yield "ramp", ramp.ramp, None, f"{ramp.ramp} works from {when} only"
            elif sum(r.count for r in taken) < ramp.count:
                earliest = self.books.horizon.number(ramp.earliest) if ramp.earliest else 0
                if max(0, earliest) + ramp.lead > month:
                    text = f"{ramp.ramp} takes {ramp.lead} months"
                else:
                    text = f"{ramp.ramp} is not taken"
                yield "ramp", ramp.ramp, None, text

    def _givers(self, nation: str, item: str, month: int) -> Iterator[Limit]:
        """Others that hold the item: at their floor, waiting for a backfill, or not allowed."""
        floors: list[str] = []
        waits: list[str] = []
        banned: list[str] = []
        allowed = {
            (int(i), s): bool(r.rule[s, self.data.nation_at[nation]] >= 0)
            for r in self.model.places.rights
            for i in r.items
            for s in range(len(self.data.nations))
        }
        for (giver, name), stock in self.books.stock.items():
            if name != item or giver == nation or stock[month] <= CLOSE:
                continue
            key = self.data.item_at[item], self.data.nation_at[giver]
            floor = self.books.floor.get((giver, name))
            low = floor[month] - self.books.released[giver, name][month] if floor else 0.0
            if not allowed.get(key, False):
                banned.append(giver)
            elif stock[month] <= low + CLOSE * max(1.0, low):
                swaps = any(r.nation == giver and r.gives == item for r in self.scenario.backfills)
                (waits if swaps else floors).append(giver)
        for limit, names, text in (
            ("floor", floors, "hold no more than their floor"),
            ("backfill", waits, "give only as replacements arrive"),
            ("transfer", banned, "hold some, but may not send it there"),
        ):
            if names:
                listed = ", ".join(sorted(names))
                yield limit, listed, None, f"{listed} {text}"
