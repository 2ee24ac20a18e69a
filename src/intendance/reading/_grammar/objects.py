"""The items that a transfer is about, wherever voice and clause put them."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.reading._grammar.clauses import Analysis, Subject, clause_start, right_end
from intendance.reading._grammar.counts import in_one_word
from intendance.reading._grammar.field_roles import field_objects
from intendance.reading._grammar.groups import ItemGroup
from intendance.reading._grammar.predicates import FINITE, Predicate
from intendance.reading._grammar.relatives import object_clitic
from intendance.reading._tokens import Token


def objects_of(analysis: Analysis, predicate: Predicate, subject: Subject) -> list[ItemGroup]:
    """The items that the predicate is about, wherever the voice puts them."""
    own = field_objects(analysis, predicate, subject)
    if own is not None:
        return own
    if predicate.voice == "passive" or predicate.event == "arrive":
        return _of_passive(analysis, predicate, subject)
    if predicate.voice == "participle":
        return _participle_items(analysis, predicate)
    before = _relative_object(analysis, predicate)
    if before:
        return before + _gapped(analysis, predicate)
    if subject.item is not None and predicate.event in ("receive",):
        return []
    pronoun = _pronoun_after(analysis, predicate)
    if pronoun is not None:
        return [pronoun]
    found = _right_items(analysis, predicate)
    if not found and predicate.voice == "noun" and analysis.grammar.case_marked:
        # "eight guns A prepares for dispatch": the object stands before the governing verb
        governor = next((p for p in analysis.predicates if p.at == predicate.governor), None)
        if governor is not None and governor.voice == "active":
            return before_verb(analysis, governor)
    if not found and (clitic := object_clitic(analysis, predicate)) is not None:
        return [clitic]
    if not found and analysis.grammar.case_marked and predicate.voice == "active":
        # "14 tanks handed over Germany": the object stands first
        found = before_verb(analysis, predicate)
        found = [each for each in found if not _of_noun(analysis, predicate, each)]
        if found and _of_other_clause(analysis, subject, found[0]):
            # "A's army helps, and the helicopters brought food": they bring, and nobody gives them
            found = []
    return found


def _of_noun(analysis: Analysis, predicate: Predicate, item: ItemGroup) -> bool:
    """ "leave for the export of X the government gave": X is what the noun is about."""
    return any(
        each.voice == "noun" and each.event and each.last <= item.first < predicate.first
        and item.first - each.last <= 6
        for each in analysis.predicates
    )  # fmt: skip


def _of_passive(analysis: Analysis, predicate: Predicate, subject: Subject) -> list[ItemGroup]:
    found = [subject.item] if subject.item is not None else []
    found = with_coordinated(analysis, found)
    if not found and predicate.tense == "inf" and predicate.governor is not None:
        # "has announced 100 X to be sent": the object of the one is the subject of the other
        near = [each for each in analysis.items if 0 <= predicate.first - each.last <= 1]
        found = with_coordinated(analysis, near[-1:])
    return found or _inverted_items(analysis, predicate) or _pronoun_item(analysis, subject)


def _of_other_clause(analysis: Analysis, subject: Subject, item: ItemGroup) -> bool:
    """Whether the subject is of a clause before the one that the item stands in."""
    if subject.actor is None or subject.actor.last > item.first:
        return False
    between = analysis.tokens[subject.actor.last : item.first]
    return any(token.form in (",", ";", ":") for token in between) and any(
        subject.actor.last <= each.at < item.first and each.tense in FINITE
        for each in analysis.predicates
    )


def before_verb(analysis: Analysis, predicate: Predicate) -> list[ItemGroup]:
    """The objects between the clause's own beginning and its verb, with those listed before."""
    start = predicate.first
    while start > 0:
        token = analysis.tokens[start - 1]
        if token.form in (",", ";", ":") or "include" in token.cues or token.words & {
            "subordinator", "relative_subject", "relative_object", "relative_other",
        }:  # fmt: skip
            break
        start -= 1
    if start > 0 and "relative_other" in analysis.tokens[start - 1].words:
        return []
    return with_coordinated(analysis, analysis.items_between(start, predicate.first))


def _pronoun_item(analysis: Analysis, subject: Subject) -> list[ItemGroup]:
    """ "Ils ont été donnés": a passive's pronoun stands for what was named before."""
    actor = subject.actor
    if actor is None or actor.pronoun != "third":
        return []
    form = analysis.tokens[actor.first].form
    if not analysis.grammar.listed(form, "thing_pronoun"):
        return []
    return [ItemGroup(actor.first, actor.first, actor.last, None, form, item_from="anaphora")]


def _pronoun_after(analysis: Analysis, predicate: Predicate) -> ItemGroup | None:
    """ "gave them to B, having ordered X": what was named before, never what follows."""
    at, tokens = predicate.last, analysis.tokens
    if at + 1 >= len(tokens) or predicate.voice != "active":
        return None
    if not analysis.grammar.listed(tokens[at].form, "object_behind"):
        return None
    if tokens[at + 1].word and tokens[at + 1].preposition is None:
        # "gave it ten tanks": whom, not what
        return None
    return ItemGroup(at, at, at + 1, None, tokens[at].form, item_from="anaphora")


def _inverted_items(analysis: Analysis, predicate: Predicate) -> list[ItemGroup]:
    """ "ont été livrés 12 chars": a passive's subject right behind it, else "il" of before."""
    right = _right_items(analysis, predicate)
    if analysis.grammar.case_marked:
        return right
    return right if right and right[0].first - predicate.last <= 2 else []


def _right_items(analysis: Analysis, predicate: Predicate) -> list[ItemGroup]:
    end = right_end(analysis, predicate)
    items = analysis.items_between(predicate.last, end)
    if predicate.voice == "noun":
        return _complement_of_noun(analysis, predicate, items)
    others = [
        each.at
        for each in analysis.predicates
        if each.at > predicate.at and each.voice == "active" and each.event and each.tense == "inf"
    ]
    limit = min(others, default=end)
    return _before_next_subject(analysis, [each for each in items if each.head < limit])


def _before_next_subject(analysis: Analysis, items: list[ItemGroup]) -> list[ItemGroup]:
    """ "has sent 14 guns, and three tanks are due to follow": the tanks are of the next clause."""
    tokens = analysis.tokens
    for place, item in enumerate(items):
        if not place or item.last >= len(tokens) or item.first == 0:
            continue
        before, after = tokens[item.first - 1], tokens[item.last]
        opened = "coordinator" in before.words or before.form in (",", ";")
        if opened and any(tense in FINITE for _, tense in after.auxiliaries):
            return items[:place]
    return items


def compounded(analysis: Analysis, predicate: Predicate) -> list[ItemGroup]:
    """ "Panzerlieferung", "Taurus-Lieferung": the item that one word names with its act."""
    at = predicate.at
    found = [each for each in analysis.items if each.last == at]
    # a hyphen is no token; a blank is wider than none
    return found if found and in_one_word(analysis.tokens, at) else []


def _complement_of_noun(
    analysis: Analysis, predicate: Predicate, items: Sequence[ItemGroup]
) -> list[ItemGroup]:
    """ "livraison de chars et d'obus": the first item close by, then what is joined to it."""
    found = [each for each in analysis.items if each.head == predicate.at]
    found = found or compounded(analysis, predicate)
    last = predicate.last
    if not found and predicate.event in ("order", "frame") and items:
        last = _after_partner(analysis, last, items[0])
    for item in items:
        between = analysis.tokens[last : item.first]
        if len(between) > (7 if not found else 14):
            break
        listed = any("include" in token.cues for token in between)
        if (
            not found
            and not listed
            and not all(
                token.preposition in ("of", "for", "to", "by", None)
                or "determiner" in token.words
                or _before_party(analysis, at)
                for at, token in enumerate(between, last)
            )
        ):
            break
        if found and not _enumerates(between):
            break
        if any(
            each.event and each.voice == "active" and last <= each.at < item.first
            for each in analysis.predicates
        ):
            # "deliveries to B, sending X": X is of the other verb
            break
        found.append(item)
        last = item.last
    return found


def _before_party(analysis: Analysis, at: int) -> bool:
    """ "the dispatch to B of 31 tanks": a preposition before whom it goes to, with another case."""
    return any(g.first == at + 1 and g.role in ("to", "for", "from") for g in analysis.actors)


def _after_partner(analysis: Analysis, last: int, item: ItemGroup) -> int:
    """ "a contract worth X with B for Y": where what it is for begins, past sum and partner."""
    tokens = analysis.tokens
    start = next(
        (at for at in range(item.first - 1, last, -1) if tokens[at].preposition == "for"), None
    )
    if start is None or item.first - start > 4 or start - last > 16:
        return last
    return last if any(token.auxiliaries for token in tokens[last:start]) else start


def _enumerates(between: Sequence[Token]) -> bool:
    """Whether the words between two items make a list of them."""
    return any(
        token.form in (",", ":") or "include" in token.cues or "coordinator" in token.words
        for token in between
    )


def _participle_items(analysis: Analysis, predicate: Predicate) -> list[ItemGroup]:
    """ "armes fournies par l'Occident": the noun right before the participle."""
    before = [each for each in analysis.items if each.last <= predicate.first]
    if not before or predicate.first - before[-1].last > 2:
        return []
    return [before[-1]]


def _relative_object(analysis: Analysis, predicate: Predicate) -> list[ItemGroup]:
    """ "les 18 obusiers qu'elle a reçus": the antecedent of "que"."""
    start = clause_start(analysis, predicate)
    tokens = analysis.tokens
    if start >= len(tokens) or "relative_object" not in tokens[start].words:
        return []
    found = [each for each in analysis.items if each.last <= start and start - each.last <= 1]
    return found[-1:]


def _gapped(analysis: Analysis, predicate: Predicate) -> list[ItemGroup]:
    """ "... or the radars of Norway": a second item with its own source, the verb left out."""
    end = right_end(analysis, predicate)
    return [
        each
        for each in analysis.items_between(predicate.last, end)
        if each.owner is not None and _enumerates(analysis.tokens[predicate.last : each.first])
    ]


def with_coordinated(analysis: Analysis, found: list[ItemGroup]) -> list[ItemGroup]:
    """The items joined by commas and "and" to the left of the one found, in order."""
    if not found or (found[0].item is None and found[0].item_from == "anaphora"):
        # "of the 45 promised, thirty have arrived": thirty of what was named
        return found
    first = found[0]
    for item in reversed([each for each in analysis.items if each.last <= first.first]):
        between = analysis.tokens[item.last : found[0].first]
        if len(between) > 4 or not _enumerates(between):
            break
        found.insert(0, item)
    return found
