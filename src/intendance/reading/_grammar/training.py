"""Training: who is trained, where, and on what."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.reading._grammar.clauses import Analysis, clause_start, right_end
from intendance.reading._grammar.groups import ActorGroup, ItemGroup
from intendance.reading._grammar.predicates import Predicate


def is_trainee(analysis: Analysis, group: ActorGroup) -> bool:
    # the catalogue's name may have several words ("Ukrainian soldiers")
    behind = 1 if analysis.grammar.adjectives_first and group.adjective else 0
    around = analysis.tokens[max(0, group.first - 2) : group.last + behind]
    return any(
        analysis.grammar.cue(word, "training_target")
        for token in around
        for word in (token.form, *token.form.split())
    )


def trains_people(analysis: Analysis, predicate: Predicate, recipient: ActorGroup | None) -> bool:
    """Whether people are trained: a verb that also means "to make up" says so by its object."""
    if not analysis.grammar.listed(predicate.lemma, "lemma_people") or recipient is not None:
        return True
    start = clause_start(analysis, predicate)
    return any(
        "training_target" in token.cues
        for token in analysis.tokens[start : right_end(analysis, predicate)]
    )


def host_of(analysis: Analysis, predicate: Predicate, end: int) -> ActorGroup | None:
    """ "training in Germany": who hosts it gives it, where nobody else is said to."""
    return next(
        (
            g
            for g in analysis.actors_between(predicate.last, end)
            if g.ids and (g.role == "to" or g.place)
        ),
        None,
    )


def trained_of(analysis: Analysis, predicate: Predicate, end: int) -> ActorGroup | None:
    groups = analysis.actors_between(predicate.last, end)
    if predicate.voice in ("passive", "noun"):
        # "Ukrainian soldiers are trained": who is trained is the subject
        groups += analysis.actors_between(clause_start(analysis, predicate), predicate.first)
    said = next((group for group in groups if is_trainee(analysis, group)), None)
    if said is None and analysis.grammar.case_marked and predicate.voice == "active":
        # "taught 90 Ukrainians": the people themselves, in an oblique case
        said = next((g for g in groups if g.ids and g.role in ("object", "of")), None)
    # "will train Ukrainian sappers": people of no listed kind, told by their nation
    return said or next((group for group in groups if group.adjective and group.ids), None)


def without_trainers(
    analysis: Analysis, predicate: Predicate, items: Sequence[ItemGroup]
) -> list[ItemGroup]:
    """The items of training without what people are trained on ("pilots on F-16s")."""
    if predicate.event != "train":
        return list(items)
    active = analysis.grammar.case_marked and predicate.voice == "active"
    if active and trained_of(analysis, predicate, right_end(analysis, predicate)) is not None:
        # what stands behind the people is what they learn to use
        return []
    return [each for each in items if not _trained_on(analysis, each)]


def _trained_on(analysis: Analysis, item: ItemGroup) -> bool:
    tokens, grammar = analysis.tokens, analysis.grammar
    index = item.first - 1
    while index > 0 and (
        "determiner" in tokens[index].words
        or tokens[index].preposition == "of"
        or tokens[index].cues & {"negation"}
    ):
        index -= 1
    if index > 0 and grammar.case_marked and "training_target" in tokens[index].cues:
        # "will train F-16 pilots": the name stands behind the people
        return True
    return index > 0 and grammar.listed(tokens[index].form, "trained_on")
