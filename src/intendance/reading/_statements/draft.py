"""A claim with everything that its sentence and the text before it resolve."""

from __future__ import annotations

import msgspec

from intendance.reading._discourse import Speech
from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._tokens import Token
from intendance.terms import ItemFrom


class Draft(msgspec.Struct):
    """A claim with everything that its sentence and the text before it resolve."""

    claim: Claim
    tokens: list[Token]
    actors: tuple[str, ...]
    actor_from: ItemFrom
    recipients: tuple[str, ...]
    recipient_from: ItemFrom
    item: str | None
    item_from: ItemFrom
    speech: Speech
    first: int
    last: int
    sentence: int
    order: int
    near_replace: bool = False
    recipient_in_sight: bool = True
    package: str | None = None


def near_swaps(scene: Scene, drafts: list[Draft]) -> None:
    """Marks what a replacement in the same sentence makes certain: its owner and its item."""
    swapped = {
        (each.replaces.item, owner)
        for each in scene.claims
        if each.replaces is not None
        for owner in each.replaced_owner
    }
    for draft in drafts:
        draft.near_replace = any((draft.item, actor) in swapped for actor in draft.actors)
