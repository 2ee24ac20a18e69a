"""The parties of a transfer: who gives it and who gets it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intendance.reading._grammar.clauses import (
    Analysis,
    Subject,
    agent_of,
    clause_start,
    subject_of,
)
from intendance.reading._grammar.groups import ActorGroup, ItemGroup
from intendance.reading._grammar.predicates import FINITE, Predicate

_PLACED: Final = frozenset({"train", "produce", "deploy"})
"""Events whose "in NATION" is a place, not a recipient."""


def actor_of(analysis: Analysis, predicate: Predicate, subject: Subject) -> ActorGroup | None:
    """Who does it: subject, agent, the nation on whose behalf, or whom a noun is tied to."""
    behalf = next(
        (g for g in analysis.actors if g.role == "behalf" and g.ids and g.first > predicate.first),
        None,
    )
    if behalf is not None and predicate.event in ("order", "frame", "sign"):
        # an agency that buys "on behalf of" a nation: the nation buys
        return behalf
    if predicate.voice in ("passive", "participle"):
        return agent_of(analysis, predicate) or (
            subject.actor if predicate.governor is not None else None
        )
    if predicate.voice == "noun":
        return noun_actor(analysis, predicate) or subject.actor or _running(analysis, predicate)
    if predicate.event == "arrive":
        return None
    return subject.actor


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
        if group.last == predicate.first and group.adjective:
            return group
        if predicate.last <= group.first <= predicate.last + 14 and group.role == "by":
            return group
    return None


def recipient_of(
    analysis: Analysis,
    predicate: Predicate,
    actor: ActorGroup | None,
    items: Sequence[ItemGroup],
    end: int,
) -> ActorGroup | None:
    """Who gets it: an object without a preposition, else the group after "to" or "for"."""
    wanted: tuple[str, ...] = ("to", "for")
    if predicate.event == "equip":
        for group in analysis.actors_between(predicate.last, end):
            if group.role is None and not group.adjective:
                return group
    if predicate.event in ("train",):
        return _trained(analysis, predicate, end)
    indirect = _indirect(analysis, predicate, actor, items, end)
    if indirect is not None:
        return indirect
    bought = predicate.event == "order" and predicate.voice != "noun"
    if predicate.event in _PLACED or bought:
        # "acheter à X" is to buy from X
        wanted = ("for",)
    start = predicate.last if predicate.voice == "noun" else clause_start(analysis, predicate)
    if predicate.voice == "noun":
        later = [each.first for each in analysis.predicates if each.first > predicate.last]
        end = min([end, *later])
    ordered = analysis.actors_between(predicate.last, end) + analysis.actors_between(
        start, predicate.first
    )
    for group in ordered:
        if group is actor or group.adjective or group.maker or group.outlet:
            continue
        if group.role in wanted and not _is_origin(analysis, group):
            return group
        disposal = "support" in analysis.tokens[predicate.at].cues
        if disposal and group.role == "of" and group.first - predicate.last <= 3:
            return group
    return None


def _indirect(
    analysis: Analysis,
    predicate: Predicate,
    actor: ActorGroup | None,
    items: Sequence[ItemGroup],
    end: int,
) -> ActorGroup | None:
    """ "gave Ukraine 14 tanks", "liefert der Ukraine Panzer": an object without a preposition."""
    tokens, code = analysis.tokens, analysis.grammar.code
    if code == "fr" or predicate.event != "deliver" or predicate.voice not in ("active", "passive"):
        return None
    limit = (
        end if code == "de" else min([end, *(i.first for i in items if i.first >= predicate.last)])
    )
    for group in analysis.actors_between(predicate.last, limit):
        if group is actor or group.role or group.adjective or group.maker or group.pronoun:
            continue
        if code == "de":
            before = (
                tokens[group.first - 2] if "determiner" in tokens[group.first - 1].words else None
            )
            if before is not None and before.capital and before.word and not before.entities:
                continue
            return group
        if group.first - predicate.last <= 2:
            return group
    return None


def _is_origin(analysis: Analysis, group: ActorGroup) -> bool:
    """ "fabriqués aux États-Unis": where it was made, not where it goes."""
    before = analysis.tokens[max(0, group.first - 3) : group.first]
    return any("of_origin" in token.words for token in before)


def _trainee(analysis: Analysis, group: ActorGroup) -> bool:
    # the catalogue's name may have several words ("Ukrainian soldiers")
    around = analysis.tokens[max(0, group.first - 2) : group.last]
    return any(
        analysis.grammar.cue(word, "training_target")
        for token in around
        for word in (token.form, *token.form.split())
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
    if predicate.voice == "passive":
        # "Ukrainian soldiers are trained": who is trained is the subject
        groups += analysis.actors_between(clause_start(analysis, predicate), predicate.first)
    said = next((group for group in groups if _trainee(analysis, group)), None)
    # "will train Ukrainian sappers": people of no listed kind, told by their nation
    return said or next((group for group in groups if group.adjective and group.ids), None)
