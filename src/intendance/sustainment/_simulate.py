"""A seeded simulation of the same fleet, event by event: the check on the formulas."""

from __future__ import annotations

import math
import random
from collections import deque
from collections.abc import Generator
from importlib import import_module
from typing import Any, Final

import msgspec
import numpy as np
from scipy import stats

from intendance.sustainment._arrays import Floats, checked, wrong
from intendance.sustainment._fleet import DAYS, Fleet, fleet_of
from intendance.sustainment._indenture import flows
from intendance.sustainment._readiness import Readiness, readiness
from intendance.sustainment._rows import EVERY, FleetTables
from intendance.terms import IntendanceError

_BATCHES: Final = 40
_CONFIDENCE: Final = 0.99
_MOST_FAILURES: Final = 50_000_000

Waiting = Generator[Any, Any, None]


class Simulated(msgspec.Struct, frozen=True):
    """A mean over time with its 99 % interval, and what the formulas say."""

    mean: float
    low: float
    high: float
    formula: float


class SimulatedFleet(msgspec.Struct, frozen=True):
    """One fleet simulated (``*``: all together), beside the formulas.

    ``agrees``: the formulas' back-orders and systems fit, with and without swapping, lie inside
    the simulation's intervals.
    """

    fleet: str
    method: str
    backorders: Simulated
    fit: Simulated
    fit_swapping: Simulated
    agrees: bool


def simulate(
    tables: FleetTables, years: float = 200.0, seed: int = 1, formula: Readiness | None = None
) -> list[SimulatedFleet]:
    """Simulates the fleets of checked tables and compares with ``formula`` (else ``exact``).

    Failures are Poisson, repair times exponential, shipping fixed, shops never queue, stocks serve
    first come first served; a repair waits for the part that it needs, then takes its time. A
    tenth of ``years`` more is run first and left out; the rest is cut into forty batches, whose
    means give Student intervals of 99 %.

    Raises IntendanceError ``sustainment.value`` and ``sustainment.extra-missing``.
    """
    length = float(checked("years", years, most=1e6)) * DAYS
    if length <= 0:
        raise wrong("more than no years", f"{years:g}", "years")
    fleet = fleet_of(tables)
    failures = float(fleet.failures.sum()) * length
    if failures > _MOST_FAILURES:
        got = f"{failures:.3g} in {years:g} years"
        raise wrong(f"at most {_MOST_FAILURES:,} failures", got, "years")
    world = _World(fleet, seed)
    world.run(length / 10)
    marks = np.array([world.run(length / _BATCHES) for _ in range(_BATCHES)])
    means = marks / (length / _BATCHES)
    told = readiness(tables) if formula is None else formula
    names = [row.fleet for row in told.fleets]
    wanted = np.array([(row.backorders, row.fit, row.fit_swapping) for row in told.fleets])
    methods = [row.method for row in told.fleets]
    rows = [
        _row(*each, means[:, :, j])
        for j, each in enumerate(zip(names, methods, wanted, strict=True))
    ]
    if len(rows) > 1:
        rows.append(_row(EVERY, told.method, wanted.sum(axis=0), means.sum(axis=2)))
    return rows


def _row(name: str, method: str, wanted: Floats, means: Floats) -> SimulatedFleet:
    """``means`` [batches, 3]: back-orders, systems fit, and fit where parts are swapped."""
    quantile = float(stats.t.ppf((1 + _CONFIDENCE) / 2, _BATCHES - 1))
    middle = means.mean(axis=0)
    half = quantile * means.std(axis=0, ddof=1) / math.sqrt(_BATCHES)
    near = 1e-9 * (1 + np.abs(middle))
    found = [
        Simulated(float(m), float(m - h), float(m + h), float(w))
        for m, h, w in zip(middle, half, wanted, strict=True)
    ]
    return SimulatedFleet(
        fleet=name,
        method=method,
        backorders=found[0],
        fit=found[1],
        fit_swapping=found[2],
        agrees=bool((np.abs(wanted - middle) <= half + near).all()),
    )


class _World:
    """Stocks, holes in systems, and what is on its way."""

    def __init__(self, fleet: Fleet, seed: int) -> None:
        try:
            simpy: Any = import_module("simpy")
        except ImportError:
            raise IntendanceError(
                "sustainment.extra-missing",
                expected="SimPy, to simulate a fleet",
                got="none",
                where="the installed packages",
            ) from None
        self.fleet = fleet
        self.chance = random.Random(seed)  # noqa: S311  # a simulation, no secret
        self.env = simpy.Environment()
        count, units = len(fleet.parts), len(fleet.fleets)
        self.shelves = [
            [_Shelf(self.env, int(fleet.depot_stock[i]))]
            + [_Shelf(self.env, int(fleet.stock[i, j])) for j in range(units)]
            for i in range(count)
        ]
        self.inner = [fleet.children(part) for part in range(count)]
        self.systems = [_Systems(fleet, j, self.chance) for j in range(units)]
        self.since = 0.0
        self.sums = np.zeros((3, units))
        rate = flows(fleet).demand
        for part in fleet.roots():
            for j in range(units):
                if rate[part, j] > 0:
                    self.env.process(self.failing(part, j, float(rate[part, j])))

    def run(self, days: float) -> Floats:
        """Goes on for so long; gives what holes and systems up add up to over that time."""
        self.sums = np.zeros_like(self.sums)
        self.since = self.env.now
        self.env.run(until=self.env.now + days)
        self.count()
        return self.sums.copy()

    def count(self) -> None:
        """Adds what there was since the last change."""
        passed, self.since = self.env.now - self.since, self.env.now
        for j, each in enumerate(self.systems):
            self.sums[0, j] += passed * each.holes
            self.sums[1, j] += passed * each.up
            self.sums[2, j] += passed * each.up_swapping()

    def failing(self, part: int, j: int, rate: float) -> Waiting:
        """Failures of one part at one fleet, for ever."""
        while True:
            yield self.env.timeout(self.chance.expovariate(rate))
            self.env.process(self.failure(part, j))

    def failure(self, part: int, j: int) -> Waiting:
        """A system waits for a spare, and the failed part goes its way."""
        self.env.process(self.resupply(part, j))
        taken = self.shelves[part][j + 1].take()
        if not taken.triggered:
            self.count()
            self.systems[j].open(part)
            yield taken
            self.count()
            self.systems[j].close(part)

    def resupply(self, part: int, j: int) -> Waiting:
        """The unit repairs the part itself, or gets another from the depot for it."""
        fleet = self.fleet
        drawn = self.chance.random()
        if drawn < fleet.at_unit[part, j]:
            yield from self.repair(part, j + 1, float(fleet.unit_days[part, j]))
        else:
            away = 1 - float(fleet.at_unit[part, j])
            self.env.process(self.at_depot(part, float(fleet.at_depot[part, j]) / away))
            yield self.shelves[part][0].take()
            yield self.env.timeout(float(fleet.shipping[j]))
        self.shelves[part][j + 1].put()

    def at_depot(self, part: int, share: float) -> Waiting:
        """A failed part at the depot: repaired there or at the maker, then on the depot's shelf."""
        if self.chance.random() < share:
            yield from self.repair(part, 0, float(self.fleet.depot_days[part]))
        else:
            yield self.env.timeout(self.lasting(float(self.fleet.maker_days[part])))
        self.shelves[part][0].put()

    def repair(self, part: int, place: int, days: float) -> Waiting:
        """Waits for the inner part that the repair needs, if any; then takes its time."""
        drawn = self.chance.random()
        for child in self.inner[part]:
            drawn -= float(self.fleet.share[child])
            if drawn < 0:
                if place:
                    self.env.process(self.resupply(child, place - 1))
                else:
                    self.env.process(self.at_depot(child, float(self.fleet.depot_share[child])))
                yield self.shelves[child][place].take()
                break
        yield self.env.timeout(self.lasting(days))

    def lasting(self, days: float) -> float:
        """An exponential time of that mean."""
        return self.chance.expovariate(1 / days) if days > 0 else 0.0


class _Shelf:
    """Spares at one place; who comes first is served first."""

    def __init__(self, env: Any, stock: int) -> None:
        self.env, self.stock, self.queue = env, stock, deque[Any]()

    def take(self) -> Any:
        """An event: at once where a spare is there."""
        event = self.env.event()
        if self.stock:
            self.stock -= 1
            event.succeed()
        else:
            self.queue.append(event)
        return event

    def put(self) -> None:
        """A spare for the first who waits, else for the shelf."""
        if self.queue:
            self.queue.popleft().succeed()
        else:
            self.stock += 1


class _Systems:
    """The systems of one fleet: which of their places are empty."""

    def __init__(self, fleet: Fleet, j: int, chance: random.Random) -> None:
        self.number, self.chance = int(fleet.number[j]), chance
        roots = [part for part in fleet.roots() if fleet.fitted[part, j]]
        self.quantity = {part: int(fleet.quantity[part]) for part in roots}
        self.swap = {part: fleet.swap[part] for part in roots}
        self.empty: dict[int, set[int]] = {part: set() for part in roots}
        self.order: dict[int, deque[int]] = {part: deque() for part in roots}
        self.count = dict.fromkeys(roots, 0)
        self.missing = [0] * self.number
        self.holes, self.up = 0, self.number

    def open(self, part: int) -> None:
        """A hole in a place drawn from those that are filled, if any is left."""
        self.holes += 1
        self.count[part] += 1
        places, empty = self.number * self.quantity[part], self.empty[part]
        if self.count[part] > places:
            return
        place = self.chance.randrange(places)
        while place in empty:
            place = self.chance.randrange(places)
        empty.add(place)
        self.order[part].append(place)
        system = place // self.quantity[part]
        self.up -= self.missing[system] == 0
        self.missing[system] += 1

    def close(self, part: int) -> None:
        """The oldest hole is filled; where more wait than there are places, it opens again."""
        self.holes -= 1
        self.count[part] -= 1
        if self.count[part] >= self.number * self.quantity[part]:
            return
        place = self.order[part].popleft()
        self.empty[part].remove(place)
        system = place // self.quantity[part]
        self.missing[system] -= 1
        self.up += self.missing[system] == 0

    def up_swapping(self) -> float:
        """Systems up where swappable parts' holes are gathered; others' holes lie where drawn."""
        down, fixed = 0, 1.0
        for part, count in self.count.items():
            if self.swap[part]:
                down = max(down, -(-count // self.quantity[part]))
            elif self.number:
                left = max(1 - count / (self.number * self.quantity[part]), 0.0)
                fixed *= left ** self.quantity[part]
        return max(self.number - down, 0) * fixed
