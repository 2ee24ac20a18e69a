"""Subjects where the order of the words is free: the nominative tells, on either side."""

from __future__ import annotations

from intendance.reading._grammar.case_roles import cases_at
from intendance.reading._grammar.groups import ActorGroup
from intendance.reading._grammar.predicates import Predicate
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token


def nominative_after(
    grammar: Grammar,
    tokens: list[Token],
    actors: list[ActorGroup],
    predicate: Predicate,
    left: ActorGroup | None,
    end: int,
) -> ActorGroup | None:
    """The subject behind its verb ("14 tanks handed over Germany"), or None: it stands before.

    ``left`` is who stands before the verb; in the same clause it stays the subject.
    """
    if not grammar.case_marked or predicate.voice != "active":
        return None
    if left is not None and _same_clause(tokens, left.last, predicate.first):
        return None
    following = [
        group
        for group in actors
        if predicate.last <= group.first < end
        and group.role is None
        and not group.adjective
        and not group.outlet
    ]
    named = [
        group
        for group in following
        if "n" in (cases := cases_at(tokens, group.first))
        and not ("a" in cases and left is None and _unknown_before(tokens, predicate.first))
    ]
    if named:
        return named[0]
    if left is None and following and not cases_at(tokens, following[0].first):
        return following[0]
    return None


def says_we(grammar: Grammar, tokens: list[Token], predicate: Predicate) -> bool:
    """ "передамо", "przekażemy": the ending says who, without a pronoun."""
    finite = predicate.tense in ("pres", "fut", "past", "")
    return (
        finite
        and predicate.voice == "active"
        and tokens[predicate.at].form.endswith(tuple(grammar.lists.get("first_person_ending", ())))
    )


def _unknown_before(tokens: list[Token], at: int) -> bool:
    """A name that nobody knows stands right before the verb: it may well be the subject."""
    return at > 0 and tokens[at - 1].capital and not (
        tokens[at - 1].entities or tokens[at - 1].words or tokens[at - 1].cues
        or tokens[at - 1].preposition
    )  # fmt: skip


def _same_clause(tokens: list[Token], first: int, last: int) -> bool:
    return not any(
        token.form in (",", ";", ":", '"', "(")
        or token.words & {"subordinator", "relative_subject", "relative_object"}
        or any(sense.tense in ("past", "pres", "fut", "imps") for sense in token.verbs)
        for token in tokens[first:last]
    )
