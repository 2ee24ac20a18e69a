"""Two verbs in one clause: "liefert X und bestellt Y", "hat X geliefert und Y bestellt"."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.reading._grammar.field import Field
from intendance.reading._grammar.finite import final_verb, is_finite, non_finite
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token


def conjuncts(grammar: Grammar, tokens: Sequence[Token], field: Field) -> list[Field]:
    """Cuts "liefert X und bestellt Y" and "hat X geliefert und Y bestellt" in two."""
    found: list[Field] = []
    whole = field
    while (cut := _cut(grammar, tokens, whole)) is not None:
        at, finite = cut
        index = next(i for i, (low, high) in enumerate(whole.ranges) if low <= at < high)
        low, high = whole.ranges[index]
        rest = [(at + 1, high), *whole.ranges[index + 1 :]]
        whole.ranges[index:] = [(low, at)]
        opener = field.opener
        if field.kind == "main":
            opener = finite if finite is not None else at
        part = Field(field.kind, rest, opener, finite, whole=field)
        if field.kind != "main" and finite is not None and field.finite == finite:
            # "dass A X geliefert und Y bestellt hat": one auxiliary, at the end of both
            part.whole = field
        found.append(part)
        whole = part
    return found


def _cut(grammar: Grammar, tokens: Sequence[Token], field: Field) -> tuple[int, int | None] | None:
    """The conjunction at which a second verb group begins, and its finite verb."""
    inside = list(field.indexes())
    for at in inside:
        if "coordinator" not in tokens[at].words or at == inside[0]:
            continue
        before = [index for index in inside if index < at]
        after = [index for index in inside if index > at]
        if not after:
            continue
        if field.kind == "main":
            cut = _main_cut(grammar, tokens, field, before, at, after)
        else:
            cut = _below_cut(grammar, tokens, field, before, at, after)
        if cut is not None:
            return cut
    return None


def _main_cut(
    grammar: Grammar,
    tokens: Sequence[Token],
    field: Field,
    before: Sequence[int],
    at: int,
    after: Sequence[int],
) -> tuple[int, int | None] | None:
    if field.finite is not None and field.finite > at:
        return None
    second = next((i for i in after if is_finite(grammar, tokens, i)), None)
    if second is None and after and is_finite(grammar, tokens, after[0], weak=True):
        second = after[0]
    if second is not None:
        return at, second
    closed = before and non_finite(tokens[before[-1]])
    ends = any(non_finite(tokens[i]) for i in after)
    return (at, None) if closed and ends else None


def _below_cut(
    grammar: Grammar,
    tokens: Sequence[Token],
    field: Field,
    before: Sequence[int],
    at: int,
    after: Sequence[int],
) -> tuple[int, int | None] | None:
    if not before or not (tokens[before[-1]].verbs or tokens[before[-1]].auxiliaries):
        return None
    last = final_verb(grammar, tokens, after[-1] + 1)
    if last is None or last < at:
        return None
    if is_finite(grammar, tokens, before[-1], weak=True):
        if last != field.finite or not non_finite(tokens[before[-1]]):
            field.finite = before[-1]
        return at, last
    return (at, last) if non_finite(tokens[before[-1]]) else None
