"""Money: a figure with a currency on either side of it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from intendance.reading._grammar.numbers import Figure, read_figure
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token
from intendance.terms import Interval, Money, Number, money

NO_CURRENCY: Final = "XXX"
CURRENCY_PREFIXES: Final = {"us": "USD", "u.s": "USD", "c": "CAD", "a": "AUD"}
"""What stands before a dollar sign to tell whose dollar it is."""
_SHORT: Final = {
    "m": 10**6, "mn": 10**6, "mln": 10**6, "mio": 10**6, "k": 1000,
    "bn": 10**9, "b": 10**9, "md": 10**9, "mds": 10**9, "mrd": 10**9, "mld": 10**9,
}  # fmt: skip
"""Abbreviated magnitudes, read as such only beside a currency."""


class Amount(NamedTuple):
    """Money at ``tokens[first:last]``."""

    first: int
    last: int
    money: Money


_LARGE: Final = 1_000_000
"""From where on a word for pounds means money and no weight."""


def read_amount(grammar: Grammar, tokens: Sequence[Token], at: int) -> Amount | Figure | None:
    """The amount of money that begins at ``tokens[at]``, else the plain figure, else None."""
    leading = _currency_before(grammar, tokens, at)
    if leading is not None:
        code, start = leading
        figure = read_figure(grammar, tokens, start)
        if figure is None:
            return read_figure(grammar, tokens, at)
        scaled, last = _abbreviated(tokens, figure.last, figure.interval)
        return Amount(at, last, money(scaled, code))
    figure = read_figure(grammar, tokens, at)
    if figure is None:
        # "plus de $100 millions": the qualifier stands before the sign
        return _qualified_sign(grammar, tokens, at)
    scaled, after = _abbreviated(tokens, figure.last, figure.interval)
    if after < len(tokens) and grammar.listed(tokens[after].form, "before_currency"):
        after += 1
    code_after = _currency(grammar, tokens, after) or _pounds(grammar, tokens, after, scaled)
    if code_after is None:
        return figure
    return Amount(at, after + 1, money(scaled, code_after))


def _qualified_sign(grammar: Grammar, tokens: Sequence[Token], at: int) -> Amount | None:
    if at + 1 >= len(tokens) or not tokens[at].cues & {
        "above", "atleast", "below", "atmost", "approx"
    }:  # fmt: skip
        return None
    leading = _currency_before(grammar, tokens, at + 1)
    if leading is None:
        return None
    code, start = leading
    without_sign = [tokens[at], *tokens[start : start + 12]]
    figure = read_figure(grammar, without_sign, 0)
    if figure is None:
        return None
    scaled, last = _abbreviated(without_sign, figure.last, figure.interval)
    return Amount(at, start + last - 1, money(scaled, code))


def _currency_before(grammar: Grammar, tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """A sign or code before the figure: "$ 5", "€5", "US$5", "EUR 5"."""
    start = at
    prefix = CURRENCY_PREFIXES.get(tokens[at].form)
    if prefix is not None and at + 1 < len(tokens):
        if tokens[at + 1].form != "$" or tokens[at + 1].start != tokens[at].end:
            # "a $300 million package" is of no Australian dollars
            return None
        return (prefix, at + 2) if at + 2 < len(tokens) else None
    form = tokens[start].form
    code = grammar.currencies.get(form)
    if code is None or (form.isalpha() and form.upper() != code):
        return None
    after = start + 1
    if after < len(tokens) and (tokens[after].number or tokens[after].form in grammar.numbers):
        return code, after
    return None


def _currency(grammar: Grammar, tokens: Sequence[Token], at: int) -> str | None:
    if at >= len(tokens):
        return None
    if at + 1 < len(tokens) and tokens[at + 1].number and not tokens[at].word:
        # "a $300 million package": the sign belongs to what follows
        return None
    return grammar.currencies.get(tokens[at].form)


def _pounds(grammar: Grammar, tokens: Sequence[Token], at: int, interval: Interval) -> str | None:
    """ "2,5 milliards de livres" are pounds sterling; "500 livres" may be a weight."""
    large = max(interval.low or 0, interval.high or 0) >= _LARGE
    named = at < len(tokens) and grammar.listed(tokens[at].form, "pounds_when_large")
    return "GBP" if large and named else None


def _abbreviated(tokens: Sequence[Token], at: int, interval: Interval) -> tuple[Interval, int]:
    """The figure times "M", "bn" and the like, where a currency stands on one side of them."""
    if at >= len(tokens):
        return interval, at
    factor = _SHORT.get(tokens[at].form)
    if factor is None:
        return interval, at
    return _scaled(interval, factor), at + 1


def _scaled(interval: Interval, factor: int) -> Interval:
    def times(value: Number | None) -> Number | None:
        return None if value is None else Decimal(value) * factor

    return Interval(
        times(interval.low),
        times(interval.high),
        interval.low_open,
        interval.high_open,
        interval.approx,
        interval.text,
        interval.state,
    )
