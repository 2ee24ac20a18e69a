"""Claims of transfer: deliver, receive, order, produce, finance and the like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from intendance.catalogue import Catalogue
from intendance.reading._grammar.amounts import Amount
from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.clauses import (
    Analysis,
    Subject,
    agent_of,
    clause_start,
    right_end,
    subject_of,
)
from intendance.reading._grammar.composition import Saying, compose
from intendance.reading._grammar.groups import ActorGroup, ItemGroup
from intendance.reading._grammar.predicates import FINITE, Predicate

_TRANSFER: Final = frozenset(
    {"deliver", "equip", "arrive", "receive", "order", "sign", "frame", "produce", "train",
     "finance", "reimburse", "allocate"}
)  # fmt: skip
_DIRECT: Final = frozenset({"promise", "offer", "announce", "refuse", "decide"})
_PLACED: Final = frozenset({"train", "produce", "deploy"})
"""Events whose "in NATION" is a place, not a recipient."""


def transfer_claims(catalogue: Catalogue, scene: Scene) -> list[Claim]:
    """One claim per transfer predicate and item (or amount of money alone)."""
    claims: list[Claim] = []
    claimed: set[tuple[int, str]] = set()
    for predicate in scene.analysis.predicates:
        event = predicate.event
        if not event and predicate.governs in _DIRECT and not _governs_act(scene, predicate):
            # "promises new tanks": the promise itself takes the item
            predicate = msgspec.structs.replace(predicate, event="deliver")
            if predicate.mode != "hearsay":
                predicate.mode = predicate.governs or predicate.mode
        if predicate.governs == "light" and _money_after(scene, predicate):
            predicate = msgspec.structs.replace(predicate, event="finance", governs=None)
        if predicate.event not in _TRANSFER or _is_made_in(scene.analysis, predicate):
            continue
        if predicate.event == "produce" and _grows(scene.analysis, predicate):
            continue
        if _signs_framework(scene.analysis, predicate) or _paid_for(scene.analysis, predicate):
            continue
        if predicate.event == "allocate" and _hands_contract(scene.analysis, predicate):
            predicate = msgspec.structs.replace(predicate, event="sign")
        saying = compose(predicate.event, _mode(scene, predicate), predicate.negated)
        if saying is None:
            continue
        claims.extend(_of_predicate(catalogue, scene, predicate, saying, claimed))
    return claims


def _money_after(scene: Scene, predicate: Predicate) -> bool:
    """ "puts up 20 million": a light verb whose object is money."""
    return predicate.voice == "active" and any(
        0 <= each.first - predicate.last <= 3 for each in scene.amounts
    )


def _mode(scene: Scene, predicate: Predicate) -> str:
    """Who permits what others do agrees to it; who permits its own delivery promises it."""
    if predicate.lemma == "offrir" and predicate.mode == "under way":
        return "announced"
    if predicate.mode != "permit" or predicate.negated or predicate.governor is None:
        return predicate.mode
    low, high = sorted((predicate.governor, predicate.at))
    others = [
        g
        for g in scene.analysis.actors
        if g.ids and not g.adjective and (low < g.first < high or g.role == "by" and g.first > high)
    ]
    return "permit" if others else "decide"


def _signs_framework(analysis: Analysis, predicate: Predicate) -> bool:
    """ "signed a framework contract": the framework is read by itself."""
    return predicate.event in ("sign", "order") and any(
        each.voice == "noun" and each.event == "frame" and 0 < each.at - predicate.at <= 8
        for each in analysis.predicates
    )


def _paid_for(analysis: Analysis, predicate: Predicate) -> bool:
    """ "finances the purchase of": the purchase is what the money is for, not yet done."""
    return (
        predicate.voice == "noun"
        and predicate.event == "order"
        and any(
            each.event in ("finance", "allocate") and 0 < predicate.at - each.at <= 14
            for each in analysis.predicates
        )
    )


def _hands_contract(analysis: Analysis, predicate: Predicate) -> bool:
    """ "awarded Lockheed Martin a contract": an order, whatever the verb."""
    return any(
        each.voice == "noun" and each.event == "order" and 0 < each.at - predicate.at <= 10
        for each in analysis.predicates
    )


def _right_before(analysis: Analysis, amount: Amount, predicate: Predicate) -> bool:
    """ "1 billion of firm orders": an amount tied to the act behind it, no mark between."""
    between = analysis.tokens[amount.last : predicate.first]
    return 0 <= predicate.first - amount.last <= 2 and all(token.word for token in between)


def _governs_act(scene: Scene, predicate: Predicate) -> bool:
    return any(
        other.governor == predicate.at and (other.event or other.governs)
        for other in scene.analysis.predicates
    )


def _of_predicate(
    catalogue: Catalogue,
    scene: Scene,
    predicate: Predicate,
    saying: Saying,
    claimed: set[tuple[int, str]],
) -> list[Claim]:
    analysis = scene.analysis
    subject = subject_of(analysis, predicate)
    items = [
        each
        for each in _objects(analysis, predicate, subject)
        if (id(each), saying.act) not in claimed
    ]
    swapped = predicate.voice != "participle"
    items = [e for e in items if not (e.against or e.stored or (e.exchanged and swapped))]
    if predicate.event == "receive" and _gets_order(analysis, predicate):
        return []
    taken = {place for place, _ in claimed}
    if predicate.voice == "participle" and agent_of(analysis, predicate) is None:
        # "the tanks promised" beside what is said of them: presupposed, of nobody
        items = [each for each in items if id(each) not in taken]
    end = right_end(analysis, predicate)
    start = predicate.first if predicate.voice == "noun" else clause_start(analysis, predicate)
    actor = _actor(analysis, predicate, subject)
    if predicate.event == "train" and (actor is None or predicate.voice == "noun"):
        actor = _host(analysis, predicate, end) or actor
    recipient = _recipient(analysis, predicate, actor, items, end)
    money = [
        each
        for each in scene.amounts
        if start <= each.first < end or _right_before(analysis, each, predicate)
    ]
    if not items and predicate.event == "train":
        items = [_training(predicate)]
    if not items and _definite_act(analysis, predicate):
        items = [_meant(predicate)]
    if not items and not (
        money
        and predicate.event in ("finance", "allocate", "order", "sign", "frame", "deliver", "equip")
    ):
        return []
    last = max(predicate.last, predicate.at + 1)
    base = Claim(saying.act, saying.certainty, predicate.first, last, "", saying.polarity)
    base.predicate = predicate
    _give_roles(catalogue, base, predicate, actor, recipient, analysis, end)
    base.presupposed = predicate.voice == "noun"
    _swap(analysis, base)
    claims = _per_item(scene, base, items, money, catalogue)
    for each in items:
        claimed.add((id(each), saying.act))
    if predicate.event == "train" and actor is not None and actor.role == "to":
        # several hosts train each for themselves
        claims = [
            msgspec.structs.replace(claim, split=host) for claim in claims for host in actor.ids
        ]
    return claims


def _grows(analysis: Analysis, predicate: Predicate) -> bool:
    """ "will triple its production": capacity grows; that is read as such."""
    return predicate.voice == "noun" and any(
        each.event == "expand" and 0 < predicate.at - each.at <= 5 for each in analysis.predicates
    )


def _is_made_in(analysis: Analysis, predicate: Predicate) -> bool:
    """ "fabriqués aux États-Unis" tells where a thing comes from; nothing is produced there now."""
    return (
        predicate.voice == "participle"
        and predicate.event == "produce"
        and agent_of(analysis, predicate) is None
    )


def _definite_act(analysis: Analysis, predicate: Predicate) -> bool:
    """ "the deliveries will begin", "these orders": of what was named before."""
    if (
        predicate.voice != "noun"
        or predicate.event not in ("deliver", "order")
        or not predicate.first
    ):
        return False
    if predicate.governor is None and predicate.mode == "noun":
        return False
    return bool(analysis.tokens[predicate.first - 1].words & {"definite", "demonstrative"})


def _meant(predicate: Predicate) -> ItemGroup:
    return ItemGroup(predicate.first, predicate.at, predicate.last, None, "", item_from="anaphora")


def _training(predicate: Predicate) -> ItemGroup:
    return ItemGroup(predicate.first, predicate.at, predicate.last, "training", "training")


def _gets_order(analysis: Analysis, predicate: Predicate) -> bool:
    """A firm that "received an order" receives no equipment; the order is read by itself."""
    return any(
        each.voice == "noun"
        and each.event in ("order", "frame")
        and 0 <= each.at - predicate.last <= 3
        for each in analysis.predicates
    )


def _swap(analysis: Analysis, claim: Claim) -> None:
    """A delivery in exchange for what the recipient gives away or retires is a backfill."""
    old = next((each for each in analysis.items if each.exchanged), None)
    if old is None or claim.act not in ("deliver", "promise", "receive", "plan"):
        return
    owner = claim.recipient.ids if claim.recipient is not None else ()
    if old.owner is not None:
        owner = (old.owner,)
    if old is claim.item or claim.predicate is None or claim.predicate.voice == "participle":
        return
    if claim.act == "receive":
        claim.actor = None
    claim.replaces, claim.replaced_owner, claim.act = old, owner, "backfill"


def _objects(analysis: Analysis, predicate: Predicate, subject: Subject) -> list[ItemGroup]:
    """The items that the predicate is about, wherever the voice puts them."""
    if predicate.voice == "passive" or predicate.event == "arrive":
        found = [subject.item] if subject.item is not None else []
        found = with_coordinated(analysis, found)
        return found or _inverted_items(analysis, predicate)
    if predicate.voice == "participle":
        return _participle_items(analysis, predicate)
    before = _relative_object(analysis, predicate)
    if before:
        return before + _gapped(analysis, predicate)
    if subject.item is not None and predicate.event in ("receive",):
        return []
    found = _right_items(analysis, predicate)
    if not found and analysis.grammar.verb_final and predicate.voice == "active":
        # "Vier Systeme hat Deutschland abgegeben": the object stands first
        found = analysis.items_between(clause_start(analysis, predicate), predicate.first)
    return found


def _inverted_items(analysis: Analysis, predicate: Predicate) -> list[ItemGroup]:
    """ "ont été livrés 12 chars": a passive's subject right behind it, else "il" of before."""
    right = _right_items(analysis, predicate)
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
    return [each for each in items if each.head < limit]


def _complement_of_noun(
    analysis: Analysis, predicate: Predicate, items: Sequence[ItemGroup]
) -> list[ItemGroup]:
    """ "livraison de chars et d'obus": the first item close by, then what is coordinated with it."""
    found = [each for each in analysis.items if each.head == predicate.at]
    last = predicate.last
    for item in items:
        between = analysis.tokens[last : item.first]
        if len(between) > (7 if not found else 14):
            break
        listed = any("include" in token.cues for token in between)
        if (
            not found
            and not listed
            and not all(
                token.preposition in ("of", "for", "to", "by", None) or "determiner" in token.words
                for token in between
            )
        ):
            break
        if found and not _enumerates(between):
            break
        found.append(item)
        last = item.last
    return found


def _enumerates(between: Sequence[object]) -> bool:
    return any(
        getattr(token, "form", "") in (",", "et", "and", "und", ":")
        or "include" in getattr(token, "cues", ())
        or "coordinator" in getattr(token, "words", ())
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
    gap = 4 if analysis.grammar.verb_final else 1
    found = [each for each in analysis.items if each.last <= start and start - each.last <= gap]
    return found[-1:]


def _gapped(analysis: Analysis, predicate: Predicate) -> list[ItemGroup]:
    """ "... ou les HIMARS des États-Unis": a second item with its own source, the verb left out."""
    end = right_end(analysis, predicate)
    return [
        each
        for each in analysis.items_between(predicate.last, end)
        if each.owner is not None and _enumerates(analysis.tokens[predicate.last : each.first])
    ]


def with_coordinated(analysis: Analysis, found: list[ItemGroup]) -> list[ItemGroup]:
    """The items joined by commas and "and" to the left of the one found, in order."""
    if not found:
        return found
    first = found[0]
    for item in reversed([each for each in analysis.items if each.last <= first.first]):
        between = analysis.tokens[item.last : found[0].first]
        if len(between) > 4 or not _enumerates(between):
            break
        found.insert(0, item)
    return found


def _actor(analysis: Analysis, predicate: Predicate, subject: Subject) -> ActorGroup | None:
    behalf = next(
        (g for g in analysis.actors if g.role == "behalf" and g.ids and g.first > predicate.first),
        None,
    )
    if behalf is not None and predicate.event in ("order", "frame", "sign"):
        # an agency that buys "on behalf of" a nation: the nation buys
        return behalf
    if predicate.voice in ("passive", "participle"):
        return agent_of(analysis, predicate) or (
            subject.actor if predicate.governor is not None else None
        )
    if predicate.voice == "noun":
        return noun_actor(analysis, predicate) or subject.actor or _running(analysis, predicate)
    if predicate.event == "arrive":
        return None
    return subject.actor


def _running(analysis: Analysis, predicate: Predicate) -> ActorGroup | None:
    """ "the agency runs initiatives, among them the conclusion of contracts": who runs them."""
    for other in reversed([each for each in analysis.predicates if each.at < predicate.at]):
        if other.voice == "active" and other.tense in FINITE:
            if other.event in ("launch", "receive", "sign", "order") and not other.negated:
                return subject_of(analysis, other).actor
            if "alleged" in analysis.tokens[other.at].cues:
                # "accuses B of": the accused is the one who acts
                return next(
                    (g for g in analysis.actors_between(other.last, predicate.first)
                     if g.role is None and not g.adjective), None)  # fmt: skip
            return None
    return None


def noun_actor(analysis: Analysis, predicate: Predicate) -> ActorGroup | None:
    """ "les livraisons allemandes", "la livraison par la France", "German deliveries of"."""
    for group in analysis.actors:
        if predicate.event == "train" and _trainee(analysis, group):
            continue
        if group.first == predicate.last and (group.adjective or group.role == "of"):
            return group
        if group.last == predicate.first and group.adjective:
            return group
        if predicate.last <= group.first <= predicate.last + 14 and group.role == "by":
            return group
    return None


def _recipient(
    analysis: Analysis,
    predicate: Predicate,
    actor: ActorGroup | None,
    items: Sequence[ItemGroup],
    end: int,
) -> ActorGroup | None:
    wanted: tuple[str, ...] = ("to", "for")
    if predicate.event == "equip":
        for group in analysis.actors_between(predicate.last, end):
            if group.role is None and not group.adjective:
                return group
    if predicate.event in ("train",):
        return _trained(analysis, predicate, end)
    indirect = _indirect(analysis, predicate, actor, items, end)
    if indirect is not None:
        return indirect
    bought = predicate.event == "order" and predicate.voice != "noun"
    if predicate.event in _PLACED or bought:
        # "acheter à X" is to buy from X
        wanted = ("for",)
    start = predicate.last if predicate.voice == "noun" else clause_start(analysis, predicate)
    if predicate.voice == "noun":
        later = [each.first for each in analysis.predicates if each.first > predicate.last]
        end = min([end, *later])
    ordered = analysis.actors_between(predicate.last, end) + [
        each for each in analysis.actors_between(start, predicate.first)
    ]
    for group in ordered:
        if group is actor or group.adjective or group.maker or group.outlet:
            continue
        if group.role in wanted and not _is_origin(analysis, group):
            return group
        disposal = "support" in analysis.tokens[predicate.at].cues
        if disposal and group.role == "of" and group.first - predicate.last <= 3:
            return group
    return None


def _indirect(
    analysis: Analysis,
    predicate: Predicate,
    actor: ActorGroup | None,
    items: Sequence[ItemGroup],
    end: int,
) -> ActorGroup | None:
    """ "gave Ukraine 14 tanks", "liefert der Ukraine Panzer": an object without a preposition."""
    tokens, code = analysis.tokens, analysis.grammar.code
    if code == "fr" or predicate.event != "deliver" or predicate.voice not in ("active", "passive"):
        return None
    limit = (
        end if code == "de" else min([end, *(i.first for i in items if i.first >= predicate.last)])
    )
    for group in analysis.actors_between(predicate.last, limit):
        if group is actor or group.role or group.adjective or group.maker or group.pronoun:
            continue
        if code == "de":
            before = (
                tokens[group.first - 2] if "determiner" in tokens[group.first - 1].words else None
            )
            if before is not None and before.capital and before.word and not before.entities:
                continue
            return group
        if group.first - predicate.last <= 2:
            return group
    return None


def _is_origin(analysis: Analysis, group: ActorGroup) -> bool:
    """ "fabriqués aux États-Unis": where it was made, not where it goes."""
    before = analysis.tokens[max(0, group.first - 3) : group.first]
    return any("of_origin" in token.words for token in before)


def _trainee(analysis: Analysis, group: ActorGroup) -> bool:
    # the catalogue's name may have several words ("Ukrainian soldiers")
    around = analysis.tokens[max(0, group.first - 2) : group.last]
    return any(
        analysis.grammar.cue(word, "training_target")
        for token in around
        for word in (token.form, *token.form.split())
    )


def _host(analysis: Analysis, predicate: Predicate, end: int) -> ActorGroup | None:
    """ "training in Germany": who hosts it gives it, where nobody else is said to."""
    return next(
        (
            g
            for g in analysis.actors_between(predicate.last, end)
            if g.ids and (g.role == "to" or g.place)
        ),
        None,
    )


def _trained(analysis: Analysis, predicate: Predicate, end: int) -> ActorGroup | None:
    groups = analysis.actors_between(predicate.last, end)
    if predicate.voice == "passive":
        # "Ukrainian soldiers are trained": who is trained is the subject
        groups += analysis.actors_between(clause_start(analysis, predicate), predicate.first)
    return next((group for group in groups if _trainee(analysis, group)), None)


def _give_roles(
    catalogue: Catalogue,
    claim: Claim,
    predicate: Predicate,
    actor: ActorGroup | None,
    recipient: ActorGroup | None,
    analysis: Analysis,
    end: int,
) -> None:
    """Actor, recipient, supplier by the event's frame."""
    if claim.act in ("receive",):
        claim.actor = actor
        claim.recipient = actor
        source = _source(analysis, predicate, end)
        if source is not None:
            # "B received X from A": A delivered it
            claim.actor, claim.recipient, claim.act = source, actor, "deliver"
    elif claim.act in ("order", "frame"):
        claim.actor = actor
        if actor is not None and actor.maker:
            claim.actor = _partner(analysis, predicate, end)
        claim.suppliers = (
            _makers(analysis, predicate, end)
            or _sellers(analysis, predicate, end)
            or _maker_subject(actor)
        )
        claim.recipient = recipient
    else:
        claim.actor = actor
        claim.recipient = recipient
    if claim.act == "request":
        claim.asker = actor.ids if actor else ()


def _source(analysis: Analysis, predicate: Predicate, end: int) -> ActorGroup | None:
    for group in analysis.actors_between(predicate.last, end):
        if group.role in ("of", "from", "by") and not group.adjective and group.ids:
            return group
    return None


def _sellers(analysis: Analysis, predicate: Predicate, end: int) -> tuple[str, ...]:
    """ "acheter à X", "buy from X"."""
    if predicate.voice == "noun":
        return ()
    return tuple(
        each
        for g in analysis.actors_between(predicate.last, end)
        if g.role in ("to", "from") and not g.adjective and not g.place
        for each in g.ids
    )


def _partner(analysis: Analysis, predicate: Predicate, end: int) -> ActorGroup | None:
    """ "the firm signed with Kyiv": the other party buys."""
    return next(
        (
            g
            for g in analysis.actors_between(predicate.last, end)
            if g.role in ("with", "by", "of") and g.ids and not g.maker and not g.adjective
        ),
        None,
    )


def _maker_subject(actor: ActorGroup | None) -> tuple[str, ...]:
    return actor.ids if actor is not None and actor.maker else ()


def _makers(analysis: Analysis, predicate: Predicate, end: int) -> tuple[str, ...]:
    return tuple(
        maker
        for group in analysis.actors_between(predicate.last, end)
        if group.maker
        for maker in group.ids
    )


def _per_item(
    scene: Scene,
    base: Claim,
    items: Sequence[ItemGroup],
    money: Sequence[Amount],
    catalogue: Catalogue,
) -> list[Claim]:
    claims: list[Claim] = []
    amounts = [each for each in scene.amounts if each in money]
    own = [each for each in amounts if base.presupposed and 0 <= base.first - each.last <= 2]
    if own and items and not own[0].last <= items[0].first <= base.first:
        # "1 billion of firm orders": the amount is the act's, not the first item's
        amounts = [each for each in amounts if each not in own]
        claims.append(msgspec.structs.replace(base, amount=own[0], first=own[0].first))
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
    if not items and amounts:
        claim = msgspec.structs.replace(base, amount=amounts[0])
        claim.first = min(base.first, amounts[0].first)
        claim.last = max(base.last, amounts[0].last)
        claims.append(claim)
    return claims


def _lumped(scene: Scene, items: Sequence[ItemGroup], amounts: Sequence[Amount]) -> bool:
    """One amount "of A, B and C": one claim, not three of the same money."""
    if len(items) < 2 or len(amounts) != 1:
        return False
    amount = next(each for each in scene.amounts if each in amounts)
    return amount.last <= items[0].first <= amount.last + 3


def _amount_of(
    scene: Scene, item: ItemGroup, items: Sequence[ItemGroup], amounts: Sequence[Amount]
) -> Amount | None:
    chosen = None
    for amount in scene.amounts:
        if amount not in amounts:
            continue
        nearest = min(
            items,
            key=lambda each: min(abs(each.first - amount.last), abs(amount.first - each.last)),
        )
        if nearest is item:
            chosen = chosen or amount
    return chosen
