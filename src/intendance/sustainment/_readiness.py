"""How ready fleets are: availability, what is back-ordered where, with and without swapping."""

from __future__ import annotations

import msgspec
import numpy as np

from intendance.sustainment._arrays import Floats, wrong
from intendance.sustainment._cannibal import drawn, swapped
from intendance.sustainment._fleet import DAYS, Fleet, fleet_of
from intendance.sustainment._indenture import Flows, State, flows, state_of
from intendance.sustainment._rows import DEPOT, FleetTables
from intendance.sustainment._two_echelon import METHODS, Method


class FleetReadiness(msgspec.Struct, frozen=True):
    """One fleet: how many systems are fit at a time, on average.

    ``backorders``: holes in its systems, that no spare fills yet. ``availability`` and ``fit``
    without cannibalisation; ``availability_swapping`` and ``fit_swapping`` where parts that may be
    swapped are taken from systems that are down anyway. An empty fleet has no availability.
    """

    fleet: str
    nation: str
    system: str
    number: int
    method: str
    backorders: float
    availability: float | None
    fit: float
    availability_swapping: float | None
    fit_swapping: float


class PartReadiness(msgspec.Struct, frozen=True):
    """One part at one place: what is demanded a year, outstanding and back-ordered."""

    part: str
    place: str
    method: str
    demand: float
    stock: int
    outstanding: float
    variance: float
    backorders: float


class Readiness(msgspec.Struct, frozen=True):
    """Fleets and parts, by one method."""

    method: str
    fleets: tuple[FleetReadiness, ...]
    parts: tuple[PartReadiness, ...]

    @property
    def fit(self) -> float:
        """Systems fit for use, over all fleets, without cannibalisation."""
        return sum(each.fit for each in self.fleets)


def readiness(tables: FleetTables, method: Method = "exact") -> Readiness:
    """How ready the fleets of checked tables are.

    ``exact`` rests on no approximation for parts that have no parts themselves; assemblies whose
    repair waits for parts are then fitted by VARI-METRIC, and say so in their ``method``. A system
    is up when none of its parts is missing; fleets fail as if all their systems were in use.
    Availability is the product over parts of (1 - EBO / (N Z))^Z (Sherbrooke 2004, ch. 2); by
    ``exact`` the chance of a whole system is taken over all numbers of back-orders instead.

    Raises IntendanceError ``sustainment.value`` and ``sustainment.too-large``.
    """
    if method not in METHODS:
        raise wrong("one of " + ", ".join(METHODS), repr(method), "method")
    fleet = fleet_of(tables)
    return readiness_of(fleet, flows(fleet), method)


def readiness_of(fleet: Fleet, flow: Flows, method: Method) -> Readiness:
    """How ready fleets are whose arrays are made."""
    state = state_of(fleet, flow, method, fleet.depot_stock, fleet.stock)
    return Readiness(
        method=method,
        fleets=tuple(_fleet_rows(fleet, flow, state, method)),
        parts=tuple(_part_rows(fleet, flow, state, method)),
    )


def availability(fleet: Fleet, owed: Floats) -> Floats:
    """Availability of each fleet, without swapping, from its parts' back-orders; 0 where none."""
    roots = fleet.roots()
    fitted = fleet.quantity[roots, None] * fleet.number
    missing = np.divide(owed[roots], fitted, out=np.ones(fitted.shape), where=fitted > 0)
    up = np.maximum(1 - missing, 0.0) ** fleet.quantity[roots, None]
    return np.asarray(np.where(fleet.fitted[roots] > 0, up, 1.0).prod(axis=0))


def _fleet_rows(fleet: Fleet, flow: Flows, state: State, method: Method) -> list[FleetReadiness]:
    exact = method == "exact"
    up = drawn(fleet, flow, state) if exact else availability(fleet, state.owed)
    cannibal = swapped(fleet, flow, state)
    roots = fleet.roots()
    rows = []
    for j, name in enumerate(fleet.fleets):
        number = int(fleet.number[j])
        there = [part for part in roots if fleet.fitted[part, j]]
        rows.append(
            FleetReadiness(
                fleet=name,
                nation=fleet.nations[j],
                system=fleet.systems[j],
                number=number,
                method=_named(method, [state.exact[part] for part in there]),
                backorders=float(state.owed[there, j].sum()),
                availability=float(up[j]) if number else None,
                fit=float(up[j]) * number if number else 0.0,
                availability_swapping=float(cannibal[j]) if number else None,
                fit_swapping=float(cannibal[j]) * number if number else 0.0,
            )
        )
    return rows


def _named(method: Method, exact: list[bool]) -> str:
    if method != "exact" or all(exact):
        return method
    return "exact, vari-metric" if any(exact) else "vari-metric"


def _part_rows(fleet: Fleet, flow: Flows, state: State, method: Method) -> list[PartReadiness]:
    rows = []
    for part, name in enumerate(fleet.parts):
        how = method if method != "exact" or state.exact[part] else "vari-metric"
        rows.append(
            PartReadiness(
                part=name,
                place=DEPOT,
                method=how,
                demand=float(flow.at_depot[part] * DAYS),
                stock=int(fleet.depot_stock[part]),
                outstanding=float(state.depot_mean[part]),
                variance=float(state.depot_variance[part]),
                backorders=float(state.depot_owed[part]),
            )
        )
        for j, where in enumerate(fleet.fleets):
            if fleet.fitted[part, j]:
                rows.append(
                    PartReadiness(
                        part=name,
                        place=where,
                        method=how,
                        demand=float(flow.demand[part, j] * DAYS),
                        stock=int(fleet.stock[part, j]),
                        outstanding=float(state.mean[part, j]),
                        variance=float(state.variance[part, j]),
                        backorders=float(state.owed[part, j]),
                    )
                )
    return rows
