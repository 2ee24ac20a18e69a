"""Who says what a sentence says: whom it cites, and speakers without a name."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.reading._grammar.clauses import Analysis
from intendance.reading._grammar.groups import ActorGroup
from intendance.reading._grammar.predicates import Predicate
from intendance.reading._tokens import Token


def cited_actors(analysis: Analysis) -> list[ActorGroup]:
    """Groups after "selon", "d'après", "citant": the origin that is named."""
    if "according" not in analysis.cues:
        return _thinking(analysis)
    found = [
        group
        for group in analysis.actors
        if any(
            "according" in token.cues
            for token in analysis.tokens[max(0, group.first - 4) : group.first]
        )
    ]
    return found or _thinking(analysis)


def _thinking(analysis: Analysis) -> list[ActorGroup]:
    """ "For minister X, B will get tanks": whose view it is, at the head of the sentence."""
    tokens = analysis.tokens
    if not analysis.grammar.listed(tokens[0].form, "according_first"):
        return []
    return [
        group
        for group in analysis.actors
        if group.first <= 3 and group.speaker is not None and not group.outlet
        and group.last < len(tokens) and tokens[group.last].form == ","
    ]  # fmt: skip


def unnamed_speaker(analysis: Analysis, saying: Predicate | None) -> ActorGroup | None:
    """ "writes the daily", "an MP regrets", "according to a statement": in the text's words."""
    tokens = analysis.tokens
    if saying is None and "according" not in analysis.cues:
        return None
    if saying is None:
        for at, token in enumerate(tokens):
            if "according" in token.cues and (said := _spoken_by(tokens, at + 1, at + 4)):
                return said
        return None
    inverted = saying.first and tokens[saying.first - 1].form in (",", '"')
    if inverted:
        return _spoken_by(tokens, saying.last, saying.last + 4)
    return _spoken_by(tokens, max(0, saying.first - 3), saying.first)


def _spoken_by(tokens: Sequence[Token], first: int, last: int) -> ActorGroup | None:
    for at in range(first, min(last, len(tokens))):
        if tokens[at].entities:
            return None
        if "said_by" in tokens[at].words:
            return ActorGroup(at, at + 1, (), None, speaker=tokens[at].form, office=True)
        if not tokens[at].word or tokens[at].verbs:
            return None
    return None


def loose_source(analysis: Analysis, saying: Predicate | None) -> str | None:
    """ "a tabloid reported", "according to a CITY paper": a source that nobody can look up."""
    grammar, tokens = analysis.grammar, analysis.tokens
    if any(group.outlet for group in analysis.actors):
        return None
    for at, token in enumerate(tokens):
        if not grammar.listed(token.form, "loose_source"):
            continue
        before = tokens[max(0, at - 3) : at]
        some = any(grammar.listed(each.form, "indefinite") for each in before)
        town = bool(before) and before[-1].actor is not None
        said = (saying is not None and _says(tokens, saying, at)) or any(
            # "a website claimed": no nation stands near that could be a subject
            each.governs == "say" and each.at == at + 1
            for each in analysis.predicates
        )
        cited = any("according" in each.cues for each in tokens[max(0, at - 5) : at])
        if (some or town) and (said or cited or "alleged" in analysis.cues):
            return token.form
    return None


def _says(tokens: Sequence[Token], saying: Predicate, at: int) -> bool:
    """Whether the word at ``at`` is who says it, and not where or to whom it was said."""
    if at < saying.first:
        return saying.first - at <= 2
    inverted = saying.first > 0 and tokens[saying.first - 1].form in (",", '"')
    between = tokens[saying.last : at]
    return inverted and len(between) <= 3 and not any(token.preposition for token in between)
