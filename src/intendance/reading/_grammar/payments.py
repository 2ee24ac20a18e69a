"""Which amount of money belongs to which item of a claim."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from intendance.reading._grammar.amounts import Amount
from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.clauses import Analysis
from intendance.reading._grammar.groups import ItemGroup
from intendance.reading._grammar.predicates import FINITE, Predicate

_MILITARY_AID: Final = "military-aid"
_WORTH: Final = 9
"""Tokens between an item and the amount that it is worth."""


def right_before(analysis: Analysis, amount: Amount, predicate: Predicate) -> bool:
    """ "1 billion of firm orders": an amount tied to the act behind it, no mark between."""
    between = analysis.tokens[amount.last : predicate.first]
    return 0 <= predicate.first - amount.last <= 2 and all(token.word for token in between)


_BESIDE: Final = 7
"""Tokens between an amount and the participle behind its noun."""


def in_reach(
    analysis: Analysis, amount: Amount, predicate: Predicate, start: int, end: int
) -> bool:
    """Whether an amount stands in the predicate's clause and after no other verb of it."""
    if right_before(analysis, amount, predicate):
        return True
    if predicate.voice == "participle" and _of_another(analysis, amount, predicate):
        return False
    between = analysis.tokens[predicate.last : amount.first]
    if any(analysis.grammar.listed(token.form, "total_value") for token in between):
        # "gave tanks, and the value of all its aid is 7 billion"
        return False
    if not start <= amount.first < end or _of_what_is_announced(analysis, amount, predicate):
        return False
    if any(
        each.voice == "participle"
        and each.event in ("finance", "order", "allocate")
        and predicate.at < each.at < amount.first <= each.last + 6
        for each in analysis.predicates
    ):
        # "guns, paid for with 60 million": the money is the payment's
        return False
    if _of_verb_beside(analysis, amount, predicate):
        return False
    return predicate.voice == "noun" or not any(
        start <= other.at < amount.first
        and other.voice == "active"
        and other.tense in FINITE
        and other.governor != predicate.at
        and other.at != predicate.governor
        and amount.last <= predicate.first
        for other in analysis.predicates
    )


def _of_another(analysis: Analysis, amount: Amount, predicate: Predicate) -> bool:
    """ "15 million of clothes make up most of the aid announced", "85 million to replace the guns
    given": the sum is the clothes', and the replacement's."""
    if predicate.first - amount.last > _BESIDE:
        return True
    return any(
        amount.last <= each.at < predicate.first and each.voice in ("active", "passive")
        for each in analysis.predicates
    )


def _of_verb_beside(analysis: Analysis, amount: Amount, predicate: Predicate) -> bool:
    """ "would buy X and allocate 15 million": the amount is the second verb's."""
    return predicate.voice == "active" and any(
        each.voice == "active"
        and each.event in ("finance", "allocate")
        and predicate.at < each.at < amount.first
        and "coordinator" in analysis.tokens[each.first - 1].words
        for each in analysis.predicates
    )


def _of_what_is_announced(analysis: Analysis, amount: Amount, predicate: Predicate) -> bool:
    """ "announced it would buy X for 165 million": the money is the purchase's."""
    return predicate.governs == "announce" and any(
        each.voice == "active"
        and each.event in ("order", "deliver", "finance", "allocate")
        and each.mode in ("announced", "done", "under way")
        and predicate.at < each.at < amount.first
        for each in analysis.predicates
    )


def claim_per_item(
    scene: Scene,
    base: Claim,
    items: Sequence[ItemGroup],
    money: Sequence[Amount],
) -> list[Claim]:
    """One claim per item, each with its own amount of money; one for money without items."""
    claims: list[Claim] = []
    amounts = [
        each for each in scene.amounts if each in money and not (items and _around(scene, each))
    ]
    own = [each for each in amounts if base.presupposed and 0 <= base.first - each.last <= 2]
    if own and items and not own[0].last <= items[0].first <= base.first:
        # "1 billion of firm orders": the amount is the act's, not the first item's
        amounts = [each for each in amounts if each not in own]
        claims.append(msgspec.structs.replace(base, amount=own[0], first=own[0].first))
    whole = _whole(scene, items, amounts)
    if whole is not None:
        # "aid of 200 million, of which 18 guns": the sum is the package's, not the guns'
        amounts = [each for each in amounts if each is not whole]
        first, last = min(base.first, whole.first), max(base.last, whole.last)
        claims.append(msgspec.structs.replace(base, amount=whole, first=first, last=last))
    total = next(
        (each for each in amounts if len(items) > 1 and _is_total(scene, items, each)), None
    )
    package = next((each for each in amounts if _of_package(scene, items, each)), None)
    total = total or package
    if total is not None:
        # "A, B and C, for a total of 110 million": of all together
        amounts = [each for each in amounts if each is not total]
        last = max(base.last, total.last)
        item = None
        if package is not None and base.act in ("deliver", "promise", "plan"):
            item = ItemGroup(total.first, total.first, total.last, _MILITARY_AID, "")
        claims.append(msgspec.structs.replace(base, amount=total, last=last, item=item))
    lumped = _lumped(scene, items, amounts)
    for place, item in enumerate(items):
        claim = msgspec.structs.replace(base, item=item)
        claim.first = min(base.first, item.first)
        claim.last = max(base.last, item.last)
        if place and len(items) > 1 and not (base.presupposed or item.head < base.first):
            claim.first, claim.last = item.first, item.last
        claim.amount = _amount_of(scene, item, items, amounts)
        if lumped and place:
            continue
        claims.append(claim)
    aid = _aid(scene, base, amounts[0]) if amounts and not items else None
    got = base.predicate is not None and base.predicate.event == "receive"
    if not items and amounts and (aid is not None or not got):
        claim = msgspec.structs.replace(base, amount=amounts[0], item=aid)
        claim.first = min(base.first, amounts[0].first)
        claim.last = max(base.last, amounts[0].last)
        claims.append(claim)
    return claims


def _aid(scene: Scene, base: Claim, amount: Amount) -> ItemGroup | None:
    """ "aid of 300 million to B": the aid itself is the item, where a nation is to have it."""
    if base.recipient is None or base.act not in ("deliver", "promise", "allocate", "plan"):
        return None
    tokens, grammar = scene.analysis.tokens, scene.analysis.grammar
    for at in range(amount.first - 1, max(-1, amount.first - 5), -1):
        if grammar.listed(tokens[at].form, "aid_noun"):
            after = tokens[at + 1].form
            if grammar.listed(after, "civil_aid"):
                return None
            if at and grammar.listed(tokens[at - 1].form, "civil_aid"):
                return None
            return ItemGroup(at, at, at + 1, _MILITARY_AID, tokens[at].form)
    if grammar.case_marked and amount.last < len(tokens):
        # "61 billion dollars of aid": the noun follows its sum without a preposition
        at = amount.last
        if grammar.listed(tokens[at].form, "aid_noun"):
            return ItemGroup(at, at, at + 1, _MILITARY_AID, tokens[at].form)
    return None


def _around(scene: Scene, amount: Amount) -> bool:
    """ "send X as part of a $2 billion package": the sum is the package's, not X's."""
    tokens, grammar = scene.analysis.tokens, scene.analysis.grammar
    named = any("package" in token.cues for token in tokens[amount.last : amount.last + 3])
    return named and any(
        token.preposition == "via" or grammar.listed(token.form, "inside_package")
        for token in tokens[max(0, amount.first - 3) : amount.first]
    )


def _whole(scene: Scene, items: Sequence[ItemGroup], amounts: Sequence[Amount]) -> Amount | None:
    """The amount that the items are a part of: "of which" or "including" stands between."""
    if not items:
        return None
    tokens = scene.analysis.tokens
    for amount in amounts:
        between = tokens[amount.last : items[0].first]
        if amount.last <= items[0].first and any("include" in token.cues for token in between):
            return amount
    return None


def _is_total(scene: Scene, items: Sequence[ItemGroup], amount: Amount) -> bool:
    tokens = scene.analysis.tokens
    if any("total" in token.cues for token in tokens[max(0, amount.first - 2) : amount.first]):
        return True
    apart = amount.first > 1 and tokens[amount.first - 2].form == ","
    return apart and "value" in tokens[amount.first - 1].cues and items[-1].last < amount.first


def _of_package(scene: Scene, items: Sequence[ItemGroup], amount: Amount) -> bool:
    """ "guns and 12 lorries, in a package of 90 million": the money is the package's."""
    tokens = scene.analysis.tokens
    before = tokens[max(0, amount.first - 5) : amount.first]
    if not items or items[-1].last >= amount.first or len(before) < 3:
        return False
    if all(each.item == _MILITARY_AID for each in items):
        # "a package of military aid of 500 million": the aid is the package
        return False
    packed = next((at for at, token in enumerate(before) if "package" in token.cues), None)
    if packed is None or packed < 1:
        return False
    return any(token.preposition == "other" for token in before[:packed])


def _lumped(scene: Scene, items: Sequence[ItemGroup], amounts: Sequence[Amount]) -> bool:
    """One amount "of A, B and C": one claim, not three of the same money."""
    if len(items) < 2 or len(amounts) != 1:
        return False
    amount = next(each for each in scene.amounts if each in amounts)
    parts = scene.analysis.tokens[items[0].last : items[1].first]
    if any("include" in token.cues for token in parts):
        # "200 million of aid, including 14 guns": the sum is the aid's, the guns are a part
        return False
    return amount.last <= items[0].first <= amount.last + 3


def _bought_with(scene: Scene, items: Sequence[ItemGroup], amount: Amount) -> ItemGroup | None:
    """ "ambulances and 2 million for generators": what the money is for stands right behind."""
    tokens, grammar = scene.analysis.tokens, scene.analysis.grammar
    if amount.last >= len(tokens) or not grammar.listed(tokens[amount.last].form, "money_for_item"):
        return None
    return next((each for each in items if 0 < each.first - amount.last <= 3), None)


def _worth_it(scene: Scene, items: Sequence[ItemGroup], amount: Amount) -> ItemGroup | None:
    """ "a package for B worth 250 million, with guns": what stands before it is worth that."""
    before = scene.analysis.tokens[max(0, amount.first - 4) : amount.first]
    if not any("value" in token.cues for token in before):
        return None
    found = [each for each in items if each.last <= amount.first]
    return found[-1] if found and amount.first - found[-1].last <= _WORTH else None


def _amount_of(
    scene: Scene, item: ItemGroup, items: Sequence[ItemGroup], amounts: Sequence[Amount]
) -> Amount | None:
    chosen = None
    for amount in scene.amounts:
        if amount not in amounts:
            continue
        nearest = (
            _bought_with(scene, items, amount)
            or _worth_it(scene, items, amount)
            or min(
                items,
                key=lambda each: min(abs(each.first - amount.last), abs(amount.first - each.last)),
            )
        )
        if nearest is item:
            chosen = chosen or amount
    return chosen
