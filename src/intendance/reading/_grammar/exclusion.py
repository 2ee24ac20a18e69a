"""What a sentence takes out of its claims: questions, conditions, items set aside."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.field import verb_first
from intendance.reading._grammar.groups import ItemGroup
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token

_CONTAINER = "shipping-container"
_LONGEST_CONDITION = 25
"""Tokens of a condition that no mark of punctuation ends."""


def without_excluded(
    grammar: Grammar, tokens: Sequence[Token], items: Sequence[ItemGroup]
) -> list[ItemGroup]:
    """The items without those that are only named to be set aside ("but no aircraft")."""
    return [each for each in items if not _set_aside(grammar, tokens, each)]


def _set_aside(grammar: Grammar, tokens: Sequence[Token], item: ItemGroup) -> bool:
    """ "but no X", "and not X", "not X but Y": the negation is the item's, not the verb's."""
    index = item.first - 1
    while index >= 0 and ("determiner" in tokens[index].words or tokens[index].preposition == "of"):
        if grammar.listed(tokens[index].form, "excluding"):
            break
        index -= 1
    negation = index
    while index >= 0 and grammar.listed(tokens[index].form, "excluding"):
        index -= 1
    if index == negation or index < 0:
        return False
    alone = grammar.listed(tokens[index + 1].form, "excluding_alone")
    opened = tokens[index].form == "," or "coordinator" in tokens[index].words
    return (alone or opened) and not grammar.listed(tokens[index].form, "neither")


def without_measures(
    grammar: Grammar, tokens: Sequence[Token], items: Sequence[ItemGroup]
) -> list[ItemGroup]:
    """The items without what others are carried in ("two containers full of medicine")."""
    return [
        each
        for each in items
        if each.item != _CONTAINER
        or each.last >= len(tokens)
        or not grammar.listed(tokens[each.last].form, "measure_of")
    ]


def asked(scene: Scene, claim: Claim) -> bool:
    """Whether the claim stands before a question mark: a question claims nothing."""
    return any(token.form == "?" for token in scene.analysis.tokens[claim.first :])


def conditions(scene: Scene) -> list[tuple[int, int]]:
    """The clauses that say on what condition something will be, as ``tokens[first:last]``."""
    tokens = scene.analysis.tokens
    found: list[tuple[int, int]] = []
    grammar = scene.analysis.grammar
    for index, token in enumerate(tokens):
        if index > 1 and "condition" not in token.cues:
            continue
        opens = "condition" in token.cues and _opens_clause(grammar, tokens, index)
        if not opens and not _inverted(grammar, tokens, index):
            continue
        end = index
        while (
            end < len(tokens)
            and tokens[end].form not in (",", ";", '"')
            and end - index < _LONGEST_CONDITION
        ):
            end += 1
        found.append((index, end))
    return found + [(each.start, each.end) for each in verb_first(scene.analysis.fields)]


def _inverted(grammar: Grammar, tokens: Sequence[Token], index: int) -> bool:
    """ "Had A sent tanks earlier": the auxiliary before its subject supposes."""
    if index > 1 or not grammar.listed(tokens[index].form, "inverted_condition"):
        return False
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return following is not None and (
        following.actor is not None or bool(following.words & {"definite", "pronoun_third"})
    )


def unreal(scene: Scene, claim: Claim) -> bool:
    """ "Had A not hesitated, B would have got": what would be, had something else been."""
    grammar, predicate, tokens = scene.analysis.grammar, claim.predicate, scene.analysis.tokens
    if predicate is None or predicate.tense != "cond":
        return False
    at = next((at for at, each in enumerate(tokens) if grammar.listed(each.form, "unreal_if")), -1)
    if at < 0:
        return False
    denied = any(token.cues & {"ne", "negation"} for token in tokens[at : at + 9])
    return denied or predicate.event in ("receive", "arrive")


def only_supposed(claim: Claim, supposed: Sequence[tuple[int, int]]) -> bool:
    """Whether the claim's own act stands inside a condition: it is supposed, not said."""
    predicate = claim.predicate
    places = [] if claim.item is None else [claim.item.head]
    if predicate is not None and predicate.first <= predicate.at:
        places.append(predicate.at)
    return any(first < place < last for first, last in supposed for place in places)


def _opens_clause(grammar: Grammar, tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if grammar.listed(token.form, "elided_if"):
        return following is not None and grammar.listed(following.form, "after_elided_if")
    if grammar.listed(token.form, "once"):
        # "une fois les équipages formés", but "une fois de plus", "plus d'une fois"
        return following is not None and bool(
            following.words & {"determiner", "pronoun_third"}
            or "que" in following.form
            or following.verbs
        )
    if not grammar.listed(token.form, "if"):
        return True
    # "si" is also "so" and "whether": a condition stands at the head of its clause
    if index == 0 or grammar.listed(tokens[index - 1].form, "before_if"):
        return True
    return (
        following is not None
        and not tokens[index - 1].verbs
        and (
            following.actor is not None
            or bool(following.words & {"determiner", "pronoun_third", "pronoun_first"})
            or any(sense.tense == "pp" for sense in following.verbs)
        )
    )
