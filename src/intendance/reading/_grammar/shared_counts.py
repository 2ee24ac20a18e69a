"""One number before two names: "36 Bradley and Stryker vehicles" counts both, and neither."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from intendance.catalogue import Catalogue
from intendance.reading._grammar.groups import ItemGroup
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token
from intendance.terms import UNSPECIFIED


def drop_shared_counts(
    grammar: Grammar, catalogue: Catalogue, tokens: Sequence[Token], groups: Sequence[ItemGroup]
) -> None:
    """Takes the number from a name in the singular that another name is joined to.

    How many of each there are is not said; "14 Leopards and Marders" counts the Leopards.
    """
    for one, other in pairwise(groups):
        if not one.quantity.known or one.quantity.high == 1 or other.quantity.known:
            continue
        between = tokens[one.last : other.first]
        if len(between) != 1 or not grammar.listed(between[0].form, "and"):
            continue
        if not (_is_name(catalogue, one) and _is_name(catalogue, other)):
            continue
        if _plural_name(grammar, tokens[one.last - 1]) or _has_noun(tokens, one):
            continue
        one.quantity, one.basis = UNSPECIFIED, None


def _is_name(catalogue: Catalogue, group: ItemGroup) -> bool:
    """Whether its kind is a name ("Marder") and no noun ("helmet"), in any language's spelling."""
    if group.item is None or not catalogue.is_kind(group.item):
        return False
    first = catalogue.label(group.item)[:1]
    return first.isupper() or first.isdigit()


def _plural_name(grammar: Grammar, token: Token) -> bool:
    return any(token.form.endswith(each) for each in grammar.lists.get("plural_ending", ()))


def _has_noun(tokens: Sequence[Token], group: ItemGroup) -> bool:
    """ "14 Leopard tanks and Marder vehicles": a noun of its own says what is counted."""
    words = tokens[group.head : group.last]
    return (len(words) > 1 and any(
        each.table == "class" for token in words for each in token.entities
    )) or any(" " in token.form and not token.form[-1:].isdigit() for token in words)  # fmt: skip
