"""Claims without a transfer: needs, stocks, repairs, deployments, capacity, programmes, requests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from intendance.catalogue import Catalogue
from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.clauses import agent_of, clause_start, right_end, subject_of
from intendance.reading._grammar.composition import compose
from intendance.reading._grammar.groups import ActorGroup, ItemGroup
from intendance.reading._grammar.items import names_stock
from intendance.reading._grammar.predicates import Predicate
from intendance.reading._grammar.transfers import with_coordinated
from intendance.reading._tokens import Token
from intendance.terms import Act, Certainty, exactly

_PERIODS: Final = ("day", "week", "month", "year")
_STOCKS: Final = "military-stocks"
_PRODUCTION: Final = "production-capacity"


def state_claims(catalogue: Catalogue, scene: Scene) -> list[Claim]:
    """The claims of every predicate that is no transfer."""
    claims: list[Claim] = []
    for predicate in scene.analysis.predicates:
        maker = (
            _MAKERS.get(predicate.event)
            or (_request if predicate.governs == "request" else None)
            or (_need if predicate.governs == "need" else None)
        )
        if maker is not None:
            claims.extend(maker(catalogue, scene, predicate))
    return claims


def _claim(predicate: Predicate, act: Act, certainty: Certainty) -> Claim:
    claim = Claim(act, certainty, predicate.first, predicate.last, "")
    claim.predicate = predicate
    if predicate.negated:
        claim.polarity, claim.certainty = "negative", "denied"
    return claim


def _spread(claim: Claim, items: list[ItemGroup]) -> list[Claim]:
    claims: list[Claim] = []
    for place, item in enumerate(items):
        each = msgspec.structs.replace(claim, item=item)
        if place:
            each.first, each.last = item.first, item.last
        else:
            each.first, each.last = min(claim.first, item.first), max(claim.last, item.last)
        claims.append(each)
    return claims


def _around(scene: Scene, predicate: Predicate) -> list[ItemGroup]:
    """Items on the right of a predicate, else those that are its subject."""
    analysis = scene.analysis
    right = _free(scene, analysis.items_between(predicate.last, right_end(analysis, predicate)))
    return right or _before(scene, predicate)


def _before(scene: Scene, predicate: Predicate) -> list[ItemGroup]:
    analysis = scene.analysis
    return _free(scene, analysis.items_between(clause_start(analysis, predicate), predicate.first))


def _free(scene: Scene, items: list[ItemGroup]) -> list[ItemGroup]:
    """Items that are no target and that no transfer has claimed."""
    taken = {id(claim.item) for claim in scene.claims}
    return [
        each for each in items if not each.against and not each.stored and id(each) not in taken
    ]


def _need(catalogue: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    analysis = scene.analysis
    claim = _claim(predicate, "need", "announced")
    subject = subject_of(analysis, predicate)
    claim.actor = subject.actor or _owner_after(scene, predicate)
    claim.recipient = claim.actor
    before = [
        each
        for each in analysis.items
        if each.last <= predicate.first
        and predicate.first - each.last <= 4
        and "dont" in [t.form for t in analysis.tokens[each.last : predicate.first]]
    ]
    return _spread(claim, before or _around(scene, predicate))


def _request(catalogue: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    """A request whose object is an item itself ("demande des chars", "on its wish list")."""
    analysis = scene.analysis
    if any(
        other.governor == predicate.at and other.event and other.voice != "noun"
        for other in analysis.predicates
    ):
        return []
    claim = _claim(predicate, "request", "announced")
    subject = subject_of(analysis, predicate)
    claim.actor = subject.actor or _owner_after(scene, predicate)
    claim.recipient = claim.actor
    items = _around(scene, predicate)
    if "wish_list" in analysis.tokens[predicate.at].cues:
        listed = with_coordinated(analysis, _before(scene, predicate)[-1:])
        items = [*listed, *(each for each in items if each.head > predicate.at)]
    if predicate.voice == "noun" and not _close(predicate, items):
        return []
    return _spread(claim, items)


def _close(predicate: Predicate, items: list[ItemGroup]) -> bool:
    return any(
        0 <= each.first - predicate.last <= 6 or 0 <= predicate.first - each.last <= 6
        for each in items
    )


def _owner_after(scene: Scene, predicate: Predicate) -> ActorGroup | None:
    """ "la liste de souhaits de l'Ukraine", "les besoins ukrainiens"."""
    for group in scene.analysis.actors:
        if 0 <= group.first - predicate.last <= 3 and (group.role == "of" or group.adjective):
            return group
    return None


def _replace(catalogue: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    """ "A will replace B's X by a Y": a backfill of Y from A to B, tied to X."""
    analysis = scene.analysis
    saying = compose("replace", predicate.mode, predicate.negated)
    if saying is None:
        return []
    end = right_end(analysis, predicate)
    items = analysis.items_between(predicate.last, end)
    if not analysis.items_between(predicate.last, end):
        return []
    by = [
        each for each in items
        if each.first > 0 and any(
            token.preposition in ("by", "with") for token in
            analysis.tokens[max(predicate.last, each.first - 3) : each.first]
        )
    ]  # fmt: skip
    old = [each for each in items if each not in by]
    if not by and old and predicate.mode == "open":
        _turn_to_backfill(scene, predicate, old[0])
    if not by or not old:
        return []
    if all(each.item is not None and catalogue.is_class(each.item) for each in (old[0], by[0])):
        # "replace Soviet equipment by modern equipment" is a promise, not a swap of two things
        general = compose("deliver", predicate.mode, predicate.negated)
        saying = general if general is not None else saying
    claim = Claim(
        saying.act, saying.certainty, predicate.first, predicate.last, "", saying.polarity
    )
    claim.predicate = predicate
    claim.actor = subject_of(analysis, predicate).actor
    owner = old[0].owner
    claim.replaces = old[0]
    if owner is not None:
        claim.recipients = (owner,)
        claim.replaced_owner = (owner,)
    claim.item = by[0]
    claim.first, claim.last = min(claim.first, old[0].first), max(by[0].last, claim.last)
    return [claim]


def _turn_to_backfill(scene: Scene, predicate: Predicate, old: ItemGroup) -> None:
    """ "will send 14 X to B to replace the Y": what is sent in the main clause replaces."""
    for claim in scene.claims:
        if claim.act not in ("deliver", "promise", "plan") or claim.item is None:
            continue
        if claim.item is old or claim.item.head > predicate.at:
            continue
        claim.act, claim.replaces = "backfill", old
        claim.replaced_owner = claim.recipient.ids if claim.recipient is not None else ()


def _deplete(catalogue: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    return _stock_claim(scene, predicate, "deplete")


def _replenish(catalogue: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    return _stock_claim(scene, predicate, "plan")


def _stock_claim(scene: Scene, predicate: Predicate, act: Act) -> list[Claim]:
    analysis = scene.analysis
    tokens = analysis.tokens
    end = min(right_end(analysis, predicate), predicate.last + 8)
    start = max(0, predicate.first - 8)
    near = next(
        (index for index in (*range(predicate.last, end), *range(predicate.first - 1, start - 1, -1))
         if names_stock(tokens[index])),
        None,
    )  # fmt: skip
    if near is None:
        return []
    certainty: Certainty = "planned" if act == "plan" else "done"
    claim = _claim(predicate, act, certainty)
    claim.item_text = tokens[near].form
    claim.item = ItemGroup(near, near, near + 1, _STOCKS, tokens[near].form)
    claim.first, claim.last = min(claim.first, near), max(claim.last, near + 1)
    claim.actor = subject_of(analysis, predicate).actor or next(
        (g for g in analysis.actors if (0 <= g.first - near <= 8 and g.role == "of")
         or 0 <= g.first - claim.last <= 3), None)  # fmt: skip
    if claim.actor is None and near and "possessive_first" in tokens[near - 1].words:
        claim.actor = ActorGroup(near - 1, near, (), None, pronoun="first")
    return [claim]


def _repair(catalogue: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    claim = _claim(predicate, "repair", "under way")
    claim.actor = subject_of(scene.analysis, predicate).actor
    items = _around(scene, predicate)
    if items:
        return _spread(claim, items[:2])
    owner = _share_of(scene, predicate)
    if owner is None:
        return []
    claim.actor = owner
    return [claim]


def _share_of(scene: Scene, predicate: Predicate) -> ActorGroup | None:
    """ "a third of Ukraine's potential": the owner of the share."""
    tokens = scene.analysis.tokens
    if not any(t.form in scene.analysis.grammar.fractions for t in tokens[: predicate.first]):
        return None
    owners = [g for g in scene.analysis.actors if g.last <= predicate.first and g.role == "of"]
    return owners[-1] if owners else None


def _cannibalise(catalogue: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    claim = _claim(predicate, "cannibalise", "under way")
    actors = [g for g in scene.analysis.actors if g.role is None and g.last <= predicate.first]
    claim.actor = actors[0] if actors else None
    items = [g for g in scene.analysis.items if g.head < predicate.at and not g.against]
    return _spread(claim, items[:1]) or ([claim] if claim.actor else [])


def _deploy(catalogue: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    analysis = scene.analysis
    saying = compose("deploy", predicate.mode, predicate.negated)
    if saying is None:
        return []
    claim = _claim(predicate, "deploy", saying.certainty)
    claim.actor = subject_of(analysis, predicate).actor
    if predicate.voice == "noun":
        claim.actor = next(
            (g for g in analysis.actors_between(predicate.last, right_end(analysis, predicate))
             if g.role in ("from", "of", "by")), claim.actor)  # fmt: skip
    items = _around(scene, predicate)
    return _spread(claim, items[:3])


def _hold(catalogue: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    claim = _claim(predicate, "hold", "done")
    claim.actor = subject_of(scene.analysis, predicate).actor
    if claim.actor is None:
        return []
    return _spread(claim, _around(scene, predicate)[:3])


def _expand(catalogue: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    """More capacity, where production is what grows."""
    analysis = scene.analysis
    tokens = analysis.tokens
    end = min(right_end(analysis, predicate), predicate.last + 7)
    around = [*range(predicate.last, end), *range(max(0, predicate.first - 5), predicate.first)]
    near = next((i for i in around if _productive(catalogue, tokens[i])), None)
    if near is None and any("presence" in tokens[i].cues for i in around):
        return _deploy(catalogue, scene, predicate)
    if near is None:
        return []
    saying = compose("expand", predicate.mode, predicate.negated)
    if saying is None:
        return []
    claim = _claim(predicate, "expand", saying.certainty)
    claim.actor = subject_of(analysis, predicate).actor
    items = [
        g for g in analysis.items_between(near, right_end(analysis, predicate)) if not g.against
    ]
    items = [each for each in items if each.item != _PRODUCTION]
    if items:
        return _spread(claim, items[:2])
    claim.item = ItemGroup(near, near, near + 1, _PRODUCTION, tokens[near].form)
    _target(scene, claim.item, end)
    claim.first, claim.last = min(claim.first, near), max(claim.last, near + 1)
    return [claim]


def _productive(catalogue: Catalogue, token: Token) -> bool:
    item = token.item
    return "production_noun" in token.cues or (item is not None and item.id == _PRODUCTION)


def _target(scene: Scene, item: ItemGroup, end: int) -> None:
    """ "from 100,000 to 300,000 a year": the rate that is aimed at."""
    tokens = scene.analysis.tokens
    for figure in scene.numbers:
        if not item.head < figure.first <= end + 6:
            continue
        period = next(
            (p for token in tokens[figure.last : figure.last + 4] for p in _PERIODS
             if f"rate_{p}" in token.cues), None)  # fmt: skip
        high = figure.interval.high
        if period is not None and high is not None:
            item.quantity, item.per = exactly(high, figure.interval.text), period
            return


def _launch(catalogue: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    """A programme, plan, fund or coalition announced, joined or run."""
    analysis = scene.analysis
    end = right_end(analysis, predicate)
    saying = compose("launch", predicate.mode, predicate.negated)
    if saying is None:
        return []
    for index in range(predicate.last, min(end, predicate.last + 8)):
        token = analysis.tokens[index]
        programme = token.entity(frozenset({"programme"}))
        if programme is None and "programme_noun" not in token.words:
            continue
        claim = _claim(predicate, "announce", saying.certainty)
        claim.actor = subject_of(analysis, predicate).actor or agent_of(analysis, predicate)
        item = programme.id if programme is not None else "programme"
        claim.item = ItemGroup(index, index, index + 1, item, token.form)
        claim.first, claim.last = predicate.first, min(index + 8, end)
        return [claim]
    return []


def _amount(catalogue: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    """ "Its military aid amounts to 300 million": what was given so far, or will be."""
    analysis = scene.analysis
    money = [a for a in scene.amounts if 0 <= a.first - predicate.last <= 4]
    start = clause_start(analysis, predicate)
    aid = [
        each
        for each in analysis.items_between(start, predicate.first)
        if each.item is not None and catalogue.includes("military-aid", each.item)
    ]
    if not money or not aid:
        return []
    saying = compose("deliver", predicate.mode, predicate.negated)
    if saying is None:
        return []
    certainty: Certainty = "done" if saying.certainty == "under way" else saying.certainty
    claim = Claim(saying.act, certainty, start, money[0].last, "", saying.polarity)
    claim.predicate, claim.amount, claim.item = predicate, money[0], aid[0]
    groups = analysis.actors_between(start, predicate.first)
    claim.actor = next(
        (g for g in groups if g.ids and (g.adjective or g.role in ("of", "by"))), None
    )
    claim.recipient = next((g for g in groups if g.ids and g.role in ("to", "for")), None)
    return [claim]


_MAKERS: Final[dict[str, Callable[[Catalogue, Scene, Predicate], list[Claim]]]] = {
    "need": _need,
    "replace": _replace,
    "deplete": _deplete,
    "replenish": _replenish,
    "repair": _repair,
    "cannibalise": _cannibalise,
    "deploy": _deploy,
    "hold": _hold,
    "expand": _expand,
    "launch": _launch,
    "amount": _amount,
}
