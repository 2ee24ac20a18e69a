"""Parties said by a relative or a clitic, and those that belong to a participle beside."""

from __future__ import annotations

from intendance.reading._grammar.clauses import Analysis
from intendance.reading._grammar.groups import ActorGroup, ItemGroup
from intendance.reading._grammar.predicates import Predicate

_REACH = 8
"""How many tokens may stand between "to whom" and its verb."""


def relative_recipient(analysis: Analysis, predicate: Predicate) -> ActorGroup | None:
    """ "B, to whom A gave X": what stands before "to whom" gets it."""
    tokens = analysis.tokens
    for at in range(predicate.first - 1, max(-1, predicate.first - _REACH), -1):
        if "relative_to" not in tokens[at].words:
            continue
        end = at
        while end > 0 and tokens[end - 1].form == ",":
            end -= 1
        return next((g for g in analysis.actors if g.last == end and not g.adjective), None)
    return None


def sells(analysis: Analysis, group: ActorGroup, predicate: Predicate) -> bool:
    """ "will give guns ordered from A to B": A is the seller that a participle names."""
    return any(
        each.voice == "participle"
        and each.event == "order"
        and each is not predicate
        and 0 <= group.first - each.last <= 2
        for each in analysis.predicates
    )


def dative_clitic(analysis: Analysis, predicate: Predicate) -> ActorGroup | None:
    """ "A lui livrera X": the one whom the clitic stands for, told by what went before."""
    tokens = analysis.tokens
    if predicate.voice not in ("active", "passive"):
        return None
    for at in range(max(0, predicate.first - 1), predicate.at):
        if analysis.grammar.listed(tokens[at].form, "dative_clitic"):
            return ActorGroup(at, at + 1, (), "to", pronoun="dative")
    return None


def buys(analysis: Analysis, predicate: Predicate) -> bool:
    """Whether "to" names the seller: after a verb of buying, or its own noun."""
    if predicate.event != "order":
        return False
    return predicate.voice != "noun" or analysis.grammar.listed(
        analysis.tokens[predicate.at].form, "buying_noun"
    )


def object_clitic(analysis: Analysis, predicate: Predicate) -> ItemGroup | None:
    """ "bought guns but gave them to B": what the clitic before the verb stands for."""
    tokens = analysis.tokens
    if predicate.voice != "active" or predicate.event not in ("deliver", "order", "repair"):
        return None
    for at in range(max(0, predicate.first - 1), predicate.at):
        of_it = analysis.grammar.listed(
            predicate.lemma, "lemma_reflexive"
        ) and analysis.grammar.listed(tokens[at].form, "partitive_clitic")
        if not of_it and not analysis.grammar.listed(tokens[at].form, "object_clitic"):
            continue
        after = tokens[at + 1]
        if after.auxiliaries or at + 1 == predicate.at or "adverb" in after.words:
            return ItemGroup(at, at, at + 1, None, tokens[at].form, item_from="anaphora")
    return None
