"""Whom a sentence cites: the groups after "according to"."""

from __future__ import annotations

from intendance.reading._grammar.clauses import Analysis
from intendance.reading._grammar.groups import ActorGroup


def cited_actors(analysis: Analysis) -> list[ActorGroup]:
    """Groups after "selon", "d'après", "citant": the origin that is named."""
    return [
        group
        for group in analysis.actors
        if any(
            "according" in token.cues
            for token in analysis.tokens[max(0, group.first - 4) : group.first]
        )
    ]
