"""The role that a preposition gives to an actor, over determiners and short adjectives."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.reading._grammar.case_roles import marked_role
from intendance.reading._grammar.groups import ActorGroup
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token


def actor_group(
    grammar: Grammar,
    tokens: Sequence[Token],
    first: int,
    last: int,
    ids: tuple[str, ...],
    speaker: str | None,
) -> ActorGroup:
    """A group at ``tokens[first:last]`` with its role and whether it is a place ("in NATION")."""
    group = ActorGroup(first, last, ids, role_of(grammar, tokens, first), speaker)
    group.place = any("place" in token.words for token in tokens[max(0, first - 2) : first])
    return group


def role_of(grammar: Grammar, tokens: Sequence[Token], first: int) -> str | None:
    """The role of the preposition that governs the group, over determiners and short adjectives."""
    if grammar.case_marked:
        return marked_role(grammar, tokens, first)
    index = first - 1
    steps = 0
    while index >= 0 and steps < 4:
        token = tokens[index]
        if token.preposition is not None:
            article = token.preposition == "of" and grammar.listed(token.form, "indefinite_des")
            if article and not _after_noun(grammar, tokens, index):
                return None
            return token.preposition
        if "determiner" in token.words or grammar.listed(token.form, "before_actor"):
            index -= 1
            steps += 1
            continue
        return None
    return None


def possessor(grammar: Grammar, tokens: Sequence[Token], at: int) -> int | None:
    """Where "A" stands in "A's ministry", for the token at ``at``; None without a mark between."""
    while at > 3 and "determiner" in tokens[at - 1].words and tokens[at - 2].word:
        # "A's new prime minister"
        at -= 1
    if at < 3 or tokens[at - 2].form != "'":
        return None
    return at - 3 if grammar.listed(tokens[at - 1].form, "possessive_mark") else None


def owns(grammar: Grammar, tokens: Sequence[Token], at: int) -> bool:
    """Whether a possessive mark follows the token at ``at``."""
    return at + 3 < len(tokens) and possessor(grammar, tokens, at + 3) == at


def _after_noun(grammar: Grammar, tokens: Sequence[Token], index: int) -> bool:
    """ "des" after a noun is "of the"; at the head of a clause it is an indefinite article."""
    if index == 0:
        return False
    before = tokens[index - 1]
    return (
        before.word
        and not before.auxiliaries
        and not grammar.listed(before.form, "before_indefinite")
    )
