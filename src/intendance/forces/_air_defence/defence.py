"""Cover and the best mix, donations, and systems that run out of interceptors."""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec

from intendance.forces._air_defence.check import check_mix
from intendance.forces._air_defence.model import Mix, Solved, mix_of, solve, wanted
from intendance.forces._air_defence.outcome import (
    AirCover,
    AirDefence,
    AirLevel,
    AirPurchase,
    DonationEffect,
    RunOut,
)
from intendance.forces._air_defence.rows import AirHolding, AirTables
from intendance.terms import IntendanceError


def air_defence(tables: AirTables, budget: float = 0.0, seconds: float = 60.0) -> AirDefence:
    """How checked tables' needs are covered, with what ``budget`` can buy at best.

    An integer programme of all nations, solved by HiGHS, aim after aim: first the least systems
    lacking, each weighed by one over its need's priority; then the least days of interceptors
    lacking, weighed alike; then the least money. Each aim has its proved bound; the result is
    counted again by a check that shares no code with the programme. A system set aside for a need
    covers that one only, and only with its load of interceptors.

    Raises IntendanceError ``air-defence.value``, ``air-defence.extra-missing``,
    ``air-defence.solver``.
    """
    if not (0 <= budget <= 1e15) or not seconds > 0:
        raise IntendanceError(
            "air-defence.value",
            expected="a budget from 0 to 1e+15 and some seconds",
            got=f"{budget:g} and {seconds:g}",
            where="the settings",
        )
    mix = mix_of(tables, budget)
    solved = solve(mix, seconds)
    cover = _cover(tables, mix, solved)
    prices = {row.system: row.price or 0.0 for row in tables.systems}
    prices |= {row.interceptor: row.price or 0.0 for row in tables.interceptors}
    purchases = tuple(
        AirPurchase(nation, item, count, prices[item], prices[item] * count)
        for (nation, item), column in sorted(mix.bought.items())
        if (count := solved.values[column])
    )
    return AirDefence(
        cover=cover,
        purchases=purchases,
        budget=budget,
        spent=math.fsum(each.cost for each in purchases),
        levels=tuple(AirLevel(*level) for level in solved.levels),
        findings=tuple(check_mix(tables, cover, purchases, budget)),
    )


def _cover(tables: AirTables, mix: Mix, solved: Solved) -> tuple[AirCover, ...]:
    rows = []
    for number, need in enumerate(tables.needs):
        systems = {
            system: solved.values[column]
            for (at, system), column in mix.systems.items()
            if at == number and solved.values[column]
        }
        rounds: dict[str, dict[str, int]] = {}
        for (at, system, interceptor), column in mix.interceptors.items():
            if at == number and solved.values[column]:
                rounds.setdefault(system, {})[interceptor] = solved.values[column]
        there = sum(systems.values())
        supplied = sum(sum(each.values()) for each in rounds.values())
        covered = min(there, need.systems)
        rows.append(
            AirCover(
                nation=need.nation,
                threat=need.threat,
                range=need.range,
                needed=need.systems,
                covered=covered,
                gap=need.systems - covered,
                systems=systems,
                interceptors_needed=wanted(need),
                interceptors=rounds,
                short=max(wanted(need) - supplied, 0),
                days=supplied / need.per_day if need.per_day else None,
                days_wanted=need.days,
                priority=need.priority,
            )
        )
    return tuple(rows)


def donation_effects(tables: AirTables, seconds: float = 60.0) -> list[DonationEffect]:
    """Which donation closes which gap: each by itself, everything set aside anew.

    Launchers without interceptors, and interceptors without launchers, close nothing.
    """
    before = air_defence(tables, seconds=seconds)
    rows = []
    for name in dict.fromkeys(row.donation for row in tables.donations):
        given = [row for row in tables.donations if row.donation == name]
        held = {(row.nation, row.item): row for row in tables.inventories}
        for row in given:
            old = held.get((row.nation, row.item)) or AirHolding(row.nation, row.item, 0)
            more = msgspec.structs.replace(old, number=old.number + row.number)
            held[row.nation, row.item] = more
        nations = {row.nation for row in given}
        after = air_defence(_only(tables, nations, held.values()), seconds=seconds)
        changed = [old for old in before.cover if old.nation in nations]
        found = [
            DonationEffect(
                donation=name,
                nation=old.nation,
                threat=old.threat,
                range=old.range,
                gap_before=old.gap,
                gap_after=new.gap,
                short_before=old.short,
                short_after=new.short,
                closes=new.gap == 0 and new.short == 0,
            )
            for old, new in zip(changed, after.cover, strict=True)
            if (old.gap, old.short) != (new.gap, new.short)
        ]
        rows += found or [
            DonationEffect(name, ", ".join(sorted(nations)), "", "", 0, 0, 0, 0, closes=False)
        ]
    return rows


def _only(tables: AirTables, nations: set[str], held: Iterable[AirHolding]) -> AirTables:
    """The tables of some nations: without a budget the others change nothing."""
    return msgspec.structs.replace(
        tables,
        inventories=tuple(row for row in held if row.nation in nations),
        needs=tuple(row for row in tables.needs if row.nation in nations),
    )


def run_outs(tables: AirTables, start: str | None = None) -> list[RunOut]:
    """When each nation's systems fall out of use because their interceptors run out.

    All interceptors that fit a system are counted together: stock over (used less arriving) a
    month. ``start`` (YYYY-MM) turns the months into a month.

    Raises IntendanceError ``air-defence.value``.
    """
    first = _month(start) if start else None
    rows = []
    for held in tables.inventories:
        if held.item not in {row.system for row in tables.systems} or not held.number:
            continue
        fitting = {row.interceptor for row in tables.interceptors if held.item in row.systems}
        stocks = [
            row for row in tables.inventories if row.nation == held.nation and row.item in fitting
        ]
        stock = sum(row.number for row in stocks)
        used, arriving = (sum(getattr(r, name) for r in stocks) for name in ("used", "arriving"))
        months = None
        if used > arriving:
            months = stock / (used - arriving)
        elif not stock and not arriving:
            months = 0.0
        month = ""
        if months is not None and first is not None:
            year, at = divmod(first + math.floor(months), 12)
            month = f"{year:04d}-{at + 1:02d}"
        rows.append(
            RunOut(held.nation, held.item, held.number, stock, used, arriving, months, month)
        )
    return sorted(rows, key=lambda r: (r.months is None, r.months or 0, r.nation, r.system))


def _month(start: str) -> int:
    year, _, month = start.partition("-")
    if not (len(start) == 7 and year.isdigit() and month.isdigit() and 1 <= int(month) <= 12):
        raise IntendanceError(
            "air-defence.value", expected="a month as YYYY-MM", got=repr(start), where="start"
        )
    return 12 * int(year) + int(month) - 1
