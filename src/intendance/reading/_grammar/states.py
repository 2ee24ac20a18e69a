"""Claims without a transfer: which rule reads which event."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from intendance.catalogue import Catalogue
from intendance.reading._grammar.capacity import expand_claims
from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.needs import need_claims, request_claims, want_claims, wants
from intendance.reading._grammar.predicates import Predicate
from intendance.reading._grammar.programmes import amount_claims, launch_claims
from intendance.reading._grammar.stocks import (
    cannibalise_claims,
    deplete_claims,
    deploy_claims,
    hold_claims,
    repair_claims,
    replenish_claims,
)
from intendance.reading._grammar.swaps import replace_claims
from intendance.reading._grammar.thanks import thank_claims
from intendance.reading._grammar.views import seen_from

_MAKERS: Final[dict[str, Callable[[Catalogue, Scene, Predicate], list[Claim]]]] = {
    "need": need_claims,
    "replace": replace_claims,
    "deplete": deplete_claims,
    "replenish": replenish_claims,
    "repair": repair_claims,
    "cannibalise": cannibalise_claims,
    "deploy": deploy_claims,
    "hold": hold_claims,
    "expand": expand_claims,
    "launch": launch_claims,
    "amount": amount_claims,
    "thank": thank_claims,
}


def state_claims(catalogue: Catalogue, scene: Scene) -> list[Claim]:
    """The claims of every predicate that is no transfer."""
    claims: list[Claim] = []
    whole = scene
    for predicate in whole.analysis.predicates:
        scene = seen_from(whole, predicate)
        maker = (
            _MAKERS.get(predicate.event)
            or (request_claims if predicate.governs == "request" else None)
            or (need_claims if predicate.governs == "need" else None)
            or (want_claims if wants(scene, predicate) else None)
        )
        if maker is not None:
            claims.extend(maker(catalogue, scene, predicate))
    return claims
