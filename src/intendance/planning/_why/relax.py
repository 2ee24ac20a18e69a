"""A scenario with one limit eased by a tenth, or by a month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from intendance.planning._outcome.rows import CauseRow
from intendance.planning._rows import Budget, Capacity, Ramp, Target, TransferRule
from intendance.planning._scenario import Scenario

STEP: Final = 1.1
"""Quantities and money are eased by a tenth."""

Eased = tuple[Scenario, str]
"""The scenario with the limit eased, and in words by how much."""


def relax(scenario: Scenario, cause: CauseRow) -> Eased | None:
    """``scenario`` with the limit of ``cause`` eased; None for what has no way to be eased.

    Budgets, capacities, absorption and ceilings grow by a tenth, floors and batches fall by as
    much, backfills free a tenth more; leads, qualifications and ramps take a month less, ramps that
    may not be taken begin at once; a transfer that nobody allows is allowed.
    """
    return _EASINGS[cause.limit](scenario, cause) if cause.limit in _EASINGS else None


def _budget(scenario: Scenario, cause: CauseRow) -> Eased | None:
    nation, year = cause.where.rsplit(" ", 1)
    rows = _mapped(
        scenario.budgets,
        lambda row: (row.nation, row.year) == (nation, int(year)),
        lambda row: Budget(row.nation, row.year, row.amount * STEP),
    )
    return _changed(scenario, "budgets", rows, f"{cause.where} +10 %")


def _line(scenario: Scenario, cause: CauseRow) -> Eased | None:
    lines = _mapped(
        scenario.lines,
        lambda row: row.line == cause.where,
        lambda row: msgspec.structs.replace(row, capacity=row.capacity * STEP),
    )
    capacities = _mapped(
        scenario.capacities,
        lambda row: row.line == cause.where,
        lambda row: Capacity(row.line, row.month, row.capacity * STEP),
    )
    found = _changed(scenario, "lines", lines, f"{cause.where} +10 %")
    if found is None:
        return None
    return msgspec.structs.replace(found[0], capacities=capacities), found[1]


def _component(scenario: Scenario, cause: CauseRow) -> Eased | None:
    """More of a component: its lines, what is held of it and what is owed, all by a tenth."""
    made = {row.line for row in scenario.lines if row.item == cause.where}
    wider = scenario
    for line in sorted(made):
        eased = _line(wider, msgspec.structs.replace(cause, where=line))
        wider = eased[0] if eased else wider
    stocks = _mapped(
        scenario.stocks,
        lambda row: row.item == cause.where,
        lambda row: msgspec.structs.replace(
            row, low=row.low * STEP, high=None if row.high is None else row.high * STEP
        ),
    )
    owed = _mapped(
        scenario.owed,
        lambda row: row.item == cause.where,
        lambda row: msgspec.structs.replace(row, quantity=row.quantity * STEP),
    )
    wider = msgspec.structs.replace(wider, stocks=stocks, owed=owed)
    return None if wider == scenario else (wider, f"{cause.where} +10 %")


def _absorption(scenario: Scenario, cause: CauseRow) -> Eased | None:
    nation, name = cause.where.split(" ", 1)
    rows = _mapped(
        scenario.absorption,
        lambda row: row.nation == nation and (row.category or row.item) == name,
        lambda row: msgspec.structs.replace(row, quantity=row.quantity * STEP),
    )
    return _changed(scenario, "absorption", rows, f"{cause.where} +10 %")


def _framework(scenario: Scenario, cause: CauseRow) -> Eased | None:
    rows = _mapped(
        scenario.frameworks,
        lambda row: row.framework == cause.where,
        lambda row: msgspec.structs.replace(
            row,
            ceiling=None if row.ceiling is None else row.ceiling * STEP,
            minimum=row.minimum / STEP,
            fixed_cost=row.fixed_cost / STEP,
        ),
    )
    words = f"{cause.where}: ceiling +10 %, minimum and fixed cost less"
    return _changed(scenario, "frameworks", rows, words)


def _lead(scenario: Scenario, cause: CauseRow) -> Eased | None:
    return _of_lines(scenario, cause, "lead", lambda months: max(0, months - 1))


def _qualification(scenario: Scenario, cause: CauseRow) -> Eased | None:
    return _of_lines(scenario, cause, "qualification", lambda months: max(0, months - 1))


def _batch(scenario: Scenario, cause: CauseRow) -> Eased | None:
    rows = _mapped(
        scenario.lines,
        lambda row: row.line == cause.where,
        lambda row: msgspec.structs.replace(
            row,
            batch=row.batch / STEP,
            setup_cost=row.setup_cost / STEP,
            setup_time=row.setup_time / STEP,
        ),
    )
    return _changed(scenario, "lines", rows, f"{cause.where}: batch and set-up less by a tenth")


def _ramp(scenario: Scenario, cause: CauseRow) -> Eased | None:
    rows = _mapped(
        scenario.ramps,
        lambda row: row.ramp == cause.where,
        lambda row: Ramp(
            row.ramp, row.line, max(0, row.lead - 1), row.cost / STEP, row.capacity, row.count,
            row.paid_by, "",
        ),
    )  # fmt: skip
    words = f"{cause.where}: a month earlier, a tenth cheaper, at once"
    return _changed(scenario, "ramps", rows, words)


def _floor(scenario: Scenario, cause: CauseRow) -> Eased | None:
    givers = set(cause.where.split(", "))
    rows = _mapped(
        scenario.targets,
        lambda row: row.nation in givers and row.item == cause.item,
        lambda row: Target(row.nation, row.item, row.month, row.target, row.floor / STEP),
    )
    words = f"floors of {cause.item} in {cause.where} less by a tenth"
    return _changed(scenario, "targets", rows, words)


def _backfill(scenario: Scenario, cause: CauseRow) -> Eased | None:
    givers = set(cause.where.split(", "))
    rows = _mapped(
        scenario.backfills,
        lambda row: row.nation in givers and row.gives == cause.item,
        lambda row: msgspec.structs.replace(row, ratio=row.ratio * STEP),
    )
    return _changed(scenario, "backfills", rows, f"ratio of {cause.where} +10 %")


def _transfer(scenario: Scenario, cause: CauseRow) -> Eased | None:
    """What nobody allowed, allowed; by the lead and cost of the most open rule there is."""
    leads = [row.lead for row in scenario.transfers if row.allowed]
    rules = tuple(
        TransferRule(giver, cause.nation, cause.item, lead=min(leads, default=1))
        for giver in cause.where.split(", ")
    )
    named = {(row.sender, row.recipient, row.item) for row in rules}
    kept = tuple(
        row for row in scenario.transfers if (row.sender, row.recipient, row.item) not in named
    )
    words = f"{cause.where} may send {cause.item} to {cause.nation}"
    return _changed(scenario, "transfers", (*kept, *rules), words)


def _of_lines(
    scenario: Scenario, cause: CauseRow, field: str, change: Callable[[int], int]
) -> Eased | None:
    rows = _mapped(
        scenario.lines,
        lambda row: row.line == cause.where,
        lambda row: msgspec.structs.replace(row, **{field: change(getattr(row, field))}),
    )
    return _changed(scenario, "lines", rows, f"{cause.where}: {field} a month less")


def _mapped(rows: Sequence, is_it: Callable[..., bool], change: Callable[..., object]) -> tuple:  # type: ignore[type-arg]
    return tuple(change(row) if is_it(row) else row for row in rows)


def _changed(scenario: Scenario, name: str, rows: object, words: str) -> Eased | None:
    if rows == getattr(scenario, name):
        return None
    return msgspec.structs.replace(scenario, **{name: rows}), words


_EASINGS: Final[dict[str, Callable[[Scenario, CauseRow], Eased | None]]] = {
    "budget": _budget,
    "line": _line,
    "component": _component,
    "absorption": _absorption,
    "framework": _framework,
    "lead": _lead,
    "qualification": _qualification,
    "batch": _batch,
    "ramp": _ramp,
    "floor": _floor,
    "backfill": _backfill,
    "transfer": _transfer,
}
