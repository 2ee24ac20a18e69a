"""Actors joined by "and" or by a list are one group."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.reading._grammar.groups import ActorGroup
from intendance.reading._grammar.predicates import FINITE
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token


def coordinated(
    grammar: Grammar, tokens: Sequence[Token], groups: list[ActorGroup]
) -> list[ActorGroup]:
    """The groups with those joined that an enumeration joins; French repeats its prepositions."""
    joined: list[ActorGroup] = []
    for group in groups:
        if joined and _beside_pronoun(grammar, tokens, joined[-1], group):
            group.beside_pronoun = True
        if joined and _joins(grammar, tokens, joined[-1], group):
            previous = joined[-1]
            previous.ids = tuple(dict.fromkeys((*previous.ids, *group.ids)))
            previous.last = group.last
            if group.speaker != previous.speaker:
                previous.speaker = previous.speaker or group.speaker
            continue
        joined.append(group)
    return joined


def _beside_pronoun(
    grammar: Grammar, tokens: Sequence[Token], one: ActorGroup, other: ActorGroup
) -> bool:
    """ "it and Finland have agreed": somebody acts with the one who is named."""
    between = tokens[one.last : other.first]
    return one.pronoun == "third" and 0 < len(between) <= 2 and (
        grammar.listed(between[0].form, "and")
        and all("determiner" in token.words for token in between[1:])
    )  # fmt: skip


def opens_clauses(grammar: Grammar, tokens: Sequence[Token], groups: Sequence[ActorGroup]) -> None:
    """ "after A and B sent": before a subject with its verb the preposition is a conjunction."""
    if "clause_preposition" not in grammar.lists:
        return
    for place, group in enumerate(groups):
        if group.role != "other" or group.adjective:
            continue
        at = group.first - 1
        while at > 0 and "determiner" in tokens[at].words:
            at -= 1
        if not grammar.listed(tokens[at].form, "clause_preposition"):
            continue
        last = group.last
        for other in groups[place + 1 :]:
            between = tokens[last : other.first]
            if other.role is not None or not between or not all(
                grammar.listed(token.form, "joining") or "determiner" in token.words
                for token in between
            ):  # fmt: skip
                break
            last = other.last
        if is_verb_at(tokens, last):
            group.role = None


def is_verb_at(tokens: Sequence[Token], at: int) -> bool:
    """Whether a finite verb stands at ``at``, behind adverbs."""
    while at < len(tokens) and "adverb" in tokens[at].words and not tokens[at].verbs:
        at += 1
    if at >= len(tokens):
        return False
    token = tokens[at]
    return any(tense in FINITE for _, tense in token.auxiliaries) or any(
        sense.tense in FINITE for sense in token.verbs
    )


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
    # A comma alone joins only inside an enumeration that goes on ("A, B et C"), and in headlines.
    return not comma_only or (
        _goes_on(grammar, tokens, other.last) or _in_headline(grammar, tokens, one, other)
    )


def _in_headline(
    grammar: Grammar, tokens: Sequence[Token], one: ActorGroup, other: ActorGroup
) -> bool:
    """ "Norway, Latvia to send 40 mortars": two nations at the head, and their verb behind them."""
    if one.first or one.role is not None or not is_nation_list((*one.ids, *other.ids)):
        return False
    if set(one.ids) & set(other.ids) or any("place" in token.words for token in tokens[:1]):
        # "Berlin, Germany": a town and where it lies
        return False
    after = tokens[other.last : other.last + 1]
    return is_verb_at(tokens, other.last) or any(
        grammar.listed(token.form, "headline_future")
        or any(sense.tense == "inf" for sense in token.verbs)
        for token in after
    )


def is_nation_list(ids: Sequence[str]) -> bool:
    """Whether there are some and all are nations (ISO 3166 codes in capitals)."""
    return bool(ids) and all(len(each) == 3 and each.isupper() for each in ids)


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
