"""What the parts of the model hand to one another: data, places, and positions of columns."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from intendance.planning._model._blocks import Builder, Floats, Ints, Labels
from intendance.planning._model._data import Data
from intendance.planning._model._places import Places
from intendance.planning._model._supply import reach


@dataclass
class Parts:
    """The model under construction. Positions are -1 where there is no column."""

    data: Data
    places: Places
    build: Builder
    unit: Floats
    reach: Floats
    money: float
    month_names: Labels
    place_names: Labels
    columns: dict[str, Ints] = field(default_factory=dict)
    rows: dict[str, Ints] = field(default_factory=dict)

    @property
    def place_unit(self) -> Floats:
        """The scale of each place's item, as a column."""
        return self.unit[self.places.item][:, None]

    @property
    def place_reach(self) -> Floats:
        """All units that there can be of each place's item, as a column."""
        return self.reach[self.places.item][:, None]


def start_parts(data: Data, places: Places) -> Parts:
    """An empty model with the scales of its quantities and of its money."""
    unit = _units(data)
    months = data.months
    worth = (data.price * unit)[data.price > 0]
    return Parts(
        data=data,
        places=places,
        build=Builder(),
        unit=unit,
        reach=reach(data),
        money=_power(float(np.median(worth)) * 8.0) if len(worth) else 1.0,
        month_names=[(name,) for name in months.names()],
        place_names=[
            (data.nations[n], data.items[i])
            for n, i in zip(places.nation.tolist(), places.item.tolist(), strict=True)
        ],
    )


def _units(data: Data) -> Floats:
    """A power of two for each item, about a hundredth of its largest figure."""
    largest = np.maximum(data.opening, data.target.max(axis=2, initial=0.0)).max(axis=0, initial=0)
    np.maximum.at(largest, data.queues.item, data.queues.asked.max(axis=1, initial=0.0))
    lines = data.lines
    capacity = (lines.capacity + lines.added).max(axis=1, initial=0.0)
    made = capacity[lines.line] / np.where(lines.use > 0, lines.use, 1.0)
    output = np.zeros(len(data.items))
    np.maximum.at(output, lines.item, made)
    largest = np.where(largest > 0, largest, output)
    safe = np.clip(np.where(largest > 0, largest, 1.0) / 128.0, 2.0**-12, 2.0**30)
    return np.asarray(np.exp2(np.round(np.log2(safe))), dtype=np.float64)


def _power(value: float) -> float:
    return float(np.exp2(np.round(np.log2(min(max(value, 2.0**-20), 2.0**50)))))
