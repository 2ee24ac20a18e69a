"""Who pays what in which year (P10)."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from intendance.planning._model import Frame
from intendance.planning._model._money import limited
from intendance.planning._model._orders import terms_of
from intendance.planning._plan import Decisions, PaymentRow
from intendance.planning._solve._flows import Flows

Due = tuple[int, str, str]
"""A year, a kind of cost and what for."""


def payments(model: Frame, flows: Flows, decided: Decisions) -> tuple[PaymentRow, ...]:
    """One row for each nation, year, kind and thing paid for."""
    paid: defaultdict[tuple[str, int, str, str], float] = defaultdict(float)
    _own(model, decided, paid)
    dues = _shared(model, decided)
    everyone = tuple(range(len(model.data.nations)))
    members = {
        row.framework: tuple(model.data.nation_at[name] for name in row.members) or everyone
        for row in model.data.scenario.frameworks
    }
    groups: dict[tuple[int, ...], list[tuple[Due, float]]] = {}
    for due, amount in dues.items():
        who = members[due[2]] if due[1] == "framework" else everyone
        groups.setdefault(who, []).append((due, amount))
    for nations, listed in groups.items():
        _share(model, flows, nations, listed, paid)
    return tuple(
        PaymentRow(nation=key[0], year=key[1], kind=key[2], what=key[3], amount=amount)  # type: ignore[arg-type]
        for key, amount in sorted(paid.items())
        if amount > 0
    )


def _own(
    model: Frame, decided: Decisions, paid: defaultdict[tuple[str, int, str, str], float]
) -> None:
    """What a nation pays for itself: its orders, what it sends, ramps that it has taken on."""
    data = model.data
    terms = terms_of(data)
    for row in decided.orders:
        month = data.months.number(row.month)
        for months, share in terms[data.item_at[row.item]]:
            year = data.months.year(max(0, month + months))
            paid[row.nation, year, "order", row.item] += share * row.quantity * row.price
    cost = {
        (r.items[k], s, t): data.scenario.transfers[r.rule[s, t]].cost
        for r in model.places.rights
        for k in range(len(r.items))
        for s, t in np.argwhere(r.rule >= 0).tolist()
        if data.scenario.transfers[r.rule[s, t]].cost
    }
    for sent in decided.transfers:
        key = data.item_at[sent.item], data.nation_at[sent.sender], data.nation_at[sent.recipient]
        if key in cost:
            year = data.months.year(data.months.number(sent.month))
            paid[sent.sender, year, "transfer", sent.item] += cost[key] * sent.quantity
    payers = {row.ramp: row for row in data.scenario.ramps if row.paid_by}
    for ramp in decided.ramps:
        if ramp.ramp in payers:
            year = data.months.year(data.months.number(ramp.month))
            amount = ramp.count * payers[ramp.ramp].cost
            paid[payers[ramp.ramp].paid_by, year, "ramp", ramp.ramp] += amount


def _shared(model: Frame, decided: Decisions) -> dict[Due, float]:
    """Set-ups, ramps without a payer and fixed costs, by year."""
    data = model.data
    dues: defaultdict[Due, float] = defaultdict(float)
    setup = {(row.line, row.item): row.setup_cost for row in data.scenario.lines}
    for row in decided.production:
        if row.setup:
            year = data.months.year(data.months.number(row.month))
            dues[year, "setup", row.line] += setup[row.line, row.item]
    free = {row.ramp: row.cost for row in data.scenario.ramps if not row.paid_by}
    for ramp in decided.ramps:
        if ramp.ramp in free:
            year = data.months.year(data.months.number(ramp.month))
            dues[year, "ramp", ramp.ramp] += ramp.count * free[ramp.ramp]
    used = {row.framework for row in decided.frameworks if row.used}
    for framework in data.scenario.frameworks:
        if framework.framework in used:
            start = data.months.number(framework.start) if framework.start else 0
            key = data.months.year(max(0, start)), "framework", framework.framework
            dues[key] += framework.fixed_cost
    return {due: amount for due, amount in dues.items() if amount > 0}


def _share(
    model: Frame,
    flows: Flows,
    nations: tuple[int, ...],
    dues: list[tuple[Due, float]],
    paid: defaultdict[tuple[str, int, str, str], float],
) -> None:
    """Splits shared dues: as the solution does, else among those without limit by their orders."""
    data = model.data
    table = flows.shares.get(nations)
    spent: defaultdict[str, float] = defaultdict(float)
    for key, amount in paid.items():
        if key[2] == "order":
            spent[key[0]] += amount
    free = [k for k in nations if k not in limited(data)]
    for year in sorted({due[0] for due, _ in dues}):
        listed = [(due, amount) for due, amount in dues if due[0] == year]
        if table is not None:
            parts = {
                k: float(table[at, year - data.months.year(0)]) for at, k in enumerate(nations)
            }
        else:
            parts = {k: spent[data.nations[k]] for k in free}
        whole = sum(parts.values())
        if whole <= 0:
            parts = dict.fromkeys(free or nations, 1.0)
            whole = float(len(parts))
        for (_, kind, what), amount in listed:
            for nation, part in parts.items():
                if part > 0:
                    # Each due is split alike, so that a nation's part of all is as decided.
                    paid[data.nations[nation], year, kind, what] += amount * part / whole
