"""Words left out: numbers of what was named before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from intendance.reading._grammar.counts import may_be_year
from intendance.reading._grammar.groups import ItemGroup
from intendance.reading._grammar.numbers import Figure
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token
from intendance.terms import exactly


def elliptic_items(
    grammar: Grammar, tokens: Sequence[Token], figures: Sequence[Figure], items: Sequence[ItemGroup]
) -> list[ItemGroup]:
    """ "en a livré dix", "ten more will follow", "twenty of these": a number of what was named."""
    found: list[ItemGroup] = []
    counted = {index for item in items for index in range(item.first, item.last)}
    found.extend(_ordinals(grammar, tokens, counted))
    found.extend(_none(grammar, tokens))
    for figure in figures:
        if figure.first not in counted:
            group = _some_of_them(grammar, tokens, figure) or _bare_figure(grammar, tokens, figure)
            found.extend([group] if group is not None else [])
    return found


def _some_of_them(grammar: Grammar, tokens: Sequence[Token], figure: Figure) -> ItemGroup | None:
    """ "the first four have arrived", "six of them will leave": a part of what was named."""
    taken = 1 if ordered_after(grammar, tokens, figure) else _of_them(grammar, tokens, figure)
    if not taken:
        return None
    last = figure.last + taken
    group = ItemGroup(figure.first, figure.first, last, None, "en", item_from="anaphora")
    group.quantity, group.basis = figure.interval, "part"
    return group


def _bare_figure(grammar: Grammar, tokens: Sequence[Token], figure: Figure) -> ItemGroup | None:
    """A number without its noun, where something says that it counts what was named."""
    if may_be_year(tokens, figure):
        return None
    if not (stands_alone(grammar, tokens, figure) or _described(grammar, tokens, figure)):
        return None
    more = figure.last < len(tokens) and "more" in tokens[figure.last].cues
    another = figure.first > 0 and any(
        grammar.listed(tokens[figure.first - 1].form, name) for name in ("another", "more_before")
    )
    general = figure.last < len(tokens) and "general_noun" in tokens[figure.last].words
    begins = (
        (figure.first == 0 or not tokens[figure.first - 1].word)
        and figure.last < len(tokens)
        and bool(tokens[figure.last].auxiliaries)
    )
    clitic = any(
        grammar.listed(token.form, "partitive_clitic") and _before_verb(tokens, index)
        for index, token in enumerate(tokens[: figure.first])
        if figure.first - index <= 7
    )
    if grammar.listed("bare", "elliptic_figure") and _after_verb(tokens, figure):
        clitic = True
    part = _is_part(grammar, tokens, figure.first)
    if not (more or another or clitic or part or general or begins):
        return None
    if part and any(t.form in grammar.currencies for t in tokens[figure.first - 4 : figure.first]):
        # "500 million euros, of which 200 million for shells": of the money
        return None
    last = figure.last + 1 if more or general else figure.last
    group = ItemGroup(figure.first, figure.first, last, None, "en", item_from="anaphora")
    group.quantity = figure.interval
    group.basis = "increment" if more or another else ("part" if part else None)
    return group


def _is_part(grammar: Grammar, tokens: Sequence[Token], first: int) -> bool:
    """ "of which so far six": whether a number tells a part of what was named."""
    at = first - 1
    while at >= max(0, first - 3) and "adverb" in tokens[at].words:
        at -= 1
    return at >= 0 and grammar.listed(tokens[at].form, "of_which")


def ordered_after(grammar: Grammar, tokens: Sequence[Token], figure: Figure) -> bool:
    """ "the first four have arrived": some of what was named, by their order."""
    at = figure.last
    return (
        figure.first > 0
        and "determiner" in tokens[figure.first - 1].words
        and at + 1 < len(tokens)
        and grammar.listed(tokens[at].form, "order_word")
        and bool(tokens[at + 1].auxiliaries or tokens[at + 1].verbs)
    )


def _of_them(grammar: Grammar, tokens: Sequence[Token], figure: Figure) -> int:
    """How many tokens "of them" takes after a figure; 0 where it does not follow."""
    if figure.last == len(tokens):
        return 0
    for parts in _split(grammar.lists.get("of_them", frozenset())):
        if tokens[figure.last].form != parts[0]:
            continue
        after = [token.form for token in tokens[figure.last : figure.last + len(parts)]]
        if after == parts:
            return len(parts)
    return 0


@cache
def _split(phrases: frozenset[str]) -> tuple[list[str], ...]:
    """The phrases of a list, each as its words."""
    return tuple(each.split() for each in phrases)


def _ordinals(grammar: Grammar, tokens: Sequence[Token], counted: set[int]) -> list[ItemGroup]:
    """ "a third one is expected": one more of what was named."""
    found: list[ItemGroup] = []
    for at in range(1, len(tokens) - 1):
        before, token, after = tokens[at - 1], tokens[at], tokens[at + 1]
        if token.form not in grammar.ordinals or at in counted:
            continue
        if not (grammar.listed(before.form, "one") or "definite" in before.words):
            continue
        if not (after.auxiliaries or (after.verbs and after.verbs[0].tense == "fut")):
            continue
        group = ItemGroup(at, at, at + 1, None, "en", item_from="anaphora")
        group.quantity, group.basis = exactly(1, token.form), "part"
        found.append(group)
    return found


def _none(grammar: Grammar, tokens: Sequence[Token]) -> list[ItemGroup]:
    """ "n'en livrera aucun": none of what was named."""
    none = grammar.lists.get("none_of_them", ())
    return [
        ItemGroup(at, at, at + 1, None, "en", item_from="anaphora")
        for at, token in enumerate(tokens)
        if token.form in none
        and (at + 1 == len(tokens) or not tokens[at + 1].word)
        and any(
            grammar.listed(each.form, "partitive_clitic") for each in tokens[max(0, at - 6) : at]
        )
    ]


def _described(grammar: Grammar, tokens: Sequence[Token], figure: Figure) -> bool:
    """ "of which six new": a number of the whole and one word that tells of them."""
    at = figure.last
    if not figure.first or not grammar.listed(tokens[figure.first - 1].form, "of_which"):
        return False
    return (
        at < len(tokens) and tokens[at].word and not tokens[at].entities
        and not tokens[at].preposition and not tokens[at].cues
        and (at + 1 == len(tokens) or not tokens[at + 1].word)
    )  # fmt: skip


def _after_verb(tokens: Sequence[Token], figure: Figure) -> bool:
    """ "has delivered only six so far": the number is the verb's whole object."""
    following = tokens[figure.last] if figure.last < len(tokens) else None
    if figure.plain == 1 or (
        following is not None and (following.noun is not None or "false_unit" in following.cues)
    ):
        return False
    at = figure.first - 1
    while at >= 0 and at >= figure.first - 2 and "adverb" in tokens[at].words:
        at -= 1
    if at < 0 or not any(sense.event for sense in tokens[at].verbs):
        return False
    return figure.last >= len(tokens) or tokens[figure.last].preposition != "for"


def _before_verb(tokens: Sequence[Token], index: int) -> bool:
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return following is not None and bool(following.auxiliaries or following.verbs)


def stands_alone(grammar: Grammar, tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether no noun follows that the number could count."""
    at = figure.last
    if at < len(tokens) and "more" in tokens[at].cues:
        at += 1
    if at >= len(tokens):
        return True
    token = tokens[at]
    if token.number or token.form in grammar.currencies:
        # "an additional $200 million": the figure counts money
        return False
    return (
        not token.word
        or token.form in grammar.time_words
        or "general_noun" in token.words
        or bool(token.auxiliaries)
        or bool(token.verbs and token.verbs[0].tense != "pp")
        or token.preposition in ("to", "for", "other")
        or "coordinator" in token.words
        or token.form in grammar.separable
    )
