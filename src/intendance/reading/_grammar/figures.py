"""All figures of a sentence in one pass: amounts of money, times, and the plain numbers left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from intendance.reading._grammar.amounts import CURRENCY_PREFIXES, Amount, read_amount
from intendance.reading._grammar.dates import Moment, read_moments
from intendance.reading._grammar.numbers import Figure, read_figure
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
        amount = read_amount(grammar, tokens, at)
        if amount is not None:
            amounts.append(amount)
            moments = [each for each in moments if not amount.first <= each.first < amount.last]
            at = amount.last
            continue
        figure = read_figure(grammar, tokens, at)
        if figure is not None and not taken.intersection(range(figure.first, figure.last)):
            numbers.append(figure)
            at = figure.last
        else:
            at += 1
    return Figures(numbers, amounts, moments)


def _may_begin(grammar: Grammar, token: Token) -> bool:
    return token.number or token.form in grammar.figure_words or token.form in CURRENCY_PREFIXES
