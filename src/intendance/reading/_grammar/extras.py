"""What a claim takes from elsewhere in its sentence: time, condition, "of which", anaphors."""

from __future__ import annotations

from typing import Final

import msgspec

from intendance.catalogue import Catalogue
from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.doubts import without_opinions
from intendance.reading._grammar.each_giver import split_by_each
from intendance.reading._grammar.exclusion import asked, conditions, only_supposed, unreal
from intendance.reading._grammar.superseded import mark_superseded
from intendance.terms import UNSPECIFIED

_CIVIL_CLASSES: Final = frozenset({"aircraft", "vehicle", "ship", "helicopter", "satellite"})
_CONDITIONAL: Final = frozenset({"promise", "plan", "consider", "deliver", "order", "allocate"})


def finish_scene(catalogue: Catalogue, scene: Scene, claims: list[Claim]) -> list[Claim]:
    """Completes the claims of one sentence; claims that nothing is said of are dropped."""
    if not claims:
        return claims
    supposed = conditions(scene)
    claims = [
        each
        for each in claims
        if not (asked(scene, each) or unreal(scene, each) or only_supposed(each, supposed))
    ]
    claims = without_opinions(scene, claims)
    for claim in claims:
        _time(scene, claim)
        _condition(scene, claim, supposed)
        _part(scene, claim)
        _mission(scene, claim)
        _rumour(scene, claim)
        _announced_list(scene, claim)
        _shown(scene, claim)
        mark_superseded(scene, claim)
    _paid_by(claims)
    _bare_exchange(scene, claims)
    _spelt_out(scene, claims)
    _respectively(scene, claims)
    split_by_each(scene, claims)
    _borrow(claims)
    _calibre(catalogue, claims)
    return [
        each
        for place, each in enumerate(claims)
        if not _exercise(scene, each)
        and not _civil(catalogue, scene, each)
        and not _empty(each)
        and not _again(each, claims[:place])
    ]


def _rumour(scene: Scene, claim: Claim) -> None:
    """The conditional beside "according to" is hearsay, not an intention."""
    predicate = claim.predicate
    if predicate is None or predicate.tense != "cond" or predicate.mode != "expected":
        return
    if "according" not in scene.analysis.cues:
        return
    if claim.act == "plan":
        claim.act, claim.certainty = "deliver", "hearsay"
    elif claim.certainty == "planned" and predicate.event and predicate.tense == "cond":
        claim.certainty = "hearsay"


def _paid_by(claims: list[Claim]) -> None:
    """ "received X from A, paid for by B": one gift with a payer, never two (rule 9)."""
    for claim in [each for each in claims if each.act == "finance"]:
        if claim.predicate is None or claim.predicate.voice != "participle" or not claim.actor:
            continue
        gift = next(
            (
                each
                for each in claims
                if each is not claim
                and each.item is claim.item
                and each.act in ("deliver", "promise")
            ),
            None,
        )
        if gift is not None and claim.item is not None:
            gift.financers = claim.actor.ids
            claims.remove(claim)


def _respectively(scene: Scene, claims: list[Claim]) -> None:
    """ "A and B gave 14 and 5 tanks respectively": each its own number, never a joint sum."""
    if "respectively" not in scene.analysis.cues:
        return
    for claim in list(claims):
        item = claim.item
        names = claim.actor.ids if claim.actor is not None else ()
        if item is None or len(names) < 2:
            continue
        told = [c for c in claims if c.predicate is claim.predicate and c.actor is claim.actor]
        told.sort(key=lambda each: each.item.first if each.item is not None else 0)
        if len(told) == len(names) and all(c.item is not None for c in told):
            # "A and B gave 14 guns and 5 tanks respectively": to each its own item
            for name, each in zip(names, told, strict=True):
                each.actors, each.actor_from, each.actor = (name,), "said", None
            continue
        before = [f for f in scene.numbers if f.first <= item.head][-len(names) :]
        if len(before) != len(names):
            claim.doubtful = "respectively"
            continue
        for name, figure in zip(names, before, strict=True):
            own = msgspec.structs.replace(item, quantity=figure.interval)
            claims.append(
                msgspec.structs.replace(claim, item=own, actors=(name,), actor_from="said")
            )
        claims.remove(claim)


def _mission(scene: Scene, claim: Claim) -> None:
    """What is sent "as part of the forward presence" is deployed, not given."""
    if claim.act in ("deliver", "promise", "plan") and "framing_mission" in scene.analysis.cues:
        claim.act = "deploy"


def _shown(scene: Scene, claim: Claim) -> None:
    """What a picture shows is told of the picture; and "a gun given by A" counts no guns."""
    tokens, item = scene.analysis.tokens, claim.item
    if "caption" in scene.analysis.cues:
        claim.doubtful = "caption"
    if claim.predicate is None or claim.predicate.voice != "participle" or item is None:
        return
    if item.part_of is not None and not item.share:
        # "four of the eight guns supplied by A were lost": A supplied the eight
        claim.item = msgspec.structs.replace(item, quantity=item.part_of, part_of=None, basis=None)
        return
    single = item.quantity.known and item.first < item.head and item.part_of is None
    if single and scene.analysis.grammar.listed(tokens[item.first].form, "one"):
        if scene.analysis.grammar.listed(item.quantity.text.lower(), "one"):
            claim.item = msgspec.structs.replace(item, quantity=UNSPECIFIED)


def _announced_list(scene: Scene, claim: Claim) -> None:
    """ "the following equipment:" is the list that comes, not a thing beside it."""
    tokens = scene.analysis.tokens
    item = claim.item
    if item is None:
        return
    around = [*tokens[max(0, item.first - 1) : item.first], *tokens[item.last : item.last + 1]]
    if tokens[-1].form != ":":
        around = around[-1:] if item.last < len(tokens) else []
    if any("list_follows" in token.cues for token in around):
        claim.doubtful = "list"


def _spelt_out(scene: Scene, claims: list[Claim]) -> None:
    """ "gave equipment: three radars": the class before the colon is what the list spells out."""
    tokens = scene.analysis.tokens
    for claim in claims:
        item = claim.item
        if item is None or item.quantity.known or item.last >= len(tokens):
            continue
        if tokens[item.last].form == ":" and any(
            each.predicate is claim.predicate and each.item is not None
            and each.item.first > item.last for each in claims
        ):  # fmt: skip
            claim.doubtful = "list"


def _bare_exchange(scene: Scene, claims: list[Claim]) -> None:
    """ "gave its X and receives Y in return": Y replaces X."""
    if "exchange_bare" not in scene.analysis.cues:
        return
    for claim in claims:
        if claim.recipient is None or claim.act not in ("deliver", "receive"):
            continue
        takers = set(claim.recipient.ids)
        given = next((each for each in claims if _gives(each, takers) and each is not claim), None)
        if given is not None:
            if claim.act == "receive" and scene.analysis.grammar.case_marked:
                # who gives it is not said: not the one who gets it
                claim.actor = None
            claim.act, claim.replaces = "backfill", given.item
            claim.replaced_owner = claim.recipient.ids


def _gives(claim: Claim, actors: set[str]) -> bool:
    return (
        claim.item is not None
        and claim.act in ("deliver", "promise")
        and claim.actor is not None
        and bool(actors & set(claim.actor.ids))
    )


def _civil(catalogue: Catalogue, scene: Scene, claim: Claim) -> bool:
    """Airliners for airlines, cars for drivers: aircraft and vehicles of no armed force."""
    item = claim.item.item if claim.item is not None else None
    if item is None or not catalogue.is_class(item):
        return False
    if not _CIVIL_CLASSES & set(catalogue.classes(item)):
        return False
    return any("civil" in token.words for token in scene.analysis.tokens)


def _borrow(claims: list[Claim]) -> None:
    """An "of which" amount without an item is of the item of the whole."""
    whole = next((each.item for each in claims if each.act == "frame" and each.item), None)
    for claim in claims:
        if claim.part_of_previous and claim.item is None and whole is not None:
            claim.item = msgspec.structs.replace(whole, quantity=UNSPECIFIED, item_from="anaphora")


def _calibre(catalogue: Catalogue, claims: list[Claim]) -> None:
    """ "155 artillery pieces" among ammunition is most likely the calibre's shell: inferred."""
    spoken = [each.item for each in claims if each.item is not None]
    shells = any("ammunition" in catalogue.classes(each.item or "") for each in spoken)
    for item in spoken:
        if item.garbled and item.calibre is not None and shells:
            shell = f"{item.calibre}mm-shell"
            if catalogue.is_kind(shell):
                item.item, item.item_from = shell, "inferred"


def _empty(claim: Claim) -> bool:
    """Nobody gives, nobody gets, nothing is counted: no claim."""
    return (
        claim.predicate is not None
        and bool(claim.predicate.event)
        and claim.actor is None
        and claim.recipient is None
        and not claim.actors
        and claim.amount is None
        and (claim.item is None or (not claim.item.quantity.known and claim.item.owner is None))
        and claim.act
        in (
            "need",
            "hold",
            "deliver",
            "produce",
            "order",
            "receive",
            "finance",
            "allocate",
            "request",
        )
        and (claim.item is None or claim.item.item_from == "said")
    )


def _again(claim: Claim, before: list[Claim]) -> bool:
    """The same act and item, of the same actor, said twice in one sentence."""
    return any(
        each.act == claim.act
        and each.item is not None
        and claim.item is not None
        and each.item.head == claim.item.head
        and each.actors == claim.actors
        and each.split == claim.split
        for each in before
    )


def _time(scene: Scene, claim: Claim) -> None:
    """The time nearest to the predicate, in the same stretch between semicolons."""
    if claim.predicate is None or not scene.moments:
        return
    at = claim.predicate.at
    claim.moment = min(scene.moments, key=lambda each: (abs(each.first - at), each.first))
    tokens = scene.analysis.tokens
    low, high = sorted((at, claim.moment.first))
    if any(token.form == ";" for token in tokens[low:high]):
        claim.moment = None


def _condition(scene: Scene, claim: Claim, supposed: list[tuple[int, int]]) -> None:
    """ "si", "tant que", "once": a condition of what is not yet done."""
    if claim.act not in _CONDITIONAL or claim.certainty in ("done", "denied", "hearsay"):
        return
    if supposed:
        first, last = supposed[0]
        claim.condition = " ".join(each.form for each in scene.analysis.tokens[first:last])
        claim.certainty = "conditional"


def _part(scene: Scene, claim: Claim) -> None:
    """ "dont 1 milliard de commandes fermes": inside the whole named before, never added to it."""
    tokens = scene.analysis.tokens
    start = min(
        [claim.first]
        + ([claim.amount.first] if claim.amount is not None else [])
        + ([claim.item.first] if claim.item is not None else [])
    )
    before = tokens[max(0, start - 2) : start]
    grammar = scene.analysis.grammar
    inside = any(grammar.listed(token.form, "of_which") for token in before)
    belongs = claim.act == "order" and "belongs" in scene.analysis.cues
    if inside or belongs or {"of", "which"} <= {token.form for token in before}:
        claim.part_of_previous = True


def _exercise(scene: Scene, claim: Claim) -> bool:
    """Nothing is claimed of an exercise's or a deterrent's means."""
    if claim.predicate is None or claim.item is None:
        return False
    tokens = scene.analysis.tokens
    low, high = sorted((claim.predicate.at, claim.item.first))
    return any("exercise" in token.cues for token in tokens[max(0, low - 3) : high])
