"""Verbs left out: second subjects, and each nation with its number or its money."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from intendance.reading._grammar.amounts import Amount
from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.clauses import Analysis
from intendance.reading._grammar.ellipsis import stands_alone
from intendance.reading._grammar.groups import ActorGroup, ItemGroup
from intendance.reading._grammar.numbers import Figure
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token
from intendance.terms import exactly, money


def second_subjects(scene: Scene) -> None:
    """ "A will send X, B six Y and C two Z": each item to the actor right before it."""
    analysis = scene.analysis
    earlier: Claim | None = None
    for claim in scene.claims:
        item, last, earlier = claim.item, earlier, claim
        if item is None or claim.actor is None or claim.predicate is None:
            continue
        if last is not None and _goes_on(analysis.tokens, last, claim):
            # "A will give X, and B – Y and Z": Z is B's too
            claim.actor = last.actor
            continue
        for group in analysis.actors:
            if _by_each(analysis, claim, item, group):
                claim.actor, claim.last = group, max(claim.last, group.last)
                break
            if group.role is not None or group.adjective or not group.ids:
                continue
            if group is claim.actor or group is claim.recipient:
                continue
            if group.first <= claim.predicate.at or not _right_before(
                analysis.grammar, analysis.tokens, group, item
            ):
                continue
            before = group.first - 1
            if before > 0 and "determiner" in analysis.tokens[before].words:
                before -= 1
            token = analysis.tokens[before]
            if token.form in (",", ";") or "coordinator" in token.words:
                claim.actor = group
                claim.first, claim.last = group.first, item.last


def shared_out(scene: Scene) -> list[Claim]:
    """ "hat A sechs und B zehn X zugesagt": each recipient with its own number of the same."""
    analysis = scene.analysis
    claims: list[Claim] = []
    for claim in scene.claims if analysis.fields else ():
        item, taker = claim.item, claim.recipient
        if item is None or taker is None or not item.quantity.known:
            continue
        figure = next((each for each in scene.numbers if each.first == taker.last), None)
        other = next((g for g in analysis.actors if g.last == item.first and g.ids), None)
        if figure is None or other is None or other is taker or other.adjective:
            continue
        between = analysis.tokens[figure.last : other.first]
        if not 0 < len(between) <= 2 or not any("coordinator" in t.words for t in between):
            continue
        part = msgspec.structs.replace(
            item, first=figure.first, head=figure.first, last=figure.last,
            quantity=figure.interval, basis=None, part_of=None,
        )  # fmt: skip
        claims.append(msgspec.structs.replace(claim, item=part))
        claim.recipient = other
    return claims


def _goes_on(tokens: Sequence[Token], last: Claim, claim: Claim) -> bool:
    """Whether an item is joined to one that a second subject has been found for."""
    if last.item is None or claim.item is None or last.predicate is not claim.predicate:
        return False
    if last.actor is None or claim.predicate is None or last.actor.first <= claim.predicate.at:
        return False
    between = tokens[last.item.last : claim.item.first]
    return 0 < len(between) <= 3 and all(
        token.form == "," or token.words & {"coordinator", "determiner"} for token in between
    )


def _by_each(analysis: Analysis, claim: Claim, item: ItemGroup, group: ActorGroup) -> bool:
    """ "150 tanks, among them 14 X by A and 31 Y by B": each item with its own giver.

    Not so "pays for the purchase of X by B": a noun between has its own.
    """
    tokens = analysis.tokens
    if any(
        each.voice == "noun" and 0 < item.first - each.last <= 2 for each in analysis.predicates
    ):
        return False
    return (
        group.role == "by" and bool(group.ids) and not group.maker
        and claim.predicate is not None and claim.predicate.voice == "active"
        and 0 <= group.first - item.last <= 2
        and all(
            token.preposition == "by" or "determiner" in token.words
            for token in tokens[item.last : group.first]
        )
    )  # fmt: skip


def _right_before(
    grammar: Grammar, tokens: Sequence[Token], group: ActorGroup, item: ItemGroup
) -> bool:
    return group.last <= item.first and all(
        "determiner" in token.words
        or (token.form == "–" and at == group.last)
        or grammar.listed(token.form, "all_of")
        for at, token in enumerate(tokens[group.last : item.first], group.last)
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
        if (
            before.form == ";"
            and analysis.tokens[after : after + 1]
            and (analysis.tokens[after].form == ",")
        ):
            # "A sent 20; B, 15"
            after += 1
        figure = _number_at(scene, after)
        paid = _paid_by_each(scene, claims, group, after)
        if paid is not None:
            claims.append(paid)
            continue
        last = next(
            (c for c in reversed(scene.claims + claims) if c.last <= group.first and c.item), None
        )
        if figure is None or last is None or last.item is None or last.act == "train":
            continue
        if before.form not in (",", ";") and "coordinator" not in before.words:
            continue
        if not stands_alone(analysis.grammar, analysis.tokens, figure):
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


def _number_at(scene: Scene, at: int) -> Figure | None:
    """A number by itself, after "another" too, or one more by its order ("a fifth")."""
    grammar, tokens = scene.analysis.grammar, scene.analysis.tokens
    if at + 1 < len(tokens) and grammar.listed(tokens[at].form, "another"):
        at += 1
    figure = next((f for f in scene.numbers if f.first == at), None)
    if figure is not None and figure.plain != 1:
        return figure
    if at + 1 >= len(tokens) or not grammar.listed(tokens[at].form, "one"):
        return figure
    if tokens[at + 1].form not in grammar.ordinals:
        return figure
    return Figure(at, at + 2, exactly(1, tokens[at + 1].form), 1)


def _paid_by_each(
    scene: Scene, claims: Sequence[Claim], group: ActorGroup, after: int
) -> Claim | None:
    """ "A will give 10 million euros for drones, B 15 million": money, its currency left out."""
    tokens = scene.analysis.tokens
    before = tokens[group.first - 1]
    if before.form not in (",", ";") and "coordinator" not in before.words:
        return None
    last = next(
        (c for c in reversed([*scene.claims, *claims]) if c.last <= group.first and c.amount), None
    )
    if last is None or last.amount is None:
        return None
    amount = next((each for each in scene.amounts if each.first == after), None)
    if amount is None:
        figure = next((each for each in scene.numbers if each.first == after), None)
        if figure is None or tokens[figure.last - 1].form not in scene.analysis.grammar.magnitudes:
            return None
        if not stands_alone(scene.analysis.grammar, tokens, figure):
            return None
        sum_ = money(figure.interval, last.amount.money.currency)
        amount = Amount(figure.first, figure.last, sum_)
    return msgspec.structs.replace(
        last, actor=group, amount=amount, first=group.first, last=amount.last
    )
