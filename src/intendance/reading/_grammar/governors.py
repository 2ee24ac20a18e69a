"""Which predicate governs which: an infinitive or a noun takes the mode of its governor."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import Final

import msgspec

from intendance.reading._grammar.adjuncts import adjunct_mode
from intendance.reading._grammar.field import Field
from intendance.reading._grammar.field_links import link_fields
from intendance.reading._grammar.firsts import first_to
from intendance.reading._grammar.predicates import FINITE, Predicate
from intendance.reading._grammar.unwilling import has_no_ground
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token

_WISHED: Final = frozenset({"under way", "open", "expected"})
"""Modes of the verb of a clause that somebody wishes to come true."""
_CLAUSE: Final = 15
"""Tokens between "so that" and the verb of its clause."""
_HEADLINE: Final = 7
"""Tokens that the subject of a headline may take."""


def link_governors(
    grammar: Grammar,
    tokens: Sequence[Token],
    found: list[Predicate],
    fields: Sequence[Field] = (),
) -> None:
    """Gives each infinitive, nominal act or "that" clause the mode of what governs it."""
    if fields:
        link_fields(grammar, tokens, found, fields, partial(_govern, grammar, tokens))
        return
    for place, predicate in enumerate(found):
        if predicate.voice == "noun" and (
            after := _following_passive(grammar, tokens, found, place)
        ):
            _govern(grammar, tokens, predicate, after)
            continue
        for governor in reversed(found[:place]):
            if predicate.voice == "noun" and governor.event == "expand":
                # "speed up deliveries": the deliveries are as far as the speeding up
                if governor.at < predicate.at <= governor.last + 4:
                    predicate.mode, predicate.governor = governor.mode, governor.at
                    break
                continue
            if _is_silent(grammar, tokens, governor, predicate):
                if governor.event and governor.tense in FINITE and governor.voice == "active":
                    break
                continue
            perfect = predicate.tense in ("inf", "ppr") and predicate.mode == "done"
            if (
                predicate.mode not in ("open", "noun")
                and not perfect
                and not _that_clause(grammar, tokens, governor, predicate)
            ):
                continue
            if _reaches(tokens, governor, predicate, found):
                meant = _rejecting(grammar, tokens, governor, predicate)
                _govern(grammar, tokens, predicate, meant)
                break
        if predicate.voice == "noun":
            _spoken_of(tokens, predicate)
            _to_come(grammar, tokens, predicate)
        _by_place(grammar, tokens, found, place)


def _is_silent(
    grammar: Grammar, tokens: Sequence[Token], governor: Predicate, predicate: Predicate
) -> bool:
    """Whether a predicate before says nothing of how far this one has come."""
    if governor.at == predicate.at:
        return True
    silent = governor.governs in (None, "say", "light", "take")
    return silent and not _insists(grammar, tokens, governor, predicate)


def _spoken_of(tokens: Sequence[Token], predicate: Predicate) -> None:
    """A nominal act that is opposed, or only thought of."""
    if predicate.governor is not None:
        _opposed(tokens, predicate)
    elif predicate.mode == "noun" and _would_be(tokens, predicate):
        predicate.mode = "unsaid"


def _to_come(grammar: Grammar, tokens: Sequence[Token], predicate: Predicate) -> None:
    """ "confirmed the upcoming delivery": what is to come has been told, and not done."""
    around = (*tokens[max(0, predicate.first - 2) : predicate.first], *tokens[predicate.last :][:2])
    if predicate.mode in ("done", "under way", "noun") and any(
        grammar.listed(token.form, "to_come") for token in around
    ):
        predicate.mode = "announced" if predicate.mode != "noun" else "expected"


def _would_be(tokens: Sequence[Token], predicate: Predicate) -> bool:
    """ "a delivery of X would be an escalation": spoken of, not told."""
    for token in tokens[predicate.last : predicate.last + 12]:
        if token.form in (",", ";", '"'):
            return False
        if token.auxiliaries:
            return ("be", "cond") in token.auxiliaries
    return False


def _opposed(tokens: Sequence[Token], predicate: Predicate) -> None:
    """ "voted against the delivery": decided, but against it."""
    before = tokens[max(0, predicate.first - 2) : predicate.first]
    if any(token.preposition == "against" for token in before):
        predicate.mode = "refuse"


def _by_place(
    grammar: Grammar, tokens: Sequence[Token], found: list[Predicate], place: int
) -> None:
    """What a predicate that nothing governs takes from the clause that it stands in."""
    predicate = found[place]
    _reported(grammar, tokens, found, place)
    if predicate.governor is None and predicate.mode == "open":
        _coordinate(tokens, found, place)
    if predicate.voice == "participle":
        _second_participle(tokens, found, place)
    if has_no_ground(grammar, tokens, predicate):
        predicate.mode = "refuse"
    mode = adjunct_mode(grammar, tokens, found, place)
    if mode is not None:
        predicate.mode = mode
    if predicate.governs == "announce" and predicate.mode == "open" and predicate.tense == "inf":
        if any(grammar.listed(each.form, "opportunity") for each in tokens[: predicate.at][-4:]):
            # "took the opportunity to announce"
            predicate.mode = "done"
    if predicate.governor is None and predicate.mode == "open":
        first = first_to(grammar, tokens, predicate)
        if first is not None:
            predicate.first, predicate.mode = first
            return
        _headline(grammar, tokens, found, place)
    if predicate.governor is None and predicate.mode == "under way":
        _purpose(grammar, tokens, found, place)
    if grammar.case_marked and predicate.tense == "past" and predicate.mode == "done":
        _wished(tokens, predicate)


def _headline(
    grammar: Grammar, tokens: Sequence[Token], found: list[Predicate], place: int
) -> None:
    """ "Britain to send 14 tanks": a headline's infinitive right behind its subject is to come."""
    predicate = found[place]
    at = predicate.at - 1
    if predicate.tense != "inf" or at < 1 or not grammar.listed(tokens[at].form, "headline_future"):
        return
    before = tokens[at - 1]
    subject = before.actor is not None or "institution" in before.words
    main = any(
        each.tense in FINITE and each.voice in ("active", "passive") and each.first < at
        for each in found
    )
    if subject and not main and at <= _HEADLINE:
        predicate.mode = "announced"


def _second_participle(tokens: Sequence[Token], found: list[Predicate], place: int) -> None:
    """ "has delivered X and promised Y": one auxiliary serves both participles."""
    predicate = found[place]
    before = tokens[predicate.first - 1] if predicate.first else None
    if before is None or "coordinator" not in before.words:
        return
    for other in reversed(found[:place]):
        if other.voice == "active" and other.tense in FINITE:
            if tokens[other.first].auxiliaries and other.first < other.at:
                predicate.voice, predicate.mode = "active", other.mode
                predicate.tense, predicate.negated = other.tense, other.negated
            return


def _coordinate(tokens: Sequence[Token], found: list[Predicate], place: int) -> None:
    """ "will send X and replace Y": an infinitive after "and" goes with the verb before it."""
    predicate = found[place]
    before = tokens[predicate.first - 1] if predicate.first else None
    if before is None or "coordinator" not in before.words:
        return
    for other in reversed(found[:place]):
        if other.voice == "active" and (other.event or other.governs not in (None, "say")):
            predicate.mode, predicate.governor = other.mode, other.at
            return


def _reported(
    grammar: Grammar, tokens: Sequence[Token], found: list[Predicate], place: int
) -> None:
    """The conditional after "he said that" is the future of what was said then."""
    predicate = found[place]
    if predicate.tense != "cond" or predicate.mode not in ("expected", "hearsay"):
        return
    if any(name == "have" for name, _ in tokens[predicate.first].auxiliaries):
        return
    for other in reversed(found[:place]):
        if other.governs in ("say", "announce", "promise", "do", "decide"):
            between = tokens[other.last : predicate.first]
            if any(grammar.listed(token.form, "reported_that") for token in between[:4]):
                predicate.mode = "announced"
            return


def _purpose(grammar: Grammar, tokens: Sequence[Token], found: list[Predicate], place: int) -> None:
    """A present tense after "so that" or a request's "that" is wanted, not under way."""
    predicate = found[place]
    for index in range(predicate.first - 1, max(-1, predicate.first - _CLAUSE), -1):
        token = tokens[index]
        if "purpose_clause" in token.words:
            urging = _urging(grammar, tokens, found, index)
            asked = any(o.governs == "request" and o.at < index for o in found)
            predicate.mode = "request" if asked or urging is not None else "plan"
            if urging is not None:
                # who urges is the one who is spoken of, not who is to give
                predicate.tense, predicate.governor = "inf", urging.at
            return
        listed = token.form == "," and index > 0 and tokens[index - 1].actor is not None
        if (token.form in (",", ";") and not listed) or token.auxiliaries:
            return


def _urging(
    grammar: Grammar, tokens: Sequence[Token], found: list[Predicate], at: int
) -> Predicate | None:
    """ "is pressing so that A, B and C send": the verb of who urges, right before ``at``."""
    before = tokens[max(0, at - 3) : at]
    if not any(grammar.listed(token.form, "urging") for token in before):
        return None
    return next((each for each in reversed(found) if at - 4 <= each.at < at), None)


def _wished(tokens: Sequence[Token], predicate: Predicate) -> None:
    """ "proposed that all of them be sent": a past form that a word of purpose makes a wish."""
    for token in reversed(tokens[max(0, predicate.first - 14) : predicate.first]):
        if "purpose_clause" in token.words:
            predicate.mode = "unsaid"
        if token.form in (",", ";") or token.words & {"subordinator", "purpose_clause"}:
            return


def _asks(
    grammar: Grammar, tokens: Sequence[Token], governor: Predicate, predicate: Predicate
) -> bool:
    """ "wishes to get" asks for; so does "wants A to give it X", where A stands between."""
    if predicate.event == "receive" and (
        grammar.listed(governor.lemma, "lemma_wanting")
        or grammar.listed(tokens[governor.at].form, "hoping_phrase")
    ):
        return True
    if predicate.event not in ("deliver", "equip"):
        return False
    if predicate.tense in FINITE and predicate.mode in _WISHED:
        # "demands that A supply X"
        if _wishes(grammar, governor) or _insists(grammar, tokens, governor, predicate):
            return True
    if not grammar.listed(governor.lemma, "lemma_wishing") or predicate.tense != "inf":
        return False
    return any(
        token.actor is not None or "institution" in token.words
        for token in tokens[governor.last : predicate.first]
    )


def _wishes(grammar: Grammar, governor: Predicate) -> bool:
    """ "demands that", "souhaite que": what is wished for is not done."""
    if governor.negated or governor.voice != "active":
        return False
    return governor.governs == "request" or grammar.listed(governor.lemma, "lemma_wanting")


def _insists(
    grammar: Grammar, tokens: Sequence[Token], governor: Predicate, predicate: Predicate
) -> bool:
    """ "insists that A deliver X", in the form that only wishes have; "delivers" would be told."""
    token = tokens[predicate.at]
    return (
        grammar.listed(governor.lemma, "lemma_insisting")
        and token.form == predicate.lemma
        and predicate.first == predicate.at
    )


def _govern(
    grammar: Grammar, tokens: Sequence[Token], predicate: Predicate, governor: Predicate
) -> None:
    predicate.governor = governor.at
    governs = governor.governs or "do"
    if _asks(grammar, tokens, governor, predicate):
        predicate.mode = "request"
        return
    if _leaves_open(grammar, governor, predicate):
        predicate.mode = "unsaid"
        return
    if predicate.tense in ("inf", "ppr") and predicate.mode == "done" and governs != "deny":
        # "announces having delivered": done, whoever says it
        return
    if governs == "announce" and governor.mode == "done" and _told_as_done(tokens, predicate):
        # "announced that it handed over X": done, whoever says it
        return
    predicate.mode = _governed_mode(predicate, governor, governs)
    if governor.negated:
        # "aucune livraison n'est prévue" denies once
        predicate.negated = predicate.voice == "noun" or not predicate.negated


def _governed_mode(predicate: Predicate, governor: Predicate, governs: str) -> str:
    if governs in ("do", "say"):
        return governor.mode if predicate.mode in ("open", "noun") else predicate.mode
    if governor.mode == "deny" and governs != "deny":
        # "denied that it had agreed to send"
        return "deny"
    if governor.mode == "hearsay" and governs in ("announce", "decide", "promise"):
        return "expected"
    if governor.mode in ("able", "expected", "open") and governs in ("decide", "announce"):
        return "consider"
    if governor.voice == "noun" and governs == "permit" and governor.mode == "request":
        # "asks for leave to export": means to, if allowed
        return "plan"
    if governor.mode == "refuse" and (said := _refused(governor)) is not None:
        return said
    return governs


def _told_as_done(tokens: Sequence[Token], predicate: Predicate) -> bool:
    """A finite past; the French imperfect by itself is what the present was in speech."""
    if predicate.mode != "done" or predicate.voice not in ("active", "passive"):
        return False
    compound = any(token.auxiliaries for token in tokens[predicate.first : predicate.at])
    return predicate.tense in FINITE and (compound or predicate.tense not in ("imp", "imps"))


def _refused(governor: Predicate) -> str | None:
    """ "refused to rule out sending" considers it; "rejected a request to deliver" refuses."""
    if governor.governs == "refuse" and governor.governor is not None:
        return "consider"
    return "refuse" if governor.voice == "noun" else None


def _leaves_open(grammar: Grammar, governor: Predicate, predicate: Predicate) -> bool:
    """ "would not confirm the delivery", "may halt it": says nothing of what is or will be."""
    confirming = governor.negated and grammar.listed(governor.lemma, "lemma_confirming")
    if predicate.tense in FINITE and grammar.listed(governor.lemma, "lemma_hoping"):
        # "hopes that B will give": B has said nothing
        return predicate.voice != "noun"
    return confirming or (governor.mode == "able" and governor.governs == "refuse")


def _following_passive(
    grammar: Grammar, tokens: Sequence[Token], found: list[Predicate], place: int
) -> Predicate | None:
    """ "la livraison de X a été approuvée / est prévue": the governor stands after its subject."""
    noun = found[place]
    for other in found[place + 1 : place + 3]:
        begins = grammar.listed(other.lemma, "lemma_beginning") and other.voice == "active"
        if begins and other.first - noun.at < 14:
            began = "announced" if _is_to_come(other) else "under way"
            return msgspec.structs.replace(other, mode=began)
        if other.event == "arrive" and other.tense in FINITE and other.first - noun.at < 14:
            between = tokens[noun.last : other.first]
            if noun.event == "deliver" and not any(t.form in (",", ";") for t in between):
                # "a Spanish delivery of 20 X has arrived"
                return msgspec.structs.replace(other, governs="do", negated=other.negated)
        if other.voice == "phrase" and other.governs in ("refuse", "deny"):
            # "the delivery of X is no longer on the table", "never took place"
            between = tokens[noun.last : other.first]
            if len(between) < 14 and not any(t.form in (",", ";") for t in between):
                return msgspec.structs.replace(other, negated=False)
        short = grammar.case_marked and other.voice == "participle" and other.tense == "pp"
        passive = short or other.voice == "passive"
        if passive and other.governs and other.first - noun.at < 14:
            between = tokens[noun.last : other.first]
            if not any(token.form in (",", ";", ".") for token in between):
                return other
    return None


def _rejecting(
    grammar: Grammar, tokens: Sequence[Token], governor: Predicate, predicate: Predicate
) -> Predicate:
    """ "rejected claims that A had sent": the governor denies, it refuses nothing."""
    between = tokens[governor.last : predicate.first]
    if governor.governs == "refuse" and any(
        grammar.listed(token.form, "said_noun") for token in between
    ):
        return msgspec.structs.replace(governor, governs="deny")
    return governor


def _is_to_come(predicate: Predicate) -> bool:
    return predicate.tense in ("fut", "cond") or predicate.mode in ("announced", "expected")


def _that_clause(
    grammar: Grammar, tokens: Sequence[Token], governor: Predicate, predicate: Predicate
) -> bool:
    hoping = grammar.listed(governor.lemma, "lemma_hoping")
    wished = predicate.mode in _WISHED and (
        _wishes(grammar, governor) or _insists(grammar, tokens, governor, predicate)
    )
    if not hoping and not wished and governor.governs not in (
        "announce", "decide", "deny", "consider", "refuse",
    ):  # fmt: skip
        return False
    between = tokens[governor.last : predicate.first]
    if grammar.listed(governor.lemma, "omits_that") and 0 < len(between) <= 4:
        return not any(not token.word for token in between)
    opens = next((at for at, token in enumerate(between) if grammar.listed(token.form, "that")), -1)
    if grammar.case_marked and opens >= 0 and not any(token.verbs for token in between[:opens]):
        # "denied reports to the effect that the government there had secretly sent"
        return opens <= 6 and len(between) <= 16 and not any(each.verbs for each in between[opens:])
    return len(between) < 8 and 0 <= opens < 3


def _reaches(
    tokens: Sequence[Token],
    governor: Predicate,
    predicate: Predicate,
    found: Sequence[Predicate],
) -> bool:
    between = tokens[governor.last : predicate.first]
    if predicate.tense == "inf" and any(
        one.form == "," and "relative_subject" in two.words for one, two in pairwise(between)
    ):
        # "pledged 18 more, which will take years to build"
        return False
    if len(between) > 24 or any(token.form in (";", ".", ":") for token in between):
        return False
    if predicate.tense == "inf" and any(
        one.form == "," and two.auxiliaries for one, two in pairwise(between)
    ):
        # "who had promised B guns, has campaigned to press others": the main verb lies between
        return False
    for other in found:
        if governor.at < other.first and other.at < predicate.first and other.voice != "noun":
            if other.mode not in ("open", "noun") and other.governor != governor.at:
                if other.tense in FINITE and other.voice == "active" and other.governs is None:
                    return False
    if predicate.voice == "noun":
        limit = 8 if governor.governs != "do" else 4
        return len(between) <= limit or governor.voice == "noun"
    return len(between) <= 6 or all(token.form != '"' for token in between)
