"""Words left out: second subjects, gaps, and numbers of what was named before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import msgspec

from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.groups import ActorGroup, ItemGroup
from intendance.reading._grammar.numbers import Figure
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token
from intendance.terms import exactly


def second_subjects(scene: Scene) -> None:
    """ "A will send X, B six Y and C two Z": each item to the actor right before it."""
    analysis = scene.analysis
    for claim in scene.claims:
        item = claim.item
        if item is None or claim.actor is None or claim.predicate is None:
            continue
        for group in analysis.actors:
            if _by_each(analysis.tokens, claim, item, group):
                claim.actor, claim.last = group, max(claim.last, group.last)
                break
            if group.role is not None or group.adjective or not group.ids or group is claim.actor:
                continue
            if group.first <= claim.predicate.at or not _right_before(analysis.tokens, group, item):
                continue
            before = group.first - 1
            if before > 0 and "determiner" in analysis.tokens[before].words:
                before -= 1
            token = analysis.tokens[before]
            if token.form in (",", ";") or "coordinator" in token.words:
                claim.actor = group
                claim.first, claim.last = group.first, item.last


def _by_each(tokens: Sequence[Token], claim: Claim, item: ItemGroup, group: ActorGroup) -> bool:
    """ "150 tanks, among them 14 X by A and 31 Y by B": each item with its own giver."""
    return (
        group.role == "by" and bool(group.ids) and not group.maker
        and claim.predicate is not None and claim.predicate.voice == "active"
        and 0 <= group.first - item.last <= 2
        and all(
            token.preposition == "by" or "determiner" in token.words
            for token in tokens[item.last : group.first]
        )
    )  # fmt: skip


def _right_before(tokens: Sequence[Token], group: ActorGroup, item: ItemGroup) -> bool:
    return group.last <= item.first and all(
        "determiner" in token.words for token in tokens[group.last : item.first]
    )


def gaps(scene: Scene) -> list[Claim]:
    """ "A has promised 12 X, B five": each nation with its number, the verb left out."""
    analysis = scene.analysis
    claims: list[Claim] = []
    for group in analysis.actors:
        if group.role is not None or group.adjective or len(group.ids) != 1 or not group.first:
            continue
        before = analysis.tokens[group.first - 1]
        if "determiner" in before.words and group.first > 1:
            before = analysis.tokens[group.first - 2]
        after = group.last
        if after < len(analysis.tokens) and analysis.tokens[after].form == "–":
            # "A will send 14, and B – six"
            after += 1
        figure = next((f for f in scene.numbers if f.first == after), None)
        last = next(
            (c for c in reversed(scene.claims + claims) if c.last <= group.first and c.item), None
        )
        if figure is None or last is None or last.item is None:
            continue
        if before.form not in (",", ";") and "coordinator" not in before.words:
            continue
        if not _stands_alone(analysis.grammar, analysis.tokens, figure):
            continue
        item = msgspec.structs.replace(
            last.item, first=figure.first, head=figure.first, last=figure.last,
            quantity=figure.interval, basis=None, part_of=None,
        )  # fmt: skip
        claims.append(
            msgspec.structs.replace(
                last, item=item, actor=group, first=group.first, last=figure.last, amount=None
            )
        )
    return claims


def elliptic_items(
    grammar: Grammar, tokens: Sequence[Token], figures: Sequence[Figure], items: Sequence[ItemGroup]
) -> list[ItemGroup]:
    """ "en a livré dix", "ten more will follow", "twenty of these": a number of what was named."""
    found: list[ItemGroup] = []
    counted = {index for item in items for index in range(item.first, item.last)}
    found.extend(_ordinals(grammar, tokens, counted))
    found.extend(_none(grammar, tokens))
    for figure in figures:
        if figure.first not in counted:
            group = _some_of_them(grammar, tokens, figure) or _bare_figure(grammar, tokens, figure)
            found.extend([group] if group is not None else [])
    return found


def _some_of_them(grammar: Grammar, tokens: Sequence[Token], figure: Figure) -> ItemGroup | None:
    """ "the first four have arrived", "six of them will leave": a part of what was named."""
    taken = 1 if ordered_after(grammar, tokens, figure) else _of_them(grammar, tokens, figure)
    if not taken:
        return None
    last = figure.last + taken
    group = ItemGroup(figure.first, figure.first, last, None, "en", item_from="anaphora")
    group.quantity, group.basis = figure.interval, "part"
    return group


def _bare_figure(grammar: Grammar, tokens: Sequence[Token], figure: Figure) -> ItemGroup | None:
    """A number without its noun, where something says that it counts what was named."""
    if not (_stands_alone(grammar, tokens, figure) or _described(grammar, tokens, figure)):
        return None
    more = figure.last < len(tokens) and "more" in tokens[figure.last].cues
    another = figure.first > 0 and grammar.listed(tokens[figure.first - 1].form, "another")
    general = figure.last < len(tokens) and "general_noun" in tokens[figure.last].words
    begins = (
        (figure.first == 0 or not tokens[figure.first - 1].word)
        and figure.last < len(tokens)
        and bool(tokens[figure.last].auxiliaries)
    )
    clitic = any(
        grammar.listed(token.form, "partitive_clitic") and _before_verb(tokens, index)
        for index, token in enumerate(tokens[: figure.first])
        if figure.first - index <= 7
    )
    if grammar.listed("bare", "elliptic_figure") and _after_verb(tokens, figure):
        clitic = True
    part = figure.first > 0 and grammar.listed(tokens[figure.first - 1].form, "of_which")
    if not (more or another or clitic or part or general or begins):
        return None
    if part and any(t.form in grammar.currencies for t in tokens[figure.first - 4 : figure.first]):
        # "500 million euros, of which 200 million for shells": of the money
        return None
    last = figure.last + 1 if more or general else figure.last
    group = ItemGroup(figure.first, figure.first, last, None, "en", item_from="anaphora")
    group.quantity = figure.interval
    group.basis = "increment" if more or another else ("part" if part else None)
    return group


def ordered_after(grammar: Grammar, tokens: Sequence[Token], figure: Figure) -> bool:
    """ "the first four have arrived": some of what was named, by their order."""
    at = figure.last
    return (
        figure.first > 0
        and "determiner" in tokens[figure.first - 1].words
        and at + 1 < len(tokens)
        and grammar.listed(tokens[at].form, "order_word")
        and bool(tokens[at + 1].auxiliaries or tokens[at + 1].verbs)
    )


def _of_them(grammar: Grammar, tokens: Sequence[Token], figure: Figure) -> int:
    """How many tokens "of them" takes after a figure; 0 where it does not follow."""
    if figure.last == len(tokens):
        return 0
    for parts in _split(grammar.lists.get("of_them", frozenset())):
        if tokens[figure.last].form != parts[0]:
            continue
        after = [token.form for token in tokens[figure.last : figure.last + len(parts)]]
        if after == parts:
            return len(parts)
    return 0


@cache
def _split(phrases: frozenset[str]) -> tuple[list[str], ...]:
    """The phrases of a list, each as its words."""
    return tuple(each.split() for each in phrases)


def _ordinals(grammar: Grammar, tokens: Sequence[Token], counted: set[int]) -> list[ItemGroup]:
    """ "a third one is expected": one more of what was named."""
    found: list[ItemGroup] = []
    for at in range(1, len(tokens) - 1):
        before, token, after = tokens[at - 1], tokens[at], tokens[at + 1]
        if token.form not in grammar.ordinals or at in counted:
            continue
        if not (grammar.listed(before.form, "one") or "definite" in before.words):
            continue
        if not (after.auxiliaries or (after.verbs and after.verbs[0].tense == "fut")):
            continue
        group = ItemGroup(at, at, at + 1, None, "en", item_from="anaphora")
        group.quantity, group.basis = exactly(1, token.form), "part"
        found.append(group)
    return found


def _none(grammar: Grammar, tokens: Sequence[Token]) -> list[ItemGroup]:
    """ "n'en livrera aucun": none of what was named."""
    none = grammar.lists.get("none_of_them", ())
    return [
        ItemGroup(at, at, at + 1, None, "en", item_from="anaphora")
        for at, token in enumerate(tokens)
        if token.form in none
        and (at + 1 == len(tokens) or not tokens[at + 1].word)
        and any(
            grammar.listed(each.form, "partitive_clitic") for each in tokens[max(0, at - 6) : at]
        )
    ]


def _described(grammar: Grammar, tokens: Sequence[Token], figure: Figure) -> bool:
    """ "of which six new": a number of the whole and one word that tells of them."""
    at = figure.last
    if not figure.first or not grammar.listed(tokens[figure.first - 1].form, "of_which"):
        return False
    return (
        at < len(tokens) and tokens[at].word and not tokens[at].entities
        and not tokens[at].preposition and not tokens[at].cues
        and (at + 1 == len(tokens) or not tokens[at + 1].word)
    )  # fmt: skip


def _after_verb(tokens: Sequence[Token], figure: Figure) -> bool:
    """ "has delivered only six so far": the number is the verb's whole object."""
    following = tokens[figure.last] if figure.last < len(tokens) else None
    if figure.plain == 1 or (
        following is not None and (following.noun is not None or "false_unit" in following.cues)
    ):
        return False
    at = figure.first - 1
    while at >= 0 and at >= figure.first - 2 and "adverb" in tokens[at].words:
        at -= 1
    if at < 0 or not any(sense.event for sense in tokens[at].verbs):
        return False
    return figure.last >= len(tokens) or tokens[figure.last].preposition != "for"


def _before_verb(tokens: Sequence[Token], index: int) -> bool:
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return following is not None and bool(following.auxiliaries or following.verbs)


def _stands_alone(grammar: Grammar, tokens: Sequence[Token], figure: Figure) -> bool:
    """No noun follows that the number could count."""
    at = figure.last
    if at < len(tokens) and "more" in tokens[at].cues:
        at += 1
    if at >= len(tokens):
        return True
    token = tokens[at]
    if token.number or token.form in grammar.currencies:
        # "an additional $200 million": the figure counts money
        return False
    return (
        not token.word
        or token.form in grammar.time_words
        or "general_noun" in token.words
        or bool(token.auxiliaries)
        or bool(token.verbs and token.verbs[0].tense != "pp")
        or token.preposition in ("to", "for", "other")
        or "coordinator" in token.words
    )
