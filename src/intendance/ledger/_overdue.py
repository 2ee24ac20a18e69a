"""What was promised by a day that has passed and is not reported delivered in full."""

from __future__ import annotations

from collections.abc import Iterable

from intendance.ledger._types import Overdue
from intendance.terms import Commitment


def overdue_among(found: Iterable[Commitment], day: str) -> list[Overdue]:
    """Those that fell due before ``day``, the longest overdue first.

    A promise's own time is its deadline; one without a resolved end never falls due (rule 2). What
    was withdrawn is no longer owed. Where nobody said how many, one delivery reported is enough.
    """
    late = [each for each in found if _late(each, day)]
    result = [Overdue(c, c.stages["promised"].time, c.outstanding) for c in late]
    return sorted(result, key=lambda each: (each.due.end or "", each.commitment.id))


def _late(each: Commitment, day: str) -> bool:
    promised = each.stages.get("promised")
    if promised is None or promised.time.end is None or promised.time.end >= day:
        return False
    if not each.live or "withdrawn" in each.stages:
        return False
    if "delivered" not in each.stages:
        return True
    left = each.outstanding
    return left.known and (left.high is None or left.high > 0)
