"""From a draft to its statement: the quote, the basis, the name of the rule."""

from __future__ import annotations

from typing import Final

import msgspec

from intendance.catalogue import Catalogue
from intendance.reading._language import Grammar
from intendance.reading._statements.draft import Draft
from intendance.reading._statements.gate import is_live
from intendance.terms import UNKNOWN_TIME, Basis, ItemFrom, Statement

CONTEXT: Final = 32
"""Characters of prefix and suffix kept with a quote."""

_GIVING: Final = frozenset(
    {"deliver", "promise", "plan", "consider", "allocate", "train", "refuse"}
)


def make(
    catalogue: Catalogue, draft: Draft, text: str, report: str, grammar: Grammar, topic: str | None
) -> Statement:
    """The statement of a draft; ``topic`` stands in for a recipient that is not said."""
    claim = draft.claim
    recipients, recipient_from = _recipients(catalogue, grammar, draft, topic)
    start, end = draft.tokens[draft.first].start, draft.tokens[draft.last - 1].end
    item = claim.item
    speech = draft.speech
    certainty = claim.certainty
    if speech.alleged and certainty in ("done", "under way", "announced", "planned"):
        certainty = "alleged"
    statement = Statement(
        report=report,
        act=claim.act,
        certainty=certainty,
        polarity=claim.polarity,
        condition=claim.condition,
        actors=draft.actors,
        joint=len(draft.actors) > 1,
        recipients=recipients,
        recipient_from=recipient_from,
        suppliers=claim.suppliers,
        financers=claim.financers,
        item=draft.item,
        item_text=_item_text(draft, text),
        item_from=draft.item_from,
        unit=item.unit if item is not None else None,
        per=item.per if item is not None else None,
        part_of=item.part_of if item is not None else None,
        basis=_basis(grammar, draft),
        money=claim.amount.money if claim.amount is not None else None,
        time=claim.moment.span if claim.moment is not None else UNKNOWN_TIME,
        speaker=speech.speaker,
        attribution=speech.attribution,
        package=draft.package,
        live=is_live(catalogue, draft, certainty)
        and (bool(recipients) or not _is_sold(grammar, draft)),
        quote=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
        rule=_rule(draft, grammar.code, recipient_from),
        language=grammar.code,
    )
    if item is not None and not item.garbled and not item.share:
        statement = msgspec.structs.replace(statement, quantity=item.quantity)
    return statement


def _recipients(
    catalogue: Catalogue, grammar: Grammar, draft: Draft, topic: str | None
) -> tuple[tuple[str, ...], ItemFrom]:
    """Who is said to get it, else the one the text is about, else whom the agency buys for."""
    if draft.recipients:
        return draft.recipients, draft.recipient_from
    other = _is_sold(grammar, draft) or _other_taker(grammar, draft)
    if topic is not None and _takes_topic(draft, topic) and not other:
        return (topic,), "inferred"
    bought = draft.claim.act in ("order", "frame") and _bought_for(catalogue, draft.actors)
    return (bought, "inferred") if bought else ((), "said")


def _bought_for(catalogue: Catalogue, actors: tuple[str, ...]) -> tuple[str, ...]:
    """Whom an agency buys for, by the catalogue: an assumption, listed as such."""
    for actor in actors:
        entry = catalogue.organisations.get(actor)
        if entry is not None and entry.buys_for is not None:
            return (entry.buys_for,)
    return ()


def _item_text(draft: Draft, text: str) -> str:
    item = draft.claim.item
    if item is None:
        return ""
    first, last = draft.tokens[item.first], draft.tokens[item.last - 1]
    return text[first.start : last.end]


def _takes_topic(draft: Draft, topic: str) -> bool:
    claim = draft.claim
    return (
        claim.act in _GIVING
        and topic not in draft.actors
        and not (claim.item is not None and claim.item.item == "military-stocks")
    )


def _is_sold(grammar: Grammar, draft: Draft) -> bool:
    """Whether the verb is of trade: who buys must be said, a text is about whom it helps."""
    predicate = draft.claim.predicate
    return predicate is not None and grammar.listed(predicate.lemma, "lemma_trading")


def _other_taker(grammar: Grammar, draft: Draft) -> bool:
    """ "sold its tanks to a dealer": somebody gets it whom we can't name, not the topic."""
    item, tokens = draft.claim.item, draft.tokens
    if item is None:
        return False
    for at in range(item.last, min(item.last + 4, len(tokens) - 2)):
        if tokens[at].preposition == "to" and grammar.listed(tokens[at + 1].form, "one"):
            return tokens[at + 2].word and not tokens[at + 2].entities
    return False


def _basis(grammar: Grammar, draft: Draft) -> Basis | None:
    item = draft.claim.item
    if item is not None and item.basis is not None:
        return item.basis
    total = _total(draft)
    if total is not None:
        return total
    if draft.claim.act not in ("deliver", "receive") or draft.claim.certainty != "done":
        return None
    # "déjà" far from the claim is of something else
    sofar = any(
        "sofar" in token.cues
        and (draft.first <= at < draft.last or not grammar.listed(token.form, "not_cumulative"))
        for at, token in enumerate(draft.tokens)
    )
    return "cumulative" if sofar else None


def _total(draft: Draft) -> Basis | None:
    """ "2 more, bringing the total to 8": what stands before adds, what follows is the sum."""
    item = draft.claim.item
    first = draft.first if item is None else item.first
    last = draft.last if item is None else item.last
    for at, token in enumerate(draft.tokens):
        if "total" not in token.cues or not (first - 6 <= at <= last + 4):
            continue
        brings = "brings_total" in token.cues
        if brings and at >= last:
            return "increment"
        return "total"
    return None


def _rule(draft: Draft, language: str, recipient_from: ItemFrom) -> str:
    predicate = draft.claim.predicate
    parts = [language]
    if draft.claim.rule:
        parts.append(draft.claim.rule)
    elif predicate is not None:
        parts.extend(
            (predicate.event or predicate.governs or "act", predicate.voice, predicate.mode)
        )
    if draft.actor_from != "said":
        parts.append(f"actor-{draft.actor_from}")
    if recipient_from == "inferred":
        parts.append("recipient-topic")
    return ".".join(part.replace(" ", "-") for part in parts)
