"""Lists under a frame: bullets, lines by nation, bare lines."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from intendance.reading._discourse.memory import Frame
from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.composition import compose
from intendance.reading._grammar.groups import ActorGroup, ItemGroup
from intendance.reading._grammar.predicates import FINITE, Predicate
from intendance.terms import Act, Certainty


def line_heading(scene: Scene) -> ActorGroup | None:
    """The actor at the head of a line of a list: "Denmark: 19 guns"."""
    tokens = scene.analysis.tokens
    for group in scene.analysis.actors:
        if group.first > 2 or not group.ids or group.adjective:
            return None
        end = group.last
        if end < len(tokens) and tokens[end].form == ")":
            end += 1
        return group if end < len(tokens) and tokens[end].form in (":", "–") else None
    return None


def entry(scene: Scene, giver: ActorGroup, frame: Frame | None) -> list[Claim]:
    """The items of one line, each stretch between semicolons with its own participle."""
    analysis = scene.analysis
    tokens = analysis.tokens
    ends = [i for i, token in enumerate(tokens) if token.form == ";" and i > giver.last]
    claims: list[Claim] = []
    start = giver.last
    for end in [*ends, len(tokens)]:
        items = free_items(scene, analysis.items_between(start, end))
        act, certainty = _stretch_act(scene, start, end, frame)
        base = Claim(act, certainty, start, end, "list.entry")
        base.actor = giver
        base.package = True
        base.recipients = frame.recipients if frame is not None else ()
        claims.extend(spread(base, items))
        start = end
    return claims


def _stretch_act(scene: Scene, start: int, end: int, frame: Frame | None) -> tuple[Act, Certainty]:
    for predicate in scene.analysis.predicates:
        if not start <= predicate.at < end:
            continue
        event = predicate.event or (
            "deliver" if predicate.governs in ("promise", "announce") else ""
        )
        mode = predicate.mode if predicate.event else (predicate.governs or predicate.mode)
        saying = compose(event, mode, predicate.negated) if event else None
        if saying is not None:
            return saying.act, saying.certainty
    return (frame.act, frame.certainty) if frame is not None else ("deliver", "done")


def bare_line(scene: Scene) -> bool:
    """A line without a verb, as lists have it where the marks were lost."""
    return (
        not any(
            each.voice in ("active", "passive") and each.tense in FINITE
            for each in scene.analysis.predicates
        )
        and len(scene.analysis.tokens) <= 25
    )


def bare_after(scene: Scene, predicate: Predicate) -> bool:
    """Whether no finite verb follows: what stands behind is a list to its end."""
    return not any(
        each.first > predicate.at and each.voice in ("active", "passive") and each.tense in FINITE
        for each in scene.analysis.predicates
    )


def free_items(scene: Scene, items: Sequence[ItemGroup]) -> list[ItemGroup]:
    """The items that no predicate has claimed, and that are no target, stock or price."""
    taken = {id(claim.item) for claim in scene.claims}
    return [
        each
        for each in items
        if id(each) not in taken and not (each.against or each.stored or each.exchanged)
    ]


def listed(scene: Scene, frame: Frame, items: Sequence[ItemGroup] | None = None) -> list[Claim]:
    """The items of a list, each by the frame that is open."""
    chosen = free_items(scene, scene.analysis.items) if items is None else items
    if not chosen:
        return []
    base = Claim(frame.act, frame.certainty, chosen[0].first, chosen[0].last, "list")
    base.actors = frame.actors
    base.actor_from = "said" if frame.open else "anaphora"
    base.recipients = frame.recipients
    base.package = True
    if frame.past:
        for item in chosen:
            item.basis = item.basis or "cumulative"
    return spread(base, chosen)


def spread(base: Claim, items: Sequence[ItemGroup]) -> list[Claim]:
    """One claim like ``base`` for each item."""
    return [
        msgspec.structs.replace(base, item=item, first=item.first, last=item.last) for item in items
    ]
