"""The commitments that a preview would change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

import msgspec

from intendance.ledger import Preview
from intendance.terms import Commitment

_Deal = tuple[tuple[str, ...], str | None, str | None]
_ORDER: Final = ("new", "changed", "gone")


class CommitmentChange(msgspec.Struct, frozen=True, kw_only=True):
    """One commitment that an upload would make, change or end: as it is now, and then."""

    id: str
    what: Literal["new", "changed", "gone"]
    now: Commitment | None = None
    then: Commitment | None = None

    @property
    def one(self) -> Commitment:
        """Whichever there is."""
        found = self.then or self.now
        if found is None:
            raise ValueError("a change of nothing")
        return found


def changes_of(preview: Preview) -> list[CommitmentChange]:
    """What there would be anew, otherwise, or no more; the same is left out.

    One that ends where one of the same donors, recipient and item begins is that one, changed: it
    rests on other statements, as those of a newer edition, and so has another identifier.
    """
    before = {each.id: each for each in preview.before}
    after = {each.id: each for each in preview.after}
    ends = _by_deal(each for id_, each in before.items() if id_ not in after)
    begins = _by_deal(each for id_, each in after.items() if id_ not in before)
    found: list[CommitmentChange] = []
    for deal in {**begins, **ends}:
        gone, new = ends.get(deal, []), begins.get(deal, [])
        if len(gone) == len(new) == 1:
            found.append(CommitmentChange(id=new[0].id, what="changed", now=gone[0], then=new[0]))
            continue
        found += [CommitmentChange(id=each.id, what="new", then=each) for each in new]
        found += [CommitmentChange(id=each.id, what="gone", now=each) for each in gone]
    found += [
        CommitmentChange(id=id_, what="changed", now=before[id_], then=each)
        for id_, each in after.items()
        if id_ in before and before[id_] != each
    ]
    return sorted(found, key=lambda each: (_ORDER.index(each.what), each.id))


def _by_deal(commitments: Iterable[Commitment]) -> dict[_Deal, list[Commitment]]:
    found: dict[_Deal, list[Commitment]] = {}
    for each in commitments:
        found.setdefault((each.donors, each.recipient, each.item), []).append(each)
    return found
