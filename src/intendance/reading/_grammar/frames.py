"""Claims that take their act from elsewhere: lists, "the package includes", "ten more", "sent 12"."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from intendance.catalogue import Catalogue
from intendance.reading._discourse.memory import Frame, Memory
from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.clauses import clause_start, right_end
from intendance.reading._grammar.composition import compose
from intendance.reading._grammar.groups import ActorGroup, ItemGroup
from intendance.reading._grammar.numbers import Figure
from intendance.reading._grammar.predicates import FINITE, Predicate
from intendance.reading._grammar.transfers import noun_actor
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token
from intendance.terms import Act, Certainty

_CONTRACTS = ("order", "frame", "sign", "deliver")


def frame_claims(catalogue: Catalogue, scene: Scene, memory: Memory, bullet: bool) -> list[Claim]:
    """Claims of items that no verb of their own governs, by the frame that is open."""
    claims: list[Claim] = []
    for predicate in scene.analysis.predicates:
        if predicate.event == "include" and not predicate.negated:
            claims.extend(_included(catalogue, scene, predicate, memory))
    _second_subjects(scene)
    claims.extend(_gaps(scene))
    frame = memory.current_frame()
    giver = _line_heading(scene)
    if giver is not None and (bullet or (frame is not None and frame.open)):
        scene.claims.clear()
        if frame is not None:
            frame.sentence = memory.sentence
        return _entry(scene, giver, frame)
    if frame is not None and (bullet or (frame.open and _bare_line(scene))):
        if not claims and not scene.claims:
            claims.extend(_listed(scene, frame))
        frame.sentence = memory.sentence
    return claims


def _second_subjects(scene: Scene) -> None:
    """ "A will send X, B six Y and C two Z": each item to the actor right before it."""
    analysis = scene.analysis
    for claim in scene.claims:
        item = claim.item
        if item is None or claim.actor is None or claim.predicate is None:
            continue
        for group in analysis.actors:
            if group.role is not None or group.adjective or not group.ids or group is claim.actor:
                continue
            if group.last != item.first or group.first <= claim.predicate.at:
                continue
            before = group.first - 1
            if before > 0 and "determiner" in analysis.tokens[before].words:
                before -= 1
            token = analysis.tokens[before]
            if token.form in (",", ";") or "coordinator" in token.words:
                claim.actor = group
                claim.first, claim.last = group.first, item.last


def _gaps(scene: Scene) -> list[Claim]:
    """ "A has promised 12 X, B five and C three": each nation with its number, the verb left out."""
    analysis = scene.analysis
    claims: list[Claim] = []
    for group in analysis.actors:
        if group.role is not None or group.adjective or len(group.ids) != 1 or not group.first:
            continue
        before = analysis.tokens[group.first - 1]
        if "determiner" in before.words and group.first > 1:
            before = analysis.tokens[group.first - 2]
        figure = next((f for f in scene.numbers if f.first == group.last), None)
        last = next(
            (c for c in reversed(scene.claims + claims) if c.last <= group.first and c.item), None
        )
        if figure is None or last is None or last.item is None:
            continue
        if before.form not in (",", ";") and "coordinator" not in before.words:
            continue
        if not _stands_alone(analysis.tokens, figure):
            continue
        item = msgspec.structs.replace(
            last.item, first=figure.first, head=figure.first, last=figure.last,
            quantity=figure.interval, basis=None, part_of=None,
        )  # fmt: skip
        claims.append(
            msgspec.structs.replace(
                last, item=item, actor=group, first=group.first, last=figure.last, amount=None
            )
        )
    return claims


def heading_frame(scene: Scene, memory: Memory) -> Frame | None:
    """The act that a line ending in a colon announces ("Deliveries, nation by nation:")."""
    for predicate in scene.analysis.predicates:
        saying = compose(predicate.event, predicate.mode, predicate.negated)
        if saying is None or saying.act not in ("deliver", "promise", "order", "plan", "request"):
            continue
        taker = next((g for g in scene.analysis.actors if g.ids and g.role in ("to", "for")), None)
        giver = noun_actor(scene.analysis, predicate) if predicate.voice == "noun" else None
        return Frame(
            saying.act,
            saying.certainty,
            giver.ids if giver is not None else (),
            taker.ids if taker is not None else (),
            True,
            memory.sentence,
        )
    return None


def _line_heading(scene: Scene) -> ActorGroup | None:
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


def _entry(scene: Scene, giver: ActorGroup, frame: Frame | None) -> list[Claim]:
    """The items of one line, each stretch between semicolons with its own participle."""
    analysis = scene.analysis
    tokens = analysis.tokens
    ends = [i for i, token in enumerate(tokens) if token.form == ";" and i > giver.last]
    claims: list[Claim] = []
    start = giver.last
    for end in [*ends, len(tokens)]:
        items = _free(scene, analysis.items_between(start, end))
        act, certainty = _stretch_act(scene, start, end, frame)
        base = Claim(act, certainty, start, end, "list.entry")
        base.actor = giver
        base.package = True
        base.recipients = frame.recipients if frame is not None else ()
        claims.extend(_spread(base, items))
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


def _bare_line(scene: Scene) -> bool:
    """A line without a verb, as lists have it where the marks were lost."""
    return (
        not any(
            each.voice in ("active", "passive") and each.tense in FINITE
            for each in scene.analysis.predicates
        )
        and len(scene.analysis.tokens) <= 25
    )


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
    items = _free(scene, analysis.items_between(predicate.last, right_end(analysis, predicate)))
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
        base = Claim(
            saying.act, saying.certainty, predicate.first, predicate.last, "contract.items"
        )
        base.predicate = contract
        base.actor = noun_actor(analysis, contract)
        if base.actor is None and frame is not None and frame.act in ("order", "frame"):
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


def _listed(scene: Scene, frame: Frame, items: Sequence[ItemGroup] | None = None) -> list[Claim]:
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
        msgspec.structs.replace(base, item=item, first=item.first, last=item.last) for item in items
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
        general = figure.last < len(tokens) and "general_noun" in tokens[figure.last].words
        begins = (
            (figure.first == 0 or not tokens[figure.first - 1].word)
            and figure.last < len(tokens)
            and bool(tokens[figure.last].auxiliaries)
        )
        clitic = any(
            token.form == "en" and _before_verb(tokens, index)
            for index, token in enumerate(tokens[: figure.first])
            if figure.first - index <= 7
        )
        part = figure.first > 0 and tokens[figure.first - 1].form in ("dont", "davon")
        if not (more or clitic or part or general or begins):
            continue
        last = figure.last + 1 if more or general else figure.last
        group = ItemGroup(figure.first, figure.first, last, None, "en", item_from="anaphora")
        group.quantity = figure.interval
        group.basis = "increment" if more else ("part" if part else None)
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
        or "general_noun" in token.words
        or bool(token.auxiliaries)
        or bool(token.verbs and token.verbs[0].tense != "pp")
        or token.preposition in ("to", "for", "other")
        or "coordinator" in token.words
    )
