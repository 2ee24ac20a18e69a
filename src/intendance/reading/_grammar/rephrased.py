"""Turns of phrase that say another act than their verb: "was given", "counts", "it takes"."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from intendance.reading._grammar.predicates import Predicate
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token


def seen_given(grammar: Grammar, found: list[Predicate]) -> list[Predicate]:
    """ "B s'est vu remettre X par A": B receives it, as far as the seeing is."""
    kept: list[Predicate] = []
    for predicate in found:
        seeing = kept[-1] if kept else None
        if (
            seeing is not None
            and predicate.tense == "inf"
            and grammar.listed(seeing.lemma, "lemma_seeing")
            and 0 < predicate.at - seeing.at <= 2
        ):
            kept.pop()
            if predicate.event == "deliver" or predicate.governs in ("promise", "offer"):
                mode = "announced" if predicate.governs else seeing.mode
                kept.append(
                    msgspec.structs.replace(
                        predicate, first=seeing.first, event="receive", governs=None, mode=mode,
                        negated=seeing.negated, tense=seeing.tense,
                    )
                )  # fmt: skip
            continue
        kept.append(predicate)
    return [each for each in kept if not grammar.listed(each.lemma, "lemma_seeing")]


def counted(grammar: Grammar, tokens: Sequence[Token], predicate: Predicate) -> None:
    """ "the army counts 14 aircraft" holds them; "counts on sending" plans."""
    if predicate.voice != "active" or not grammar.listed(predicate.lemma, "lemma_counting"):
        return
    index = predicate.last
    while index < len(tokens) and (
        "adverb" in tokens[index].words
        or tokens[index].cues & {"more", "sofar", "negation", "approx", "above", "atleast"}
        or grammar.listed(tokens[index].form, "restrictive")
    ):
        index += 1
    if index < len(tokens) and (tokens[index].number or tokens[index].form in grammar.numbers):
        predicate.event, predicate.governs = "hold", None
        predicate.negated = predicate.negated and not any(
            grammar.listed(token.form, "restrictive") for token in tokens[predicate.last : index]
        )


def corrected(grammar: Grammar, tokens: Sequence[Token], predicate: Predicate) -> None:
    """ "will send not six but four": the number is denied, not the act."""
    if not predicate.negated:
        return
    after = tokens[predicate.last : predicate.last + 8]
    figures = [
        at for at, token in enumerate(after) if token.number or token.form in grammar.numbers
    ]
    contrast = next(
        (at for at, token in enumerate(after) if grammar.listed(token.form, "contrast")), None
    )
    if contrast is None or not figures or figures[0] > 1:
        return
    if contrast + 1 in figures and contrast > figures[0]:
        predicate.negated = False


def added(grammar: Grammar, tokens: Sequence[Token], predicate: Predicate) -> None:
    """ "s'y ajoutent 20 000 obus", "dans ce lot figurent": the list of before goes on."""
    if predicate.voice != "active" or not grammar.listed(predicate.lemma, "lemma_adding"):
        return
    around = tokens[max(0, predicate.first - 1) : predicate.at]
    if any("reflexive" in token.words or grammar.listed(token.form, "there") for token in around):
        predicate.event, predicate.governs = "include", None
    elif (predicate.tense in ("pres", "fut") or predicate.mode == "announced") and _item_behind(
        tokens, predicate.last
    ):
        # "A sends guns, B adds its mortars": gives them as well
        predicate.event, predicate.governs, predicate.mode = "deliver", None, "announced"


def _item_behind(tokens: Sequence[Token], at: int) -> bool:
    """Whether what follows at once is a thing, counted or with its article."""
    for token in tokens[at : at + 4]:
        if token.item is not None:
            return True
        if not (token.number or "determiner" in token.words or "possessive_third" in token.words):
            return False
    return False


def lacks(grammar: Grammar, tokens: Sequence[Token], at: int) -> Predicate | None:
    """ "il nous faut X", "il faut à B": an impersonal need, where no verb follows."""
    if not grammar.listed(tokens[at].form, "impersonal_need"):
        return None
    after = tokens[at + 1 : at + 4]
    if any(sense.tense == "inf" for token in after for sense in token.verbs) or any(
        token.words & {"subordinator"} for token in after[:1]
    ):
        return None
    predicate = Predicate(at, at + 1, at, "need", "under way", "phrase")
    predicate.governs = "need"
    predicate.negated = any("negation" in token.cues for token in after[:1])
    return predicate


def has_number(grammar: Grammar, tokens: Sequence[Token], at: int) -> Predicate | None:
    """ "the army has 295 tanks": an auxiliary with a counted thing behind it holds that thing."""
    if not grammar.listed(tokens[at].form, "possessing"):
        return None
    index = at + 1
    while index < len(tokens) and (
        "adverb" in tokens[index].words
        or tokens[index].cues & {"approx", "above", "atleast", "below", "atmost"}
    ):
        index += 1
    if index >= len(tokens) or not (
        tokens[index].number or (tokens[index].form in grammar.numbers and index == at + 1)
    ):
        return None
    if not any(token.item is not None for token in tokens[index + 1 : index + 5]):
        return None
    near = tokens[max(0, at - 2) : index]
    if not any(grammar.listed(token.form, "still") for token in near) and not any(
        "holding" in token.cues for token in tokens[index : index + 12]
    ):
        # "has ten tanks on the way": what is had tells of no stock
        return None
    predicate = Predicate(at, at + 1, at, "hold", "under way", "active")
    predicate.tense = "pres"
    return predicate
