"""Roles that a language marks by case, and subjects where the order of the words is free."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.reading._language import Grammar
from intendance.reading._tokens import Token

_STEPS = 5
_BODY = frozenset({"organisation"})
_ADJECTIVES = frozenset({"adjective", "demonym"})


def cases_at(tokens: Sequence[Token], first: int) -> str:
    """The cases of the name at ``first``: an adjective's are narrowed by the noun behind it."""
    entities = tokens[first].entities
    adjective = "".join(each.cases for each in entities if each.feature in _ADJECTIVES)
    if adjective and first + 1 < len(tokens):
        shared = "".join(case for case in tokens[first + 1].cases if case in adjective)
        if shared:
            return shared
    named = "".join(each.cases for each in entities if each.feature not in _ADJECTIVES)
    return named or adjective or tokens[first].cases


def marked_role(grammar: Grammar, tokens: Sequence[Token], first: int) -> str | None:
    """The role of the name at ``first``: of its preposition, else of its case.

    The dative is whom something is given to ("to"), the instrumental who does it ("by"), the
    genitive whose it is ("of"), a mere accusative an "object"; None may be a subject.
    """
    cases = cases_at(tokens, first)
    index = first - 1
    while index >= max(0, first - _STEPS):
        token = tokens[index]
        if grammar.listed(token.form, "stands_alone"):
            # "for this the USA supplied": the preposition is the pronoun's
            break
        if token.preposition is not None:
            said = grammar.preposition_cases.get(token.form, {})
            return next((said[case] for case in cases or " " if case in said), token.preposition)
        joined = grammar.listed(token.form, "joining") and index > 0
        if joined and index == first - 1 and tokens[index - 1].actor is not None:
            if _share(cases, tokens[index - 1].cases):
                return marked_role(grammar, tokens, index - 1)
            break
        if not ("determiner" in token.words or "descriptive" in token.words):
            break
        index -= 1
    if not cases and first and grammar.listed(tokens[first - 1].form, "of_maker"):
        # "the application of the firm Saab": a name without endings behind a genitive
        return "of"
    if first and "g" in cases and grammar.listed(tokens[first - 1].form, "support_of"):
        # "the support of Ukraine": Ukraine is supported
        return "to"
    if first and "d" in cases and grammar.listed(tokens[first - 1].form, "noun_to"):
        # "the sale to Poland", where dative and genitive have one form
        return "to"
    if not cases and first > 1 and tokens[first].entity(_BODY) and _plain(tokens[first - 1]):
        # "at the summit of NATO": a name without endings behind a noun with its preposition
        if tokens[first - 2].preposition and tokens[first - 1].form not in grammar.time_words:
            return "of"
    return _of_case(tokens, first, cases)


def _plain(token: Token) -> bool:
    return token.word and not (token.verbs or token.words or token.actor or token.preposition)


def _share(one: str, other: str) -> bool:
    return not one or not other or any(case in other for case in one)


def _of_case(tokens: Sequence[Token], first: int, cases: str) -> str | None:
    person = any(each.table == "official" for each in tokens[first].entities)
    owned = first > 0 and not person and _owns(tokens[first - 1])
    if not cases:
        return "of" if owned else None
    if "n" in cases:
        return None
    if "d" in cases:
        return "of" if "g" in cases and owned else "to"
    for case, role in (("g", "of"), ("a", "object"), ("i", "by")):
        if case in cases:
            return role
    return "other"


def _owns(token: Token) -> bool:
    """A noun that a genitive may follow: an act, an institution, an office, a package."""
    return bool(
        token.noun
        or "institution" in token.words
        or "package" in token.cues
        or any(each.table in ("office", "organisation") for each in token.entities)
    )
