"""A sentence as one predicate sees it: only what stands in its own clause."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import msgspec

from intendance.reading._grammar.analysis import Analysis
from intendance.reading._grammar.claims import Scene
from intendance.reading._grammar.field import field_at
from intendance.reading._grammar.predicates import ATTRIBUTE, Predicate

_HEAD: Final = 7
"""How many tokens after its participle a noun may stand."""


def seen_from(scene: Scene, predicate: Predicate) -> Scene:
    """The scene with only what stands in the predicate's clause; its claims are the same list."""
    if not scene.analysis.fields:
        return scene
    return msgspec.structs.replace(scene, analysis=own_clause(scene.analysis, predicate))


def own_clause(analysis: Analysis, predicate: Predicate) -> Analysis:
    """The analysis without the actors and items of other clauses; itself where none are told."""
    if predicate.tense == ATTRIBUTE:
        return _attribute(analysis, predicate)
    field = field_at(analysis.fields, predicate.at)
    if field is None:
        return analysis
    inner = [(p.first, p.at) for p in analysis.predicates if p.tense == ATTRIBUTE]
    return replace(
        analysis,
        items=[each for each in analysis.items if field.holds(each.head)],
        actors=[
            each
            for each in analysis.actors
            if field.holds(each.first) and not any(low <= each.first < high for low, high in inner)
        ],
        whole=analysis,
    )


def _attribute(analysis: Analysis, predicate: Predicate) -> Analysis:
    """ "die von A an B gelieferten Panzer": parties before the participle, the noun behind it."""
    after = predicate.at + 1
    items = [each for each in analysis.items if after <= each.head < after + _HEAD]
    return replace(
        analysis,
        items=items[:1],
        actors=[e for e in analysis.actors if predicate.first <= e.first < predicate.at],
        whole=analysis,
    )
