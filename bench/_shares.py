"""Shares with their 95 % intervals."""

from __future__ import annotations

from math import sqrt

Z = 1.96  # the normal distribution's two-sided 95 %


def interval(hits: int, total: int) -> tuple[float, float]:
    """Wilson's interval of ``hits`` of ``total`` (more than 0), between 0 and 1."""
    share = hits / total
    middle = (share + Z * Z / (2 * total)) / (1 + Z * Z / total)
    half = Z * sqrt(share * (1 - share) / total + Z * Z / (4 * total * total)) / (1 + Z * Z / total)
    return max(0.0, middle - half), min(1.0, middle + half)


def wilson(hits: int, total: int, places: int = 2) -> str:
    """A share, to so many places, with its 95 % interval; a dash where there is nothing."""
    if not total:
        return "-"
    low, high = interval(hits, total)
    return f"{hits}/{total} = {hits / total:.{places}f} [{low:.2f}, {high:.2f}]"
