"""A closed round as the requests of a scenario: years spread over their months."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import pairwise
from typing import Final

from intendance.planning._demand.rows import TIERS, AskedRow, Round
from intendance.planning._rows import Request

_YEAR: Final = 12


def requests_of(found: Round, asked: tuple[AskedRow, ...]) -> tuple[Request, ...]:
    """What was asked, as evenly over the months of each year as whole units allow.

    Priorities are 1 for firm, 2 for likely, 3 for optional demand; where the round goes by
    delivery priority with P as the lowest of them, p for firm, P + p for likely and 2 P + p for
    optional.
    """
    lowest = max((row.priority for row in asked), default=1) if found.rule == "priority" else 1
    rows: defaultdict[tuple[str, str, str, int], Decimal] = defaultdict(Decimal)
    for row in asked:
        own = row.priority if found.rule == "priority" else 1
        for rank, tier in enumerate(TIERS):
            for month, part in enumerate(_spread(getattr(row, tier), whole=found.whole), 1):
                if part > 0:
                    when = f"{row.year:04d}-{month:02d}"
                    rows[row.nation, row.item, when, rank * lowest + own] += part
    return tuple(
        Request(nation, item, month, float(part), priority)
        for (nation, item, month, priority), part in sorted(rows.items())
    )


def _spread(quantity: Decimal, *, whole: bool) -> list[Decimal]:
    """Twelve parts that add up to the quantity; whole ones where ``whole``."""
    step = Decimal(1) if whole else Decimal("0.001")
    ends = [quantity * month / _YEAR // step * step for month in range(_YEAR)] + [quantity]
    return [end - start for start, end in pairwise(ends)]
