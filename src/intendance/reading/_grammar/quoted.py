"""Names between quotation marks: the marks say nothing of speech there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from intendance.reading._tokens import Token

_LONGEST: Final = 3
"""Tokens of the longest name between quotation marks."""


def without_name_quotes(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without the marks around an item's name: vom Typ "Stinger".

    Other quotations keep theirs; they bound clauses, and what somebody says.
    """
    quotes = [at for at, token in enumerate(tokens) if token.form == '"']
    left_out: set[int] = set()
    for one, other in pairwise(quotes):
        inside = tokens[one + 1 : other]
        if one in left_out or not 0 < len(inside) <= _LONGEST:
            continue
        if all(_of_name(token) for token in inside) and any(t.item is not None for t in inside):
            left_out |= {one, other}
    return [token for at, token in enumerate(tokens) if at not in left_out]


def _of_name(token: Token) -> bool:
    return (
        token.item is not None
        or token.number
        or (token.word and token.capital and not (token.verbs or token.auxiliaries))
    )
