"""What is wrong with the tables of a fleet, in the order in which it is told."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from typing import Final

from intendance.sustainment._rows import DEPOT, EVERY, ROWS, FleetTables
from intendance.tables import FIRST_ROW, Problem, repeated

_MOST: Final = 1e12
_MOST_FLEET: Final = 1_000_000
_SHARES: Final = {"share", "at_unit", "at_depot", "usable"}
_WHOLE: Final = {"number", "quantity", "stock"}
_KEYS: Final = {
    "fleets": ("fleet",),
    "parts": ("part",),
    "rates": ("part", "fleet"),
    "shops": ("place", "part", "fleet"),
    "spares": ("part", "place"),
}
_ROUNDING: Final = 1e-9


def problems(tables: FleetTables) -> Iterator[Problem]:
    """Values first, then names, then what rows say together."""
    yield from _values(tables)
    rows = {name: getattr(tables, name) for name in ROWS}
    yield from repeated(rows, _KEYS, "sustainment.duplicate")
    yield from _names(tables)
    yield from _cycles(tables)
    yield from _shares(tables)
    yield from _rates(tables)
    yield from _shops(tables)


def _values(tables: FleetTables) -> Iterator[Problem]:
    for table in ROWS:
        for row, found in enumerate(getattr(tables, table), FIRST_ROW):
            for field in found.__struct_fields__:
                value = getattr(found, field)
                if isinstance(value, bool) or not isinstance(value, int | float):
                    continue
                if field in _SHARES and not 0 <= value <= 1:
                    got = f"{value:g}" + (f" ({100 * value:g} %)" if value > 1 else "")
                    expected = "a share from 0 to 1 (100 %)"
                    yield Problem("sustainment.value", table, row, field, expected, got)
                least = 1 if field == "quantity" else 0
                most = _MOST_FLEET if field in _WHOLE else _MOST
                if field not in _SHARES and not least <= value <= most:
                    kind = "a whole number" if field in _WHOLE else "a number"
                    expected = f"{kind} from {least} to {most:g}"
                    yield Problem("sustainment.value", table, row, field, expected, f"{value:g}")


def _names(tables: FleetTables) -> Iterator[Problem]:
    fleets = tuple(row.fleet for row in tables.fleets)
    parts = tuple(row.part for row in tables.parts)
    systems = tuple(dict.fromkeys(row.system for row in tables.fleets))
    for row, each in enumerate(tables.fleets, FIRST_ROW):
        if each.fleet in ("", EVERY, DEPOT):
            expected = "a name other than depot and *"
            yield Problem("sustainment.value", "fleets", row, "fleet", expected, repr(each.fleet))
    for row, part in enumerate(tables.parts, FIRST_ROW):
        if part.part in ("", EVERY) or part.part in systems:
            expected = "a name that is no system's"
            yield Problem("sustainment.value", "parts", row, "part", expected, repr(part.part))
    refers = (
        ("parts", "parent", (*systems, *parts), "a system of fleets or a part"),
        ("rates", "part", parts, "a part of parts"),
        ("rates", "fleet", (*fleets, EVERY), "a fleet of fleets, or *"),
        ("shops", "part", (*parts, EVERY), "a part of parts, or *"),
        ("shops", "fleet", (*fleets, EVERY), "a fleet of fleets, or *"),
        ("spares", "part", parts, "a part of parts"),
        ("spares", "place", (*fleets, DEPOT), "a fleet of fleets, or depot"),
        ("batches", "system", systems, "a system of fleets"),
        ("batches", "place", (*fleets, DEPOT), "a fleet of fleets, or depot"),
    )
    for table, field, known, expected in refers:
        names = set(known)
        for row, found in enumerate(getattr(tables, table), FIRST_ROW):
            name = getattr(found, field)
            if name not in names:
                yield Problem(
                    "sustainment.unknown-name", table, row, field, expected, repr(name), known
                )


def _cycles(tables: FleetTables) -> Iterator[Problem]:
    rows = {each.part: row for row, each in enumerate(tables.parts, FIRST_ROW)}
    graph = {each.part: {each.parent} for each in tables.parts}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as fault:
        ring = list(reversed(fault.args[1]))
        first = min(ring[:-1], key=rows.__getitem__)
        at = ring.index(first)
        shown = [*ring[at:-1], *ring[:at], first]
        expected = "parts that are not made of themselves"
        got = " in ".join(shown)
        yield Problem("sustainment.cycle", "parts", rows[first], "parent", expected, got)


def _shares(tables: FleetTables) -> Iterator[Problem]:
    parts = {each.part for each in tables.parts}
    sums: defaultdict[str, float] = defaultdict(float)
    for row, each in enumerate(tables.parts, FIRST_ROW):
        if each.parent in parts and each.share is None:
            expected = f"the share of the repairs of {each.parent} that need it"
            yield Problem("sustainment.value", "parts", row, "share", expected, "an empty cell")
        if each.parent not in parts and each.share is not None:
            expected = "no share: a part fitted to a system has a rate of failures"
            yield Problem("sustainment.value", "parts", row, "share", expected, f"{each.share:g}")
        sums[each.parent] += each.share or 0.0
        if sums[each.parent] > 1 + _ROUNDING:
            expected = f"shares of {each.parent} that add up to at most 1 (100 %)"
            got = f"{sums[each.parent]:g} with this one"
            yield Problem("sustainment.value", "parts", row, "share", expected, got)
    for row, rate in enumerate(tables.rates, FIRST_ROW):
        both = rate.at_unit + rate.at_depot
        if both > 1 + _ROUNDING:
            expected = "at_unit and at_depot of together at most 1 (100 %)"
            got = f"{both:g} ({100 * both:g} %)"
            yield Problem("sustainment.value", "rates", row, "at_depot", expected, got)


def _rates(tables: FleetTables) -> Iterator[Problem]:
    """A fitted part has failures, told for each fleet or for all; others have none of their own."""
    parts = {each.part for each in tables.parts}
    fitted = {each.part for each in tables.parts if each.parent not in parts}
    told: defaultdict[str, set[str]] = defaultdict(set)
    for row, rate in enumerate(tables.rates, FIRST_ROW):
        told[rate.part].add(rate.fleet)
        if rate.part in fitted and rate.failures is None:
            expected = "failures a year of a part fitted to a system"
            yield Problem("sustainment.value", "rates", row, "failures", expected, "an empty cell")
        if rate.part not in fitted and rate.failures is not None:
            expected = "no failures: they follow from the repairs of its parent"
            got = f"{rate.failures:g}"
            yield Problem("sustainment.value", "rates", row, "failures", expected, got)
    for row, part in enumerate(tables.parts, FIRST_ROW):
        lacks = [
            fleet.fleet
            for fleet in tables.fleets
            if part.parent == fleet.system and not told[part.part] & {EVERY, fleet.fleet}
        ]
        if lacks:
            expected = f"a row of rates for {part.part} and {lacks[0]}"
            yield Problem("sustainment.missing", "parts", row, "part", expected, "none")


def _shops(tables: FleetTables) -> Iterator[Problem]:
    known = {(each.place, each.part, each.fleet) for each in tables.shops}
    for row, each in enumerate(tables.shops, FIRST_ROW):
        if each.place != "unit" and each.fleet != EVERY:
            expected = f"* : the {each.place} serves every fleet"
            yield Problem("sustainment.value", "shops", row, "fleet", expected, repr(each.fleet))
    for row, rate in enumerate(tables.rates, FIRST_ROW):
        shares = {
            "unit": rate.at_unit,
            "depot": rate.at_depot,
            "maker": 1 - rate.at_unit - rate.at_depot,
        }
        for place, share in shares.items():
            if share <= _ROUNDING or any(
                (place, part, fleet) in known
                for part in (rate.part, EVERY)
                for fleet in (rate.fleet, EVERY)
            ):
                continue
            expected = f"days of repair of {rate.part} at the {place}, in shops"
            got = f"none, for {math.floor(1000 * share + 0.5) / 10:g} % of its repairs"
            yield Problem("sustainment.missing", "rates", row, "part", expected, got)
