"""How well one partition of the statements agrees with another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import TypeVar

import msgspec

_Found = TypeVar("_Found", bound=Hashable)


class Scores(msgspec.Struct, frozen=True):
    """Precision and recall over pairs (of what was put together, of what belongs together) and
    per statement (B-cubed: A. Bagga and B. Baldwin, 1998); all between 0 and 1.
    """

    precision: float
    recall: float
    b3_precision: float
    b3_recall: float
    clusters: int
    true_clusters: int

    @property
    def f1(self) -> float:
        """The harmonic mean of pairwise precision and recall."""
        return harmonic(self.precision, self.recall)

    @property
    def b3_f1(self) -> float:
        """The harmonic mean of B-cubed precision and recall."""
        return harmonic(self.b3_precision, self.b3_recall)


def harmonic(one: float, other: float) -> float:
    """2ab / (a + b); 0 where both are 0."""
    return 2 * one * other / (one + other) if one + other else 0.0


def score(truth: Mapping[str, str], found: Mapping[str, _Found]) -> Scores:
    """Compare ``found`` (statement -> cluster) with ``truth`` over the statements of ``truth``.

    A statement that is in no found cluster stands alone.
    """
    cells: Counter[tuple[str, object]] = Counter()
    for statement, belongs in truth.items():
        cells[belongs, found.get(statement, ("alone", statement))] += 1
    rows: Counter[str] = Counter()
    columns: Counter[object] = Counter()
    for (row, column), count in cells.items():
        rows[row] += count
        columns[column] += count
    together = sum(map(_pairs, cells.values()))
    put, belong = sum(map(_pairs, columns.values())), sum(map(_pairs, rows.values()))
    squares = [(row, column, count * count) for (row, column), count in cells.items()]
    total = max(1, len(truth))
    return Scores(
        precision=together / put if put else 1.0,
        recall=together / belong if belong else 1.0,
        b3_precision=sum(square / columns[column] for _, column, square in squares) / total,
        b3_recall=sum(square / rows[row] for row, _, square in squares) / total,
        clusters=len(columns),
        true_clusters=len(rows),
    )


def _pairs(count: int) -> int:
    return count * (count - 1) // 2
