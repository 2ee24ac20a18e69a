"""All figures of a sentence in one pass: amounts of money, times, and the plain numbers left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from intendance.reading._grammar.amounts import CURRENCY_PREFIXES, Amount, read_amount
from intendance.reading._grammar.dates import Moment, read_moments
from intendance.reading._grammar.numbers import Figure
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token
from intendance.terms import TimeSpan


class Figures(NamedTuple):
    """What was counted, paid and dated in one sentence, each in order of place."""

    numbers: list[Figure]
    amounts: list[Amount]
    moments: list[Moment]


def read_figures(grammar: Grammar, tokens: Sequence[Token], published: TimeSpan) -> Figures:
    """Money first, then times, then plain numbers; no token serves twice."""
    moments = read_moments(grammar, tokens, published)
    taken = {index for moment in moments for index in range(moment.first, moment.last)}
    numbers: list[Figure] = []
    amounts: list[Amount] = []
    at = 0
    while at < len(tokens):
        if at in taken or not _may_begin(grammar, tokens[at]):
            at += 1
            continue
        found = read_amount(grammar, tokens, at)
        if isinstance(found, Amount):
            if not _for_each(grammar, tokens, found.last):
                amounts.append(found)
            moments = [each for each in moments if not found.first <= each.first < found.last]
            at = found.last
        elif found is not None and taken.isdisjoint(range(found.first, found.last)):
            numbers.append(found)
            at = found.last
        else:
            at += 1
    return Figures(numbers, amounts, moments)


def _for_each(grammar: Grammar, tokens: Sequence[Token], at: int) -> bool:
    """ "3.5 million apiece": the price of one, and no sum of all."""
    return at < len(tokens) and grammar.listed(tokens[at].form, "price_each")


def _may_begin(grammar: Grammar, token: Token) -> bool:
    return token.number or token.form in grammar.figure_words or token.form in CURRENCY_PREFIXES
