"""What the room gives: positions, outlooks (design, section 6)."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

from intendance.terms import UNSPECIFIED, Interval

Under = Literal["no", "maybe", "yes", "unknown"]
"""Whether a stock lies under its floor."""


class Position(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """What one nation holds of one item in one month, and what comes and goes (docs/forces.md).

    Every quantity is an interval at the end of the month. ``stock`` is what is held by what has
    happened; ``expected`` what is held if outstanding promises are kept, those without a date to
    come, or overdue, at any time or never. ``on_order`` is part of ``promised_in`` wherever a donor
    ordered it, never to be added to it. ``received`` and ``given`` count all deliveries up to the
    month. ``requirement`` and ``floor`` are as required in that year; ``cover_days`` how long what
    is fit (or, where nobody said what is fit, the stock) lasts at the rate required.
    ``overdrawn`` is by how much the stock falls short of what is given away, ``overdrawn_by`` the
    commitments that take it. ``from_`` (``from`` in JSON): rows ``FILE:ROW`` and commitments.
    """

    nation: str
    item: str
    month: str
    stock: Interval = UNSPECIFIED
    on_order: Interval = UNSPECIFIED
    promised_in: Interval = UNSPECIFIED
    promised_out: Interval = UNSPECIFIED
    in_repair: Interval = UNSPECIFIED
    fit: Interval = UNSPECIFIED
    requirement: Interval = UNSPECIFIED
    floor: Interval = UNSPECIFIED
    cover_days: Interval = UNSPECIFIED
    from_: tuple[str, ...] = ()
    expected: Interval = UNSPECIFIED
    received: Interval = UNSPECIFIED
    given: Interval = UNSPECIFIED
    under_floor: Under = "unknown"
    overdrawn: Interval = UNSPECIFIED
    overdrawn_by: tuple[str, ...] = ()


class Outlook(msgspec.Struct, frozen=True, kw_only=True):
    """What giving some of a stock away would do, over the months looked at.

    ``give`` leave the stock in ``month``. ``under_from`` is the first month in which the expected
    stock may lie under its floor, ``under_surely_from`` the first in which it does; ``refilled``
    the first month from which it surely lies no more under it, as long as the months reach; each
    also ``_after`` the gift. ``overdrawn_by`` names the commitments that, with the gift, take more
    than there is.
    """

    nation: str
    item: str
    month: str
    give: Decimal
    expected: Interval = UNSPECIFIED
    expected_after: Interval = UNSPECIFIED
    cover_days: Interval = UNSPECIFIED
    cover_days_after: Interval = UNSPECIFIED
    requirement: Interval = UNSPECIFIED
    floor: Interval = UNSPECIFIED
    under_from: str | None = None
    under_surely_from: str | None = None
    refilled: str | None = None
    under_from_after: str | None = None
    under_surely_from_after: str | None = None
    refilled_after: str | None = None
    overdrawn_after: Interval = UNSPECIFIED
    overdrawn_by: tuple[str, ...] = ()
