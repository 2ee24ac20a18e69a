"""Claims that take their act from a frame: a package, an order, a heading."""

from __future__ import annotations

import msgspec

from intendance.catalogue import Catalogue
from intendance.reading._discourse.memory import Frame, Memory
from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.clauses import Analysis, clause_start, right_end
from intendance.reading._grammar.composition import Saying, compose
from intendance.reading._grammar.for_each import for_each
from intendance.reading._grammar.gapping import gaps, second_subjects, shared_out
from intendance.reading._grammar.groups import ItemGroup
from intendance.reading._grammar.in_package import in_package
from intendance.reading._grammar.lists import (
    bare_after,
    bare_line,
    entry,
    free_items,
    line_heading,
    listed,
    spread,
)
from intendance.reading._grammar.packaged import packaged
from intendance.reading._grammar.predicates import Predicate
from intendance.reading._grammar.roles import noun_actor
from intendance.reading._grammar.speakers import cited_actors
from intendance.reading._grammar.subjects import subject_of
from intendance.reading._grammar.views import own_clause

_TITLE_AND_ONE = 2
_GIVEN = ("promise", "deliver", "plan", "allocate")
_PACKAGE_WORDS = 24
_NEAR = 8
"""Tokens behind a verb of announcing in which its object begins."""
_CONTRACTS = ("order", "frame", "sign", "deliver")


def frame_claims(catalogue: Catalogue, scene: Scene, memory: Memory, bullet: bool) -> list[Claim]:
    """Claims of items that no verb of their own governs, by the frame that is open."""
    claims: list[Claim] = []
    for predicate in scene.analysis.predicates:
        if predicate.event == "include" and not predicate.negated:
            claims.extend(_included(catalogue, scene, predicate, memory))
    claims.extend(packaged(scene))
    claims.extend(in_package(scene, memory))
    claims.extend(shared_out(scene))
    claims.extend(for_each(scene))
    second_subjects(scene)
    claims.extend(gaps(scene))
    frame = memory.current_frame()
    giver = line_heading(scene)
    if giver is not None and (bullet or (frame is not None and frame.open)):
        scene.claims.clear()
        if frame is not None:
            frame.sentence = memory.sentence
        return entry(scene, giver, frame)
    if frame is not None and (bullet or (frame.open and bare_line(scene))):
        if not claims and not scene.claims:
            claims.extend(listed(scene, frame))
        frame.sentence = memory.sentence
    return claims


def heading_frame(scene: Scene, memory: Memory) -> Frame | None:
    """The act that a line ending in a colon announces ("Deliveries, nation by nation:")."""
    for predicate in scene.analysis.predicates:
        preparing = predicate.voice == "phrase" and predicate.governs == "plan"
        event, mode = ("deliver", "plan") if preparing else (predicate.event, predicate.mode)
        saying = compose(event, mode, predicate.negated)
        if saying is None or saying.act not in ("deliver", "promise", "order", "plan", "request"):
            continue
        taker = next((g for g in scene.analysis.actors if g.ids and g.role in ("to", "for")), None)
        giver = noun_actor(scene.analysis, predicate) if predicate.voice == "noun" else None
        if preparing:
            giver = next((g for g in scene.analysis.actors if g.ids and g.role == "of"), None)
        return Frame(
            saying.act,
            saying.certainty,
            giver.ids if giver is not None else (),
            taker.ids if taker is not None else (),
            True,
            memory.sentence,
        )
    return None


def announced_frame(scene: Scene, memory: Memory) -> Frame | None:
    """ "A announced a new package for B": what "it includes" is promised by A to B."""
    analysis = scene.analysis
    for predicate in analysis.predicates:
        said = _said_of_package(predicate)
        if said is None or not _takes_package(analysis, predicate):
            continue
        giver = subject_of(analysis, predicate).actor
        if giver is None or not giver.ids or giver.outlet or giver.maker:
            continue
        takers = analysis.actors_between(predicate.last, right_end(analysis, predicate))
        taker = next((g for g in takers if g.ids and g.role in ("to", "for")), None)
        key = "|".join((*giver.ids, str(memory.sentence)))
        ids = taker.ids if taker is not None else ()
        return Frame(said.act, said.certainty, giver.ids, ids, False, memory.sentence, key)
    return None


def _said_of_package(predicate: Predicate) -> Saying | None:
    """What a verb says of the package that it announces or gives; None where that is no gift."""
    if predicate.negated or predicate.voice != "active":
        return None
    if predicate.governs in ("announce", "promise", "decide") and predicate.mode == "done":
        return compose("deliver", predicate.governs, False)
    if predicate.event != "deliver":
        return None
    saying = compose("deliver", predicate.mode, False)
    return saying if saying is not None and saying.act in _GIVEN else None


def _takes_package(analysis: Analysis, predicate: Predicate) -> bool:
    """ "stellt ein neues Paket bereit": whether a package stands where the verb's object does."""
    inside = analysis.tokens[predicate.first : predicate.at]
    after = analysis.tokens[predicate.last : predicate.last + _NEAR]
    return any(
        "package" in token.cues
        or (predicate.governs is not None and token.noun is not None
            and token.noun.event == "deliver")
        for token in (*inside, *after)
    )  # fmt: skip


def _included(
    catalogue: Catalogue, scene: Scene, predicate: Predicate, memory: Memory
) -> list[Claim]:
    """ "the order covers N tanks", "the package includes": the act of the order or the package."""
    analysis = scene.analysis
    frame = memory.current_frame() or memory.announced_package()
    end = right_end(analysis, predicate)
    colon = analysis.tokens[predicate.last : predicate.last + 4]
    if any(token.form == ":" for token in colon) and bare_after(scene, predicate):
        # "The package includes: X; Y; and Z": semicolons part the items of one list
        end = len(analysis.tokens)
    if analysis.fields and predicate.voice == "phrase" and bare_after(scene, predicate):
        # "Enthalten sind Mörser, Radare sowie Lastwagen": no verb behind the commas
        end = len(analysis.tokens)
    inside = analysis.items_between(predicate.last, end)
    if analysis.fields and predicate.at >= predicate.last:
        # the verb closes its clause: what it takes in stands before it
        inside = own_clause(analysis, predicate).items
    items = _without_title(analysis, free_items(scene, inside))
    contract = next(
        (
            each
            for each in reversed(analysis.predicates)
            if each.at < predicate.at and each.voice == "noun" and each.event in _CONTRACTS
        ),
        None,
    )
    if contract is not None:
        saying = compose(contract.event, _mode_of_contract(analysis, contract), False)
        if saying is None:
            return []
        base = Claim(
            saying.act, saying.certainty, predicate.first, predicate.last, "contract.items"
        )
        base.predicate = contract
        base.actor = noun_actor(analysis, contract)
        if base.actor is None and frame is not None and frame.act in ("order", "frame"):
            base.actors, base.actor_from = frame.actors, "anaphora"
        return spread(base, items)
    given = _given_before(scene, predicate)
    if given is not None and items:
        scene.claims.remove(given)
        return spread(given, items)
    here = _announced_here(catalogue, scene, predicate)
    if here is not None:
        return spread(here, items)
    package = _package(catalogue, scene, predicate, frame, memory)
    if package is not None:
        memory.frame = frame = package
    elif frame is not None and frame.package is not None:
        # "the package contains": the one just announced
        start = clause_start(analysis, predicate)
        named = analysis.tokens[start : predicate.first]
        told = any("package" in token.cues for token in named)
        frame.open = frame.open or told or _goes_on(analysis, predicate, frame, memory)
        frame.sentence, memory.frame = memory.sentence, frame
    elif frame is not None and _adds(analysis, predicate):
        frame.open, frame.sentence, memory.frame = True, memory.sentence, frame
    return listed(scene, frame, items) if frame is not None else []


def _goes_on(analysis: Analysis, predicate: Predicate, frame: Frame, memory: Memory) -> bool:
    """ "It contains", "Enthalten sind", right behind the sentence that announced the package."""
    if memory.sentence - frame.sentence != 1:
        return False
    subject = subject_of(analysis, predicate).actor
    return predicate.voice == "phrase" or (subject is not None and subject.pronoun == "third")


def _mode_of_contract(analysis: Analysis, contract: Predicate) -> str:
    """ "the list of planned deliveries includes": what is to come is not done."""
    before = analysis.tokens[max(0, contract.first - 3) : contract.first]
    if any(analysis.grammar.listed(token.form, "to_come") for token in before):
        return "expected"
    return "done" if contract.event != "deliver" else "noun"


def _without_title(analysis: Analysis, items: list[ItemGroup]) -> list[ItemGroup]:
    """The items without the class that a colon spells out: "hinzu kommt Ausrüstung: Helme"."""
    if len(items) < _TITLE_AND_ONE or items[0].quantity.known:
        return items
    end = items[0].last
    titled = end < len(analysis.tokens) and analysis.tokens[end].form == ":"
    return items[1:] if titled else items


def _adds(analysis: Analysis, predicate: Predicate) -> bool:
    """ "Hinzu kommen 20 trucks": what goes on with the gift just told."""
    return any(
        analysis.grammar.listed(token.form, "adding")
        for token in analysis.tokens[predicate.first : predicate.last]
    )


def _given_before(scene: Scene, predicate: Predicate) -> Claim | None:
    """ "among what A gave are X and Y": the gift that the list spells out."""
    return next(
        (
            each
            for each in scene.claims
            if each.predicate is not None
            and each.predicate.voice == "participle"
            and each.last <= predicate.first
            and each.item is not None
        ),
        None,
    )


def _announced_here(catalogue: Catalogue, scene: Scene, predicate: Predicate) -> Claim | None:
    """ "announced a package of $300 million that includes": what is listed is announced with it."""
    tokens = scene.analysis.tokens
    for claim in reversed(scene.claims):
        said = claim.predicate
        if said is None or said.at >= predicate.at or claim.act not in _GIVEN or not claim.actor:
            continue
        aid = claim.item is None or catalogue.includes("military-aid", claim.item.item or "")
        between = tokens[said.last : predicate.first]
        if not aid or len(between) > _PACKAGE_WORDS or any(t.form == ";" for t in between):
            continue
        return msgspec.structs.replace(claim, amount=None, rule="list", package=True)
    return None


def _subject_start(analysis: Analysis, predicate: Predicate) -> int:
    """Where the subject begins, over what stands between commas right before the verb."""
    tokens = analysis.tokens
    at = predicate.first - 1
    if at > 0 and tokens[at].form == ",":
        at -= 1
        while at > 0 and tokens[at].form not in (",", ";", ":"):
            at -= 1
        while at > 0 and tokens[at - 1].form not in (",", ";", ":", '"'):
            at -= 1
        return at
    return clause_start(analysis, predicate)


def _package(
    catalogue: Catalogue, scene: Scene, predicate: Predicate, frame: Frame | None, memory: Memory
) -> Frame | None:
    """ "The new aid package of A for B includes": what is listed is promised by A to B."""
    analysis = scene.analysis
    start = _subject_start(analysis, predicate)
    subject = analysis.tokens[start : predicate.first]
    aid = [g for g in analysis.items_between(start, predicate.first) if g.item is not None]
    named = predicate.voice == "phrase" and analysis.grammar.case_marked
    if (
        not named
        and not any(
            "package" in token.cues or analysis.grammar.listed(token.form, "aid_noun")
            for token in subject
        )
        and not any(catalogue.includes("military-aid", each.item or "") for each in aid)
    ):
        return None
    groups = analysis.actors_between(start, predicate.first)
    givers = ("of", "by", "from")
    giver = next((g for g in groups if g.ids and (g.adjective or g.role in givers)), None)
    if named and giver is None:
        # "in the new package of A – 12 guns": whose it is stands right behind
        behind = analysis.actors_between(predicate.last, predicate.last + 3)
        giver = next((g for g in behind if g.ids and g.role in (None, *givers)), None)
    taker = next((g for g in groups if g.ids and g.role in ("to", "for") and not g.adjective), None)
    past = any(token.cues & {"past_help", "sofar"} for token in subject)
    colon = analysis.tokens[-1].form == ":"
    if giver is None and past:
        # "previous United States assistance includes": a name stands where an adjective would
        giver = next((g for g in groups if g.ids and g.role is None), None)
    if giver is None and frame is not None and not (colon and frame is memory.aid):
        return None
    if giver is None and frame is None:
        # "the package includes ..., according to the ministry of A": A speaks of its own
        giver = next((g for g in cited_actors(analysis) if g.ids and not g.outlet), None)
    before = frame.actors if frame is not None else ()
    actors = giver.ids if giver is not None else before
    others = frame.recipients if frame is not None and giver is None else ()
    return Frame(
        "deliver" if past else "promise",
        "done" if past else "announced",
        actors,
        taker.ids if taker is not None else others,
        colon or giver is not None,
        memory.sentence,
        None if past else "|".join((*actors, str(memory.sentence))),
        past,
    )
