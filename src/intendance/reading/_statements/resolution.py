"""Pronouns, "such arms", "the country", "we": what they stand for, or left open."""

from __future__ import annotations

from typing import Final

import msgspec

from intendance.catalogue import Catalogue
from intendance.reading._discourse import ANONYMOUS, Memory, Speech
from intendance.reading._grammar.amounts import NO_CURRENCY, Amount
from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.groups import ActorGroup, ItemGroup
from intendance.reading._grammar.subjects import subject_of
from intendance.reading._language import crowns
from intendance.reading._statements.draft import Draft
from intendance.terms import ItemFrom

_ASCRIBED: Final = frozenset(
    {"deliver", "promise", "order", "plan", "frame", "train", "allocate", "finance"}
)
"""Acts that a text without a subject tells of the nation that it is about."""


_GIVES: Final = frozenset({"deliver", "promise", "plan", "allocate", "refuse"})
"""Acts of which a later sentence may leave out who does them."""


def resolve(
    catalogue: Catalogue, scene: Scene, claim: Claim, speech: Speech, memory: Memory, order: int
) -> Draft:
    """Pronouns, "such arms", "the country", "we": what they stand for, or left open."""
    actors, actor_from = _actors(scene, claim, speech, memory)
    item, item_from = _item(scene, claim, memory, actors)
    if claim.actor is None and not claim.actors and actor_from == "inferred":
        actors, actor_from = _giver(claim, item, actors, _near(scene, claim), speech, memory)
    if not actors and item_from == "anaphora" and claim.item is not None and claim.item.owner:
        # what was its own is handed over: inferred, so a candidate
        actors = (claim.item.owner,)
    for_itself = claim.recipient in (None, claim.actor) or (
        claim.recipient is not None and claim.recipient.pronoun == "dative"
    )
    if claim.act in ("request", "need") and for_itself:
        recipients = tuple(each for each in actors if each in catalogue.nations)
        recipient_from: ItemFrom = "said"
    elif claim.recipients:
        recipients, recipient_from = claim.recipients, claim.recipient_from
    else:
        recipients, recipient_from = _recipients(scene, claim, speech, memory, actors)
    received = claim.predicate is not None and claim.predicate.event == "receive"
    if (
        received
        and claim.act != "request"
        and claim.polarity == "positive"
        and claim.item is not None
        and claim.item.owner is not None
        and claim.item.owner not in recipients
    ):
        # "its first batteries, supplied by B": theirs already, and B's gift
        actors = (claim.item.owner,)
        claim.act = "deliver" if claim.act == "receive" else claim.act
    if claim.item is not None and claim.item.owner in actors and len(actors) > 1:
        # "A, B and C announced A's guns and C's missiles": each its own.
        actors = (claim.item.owner,)
    if actor_from == "said" and claim.act in _GIVES:
        memory.gave(item, actors)
    claim.amount = _crowned(claim, actors)
    first, last = _extent(scene, claim)
    return Draft(
        claim, scene.analysis.tokens, actors, actor_from, recipients, recipient_from, item,
        item_from, speech, first, last, memory.sentence, order,
        recipient_in_sight=recipient_from != "anaphora"
        or _in_sight(scene, claim.recipient, recipients),
    )  # fmt: skip


def _giver(
    claim: Claim,
    item: str | None,
    actors: tuple[str, ...],
    near: tuple[str, ...],
    speech: Speech,
    memory: Memory,
) -> tuple[tuple[str, ...], ItemFrom]:
    """Who gives where nobody is said to: who was said to give the same, else who speaks of it."""
    if claim.act not in _GIVES:
        return actors, "inferred"
    if claim.recipient is not None and claim.recipient.ids == actors:
        actors = ()
    said = memory.giver(item)
    if said:
        return said, "anaphora"
    if len(near) == 1 and not actors and claim.act in ("promise", "refuse", "deliver"):
        return near, "inferred"
    if actors or claim.act not in ("promise", "refuse", "deliver"):
        return actors, "inferred"
    told = speech.first_person or speech.cited
    return (told if memory.topic() not in told else ()), "inferred"


def _near(scene: Scene, claim: Claim) -> tuple[str, ...]:
    """The nations that are subjects in the sentence before the claim, other than its recipient."""
    at = claim.predicate.first if claim.predicate is not None else claim.first
    takers = set(claim.recipient.ids) if claim.recipient is not None else set()
    for other in scene.claims:
        # "B has received 60 of the 77 tanks promised": B promised nothing
        got = other.actor if other.act == "receive" else None
        takers.update(got.ids if got is not None else ())
    beside = any(
        scene.analysis.grammar.listed(token.form, "beside") for token in scene.analysis.tokens[:2]
    )
    return tuple(
        dict.fromkeys(
            each
            for group in scene.analysis.actors
            if (group.last <= at or beside) and group.role is None and not group.adjective
            and not group.outlet and not group.maker
            for each in group.ids
            if each not in takers
        )
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
    if group.office and not group.ids and not _anonymous(group):
        return memory.institution(_named_before(scene, group), speech.first_person), "anaphora"
    if group.ids:
        return group.ids, "said"
    return _pronoun(scene, group, speech, memory, claim.act)


def _owner_as_actor(claim: Claim, memory: Memory) -> tuple[tuple[str, ...], ItemFrom]:
    """ "les HIMARS des États-Unis" without another donor; else whom the text is on."""
    item = claim.item
    if (
        item is not None
        and item.owner is not None
        and claim.act in ("deliver", "promise", "refuse")
    ):
        # "its tanks": whose they are is itself told by a pronoun
        return (item.owner,), "inferred" if item.possessed else "said"
    if claim.act in _ASCRIBED:
        return memory.protagonist(), "inferred"
    return (), "inferred"


def _pronoun(
    scene: Scene, group: ActorGroup, speech: Speech, memory: Memory, act: str
) -> tuple[tuple[str, ...], ItemFrom]:
    if group.pronoun == "first":
        return speech.first_person, "said" if speech.first_person else "inferred"
    if group.pronoun == "maker":
        makers = {
            g.ids for g in scene.analysis.actors if g.maker and g.ids and g.last <= group.first
        }
        if len(makers) == 1:
            return makers.pop(), "said"
        return memory.maker, "anaphora"
    such = scene.analysis.tokens[group.last - 1].form
    if scene.analysis.grammar.listed(such, "own_country"):
        said = _speaker_of_clause(scene, group)
        if said:
            return said, "said"
    if group.pronoun == "such":
        before = [g for g in scene.analysis.actors if g.last <= group.first and g.ids]
        subjects = tuple(
            each for g in before if g.role is None and not g.adjective for each in g.ids
        )
        count = _how_many(scene, such)
        if count is not None:
            return memory.countries(before, count), "anaphora"
        reporting = _reporting(scene, group)
        if reporting:
            return reporting, "anaphora"
        giver = _giving_country(scene, act, group, memory)
        return giver or memory.country(before, subjects), "anaphora"
    if group.pronoun == "third":
        said = _speaker_of_clause(scene, group)
        return (said, "said") if said else (_third_person(scene, group, memory), "anaphora")
    if group.pronoun == "nation":
        return memory.institution(_named_before(scene, group), speech.first_person), "anaphora"
    return (), "inferred"


_COUNTED: Final = (("two_actors", 2), ("three_actors", 3), ("several_actors", 0))


def _how_many(scene: Scene, form: str) -> int | None:
    """How many "the two countries" are; 0 where it is not said, None where it is one."""
    grammar = scene.analysis.grammar
    return next((count for name, count in _COUNTED if grammar.listed(form, name)), None)


def _speaker_of_clause(scene: Scene, group: ActorGroup) -> tuple[str, ...]:
    """ "A said on Friday that it will send": the only subject so far, and of a verb of saying."""
    analysis = scene.analysis
    subjects = [
        g for g in analysis.actors if g.last <= group.first and g.role is None and not g.adjective
    ]
    if len(subjects) != 1 or not subjects[0].ids or subjects[0].outlet or subjects[0].maker:
        return ()
    form = analysis.tokens[group.first].form
    telling = analysis.grammar.listed(form, "sole_subject") or any(
        each.governs in ("say", "announce", "promise", "deny", "do")
        and subjects[0].last <= each.at < group.first
        for each in analysis.predicates
    )
    return subjects[0].ids if telling and group.role is None else ()


def _third_person(scene: Scene, group: ActorGroup, memory: Memory) -> tuple[str, ...]:
    """ "il", "elle", "ils": the subject before, the speaker, a nation near, the one remembered."""
    grammar, form = scene.analysis.grammar, scene.analysis.tokens[group.first].form
    before = [
        g for g in scene.analysis.actors if g.last <= group.first and g.ids and not g.adjective
    ]
    subjects = [g for g in before if g.role is None]
    if subjects:
        return subjects[-1].ids
    if grammar.listed(form, "he") and memory.speaker_ids:
        return memory.speaker_ids
    near = [g for g in before if len(g.ids) == 1 and g.role == "of"]
    if near and grammar.listed(form, "it"):
        return near[-1].ids
    return memory.subject(plural=grammar.listed(form, "they"))


def _anonymous(group: ActorGroup) -> bool:
    return group.speaker is None or group.speaker.partition(":")[0] in ANONYMOUS


def _reporting(scene: Scene, group: ActorGroup) -> tuple[str, ...]:
    """ "the Norwegian ministry said that the country": the country of the one who says it."""
    tokens, grammar = scene.analysis.tokens, scene.analysis.grammar
    if not group.first or not grammar.listed(tokens[group.first - 1].form, "that"):
        return ()
    for predicate in reversed(scene.analysis.predicates):
        if predicate.at < group.first and predicate.governs in ("say", "announce"):
            subject = subject_of(scene.analysis, predicate).actor
            return subject.ids if subject is not None and len(subject.ids) == 1 else ()
    return ()


def _giving_country(scene: Scene, act: str, group: ActorGroup, memory: Memory) -> tuple[str, ...]:
    """ "A has promised X to B. The country has already given Y": who gives again, not who gets."""
    if act not in _GIVES or group.role is not None:
        return ()
    tokens = scene.analysis.tokens
    ends = [at for at in range(group.first) if tokens[at].form == ";"]
    if ends:
        subjects = [
            g for g in scene.analysis.actors
            if g.last <= ends[-1] and g.role is None and not g.adjective and len(g.ids) == 1
        ]  # fmt: skip
        return subjects[0].ids if subjects else ()
    return () if group.first > 2 else memory.subject(plural=False)


def _named_before(scene: Scene, group: ActorGroup) -> tuple[str, ...]:
    return tuple(
        each
        for g in scene.analysis.actors
        if g.last <= group.first and g.role is None and not g.adjective
        for each in g.ids
    )


def _dative(
    scene: Scene, group: ActorGroup, memory: Memory, actors: tuple[str, ...]
) -> tuple[str, ...]:
    """ "lui", "leur": the last one named that is not who gives."""
    before = [
        g for g in scene.analysis.actors
        if g.last <= group.first and g.ids and not g.adjective and not set(g.ids) & set(actors)
    ]  # fmt: skip
    several = scene.analysis.grammar.listed(
        scene.analysis.tokens[group.first].form, "dative_plural"
    )
    subjects = [g for g in before if g.role is None]
    subjects = subjects or [g for g in before if g.role not in ("of", "against")]
    chosen = [g for g in subjects or before if several or len(g.ids) == 1]
    if chosen:
        return chosen[-1].ids
    found = memory.subject(plural=several)
    return () if set(found) & set(actors) else found


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
    if group.pronoun == "dative":
        return _dative(scene, group, memory, actors), "anaphora"
    if group.ids:
        own = claim.act in ("receive", "order", "frame")
        return tuple(each for each in group.ids if own or each not in actors), "said"
    return _pronoun(scene, group, speech, memory, claim.act)


def _item(
    scene: Scene, claim: Claim, memory: Memory, actors: tuple[str, ...]
) -> tuple[str | None, ItemFrom]:
    group = claim.item
    if group is None:
        return None, "said"
    if group.item is not None and group.item_from == "anaphora":
        before = [g for g in scene.analysis.items if g.last <= group.first and g.item is not None]
        named = memory.item(frozenset({group.item}), before)
        return (named.item if named is not None else group.item), "anaphora"
    if group.item is not None:
        return group.item, "inferred" if group.garbled else group.item_from
    if group.item_from == "anaphora":
        before = [g for g in scene.analysis.items if g.last <= group.first and g.item is not None]
        wanted = frozenset(scene.analysis.grammar.anaphors.get(group.text, ()))
        possessed = scene.analysis.grammar.is_word(group.text.partition(" ")[0], "possessive_third")
        found = memory.item(wanted, before, actors if possessed else ())
        if found is not None and found.owner is not None:
            group.owner = found.owner
        if found is None and len(wanted) == 1:
            # "die Haubitzen" of nothing named before are howitzers
            return next(iter(wanted)), "said"
        return (found.item if found is not None else None), "anaphora"
    return None, "said"


def _extent(scene: Scene, claim: Claim) -> tuple[int, int]:
    """The words that carry the claim: actor, predicate, item, amount and recipient."""
    first, last = claim.first, claim.last
    places: list[ActorGroup | ItemGroup] = []
    if claim.item is not None:
        places.append(claim.item)
    places.extend(group for group in (claim.actor, claim.recipient) if group is not None)
    if claim.amount is not None:
        first, last = min(first, claim.amount.first), max(last, claim.amount.last)
    for place in places:
        first, last = min(first, place.first), max(last, place.last)
    tokens = scene.analysis.tokens
    while first > 0 and "determiner" in tokens[first - 1].words:
        first -= 1
    return first, last
