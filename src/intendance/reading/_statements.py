"""From claims to statements: what the text supplies, the live gate, and the quote."""

from __future__ import annotations

from typing import Final

import msgspec

from intendance.catalogue import Catalogue
from intendance.reading._discourse import Memory, Speech
from intendance.reading._grammar.amounts import NO_CURRENCY, Amount
from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.groups import ActorGroup, ItemGroup
from intendance.reading._language import crowns
from intendance.reading._tokens import Token
from intendance.terms import (
    MAX_DIGITS,
    UNKNOWN_TIME,
    Basis,
    ItemFrom,
    Statement,
)

CONTEXT: Final = 32
"""Characters of prefix and suffix kept with a quote."""

_GIVING: Final = frozenset(
    {"deliver", "promise", "plan", "consider", "allocate", "train", "refuse"}
)
_SUMMED: Final = frozenset(
    {"deliver", "promise", "plan", "consider", "allocate", "order", "frame", "receive", "backfill",
     "train", "finance", "reimburse", "produce", "refuse", "request", "need"}
)  # fmt: skip
_MATTERS: Final = frozenset(
    {"military-stocks", "production-capacity", "programme", "industry", "interoperability"}
)
"""What reports speak of that nobody hands over: read, shown, never summed."""
_NEVER_LIVE: Final = frozenset({"hearsay", "alleged"})


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


def resolve(
    catalogue: Catalogue, scene: Scene, claim: Claim, speech: Speech, memory: Memory, order: int
) -> Draft:
    """Pronouns, "such arms", "the country", "we": what they stand for, or left open."""
    actors, actor_from = _actors(scene, claim, speech, memory)
    item, item_from = _item(scene, claim, memory, actors)
    if not actors and item_from == "anaphora" and claim.item is not None and claim.item.owner:
        # what was its own is handed over: inferred, so a candidate
        actors = (claim.item.owner,)
    if claim.act in ("request", "need") and claim.recipient in (None, claim.actor):
        recipients = tuple(each for each in actors if each in catalogue.nations)
        recipient_from: ItemFrom = "said"
    elif claim.recipients:
        recipients, recipient_from = claim.recipients, claim.recipient_from
    else:
        recipients, recipient_from = _recipients(scene, claim, speech, memory, actors)
    received = claim.predicate is not None and claim.predicate.event == "receive"
    if received and claim.item is not None and claim.item.owner is not None:
        actors = (claim.item.owner,)
    if claim.item is not None and claim.item.owner in actors and len(actors) > 1:
        # "A, B and C announced A's guns and C's missiles": each its own.
        actors = (claim.item.owner,)
    claim.amount = _crowned(claim, actors)
    first, last = _extent(scene, claim)
    return Draft(
        claim, scene.analysis.tokens, actors, actor_from, recipients, recipient_from, item,
        item_from, speech, first, last, memory.sentence, order,
        recipient_in_sight=recipient_from != "anaphora"
        or _in_sight(scene, claim.recipient, recipients),
    )  # fmt: skip


def _crowned(claim: Claim, actors: tuple[str, ...]) -> Amount | None:
    """ "400 million crowns" in the actor's own; without a nation of crowns no money is read."""
    amount = claim.amount
    if amount is None or amount.money.currency != NO_CURRENCY:
        return amount
    codes = {crowns()[actor] for actor in actors if actor in crowns()}
    if len(codes) != 1:
        return None
    return amount._replace(money=msgspec.structs.replace(amount.money, currency=codes.pop()))


def _actors(
    scene: Scene, claim: Claim, speech: Speech, memory: Memory
) -> tuple[tuple[str, ...], ItemFrom]:
    if claim.actors:
        return claim.actors, claim.actor_from
    if claim.predicate is not None and claim.predicate.event == "train" and claim.split:
        return (claim.split,), "said"
    group = claim.actor
    if group is None:
        return _owner_as_actor(claim, memory)
    if group.outlet:
        return (), "inferred"
    if group.ids:
        return group.ids, "said"
    return _pronoun(scene, group, speech, memory)


def _owner_as_actor(claim: Claim, memory: Memory) -> tuple[tuple[str, ...], ItemFrom]:
    """ "les HIMARS des États-Unis" in a sentence without another donor; else whom the text is on."""
    item = claim.item
    if item is not None and item.owner is not None and claim.act in ("deliver", "promise"):
        return (item.owner,), "said"
    if claim.act in (
        "deliver",
        "promise",
        "order",
        "plan",
        "frame",
        "train",
        "allocate",
        "finance",
    ):
        return memory.protagonist(), "inferred"
    return (), "inferred"


def _pronoun(
    scene: Scene, group: ActorGroup, speech: Speech, memory: Memory
) -> tuple[tuple[str, ...], ItemFrom]:
    if group.pronoun == "first":
        return speech.first_person, "said" if speech.first_person else "inferred"
    if group.pronoun == "maker":
        return memory.maker, "anaphora"
    if group.pronoun == "such":
        before = [g for g in scene.analysis.actors if g.last <= group.first and g.ids]
        subjects = tuple(
            each for g in before if g.role is None and not g.adjective for each in g.ids
        )
        found = memory.country(before, subjects)
        return found, "anaphora"
    if group.pronoun == "third":
        return _third_person(scene, group, memory), "anaphora"
    return (), "inferred"


def _third_person(scene: Scene, group: ActorGroup, memory: Memory) -> tuple[str, ...]:
    """ "il", "elle", "ils": the subject before, the speaker, a nation near, the one remembered."""
    form = scene.analysis.tokens[group.first].form
    before = [
        g for g in scene.analysis.actors if g.last <= group.first and g.ids and not g.adjective
    ]
    subjects = [g for g in before if g.role is None]
    if subjects:
        return subjects[-1].ids
    if form in ("il", "he", "er") and memory.speaker_ids:
        return memory.speaker_ids
    near = [g for g in before if len(g.ids) == 1 and g.role == "of"]
    if form in ("elle", "it") and near:
        return near[-1].ids
    return memory.subject(form in ("ils", "elles", "they", "sie"))


def _in_sight(scene: Scene, group: ActorGroup | None, ids: tuple[str, ...]) -> bool:
    """Whether what a pronoun stands for is named in the same sentence."""
    return group is not None and any(
        g.ids == ids and g.last <= group.first for g in scene.analysis.actors
    )


def _recipients(
    scene: Scene, claim: Claim, speech: Speech, memory: Memory, actors: tuple[str, ...]
) -> tuple[tuple[str, ...], ItemFrom]:
    group = claim.recipient
    if group is None:
        return (), "inferred"
    if group.ids:
        own = claim.act in ("receive", "order", "frame")
        return tuple(each for each in group.ids if own or each not in actors), "said"
    return _pronoun(scene, group, speech, memory)


def _item(
    scene: Scene, claim: Claim, memory: Memory, actors: tuple[str, ...]
) -> tuple[str | None, ItemFrom]:
    group = claim.item
    if group is None:
        return None, "said"
    if group.item is not None:
        return group.item, "inferred" if group.garbled else group.item_from
    if group.item_from == "anaphora":
        before = [g for g in scene.analysis.items if g.last <= group.first and g.item is not None]
        wanted = frozenset(scene.analysis.grammar.anaphors.get(group.text, ()))
        possessed = group.text.partition(" ")[0] in (
            "sa",
            "son",
            "ses",
            "its",
            "sein",
            "seine",
            "ihre",
        )
        found = memory.item(wanted, before, actors if possessed else ())
        if found is not None and found.owner is not None:
            group.owner = found.owner
        return (found.item if found is not None else None), "anaphora"
    return None, "said"


def _extent(scene: Scene, claim: Claim) -> tuple[int, int]:
    """The words that carry the claim: actor, predicate, item, amount and recipient."""
    first, last = claim.first, claim.last
    places: list[ActorGroup | ItemGroup] = []
    if claim.item is not None:
        places.append(claim.item)
    for group in (claim.actor, claim.recipient):
        if group is not None:
            places.append(group)
    if claim.amount is not None:
        first, last = min(first, claim.amount.first), max(last, claim.amount.last)
    for place in places:
        first, last = min(first, place.first), max(last, place.last)
    tokens = scene.analysis.tokens
    while first > 0 and "determiner" in tokens[first - 1].words:
        first -= 1
    return first, last


def make(
    catalogue: Catalogue,
    draft: Draft,
    text: str,
    low: str,
    report: str,
    language: str,
    topic: str | None,
) -> Statement:
    """The statement of a draft; ``topic`` stands in for a recipient that is not said."""
    claim = draft.claim
    recipients, recipient_from = draft.recipients, draft.recipient_from
    if not recipients and topic is not None and _takes_topic(catalogue, draft, topic):
        recipients, recipient_from = (topic,), "inferred"
    if not recipients and claim.act in ("order", "frame"):
        recipients = _bought_for(catalogue, draft.actors)
        recipient_from = "inferred" if recipients else recipient_from
    start, end = draft.tokens[draft.first].start, draft.tokens[draft.last - 1].end
    item = claim.item
    speech = draft.speech
    quoted = text[start:end]
    certainty = claim.certainty
    if speech.alleged and certainty in ("done", "under way", "announced"):
        certainty = "alleged"
    statement = Statement(
        report=report,
        act=claim.act,
        certainty=certainty,
        polarity=claim.polarity,
        condition=claim.condition,
        actors=draft.actors,
        joint=len(draft.actors) > 1,
        recipients=recipients,
        recipient_from=recipient_from if recipients else "said",
        suppliers=claim.suppliers,
        financers=claim.financers,
        item=draft.item,
        item_text=_item_text(draft, text),
        item_from=draft.item_from,
        unit=item.unit if item is not None else None,
        per=item.per if item is not None else None,
        part_of=item.part_of if item is not None else None,
        basis=_basis(draft),
        money=claim.amount.money if claim.amount is not None else None,
        time=claim.moment.span if claim.moment is not None else UNKNOWN_TIME,
        speaker=speech.speaker,
        attribution=speech.attribution,
        live=_live(catalogue, draft, certainty),
        quote=quoted,
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
        rule=_rule(draft, language, recipient_from if recipients else "said"),
        language=language,
    )
    if item is not None and not item.garbled and not item.share:
        statement = msgspec.structs.replace(statement, quantity=item.quantity)
    return statement


def _bought_for(catalogue: Catalogue, actors: tuple[str, ...]) -> tuple[str, ...]:
    """Whom an agency buys for, by the catalogue: an assumption, listed as such."""
    for actor in actors:
        entry = catalogue.organisations.get(actor)
        if entry is not None and entry.buys_for is not None:
            return (entry.buys_for,)
    return ()


def _item_text(draft: Draft, text: str) -> str:
    item = draft.claim.item
    if item is None:
        return ""
    first, last = draft.tokens[item.first], draft.tokens[item.last - 1]
    return text[first.start : last.end]


def _takes_topic(catalogue: Catalogue, draft: Draft, topic: str) -> bool:
    claim = draft.claim
    return (
        claim.act in _GIVING
        and topic not in draft.actors
        and not (claim.item is not None and claim.item.item == "military-stocks")
    )


def _basis(draft: Draft) -> Basis | None:
    item = draft.claim.item
    if item is not None and item.basis is not None:
        return item.basis
    cues = {cue for token in draft.tokens[draft.first : draft.last] for cue in token.cues}
    near = draft.tokens[max(0, draft.first - 4) : draft.last + 3]
    if any("total" in token.cues for token in near):
        return "total"
    cues |= {cue for token in draft.tokens for cue in token.cues if token.form != "déjà"}
    if draft.claim.act in ("deliver", "receive") and draft.claim.certainty == "done":
        if "sofar" in cues:
            return "cumulative"
    return None


def _live(catalogue: Catalogue, draft: Draft, certainty: str) -> bool:
    """The live gate (rule 2): actor, item and act are said, nothing near them takes it back."""
    claim, item = draft.claim, draft.claim.item
    if certainty in _NEVER_LIVE or claim.act not in _SUMMED or claim.doubtful:
        return False
    if not draft.actors or draft.actor_from == "inferred":
        return False
    anaphoric = "anaphora" in (draft.actor_from, draft.item_from)
    if anaphoric and not draft.near_replace and not claim.part_of_previous:
        return False
    if draft.item is not None and _MATTERS & {draft.item, *catalogue.classes(draft.item)}:
        return False
    if not draft.recipient_in_sight:
        return False
    if item is None:
        return claim.amount is not None
    if item.weak and not _between_nations(catalogue, draft):
        return False
    if draft.item is None or draft.item_from == "inferred" or item.garbled:
        return False
    if item.quantity.text and len(item.quantity.text) > 2 * MAX_DIGITS:
        return False
    return not claim.presupposed or claim.actor is not None


def _between_nations(catalogue: Catalogue, draft: Draft) -> bool:
    """A name that is also a word, handed by a nation to a nation, is the weapon."""
    return (
        draft.recipient_from == "said"
        and bool(draft.recipients)
        and all(each in catalogue.nations for each in (*draft.actors, *draft.recipients))
    )


def _rule(draft: Draft, language: str, recipient_from: ItemFrom) -> str:
    predicate = draft.claim.predicate
    parts = [language]
    if draft.claim.rule:
        parts.append(draft.claim.rule)
    elif predicate is not None:
        parts.extend(
            (predicate.event or predicate.governs or "act", predicate.voice, predicate.mode)
        )
    if draft.actor_from != "said":
        parts.append(f"actor-{draft.actor_from}")
    if recipient_from == "inferred":
        parts.append("recipient-topic")
    return ".".join(part.replace(" ", "-") for part in parts)
