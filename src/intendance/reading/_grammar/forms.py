"""Verb forms of one language: English gerunds and participles, German brackets."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.reading._grammar.auxiliaries import MODALS, Auxiliary, compound_form, modal_form
from intendance.reading._grammar.brackets import Bracket
from intendance.reading._grammar.predicates import PLAIN, Predicate, predicate_of
from intendance.reading._language import Grammar, Sense
from intendance.reading._tokens import Token


def bracketed_form(
    grammar: Grammar, tokens: Sequence[Token], at: int, senses: dict[str, Sense], bracket: Bracket
) -> Predicate | None:
    """A predicate whose objects stand before its verb, inside the bracket: they follow ``last``."""
    made = _framed(grammar, tokens, at, senses, bracket)
    if made is not None:
        made.negated = bracket.negated
        made.first, made.last = bracket.opener, bracket.opener + 1
    return made


def _framed(
    grammar: Grammar, tokens: Sequence[Token], at: int, senses: dict[str, Sense], bracket: Bracket
) -> Predicate | None:
    opener, name, tense = bracket.opener, bracket.auxiliary, bracket.tense or "inf"
    if bracket.final:
        finite = next((senses[each] for each in ("pres", "past", "imp") if each in senses), None)
        if finite is None and "inf" in senses:
            finite = senses["inf"]._replace(tense="pres")
        if finite is None:
            return None
        return predicate_of(opener, at, finite, PLAIN[finite.tense], "active")
    if name is None:
        return _without_auxiliary(opener, at, senses, bracket)
    if "inf" in senses and name in MODALS and not (bracket.passive or bracket.perfect):
        auxiliary = Auxiliary(name, tense, opener, False, been=False)
        made = modal_form(grammar, tokens, at, senses["inf"], auxiliary)
        made.tense = tense
        return made
    if "pp" not in senses:
        return None
    made = compound_form(
        grammar, tokens, at, senses["pp"], Auxiliary(name, tense, opener, False, been=False)
    )
    if name == "be" and tense != "cond":
        # "ist bestellt", "wurde geliefert", "ist geliefert worden"
        made.mode = "done"
    if name == "will" and made.mode == "announced" and _now(grammar, tokens, opener, at):
        # "werden derzeit ausgebildet": it is being done
        made.mode = "under way"
    if name in MODALS and bracket.perfect:
        # "soll geliefert haben": told by others
        made.mode = "hearsay"
        made.voice = "passive" if bracket.passive else "active"
    return made


def _now(grammar: Grammar, tokens: Sequence[Token], first: int, last: int) -> bool:
    return any(grammar.listed(token.form, "now") for token in tokens[first:last])


def _without_auxiliary(
    opener: int, at: int, senses: dict[str, Sense], bracket: Bracket
) -> Predicate | None:
    """An infinitive that another verb governs: "zu liefern", "geliefert zu haben", "liefern"."""
    if bracket.perfect and "pp" in senses:
        made = predicate_of(opener, at, senses["pp"]._replace(tense="inf"), "done", "active")
        made.voice = "passive" if bracket.passive else "active"
        return made
    if "inf" in senses:
        return predicate_of(opener, at, senses["inf"], "open", "active")
    return None


def before_of(tokens: Sequence[Token], at: int) -> bool:
    """ "training of crews": "of" follows."""
    return at + 1 < len(tokens) and tokens[at + 1].preposition == "of"


def same_form(tokens: Sequence[Token], senses: dict[str, Sense], auxiliary: Auxiliary) -> bool:
    """ "will set aside": infinitive and participle are one form, and no "be" stands before it."""
    modal = auxiliary.name in MODALS
    return modal and "inf" in senses and not tokens[auxiliary.at].form.endswith(" be")


def is_progressive(senses: dict[str, Sense]) -> bool:
    """ "is sending": a form in "-ing" that the data lists as infinitive and participle."""
    return "ppr" in senses and "inf" in senses


def going_on(at: int, sense: Sense, auxiliary: Auxiliary) -> Predicate:
    """ "is sending": under way, whatever the verb."""
    predicate = predicate_of(auxiliary.at, at, sense, "under way", "active")
    predicate.negated, predicate.tense = auxiliary.negated, auxiliary.tense
    return predicate


def is_reduced(
    grammar: Grammar, tokens: Sequence[Token], at: int, senses: dict[str, Sense]
) -> bool:
    """ "tanks sent to Ukraine", "weapons supplied by A": a participle after its noun."""
    if not grammar.shared_forms or not {"pp", "past"} <= senses.keys() or at == 0:
        return False
    if at + 1 >= len(tokens) or tokens[at - 1].actor is not None:
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    named = (
        before.item is not None
        or grammar.listed(before.form, "pointing")
        or before.form in grammar.anaphors
    )
    return named and (after.preposition in ("by", "to", "from", "for") or not after.word)


def is_bare_present(
    grammar: Grammar, tokens: Sequence[Token], at: int, senses: dict[str, Sense]
) -> bool:
    """ "the allies send", "beide Länder liefern": the base form after a plural subject."""
    sense = senses.get("inf")
    if not grammar.bare_presents or sense is None or at == 0:
        return False
    if tokens[at].form != sense.lemma:
        return False
    index = at - 1
    while index > 0 and "adverb" in tokens[index].words:
        if grammar.listed(tokens[index].form, "infinitive_mark"):
            return False
        index -= 1
    before = tokens[index]
    if grammar.listed(before.form, "infinitive_mark"):
        return False
    if before.preposition is not None or before.auxiliaries:
        return False
    if any(token.auxiliaries for token in tokens[max(0, at - 4) : at]):
        return False
    return (
        (before.actor is not None and not grammar.listed(sense.lemma, "noun_or_verb"))
        or before.item is not None
        or before.form in grammar.anaphors
        or bool(
            before.words & {"pronoun_first", "pronoun_third", "institution", "relative_subject"}
        )
        or "such_actor" in before.cues
    )
