"""How donors kept what they promised, from the commitments of a ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Literal

from intendance.planning import Record
from intendance.terms import Commitment

Kept = Literal["on time", "late", "broken"]


def donor_name(found: Commitment) -> str:
    """The donors of a commitment as one name; a joint promise has a record of its own."""
    return "+".join(sorted(found.donors))


def records_of(found: Iterable[Commitment], day: str) -> list[Record]:
    """Each donor's record on ``day``: promises that were due by then, how many late or not kept.

    A promise counts if it is live and says by when; one that is delivered in full at a time that
    nobody tells is left out, for it can't be said whether it was kept in time.
    """
    kept: defaultdict[str, list[tuple[Kept, int]]] = defaultdict(list)
    for each in found:
        judged = _judged(each, day)
        if judged is not None:
            kept[donor_name(each)].append(judged)
    return [_record(donor, rows) for donor, rows in sorted(kept.items())]


def _record(donor: str, rows: list[tuple[Kept, int]]) -> Record:
    delays = [months for word, months in rows if word == "late"]
    return Record(
        donor=donor,
        promises=len(rows),
        late=len(delays),
        broken=sum(word == "broken" for word, _ in rows),
        delay=round(sum(delays) / len(delays), 2) if delays else 0.0,
    )


def _judged(each: Commitment, day: str) -> tuple[Kept, int] | None:
    promised = each.stages.get("promised")
    if not each.live or each.general or not each.donors or promised is None:
        return None
    due = promised.time.end
    if due is None or due >= day:
        return None
    if "withdrawn" in each.stages:
        return "broken", 0
    delivered = each.stages.get("delivered")
    if delivered is None or not _in_full(each):
        return "broken", 0
    done = delivered.time.start
    if done is None:
        return None
    return ("late", _months(due, done)) if done > due else ("on time", 0)


def _in_full(each: Commitment) -> bool:
    left = each.outstanding
    return not left.known or (left.high is not None and left.high <= 0)


def _months(due: str, done: str) -> int:
    first, last = date.fromisoformat(due), date.fromisoformat(done)
    return max(1, (last.year - first.year) * 12 + last.month - first.month)
