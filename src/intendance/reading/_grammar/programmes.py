"""Programmes, funds and coalitions, and what military aid amounts to."""

from __future__ import annotations

from intendance.catalogue import Catalogue
from intendance.reading._grammar.amounts import Amount
from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.clauses import clause_start, right_end
from intendance.reading._grammar.composition import compose
from intendance.reading._grammar.groups import ItemGroup
from intendance.reading._grammar.predicates import Predicate
from intendance.reading._grammar.subjects import agent_of, subject_of
from intendance.reading._grammar.surroundings import claim_of
from intendance.terms import Certainty


def launch_claims(_: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
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
        claim = claim_of(predicate, "announce", saying.certainty)
        claim.actor = subject_of(analysis, predicate).actor or agent_of(analysis, predicate)
        item = programme.id if programme is not None else "programme"
        claim.item = ItemGroup(index, index, index + 1, item, token.form)
        claim.first, claim.last = predicate.first, min(index + 8, end)
        return [claim]
    return []


def amount_claims(catalogue: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    """ "Its military aid amounts to 300 million": what was given so far, or will be."""
    analysis = scene.analysis
    money = [a for a in scene.amounts if 0 <= a.first - predicate.last <= 4]
    start = clause_start(analysis, predicate)
    aid = [
        each
        for each in analysis.items_between(start, predicate.first)
        if each.item is not None and catalogue.includes("military-aid", each.item)
    ]
    if money and not aid:
        aid = _plain_aid(scene, start, predicate.first)
    if money and not aid:
        _price(scene, predicate, money[0])
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


def _plain_aid(scene: Scene, start: int, end: int) -> list[ItemGroup]:
    """ "the total of Finnish aid": aid by its bare name, unless it is called civil."""
    tokens, grammar = scene.analysis.tokens, scene.analysis.grammar
    for at in range(start, end):
        if grammar.listed(tokens[at].form, "aid_noun") and not any(
            grammar.listed(token.form, "civil_aid") for token in tokens[at + 1 : at + 3]
        ):
            return [ItemGroup(at, at, at + 1, "military-aid", tokens[at].form)]
    return []


def _price(scene: Scene, predicate: Predicate, amount: Amount) -> None:
    """ "the contracts for ammunition amount to 2.4 billion": the contracts' own amount."""
    for claim in scene.claims:
        act = claim.predicate
        if act is None or claim.act not in ("frame", "order") or claim.amount is not None:
            continue
        if act.at < predicate.first:
            claim.amount, claim.last = amount, max(claim.last, amount.last)
            return
