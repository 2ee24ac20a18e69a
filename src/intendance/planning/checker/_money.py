"""Payments, budgets and the level ``cost`` (P10, P15)."""

from __future__ import annotations

from collections import defaultdict

from intendance.planning.checker._books import Books
from intendance.planning.checker._transfers import rule_for

Due = defaultdict[tuple[str, int, str, str], float]
"""Amounts by nation (empty: shared freely), year, kind and what for."""


def check_money(books: Books, components: dict[str, list[float]]) -> float:
    """P10: every payment is stated, and budgets hold. Gives the level ``cost`` (P15)."""
    due = _due(books)
    stated: Due = defaultdict(float)
    for row in books.decisions.payments:
        where = f"{row.nation} {row.year} {row.kind} {row.what}"
        if row.nation not in books.nations:
            books.findings.wrong("P10", where, "paid by no nation of the scenario")
        books.findings.least("P10", where, row.amount, 0.0, "a payment")
        shared = ("", row.year, row.kind, row.what)
        stated[shared if shared in due else (row.nation, row.year, row.kind, row.what)] += (
            row.amount
        )
    for key in {**due, **stated}:
        where = " ".join(map(str, key)).strip()
        books.findings.equal("P10", where, stated[key], due[key], "what is paid")
    _check_budgets(books)
    return sum(due.values()) + _holding(books, components)


def _due(books: Books) -> Due:
    due: Due = defaultdict(float)
    horizon = books.horizon
    for row in books.decisions.orders:
        month = horizon.number(row.month)
        for months, share in payment_terms(books, row.item):
            year = horizon.year(max(0, month + months))
            due[row.nation, year, "order", row.item] += share * row.quantity * row.price
    for sent in books.decisions.transfers:
        rule = rule_for(books, sent)
        if rule is not None and rule.cost:
            year = horizon.year(horizon.number(sent.month))
            due[sent.sender, year, "transfer", sent.item] += rule.cost * sent.quantity
    ramps = {row.ramp: row for row in books.scenario.ramps}
    for made in books.decisions.ramps:
        if made.ramp in ramps:
            ramp = ramps[made.ramp]
            year = horizon.year(horizon.number(made.month))
            due[ramp.paid_by, year, "ramp", ramp.ramp] += made.count * ramp.cost
    costs = {(row.line, row.item): row.setup_cost for row in books.scenario.lines}
    for started in {(r.line, r.item, r.month) for r in books.decisions.production if r.setup}:
        year = horizon.year(horizon.number(started[2]))
        due["", year, "setup", started[0]] += costs.get(started[:2], 0.0)
    used = {row.framework for row in books.decisions.frameworks if row.used}
    for framework in books.scenario.frameworks:
        if framework.framework in used:
            start = horizon.number(framework.start) if framework.start else 0
            due["", horizon.year(max(0, start)), "framework", framework.framework] += (
                framework.fixed_cost
            )
    return due


def payment_terms(books: Books, item: str) -> list[tuple[int, float]]:
    """When an item is paid for: its own rows, else those of ``*``, else all on arrival."""
    for name in (item, "*"):
        rows = [(row.months, row.share) for row in books.scenario.payments if row.item == name]
        if rows:
            return rows
    return [(0, 1.0)]


def _check_budgets(books: Books) -> None:
    amounts = {(row.nation, row.year): row.amount for row in books.scenario.budgets}
    limited = {nation for nation, _ in amounts}
    spent: defaultdict[tuple[str, int], float] = defaultdict(float)
    for row in books.decisions.payments:
        spent[row.nation, row.year] += row.amount
    for (nation, year), amount in spent.items():
        if nation in limited:
            limit = amounts.get((nation, year), 0.0)
            books.findings.most("P10", f"{nation} {year}", amount, limit, "what is spent")


def _holding(books: Books, components: dict[str, list[float]]) -> float:
    total = 0.0
    for place in books.places():
        holding = books.items[place[1]].holding
        if holding:
            total += holding * sum(books.stock(place))
    for item, levels in components.items():
        total += books.items[item].holding * sum(levels)
    return total
