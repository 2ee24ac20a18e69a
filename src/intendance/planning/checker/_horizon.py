"""Months as names (YYYY-MM) and as numbers counted from the scenario's start."""

from __future__ import annotations

from collections.abc import Iterable


class Horizon:
    """The months of a plan. Numbers below 0 or from ``months`` on are outside it."""

    def __init__(self, start: str, months: int) -> None:
        self._first = _absolute(start)
        self.months = months

    def number(self, name: str) -> int:
        """The number of the month ``name``."""
        return _absolute(name) - self._first

    def name(self, number: int) -> str:
        """The name of month ``number``."""
        year, month = divmod(self._first + number, 12)
        return f"{year:04d}-{month + 1:02d}"

    def year(self, number: int) -> int:
        """The calendar year of month ``number``."""
        return (self._first + number) // 12

    def inside(self, number: int) -> bool:
        """Whether the plan has that month."""
        return 0 <= number < self.months

    def label(self, number: int) -> str:
        """The name of a month of arrival, empty after the horizon."""
        return self.name(number) if number < self.months else ""

    def steps(self, rows: Iterable[tuple[str, float]], before: float) -> list[float]:
        """Values that hold from a month on until the next row's, as one value a month."""
        values = [before] * self.months
        for name, value in sorted(rows, key=lambda row: self.number(row[0])):
            for month in range(max(0, self.number(name)), self.months):
                values[month] = value
        return values


def _absolute(name: str) -> int:
    year, month = name.split("-")
    return int(year) * 12 + int(month) - 1
