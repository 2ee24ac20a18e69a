"""What ammunition and spare parts are for: weapons that are named and not given."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.catalogue import Catalogue
from intendance.reading._grammar.groups import ItemGroup
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token

_SUPPLIES = frozenset({"ammunition", "spare-parts", "missile", "rocket"})


def without_served(
    grammar: Grammar, catalogue: Catalogue, tokens: Sequence[Token], groups: Sequence[ItemGroup]
) -> list[ItemGroup]:
    """The groups without those that supplies are for; what may be one of them is marked.

    "ammunition for A and B", "shells for 20 A": neither is given. In "ammunition for A, B" nobody
    can tell whether B goes on with what the ammunition is for or with what is given.
    """
    kept: list[ItemGroup] = []
    for group in groups:
        before = kept[-1] if kept else None
        if before is None or _is_supply(catalogue, tokens, group):
            kept.append(group)
            continue
        between = tokens[before.last : group.first]
        if _is_supply(catalogue, tokens, before) and _for_these(grammar, between):
            before.serves, before.last = True, group.last
            continue
        link = _link(grammar, between) if before.serves and not group.quantity.known else None
        if link == "and":
            before.last = group.last
            continue
        if link == "comma":
            group.served = True
        kept.append(group)
    return kept


def _is_supply(catalogue: Catalogue, tokens: Sequence[Token], group: ItemGroup) -> bool:
    """Whether the group is fired or built in; "Stinger missiles" say so by their noun."""
    named = [each.id for token in tokens[group.head : group.last] for each in token.entities]
    return any(
        _SUPPLIES & {item, *catalogue.classes(item)} for item in (group.item or "", *named[-1:])
    )


def _for_these(grammar: Grammar, between: Sequence[Token]) -> bool:
    """ "for", "for the", "for its" and nothing else."""
    return (
        0 < len(between) <= 3
        and grammar.listed(between[0].form, "purpose")
        and all(token.words & {"determiner", "definite"} for token in between[1:])
    )


def _link(grammar: Grammar, between: Sequence[Token]) -> str | None:
    """How a weapon is joined to one before it: by "and", by a comma, or not at all."""
    if not between or len(between) > 4:
        return None
    joined = [token for token in between if token.form == "," or grammar.listed(token.form, "and")]
    rest = [token for token in between if token not in joined]
    if not joined or not all(
        token.words & {"determiner", "definite"} or grammar.listed(token.form, "purpose")
        for token in rest
    ):
        return None
    again = any(grammar.listed(token.form, "purpose") for token in rest)
    plain = all(grammar.listed(token.form, "and") for token in joined)
    return "and" if again or plain else "comma"
