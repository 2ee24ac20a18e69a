"""Packages: what one report announces together, by a key that its statements share."""

from __future__ import annotations

from typing import Final

from intendance.reading._discourse import Memory
from intendance.reading._statements.draft import Draft
from intendance.terms import TimeSpan

_GIVEN: Final = frozenset({"promise", "deliver", "allocate", "plan"})
_WHOLE: Final = frozenset({None, "military-aid"})


def pack(drafts: list[Draft], memory: Memory, published: TimeSpan) -> None:
    """Gives the drafts of one sentence the key of the package that it announces or goes on with.

    A package is an aid or a sum that the sentence calls one ("package", "tranche") or that takes
    items in ("of which", "including", a list).
    """
    going_on = [draft for draft in drafts if draft.claim.package]
    if going_on:
        key = memory.frame.package if memory.frame is not None else None
        for draft in going_on:
            draft.package = key
        return
    whole = next((draft for draft in drafts if _is_whole(draft)), None)
    if whole is None:
        return
    amount = whole.claim.amount
    total = "" if amount is None else f"{amount.money.low} {amount.money.currency}"
    key = "|".join(
        ("+".join(whole.actors), "+".join(whole.recipients), published.start or "", total)
    )
    for draft in drafts:
        if draft.actors == whole.actors and draft.claim.act in _GIVEN:
            draft.package = key


def _is_whole(draft: Draft) -> bool:
    if draft.claim.act not in _GIVEN or draft.item not in _WHOLE or not draft.actors:
        return False
    called = any("package" in token.cues for token in draft.tokens)
    return called or (draft.claim.amount is not None and _takes_in(draft))


def _takes_in(draft: Draft) -> bool:
    return any("include" in token.cues for token in draft.tokens[draft.first :])
