"""A check of a mix by counting: it shares nothing with the programme that found it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from intendance.forces._air_defence.outcome import AirCover, AirPurchase
from intendance.forces._air_defence.rows import AirNeed, AirSystem, AirTables


def check_mix(
    tables: AirTables,
    cover: Sequence[AirCover],
    purchases: Sequence[AirPurchase],
    budget: float,
) -> list[str]:
    """What is wrong with a mix, in words; nothing where every limit holds."""
    return [
        *_spending(tables, purchases, budget),
        *_stocks(tables, cover, purchases),
        *_cover(tables, cover),
    ]


def _spending(tables: AirTables, purchases: Sequence[AirPurchase], budget: float) -> Iterator[str]:
    prices = {row.system: row.price for row in tables.systems}
    prices |= {row.interceptor: row.price for row in tables.interceptors}
    total = Fraction(0)
    for row in purchases:
        price = prices.get(row.item)
        if price is None or row.number < 0:
            yield f"{row.number} {row.item} for {row.nation}: not for sale"
            continue
        total += Fraction(price) * row.number
    if total > Fraction(budget) * (1 + Fraction(1, 10**9)):
        yield f"{float(total):g} spent of {budget:g}"


def _stocks(
    tables: AirTables, cover: Sequence[AirCover], purchases: Sequence[AirPurchase]
) -> Iterator[str]:
    there: Counter[tuple[str, str]] = Counter()
    for row in tables.inventories:
        there[row.nation, row.item] += row.number
    for bought in purchases:
        there[bought.nation, bought.item] += bought.number
    taken: Counter[tuple[str, str]] = Counter()
    for each in cover:
        for system, count in each.systems.items():
            taken[each.nation, system] += count
        for rounds in each.interceptors.values():
            for interceptor, count in rounds.items():
                taken[each.nation, interceptor] += count
    for (nation, item), count in taken.items():
        if count > there[nation, item]:
            yield f"{nation}: {count} {item} set aside of {there[nation, item]}"


def _cover(tables: AirTables, cover: Sequence[AirCover]) -> Iterator[str]:
    needs: dict[tuple[str, str, str], AirNeed] = {
        (row.nation, row.threat, row.range): row for row in tables.needs
    }
    kinds = {row.system: row for row in tables.systems}
    fits: defaultdict[str, set[str]] = defaultdict(set)
    for row in tables.interceptors:
        for system in row.systems:
            fits[system].add(row.interceptor)
    for each in cover:
        where = f"{each.nation} {each.threat} {each.range}"
        need = needs.pop((each.nation, each.threat, each.range), None)
        if need is None:
            yield f"{where}: no such need"
            continue
        yield from _systems(each, where, kinds, fits)
        if set(each.interceptors) - {name for name, count in each.systems.items() if count > 0}:
            yield f"{where}: interceptors without a system"
        set_aside = sum(each.systems.values())
        supplied = sum(sum(rounds.values()) for rounds in each.interceptors.values())
        wanted = math.ceil(Fraction(need.per_day).limit_denominator(10**6)
                           * Fraction(need.days).limit_denominator(10**6))  # fmt: skip
        if each.gap != max(need.systems - set_aside, 0) or each.covered + each.gap != need.systems:
            yield f"{where}: a gap of {each.gap} with {set_aside} of {need.systems}"
        if each.short != max(wanted - supplied, 0):
            yield f"{where}: {each.short} interceptors short with {supplied} of {wanted}"
    for nation, threat, kind_of in needs:
        yield f"{nation} {threat} {kind_of}: left out"


def _systems(
    each: AirCover, where: str, kinds: dict[str, AirSystem], fits: Mapping[str, set[str]]
) -> Iterator[str]:
    for system, count in each.systems.items():
        kind = kinds[system]
        rounds = each.interceptors.get(system, {})
        if each.threat not in kind.against or each.range not in ("*", kind.range):
            yield f"{where}: {system} is not for this"
        if count < 0 or min(rounds.values(), default=0) < 0:
            yield f"{where}: {system} less than none"
        if sum(rounds.values()) < kind.load * count:
            yield f"{where}: {count} {system} with {sum(rounds.values())} interceptors"
        if set(rounds) - fits[system]:
            yield f"{where}: {', '.join(sorted(set(rounds) - fits[system]))} in {system}"
