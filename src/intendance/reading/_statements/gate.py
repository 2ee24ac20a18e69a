"""The live gate (rule 2): what may enter a total."""

from __future__ import annotations

from typing import Final

from intendance.catalogue import Catalogue
from intendance.reading._statements.draft import Draft
from intendance.terms import MAX_DIGITS

_SUMMED: Final = frozenset(
    {"deliver", "promise", "plan", "consider", "allocate", "order", "frame", "receive", "backfill",
     "train", "finance", "reimburse", "produce", "refuse", "request", "need"}
)  # fmt: skip
_MATTERS: Final = frozenset(
    {"military-stocks", "production-capacity", "programme", "industry", "interoperability"}
)
"""What reports speak of that nobody hands over: read, shown, never summed."""
_CIVIL_TOO: Final = frozenset({"aircraft", "helicopter", "vehicle", "ship", "truck"})
"""Classes that makers hand over to anybody: whose they are to be must be said."""
_NEVER_LIVE: Final = frozenset({"hearsay", "alleged"})


def is_live(catalogue: Catalogue, draft: Draft, certainty: str) -> bool:
    """The live gate (rule 2): actor, item and act are said, nothing near them takes it back."""
    claim, item = draft.claim, draft.claim.item
    if certainty in _NEVER_LIVE or claim.act not in _SUMMED or claim.doubtful:
        return False
    if not draft.actors or draft.actor_from == "inferred":
        return False
    anaphoric = "anaphora" in (draft.actor_from, draft.item_from)
    inside = claim.part_of_previous and not (item is not None and item.basis == "part")
    if anaphoric and not draft.near_replace and not inside:
        return False
    if draft.item is not None and _MATTERS & {draft.item, *catalogue.classes(draft.item)}:
        return False
    if not draft.recipient_in_sight:
        return False
    if item is None:
        return claim.amount is not None and _to_a_nation(catalogue, draft)
    if item.weak and not _between_nations(catalogue, draft):
        return False
    if draft.item is None or draft.item_from == "inferred" or item.garbled or item.served:
        return False
    if draft.item in _CIVIL_TOO and not draft.recipients and _of_makers(draft):
        return False
    if item.quantity.text and len(item.quantity.text) > 2 * MAX_DIGITS:
        return False
    if claim.presupposed and _only_named(draft):
        return False
    return not claim.presupposed or claim.actor is not None


def _to_a_nation(catalogue: Catalogue, draft: Draft) -> bool:
    """Money alone is aid where a nation is to have it; else it may be for anything."""
    return draft.recipient_from == "said" and any(
        each in catalogue.nations for each in draft.recipients
    )


def _only_named(draft: Draft) -> bool:
    """ "the delivery of X by A" of which nothing is said: named, not told."""
    predicate = draft.claim.predicate
    return (
        predicate is not None
        and predicate.voice == "noun"
        and predicate.mode == "noun"
        and draft.claim.act == "deliver"
    )


def _between_nations(catalogue: Catalogue, draft: Draft) -> bool:
    """A name that is also a word, handed by a nation to a nation, is the weapon."""
    return (
        draft.recipient_from == "said"
        and bool(draft.recipients)
        and all(each in catalogue.nations for each in (*draft.actors, *draft.recipients))
    )


def _of_makers(draft: Draft) -> bool:
    """Whether only firms hand it over."""
    group = draft.claim.actor
    return group is not None and group.maker and draft.claim.act in ("deliver", "receive")
