"""A smallest set of rows that contradict each other (P17).

Only floors demand anything outright; all else limits. So the set holds floors and the limits that
keep them from being met. It is irreducible: without any one of its rows the rest could be kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from intendance.planning._model import Model
from intendance.planning._model._blocks import Ints
from intendance.planning._solve._highs import Highs
from intendance.terms import IntendanceError


@dataclass(frozen=True)
class Cause:
    """A row of one of the user's tables, and what of the model stands for it."""

    text: str
    columns: Ints
    rows: Ints


def contradiction(model: Model, highs: Highs) -> IntendanceError:
    """The error ``plan.infeasible`` that names the rows."""
    causes = _floors(model) + _limits(model)
    found = smallest(causes, lambda dropped: _empty(highs, dropped))
    listed = "; ".join(cause.text for cause in found)
    return IntendanceError(
        "plan.infeasible",
        expected="rules that some plan can keep",
        got=f"{len(found)} that contradict each other: {listed}",
        where=f"scenario {model.data.scenario.settings.name}",
    )


def smallest(causes: list[Cause], empty: Callable[[list[Cause]], bool]) -> list[Cause]:
    """The causes that are left when as many as possible are dropped, in blocks and then singly."""
    kept = list(causes)
    dropped: list[Cause] = []
    size = max(1, len(kept) // 2)
    while True:
        start = 0
        while start < len(kept):
            block = kept[start : start + size]
            if len(block) < len(kept) and empty([*dropped, *block]):
                dropped += block
                del kept[start : start + size]
            else:
                start += size
        if size == 1:
            return kept
        size = max(1, size // 2)


def _empty(highs: Highs, dropped: list[Cause]) -> bool:
    """Whether no plan keeps the rules that are left."""
    none = np.zeros(0, dtype=np.int64)
    columns = np.unique(np.concatenate([none, *(cause.columns for cause in dropped)]))
    rows = np.unique(np.concatenate([none, *(cause.rows for cause in dropped)]))
    now = highs.ranges
    highs.bounds(columns, np.zeros(len(columns)), now.upper[columns])
    highs.rows(rows, np.full(len(rows), -np.inf), np.full(len(rows), np.inf))
    nothing = highs.conflict()
    highs.bounds(columns, now.lower[columns], now.upper[columns])
    highs.rows(rows, now.row_lower[rows], now.row_upper[rows])
    return nothing


def _floors(model: Model) -> list[Cause]:
    """A cause for each row of ``targets`` with a floor, and for each floor that is a stock."""
    data, places, problem = model.data, model.places, model.problem
    listed: dict[int, list[tuple[int, float, str]]] = {}
    for row in data.scenario.targets:
        place = int(places.at[data.nation_at[row.nation], data.item_at[row.item]])
        month = data.months.number(row.month)
        text = f"targets: {row.nation} {row.item} from {row.month}, floor {row.floor:g}"
        listed.setdefault(place, []).append((month, row.floor, text))
    for swap in data.scenario.backfills:
        place = int(places.at[data.nation_at[swap.nation], data.item_at[swap.gives]])
        text = f"backfills: {swap.nation} keeps the {swap.gives} that it holds"
        listed.setdefault(place, [(0, 1.0, text)])
    found = []
    for place, steps in listed.items():
        steps.sort(key=lambda step: step[0])
        own = problem.rows.get(f"floor {place}")
        for number, (month, floor, text) in enumerate(steps):
            last = steps[number + 1][0] if number + 1 < len(steps) else data.size
            months = slice(max(0, month), max(0, last))
            if floor <= 0 or place < 0 or months.start >= months.stop:
                continue
            columns = np.concatenate(
                [model.columns[name][place, months] for name in ("filled", "spare")]
            )
            rows = own.at[0, months] if own else np.zeros(0, dtype=np.int64)
            held = data.opening[places.nation[place], places.item[place]]
            full = f"{text} (opening stock {held:g})"
            found.append(Cause(full, columns[columns >= 0], rows[rows >= 0]))
    return found


def _limits(model: Model) -> list[Cause]:
    """Capacities, budgets, absorption, ceilings, set-ups, shelf lives."""
    found = []
    none = np.zeros(0, dtype=np.int64)
    for block in model.problem.rows.values():
        table = TABLES.get(block.name.split(" ")[0])
        if table is None:
            continue
        whole = block.at.reshape(len(block.labels[0]), -1)
        by_month = table in ("budgets",)
        for name, line in zip(block.labels[0], whole, strict=True):
            if by_month:
                found += [
                    Cause(f"{table}: {' '.join((*name, *year))}", none, np.array([row]))
                    for year, row in zip(block.labels[1], line.tolist(), strict=True)
                    if row >= 0
                ]
            elif (line >= 0).any():
                found.append(Cause(f"{table}: {' '.join(name)}", none, line[line >= 0]))
    return found


TABLES = {
    "budget": "budgets",
    "capacity": "lines",
    "absorption": "absorption",
    "ceiling": "frameworks",
    "minimum": "frameworks",
    "batch": "lines (batch)",
    "shelf": "items (shelf_life)",
}
"""The user's table behind a block of rows, by the first word of its name."""
