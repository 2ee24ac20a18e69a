"""Titles and headings of fact sheets: who gives whom, and what the lines below are."""

from __future__ import annotations

from typing import Final

from intendance.reading._grammar.claims import Scene
from intendance.reading._grammar.lists import bare_line
from intendance.reading._grammar.predicates import FINITE
from intendance.terms import Act, Certainty

_LONGEST: Final = 8
"""Tokens of a heading that has no colon."""


_HEADINGS: Final[tuple[tuple[str, tuple[Act, Certainty]], ...]] = (
    ("heading_planned", ("plan", "planned")),
    ("heading_promised", ("promise", "announced")),
    ("heading_given", ("deliver", "done")),
)


def aid_title(scene: Scene) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """ "Norway's support to B": giver and taker of all that is listed below, or None."""
    analysis = scene.analysis
    tokens = analysis.tokens
    titles = analysis.grammar.lists.get("aid_title")
    if titles is None or scene.numbers or len(tokens) > 2 * _LONGEST:
        return None
    aid = [
        at
        for at, token in enumerate(tokens)
        if token.form in titles or (" " in token.form and not titles.isdisjoint(token.form.split()))
    ]
    if not aid or any(each.tense in FINITE and each.at not in aid for each in analysis.predicates):
        return None
    giver = next((g for g in analysis.actors if g.ids and (g.adjective or g.role == "of")), None)
    taker = next((g for g in analysis.actors if g.ids and g.role in ("to", "for")), None)
    if giver is None or taker is None:
        return None
    return giver.ids, taker.ids


def list_heading(scene: Scene) -> tuple[Act, Certainty] | None:
    """ "Delivered so far", "In preparation", "New contribution": what the lines below are."""
    tokens, grammar = scene.analysis.tokens, scene.analysis.grammar
    if len(tokens) > _LONGEST or scene.numbers or not bare_line(scene):
        return None
    words = [word for token in tokens for word in token.form.split()]
    aided = bool(scene.analysis.items) or any(grammar.listed(each, "aid_title") for each in words)
    if any(group.ids and not group.adjective for group in scene.analysis.actors):
        return None
    for name, said in _HEADINGS:
        # "Delivered so far:" says it all; "New ..." must be of aid
        if not aided and (tokens[-1].form != ":" or name == "heading_promised"):
            continue
        if any(grammar.listed(word, name) for word in words):
            return said
    return None
