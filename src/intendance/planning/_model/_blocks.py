"""Blocks of columns and rows with named index arrays, and the sparse problem they make up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from intendance.planning._scenario import LEVELS, Level

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Labels = Sequence[tuple[str, ...]]
"""The names of the positions along one axis: (nation, item) for a place, (month,) for a month."""


@dataclass(frozen=True)
class Block:
    """Columns or rows of one kind: ``at`` holds the position of each, -1 where there is none."""

    name: str
    rule: str
    labels: tuple[Labels, ...]
    at: Ints

    @property
    def present(self) -> Ints:
        """The positions of all that exist, in the order of the axes."""
        flat = self.at.ravel()
        return flat[flat >= 0]

    def keys(self) -> list[tuple[str, ...]]:
        """The names of all that exist, in the order of ``present``."""
        found = np.argwhere(self.at >= 0)
        return [
            tuple(
                name for axis, place in zip(self.labels, where, strict=True) for name in axis[place]
            )
            for where in found.tolist()
        ]


@dataclass(frozen=True)
class Problem:
    """Minimise ``costs[level]`` over ``lower <= x <= upper``, ``row_lower <= A x <= row_upper``.

    ``matrix`` is A by columns (scipy CSC). ``constants`` are added to each level. Units are those
    of the scenario; ``col_scale`` and ``row_scale`` (powers of two) make figures comparable.
    ``reach`` is finite: no column need be above it in a best plan (for the bound, P21).
    """

    matrix: Any
    lower: Floats
    upper: Floats
    integer: Bools
    row_lower: Floats
    row_upper: Floats
    costs: dict[Level, Floats]
    constants: dict[Level, float]
    columns: dict[str, Block]
    rows: dict[str, Block]
    col_scale: Floats
    row_scale: Floats
    reach: Floats


class Builder:
    """Collects blocks and entries, vectorised, and puts them together once."""

    def __init__(self) -> None:
        self.columns: dict[str, Block] = {}
        self.rows: dict[str, Block] = {}
        self._column_count = 0
        self._row_count = 0
        self._lower: list[Floats] = []
        self._upper: list[Floats] = []
        self._integer: list[Bools] = []
        self._reach: list[Floats] = []
        self._col_scale: list[Floats] = []
        self._row_lower: list[Floats] = []
        self._row_upper: list[Floats] = []
        self._row_scale: list[Floats] = []
        self._entries: list[tuple[Ints, Ints, Floats]] = []
        self._costs: dict[Level, list[tuple[Ints, Floats]]] = {level: [] for level in LEVELS}
        self.constants: dict[Level, float] = dict.fromkeys(LEVELS, 0.0)

    def add_columns(
        self,
        name: str,
        labels: tuple[Labels, ...],
        mask: Bools,
        *,
        lower: npt.ArrayLike = 0.0,
        upper: npt.ArrayLike = np.inf,
        scale: npt.ArrayLike = 1.0,
        reach: npt.ArrayLike = np.inf,
        integer: bool = False,
    ) -> Ints:
        """A block of columns where ``mask`` is true; gives their positions in its shape."""
        at, count = _positions(mask, self._column_count)
        self.columns[name] = Block(name, "", labels, at)
        self._column_count += count
        self._lower.append(_picked(lower, mask))
        self._upper.append(_picked(upper, mask))
        self._col_scale.append(_picked(scale, mask))
        self._integer.append(np.full(count, integer))
        self._reach.append(np.minimum(self._upper[-1], _picked(reach, mask)))
        return at

    def add_rows(
        self,
        name: str,
        rule: str,
        labels: tuple[Labels, ...],
        mask: Bools,
        *,
        lower: npt.ArrayLike = -np.inf,
        upper: npt.ArrayLike = np.inf,
        scale: npt.ArrayLike = 1.0,
    ) -> Ints:
        """A block of rows where ``mask`` is true; gives their positions in its shape."""
        at, count = _positions(mask, self._row_count)
        self.rows[name] = Block(name, rule, labels, at)
        self._row_count += count
        self._row_lower.append(_picked(lower, mask))
        self._row_upper.append(_picked(upper, mask))
        self._row_scale.append(_picked(scale, mask))
        return at

    def enter(self, rows: Ints, columns: Ints, values: npt.ArrayLike = 1.0) -> None:
        """Entries of the matrix; shapes broadcast; absent rows and columns are passed over."""
        rows, columns, amounts = np.broadcast_arrays(rows, columns, np.asarray(values, float))
        keep = (rows >= 0) & (columns >= 0) & (amounts != 0.0)
        if keep.all():
            self._entries.append((rows.ravel(), columns.ravel(), amounts.ravel()))
        else:
            self._entries.append((rows[keep], columns[keep], amounts[keep]))

    def charge(self, level: Level, columns: Ints, values: npt.ArrayLike) -> None:
        """Adds to the cost of columns in one level of the objective."""
        columns, amounts = np.broadcast_arrays(columns, np.asarray(values, float))
        keep = (columns >= 0) & (amounts != 0.0)
        self._costs[level].append((columns[keep], amounts[keep]))

    def problem(self) -> Problem:
        """All blocks as one problem."""
        from scipy import sparse

        rows, columns, values = (_joined([p[k] for p in self._entries]) for k in (0, 1, 2))
        matrix = sparse.csc_matrix(
            (values, (rows.astype(np.int32), columns.astype(np.int32))),
            shape=(self._row_count, self._column_count),
        )
        costs: dict[Level, Floats] = {}
        for level, parts in self._costs.items():
            where = _joined([part[0] for part in parts]).astype(np.int64)
            weights = _joined([part[1] for part in parts])
            count = self._column_count
            costs[level] = np.asarray(np.bincount(where, weights, count), dtype=np.float64)
        return Problem(
            matrix=matrix,
            lower=_joined(self._lower),
            upper=_joined(self._upper),
            integer=_joined(self._integer).astype(bool),
            row_lower=_joined(self._row_lower),
            row_upper=_joined(self._row_upper),
            costs=costs,
            constants=dict(self.constants),
            columns=self.columns,
            rows=self.rows,
            col_scale=_joined(self._col_scale),
            row_scale=_joined(self._row_scale),
            reach=_joined(self._reach),
        )


def _positions(mask: Bools, first: int) -> tuple[Ints, int]:
    at = np.full(mask.shape, -1, dtype=np.int64)
    count = int(np.count_nonzero(mask))
    at[mask] = np.arange(first, first + count)
    return at, count


def _picked(values: npt.ArrayLike, mask: Bools) -> Floats:
    array = np.asarray(values, dtype=np.float64)
    if array.ndim == 0:
        return np.full(int(np.count_nonzero(mask)), float(array))
    return np.broadcast_to(array, mask.shape)[mask]


def _joined(parts: list[Any]) -> Any:
    return np.concatenate(parts) if parts else np.zeros(0)
