"""Readiness as tables for people."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.cli._readiness.figures import figure, share, table
from intendance.render import Language, Table
from intendance.sustainment import FleetReadiness, PartReadiness, UnderRepair


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
