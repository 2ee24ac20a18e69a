"""The spares list that gives the most availability for the money, and its whole curve."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec
import numpy as np

from intendance.sustainment._arrays import Floats, checked, wrong
from intendance.sustainment._fleet import Fleet, fleet_of
from intendance.sustainment._indenture import flows
from intendance.sustainment._readiness import Readiness, readiness_of
from intendance.sustainment._rows import DEPOT, FleetTables
from intendance.sustainment._spares.family import Point, Stocks, family_points, items_of
from intendance.sustainment._spares.flat import Allocation, item_points
from intendance.sustainment._spares.merge import Options, merged
from intendance.sustainment._spares.rows import CurvePoint, SpareToBuy
from intendance.sustainment._two_echelon import Method

Search = Literal["metric", "vari-metric"]
_REACH = 4.0


class SparesList(msgspec.Struct, frozen=True):
    """A list of spares to buy, what it costs, and what it brings.

    ``availability`` is the curve's; ``readiness`` works the fleets out anew with all these spares.
    """

    cost: float
    backorders: float
    availability: float
    spares: tuple[SpareToBuy, ...]
    readiness: Readiness


class SparesCurve:
    """Cost against availability, from the spares there are to more than is worth buying.

    Each step is the purchase that saves most for its cost; at each step's cost no other stocks of
    parts without parts give more (sum over kinds of system of number x log availability).
    """

    def __init__(self, tables: FleetTables, method: Search = "vari-metric") -> None:
        if method not in ("metric", "vari-metric"):
            raise wrong("metric or vari-metric", repr(method), "method")
        self._fleet = fleet_of(tables)
        self._flow = flows(self._fleet)
        self._poisson = method == "metric"
        self.method = method
        self._families: dict[int, list[Point]] = {}
        self._bought: dict[int, list[int]] = {}
        self._flat = [part for part in self._fleet.roots() if not self._fleet.children(part)]
        self.steps = merged(self._options())

    def points(self) -> list[CurvePoint]:
        """Every step of the curve, the first being no purchase."""
        found, counts = [], {part: self._count(part, 0) for part in self._fleet.roots()}
        steps = self.steps
        for at in range(steps.cost.size):
            part = int(steps.family[at])
            spares = 0
            if part >= 0:
                now = self._count(part, int(steps.choice[at]))
                spares, counts[part] = now - counts[part], now
            found.append(
                CurvePoint(
                    cost=float(steps.cost[at]),
                    backorders=float(steps.backorders[at]),
                    availability=float(steps.availability[at]),
                    part=self._fleet.parts[part] if part >= 0 else "",
                    spares=spares,
                )
            )
        return found

    def within(self, budget: float, method: Method = "exact") -> SparesList:
        """The list of the last step that costs no more than ``budget``.

        Raises IntendanceError ``sustainment.value``.
        """
        most = float(checked("budget", budget))
        return self._list(int(np.searchsorted(self.steps.cost, most * (1 + 1e-12), "right")) - 1,
                          method)  # fmt: skip

    def reaching(self, availability: float, method: Method = "exact") -> SparesList:
        """The list of the first step that reaches this availability (0 to 1).

        Raises IntendanceError ``sustainment.value`` where no spares reach it.
        """
        wanted = float(checked("availability", availability, most=1.0))
        reached = np.flatnonzero(self.steps.availability >= wanted)
        if not reached.size:
            most = float(self.steps.availability.max())
            raise wrong(
                f"at most {most:.4f}, which spares can reach", f"{wanted:g}", "availability"
            )
        return self._list(int(reached[0]), method)

    def _options(self) -> Options:
        fleet = self._fleet
        roots = fleet.roots()
        choices = {part: self._points(part) for part in roots if part not in self._flat}
        choices |= self._flat_points()
        systems = list(dict.fromkeys(fleet.systems))
        kind = np.zeros(len(fleet.parts), dtype=np.int64)
        for part in roots:
            kind[part] = systems.index(fleet.systems[int(np.argmax(fleet.fitted[part]))])
        number = [
            sum(fleet.number[j] for j, each in enumerate(fleet.systems) if each == system)
            for system in systems
        ]
        order = [(part, at) for part in roots for at in range(len(choices[part][0]))]
        return Options(
            family=np.array([part for part, _ in order], dtype=np.int64),
            choice=np.array([at for _, at in order], dtype=np.int64),
            cost=np.concatenate([choices[part][0] for part in roots]),
            owed=np.concatenate([choices[part][1] for part in roots]),
            fitted=(fleet.fitted * fleet.number).sum(axis=1) * fleet.quantity,
            quantity=fleet.quantity,
            system=kind,
            number=np.array(number),
        )

    def _points(self, part: int) -> tuple[Floats, Floats]:
        found = family_points(self._fleet, self._flow, part, poisson=self._poisson, reach=_REACH)
        self._families[part] = found
        return np.array([each.cost for each in found]), np.array([each.owed for each in found])

    def _flat_points(self) -> dict[int, tuple[Floats, Floats]]:
        if not self._flat:
            return {}
        items = items_of(self._fleet, self._flow, self._flat, None, poisson=self._poisson)
        fitted = (self._fleet.fitted * self._fleet.number).sum(axis=1) * self._fleet.quantity
        number, bought, owed = item_points(items, fitted[self._flat], _REACH)
        found = {}
        for at, part in enumerate(self._flat):
            mine = number == at
            self._bought[part] = bought[mine].tolist()
            found[part] = (bought[mine] * self._fleet.price[part], owed[mine])
        return found

    def _count(self, part: int, choice: int) -> int:
        """How many spares of the whole family a choice buys."""
        if part in self._bought:
            return int(self._bought[part][choice])
        return self._families[part][choice].spares

    def _list(self, at: int, method: Method) -> SparesList:
        choice = dict.fromkeys(self._fleet.roots(), 0)
        for step in range(1, at + 1):
            choice[int(self.steps.family[step])] = int(self.steps.choice[step])
        stocks: Stocks = {}
        for part, chosen in choice.items():
            if part in self._families:
                stocks |= self._families[part][chosen].stocks()
            else:
                items = items_of(self._fleet, self._flow, [part], None, poisson=self._poisson)
                stocks[part] = Allocation(items, 0, _REACH).at(self._bought[part][chosen])
        fleet = _with(self._fleet, stocks)
        return SparesList(
            cost=float(self.steps.cost[at]),
            backorders=float(self.steps.backorders[at]),
            availability=float(self.steps.availability[at]),
            spares=tuple(_lines(self._fleet, fleet)),
            readiness=readiness_of(fleet, self._flow, method),
        )


def spares_curve(tables: FleetTables, method: Search = "vari-metric") -> SparesCurve:
    """The cost-availability curve of checked tables; spares that are held stay where they are.

    Parts without parts: every point is the best for its cost (marginal analysis over convex curves,
    Fox 1966; Sherbrooke 1968). Parts with parts: MOD-METRIC's nesting (Muckstadt 1973).

    Raises IntendanceError ``sustainment.value``.
    """
    return SparesCurve(tables, method)


def _with(fleet: Fleet, stocks: Stocks) -> Fleet:
    depot, units = fleet.depot_stock.copy(), fleet.stock.copy()
    for part, (at_depot, at_units) in stocks.items():
        depot[part], units[part] = at_depot, at_units
    return msgspec.structs.replace(fleet, depot_stock=depot, stock=units)


def _lines(before: Fleet, after: Fleet) -> Sequence[SpareToBuy]:
    found = []
    for part, name in enumerate(before.parts):
        held = [before.depot_stock[part], *before.stock[part]]
        stock = [after.depot_stock[part], *after.stock[part]]
        for place, old, new in zip((DEPOT, *before.fleets), held, stock, strict=True):
            if new > old:
                price = float(before.price[part])
                cost = price * float(new - old)
                line = (name, place, int(old), int(new), int(new - old), price, cost)
                found.append(SpareToBuy(*line))
    return found
