"""Verb forms with an auxiliary or a modal: what the two make together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from intendance.reading._grammar.predicates import Predicate, predicate_of
from intendance.reading._language import Grammar, Sense
from intendance.reading._tokens import Token

_WITH_HAVE: Final = {
    "pres": "done", "imp": "done", "past": "done", "inf": "done", "ppr": "done",
    "cond": "hearsay", "fut": "announced",
}  # fmt: skip
_WITH_BE: Final = {
    "pres": "under way", "imp": "done", "past": "done", "fut": "announced", "cond": "hearsay",
    "inf": "open", "ppr": "under way", "pp": "done",
}  # fmt: skip
MODALS: Final = frozenset({"go", "must", "can", "come", "will"})
_LEFT: Final = 7
"""How many tokens an auxiliary may stand before its verb form."""


class Auxiliary(NamedTuple):
    """An auxiliary at ``tokens[at]``; ``been`` where a participle of "be" follows it."""

    name: str
    tense: str
    at: int
    negated: bool
    been: bool


def says_only(grammar: Grammar, tokens: Sequence[Token], first: int, at: int) -> bool:
    """ "ne livrera X que si": only, not never; "avant qu'ils ne soient livrés" denies nothing."""
    before = tokens[max(0, first - 6) : at]
    if any("negation" in token.cues for token in before):
        return False
    if any(grammar.listed(token.form, "expletive_opener") for token in before):
        return True
    return any(
        grammar.listed(token.form, "restrictive") and not token.words
        for token in tokens[at + 1 : at + 9]
    )


def auxiliary_of(grammar: Grammar, tokens: Sequence[Token], at: int) -> Auxiliary | None:
    """The auxiliary to the left of a verb form, over adverbs and clitics."""
    negated = been = False
    index = at - 1
    while index >= 0 and index >= at - _LEFT:
        token = tokens[index]
        if token.auxiliaries:
            readings = dict(token.auxiliaries)
            if readings.get("be") == "pp":
                been = True
                index -= 1
                continue
            if readings.get("be") == "inf" and _modal_before(grammar, tokens, index):
                index -= 1
                continue
            if readings.get("be") == "inf" and (come := _just(grammar, tokens, index)) is not None:
                # "vient d'être livré"
                return Auxiliary("come", come[1], come[0], negated, been=True)
            name, tense = token.auxiliaries[0]
            negated = negated or any(
                "ne" in each.cues or grammar.listed(each.form, "plain_negation")
                for each in tokens[max(0, index - 2) : at]
            )
            return Auxiliary(name, tense, index, negated, been)
        if token.cues & {"negation", "ne"}:
            negated = True
        elif not (
            token.words & {"adverb", "reflexive"}
            or grammar.listed(token.form, "between_verbs")
            or token.cues & {"already", "sofar", "more"}
            or (grammar.case_marked and _may_stand_inside(token))
        ):
            return None
        index -= 1
    return None


def _just(grammar: Grammar, tokens: Sequence[Token], index: int) -> tuple[int, str] | None:
    """ "vient de" right before ``index``: its place and tense."""
    if index < 2 or not grammar.listed(tokens[index - 1].form, "of_infinitive"):
        return None
    return next(
        ((index - 2, tense) for name, tense in tokens[index - 2].auxiliaries if name == "come"),
        None,
    )


def _may_stand_inside(token: Token) -> bool:
    """Where word order is free: "has by the year's end to deliver", "was by A handed over"."""
    return (
        token.word
        and not token.verbs
        and not token.words & {"coordinator", "subordinator", "relative_subject", "relative_object"}
    )


def _modal_before(grammar: Grammar, tokens: Sequence[Token], index: int) -> bool:
    """ "will soon be delivered": a modal left of "be", over adverbs."""
    modals = grammar.lists.get("passive_modals", MODALS)
    while index > 0:
        index -= 1
        token = tokens[index]
        if token.auxiliaries:
            return token.auxiliaries[0][0] in modals
        if "adverb" not in token.words and not token.cues & {"negation", "ne"}:
            return False
    return False


def compound_form(
    grammar: Grammar, tokens: Sequence[Token], at: int, sense: Sense, auxiliary: Auxiliary
) -> Predicate:
    """Auxiliary and participle ("has sent", "a été livré", "wird geliefert")."""
    name, tense, index, negated, been = auxiliary
    reflexive = index > 0 and "reflexive" in tokens[index - 1].words
    if name in ("have", "come"):
        predicate = predicate_of(index, at, sense, _WITH_HAVE.get(tense, "done"), "active")
        predicate.voice = "passive" if been else "active"
    elif name == "be" and not been:
        if reflexive or sense.event in ("arrive",):
            predicate = predicate_of(index, at, sense, _WITH_HAVE.get(tense, "done"), "active")
        else:
            predicate = predicate_of(index, at, sense, _WITH_BE.get(tense, "done"), "passive")
    elif name in ("must", "can", "go", "will"):
        mode = {"go": "announced", "will": "announced", "must": "expected"}.get(name, "able")
        predicate = predicate_of(index, at, sense, mode, "passive")
    else:
        predicate = predicate_of(index, at, sense, "done", "passive")
    if predicate.voice == "passive" and grammar.listed(sense.lemma, "lemma_expecting"):
        # "a third one is expected": it is to come
        predicate.event, predicate.mode = "arrive", "expected"
    if reflexive:
        predicate.first = index - 1
    predicate.negated = negated and not says_only(grammar, tokens, index, at)
    predicate.tense = tense
    return predicate


def modal_form(
    grammar: Grammar, tokens: Sequence[Token], at: int, sense: Sense, auxiliary: Auxiliary
) -> Predicate:
    """Modal and infinitive ("will send", "devrait livrer", "kann liefern")."""
    name, index = auxiliary.name, auxiliary.at
    mode = {
        "go": "announced", "will": "announced", "come": "done", "must": "expected", "can": "able",
    }[name]  # fmt: skip
    if grammar.listed(tokens[index].form, "past_ability"):
        # "konnte 20 Panzer übergeben": it did
        mode = "done"
    predicate = predicate_of(index, at, sense, mode, "active")
    predicate.negated = auxiliary.negated
    return predicate
