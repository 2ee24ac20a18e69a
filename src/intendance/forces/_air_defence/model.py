"""The mix as an integer programme: what is set aside for which need, and what is bought."""

from __future__ import annotations

import importlib
import math
from collections import defaultdict
from typing import Any, Final

import msgspec

from intendance.forces._air_defence.rows import EVERY, AirNeed, AirSystem, AirTables
from intendance.terms import IntendanceError

_INTEGER_GAP: Final = 1e-9
_SLACK: Final = 1e-6

Terms = dict[int, float]


class Programme:
    """Columns and rows, all columns whole numbers; minimised aim after aim."""

    def __init__(self) -> None:
        self.upper: list[float] = []
        self.rows: list[tuple[float, float, Terms]] = []

    def column(self, upper: float) -> int:
        """A whole number from 0 to ``upper``."""
        self.upper.append(upper)
        return len(self.upper) - 1

    def row(self, low: float, terms: Terms, high: float = math.inf) -> None:
        """low <= terms <= high."""
        self.rows.append((low, high, terms))


class Aim(msgspec.Struct):
    """One aim: its name and costs. Without a name it only breaks ties, and isn't told."""

    name: str
    costs: Terms


class Solved(msgspec.Struct):
    """Whole numbers, and value, bound and proof of each aim."""

    values: list[int]
    levels: list[tuple[str, float, float, bool]]


class Mix(msgspec.Struct):
    """The programme with the meaning of its columns."""

    programme: Programme
    aims: list[Aim]
    systems: dict[tuple[int, str], int]
    interceptors: dict[tuple[int, str, str], int]
    bought: dict[tuple[str, str], int]


def wanted(need: AirNeed) -> int:
    """The interceptors of a need: a day's use times the days, rounded up."""
    return math.ceil(need.per_day * need.days - 1e-9)


def mix_of(tables: AirTables, budget: float) -> Mix:
    """The programme of all nations under one budget.

    A system is set aside for one need at a time, with its full load of interceptors; interceptors
    are set aside only where a system that fires them is; nothing is set aside twice.
    """
    mix = Mix(Programme(), [], {}, {}, {})
    held = {(row.nation, row.item): row.number for row in tables.inventories}
    prices = {row.system: row.price for row in tables.systems}
    prices |= {row.interceptor: row.price for row in tables.interceptors}
    _columns(mix, tables, {k: v for k, v in prices.items() if v is not None}, budget)
    _stocks(mix, tables, held)
    _needs(mix, tables)
    spend = {
        column: prices[item] or 0.0 for (_, item), column in mix.bought.items() if prices[item]
    }
    if mix.bought:
        mix.programme.row(-math.inf, spend, budget)
        mix.aims.append(Aim("cost", spend))
    return mix


def serves(system: AirSystem, need: AirNeed) -> bool:
    """Whether a system counts for a need."""
    return need.threat in system.against and need.range in (EVERY, system.range)


def _columns(mix: Mix, tables: AirTables, prices: dict[str, float], budget: float) -> None:
    most: defaultdict[tuple[str, str], int] = defaultdict(int)
    for number, need in enumerate(tables.needs):
        for system in tables.systems:
            if not serves(system, need):
                continue
            mix.systems[number, system.system] = mix.programme.column(need.systems)
            load = system.load * need.systems
            most[need.nation, system.system] += need.systems
            for each in tables.interceptors:
                if system.system in each.systems:
                    top = max(load, wanted(need))
                    key = (number, system.system, each.interceptor)
                    mix.interceptors[key] = mix.programme.column(top)
                    most[need.nation, each.interceptor] += top
    for (nation, item), count in most.items():
        if item in prices and budget > 0 and count > 0:
            top = count
            if prices[item] > 0:
                top = min(count, math.floor(budget / prices[item] + 1e-9))
            if top > 0:
                mix.bought[nation, item] = mix.programme.column(top)


def _stocks(mix: Mix, tables: AirTables, held: dict[tuple[str, str], int]) -> None:
    """What is set aside of an item is held or bought."""
    taken: defaultdict[tuple[str, str], Terms] = defaultdict(dict)
    for (number, system), column in mix.systems.items():
        taken[tables.needs[number].nation, system][column] = 1.0
    for (number, _, interceptor), column in mix.interceptors.items():
        taken[tables.needs[number].nation, interceptor][column] = 1.0
    for key, terms in taken.items():
        if key in mix.bought:
            terms[mix.bought[key]] = -1.0
        mix.programme.row(-math.inf, terms, held.get(key, 0))


def _needs(mix: Mix, tables: AirTables) -> None:
    loads = {row.system: row.load for row in tables.systems}
    gaps, shorts, first = Terms(), Terms(), Terms()
    for number, need in enumerate(tables.needs):
        gap = mix.programme.column(need.systems)
        short = mix.programme.column(wanted(need))
        gaps[gap] = 1 / need.priority
        first[gap] = float(len(tables.needs) - number)
        if wanted(need):
            shorts[short] = 1 / need.per_day / need.priority
        covered: Terms = {gap: 1.0}
        supplied: Terms = {short: 1.0}
        for (at, system), column in mix.systems.items():
            if at != number:
                continue
            covered[column] = 1.0
            rounds = {
                each: 1.0
                for (n, s, _), each in mix.interceptors.items()
                if (n, s) == (number, system)
            }
            supplied |= rounds
            # A system without its load covers nothing, and a missile without its system neither.
            mix.programme.row(0.0, rounds | {column: -float(loads[system])})
            for each in rounds:
                top = mix.programme.upper[each]
                mix.programme.row(-math.inf, {each: 1.0, column: -top}, 0.0)
        mix.programme.row(need.systems, covered)
        mix.programme.row(wanted(need), supplied)
    # Of needs alike the earlier row is served first, so that a donation moves no others about.
    mix.aims += [Aim("gap", gaps), Aim("short", shorts), Aim("", first)]


def solve(mix: Mix, seconds: float) -> Solved:
    """Each aim in turn, the earlier ones held; raises ``air-defence.solver`` if HiGHS fails."""
    try:
        highspy: Any = importlib.import_module("highspy")
    except ImportError:
        raise IntendanceError(
            "air-defence.extra-missing",
            expected="HiGHS (highspy), to find the best mix",
            got="none",
            where="the installed packages",
        ) from None
    engine = highspy.Highs()
    engine.setOptionValue("output_flag", False)
    engine.setOptionValue("mip_rel_gap", _INTEGER_GAP)
    engine.setOptionValue("mip_abs_gap", _INTEGER_GAP)
    engine.setOptionValue("time_limit", seconds)
    for column, upper in enumerate(mix.programme.upper):
        engine.addCol(0.0, 0.0, upper, 0, [], [])
        engine.changeColIntegrality(column, highspy.HighsVarType.kInteger)
    for low, high, terms in mix.programme.rows:
        engine.addRow(low, high, len(terms), list(terms), list(terms.values()))
    found = Solved([], [])
    for aim in mix.aims:
        for column in range(len(mix.programme.upper)):
            engine.changeColCost(column, aim.costs.get(column, 0.0))
        engine.run()
        status = engine.getModelStatus()
        info = engine.getInfo()
        ended = status == highspy.HighsModelStatus.kOptimal
        if not ended and info.primal_solution_status != 2:
            raise IntendanceError(
                "air-defence.solver",
                expected=f"a mix within {seconds:g} seconds",
                got=engine.modelStatusToString(status),
                where=f"the aim {aim.name}",
            )
        found.values = [round(each) for each in engine.getSolution().col_value]
        value = math.fsum(cost * found.values[column] for column, cost in aim.costs.items())
        bound = value if not mix.programme.upper else min(float(info.mip_dual_bound), value)
        if aim.name:
            found.levels.append((aim.name, value, max(bound, 0.0), ended))
        slack = _SLACK * max(1.0, abs(value))
        engine.addRow(-math.inf, value + slack, len(aim.costs), list(aim.costs),
                      list(aim.costs.values()))  # fmt: skip
    return found
