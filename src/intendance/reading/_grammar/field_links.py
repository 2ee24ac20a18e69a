"""What governs what where verbs stand at the end: across clauses, and after the governed noun."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from intendance.reading._grammar.field import Field, field_at, verb_first
from intendance.reading._grammar.predicates import ATTRIBUTE, Predicate
from intendance.reading._grammar.unwilling import has_no_ground
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token

_WITH_THAT: Final = frozenset(
    {"announce", "decide", "deny", "consider", "refuse", "promise", "plan", "request", "offer",
     "permit"}
)  # fmt: skip
_OF_NOUN: Final = frozenset({"of", "for", "to", "by", "other", None})

_OF_NOUN_REACH: Final = 4
"""Tokens between a noun that asks and the noun of what it asks for."""

Govern = Callable[[Predicate, Predicate], None]


def link_fields(
    grammar: Grammar,
    tokens: Sequence[Token],
    found: list[Predicate],
    fields: Sequence[Field],
    govern: Govern,
) -> None:
    """Gives nouns, infinitives and clauses below the mode of the verb that they depend on.

    What a clause only asks, makes a condition of or rules out is no longer a predicate.
    """
    _drop(grammar, tokens, found, fields)
    for predicate in found:
        field = field_at(fields, predicate.at)
        if field is None:
            continue
        if predicate.voice == "noun":
            _govern_noun(grammar, tokens, found, field, predicate, govern)
        elif predicate.mode == "open" or (predicate.tense == "inf" and predicate.mode == "done"):
            _govern_infinitive(found, field, predicate, govern)
        elif field.kind == "below":
            _govern_clause(grammar, tokens, found, field, predicate, govern)
        if has_no_ground(grammar, tokens, _opened(predicate, field)):
            predicate.mode = "refuse"
        if predicate.event and grammar.listed(tokens[_opening(field)].form, "rumour_opener"):
            # "wonach A schicken wolle": told by others, whatever governs it
            predicate.mode, predicate.governor = _told_by_others(found, field), None


def _opened(predicate: Predicate, field: Field) -> Predicate:
    """The predicate as one that begins with its clause."""
    return msgspec.structs.replace(predicate, first=field.start)


def _opening(field: Field) -> int:
    """The first token of a clause, of the one that it shares its verb with where it does."""
    return field.start if field.whole is None else field.whole.start


def _told_by_others(found: Sequence[Predicate], field: Field) -> str:
    """ "dementierte Berichte, wonach": what the main clause denies; else only told by others."""
    opening = field if field.whole is None else field.whole
    before = [p for p in found if p.at < opening.start and p.governs and p.voice == "active"]
    denied = bool(before) and before[-1].governs in ("deny", "refuse") and not before[-1].negated
    return "deny" if denied else "hearsay"


def _drop(
    grammar: Grammar, tokens: Sequence[Token], found: list[Predicate], fields: Sequence[Field]
) -> None:
    asked = tokens[-1].form == "?"
    supposed = verb_first(fields)
    for predicate in list(found):
        field = field_at(fields, predicate.at)
        if (
            asked
            or field in supposed
            or (field is not None and _unreal(grammar, tokens, found, field))
        ):
            found.remove(predicate)


def _unreal(
    grammar: Grammar, tokens: Sequence[Token], found: Sequence[Predicate], field: Field
) -> bool:
    """ "wenn", "bevor", "ohne ... zu", "ob" where nobody considers it."""
    while field.whole is not None:
        field = field.whole
    form = tokens[field.start].form
    first = field.kind == "main" and field.finite == field.start == 0
    if first and grammar.listed(form, "unreal_first"):
        # "Würde A liefern, müsste B": a condition without a conjunction
        return True
    if field.kind in ("below", "infinitive") and grammar.listed(form, "unreal_opener"):
        # "promised to hand over X, by 2030 Y": a date opens no condition
        return field.kind == "below" or not grammar.listed(form, "date_by")
    if field.kind == "below" and grammar.listed(form, "whether"):
        return not any(each.governs == "consider" for each in found)
    return False


def _govern_noun(
    grammar: Grammar,
    tokens: Sequence[Token],
    found: Sequence[Predicate],
    field: Field,
    noun: Predicate,
    govern: Govern,
) -> None:
    attribute = next(
        (p for p in found if p.tense == ATTRIBUTE and 0 < noun.at - p.at <= 2 and p.governs), None
    )
    if attribute is not None:
        noun.mode = attribute.governs or noun.mode
        noun.governor = None
    elif any(grammar.listed(t.form, "possible") for t in tokens[max(0, noun.at - 2) : noun.at]):
        noun.mode = "consider"
    verbs = [
        p for p in found
        if (p.voice in ("active", "passive") or p.governs == "plan")
        and p.voice != "participle" and field.holds(p.at) and p.governs
        and p.governs not in ("say", "light")
    ]  # fmt: skip
    asked = _noun_before(grammar, tokens, found, noun)
    if asked is not None and noun.mode == "noun":
        govern(noun, asked)
        return
    governor = verbs[-1] if verbs else None
    taken_back = governor is not None and governor.governs in ("refuse", "deny")
    if governor is None or (noun.mode != "noun" and not taken_back):
        return
    if _adverbial(grammar, tokens, noun):
        return
    if governor.governs == "do" and governor.negated:
        # not confirmed is not denied
        noun.mode = "hearsay"
        return
    govern(noun, governor)


def _noun_before(
    grammar: Grammar, tokens: Sequence[Token], found: Sequence[Predicate], noun: Predicate
) -> Predicate | None:
    """ "die Forderung nach einer Lieferung": the noun that asks for it, promises or refuses it."""
    for other in found:
        between = tokens[other.last : noun.first]
        if other.voice != "noun" or not other.governs or not 0 < len(between) <= _OF_NOUN_REACH:
            continue
        names = ("governed_preposition", "asking_preposition", "genitive_of")
        joined = any(grammar.listed(between[0].form, name) for name in names)
        if joined and all(token.word and not token.verbs for token in between[1:]):
            return other
    return None


def _adverbial(grammar: Grammar, tokens: Sequence[Token], noun: Predicate) -> bool:
    """ "nach der Lieferung", "trotz der Zusage": the noun tells when or why, no object."""
    for index in range(noun.at - 1, max(-1, noun.at - 5), -1):
        token = tokens[index]
        if token.preposition is not None:
            return not grammar.listed(token.form, "governed_preposition")
        if "determiner" not in token.words and not token.verbs:
            return False
    return False


def _govern_infinitive(
    found: Sequence[Predicate],
    field: Field,
    predicate: Predicate,
    govern: Govern,
) -> None:
    here = [
        p for p in found
        if field.holds(p.at) and p is not predicate and p.governs not in (None, "light")
        and p.tense != ATTRIBUTE
        and (p.mode != "open" or p.at > predicate.at)
    ]  # fmt: skip
    if field.kind != "infinitive" and here:
        # one negation in a clause denies once
        predicate.negated = False
        govern(predicate, here[0])
        return
    before = [
        p for p in found
        if p.at < field.start and p.governs not in (None, "light") and p.tense != ATTRIBUTE
    ]  # fmt: skip
    if before:
        govern(predicate, before[-1])
        return
    after = [p for p in found if p.at >= field.end and p.governs not in (None, "say", "light")]
    if after:
        govern(predicate, after[0])


def _govern_clause(
    grammar: Grammar,
    tokens: Sequence[Token],
    found: Sequence[Predicate],
    field: Field,
    predicate: Predicate,
    govern: Govern,
) -> None:
    opening = field if field.whole is None else field.whole
    form = tokens[opening.start].form
    if grammar.listed(form, "rumour_opener"):
        predicate.mode = _told_by_others(found, field)
        return
    if grammar.listed(form, "purpose_opener") and predicate.mode in ("under way", "able"):
        # what something is for, nobody has said to plan
        predicate.mode = "open"
        return
    if not (grammar.listed(form, "that") or grammar.listed(form, "whether")):
        return
    before = [
        p for p in found
        if p.at < opening.start and p.governs and p.tense != ATTRIBUTE and p.governs != "light"
    ]  # fmt: skip
    after = [p for p in found if p.at >= field.end and p.governs and p.governs != "light"]
    governor = before[-1] if before else (after[0] if after else None)
    if governor is None:
        return
    if governor.governs in ("say", "do"):
        if governor.negated:
            predicate.mode = "hearsay"
        return
    if governor.governs not in _WITH_THAT:
        return
    if governor.governs in ("announce", "decide") and predicate.mode in ("done", "hearsay"):
        return
    govern(predicate, governor)
    if governor.governs == "request":
        # who asks is the one who is spoken of, not whom it is asked of
        predicate.tense = "inf"
