"""Special cases of transfers: what looks like one and is none, or is another."""

from __future__ import annotations

from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.clauses import Analysis, clause_start
from intendance.reading._grammar.groups import ItemGroup
from intendance.reading._grammar.predicates import Predicate
from intendance.reading._grammar.subjects import agent_of


def money_after(scene: Scene, predicate: Predicate) -> bool:
    """ "puts up 20 million": a light verb whose object is money."""
    if predicate.voice != "active":
        return False
    free = scene.analysis.grammar.case_marked
    return any(
        0 <= each.first - predicate.last <= 3
        # "ten million for drones A will spend": the order is free
        or (free and 0 <= predicate.first - each.last <= 6)
        for each in scene.amounts
    )


def signs_framework(analysis: Analysis, predicate: Predicate) -> bool:
    """ "signed a framework contract": the framework is read by itself."""
    return predicate.event in ("sign", "order") and any(
        each.voice == "noun" and each.event == "frame" and 0 < each.at - predicate.at <= 8
        for each in analysis.predicates
    )


def agrees(analysis: Analysis, predicate: Predicate) -> bool:
    """ "signed a protocol on radars": agreed on, and nothing ordered."""
    if predicate.event != "sign" or predicate.negated:
        return False
    tokens, grammar = analysis.tokens, analysis.grammar
    places = range(max(0, predicate.first - 8), min(predicate.last + 5, len(tokens)))
    named = any(grammar.listed(tokens[at].form, "agreement_noun") for at in places)
    return named and not any(
        each.voice == "noun" and each.event in ("order", "frame") for each in analysis.predicates
    )


def announces_programme(scene: Scene, predicate: Predicate) -> bool:
    """ "announces a coalition for air defence": a programme, and no arms."""
    if predicate.governs != "announce" or predicate.voice != "active":
        return False
    after = scene.analysis.tokens[predicate.last : predicate.last + 3]
    money = any(each.first >= predicate.last for each in scene.amounts)
    return not money and any("programme_noun" in token.words for token in after)


def signs_contract(analysis: Analysis, noun: Predicate) -> bool:
    """ "signed a contract with A for X": the noun is what is signed; the signing is read.

    In a language of brackets the noun is read, with whoever signs (``roles``).
    """
    return (
        noun.voice == "noun"
        and noun.event == "order"
        and not analysis.fields
        and any(
            each.event == "sign" and each.voice == "active" and 0 < noun.at - each.at <= 4
            for each in analysis.predicates
        )
    )


def signed_framework(analysis: Analysis, predicate: Predicate) -> bool:
    """ "the framework contracts that the agency has signed": what is signed stands before."""
    if predicate.event != "sign":
        return False
    return any(
        each.voice == "noun"
        and each.event == "frame"
        and 0 < predicate.first - each.at <= 14
        and any(
            "relative_object" in token.words for token in analysis.tokens[each.at : predicate.first]
        )
        for each in analysis.predicates
    )


def paid_for(analysis: Analysis, predicate: Predicate) -> bool:
    """ "finances the purchase of": the purchase is what the money is for, not yet done."""
    return (
        predicate.voice == "noun"
        and predicate.event == "order"
        and any(
            _bought_with(analysis, predicate)
            or (each.event in ("finance", "allocate") and 0 < predicate.at - each.at <= 14)
            or (
                each.event == "finance"
                and each.voice == "passive"
                and 0 < each.at - predicate.at <= 14
            )
            for each in analysis.predicates
        )
    )


def gives_money(scene: Scene, predicate: Predicate) -> bool:
    """ "handed over 10 million for the purchase of drones": money is given, not drones."""
    analysis = scene.analysis
    if predicate.event != "deliver" or predicate.voice == "noun":
        return False
    grammar, tokens = analysis.grammar, analysis.tokens
    near = [
        each for each in scene.amounts
        if predicate.last <= each.first <= predicate.last + 4
        and not analysis.items_between(predicate.last, each.first)
    ]  # fmt: skip
    if any(
        each.last < len(tokens) and grammar.listed(tokens[each.last].form, "money_for")
        for each in near
    ):
        return True
    # "for drones A will give 10 million": what the money is for may stand first
    fronted = grammar.case_marked and grammar.listed(tokens[0].form, "money_for")
    return (
        fronted
        and any(item.last <= predicate.first and item.first <= 3 for item in analysis.items)
        and bool(near)
    )


def _bought_with(analysis: Analysis, predicate: Predicate) -> bool:
    """ "10 million euros for the purchase of": right behind an amount of money."""
    tokens, grammar = analysis.tokens, analysis.grammar
    return (
        predicate.first > 1
        and grammar.listed(tokens[predicate.first - 1].form, "money_for")
        and tokens[predicate.first - 2].form in grammar.currencies
    )


def made_elsewhere(analysis: Analysis, predicate: Predicate) -> bool:
    """ "builds a factory for the production of", "a contract for the production of": none yet."""
    if predicate.voice != "noun" or predicate.event != "produce":
        return False
    before = analysis.tokens[max(0, predicate.first - 4) : predicate.first]
    return any(analysis.grammar.listed(token.form, "plant_noun") for token in before) or any(
        each.event == "order" and each.voice == "noun" and 0 < predicate.at - each.at <= 10
        for each in analysis.predicates
    )


def ordered_delivery(analysis: Analysis, predicate: Predicate) -> bool:
    """ "an order for the supply of X": the order is read, and nothing is supplied yet."""
    if predicate.voice != "noun" or predicate.event not in ("deliver", "produce"):
        return False
    if predicate.mode != "noun":
        return False
    return any(
        each.event in ("order", "frame")
        and 0 <= predicate.first - each.last <= 3
        and all(
            token.preposition is not None
            or "determiner" in token.words
            or analysis.grammar.listed(token.form, "about")
            for token in analysis.tokens[each.last : predicate.first]
        )
        for each in analysis.predicates
    )


def hands_contract(analysis: Analysis, predicate: Predicate) -> bool:
    """ "awarded Lockheed Martin a contract": an order, whatever the verb.

    Money set aside "for the purchase of" something orders nothing yet.
    """
    return any(
        each.voice == "noun"
        and each.event == "order"
        and 0 < each.at - predicate.at <= 10
        and not any(
            token.preposition in ("to", "for") or analysis.grammar.listed(token.form, "money_for")
            for token in analysis.tokens[each.at - 2 : each.at]
        )
        for each in analysis.predicates
    )


def awards_contract(analysis: Analysis, predicate: Predicate) -> bool:
    """ "a contract for 200 guns was awarded to F": the contract is read by itself."""
    start = clause_start(analysis, predicate)
    return predicate.voice == "passive" and any(
        each.voice == "noun" and each.event == "order" and start <= each.at < predicate.first
        for each in analysis.predicates
    )


def gets_order(analysis: Analysis, predicate: Predicate) -> bool:
    """A firm that "received an order" receives no equipment; the order is read by itself."""
    tokens, grammar = analysis.tokens, analysis.grammar
    near = tokens[predicate.last : predicate.last + 5]
    if any(grammar.listed(token.form, "licence") for token in near):
        # "got a licence for the production of rifles": no rifles
        return True
    return any(
        each.voice == "noun"
        and (each.event in ("order", "frame") or each.governs == "promise")
        and 0 <= each.at - predicate.last <= 8
        and not analysis.items_between(predicate.last, each.at)
        for each in analysis.predicates
    )


def grows_capacity(analysis: Analysis, predicate: Predicate) -> bool:
    """ "will triple its production": capacity grows; that is read as such."""
    return predicate.voice == "noun" and any(
        each.event == "expand" and 0 < predicate.at - each.at <= 5 for each in analysis.predicates
    )


def is_made_in(analysis: Analysis, predicate: Predicate) -> bool:
    """ "fabriqués aux États-Unis" tells where a thing comes from; nothing is produced there now.

    Nor is it by "de fabrication française".
    """
    if predicate.voice == "noun" and predicate.event == "produce":
        around = (predicate.first - 1, predicate.last)
        tokens, grammar = analysis.tokens, analysis.grammar
        return grammar.is_word(tokens[predicate.at].form, "of_origin") and any(
            group.adjective and (group.first in around or group.last - 1 in around)
            for group in analysis.actors
        )
    return (
        predicate.voice == "participle"
        and predicate.event == "produce"
        and agent_of(analysis, predicate) is None
    )


def is_definite_act(analysis: Analysis, predicate: Predicate) -> bool:
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


def mark_swap(analysis: Analysis, claim: Claim) -> None:
    """A delivery in exchange for what the recipient gives away or retires is a backfill."""
    old = next((each for each in analysis.items if each.exchanged), None)
    if old is None or claim.act not in ("deliver", "promise", "receive", "plan"):
        return
    if any(g.role == "from" and 0 <= g.first - old.last <= 2 for g in analysis.actors):
        # "in exchange for 40 lorries from C": what the giver gets from another
        return
    owner = claim.recipient.ids if claim.recipient is not None else ()
    if old.owner is not None:
        owner = (old.owner,)
    if old is claim.item or claim.predicate is None or claim.predicate.voice == "participle":
        return
    if claim.act == "receive":
        claim.actor = None
    claim.replaces, claim.replaced_owner, claim.act = old, owner, "backfill"


def meant_item(predicate: Predicate) -> ItemGroup:
    """An item still open, for an act of what was named before."""
    return ItemGroup(predicate.first, predicate.at, predicate.last, None, "", item_from="anaphora")


def training_item(predicate: Predicate) -> ItemGroup:
    """Training itself, where no other service is named."""
    return ItemGroup(predicate.first, predicate.at, predicate.last, "training", "training")


def unknown_act(analysis: Analysis, predicate: Predicate) -> bool:
    """ "refused to name the arms": what is refused is another act, of no verb that we know."""
    tokens, grammar = analysis.tokens, analysis.grammar
    at = predicate.last
    if at + 1 >= len(tokens) or not grammar.listed(tokens[at].form, "infinitive_link"):
        return False
    token = tokens[at + 1]
    endings = tuple(grammar.lists.get("infinitive_ending", ()))
    return token.word and not token.entities and token.form.endswith(endings or ("\0",))
