"""Predicates: verb groups and nominal acts, with how far each has come (its mode)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from intendance.reading._grammar.brackets import Bracket, bracket_at
from intendance.reading._language import Grammar, Sense
from intendance.reading._tokens import Token

FINITE: Final = frozenset({"pres", "imp", "past", "fut", "cond"})
_WITH_HAVE: Final = {
    "pres": "done", "imp": "done", "past": "done", "inf": "done", "ppr": "done",
    "cond": "hearsay", "fut": "announced",
}  # fmt: skip
_WITH_BE: Final = {
    "pres": "under way", "imp": "done", "past": "done", "fut": "announced", "cond": "hearsay",
    "inf": "open", "ppr": "under way", "pp": "done",
}  # fmt: skip
_PLAIN: Final = {
    "pres": "under way", "imp": "done", "past": "done", "fut": "announced", "cond": "expected",
    "inf": "open", "ppr": "done", "pp": "done",
}  # fmt: skip
_BEGINS: Final = {"commencer": "under way", "débuter": "under way", "entamer": "under way"}
_LEFT: Final = 7


class Predicate(msgspec.Struct):
    """One act said in a sentence, at ``tokens[first:last]``; ``at`` is the word that names it.

    ``mode``: done, under way, announced, expected, open (an infinitive without a governor),
    hearsay; or what governs it: promise, offer, decide, announce, plan, consider, refuse, deny,
    request, need, ready, able. ``voice``: active, passive, participle, noun.
    ``governor`` is the index of the word that governs it, and whose subject is its subject.
    """

    first: int
    last: int
    at: int
    event: str
    mode: str
    voice: str
    negated: bool = False
    governor: int | None = None
    addressee: bool = False
    conditional: str | None = None
    tense: str = ""
    governs: str | None = None
    lemma: str = ""


def find_predicates(grammar: Grammar, tokens: Sequence[Token]) -> list[Predicate]:
    """The predicates of a sentence in order: events, governors and verbs of saying."""
    found: list[Predicate] = []
    for at, token in enumerate(tokens):
        if token.entities and token.item is not None and not token.verbs:
            if token.noun is None:
                continue
        predicate = _verb(grammar, tokens, at) if token.verbs else None
        if predicate is None and token.noun is not None:
            predicate = _noun(grammar, tokens, at)
        if "support" in token.cues:
            predicate = _light(tokens, at, found)
        if "permitting" in token.cues:
            predicate = _permission(tokens, at, found)
        if predicate is None:
            predicate = _phrase(tokens, at)
        if predicate is not None and not _other_sense(tokens, predicate):
            found.append(predicate)
    return found


def _other_sense(tokens: Sequence[Token], predicate: Predicate) -> bool:
    """ "engagé dans un conflit" promises nothing: the verb promises only with "se"."""
    if predicate.lemma != "engager":
        return False
    around = tokens[max(0, predicate.first - 1) : predicate.at]
    return not any("reflexive" in token.words for token in around)


def _verb(grammar: Grammar, tokens: Sequence[Token], at: int) -> Predicate | None:
    token = tokens[at]
    if token.entities and not token.capital and token.actor is None and token.item is not None:
        return None
    nominal = _after_article(grammar, tokens, at)
    if nominal and not all(sense.tense == "pp" for sense in token.verbs):
        return None
    if grammar.code == "en" and token.noun is not None and _before_of(tokens, at):
        if not any(sense.tense in FINITE or sense.tense == "pp" for sense in token.verbs):
            # "training of crews": the act's noun, not its gerund
            return None
    senses = {sense.tense: sense for sense in reversed(token.verbs)}
    auxiliary = _auxiliary(grammar, tokens, at)
    bracket = bracket_at(grammar, tokens, at)
    if bracket is not None and (framed := _framed(tokens, at, senses, bracket)) is not None:
        return framed
    if auxiliary is not None and auxiliary[0] == "be" and _progressive(senses):
        return _going_on(at, senses["ppr"], auxiliary)
    if auxiliary is None and _reduced(grammar, tokens, at, senses):
        made = _plain(grammar, tokens, at, senses["pp"])
        made.voice = "participle"
        return made
    if "pp" in senses and auxiliary is not None and not _same_form(tokens, senses, auxiliary):
        return _compound(tokens, at, senses["pp"], auxiliary)
    if (
        auxiliary is not None
        and "inf" in senses
        and auxiliary[0] in ("go", "must", "can", "come", "will")
    ):
        return _modal(tokens, at, senses["inf"], auxiliary)
    if "inf" in senses and (near := _periphrasis(tokens, at)) is not None:
        made = _made(near[1], at, senses["inf"], near[0], "active")
        made.tense = "pres"
        return made
    finite = next(
        (senses[tense] for tense in ("fut", "cond", "imp", "past", "pres") if tense in senses), None
    )
    if finite is not None and not ("pp" in senses and not _subject_near(grammar, tokens, at)):
        if (
            finite.tense == "pres"
            and not _subject_near(grammar, tokens, at)
            and token.noun is not None
        ):
            return None
        return _plain(grammar, tokens, at, finite)
    if _bare_present(grammar, tokens, at, senses):
        return _plain(grammar, tokens, at, senses["inf"]._replace(tense="pres"))
    for tense in ("inf", "ppr", "pp"):
        if tense in senses:
            voice = "participle" if tense == "pp" else "active"
            made = _plain(grammar, tokens, at, senses[tense])
            made.voice = voice
            return made
    return None


def _framed(
    tokens: Sequence[Token], at: int, senses: dict[str, Sense], bracket: Bracket
) -> Predicate | None:
    """A predicate whose objects stand before its verb, inside the bracket: they follow ``last``."""
    name, tense = bracket.auxiliary, bracket.tense or "inf"
    if name is None:
        finite = next((senses[t] for t in ("pres", "past", "imp") if t in senses), None)
        if bracket.final and finite is None:
            return None
        sense = finite if bracket.final and finite else senses.get("inf")
        if sense is None:
            return None
        made = _made(bracket.opener, at, sense, _PLAIN[sense.tense], "active")
    elif (
        "pp" in senses
        and name in ("have", "be", "will", "must", "can")
        and not ("inf" in senses and name in ("will", "must", "can") and not bracket.passive)
    ):
        # (not "soll ... erhalten", whose infinitive looks like the participle)
        auxiliary = (name, tense, bracket.opener, bracket.negated, False)
        made = _compound(tokens, at, senses["pp"], auxiliary)
        if name == "be":
            # "ist bestellt", "wurde geliefert", "ist geliefert worden"
            made.mode = "done"
    elif "inf" in senses and name in ("will", "must", "can"):
        made = _modal(tokens, at, senses["inf"], (name, tense, bracket.opener, False, False))
        made.tense = tense
    else:
        return None
    made.negated = bracket.negated
    made.first, made.last = bracket.opener, bracket.opener + 1
    return made


def _before_of(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].preposition == "of"


def _same_form(
    tokens: Sequence[Token], senses: dict[str, Sense], auxiliary: tuple[str, str, int, bool, bool]
) -> bool:
    """ "will set aside": infinitive and participle are one form, and no "be" stands before it."""
    name, _, index, _, _ = auxiliary
    modal = name in ("go", "must", "can", "come", "will")
    return modal and "inf" in senses and not tokens[index].form.endswith(" be")


def _progressive(senses: dict[str, Sense]) -> bool:
    """ "is sending": a form in "-ing" that the data lists as infinitive and participle."""
    return "ppr" in senses and "inf" in senses


def _going_on(at: int, sense: Sense, auxiliary: tuple[str, str, int, bool, bool]) -> Predicate:
    _, tense, index, negated, _ = auxiliary
    predicate = _made(index, at, sense, "under way", "active")
    predicate.negated, predicate.tense = negated, tense
    return predicate


def _reduced(grammar: Grammar, tokens: Sequence[Token], at: int, senses: dict[str, Sense]) -> bool:
    """ "tanks sent to Ukraine", "weapons supplied by A": a participle after its noun."""
    if grammar.code != "en" or not {"pp", "past"} <= senses.keys() or at == 0:
        return False
    if at + 1 >= len(tokens) or tokens[at - 1].actor is not None:
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    named = (
        before.item is not None
        or before.form in ("those", "ones")
        or before.form in grammar.anaphors
    )
    return named and (after.preposition in ("by", "to", "from", "for") or not after.word)


def _bare_present(
    grammar: Grammar, tokens: Sequence[Token], at: int, senses: dict[str, Sense]
) -> bool:
    """ "the allies send", "beide Länder liefern": the base form after a plural subject."""
    sense = senses.get("inf")
    if grammar.code == "fr" or sense is None or at == 0 or tokens[at].form != sense.lemma:
        return False
    index = at - 1
    while index > 0 and "adverb" in tokens[index].words and tokens[index].form != "zu":
        index -= 1
    before = tokens[index]
    if before.form in ("to", "zu") or before.preposition is not None or before.auxiliaries:
        return False
    if any(token.auxiliaries for token in tokens[max(0, at - 4) : at]):
        return False
    return (
        before.actor is not None
        or before.item is not None
        or before.form in grammar.anaphors
        or bool(
            before.words & {"pronoun_first", "pronoun_third", "institution", "relative_subject"}
        )
        or "such_actor" in before.cues
    )


def _plain(grammar: Grammar, tokens: Sequence[Token], at: int, sense: Sense) -> Predicate:
    predicate = _made(at, at, sense, _PLAIN[sense.tense], "active")
    if sense.lemma == "attendre" and predicate.mode == "under way":
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
    after = tokens[at + 1 : at + 3]
    if any("negation" in each.cues for each in after) and sense.tense in FINITE:
        predicate.negated = True
    elif predicate.negated and _only(tokens, first, at):
        predicate.negated = False
    return predicate


def _only(tokens: Sequence[Token], first: int, at: int) -> bool:
    """ "ne livrera X que si": only, not never."""
    if any("negation" in token.cues for token in tokens[max(0, first - 6) : at]):
        return False
    return any(
        token.form in ("que", "qu'") and not token.words for token in tokens[at + 1 : at + 9]
    )


def _periphrasis(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """ "vient de livrer" is done, "est en train de livrer" under way: (mode, first token)."""
    if at < 2:
        return None
    before = tokens[at - 2]
    if tokens[at - 1].form in ("de", "d'") and any(n == "come" for n, _ in before.auxiliaries):
        return "done", at - 2
    if "progressive" in tokens[at - 1].cues and before.auxiliaries:
        return "under way", at - 2
    return None


def _auxiliary(
    grammar: Grammar, tokens: Sequence[Token], at: int
) -> tuple[str, str, int, bool, bool] | None:
    """(auxiliary, tense, index, negated, been) found to the left over adverbs and clitics."""
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
            if (
                grammar.code != "fr"
                and readings.get("be") == "inf"
                and _modal_before(tokens, index)
            ):
                index -= 1
                continue
            name, tense = token.auxiliaries[0]
            negated = negated or any(
                each.cues & {"ne"} or each.form in ("not", "n't", "nicht", "kein")
                for each in tokens[max(0, index - 2) : at]
            )
            return name, tense, index, negated, been
        if token.cues & {"negation", "ne"}:
            negated = True
        elif not (
            token.words & {"adverb", "reflexive"}
            or token.form
            in ("t", "-", "il", "elle", "ils", "elles", "on", "chacun", "conjointement")
            or token.cues & {"already", "sofar", "more"}
        ):
            return None
        index -= 1
    return None


def _modal_before(tokens: Sequence[Token], index: int) -> bool:
    """ "will soon be delivered": a modal left of "be", over adverbs."""
    while index > 0:
        index -= 1
        token = tokens[index]
        if token.auxiliaries:
            return token.auxiliaries[0][0] in ("go", "will", "must", "can", "come")
        if "adverb" not in token.words and not token.cues & {"negation", "ne"}:
            return False
    return False


def _compound(
    tokens: Sequence[Token], at: int, sense: Sense, auxiliary: tuple[str, str, int, bool, bool]
) -> Predicate:
    name, tense, index, negated, been = auxiliary
    reflexive = index > 0 and "reflexive" in tokens[index - 1].words
    if name in ("have", "come"):
        predicate = _made(index, at, sense, _WITH_HAVE.get(tense, "done"), "active")
        predicate.voice = "passive" if been else "active"
    elif name == "be" and not been:
        if reflexive or sense.event in ("arrive",):
            predicate = _made(index, at, sense, _WITH_HAVE.get(tense, "done"), "active")
        else:
            predicate = _made(index, at, sense, _WITH_BE.get(tense, "done"), "passive")
    elif name in ("must", "can", "go", "will"):
        mode = {"go": "announced", "will": "announced", "must": "expected"}.get(name, "able")
        predicate = _made(index, at, sense, mode, "passive")
    else:
        predicate = _made(index, at, sense, "done", "passive")
    if reflexive:
        predicate.first = index - 1
    predicate.negated = negated and not _only(tokens, index, at)
    predicate.tense = tense
    return predicate


def _modal(
    tokens: Sequence[Token], at: int, sense: Sense, auxiliary: tuple[str, str, int, bool, bool]
) -> Predicate:
    name, tense, index, negated, been = auxiliary
    mode = {
        "go": "announced", "will": "announced", "come": "done", "must": "expected", "can": "able",
    }[name]  # fmt: skip
    if name == "must" and tense == "cond":
        mode = "expected"
    predicate = _made(index, at, sense, mode, "active")
    predicate.negated = negated
    return predicate


def _noun(grammar: Grammar, tokens: Sequence[Token], at: int) -> Predicate | None:
    act = tokens[at].noun
    if act is None:
        return None
    predicate = Predicate(at, at + 1, at, act.event or "", "noun", "noun")
    predicate.governs = act.governs
    predicate.negated = any(each.cues & {"negation"} and each.form not in ("plus",)
                            for each in tokens[max(0, at - 2) : at])  # fmt: skip
    return predicate


def _permission(tokens: Sequence[Token], at: int, found: list[Predicate]) -> Predicate:
    """ "gave its green light": giving or refusing leave, not giving a thing."""
    for other in reversed(found):
        if 0 < at - other.at <= 4 and other.voice in ("active", "passive"):
            found.remove(other)
            refused = other.governs == "refuse"
            return msgspec.structs.replace(
                other, last=at + 1, event="", governs="permit", negated=other.negated or refused
            )
    return Predicate(at, at + 1, at, "", "under way", "phrase", governs="permit")


def _light(tokens: Sequence[Token], at: int, found: list[Predicate]) -> Predicate | None:
    """ "made a gift of", "put at the disposal of": a light verb and its noun deliver together."""
    for other in reversed(found):
        if other.governs == "light" and 0 < at - other.at <= 3:
            found.remove(other)
            return msgspec.structs.replace(other, last=at + 1, at=at, event="deliver", governs=None)
    noun = tokens[at].noun
    return Predicate(at, at + 1, at, noun.event or "", "noun", "noun") if noun else None


def _phrase(tokens: Sequence[Token], at: int) -> Predicate | None:
    cues = tokens[at].cues
    for name, event, governs in (
        ("need", "need", "need"),
        ("ready", "", "ready"),
        ("refusing", "", "refuse"),
        ("goal", "", "plan"),
        ("repairing", "repair", None),
        ("cannibalised", "cannibalise", None),
        ("depleted", "deplete", None),
        ("covers", "include", None),
    ):
        if name in cues:
            predicate = Predicate(at, at + 1, at, event, "under way", "phrase")
            predicate.governs = governs
            return predicate
    return None


def _made(first: int, at: int, sense: Sense, mode: str, voice: str) -> Predicate:
    predicate = Predicate(first, at + 1, at, sense.event or "", mode, voice)
    predicate.governs = sense.governs
    predicate.tense, predicate.lemma = sense.tense, sense.lemma
    return predicate


def _after_article(grammar: Grammar, tokens: Sequence[Token], at: int) -> bool:
    """Whether the word stands where a noun stands ("la commande", "de commandes")."""
    if at == 0:
        return False
    before = tokens[at - 1]
    if before.form in ("l'", "la", "le", "les") and tokens[at].verbs and at > 1:
        # "l'envoyer", "les livrer": an object pronoun before an infinitive
        if any(sense.tense == "inf" for sense in tokens[at].verbs):
            return False
    return (
        "determiner" in before.words
        or before.number
        or before.form in grammar.numbers
        or (
            before.preposition in ("of", "by", "with")
            and not any(sense.tense in ("inf", "ppr") for sense in tokens[at].verbs)
        )
    )


def _subject_near(grammar: Grammar, tokens: Sequence[Token], at: int) -> bool:
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


def link_governors(grammar: Grammar, tokens: Sequence[Token], found: list[Predicate]) -> None:
    """Gives each infinitive, nominal act or "that" clause the mode of what governs it."""
    for place, predicate in enumerate(found):
        if predicate.voice == "noun" and (after := _following_passive(tokens, found, place)):
            _govern(predicate, after)
            continue
        for governor in reversed(found[:place]):
            if predicate.voice == "noun" and governor.event == "expand":
                # "speed up deliveries": the deliveries are as far as the speeding up
                if governor.at < predicate.at <= governor.last + 4:
                    predicate.mode, predicate.governor = governor.mode, governor.at
                    break
                continue
            if governor.governs in (None, "say", "light") or governor.at == predicate.at:
                if governor.event and governor.tense in FINITE and governor.voice == "active":
                    break
                continue
            perfect = predicate.tense == "inf" and predicate.mode == "done"
            if (
                predicate.mode not in ("open", "noun")
                and not perfect
                and not _that_clause(tokens, governor, predicate)
            ):
                continue
            if _reaches(grammar, tokens, governor, predicate, found):
                _govern(predicate, governor)
                break
        _reported(tokens, found, place)
        if predicate.governor is None and predicate.mode == "open":
            _coordinate(tokens, found, place)
        if predicate.governor is None and predicate.mode == "under way":
            _purpose(tokens, found, place)


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


def _reported(tokens: Sequence[Token], found: list[Predicate], place: int) -> None:
    """The conditional after "he said that" is the future of what was said then."""
    predicate = found[place]
    if predicate.tense != "cond" or predicate.mode not in ("expected", "hearsay"):
        return
    if any(name == "have" for name, _ in tokens[predicate.first].auxiliaries):
        return
    for other in reversed(found[:place]):
        if other.governs in ("say", "announce", "promise"):
            between = tokens[other.last : predicate.first]
            if any(token.form in ("que", "qu'") for token in between[:4]):
                predicate.mode = "announced"
            return


def _purpose(tokens: Sequence[Token], found: list[Predicate], place: int) -> None:
    """A present tense after "so that" or a request's "that" is wanted, not under way."""
    predicate = found[place]
    for index in range(predicate.first - 1, max(-1, predicate.first - 9), -1):
        token = tokens[index]
        if "purpose_clause" in token.words:
            asked = any(o.governs == "request" and o.at < index for o in found)
            predicate.mode = "request" if asked else "plan"
            return
        if token.form in (",", ";") or token.auxiliaries:
            return


def _govern(predicate: Predicate, governor: Predicate) -> None:
    predicate.governor = governor.at
    governs = governor.governs or "do"
    if predicate.tense == "inf" and predicate.mode == "done" and governs != "deny":
        # "announces having delivered": done, whoever says it
        return
    if governs in ("do", "say"):
        if predicate.mode in ("open", "noun"):
            predicate.mode = governor.mode
    elif governor.mode == "hearsay" and governs in ("announce", "decide", "promise"):
        predicate.mode = "expected"
    elif governor.mode in ("able", "expected", "open") and governs in ("decide", "announce"):
        predicate.mode = "consider"
    elif governor.voice == "noun" and governor.mode == "refuse":
        # "rejected a request to deliver"
        predicate.mode = "refuse"
    else:
        predicate.mode = governs
    if governor.negated:
        # "aucune livraison n'est prévue" denies once
        predicate.negated = predicate.voice == "noun" or not predicate.negated


def _following_passive(
    tokens: Sequence[Token], found: list[Predicate], place: int
) -> Predicate | None:
    """ "la livraison de X a été approuvée / est prévue": the governor stands after its subject."""
    noun = found[place]
    for other in found[place + 1 : place + 3]:
        if other.lemma in _BEGINS and other.voice == "active" and other.first - noun.at < 14:
            return msgspec.structs.replace(other, mode=_BEGINS[other.lemma])
        if other.voice == "passive" and other.governs and other.first - noun.at < 14:
            between = tokens[noun.last : other.first]
            if not any(token.form in (",", ";", ".") for token in between):
                return other
    return None


def _that_clause(tokens: Sequence[Token], governor: Predicate, predicate: Predicate) -> bool:
    if governor.governs not in ("announce", "decide", "deny", "consider", "refuse"):
        return False
    between = tokens[governor.last : predicate.first]
    return len(between) < 8 and any(
        token.form in ("que", "qu'", "that", "dass") for token in between[:3]
    )


def _reaches(
    grammar: Grammar,
    tokens: Sequence[Token],
    governor: Predicate,
    predicate: Predicate,
    found: Sequence[Predicate],
) -> bool:
    between = tokens[governor.last : predicate.first]
    if len(between) > 24 or any(token.form in (";", ".", ":") for token in between):
        return False
    for other in found:
        if governor.at < other.first and other.at < predicate.first and other.voice != "noun":
            if other.mode not in ("open", "noun") and other.governor != governor.at:
                if other.tense in FINITE and other.voice == "active" and other.governs is None:
                    return False
    if predicate.voice == "noun":
        limit = 8 if governor.governs != "do" else 4
        return len(between) <= limit or governor.voice == "noun"
    if any(token.form in ('"',) for token in between) and len(between) > 6:
        return False
    return True
