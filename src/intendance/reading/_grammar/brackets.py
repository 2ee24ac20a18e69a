"""Verb brackets: where a language puts participle, infinitive or prefix at the clause's end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from intendance.reading._grammar.field import Field, field_at
from intendance.reading._grammar.finite import is_finite, with_mark
from intendance.reading._grammar.predicates import FINITE
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token


class Bracket(NamedTuple):
    """``opener``: index where the clause's verb or conjunction stands before its middle field.

    ``auxiliary`` and ``tense`` are those of the finite verb (None: an infinitive with "zu", or the
    verb itself is finite); ``passive`` where "worden" or "werden" follows the participle;
    ``perfect`` where "haben" or "sein" does ("soll geliefert haben"); ``final`` where the verb
    at hand is itself the finite one.
    """

    opener: int
    auxiliary: str | None
    tense: str | None
    passive: bool
    perfect: bool
    final: bool
    negated: bool


def bracket_at(
    grammar: Grammar, tokens: Sequence[Token], at: int, fields: Sequence[Field]
) -> Bracket | None:
    """The bracket of the verb form at ``at``, or None where it stands in none."""
    field = field_at(fields, at)
    if field is None or field.kind == "rest":
        return None
    negated = _denied(tokens, field)
    finite = field.finite
    if finite is None and field.whole is not None:
        finite = field.whole.finite
        negated = negated or _denied_before(tokens, field.whole)
    if at == finite:
        return Bracket(field.opener, None, None, False, False, True, negated)
    if with_mark(grammar, tokens, at):
        return Bracket(field.opener, None, None, False, False, False, negated)
    marked = _perfect_infinitive(grammar, tokens, at)
    if marked is not None:
        return Bracket(field.opener, None, None, marked, True, False, negated)
    if finite is None:
        return None
    passive, perfect = _cluster(grammar, tokens, at, finite)
    reading = _finite_reading(tokens[finite])
    name, tense = reading if reading is not None else (None, None)
    if name is None and not any(s.tense in FINITE and s.governs for s in tokens[finite].verbs):
        return None
    return Bracket(field.opener, name, tense, passive, perfect, False, negated)


def _perfect_infinitive(grammar: Grammar, tokens: Sequence[Token], at: int) -> bool | None:
    """ "geliefert zu haben", "geliefert worden zu sein": whether passive; None elsewhere."""
    after, passive = at + 1, False
    while after < len(tokens) and grammar.listed(tokens[after].form, "passive_cluster"):
        after, passive = after + 1, True
    if after + 1 >= len(tokens) or not grammar.listed(tokens[after].form, "infinitive_mark"):
        return None
    return passive if tokens[after + 1].form in grammar.lists["open_cluster"] else None


def _cluster(grammar: Grammar, tokens: Sequence[Token], at: int, finite: int) -> tuple[bool, bool]:
    """Whether "worden"/"werden" and "haben"/"sein" follow the verb, the finite one apart."""
    passive = perfect = False
    after = at + 1
    while after < len(tokens) and grammar.listed(tokens[after].form, "verb_cluster"):
        if after != finite:
            if grammar.listed(tokens[after].form, "passive_cluster"):
                passive = True
            else:
                perfect = True
        after += 1
    return passive, perfect


def _finite_reading(token: Token) -> tuple[str, str] | None:
    return next((each for each in token.auxiliaries if each[1] in FINITE), None)


def _denied(tokens: Sequence[Token], field: Field) -> bool:
    inside = list(field.indexes())
    for place, index in enumerate(inside):
        if "negation" in tokens[index].cues:
            # "keine vier, sondern drei": what follows is not denied
            return not any("contrast" in tokens[each].words for each in inside[place:])
    return False


def _denied_before(tokens: Sequence[Token], field: Field) -> bool:
    """ "hat weder X geliefert noch Y bestellt": what denies the first denies the second."""
    return any(tokens[index].form == "weder" for index in field.indexes())


def join_particles(grammar: Grammar, tokens: Sequence[Token]) -> None:
    """Gives "sagt ... zu" its own verb: the finite form takes the senses of both words.

    So does "stellt ... zur Verfügung", whose noun may also stand right before the verb.
    """
    if not grammar.verb_final:
        return
    for at, token in enumerate(tokens):
        if token.form not in grammar.separable:
            continue
        if at + 1 < len(tokens) and _join(grammar, tokens, at + 1, at):
            continue
        marked = at + 2 < len(tokens) and grammar.listed(tokens[at + 1].form, "infinitive_mark")
        if marked and _join(grammar, tokens, at + 2, at):
            continue
        if _ends(tokens, at):
            _join_left(grammar, tokens, at)


def _ends(tokens: Sequence[Token], at: int) -> bool:
    """Whether a particle may end its clause here: nothing follows that it could stand before."""
    if at + 1 >= len(tokens):
        return True
    after = tokens[at + 1]
    return (
        not after.word or "coordinator" in after.words or "subordinator" in after.words
        or after.preposition is not None or bool(after.auxiliaries)
    )  # fmt: skip


def _join_left(grammar: Grammar, tokens: Sequence[Token], at: int) -> None:
    for index in range(at - 1, max(-1, at - 40), -1):
        token = tokens[index]
        if token.form in (";", ":", '"'):
            return
        if _join(grammar, tokens, index, at):
            return
        if is_finite(grammar, tokens, index) and token.form not in (",",):
            return


def _join(grammar: Grammar, tokens: Sequence[Token], verb: int, particle: int) -> bool:
    senses = grammar.verbs.get(f"{tokens[verb].form} {tokens[particle].form}")
    if not senses or (tokens[verb].capital and verb):
        return False
    tokens[verb].verbs = senses
    tokens[verb].noun = None
    tokens[particle].preposition = None
    tokens[particle].cues = frozenset()
    return True
