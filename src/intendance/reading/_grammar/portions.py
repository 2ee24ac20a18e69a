"""Some of what was named in the same clause: "von den 31 zugesagten Panzern sind zehn da"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from intendance.reading._grammar.groups import ItemGroup
from intendance.reading._grammar.numbers import Figure
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token

_REACH: Final = 14
"""Tokens between the whole and the figure that tells how many of it."""


def portions(
    grammar: Grammar, tokens: Sequence[Token], figures: Sequence[Figure], items: Sequence[ItemGroup]
) -> list[ItemGroup]:
    """The figures that count some of an item after "of" at the head of its clause.

    Each is a group of the same item, ``part_of`` the figure of the whole.
    """
    if "portion_of" not in grammar.lists:
        return []
    found: list[ItemGroup] = []
    for at, token in enumerate(tokens):
        opens = at == 0 or not tokens[at - 1].word
        if not opens or not grammar.listed(token.form, "portion_of"):
            continue
        whole = next((each for each in items if 0 < each.first - at <= 4), None)
        figure = _figure(tokens, figures, whole) if whole is not None else None
        if whole is not None and figure is not None:
            found.append(_part(whole, figure))
    return found


def _figure(tokens: Sequence[Token], figures: Sequence[Figure], whole: ItemGroup) -> Figure | None:
    """The figure behind the verb in second place that no noun follows."""
    verb = next(
        (
            at
            for at in range(whole.last, min(whole.last + _REACH, len(tokens)))
            if tokens[at].auxiliaries or tokens[at].verbs
            if tokens[at - 1].form != ","
        ),
        None,
    )
    if verb is None or any(not token.word for token in tokens[whole.last : verb]):
        return None
    for figure in figures:
        if not verb < figure.first < verb + _REACH or figure.last >= len(tokens):
            continue
        after = tokens[figure.last]
        if after.number or after.capital or "false_unit" in after.cues:
            return None
        return figure
    return None


def _part(whole: ItemGroup, figure: Figure) -> ItemGroup:
    return msgspec.structs.replace(
        whole,
        first=figure.first,
        head=figure.first,
        last=figure.last,
        quantity=figure.interval,
        basis="part",
        part_of=whole.quantity if whole.quantity.known else None,
        share=False,
    )
