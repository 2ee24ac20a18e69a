"""Clauses: where a predicate's own words begin and end."""

from __future__ import annotations

from intendance.reading._grammar.analysis import Analysis, Subject
from intendance.reading._grammar.field import field_at
from intendance.reading._grammar.groups import ActorGroup
from intendance.reading._grammar.predicates import FINITE, Predicate

__all__ = ["Analysis", "Subject", "clause_start", "is_clause", "right_end"]


def is_clause(predicate: Predicate) -> bool:
    """Whether the predicate has a finite verb, and so a clause of its own."""
    return predicate.voice in ("active", "passive") and (
        predicate.tense in FINITE or predicate.mode not in ("open",)
    )


def right_end(analysis: Analysis, predicate: Predicate) -> int:
    """Index after the last token that can belong to the predicate's complement."""
    tokens = analysis.tokens
    field = field_at(analysis.fields, predicate.at)
    if field is not None:
        return field.end
    limit = len(tokens)
    for other in analysis.predicates:
        if other.first <= predicate.at or other.governor == predicate.at:
            continue
        if other.voice not in ("active", "passive") or other.tense not in FINITE:
            continue
        start = clause_start(analysis, other)
        limit = min(limit, start if start > predicate.at else other.first)
        break
    limit = _relative_end(analysis, predicate, limit)
    framed = predicate.at >= predicate.last
    for index in range(predicate.last, limit):
        form = tokens[index].form
        if framed and index > predicate.at and tokens[index].words & {"subordinator"}:
            # after its bracket a clause may go on with a list, but not with another clause
            return index
        if form in (";",) or (
            form == ":" and predicate.voice != "noun" and index > predicate.last + 12
        ):
            return index
    return limit


def _relative_end(analysis: Analysis, predicate: Predicate, limit: int) -> int:
    """ "A, which sold X to B, has none": the main verb, were it but "has", ends the relative."""
    tokens = analysis.tokens
    opened = range(max(0, predicate.first - 3), predicate.first)
    if not any(tokens[at].words & {"relative_subject", "relative_object"} for at in opened):
        return limit
    for at in range(predicate.last, limit - 1):
        if tokens[at].form != ",":
            continue
        for token in tokens[at + 1 : at + 4]:
            if any(tense in FINITE for _, tense in token.auxiliaries):
                return at
            if not (token.cues & {"ne", "negation"} or "adverb" in token.words):
                break
    return limit


def clause_start(analysis: Analysis, predicate: Predicate) -> int:
    """Index of the first token of a finite predicate's clause, its subject included."""
    tokens = analysis.tokens
    field = field_at(analysis.fields, predicate.at)
    if field is not None:
        return field.start
    index = predicate.first - 1
    found = predicate.first
    while index >= 0:
        token = tokens[index]
        if token.words & {"relative_subject", "relative_object", "subordinator"}:
            return index
        if token.form in (";", ":", '"', "("):
            return index + 1
        if token.form == ",":
            following = tokens[index + 1]
            if found < predicate.first or _subject_like(analysis, index + 1, predicate.first):
                return index + 1
            if "coordinator" in following.words:
                return index + 1
        if "coordinator" in token.words and _subject_like(analysis, index + 1, predicate.first):
            # "A et B livrent": the "et" inside the subject is no boundary.
            group = _group_over(analysis, index)
            if group is None:
                return index
        index -= 1
    return 0


def _subject_like(analysis: Analysis, first: int, last: int) -> bool:
    for group in analysis.actors:
        if first <= group.first and group.last <= last and group.role is None:
            return not group.adjective
    return any(first <= each.head < last for each in analysis.items) or first == last


def _group_over(analysis: Analysis, index: int) -> ActorGroup | None:
    return next((each for each in analysis.actors if each.first <= index < each.last), None)
