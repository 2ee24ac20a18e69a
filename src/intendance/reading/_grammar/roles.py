"""The parties of a transfer: who gives it and who gets it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intendance.reading._grammar.clauses import (
    Analysis,
    Subject,
    agent_of,
    clause_start,
    right_end,
    subject_of,
)
from intendance.reading._grammar.field_roles import (
    field_dative,
    field_recipient,
    field_source,
    with_partner,
)
from intendance.reading._grammar.groups import ActorGroup, ItemGroup
from intendance.reading._grammar.predicates import FINITE, Predicate
from intendance.reading._grammar.relatives import (
    buys,
    dative_clitic,
    relative_recipient,
    sells,
)

_PLACED: Final = frozenset({"train", "produce", "deploy"})
"""Events whose "in NATION" is a place, not a recipient."""


def actor_of(analysis: Analysis, predicate: Predicate, subject: Subject) -> ActorGroup | None:
    """Who does it: subject, agent, the nation on whose behalf, or whom a noun is tied to."""
    behalf = next(
        (g for g in analysis.actors if g.role == "behalf" and g.ids and g.first > predicate.first),
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
        )
    if predicate.voice == "noun" and predicate.mode == "refuse" and subject.actor is not None:
        # "A is against the delivery by B": A refuses
        return subject.actor
    if predicate.event == "arrive":
        return (
            _origin(analysis, predicate) or field_source(analysis) or _fronted(analysis, predicate)
        )
    if predicate.voice == "noun":
        return noun_actor(analysis, predicate) or subject.actor or _running(analysis, predicate)
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
    if any("place" in token.words for token in analysis.tokens[predicate.last :]) and not any(
        group.place for group in analysis.actors
    ):
        # "arrived in Odesa from": a place that we do not know
        return None
    return next(
        (
            group
            for group in analysis.actors_between(predicate.last, right_end(analysis, predicate))
            if group.role == "from" and group.ids and not group.adjective and not group.maker
        ),
        None,
    )


def _destination(analysis: Analysis, predicate: Predicate, end: int) -> ActorGroup | None:
    """ "have arrived in A": where a nation is named as the place."""
    return next(
        (
            g
            for g in analysis.actors_between(predicate.last, end)
            if len(g.ids) == 1
            and not g.adjective
            and (g.place or (g.role is None and g.first - predicate.last <= 1))
        ),
        None,
    )


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


def noun_actor(analysis: Analysis, predicate: Predicate) -> ActorGroup | None:
    """ "les livraisons allemandes", "la livraison par la France", "German deliveries of"."""
    for group in analysis.actors:
        if predicate.event == "train" and _trainee(analysis, group):
            continue
        if group.first == predicate.last and (group.adjective or group.role == "of"):
            return group
        if _gives_of(analysis, predicate, group):
            return group
        if group.last == predicate.first and group.adjective:
            return group
        if predicate.last <= group.first <= predicate.last + 14 and group.role == "by":
            if not _agent_of_other(analysis, group, predicate):
                return group
    return None


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


def _agent_of_other(analysis: Analysis, group: ActorGroup, predicate: Predicate) -> bool:
    """ "the purchase of shells found by A": A found, and buys nothing."""
    return any(
        each.voice == "participle"
        and predicate.last < each.last
        and 0 <= group.first - each.last <= 2
        for each in analysis.predicates
    )


def recipient_of(
    analysis: Analysis,
    predicate: Predicate,
    actor: ActorGroup | None,
    items: Sequence[ItemGroup],
    end: int,
) -> ActorGroup | None:
    """Who gets it: an object without a preposition, else the group after "to" or "for"."""
    if predicate.event == "arrive" and (place := _destination(analysis, predicate, end)):
        return place
    if predicate.event in ("train",):
        return _trained(analysis, predicate, end)
    return (
        _equipped(analysis, predicate, end)
        or _indirect(analysis, predicate, actor, items, end)
        or relative_recipient(analysis, predicate)
        or dative_clitic(analysis, predicate)
        or _prepositional(analysis, predicate, actor, end)
        or _undeclined(analysis, predicate, actor, end)
    )


def _prepositional(
    analysis: Analysis, predicate: Predicate, actor: ActorGroup | None, end: int
) -> ActorGroup | None:
    wanted: tuple[str, ...] = ("to", "for")
    asked = predicate.governor if predicate.mode == "request" else None
    if predicate.event in _PLACED or buys(analysis, predicate):
        # "acheter à X" is to buy from X
        wanted = ("for", "behalf")
    start = predicate.last if predicate.voice == "noun" else clause_start(analysis, predicate)
    if predicate.voice == "noun":
        later = [
            each.first
            for each in analysis.predicates
            if each.first > predicate.last and each.event != "arrive"
        ]
        end = min([end, *later])
    ordered = analysis.actors_between(predicate.last, end) + analysis.actors_between(
        start, predicate.first
    )
    for group in ordered:
        if group is actor or group.adjective or group.maker or group.outlet:
            continue
        if asked is not None and asked < group.first < predicate.first:
            # "asked A to give": A is asked, and gives
            continue
        if sells(analysis, group, predicate):
            continue
        arrived = group.place and actor is not None and predicate.event == "arrive"
        if (arrived or group.role in wanted) and not _is_origin(analysis, group, predicate):
            return group
        before = analysis.tokens[max(0, group.first - 3) : group.first]
        if group.role == "of" and any("support" in token.cues for token in before):
            return group
    return None


def _undeclined(
    analysis: Analysis, predicate: Predicate, actor: ActorGroup | None, end: int
) -> ActorGroup | None:
    """A name without endings behind "A gave", where others would stand in the dative."""
    if not analysis.grammar.case_marked or predicate.event != "deliver" or actor is None:
        return None
    return next(
        (
            g
            for g in analysis.actors_between(predicate.last, end)
            if g is not actor and g.role is None and g.ids
            and not (g.adjective or g.maker or g.outlet or g.office or g.pronoun)
            and not analysis.tokens[g.first].cases
        ),
        None,
    )  # fmt: skip


def _equipped(analysis: Analysis, predicate: Predicate, end: int) -> ActorGroup | None:
    """ "equips Ukraine with": who is equipped is the object."""
    if predicate.event != "equip":
        return None
    if predicate.voice == "passive":
        # "the army was equipped with": its subject
        start = clause_start(analysis, predicate)
        groups = analysis.actors_between(start, predicate.first)[::-1]
    else:
        groups = analysis.actors_between(predicate.last, end)
    return next((g for g in groups if g.role is None and not g.adjective), None)


def _indirect(
    analysis: Analysis,
    predicate: Predicate,
    actor: ActorGroup | None,
    items: Sequence[ItemGroup],
    end: int,
) -> ActorGroup | None:
    """ "gave Ukraine 14 tanks", "liefert der Ukraine Panzer": an object without a preposition."""
    code = analysis.grammar.code
    if analysis.fields and predicate.event in ("deliver", "finance", "allocate"):
        if predicate.voice == "noun":
            return field_dative(analysis) if predicate.governor is not None else None
        return field_recipient(analysis, actor)
    if code == "fr" or analysis.grammar.case_marked or predicate.event != "deliver":
        return None
    if predicate.voice not in ("active", "passive"):
        return None
    limit = min([end, *(i.first for i in items if i.first >= predicate.last)])
    for group in analysis.actors_between(predicate.last, limit):
        if group is actor or group.role or group.adjective or group.maker or group.pronoun:
            continue
        if group.first - predicate.last <= 2:
            return group
    return None


def _is_origin(analysis: Analysis, group: ActorGroup, predicate: Predicate) -> bool:
    """ "fabriqués aux États-Unis": where it was made, not where it goes."""
    places = range(max(0, group.first - 3), group.first)
    return any("of_origin" in analysis.tokens[at].words for at in places if at != predicate.at)


def _trainee(analysis: Analysis, group: ActorGroup) -> bool:
    # the catalogue's name may have several words ("Ukrainian soldiers")
    around = analysis.tokens[max(0, group.first - 2) : group.last]
    return any(
        analysis.grammar.cue(word, "training_target")
        for token in around
        for word in (token.form, *token.form.split())
    )


def trains_people(analysis: Analysis, predicate: Predicate, recipient: ActorGroup | None) -> bool:
    """Whether people are trained: a verb that also means "to make up" says so by its object."""
    if not analysis.grammar.listed(predicate.lemma, "lemma_people") or recipient is not None:
        return True
    start = clause_start(analysis, predicate)
    return any(
        "training_target" in token.cues
        for token in analysis.tokens[start : right_end(analysis, predicate)]
    )


def host_of(analysis: Analysis, predicate: Predicate, end: int) -> ActorGroup | None:
    """ "training in Germany": who hosts it gives it, where nobody else is said to."""
    return next(
        (
            g
            for g in analysis.actors_between(predicate.last, end)
            if g.ids and (g.role == "to" or g.place)
        ),
        None,
    )


def _trained(analysis: Analysis, predicate: Predicate, end: int) -> ActorGroup | None:
    groups = analysis.actors_between(predicate.last, end)
    if predicate.voice in ("passive", "noun"):
        # "Ukrainian soldiers are trained": who is trained is the subject
        groups += analysis.actors_between(clause_start(analysis, predicate), predicate.first)
    said = next((group for group in groups if _trainee(analysis, group)), None)
    # "will train Ukrainian sappers": people of no listed kind, told by their nation
    return said or next((group for group in groups if group.adjective and group.ids), None)
