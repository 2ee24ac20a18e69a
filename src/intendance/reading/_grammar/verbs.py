"""Verb groups: a verb form with its auxiliaries, clitics and negation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intendance.reading._grammar.attributes import attribute_at
from intendance.reading._grammar.auxiliaries import (
    MODALS,
    Auxiliary,
    auxiliary_of,
    compound_form,
    modal_form,
    says_only,
)
from intendance.reading._grammar.brackets import bracket_at
from intendance.reading._grammar.field import Field
from intendance.reading._grammar.forms import (
    before_of,
    bracketed_form,
    going_on,
    is_bare_present,
    is_progressive,
    is_reduced,
    same_form,
)
from intendance.reading._grammar.predicates import ATTRIBUTE, FINITE, PLAIN, Predicate, predicate_of
from intendance.reading._language import Grammar, Sense
from intendance.reading._tokens import Token

_NEVER_NOUNS: Final = frozenset({"fut", "cond", "imp"})
_FINITE_FIRST: Final = ("fut", "cond", "imp", "past", "pres", "imps")


def verb_group(
    grammar: Grammar, tokens: Sequence[Token], at: int, fields: Sequence[Field] = ()
) -> Predicate | None:
    """The predicate that the verb form at ``at`` names, or None where it is no verb there."""
    token = tokens[at]
    if token.hyphened and at and tokens[at - 1].actor is not None:
        # "U.S.-supplied guns": an attribute
        return None
    senses = {sense.tense: sense for sense in reversed(token.verbs)}
    if grammar.verb_final:
        return _in_bracket(grammar, tokens, at, senses, fields)
    if _is_noun(grammar, tokens, at):
        return None
    auxiliary = auxiliary_of(grammar, tokens, at)
    if auxiliary is None:
        if is_reduced(grammar, tokens, at, senses):
            return _plain(grammar, tokens, at, senses["pp"], "participle")
    elif (made := _with_auxiliary(grammar, tokens, at, senses, auxiliary)) is not None:
        return made
    if "inf" in senses and (near := _periphrasis(grammar, tokens, at)) is not None:
        made = predicate_of(near[1], at, senses["inf"], near[0], "active")
        made.tense = "pres"
        return made
    return _alone(grammar, tokens, at, senses)


def _in_bracket(
    grammar: Grammar,
    tokens: Sequence[Token],
    at: int,
    senses: dict[str, Sense],
    fields: Sequence[Field],
) -> Predicate | None:
    """A form in a language of brackets: before its noun, in a bracket, or by itself."""
    if tokens[at].capital and at and tokens[at - 1].form != '"':
        return None
    attribute = attribute_at(grammar, tokens, at, senses)
    if attribute is not None:
        return attribute
    if not senses.keys() - {ATTRIBUTE}:
        return None
    bracket = bracket_at(grammar, tokens, at, fields)
    if bracket is not None:
        framed = bracketed_form(grammar, tokens, at, senses, bracket)
        if framed is not None:
            return framed
    if "pp" not in senses:
        return None
    return _plain(grammar, tokens, at, senses["pp"], "participle")


def _is_noun(grammar: Grammar, tokens: Sequence[Token], at: int) -> bool:
    """Whether the form stands as a noun, or inside a name: "the order", "training of crews"."""
    token = tokens[at]
    if token.entities and not token.capital and token.actor is None and token.item is not None:
        return True
    if _after_article(grammar, tokens, at) and (
        token.noun is not None or any(each.tense != "pp" for each in token.verbs)
    ):
        return not all(each.tense in _NEVER_NOUNS for each in token.verbs)
    if token.noun is not None and token.noun.governs and at and _object_of(grammar, tokens, at):
        return True
    gerund = grammar.gerunds and token.noun is not None and before_of(tokens, at)
    return gerund and not any(sense.tense in FINITE or sense.tense == "pp" for sense in token.verbs)


def _object_of(grammar: Grammar, tokens: Sequence[Token], at: int) -> bool:
    """ "received pledges", "made promises": what looks like a present stands behind a verb."""
    before, token = tokens[at - 1], tokens[at]
    plain = all(sense.tense in ("pres", "inf") for sense in token.verbs)
    return grammar.gerunds and plain and not before.auxiliaries and any(
        sense.tense in ("past", "pp", "ppr") for sense in before.verbs
    )  # fmt: skip


def _with_auxiliary(
    grammar: Grammar,
    tokens: Sequence[Token],
    at: int,
    senses: dict[str, Sense],
    auxiliary: Auxiliary,
) -> Predicate | None:
    if auxiliary.name == "be" and is_progressive(senses):
        return going_on(at, senses["ppr"], auxiliary)
    passive = senses.get("pp") or senses.get("imps")
    if passive is not None and not same_form(tokens, senses, auxiliary):
        return compound_form(grammar, tokens, at, passive, auxiliary)
    if grammar.case_marked and auxiliary.name == "will" and "past" in senses:
        # "będzie przekazywał": the future of an imperfective verb
        return modal_form(grammar, tokens, at, senses["past"], auxiliary)
    if "inf" in senses and auxiliary.name in MODALS:
        return modal_form(grammar, tokens, at, senses["inf"], auxiliary)
    return None


def _alone(
    grammar: Grammar, tokens: Sequence[Token], at: int, senses: dict[str, Sense]
) -> Predicate | None:
    """A form without an auxiliary: finite where a subject stands near, else not."""
    finite = next((senses[tense] for tense in _FINITE_FIRST if tense in senses), None)
    if finite is not None and finite.tense == "past" and _would(grammar, tokens, at):
        finite = finite._replace(tense="cond")
    subject = _subject_near(tokens, at)
    if finite is not None and (subject or "pp" not in senses):
        if finite.tense == "pres" and not subject and tokens[at].noun is not None:
            return None
        voice = "passive" if finite.tense == "imps" else "active"
        return _plain(grammar, tokens, at, finite, voice)
    if is_bare_present(grammar, tokens, at, senses):
        return _plain(grammar, tokens, at, senses["inf"]._replace(tense="pres"))
    for tense in ("inf", "ppr", "pp", "att"):
        if tense in senses:
            if tense == "pp" and _is_predicate(grammar, tokens, at):
                said = senses[tense]._replace(tense="imps")
                return _plain(grammar, tokens, at, said, "passive")
            voice = "participle" if tense in ("pp", "att") else "active"
            return _plain(grammar, tokens, at, senses[tense], voice)
    return None


def _is_predicate(grammar: Grammar, tokens: Sequence[Token], at: int) -> bool:
    """ "The first six already delivered": a participle behind its noun, with "are" left out."""
    if not grammar.zero_copula or at == 0:
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    ends = after is None or not after.word or bool(
        after.preposition or after.cases or "coordinator" in after.words
        or "adverb" in after.words or after.form in grammar.time_words
    )  # fmt: skip
    attribute = after is not None and (after.item is not None or after.number)
    before = tokens[at - 1]
    return ends and not attribute and before.word and before.preposition is None


def _would(grammar: Grammar, tokens: Sequence[Token], at: int) -> bool:
    """ "передала б": a past form beside the particle of the conditional."""
    return any(
        grammar.listed(token.form, "conditional_particle")
        for token in (*tokens[max(0, at - 2) : at], *tokens[at + 1 : at + 2])
    )


def _plain(
    grammar: Grammar, tokens: Sequence[Token], at: int, sense: Sense, voice: str = "active"
) -> Predicate:
    """A form by itself, with the adverbs, clitics and negations before it."""
    predicate = predicate_of(at, at, sense, PLAIN[sense.tense], voice)
    expecting = grammar.listed(sense.lemma, "lemma_expecting")
    if expecting and predicate.mode == "under way":
        predicate.mode = "expected"
    first = at
    while first > 0 and first > at - 4:
        before = tokens[first - 1]
        if before.cues & {"ne", "negation"} or "reflexive" in before.words:
            predicate.negated = predicate.negated or bool(before.cues & {"negation", "ne"})
            first -= 1
        elif "adverb" in before.words:
            first -= 1
        else:
            break
    predicate.first = first
    if sense.tense == "inf" and predicate.negated and _of_verb_before(tokens, first, at):
        predicate.negated = False
    after = tokens[at + 1 : at + 3]
    apart = bool(after) and grammar.listed(after[0].form, "excluding_alone")
    if any("negation" in each.cues for each in after) and sense.tense in FINITE and not apart:
        predicate.negated = True
    elif predicate.negated and says_only(grammar, tokens, first, at):
        predicate.negated = False
    return predicate


def _of_verb_before(tokens: Sequence[Token], first: int, at: int) -> bool:
    """ "ne compte pas livrer": what stands between belongs to the verb before, and its "ne"."""
    if any("ne" in token.cues for token in tokens[first:at]):
        return False
    return any("ne" in token.cues for token in tokens[max(0, first - 4) : first])


def _periphrasis(grammar: Grammar, tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """ "vient de livrer" is done, "est en train de livrer" under way: (mode, first token)."""
    if at < 2:
        return None
    before = tokens[at - 2]
    if grammar.listed(tokens[at - 1].form, "of_infinitive"):
        if any(name == "come" for name, _ in before.auxiliaries):
            return "done", at - 2
    if "progressive" in tokens[at - 1].cues and before.auxiliaries:
        return "under way", at - 2
    return None


def _after_article(grammar: Grammar, tokens: Sequence[Token], at: int) -> bool:
    """Whether the word stands where a noun stands ("la commande", "de commandes")."""
    if at == 0 or grammar.case_marked:
        return False
    before = tokens[at - 1]
    if at > 1 and "adverb" in before.words and tokens[at - 2].auxiliaries:
        # "have all arrived"
        return False
    if at > 1 and tokens[at].verbs and grammar.listed(before.form, "object_article"):
        # "l'envoyer", "les livrer": an object pronoun before an infinitive
        if any(sense.tense == "inf" for sense in tokens[at].verbs):
            return False
    return (
        "determiner" in before.words
        or before.number
        or before.form in grammar.numbers
        or _after_adjective(grammar, tokens, at)
        or (
            (
                before.preposition in ("of", "by", "with")
                or (before.preposition is not None and tokens[at].noun is not None)
            )
            and not any(sense.tense in ("inf", "ppr") for sense in tokens[at].verbs)
        )
    )


def _after_adjective(grammar: Grammar, tokens: Sequence[Token], at: int) -> bool:
    """ "a Ukrainian request": article and nation before a word that is a noun as well."""
    return (
        grammar.adjectives_first
        and at > 1
        and tokens[at].noun is not None
        and tokens[at - 1].actor is not None
        and "determiner" in tokens[at - 2].words
    )


def _subject_near(tokens: Sequence[Token], at: int) -> bool:
    """Whether something that can be a subject stands before a finite form."""
    index = at - 1
    while index >= 0 and index >= at - 6:
        token = tokens[index]
        if token.actor is not None or token.words & {
            "pronoun_third", "pronoun_first", "relative_subject", "institution",
        } or token.capital or "such_actor" in token.cues or token.item is not None:  # fmt: skip
            return True
        if token.form in (",", ";", ":", '"', "(", ")"):
            return index > at - 3
        index -= 1
    return False
