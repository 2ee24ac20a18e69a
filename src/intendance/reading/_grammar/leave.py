"""Leave given for what others hand over: who gives it agrees, and promises nothing itself."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.reading._grammar.clauses import Analysis
from intendance.reading._grammar.groups import ActorGroup, ItemGroup
from intendance.reading._grammar.predicates import Predicate
from intendance.reading._grammar.subjects import subject_of


def leave_for_others(
    analysis: Analysis, predicate: Predicate, items: Sequence[ItemGroup]
) -> ActorGroup | None:
    """ "A approved the transfer of C's jets": A, who gives leave and promises nothing itself."""
    if predicate.event != "deliver" or predicate.negated or predicate.governor is None:
        return None
    governor = next((p for p in analysis.predicates if p.at == predicate.governor), None)
    if governor is None or governor.governs not in ("permit", "decide") or governor.negated:
        return None
    if predicate.mode not in ("permit", "decide") or governor.voice != "active":
        return None
    owners = {each.owner for each in items if not each.possessed}
    subject = subject_of(analysis, governor).actor
    if subject is None or not subject.ids or subject.maker or None in owners or not owners:
        return None
    return None if owners & set(subject.ids) else subject
