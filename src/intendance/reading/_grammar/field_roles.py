"""Subject, objects and recipient in a language of cases, within a verb's own clause."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from intendance.reading._grammar.analysis import Analysis, Subject
from intendance.reading._grammar.field import Field, field_at
from intendance.reading._grammar.groups import ActorGroup, ItemGroup
from intendance.reading._grammar.predicates import ATTRIBUTE, Predicate
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token

_GAP: Final = 5
"""How far before its relative pronoun a noun may end."""
_ADJECTIVE_ENDINGS: Final = ("e", "en", "er", "es", "em")
_OBJECT_ROLES: Final = frozenset({None, "of", "with", "by"})


def field_subject(analysis: Analysis, predicate: Predicate) -> Subject:
    """Who or what stands in the nominative: before the finite verb, else right behind it."""
    field = field_at(analysis.fields, predicate.at)
    if field is None:
        return Subject()
    passive = predicate.voice == "passive" or predicate.event == "arrive"
    found = _relative(analysis, field, passive) if field.kind == "relative" else None
    if found is not None:
        return found
    own = _own_subject(analysis, field, passive)
    if own is not None:
        return own
    if field.whole is not None and field.whole.finite is not None:
        above = [p for p in analysis.predicates if field.whole.holds(p.at) and p.voice != "noun"]
        if above and above[0] is not predicate:
            return Subject(field_subject(analysis, above[0]).actor, None, True)
    return Subject()


def _own_subject(analysis: Analysis, field: Field, passive: bool) -> Subject | None:
    tokens = analysis.tokens
    actors = [g for g in analysis.actors if field.holds(g.first) and may_be_subject(g)]
    items = [i for i in analysis.items if field.holds(i.head) and not _prepositional(tokens, i)]
    if passive:
        return Subject(None, items[0]) if items else None
    if field.kind != "main" or field.finite is None:
        return Subject(actors[0]) if actors else None
    before = [g for g in actors if g.first < field.finite]
    if before:
        return Subject(before[0])
    start = field.start
    front = tokens[start : field.finite]
    if _unknown_noun(analysis.grammar, front) and not any(i.head < field.finite for i in items):
        # "Der Bund stellt der Ukraine": its subject is no name that we know
        return Subject()
    return Subject(actors[0]) if actors else None


def may_be_subject(group: ActorGroup) -> bool:
    """No preposition and no other case stands before it."""
    return group.role is None and group.case is None and not group.adjective and not group.outlet


def _unknown_noun(grammar: Grammar, words: Sequence[Token]) -> bool:
    if any(word.form in grammar.time_words for word in words):
        return False
    if any(token.preposition is not None for token in words):
        return False
    return any(
        token.capital and token.word and not token.entities
        and not token.words & {"adverb", "determiner"} and not token.cues and not token.verbs
        for token in words
    )  # fmt: skip


def _relative(analysis: Analysis, field: Field, passive: bool) -> Subject | None:
    """What the relative pronoun stands for, where it is the subject."""
    if analysis.tokens[field.start].preposition is not None or _of_which(analysis, field):
        return None
    gives = False
    if not passive and _own_subject(analysis, field, passive) is not None:
        gives = _pronoun_gives(analysis, field)
        if not gives:
            return None
    whole = analysis.whole or analysis
    end = field.start - 1
    items = [i for i in whole.items if i.last <= end and end - i.last <= _GAP]
    actors = [g for g in whole.actors if g.last <= end and end - g.last <= _GAP and not g.adjective]
    item = items[-1] if items else None
    actor = actors[-1] if actors else None
    if gives:
        # it is whoever stands right before, else nobody that we know
        return Subject(actor if actor is not None and actor.last == end else None)
    if passive or (item is not None and actor is None):
        return Subject(None, item) if item is not None else None
    return Subject(actor) if actor is not None else None


def _of_which(analysis: Analysis, field: Field) -> bool:
    """ "guns, of which ten were sent": the number is what the clause is about."""
    return analysis.grammar.listed(analysis.tokens[field.start].form, "of_which") and any(
        field.holds(each.head) for each in analysis.items
    )


def _pronoun_gives(analysis: Analysis, field: Field) -> bool:
    """ "eine Allianz, die Kiew Drohnen liefert": with an object of its own the pronoun gives."""
    grammar, tokens = analysis.grammar, analysis.tokens
    if not grammar.listed(tokens[field.start].form, "relative_nominative"):
        return False
    name = tokens[field.start + 1]
    own = [i for i in analysis.items if field.holds(i.head) and not _prepositional(tokens, i)]
    bare = name.actor is not None and name.actor.table == "nation"
    return bare and any(i.first >= field.start + 2 for i in own)


def field_objects(
    analysis: Analysis, predicate: Predicate, subject: Subject
) -> list[ItemGroup] | None:
    """The items that the verb is about; None where the clause is not told apart."""
    field = field_at(analysis.fields, predicate.at)
    if field is None or predicate.voice in ("noun", "phrase"):
        return None
    tokens = analysis.tokens
    inside = [
        each for each in _free(analysis, predicate) if not _of_noun(analysis, predicate, each)
    ]
    if predicate.tense == ATTRIBUTE:
        return inside
    passive = predicate.voice == "passive" or predicate.event == "arrive"
    opened = tokens[field.start].preposition is None and not _of_which(analysis, field)
    if field.kind == "relative" and opened:
        before = _relative_item(analysis, field, passive, subject)
        if before is not None:
            return [before]
    if not inside and predicate.voice == "active" and predicate.event == "deliver":
        inside = _pronoun_object(analysis, field, subject)
    if field.whole is None:
        later = [f for f in analysis.fields if f.whole is field]
        return [each for each in inside if not any(f.holds(each.head) for f in later)]
    return inside


def _pronoun_object(analysis: Analysis, field: Field, subject: Subject) -> list[ItemGroup]:
    """ "gibt sie an die Ukraine weiter": what was named before, where another is the subject."""
    if subject.actor is None:
        return []
    for at in field.indexes():
        token = analysis.tokens[at]
        if at == subject.actor.first or not analysis.grammar.listed(token.form, "object_pronoun"):
            continue
        return [ItemGroup(at, at, at + 1, None, token.form, item_from="anaphora")]
    return []


def _free(analysis: Analysis, predicate: Predicate) -> list[ItemGroup]:
    """The items that no preposition takes away, nor one before what they are joined to."""
    tokens = analysis.tokens
    found: list[ItemGroup] = []
    taken: ItemGroup | None = None
    for item in analysis.items:
        before = tokens[item.first - 1] if item.first else None
        joined = before is not None and (before.form == "," or "coordinator" in before.words)
        goes_on = taken is not None and taken.last == item.first - 1 and joined
        if goes_on or _prepositional(tokens, item, predicate.event, _start(analysis, item)):
            taken = item
        else:
            found.append(item)
    return found


def _start(analysis: Analysis, item: ItemGroup) -> int:
    """Where an item's noun group begins, its participle and what hangs on it included."""
    for other in analysis.predicates:
        if other.tense == ATTRIBUTE and 0 < item.first - other.at <= 2:
            return min(other.first + 1, item.first)
    return item.first


def _relative_item(
    analysis: Analysis, field: Field, passive: bool, subject: Subject
) -> ItemGroup | None:
    if passive:
        return subject.item
    own = [g for g in analysis.actors if field.holds(g.first) and may_be_subject(g)]
    if not own:
        return None
    end = field.start - 1
    whole = analysis.whole or analysis
    before = [i for i in whole.items if i.last <= end and end - i.last <= _GAP]
    return before[-1] if before else None


def _prepositional(
    tokens: Sequence[Token], item: ItemGroup, event: str = "", start: int | None = None
) -> bool:
    """Whether a preposition that gives nothing stands before the item ("gegen", "statt")."""
    index = (item.first if start is None else start) - 1
    steps = 0
    while index >= 0 and steps < 4:
        token = tokens[index]
        if token.cues & {"exchange", "batches"}:
            return True
        if token.preposition is not None:
            before = tokens[index - 1] if index else None
            if before is not None and "package" in before.cues:
                return False
            if token.preposition == "by":
                # "von den 50 Panzern wurden erst 20 übergeben": the 50 are not what was
                return before is None or not before.capital
            if token.preposition == "with":
                return event not in ("equip", "")
            if token.preposition == "for" and event in ("finance", "allocate"):
                return False
            widens = token.cues & {"include", "above", "below", "approx"}
            return not widens and "joining_preposition" not in token.words
        if "determiner" in token.words or (token.verbs and token.verbs[0].tense == "attr"):
            index -= 1
            steps += 1
            continue
        if _inflected(token):
            # "aus der laufenden Überholung"
            index -= 1
            steps += 1
            continue
        return False
    return False


def _inflected(token: Token) -> bool:
    """Whether the word may be an adjective before its noun, and is nothing else."""
    return (
        token.word
        and not token.capital
        and token.form.endswith(_ADJECTIVE_ENDINGS)
        and not (token.verbs or token.words or token.cues or token.entities or token.auxiliaries)
    )


def _of_noun(analysis: Analysis, predicate: Predicate, item: ItemGroup) -> bool:
    """Whether the item is what a noun tells of that this verb does not govern."""
    for other in analysis.predicates:
        if other.voice != "noun" or not other.event or other.governor == predicate.at:
            continue
        if predicate.event == "finance" and other.event == "order":
            # "finanziert den Kauf von X": X is what the money is for
            continue
        if other.at < item.head and item.first - other.last <= 4:
            between = analysis.tokens[other.last : item.first]
            if any(token.preposition in ("of", "by") for token in between):
                return True
    return False


def field_dative(analysis: Analysis) -> ActorGroup | None:
    """ "hat der Ukraine die Lieferung von X zugesagt": whom the governing verb tells."""
    return next((g for g in analysis.actors if g.case == "dative" and g.role is None), None)


def field_recipient(analysis: Analysis, actor: ActorGroup | None) -> ActorGroup | None:
    """The dative of the clause, else a bare name beside the subject."""
    groups = [
        g
        for g in analysis.actors
        if g is not actor and g.role is None and not (g.adjective or g.maker or g.outlet)
    ]
    dative = next((g for g in groups if g.case == "dative"), None)
    if dative is not None:
        return dative
    tokens = analysis.tokens
    limit = min((each.first for each in analysis.items), default=len(tokens))
    return next(
        (
            g
            for g in groups
            if g.ids
            and g.case is None
            and actor is not None
            and g.first < limit
            and (not g.first or tokens[g.first - 1].form != ",")
        ),
        None,
    )


def field_source(analysis: Analysis) -> ActorGroup | None:
    """ "sechs Haubitzen aus Dänemark sollen übergeben werden": where they come from gives them."""
    if not analysis.fields:
        return None
    return next((g for g in analysis.actors if _gives_from(analysis.tokens, g)), None)


def _gives_from(tokens: Sequence[Token], group: ActorGroup) -> bool:
    """ "aus Dänemark", "aus deutschen Beständen"."""
    if not group.ids:
        return False
    if not group.adjective:
        owns = any("stock" in token.cues for token in tokens[max(0, group.first - 2) : group.first])
        return group.role == "from" or (owns and group.role in ("of", None))
    before, after = tokens[group.first - 1], tokens[group.last : group.last + 1]
    stocks = any("stock_noun" in token.cues for token in after)
    return group.first > 0 and before.preposition == "from" and stocks


def _jointly(analysis: Analysis, actor: ActorGroup) -> ActorGroup:
    """ "L'Italie a livré un système en commun avec la France": both, by an adverb that says so."""
    for group in analysis.actors:
        if group.role != "with" or not group.ids or group.adjective or group.maker:
            continue
        before = analysis.tokens[max(0, group.first - 4) : group.first]
        if any("joint" in token.cues and token.preposition is None for token in before):
            ids = tuple(dict.fromkeys((*actor.ids, *group.ids)))
            return msgspec.structs.replace(actor, ids=ids)
    return actor


def with_partner(analysis: Analysis, actor: ActorGroup | None) -> ActorGroup | None:
    """ "Die Niederlande haben gemeinsam mit Dänemark": both do it."""
    if actor is None or not actor.ids:
        return actor
    if not analysis.fields:
        return _jointly(analysis, actor)
    grammar, tokens = analysis.grammar, analysis.tokens
    for group in analysis.actors:
        if group.role != "with" or not group.ids or group.adjective or group.maker:
            continue
        before = tokens[max(0, group.first - 2) : group.first]
        if any(grammar.listed(token.form, "joint_with") for token in before):
            ids = tuple(dict.fromkeys((*actor.ids, *group.ids)))
            return msgspec.structs.replace(actor, ids=ids)
    return actor
