"""Who gets what is given: an object without a preposition, a clitic, "to" and "for"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intendance.reading._grammar.clauses import Analysis, clause_start
from intendance.reading._grammar.field_roles import field_dative, field_recipient
from intendance.reading._grammar.groups import ActorGroup, ItemGroup
from intendance.reading._grammar.predicates import Predicate
from intendance.reading._grammar.relatives import (
    buys,
    dative_clitic,
    relative_recipient,
    sells,
)
from intendance.reading._grammar.training import trained_of

_PLACED: Final = frozenset({"train", "produce", "deploy"})
"""Events whose "in NATION" is a place, not a recipient."""


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


def recipient_of(
    analysis: Analysis,
    predicate: Predicate,
    actor: ActorGroup | None,
    items: Sequence[ItemGroup],
    end: int,
) -> ActorGroup | None:
    """Who gets it: an object without a preposition, else the group after "to" or "for"."""
    if analysis.grammar.listed(predicate.lemma, "lemma_reaching"):
        groups = analysis.actors_between(clause_start(analysis, predicate), end)
        return next((g for g in groups if g.ids and g.role is None and not g.adjective), None)
    if predicate.event == "arrive" and (place := _destination(analysis, predicate, end)):
        return place
    if predicate.event in ("train",):
        return trained_of(analysis, predicate, end)
    return (
        _equipped(analysis, predicate, end)
        or _indirect(analysis, predicate, actor, items, end)
        or relative_recipient(analysis, predicate)
        or dative_clitic(analysis, predicate)
        or _prepositional(analysis, predicate, actor, end)
        or _undeclined(analysis, predicate, actor, end)
        or _asking(analysis, predicate, actor)
        or _modified(analysis, predicate, actor, end)
    )


def _modified(
    analysis: Analysis, predicate: Predicate, actor: ActorGroup | None, end: int
) -> ActorGroup | None:
    """ "for the Ukrainian air defence", "will finance Ukrainian guns": told by an adjective."""
    if not analysis.grammar.case_marked or actor is None:
        return None
    paid = predicate.event in ("finance", "allocate")
    owned = {item.first for item in analysis.items} if paid else set()
    return next(
        (
            g
            for g in analysis.actors_between(predicate.last, end)
            if g.adjective and g.ids and g.ids != actor.ids
            and (g.role == "for" or g.last in owned or g.first in owned)
        ),
        None,
    )  # fmt: skip


def _asking(
    analysis: Analysis, predicate: Predicate, actor: ActorGroup | None
) -> ActorGroup | None:
    """ "turned down B's request for the export of X": B would have had it."""
    governor = next((p for p in analysis.predicates if p.at == predicate.governor), None)
    if governor is None or governor.voice != "noun" or governor.governs != "request":
        return None
    return next(
        (
            g
            for g in analysis.actors_between(governor.last, predicate.first)
            if g is not actor and g.first == governor.last and g.ids and not g.maker
        ),
        None,
    )


def _prepositional(
    analysis: Analysis, predicate: Predicate, actor: ActorGroup | None, end: int
) -> ActorGroup | None:
    wanted: tuple[str, ...] = ("to", "for")
    asked = predicate.governor if predicate.mode == "request" else None
    if predicate.event in _PLACED or buys(analysis, predicate):
        # "acheter à X" is to buy from X
        wanted = ("for", "behalf")
        if analysis.grammar.case_marked and predicate.event == "order":
            # "will buy B six guns": the dative is for whom, the source has its preposition
            wanted = ("for", "behalf", "to")
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
    # "builds on behalf of A 40 X for B": B gets them
    ordered.sort(key=lambda group: group.role == "behalf")
    for group in ordered:
        if group is actor or group.adjective or group.maker or group.outlet:
            continue
        if asked is not None and asked < group.first < predicate.first:
            # "asked A to give": A is asked, and gives
            continue
        if actor is not None and len(actor.ids) > len(group.ids) and {*group.ids} <= {*actor.ids}:
            # "A and B send 14 each, of one type for A": one of the givers
            continue
        if sells(analysis, group, predicate) or _of_gift(analysis, group, predicate):
            continue
        arrived = group.place and actor is not None and predicate.event == "arrive"
        if (arrived or group.role in wanted) and not _is_origin(analysis, group, predicate):
            return group
        before = analysis.tokens[max(0, group.first - 3) : group.first]
        if group.role == "of" and any("support" in token.cues for token in before):
            return group
    return None


def _of_gift(analysis: Analysis, group: ActorGroup, predicate: Predicate) -> bool:
    """ "invests in replacing the guns given to B": B got the guns, and no investment."""
    return predicate.event in ("finance", "allocate", "order") and any(
        each.voice == "participle" and each.event == "deliver" and each is not predicate
        and 0 <= group.first - each.last <= 3
        for each in analysis.predicates
    )  # fmt: skip


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
    tokens = analysis.tokens
    named = next(
        (g for g in groups if g.role in (None, "object") and not g.adjective
         and not (g.last < len(tokens) and tokens[g.last].form == "–")), None)  # fmt: skip
    return named or next((g for g in groups if _of_people(analysis, g)), None)


def _of_people(analysis: Analysis, group: ActorGroup) -> bool:
    """ "equips Ukrainian units with": people of no listed kind, told by their nation."""
    beside = any(group.first == item.last or group.last == item.first for item in analysis.items)
    return group.adjective and bool(group.ids) and not beside


def _indirect(
    analysis: Analysis,
    predicate: Predicate,
    actor: ActorGroup | None,
    items: Sequence[ItemGroup],
    end: int,
) -> ActorGroup | None:
    """ "gave Ukraine 14 tanks", "liefert der Ukraine Panzer": an object without a preposition."""
    if analysis.fields and predicate.event in ("deliver", "finance", "allocate"):
        if predicate.voice == "noun":
            return field_dative(analysis) if predicate.governor is not None else None
        return field_recipient(analysis, actor)
    bare = analysis.grammar.bare_recipients
    if not bare or predicate.event != "deliver":
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
