"""Whose a thing is: the nation that an adjective, a genitive or "of" names beside it."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.reading._grammar.groups import ActorGroup, ItemGroup
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token


def mark_owners(
    grammar: Grammar,
    tokens: Sequence[Token],
    items: Sequence[ItemGroup],
    actors: Sequence[ActorGroup],
) -> None:
    """Ties to an item the nation that modifies it: adjective, "of", "made in"."""
    for item in items:
        for actor in actors:
            gap = actor.first - item.last
            if not 0 <= gap <= 6 or len(actor.ids) != 1 or actor.office or actor.pronoun:
                continue
            between = tokens[item.last : actor.first]
            if any(
                token.form in (",", ";", ":") or "coordinator" in token.words for token in between
            ):
                continue
            origin = any("of_origin" in token.words for token in between)
            if origin and grammar.verb_final and actor.role in ("to", "for"):
                # "tanks of Soviet make to B": where they go
                continue
            if origin and grammar.case_marked:
                # "guns of French make": the maker's nation, which the genitive behind names
                continue
            near = (actor.adjective and gap <= 2 and _next_to(between)) or (
                actor.role == "of" and gap <= 4 and _bound(between)
            )
            if near or origin:
                item.owner = actor.ids[0]
                break
        if item.owner is None:
            for actor in actors:
                inside = grammar.verb_final and item.first < actor.first < item.head
                beside = actor.last == item.first or inside
                if actor.adjective and beside and len(actor.ids) == 1:
                    item.owner = actor.ids[0]
                    # "radars for the Ukrainian air defence": who gets them, and no thing
                    item.aside = actor.role == "for"
        if item.owner is None and item.possessed:
            before = [g for g in actors if g.last <= item.first and len(g.ids) == 1]
            subjects = [g for g in before if g.role is None and not g.adjective]
            nearest = subjects or before
            item.owner = nearest[-1].ids[0] if nearest else None


def _next_to(between: Sequence[Token]) -> bool:
    """Whether neither verb nor preposition stands between an item and the adjective behind it."""
    return not any(token.auxiliaries or token.preposition for token in between)


def _bound(between: Sequence[Token]) -> bool:
    """Whether nothing but adjectives and articles stands before "of NATION"."""
    return not any(
        token.preposition not in (None, "of") or token.auxiliaries or token.item is not None
        for token in between
    )
