"""Readiness as tables for people."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.cli._readiness.figures import figure, share, table
from intendance.render import Language, Table, text
from intendance.sustainment import (
    CurvePoint,
    FleetReadiness,
    PartReadiness,
    Simulated,
    SimulatedFleet,
    SpareToBuy,
    UnderRepair,
)


def fleet_table(rows: Sequence[FleetReadiness], language: Language) -> Table:
    """Fleets, with and without cannibalisation."""
    heads = (
        "fleet",
        "system",
        "number",
        "fit",
        "available",
        "fit-swapping",
        "available-swapping",
        "backorders",
        "method",
    )
    cells = [
        (
            each.fleet,
            each.system,
            str(each.number),
            figure(each.fit, language, 1),
            share(each.availability, language),
            figure(each.fit_swapping, language, 1),
            share(each.availability_swapping, language),
            figure(each.backorders, language, 2),
            each.method,
        )
        for each in rows
    ]
    return table(heads, cells, language, ("fleet", "system", "method"))


def part_table(rows: Sequence[PartReadiness], language: Language) -> Table:
    """Parts at the depot and at each fleet."""
    heads = ("part", "place", "demand", "stock", "outstanding", "variance", "backorders", "method")
    cells = [
        (
            each.part,
            each.place,
            figure(each.demand, language, 2),
            str(each.stock),
            figure(each.outstanding, language, 3),
            figure(each.variance, language, 3),
            figure(each.backorders, language, 3),
            each.method,
        )
        for each in rows
    ]
    return table(heads, cells, language, ("part", "place", "method"))


def times_table(found: UnderRepair, language: Language) -> Table:
    """The edges of the set of times that a share under repair allows."""
    end = "∞"
    cells = [
        (
            figure(each.operating, language, 2),
            figure(each.repair_low, language, 2),
            end if each.repair_high is None else figure(each.repair_high, language, 2),
            figure(found.ratio_low, language, 4),
            end if found.ratio_high is None else figure(found.ratio_high, language, 4),
        )
        for each in found.times
    ]
    heads = ("operating", "repair-from", "repair-to", "ratio-from", "ratio-to")
    return table(heads, cells, language, ())


def simulated_table(rows: Sequence[SimulatedFleet], language: Language) -> Table:
    """The simulation's 99 % intervals beside the formulas."""
    heads = (
        "fleet",
        "backorders",
        "formula",
        "fit",
        "formula",
        "fit-swapping",
        "formula",
        "agrees",
    )
    cells = []
    for each in rows:
        shown: list[str] = []
        for found in (each.backorders, each.fit, each.fit_swapping):
            shown += [_interval(found, language), figure(found.formula, language, 2)]
        agrees = text(f"readiness.{'yes' if each.agrees else 'no'}", language)
        cells.append((each.fleet, *shown, agrees))
    return table(heads, cells, language, ("fleet",))


def curve_table(rows: Sequence[CurvePoint], language: Language) -> Table:
    """The cost-availability curve, step by step."""
    cells = [
        (
            figure(each.cost, language, 2),
            share(each.availability, language),
            figure(each.backorders, language, 3),
            each.part or "–",
            f"{each.spares:+d}" if each.part else "–",
        )
        for each in rows
    ]
    heads = ("cost", "available", "backorders", "part", "change")
    return table(heads, cells, language, ("part",))


def list_table(rows: Sequence[SpareToBuy], language: Language) -> Table:
    """The spares list."""
    cells = [
        (
            each.part,
            each.place,
            str(each.held),
            str(each.buy),
            str(each.stock),
            figure(each.price, language, 2),
            figure(each.cost, language, 2),
        )
        for each in rows
    ]
    heads = ("part", "place", "held", "buy", "then", "price", "cost")
    return table(heads, cells, language, ("part", "place"))


def _interval(found: Simulated, language: Language) -> str:
    low, high = (figure(each, language, 2) for each in (found.low, found.high))
    return f"{low} – {high}"
