"""Who does it: the actor of a transfer."""

from __future__ import annotations

from intendance.reading._grammar.clauses import Analysis, Subject, clause_start, right_end
from intendance.reading._grammar.field_roles import (
    field_source,
    with_partner,
)
from intendance.reading._grammar.groups import ActorGroup
from intendance.reading._grammar.predicates import FINITE, Predicate
from intendance.reading._grammar.subjects import agent_of, subject_of
from intendance.reading._grammar.training import is_trainee

_SIGNED = 8
"""Tokens between "signs" and the contract that is signed."""


def actor_of(analysis: Analysis, predicate: Predicate, subject: Subject) -> ActorGroup | None:
    """Who does it: subject, agent, the nation on whose behalf, or whom a noun is tied to."""
    end = right_end(analysis, predicate)
    if predicate.voice == "noun" and promise_got(analysis, predicate) is not None:
        return next(
            (g for g in analysis.actors_between(predicate.last, end) if g.role == "from"), None
        )
    behalf = next(
        (g for g in analysis.actors_between(predicate.first, end) if g.role == "behalf" and g.ids),
        None,
    )
    itself = subject.actor is not None and all(_is_nation(each) for each in subject.actor.ids)
    if subject.actor is not None and subject.actor.ids and itself:
        behalf = None
    if behalf is not None and predicate.event in ("order", "frame", "sign"):
        # an agency that buys "on behalf of" a nation: the nation buys
        return behalf
    own = _for_whom(analysis, predicate) if subject.actor is None else None
    own = own or (_of_governor(analysis, predicate) if subject.actor is None else None)
    if own is not None:
        return own
    if predicate.voice in ("passive", "participle"):
        return (
            agent_of(analysis, predicate)
            or (subject.actor if predicate.governor is not None else None)
            or field_source(analysis)
            or _governing(analysis, predicate)
            or (_origin(analysis, predicate) if _sent_from(analysis, predicate) else None)
            or (_origin(analysis, predicate) if predicate.event == "arrive" else None)
        )
    asking = _asking_noun(analysis, predicate)
    if asking is not None:
        return noun_actor(analysis, asking)
    if predicate.voice == "noun" and predicate.mode == "refuse" and subject.actor is not None:
        # "A is against the delivery by B": A refuses
        return subject.actor
    if predicate.event == "arrive":
        return (
            _origin(analysis, predicate)
            or field_source(analysis)
            or _fronted(analysis, predicate)
            or _whose(analysis, predicate, subject)
            or _in_relative(analysis, predicate)
        )
    if predicate.voice == "noun":
        return (
            noun_actor(analysis, predicate)
            or subject.actor
            or _granting(analysis, predicate)
            or _running(analysis, predicate)
            or _signing(analysis, predicate)
        )
    return with_partner(analysis, subject.actor)


def _of_governor(analysis: Analysis, predicate: Predicate) -> ActorGroup | None:
    """ "the German refusal to give", "A keeps to its refusal to give": who refuses."""
    governor = next((p for p in analysis.predicates if p.at == predicate.governor), None)
    if governor is None or governor.voice != "noun" or predicate.voice == "noun":
        return None
    named = noun_actor(analysis, governor)
    if named is not None or not governor.first:
        return named
    if "possessive_third" not in analysis.tokens[governor.first - 1].words:
        return None
    before = [
        g
        for g in analysis.actors
        if g.last <= governor.first and g.role is None and not g.adjective
    ]
    return before[-1] if before else None


def _asking_noun(analysis: Analysis, predicate: Predicate) -> Predicate | None:
    """ "B's demand for a delivery of German tanks": the noun tells who asks."""
    if predicate.voice != "noun" or predicate.governor is None or not analysis.fields:
        return None
    governor = next((p for p in analysis.predicates if p.at == predicate.governor), None)
    noun = governor is not None and governor.voice == "noun" and governor.governs == "request"
    return governor if noun else None


def _granting(analysis: Analysis, predicate: Predicate) -> ActorGroup | None:
    """ "leave for the export of X gave on Monday A": the subject of the verb behind."""
    governor = next((p for p in analysis.predicates if p.at == predicate.governor), None)
    if not analysis.grammar.case_marked or governor is None or governor.voice != "noun":
        return None
    later = next(
        (p for p in analysis.predicates if p.at > predicate.at and p.tense in FINITE), None
    )
    if later is None or later.voice != "active" or later.negated:
        return None
    if not analysis.grammar.listed(later.lemma, "lemma_granting"):
        return None
    return subject_of(analysis, later).actor


def _fronted(analysis: Analysis, predicate: Predicate) -> ActorGroup | None:
    """ "Given by A, the tanks have arrived": the agent of the participle at the head."""
    first = next(iter(analysis.predicates), None)
    if first is None or first is predicate or first.voice != "participle" or first.first > 1:
        return None
    return agent_of(analysis, first) if first.event == "deliver" else None


def _for_whom(analysis: Analysis, predicate: Predicate) -> ActorGroup | None:
    """ "no question for A of giving": the one for whom it is out of the question."""
    governor = next((p for p in analysis.predicates if p.at == predicate.governor), None)
    if governor is None or governor.voice != "phrase" or predicate.first - governor.last > 6:
        return None
    between = analysis.actors_between(governor.last, predicate.first)
    return next((g for g in between if g.role == "for" and g.ids), None)


def _governing(analysis: Analysis, predicate: Predicate) -> ActorGroup | None:
    """ "Schweden prüft, ob X abgegeben werden können": who considers it would give it."""
    if not analysis.fields or predicate.voice != "passive" or predicate.governor is None:
        return None
    governor = next((p for p in analysis.predicates if p.at == predicate.governor), None)
    if governor is None or governor.voice != "active":
        return None
    return subject_of(analysis, governor).actor


def _is_nation(identifier: str) -> bool:
    """Nations have ISO 3166 codes, everybody else a name in small letters."""
    return len(identifier) == 3 and identifier.isupper()


def _origin(analysis: Analysis, predicate: Predicate) -> ActorGroup | None:
    """ "12 guns have arrived from A", "the arrival of 12 guns from A": A has sent them."""
    if _at_a_place(analysis, predicate) and not any(group.place for group in analysis.actors):
        # "arrived in Odesa from": a place that we do not know
        return None
    groups = analysis.actors_between(predicate.last, right_end(analysis, predicate))
    if analysis.grammar.case_marked:
        # "four fighters from A reached B": the order is free
        groups += analysis.actors_between(clause_start(analysis, predicate), predicate.first)
    return next(
        (
            group
            for group in groups
            if group.role == "from" and group.ids and not group.adjective and not group.maker
        ),
        None,
    )


def _whose(analysis: Analysis, predicate: Predicate, subject: Subject) -> ActorGroup | None:
    """ "forty Polish guns have left for B": the adjective between number and thing."""
    if not analysis.grammar.case_marked:
        return None
    end = right_end(analysis, predicate)
    arrived = [subject.item] if subject.item else analysis.items_between(predicate.last, end)
    return next(
        (
            g
            for item in arrived[:1]
            for g in analysis.actors
            if g.adjective and len(g.ids) == 1 and item.first <= g.first <= item.head
        ),
        None,
    )


def _at_a_place(analysis: Analysis, predicate: Predicate) -> bool:
    """ "in Odesa" behind an arrival; "in May" is no place."""
    tokens, grammar = analysis.tokens, analysis.grammar
    return any(
        "place" in tokens[at].words
        and not (at + 1 < len(tokens) and tokens[at + 1].form in grammar.time_words)
        for at in range(predicate.last, len(tokens))
    )


def _sent_from(analysis: Analysis, predicate: Predicate) -> bool:
    """ "was delivered from A": a passive with its own clause, where cases tell the source."""
    return analysis.grammar.case_marked and predicate.voice == "passive"


def _in_relative(analysis: Analysis, predicate: Predicate) -> ActorGroup | None:
    """ "200 carriers have reached B, which A has given": the giver that the relative names."""
    if not analysis.grammar.case_marked:
        return None
    end = len(analysis.tokens)
    for item in analysis.items_between(predicate.last, right_end(analysis, predicate))[-1:]:
        for other in analysis.predicates:
            start = clause_start(analysis, other) if other.at > predicate.at else end
            if other.event != "deliver" or other.voice != "active" or start >= end:
                continue
            if "relative_object" in analysis.tokens[start].words and 0 <= start - item.last <= 1:
                return subject_of(analysis, other).actor
    return None


def _running(analysis: Analysis, predicate: Predicate) -> ActorGroup | None:
    """ "the agency runs initiatives, among them the conclusion of contracts": who runs them."""
    for other in reversed([each for each in analysis.predicates if each.at < predicate.at]):
        if other.voice == "active" and other.tense in FINITE:
            if other.event in ("launch", "receive", "sign", "order") and not other.negated:
                return subject_of(analysis, other).actor
            if "alleged" in analysis.tokens[other.at].cues:
                # "accuses B of": the accused is the one who acts
                return next(
                    (g for g in analysis.actors_between(other.last, predicate.first)
                     if g.role is None and not g.adjective), None)  # fmt: skip
            return None
    return None


def _signing(analysis: Analysis, predicate: Predicate) -> ActorGroup | None:
    """Who signs the contract that stands inside the verb's bracket; of maker and nation, it.

    "hat mit A einen Vertrag über 54 Panzer unterzeichnet".
    """
    if not analysis.fields or predicate.event not in ("order", "frame"):
        return None
    for verb in analysis.predicates:
        if verb.event == "receive" and verb.first < predicate.at < verb.at:
            # "hat von A einen Auftrag über X erhalten": A orders
            before = analysis.actors_between(verb.first, predicate.at)
            buyers = [g for g in before if g.role in ("of", "from", "by") and not g.maker]
            if buyers:
                return buyers[-1]
        if verb.event != "sign" or verb.voice != "active" or verb.negated:
            continue
        if verb.first < predicate.at < verb.at or 0 < predicate.at - verb.at <= _SIGNED:
            signer = subject_of(analysis, verb).actor
            partners = [
                group
                for group in analysis.actors_between(verb.first, predicate.at)
                if group.role == "with" and not group.maker
            ]
            return partners[0] if partners and signer is not None and signer.maker else signer
    return None


def promise_got(analysis: Analysis, noun: Predicate) -> Predicate | None:
    """ "has received pledges for X from A": the verb that gets a promise, which A made."""
    if noun.governs != "promise":
        return None
    return next(
        (
            each for each in analysis.predicates
            if each.event == "receive" and each.voice == "active" and 0 <= noun.at - each.last <= 4
        ),
        None,
    )  # fmt: skip


def noun_actor(analysis: Analysis, predicate: Predicate) -> ActorGroup | None:
    """ "les livraisons allemandes", "la livraison par la France", "German deliveries of"."""
    for group in analysis.actors:
        if predicate.event == "train" and is_trainee(analysis, group):
            continue
        if group.first == predicate.last and (group.adjective or group.role == "of"):
            return group
        if _gives_of(analysis, predicate, group):
            return group
        if predicate.governs and group.role == "of" and 0 < group.first - predicate.last <= 2:
            # "la promesse du gouvernement de livrer"
            return group
        if group.adjective and _right_before(analysis, group.last, predicate.first):
            return group
        if predicate.last <= group.first <= predicate.last + 14 and group.role == "by":
            if not _agent_of_other(analysis, group, predicate) and not _of_unknown(analysis, group):
                return group
    return None


def _right_before(analysis: Analysis, last: int, first: int) -> bool:
    """ "German deliveries", "Britain's biggest donation": an adjective or two between at most."""
    return 0 <= first - last <= 2 and all(
        token.word and ("determiner" in token.words or token.form in analysis.grammar.ordinals)
        for token in analysis.tokens[last:first]
    )


def _gives_of(analysis: Analysis, predicate: Predicate, group: ActorGroup) -> bool:
    """ "les livraisons de la Norvège": who gives, with its article."""
    if predicate.event not in ("deliver", "order") or group.role != "of" or group.maker:
        return False
    between = analysis.tokens[predicate.last : group.first]
    return (
        0 < len(between) <= 2
        and bool(group.ids)
        and all(token.preposition == "of" or "determiner" in token.words for token in between)
    )


def _of_unknown(analysis: Analysis, group: ActorGroup) -> bool:
    """ "the delivery of arms against the blockade imposed by A": of a verb that we don't know."""
    tokens = analysis.tokens
    at = group.first - 1
    while at > 0 and tokens[at].preposition != "by":
        at -= 1
    if at < 1:
        return False
    before = tokens[at - 1]
    endings = tuple(analysis.grammar.lists.get("participle_ending", ()))
    return before.word and before.form.endswith(endings or ("\0",)) and not (
        before.entities or before.verbs or before.noun or before.words
    )  # fmt: skip


def _agent_of_other(analysis: Analysis, group: ActorGroup, predicate: Predicate) -> bool:
    """ "the purchase of shells found by A": A found, and buys nothing."""
    return any(
        each.voice == "participle"
        and predicate.last < each.last
        and 0 <= group.first - each.last <= 2
        for each in analysis.predicates
    )
