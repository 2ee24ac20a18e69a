"""Claims that take their act from elsewhere: lists, "the package includes", "ten more", "sent 12"."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from intendance.catalogue import Catalogue
from intendance.reading._discourse.memory import Frame, Memory
from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.clauses import clause_start, right_end
from intendance.reading._grammar.composition import compose
from intendance.reading._grammar.groups import ItemGroup
from intendance.reading._grammar.numbers import Figure
from intendance.reading._grammar.predicates import Predicate
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token

_CONTRACTS = ("order", "frame", "sign", "deliver")


def frame_claims(catalogue: Catalogue, scene: Scene, memory: Memory, bullet: bool) -> list[Claim]:
    """Claims of items that no verb of their own governs, by the frame that is open."""
    claims: list[Claim] = []
    for predicate in scene.analysis.predicates:
        if predicate.event == "include" and not predicate.negated:
            claims.extend(_included(catalogue, scene, predicate, memory))
    frame = memory.current_frame()
    if bullet and not claims and not scene.claims and frame is not None:
        claims.extend(_listed(scene, frame))
        frame.sentence = memory.sentence
    return claims


def _free(scene: Scene, items: Sequence[ItemGroup]) -> list[ItemGroup]:
    taken = {id(claim.item) for claim in scene.claims}
    return [
        each
        for each in items
        if id(each) not in taken and not (each.against or each.stored or each.exchanged)
    ]


def _included(
    catalogue: Catalogue, scene: Scene, predicate: Predicate, memory: Memory
) -> list[Claim]:
    """ "the order covers N tanks", "the package includes": the act of the order or the package."""
    analysis = scene.analysis
    frame = memory.current_frame()
    items = _free(
        scene, analysis.items_between(predicate.last, right_end(analysis, predicate))
    )
    contract = next(
        (
            each
            for each in reversed(analysis.predicates)
            if each.at < predicate.at and each.voice == "noun" and each.event in _CONTRACTS
        ),
        None,
    )
    if contract is not None:
        saying = compose(contract.event, "done" if contract.event != "deliver" else "noun", False)
        if saying is None:
            return []
        base = Claim(saying.act, saying.certainty, predicate.first, predicate.last, "contract.items")
        base.predicate = contract
        if frame is not None and frame.act in ("order", "frame"):
            base.actors, base.actor_from = frame.actors, "anaphora"
        return _spread(base, items)
    package = _package(catalogue, scene, predicate, frame, memory.sentence)
    if package is not None:
        memory.frame = frame = package
    return _listed(scene, frame, items) if frame is not None else []


def _package(
    catalogue: Catalogue, scene: Scene, predicate: Predicate, frame: Frame | None, sentence: int
) -> Frame | None:
    """ "The new aid package of A for B includes": what is listed is promised by A to B."""
    analysis = scene.analysis
    start = clause_start(analysis, predicate)
    subject = analysis.tokens[start : predicate.first]
    aid = [g for g in analysis.items_between(start, predicate.first) if g.item is not None]
    if not any("package" in token.cues for token in subject) and not any(
        catalogue.includes("military-aid", each.item or "") for each in aid
    ):
        return None
    groups = analysis.actors_between(start, predicate.first)
    giver = next((g for g in groups if g.ids and (g.adjective or g.role in ("of", "by"))), None)
    taker = next((g for g in groups if g.ids and g.role in ("to", "for")), None)
    if giver is None and frame is not None:
        return None
    colon = analysis.tokens[-1].form == ":"
    return Frame(
        "promise",
        "announced",
        giver.ids if giver is not None else (),
        taker.ids if taker is not None else (),
        colon or giver is not None,
        sentence,
    )


def _listed(
    scene: Scene, frame: Frame, items: Sequence[ItemGroup] | None = None
) -> list[Claim]:
    chosen = _free(scene, scene.analysis.items) if items is None else items
    if not chosen:
        return []
    base = Claim(frame.act, frame.certainty, chosen[0].first, chosen[0].last, "list")
    base.actors = frame.actors
    base.actor_from = "said" if frame.open else "anaphora"
    base.recipients = frame.recipients
    base.package = True
    return _spread(base, chosen)


def _spread(base: Claim, items: Sequence[ItemGroup]) -> list[Claim]:
    return [
        msgspec.structs.replace(base, item=item, first=item.first, last=item.last)
        for item in items
    ]


def elliptic_items(
    grammar: Grammar, tokens: Sequence[Token], figures: Sequence[Figure], items: Sequence[ItemGroup]
) -> list[ItemGroup]:
    """ "en a livré dix", "ten more will follow", "twenty of these": a number of what was named."""
    found: list[ItemGroup] = []
    counted = {index for item in items for index in range(item.first, item.last)}
    for figure in figures:
        if figure.first in counted or not _stands_alone(tokens, figure):
            continue
        more = figure.last < len(tokens) and "more" in tokens[figure.last].cues
        clitic = any(
            token.form == "en" and _before_verb(tokens, index)
            for index, token in enumerate(tokens[: figure.first])
            if figure.first - index <= 7
        )
        if not more and not clitic:
            continue
        last = figure.last + 1 if more else figure.last
        group = ItemGroup(figure.first, figure.first, last, None, "en", item_from="anaphora")
        group.quantity = figure.interval
        group.basis = "increment" if more else None
        found.append(group)
    return found


def _before_verb(tokens: Sequence[Token], index: int) -> bool:
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return following is not None and bool(following.auxiliaries or following.verbs)


def _stands_alone(tokens: Sequence[Token], figure: Figure) -> bool:
    """No noun follows that the number could count."""
    at = figure.last
    if at < len(tokens) and "more" in tokens[at].cues:
        at += 1
    if at >= len(tokens):
        return True
    token = tokens[at]
    return (
        not token.word
        or bool(token.auxiliaries)
        or bool(token.verbs and token.verbs[0].tense != "pp")
        or token.preposition in ("to", "for", "other")
        or "coordinator" in token.words
    )
