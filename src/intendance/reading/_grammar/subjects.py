"""Who or what the subject of a predicate is, and who its agent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intendance.reading._grammar.analysis import Analysis, Subject
from intendance.reading._grammar.clauses import clause_start, is_clause, right_end
from intendance.reading._grammar.field_roles import field_subject
from intendance.reading._grammar.free_order import nominative_after, says_we
from intendance.reading._grammar.groups import ActorGroup
from intendance.reading._grammar.predicates import FINITE, Predicate
from intendance.reading._tokens import Token

_RELATIVE: Final = frozenset({"relative_subject", "relative_object", "relative_other"})
_ASIDE: Final = 22
"""Tokens of the longest relative clause that stands between subject and verb."""


def subject_of(analysis: Analysis, predicate: Predicate, depth: int = 0) -> Subject:
    """The subject of a predicate, its governor's where it is an infinitive or a noun."""
    analysis = analysis.whole or analysis
    if predicate.governor is not None and depth < 5 and not _own_subject(analysis, predicate):
        governor = next(
            (each for each in analysis.predicates if each.at == predicate.governor), None
        )
        beside = _joined_modal(analysis, predicate)
        if beside is not None:
            return subject_of(analysis, beside, depth + 1)
        if governor is not None:
            if governor.voice == "passive":
                return _under_passive(analysis, predicate, governor, depth)
            return subject_of(analysis, governor, depth + 1)
    if predicate.voice == "noun":
        return Subject()
    if analysis.fields:
        return field_subject(analysis.whole or analysis, predicate)
    inverted = _pronoun_within(analysis, predicate) or _inverted(analysis, predicate)
    if inverted is not None:
        return Subject(inverted)
    if analysis.grammar.case_marked:
        return _by_case(analysis, predicate, depth)
    return _leftward(analysis, predicate, depth)


def _by_case(analysis: Analysis, predicate: Predicate, depth: int) -> Subject:
    """The subject where the order is free: on either side, in the verb's ending, or dropped."""
    if says_we(analysis.grammar, analysis.tokens, predicate):
        return Subject(ActorGroup(predicate.at, predicate.at + 1, (), None, pronoun="first"))
    holder = _office_holder(analysis, predicate) if predicate.governs == "say" else None
    if holder is not None:
        return Subject(holder)
    left = _leftward(analysis, predicate, depth)
    after = nominative_after(
        analysis.grammar, analysis.tokens, analysis.actors, predicate, left.actor,
        right_end(analysis, predicate),
    )  # fmt: skip
    if after is not None:
        return Subject(after)
    dropped = left.actor is None and left.item is None
    return _of_main_clause(analysis, predicate, depth) if dropped else left


def _pronoun_within(analysis: Analysis, predicate: Predicate) -> ActorGroup | None:
    """The pronoun between the parts of a verb of saying: "a-t-il annoncé"."""
    if predicate.governs not in ("say", "announce"):
        return None
    within = analysis.actors_between(predicate.first, predicate.at)
    return next((group for group in within if group.pronoun == "third"), None)


def _of_main_clause(analysis: Analysis, predicate: Predicate, depth: int) -> Subject:
    """ "A announced that will deliver": a "that" clause without a subject has the main clause's."""
    tokens = analysis.tokens
    start = next(
        (
            index
            for index in range(predicate.first - 1, -1, -1)
            if analysis.grammar.listed(tokens[index].form, "that") or tokens[index].form == ";"
        ),
        -1,
    )
    if start < 0 or tokens[start].form == ";" or depth > 3 or predicate.voice != "active":
        return Subject()
    main = next((p for p in reversed(analysis.predicates) if p.at < start and is_clause(p)), None)
    return Subject() if main is None else _shared(analysis, main, depth)


def _under_passive(
    analysis: Analysis, predicate: Predicate, governor: Predicate, depth: int
) -> Subject:
    agent = agent_of(analysis, governor)
    if predicate.voice == "passive" and predicate.tense == "inf":
        # "2,000 X have been announced to be sent"
        return Subject(agent, subject_of(analysis, governor, depth + 1).item)
    return Subject(agent)


def _joined_modal(analysis: Analysis, predicate: Predicate) -> Predicate | None:
    """ "announced that A would buy X and allocate Y": the verb beside has the modal's subject."""
    if predicate.tense != "inf" or predicate.voice != "active" or predicate.first < 1:
        return None
    if "coordinator" not in analysis.tokens[predicate.first - 1].words:
        return None
    before = [
        each for each in analysis.predicates
        if each.at < predicate.at and each.voice in ("active", "passive")
    ]  # fmt: skip
    found = before[-1] if before else None
    if found is None or found.governor != predicate.governor:
        return None
    return found if _own_subject(analysis, found) else None


def _own_subject(analysis: Analysis, predicate: Predicate) -> bool:
    """A finite verb in a "that" clause keeps its own subject; so does one behind a finite modal."""
    if predicate.voice not in ("active", "passive") or predicate.mode == "request":
        # "demands that A supply X": who demands asks
        return False
    return predicate.tense in FINITE or any(
        tense in FINITE
        for token in analysis.tokens[predicate.first : predicate.at]
        for _, tense in token.auxiliaries
    )


def _inverted(analysis: Analysis, predicate: Predicate) -> ActorGroup | None:
    """ "a déclaré Jens Stoltenberg", "a rapporté mercredi Politico": verbs of saying only."""
    if predicate.governs not in ("say", "announce") and not (
        predicate.governs
        and (after_quote(analysis.tokens, predicate) or reports_clause(analysis, predicate))
    ):
        return None
    if _leftward_actor(analysis, predicate) is not None and not reports_clause(analysis, predicate):
        return None
    for group in analysis.actors:
        if predicate.last <= group.first <= predicate.last + 5 and group.role is None:
            if not group.adjective:
                return group
    return None


def after_quote(tokens: Sequence[Token], predicate: Predicate) -> bool:
    """Whether a quotation ends right before the verb: with a comma, a dash, or both."""
    before: list[str] = []
    for token in reversed(tokens[max(0, predicate.first - 3) : predicate.first]):
        if token.word:
            break
        before.append(token.form)
    return '"' in before and len(before) > 1


def reports_clause(analysis: Analysis, predicate: Predicate) -> bool:
    """ "We will send X, said the minister": a whole clause, a comma, and the one who says it."""
    tokens = analysis.tokens
    if not predicate.first or tokens[predicate.first - 1].form != ",":
        return False
    if not any(each.at < predicate.first for each in analysis.predicates):
        return False
    free = analysis.grammar.case_marked
    group = next(
        (
            g
            for g in analysis.actors
            if g.first >= predicate.last
            and not (free and g.place)
            and not (g.adjective and _of_office(analysis, g))
        ),
        None,
    )
    if group is None or group.role is not None or group.adjective:
        return False
    between = tokens[predicate.last : group.first]
    return len(between) <= 3 and not any(
        token.words & {"subordinator", "relative_object"} or token.form in (",", ":", '"')
        or token.item is not None for token in between
    )  # fmt: skip


def _of_office(analysis: Analysis, group: ActorGroup) -> bool:
    """ "a German defence official": the adjective of an office that follows."""
    return any(each.office and 0 <= each.first - group.last <= 2 for each in analysis.actors)


def _leftward_actor(analysis: Analysis, predicate: Predicate) -> ActorGroup | None:
    index = predicate.first - 1
    tokens = analysis.tokens
    if index > 0 and tokens[index].form == ",":
        # the comma that closes an apposition: "the minister, X, said"
        index -= 1
    while index >= 0 and tokens[index].form not in (",", '"', ";", ":"):
        for group in analysis.actors:
            if group.last == index + 1 and group.role is None and not group.adjective:
                return group
        index -= 1
    return None


def _leftward(analysis: Analysis, predicate: Predicate, depth: int) -> Subject:
    tokens = analysis.tokens
    passive = predicate.voice in ("passive",) or predicate.event == "arrive"
    index = _before_aside(tokens, predicate.first - 1)
    crossed: Predicate | None = None
    while index >= 0:
        token = tokens[index]
        actor = next((g for g in analysis.actors if g.last == index + 1), None)
        if actor is not None and _may_act(analysis, actor, passive):
            return Subject(actor, None, crossed is not None)
        item = next((g for g in analysis.items if g.head == index), None)
        if item is not None and passive and crossed is None:
            return Subject(None, item)
        verb = next((p for p in analysis.predicates if p.at == index and p is not predicate), None)
        if verb is not None and is_clause(verb):
            crossed = crossed or verb
        if "relative_subject" in token.words and crossed is None:
            return _antecedent(analysis, index)
        if "relative_other" in token.words and crossed is None and token.form != "where":
            # "four tanks, of which one has been sent": what stands before is the whole
            return Subject()
        if token.words & {"relative_object", "subordinator"} and not analysis.grammar.listed(
            token.form, "loose_subordinator"
        ):
            if crossed is None:
                return Subject()
            if depth < 4 and not _comma_before(tokens, predicate):
                return _shared(analysis, crossed, depth)
        if token.form == ";" or (token.form == '"' and crossed is not None):
            break
        index = actor.first - 1 if actor is not None else index - 1
    if crossed is not None and depth < 4:
        return _shared(analysis, crossed, depth)
    return Subject()


def _before_aside(tokens: Sequence[Token], index: int) -> int:
    """ "A, which joined B, has given": over a relative clause between commas, to what it is of."""
    if index < 2 or tokens[index].form != ",":
        return index
    for at in range(index - 1, max(0, index - _ASIDE), -1):
        if tokens[at].form in (";", ":", '"'):
            return index
        if tokens[at].form == ",":
            return index if tokens[at + 1].words.isdisjoint(_RELATIVE) else at - 1
    return index


def _office_holder(analysis: Analysis, predicate: Predicate) -> ActorGroup | None:
    """ "The president at the council of NATO said": the one who speaks, not where."""
    before = analysis.actors_between(clause_start(analysis, predicate), predicate.first)
    holders = [g for g in before if g.role is None and g.speaker is not None and not g.outlet]
    return holders[-1] if holders and len(before) > 1 else None


def _may_act(analysis: Analysis, actor: ActorGroup, passive: bool) -> bool:
    """Whether a group to the left of a verb can be its subject; a passive's only as a pronoun."""
    if actor.adjective:
        return not passive and _people(analysis, actor)
    if actor.role is not None or (passive and not actor.pronoun):
        return False
    return not _attribute(analysis, actor)


def _comma_before(tokens: Sequence[Token], predicate: Predicate) -> bool:
    return predicate.first > 0 and tokens[predicate.first - 1].form == ","


def _shared(analysis: Analysis, crossed: Predicate, depth: int) -> Subject:
    found = subject_of(analysis, crossed, depth + 1)
    return Subject(found.actor, None, True)


def _people(analysis: Analysis, actor: ActorGroup) -> bool:
    """ "British instructors": an adjective on a noun that is no equipment."""
    if actor.first == 0 or any(item.last == actor.first for item in analysis.items):
        return False
    noun = analysis.tokens[actor.first - 1]
    return noun.word and not (
        noun.number
        or noun.noun
        or noun.preposition
        or noun.auxiliaries
        or noun.entities
        or noun.cues
    )


def _attribute(analysis: Analysis, actor: ActorGroup) -> bool:
    """ "A and B are the only members that": the members are what A and B are."""
    before = analysis.tokens[max(0, actor.first - 4) : actor.first]
    if any(
        token.form in (":", ";", ",") or token.words & {"subordinator", "relative_object"}
        for token in before
    ):
        # "it was announced that A would send": a clause of its own
        return False
    return any(
        any(name == "be" and tense in FINITE for name, tense in token.auxiliaries)
        for token in before
    ) and any(g.last <= actor.first - 1 and g.role is None for g in analysis.actors)


def _antecedent(analysis: Analysis, relative: int) -> Subject:
    """What stands right before "qui": actor or item."""
    end = relative
    while end > 0 and analysis.tokens[end - 1].form in (",", '"', ")"):
        end -= 1
    actors = [g for g in analysis.actors if g.last <= end and end - g.last <= 2 and not g.adjective]
    items = [g for g in analysis.items if g.last <= end and end - g.last <= 4]
    actor = max(actors, key=lambda each: each.last, default=None)
    item = max(items, key=lambda each: each.last, default=None)
    if item is not None and (actor is None or item.last >= actor.last or actor.role == "of"):
        return Subject(None, item)
    return Subject(actor)


def agent_of(analysis: Analysis, predicate: Predicate) -> ActorGroup | None:
    """The actor after "par", "by", "von" of a passive."""
    end = right_end(analysis, predicate)
    first = 0 if analysis.fields and analysis.whole is not None else predicate.last
    groups = analysis.actors_between(first, end)
    if analysis.grammar.case_marked:
        groups += analysis.actors_between(clause_start(analysis, predicate), predicate.last)
    for group in groups:
        if group.role == "by" and not group.adjective:
            return group
    return None
