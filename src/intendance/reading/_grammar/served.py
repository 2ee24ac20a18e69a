"""What ammunition and spare parts are for: weapons that are named and not given."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.catalogue import Catalogue
from intendance.reading._grammar.groups import CARRIERS, ItemGroup
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token

_FAR = 6
"""Tokens between "for" and the weapon, or between its two names."""
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
        if before is None or _is_supply(grammar, catalogue, tokens, group):
            kept.append(group)
            continue
        between = tokens[before.last : group.first]
        if _is_supply(grammar, catalogue, tokens, before) and _for_these(grammar, between):
            before.serves, before.last = True, group.last
            continue
        link = _link(grammar, between) if before.serves and not group.quantity.known else None
        if link == "and":
            before.last = group.last
            continue
        if link == "comma":
            group.served = True
        kept.append(group)
    for group in kept:
        _launcher_for(grammar, catalogue, tokens, group)
    return kept


def _launcher_for(
    grammar: Grammar, catalogue: Catalogue, tokens: Sequence[Token], group: ItemGroup
) -> None:
    """ "launchers for Patriot missiles" are no missiles, but of what fires them."""
    item = group.item or ""
    at = group.first - 1
    while at > 0 and tokens[at].words & {"determiner", "definite"}:
        at -= 1
    if at < 1 or not grammar.listed(tokens[at].form, "purpose"):
        return
    if not tokens[at - 1].words & CARRIERS or "missile" not in catalogue.classes(item):
        return
    weapon = item.removesuffix("-missile")
    if weapon != item and catalogue.is_kind(weapon):
        group.item, group.first, group.head = weapon, at - 1, at - 1
    else:
        group.served = True


def _is_supply(
    grammar: Grammar, catalogue: Catalogue, tokens: Sequence[Token], group: ItemGroup
) -> bool:
    """Whether the group is fired or built in; "Stinger missiles" say so by their noun."""
    words = [word for token in tokens[group.head : group.last] for word in token.form.split()]
    fired = tuple(grammar.lists.get("fired_word", ()))
    if any(word.endswith(fired) if grammar.verb_final else word in fired for word in words):
        return True
    named = [each.id for token in tokens[group.head : group.last] for each in token.entities]
    return any(
        _SUPPLIES & {item, *catalogue.classes(item)} for item in (group.item or "", *named[-1:])
    )


def _for_these(grammar: Grammar, between: Sequence[Token]) -> bool:
    """ "for", "more for the", "for the systems of", "for the previously provided", no more."""
    at = next((i for i, each in enumerate(between) if grammar.listed(each.form, "purpose")), None)
    return (
        at is not None
        and at <= _FAR
        and len(between) - at <= _FAR
        and all(_describes(grammar, token) for token in between[:at])
        and all(_leads_to_name(grammar, token) for token in between[at + 1 :])
    )


def _describes(grammar: Grammar, token: Token) -> bool:
    """ "munitions supplémentaires"."""
    if "more" in token.cues or grammar.listed(token.form, "more_behind") or token.form == '"':
        return True
    return token.word and not (
        token.verbs or token.auxiliaries or token.entities or token.preposition
        or "coordinator" in token.words or token.number
    )  # fmt: skip


def _leads_to_name(grammar: Grammar, token: Token) -> bool:
    return bool(
        token.words & {"determiner", "definite", "adverb", "descriptive", *CARRIERS}
        or grammar.listed(token.form, "counted_link")
        or token.preposition == "of"
        or "past_help" in token.cues
        or any(sense.tense == "pp" for sense in token.verbs)
    )


def _is_apposition(between: Sequence[Token]) -> bool:
    """ "launchers of high precision Himars", "Rocket Systems (HIMARS)": the same once more."""
    if len(between) == 1 and between[0].form == "(":
        return True
    return 0 < len(between) <= _FAR and all(
        token.word and not (token.verbs or token.auxiliaries or token.entities or token.cues)
        and token.preposition in (None, "of") and "coordinator" not in token.words
        for token in between
    )  # fmt: skip


def _link(grammar: Grammar, between: Sequence[Token]) -> str | None:
    """How a weapon is joined to one before it: by "and", by a comma, or not at all."""
    if _is_apposition(between):
        return "and"
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
