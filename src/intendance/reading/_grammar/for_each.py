"""A number for each recipient: "40 tanks for itself and 20 for B", "six guns to A, four to B"."""

from __future__ import annotations

import msgspec

from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.clauses import Analysis
from intendance.reading._grammar.groups import ActorGroup
from intendance.reading._grammar.numbers import Figure

_ROLES = ("for", "to")
_BETWEEN = 4
"""Tokens between the item and the first recipient."""


def for_each(scene: Scene) -> list[Claim]:
    """The claims of the numbers that follow an item's own, each with its recipient."""
    analysis = scene.analysis
    made: list[Claim] = []
    for claim in scene.claims:
        item = claim.item
        if item is None or not item.quantity.known or claim.predicate is None:
            continue
        parts = _parts(scene, item.last)
        if not parts:
            continue
        first = _recipient_at(analysis, item.last, parts[0][0].first)
        if first is None and not _for_itself(analysis, item.last, parts[0][0].first):
            continue
        claim.recipient = first
        for figure, recipient in parts:
            part = msgspec.structs.replace(
                item, first=figure.first, head=figure.first, last=figure.last,
                quantity=figure.interval, basis=None, part_of=None,
            )  # fmt: skip
            made.append(msgspec.structs.replace(claim, item=part, recipient=recipient, amount=None))
    return made


def _parts(scene: Scene, start: int) -> list[tuple[Figure, ActorGroup]]:
    """The numbers behind ``start`` that a recipient follows, one after the other."""
    analysis = scene.analysis
    parts: list[tuple[Figure, ActorGroup]] = []
    for figure in scene.numbers:
        reach = start + _BETWEEN + 4
        if not start < figure.first <= reach or not _opens_part(analysis, figure):
            continue
        group = _recipient_at(analysis, figure.last, figure.last + _BETWEEN)
        if group is not None:
            parts.append((figure, group))
            start = group.last
    return parts


def _opens_part(analysis: Analysis, figure: Figure) -> bool:
    before = analysis.tokens[figure.first - 1]
    after = analysis.tokens[figure.last : figure.last + 1]
    return (before.form in (",", ";") or "coordinator" in before.words) and any(
        token.preposition in _ROLES for token in after
    )


def _recipient_at(analysis: Analysis, first: int, last: int) -> ActorGroup | None:
    """The group that stands at once behind ``first``, with its preposition and article only."""
    for group in analysis.actors:
        if first < group.first <= last and group.role in _ROLES and group.ids:
            between = analysis.tokens[first : group.first]
            plain = all(t.preposition in _ROLES or "determiner" in t.words for t in between)
            return group if plain and not group.adjective else None
    return None


def _for_itself(analysis: Analysis, first: int, last: int) -> bool:
    between = analysis.tokens[first:last]
    return any(token.preposition in _ROLES for token in between[:1]) and any(
        analysis.grammar.listed(token.form, "itself") for token in between[1:3]
    )
