"""Budgets by nation and year, and what is shared freely (P10)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from intendance.planning._model._blocks import Floats, Ints
from intendance.planning._model._data import Data
from intendance.planning._model._parts import Parts


@dataclass(frozen=True)
class Fund:
    """What is shared among some nations: by year, the columns that cost money and how much."""

    nations: tuple[int, ...]
    years: Ints
    columns: Ints
    amounts: Floats


def last_year(data: Data) -> int:
    """The last calendar year in which anything may fall due."""
    late = max((row.months for row in data.scenario.payments), default=0)
    return data.months.year(data.size - 1 + max(0, late))


def limited(data: Data) -> set[int]:
    """Nations with any row of ``budgets``."""
    return {data.nation_at[row.nation] for row in data.scenario.budgets}


def add_budgets(parts: Parts) -> None:
    """A row for each nation with a budget and each year; absent years allow nothing (P10)."""
    data, build = parts.data, parts.build
    first = data.months.year(0)
    years = last_year(data) - first + 1
    amount = np.zeros((len(data.nations), years))
    mask = np.zeros(amount.shape, dtype=bool)
    mask[sorted(limited(data))] = True
    for row in data.scenario.budgets:
        if first <= row.year < first + years:
            amount[data.nation_at[row.nation], row.year - first] = row.amount
    labels = ([(name,) for name in data.nations], [(str(first + k),) for k in range(years)])
    parts.rows["budget"] = build.add_rows(
        "budget", "P10", labels, mask, upper=amount, scale=1.0 / parts.money
    )


def add_dues(parts: Parts) -> None:
    """Transfers, ramps, set-ups and fixed costs against budgets (P10)."""
    data, places, build, pools = parts.data, parts.places, parts.build, parts.places.pools
    budget = parts.rows["budget"]
    year = (data.months.first + np.arange(data.size)) // 12 - data.months.year(0)
    for name, place, cost in (
        ("give", pools.give_place, pools.give_cost),
        ("arc", pools.arc_from, pools.arc_cost),
    ):
        rows = budget[places.nation[place][:, None], year[None, :]]
        build.enter(rows, parts.columns[name], cost[:, None])
    for number, ramp in enumerate(data.scenario.ramps):
        if ramp.paid_by:
            _enter_steps(parts, budget[data.nation_at[ramp.paid_by]][year], number, ramp.cost)
    for number, fund in enumerate(_funds(parts, year)):
        _add_fund(parts, number, fund)


def _enter_steps(parts: Parts, rows: Ints, ramp: int, cost: float) -> None:
    """A ramp costs when it is decided: each month's count less that of the month before."""
    decided = parts.columns["decided"][ramp]
    parts.build.enter(rows, decided, cost)
    parts.build.enter(rows[1:], decided[:-1], np.where(decided[1:] >= 0, -cost, 0.0))


def _funds(parts: Parts, year: Ints) -> list[Fund]:
    """Shared costs by the nations that share them."""
    data = parts.data
    everyone = tuple(range(len(data.nations)))
    found: dict[tuple[int, ...], list[tuple[Ints, Ints, Floats]]] = {}

    def add(nations: tuple[int, ...], years: Ints, columns: Ints, amounts: Floats) -> None:
        keep = (columns >= 0) & (amounts != 0)
        found.setdefault(nations, []).append((years[keep], columns[keep], amounts[keep]))

    setup = parts.columns["setup"]
    cost = np.broadcast_to(data.lines.setup_cost[:, None], setup.shape)
    add(everyone, np.broadcast_to(year, setup.shape).ravel(), setup.ravel(), cost.ravel())
    for number, ramp in enumerate(data.scenario.ramps):
        if not ramp.paid_by:
            decided = parts.columns["decided"][number]
            again = np.where(decided[1:] >= 0, -ramp.cost, 0.0)
            add(everyone, year, decided, np.full(len(year), ramp.cost))
            add(everyone, year[1:], decided[:-1], again)
    for number, row in enumerate(data.scenario.frameworks):
        members = tuple(data.nation_at[name] for name in row.members) or everyone
        start = max(0, data.months.number(row.start) if row.start else 0)
        due = np.array([data.months.year(start) - data.months.year(0)])
        used = parts.columns["used"][number : number + 1]
        add(members, due, used, np.array([row.fixed_cost]))
    return [
        Fund(nations, *(np.concatenate(part) for part in zip(*listed, strict=True)))
        for nations, listed in found.items()
    ]


def _add_fund(parts: Parts, number: int, fund: Fund) -> None:
    """Shares in what is due each year; without them where a nation without limit may pay."""
    data, build = parts.data, parts.build
    budget = parts.rows["budget"]
    if not len(fund.columns) or not set(fund.nations) <= limited(data):
        return
    years = budget.shape[1]
    due = np.zeros((1, years), dtype=bool)
    due[0, fund.years[fund.years < years]] = True
    names = [(data.nations[k],) for k in fund.nations]
    year_names = [(str(data.months.year(0) + k),) for k in range(years)]
    share = build.add_columns(
        f"share {number}", (names, year_names), np.repeat(due, len(names), axis=0),
        scale=parts.money, reach=np.array([_most(data, k) for k in fund.nations])[:, None],
    )  # fmt: skip
    parts.columns[f"share {number}"] = share
    total = build.add_rows(
        f"fund {number}", "P10", ([("shared",)], year_names), due, lower=0, upper=0,
        scale=1.0 / parts.money,
    )[0]  # fmt: skip
    build.enter(total[None, :], share, -1.0)
    build.enter(total[np.minimum(fund.years, years - 1)], fund.columns, fund.amounts)
    build.enter(budget[list(fund.nations)], share)


def _most(data: Data, nation: int) -> float:
    """The largest budget of a year of one nation."""
    name = data.nations[nation]
    return max(row.amount for row in data.scenario.budgets if row.nation == name)
