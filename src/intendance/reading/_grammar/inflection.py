"""The case of an actor, as far as article and ending show it."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.reading._grammar.groups import ActorGroup
from intendance.reading._grammar.offices import NATION
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token


def mark_cases(grammar: Grammar, tokens: Sequence[Token], actors: Sequence[ActorGroup]) -> None:
    """Tells datives from subjects, and makes genitives what "of" makes elsewhere."""
    if not grammar.verb_final:
        return
    for group in actors:
        if group.role is not None or group.adjective:
            continue
        _mark(grammar, tokens, group)


def _mark(grammar: Grammar, tokens: Sequence[Token], group: ActorGroup) -> None:
    head = tokens[group.first]
    if group.pronoun:
        if grammar.listed(head.form, "dative_pronoun"):
            group.case = "dative"
        return
    if group.speaker is not None and _is_persons(tokens[group.last - 1], group.speaker):
        # "trotz der Drohungen Putins": whose threats they are
        group.role = "of"
        return
    alone = group.last - group.first == 1
    genitive = head.entity(NATION) is not None and _is_genitive(grammar, head)
    if alone and genitive:
        group.role = "of"
        return
    at = group.first - 1
    while at >= 0 and "descriptive" in tokens[at].words:
        if "determiner" in tokens[at].words:
            break
        at -= 1
    if at < 0:
        return
    article = tokens[at].form
    feminine = any(
        word.endswith(tuple(grammar.lists["feminine_ending"]))
        for token in tokens[group.first : group.last]
        if not token.preposition
        for word in (token.form,)
    )
    if grammar.listed(article, "genitive_article"):
        group.role = "of"
    elif grammar.listed(article, "dative_article") or (
        feminine and grammar.listed(article, "feminine_oblique")
    ):
        before = tokens[at - 1] if at else None
        if before is not None and _governs_genitive(before):
            group.role = "of"
        else:
            group.case = "dative"


def _governs_genitive(token: Token) -> bool:
    """ "die Luftwaffe der Ukraine": a noun that is no name stands right before the article."""
    return token.capital and token.word and token.actor is None and not token.item


def _is_persons(token: Token, person: str) -> bool:
    """A name in -s of somebody whose name does not end so."""
    named = any(each.table == "official" for each in token.entities)
    return named and token.form.endswith("s") and not person.endswith("s")


def _is_genitive(grammar: Grammar, token: Token) -> bool:
    if not token.form.endswith("s") or " " in token.form:
        return False
    return not grammar.listed(token.form, "ends_in_s")
