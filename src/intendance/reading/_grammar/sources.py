"""Where a transfer comes from: sources, sellers, makers, the other party of a contract."""

from __future__ import annotations

from typing import Final

from intendance.reading._grammar.claims import Claim
from intendance.reading._grammar.clauses import Analysis, clause_start
from intendance.reading._grammar.groups import ActorGroup
from intendance.reading._grammar.predicates import Predicate
from intendance.reading._grammar.relatives import buys


def give_roles(
    claim: Claim,
    predicate: Predicate,
    actor: ActorGroup | None,
    recipient: ActorGroup | None,
    analysis: Analysis,
    end: int,
) -> None:
    """Actor, recipient, supplier by the event's frame."""
    if claim.act in ("receive",):
        claim.actor = actor
        claim.recipient = actor
        source = _source(analysis, predicate, end)
        if source is None and actor is not None and actor.maker:
            # a firm "obtains a licence for" equipment, and gets none
            claim.doubtful = "maker"
        if source is not None and claim.polarity == "positive":
            # "B received X from A": A delivered it
            claim.actor, claim.recipient, claim.act = source, actor, "deliver"
            if _one_of_several(analysis, source):
                claim.doubtful = "one of several"
            if predicate.mode in ("plan", "open", "able") and not _expected(analysis, predicate):
                # what B means to get, A has not said to give
                claim.doubtful = "hoped for"
    elif claim.act in ("order", "frame"):
        claim.actor = actor
        if actor is not None and actor.maker:
            claim.actor = _partner(analysis, predicate, end)
            if claim.actor is not None and claim.actor.role == "for":
                claim.doubtful = "for whom"
        claim.suppliers = (
            _makers(analysis, predicate, end)
            or _sellers(analysis, predicate, end)
            or _maker_subject(actor)
        )
        claim.recipient = recipient
    else:
        claim.actor = actor
        claim.recipient = recipient


def _one_of_several(analysis: Analysis, group: ActorGroup) -> bool:
    """ "from the two countries as well as from A": the others are not known."""
    at = group.first - 1
    while at > 0 and (
        analysis.tokens[at].preposition is not None or "determiner" in analysis.tokens[at].words
    ):
        at -= 1
    return at > 0 and "coordinator" in analysis.tokens[at].words


def _expected(analysis: Analysis, predicate: Predicate) -> bool:
    """ "expects to receive": it has been told that it will."""
    governor = next((p for p in analysis.predicates if p.at == predicate.governor), None)
    return governor is not None and analysis.grammar.listed(governor.lemma, "lemma_expecting")


def _source(analysis: Analysis, predicate: Predicate, end: int) -> ActorGroup | None:
    # where cases tell the parts, the source may stand before its verb
    first = 0 if analysis.fields else predicate.last
    if analysis.grammar.case_marked:
        first = clause_start(analysis, predicate)
    for group in analysis.actors_between(first, end):
        # cases tell "of B" from "from B"
        roles = ("from", "by") if analysis.grammar.case_marked else ("of", "from", "by")
        before = analysis.tokens[group.first - 1].cues if group.first else frozenset()
        stock = bool(before & {"stock", "stock_noun"})
        if (group.role in roles or stock) and not group.adjective and group.ids:
            return group
    return None


def _sellers(analysis: Analysis, predicate: Predicate, end: int) -> tuple[str, ...]:
    """ "acheter à X", "buy from X"."""
    if predicate.voice == "noun" and not buys(analysis, predicate):
        return ()
    later = [p.first for p in analysis.predicates if p.first > predicate.last and p.tense == "inf"]
    end = min([end, *later])
    return tuple(
        each
        for g in analysis.actors_between(predicate.last, end)
        if g.role in (("to", "from") if "buying_at" in analysis.grammar.lists else ("from",))
        and not g.adjective
        and not g.place
        and not _destined(analysis, g)
        for each in g.ids
    )


def _destined(analysis: Analysis, group: ActorGroup) -> bool:
    """ "shells destined for B": to whom they go, not from whom they come."""
    before = analysis.tokens[max(0, group.first - 2) : group.first]
    return any(token.preposition == "to" and " " in token.form for token in before)


_PARTNERS: Final = ("with", "by", "of", "from")
"""Roles of who orders. "An order for B" tells who gets it, and B may or may not pay."""


def _partner(analysis: Analysis, predicate: Predicate, end: int) -> ActorGroup | None:
    """ "the firm signed with Kyiv", "got an order from B": the other party buys."""
    start = predicate.last
    if predicate.voice == "noun":
        got = [
            p for p in analysis.predicates
            if p.event == "receive" and (p.at < predicate.at or p.first < predicate.at)
        ]  # fmt: skip
        start = got[-1].last if got else start
        if got and analysis.fields:
            # "Von A bekam B einen Auftrag": who orders may stand first
            start = clause_start(analysis, got[-1])
    groups = analysis.actors_between(start, end)
    for roles in (_PARTNERS, ("for",)):
        for group in groups:
            if group.role in roles and group.ids and not group.maker and not group.adjective:
                return group
    return None


def _maker_subject(actor: ActorGroup | None) -> tuple[str, ...]:
    return actor.ids if actor is not None and actor.maker else ()


def _makers(analysis: Analysis, predicate: Predicate, end: int) -> tuple[str, ...]:
    return tuple(
        maker
        for group in analysis.actors_between(predicate.last, end)
        if group.maker
        for maker in group.ids
    )
