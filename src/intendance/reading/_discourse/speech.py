"""Who says what a sentence says: speakers, quotes, and chains of citation."""

from __future__ import annotations

import msgspec

from intendance.reading._discourse.memory import Memory
from intendance.reading._grammar.clauses import Analysis
from intendance.reading._grammar.groups import ActorGroup
from intendance.reading._grammar.predicates import Predicate
from intendance.reading._grammar.speakers import cited_actors, loose_source, unnamed_speaker
from intendance.reading._grammar.subjects import after_quote, reports_clause, subject_of

ANONYMOUS = ("official", "senior-official", "source", "spokesperson")
"""Roles that, said again without a nation, mean the one who spoke before."""


_PROMISING = frozenset({"promise", "offer", "refuse", "deny", "request"})


class Speech(msgspec.Struct):
    """The speaker of a sentence and the chain behind it, nearest first.

    ``scope`` is the token range that the speaker answers for; ``alleged`` marks accusation or
    doubt; ``first_person`` whom "we" means; ``cited`` for whom the one after "according to" speaks.
    """

    speaker: str | None = None
    attribution: tuple[str, ...] = ()
    scope: tuple[int, int] = (0, 0)
    alleged: bool = False
    first_person: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()


def read_speech(analysis: Analysis, memory: Memory, text: str) -> Speech:
    """The speech of one sentence; remembers the speaker for what follows."""
    whole = (0, len(analysis.tokens))
    speech = Speech(scope=whole)
    saying = _saying(analysis)
    subject = subject_of(analysis, saying).actor if saying is not None else None
    if subject is None and saying is None:
        subject = _after_quote(analysis) or _heading(analysis)
    cited = cited_actors(analysis)
    unnamed = unnamed_speaker(analysis, saying) if not cited else None
    subject = unnamed or subject
    speech.cited = next((group.ids for group in cited if group.ids and not group.outlet), ())
    found = subject is not None and _by_subject(analysis, memory, speech, saying, subject)
    if not found and ('"' in text or memory.quote_open):
        speech.speaker, speech.first_person = memory.speaker, memory.speaker_ids
    outlets = tuple(group.ids[0] for group in analysis.actors if group.outlet and group in cited)
    if subject is not None and subject.outlet:
        outlets = (subject.ids[0], *(each for each in outlets if each != subject.ids[0]))
        speech.speaker = None
    roles = tuple(
        group.speaker for group in cited if not group.outlet and group.speaker is not None
    )
    speech.attribution = (*outlets, *roles)
    if roles and speech.speaker is None:
        speech.speaker = roles[-1]
    if speech.speaker is None and saying is None and not outlets:
        _unspoken(analysis, memory, speech)
    if speech.speaker is not None and _points_back(analysis, saying):
        # "Das sagte der Minister": what the sentence before said
        if memory.last_speech is not None and memory.last_speech.speaker is None:
            memory.last_speech.speaker = speech.speaker
    memory.last_speech = speech
    speech.alleged = "alleged" in analysis.cues
    loose = loose_source(analysis, saying)
    if loose is not None:
        speech.alleged = True
        if subject is None or not subject.speaker or subject.adjective or subject is unnamed:
            speech.speaker, speech.first_person = loose, ()
    _remember(memory, speech, saying, text)
    return speech


def _by_subject(
    analysis: Analysis,
    memory: Memory,
    speech: Speech,
    saying: Predicate | None,
    subject: ActorGroup,
) -> bool:
    """Speaker and "we" of a verb of saying, by its subject; whether the subject tells."""
    if saying is not None and subject.pronoun == "third":
        speech.speaker, speech.first_person = memory.speaker, memory.speaker_ids
        if memory.person is not None:
            speech.speaker, speech.first_person = memory.person
    elif subject.ids and (subject.speaker or not subject.outlet):
        spoken = saying is not None and (
            saying.governs == "say" or analysis.grammar.listed(saying.lemma, "lemma_speaking")
        )
        speech.speaker = subject.speaker or (_body(analysis, subject) if spoken else None)
        speech.first_person = subject.ids
    elif subject.pronoun == "nation":
        speech.speaker = analysis.tokens[subject.first].form
        speech.first_person = memory.speaker_ids
    elif subject.office:
        speech.speaker = _known_office(subject, memory)
        speech.first_person = memory.speaker_ids
    elif subject.pronoun == "maker":
        named = [group.ids for group in analysis.actors if group.maker and group.ids]
        speech.first_person = named[-1] if named else memory.maker
        speech.speaker = speech.first_person[0] if speech.first_person else None
    else:
        return False
    return True


def _body(analysis: Analysis, subject: ActorGroup) -> str:
    """ "the Finnish defence ministry": the body and whose it is; else the nation alone."""
    grammar, named = analysis.grammar, subject.ids[0]
    body = next(
        (
            token.form
            for token in analysis.tokens[subject.first : subject.last]
            if "national" in token.words and grammar.adjectives_first
        ),
        None,
    )
    return named if body is None or len(subject.ids) > 1 else f"{body}:{named}"


def _unspoken(analysis: Analysis, memory: Memory, speech: Speech) -> None:
    """The speaker of what goes on in reported mood, or of a promise that an office-holder makes."""
    tokens, grammar = analysis.tokens, analysis.grammar
    reported = grammar.lists.get("reported_mood", ())
    if any(token.form in reported for token in tokens):
        speech.speaker, speech.first_person = memory.speaker, memory.speaker_ids
        return
    for predicate in analysis.predicates:
        if predicate.governs not in _PROMISING or predicate.voice != "active":
            continue
        subject = subject_of(analysis, predicate).actor
        if subject is not None and subject.speaker is not None:
            speech.speaker = subject.speaker
            return
        if subject is not None and subject.pronoun == "third" and memory.person is not None:
            speech.speaker, speech.first_person = memory.person
            return


def _points_back(analysis: Analysis, saying: Predicate | None) -> bool:
    first = analysis.tokens[0].form
    return saying is not None and saying.at <= 2 and analysis.grammar.listed(first, "points_back")


def _saying(analysis: Analysis) -> Predicate | None:
    found = [
        each
        for each in analysis.predicates
        if each.voice == "active"
        and (
            each.governs in ("say", "announce")
            or analysis.grammar.listed(each.lemma, "lemma_speaking")
        )
    ]
    quoted = [
        each
        for each in analysis.predicates
        if each.governs and each.voice == "active" and _closes_quote(analysis, each)
    ]
    if quoted:
        return quoted[0]
    strict = [each for each in found if each.governs != "announce" and each.mode != "open"]
    return strict[0] if strict else (found[0] if found else None)


def _closes_quote(analysis: Analysis, predicate: Predicate) -> bool:
    """ "... ", promised the president": whoever follows the quote has spoken it."""
    return after_quote(analysis.tokens, predicate) or reports_clause(analysis, predicate)


def _after_quote(analysis: Analysis) -> ActorGroup | None:
    """ "...", and a verb that we don't know, and somebody: who follows the quote has said it."""
    tokens = analysis.tokens
    for group in analysis.actors:
        if group.role is not None or group.adjective or group.outlet or group.first < 4:
            continue
        for at in range(group.first - 1, max(1, group.first - 6), -1):
            if tokens[at].auxiliaries:
                if tokens[at - 1].form == "," and tokens[at - 2].form == '"':
                    return group
                break
            if not tokens[at].word:
                break
    return None


def _heading(analysis: Analysis) -> ActorGroup | None:
    """ "The minister: we have signed": who stands before the colon says what follows."""
    first = next((g for g in analysis.actors if g.first <= 1), None)
    if first is None or first.role is not None or first.adjective or first.outlet:
        return None
    tokens = analysis.tokens
    colon = first.last < len(tokens) and tokens[first.last].form == ":"
    return first if colon and (first.speaker is not None or first.ids) else None


def _known_office(subject: ActorGroup, memory: Memory) -> str | None:
    """ "le responsable" without a nation is the speaker of before, else the role alone."""
    if memory.speaker is not None and subject.speaker in ANONYMOUS:
        return memory.speaker
    return subject.speaker


def _remember(memory: Memory, speech: Speech, saying: Predicate | None, text: str) -> None:
    if saying is not None and speech.speaker is not None:
        memory.speaker, memory.speaker_ids = speech.speaker, speech.first_person
    memory.quote_open = text.count('"') % 2 == 1
