"""Actors joined by "and" or by a list are one group."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.reading._grammar.groups import ActorGroup
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token


def coordinated(
    grammar: Grammar, tokens: Sequence[Token], groups: list[ActorGroup]
) -> list[ActorGroup]:
    """The groups with those joined that an enumeration joins; French repeats its prepositions."""
    joined: list[ActorGroup] = []
    for group in groups:
        if joined and _joins(grammar, tokens, joined[-1], group):
            previous = joined[-1]
            previous.ids = tuple(dict.fromkeys((*previous.ids, *group.ids)))
            previous.last = group.last
            if group.speaker != previous.speaker:
                previous.speaker = previous.speaker or group.speaker
            continue
        joined.append(group)
    return joined


def _joins(grammar: Grammar, tokens: Sequence[Token], one: ActorGroup, other: ActorGroup) -> bool:
    if (
        one.pronoun
        or other.pronoun
        or one.adjective != other.adjective
        or one.outlet
        or other.outlet
    ):
        return False
    if grammar.case_marked and one.role is None and other.role == "with":
        return one.maker == other.maker and _comitative(grammar, tokens[one.last : other.first])
    if other.role == "with" and one.role is None and other.ids and one.ids:
        # "A, together with B, has bought": both
        apart = tokens[one.last : other.first]
        return 2 <= len(apart) <= 3 and apart[0].form == "," and "joint" in apart[1].cues
    if other.role != one.role and not (
        (other.role is None and one.role in ("of", "by", "with", "from", "behalf"))
        or (other.role == "of" and one.role == "behalf")
    ):
        # French repeats its preposition: "à l'Ukraine et le Danemark" are two groups
        return False
    between = tokens[one.last : other.first]
    if one.maker != other.maker or len(between) > 4:
        return False
    comma_only = True
    for token in between:
        if grammar.listed(token.form, "joining"):
            comma_only = comma_only and token.form == ","
            continue
        if "determiner" in token.words or token.preposition == one.role is not None:
            continue
        if one.role == "behalf" and token.preposition == "of":
            continue
        if grammar.listed(token.form, "shared_determiner"):
            continue
        return False
    if not any(grammar.listed(token.form, "joining") for token in between):
        # "gibt Italien der Ukraine": an article joins nothing
        return False
    # A comma alone joins only inside an enumeration that goes on ("A, B et C").
    return not comma_only or _goes_on(grammar, tokens, other.last)


def _comitative(grammar: Grammar, between: Sequence[Token]) -> bool:
    """ "A, together with B, will give": nothing stands between them but that."""
    return 0 < len(between) <= 4 and all(
        grammar.listed(token.form, "joining") or "adverb" in token.words or "joint" in token.cues
        or token.preposition is not None for token in between
    )  # fmt: skip


def _goes_on(grammar: Grammar, tokens: Sequence[Token], at: int) -> bool:
    for token in tokens[at : at + 5]:
        if token.form == "," or grammar.listed(token.form, "and"):
            return True
        if "determiner" not in token.words and token.actor is None:
            return False
    return False
