"""Rule 6: the narrower kind specialises the wider; classes and money alone stand for themselves."""

from __future__ import annotations

from intendance.catalogue import load_catalogue
from intendance.ledger._fold import block_key, fold_block


def test_rule_06_blocks_are_recipient_root_and_donors(kit):
    """Rule 6: kinds of one tree share a block, other trees and classes do not."""

    def key(**fields):
        return block_key(kit.say("promise", **fields), kit.catalogue)

    assert key(item="leopard-2a6m") == key(item="leopard-2") == "UKR|leopard-2|DEU"
    assert key(item="leopard-1") == "UKR|leopard-1|DEU"
    assert key(item="heavy-weapons") == "UKR|heavy-weapons|DEU"
    assert key(item=None, money=kit.euros("100")) == "UKR|money|DEU"
    assert key(item=None) == "UKR|?|DEU"
    assert key(recipients=(), actors=()) == "?|iris-t|?"
    assert key(recipients=("UKR", "MDA")) == "MDA+UKR|iris-t|DEU"


def test_rule_06_who_gives_and_who_takes_depends_on_the_act(kit):
    """Rule 6: the asker is the recipient, the supplier of what is received the donor."""

    def key(act, **fields):
        given = {"actors": ("UKR",), "recipients": ()} | fields
        return block_key(kit.say(act, **given), kit.catalogue)

    assert key("request") == "UKR|iris-t|?"
    assert key("need", suppliers=("DEU", "NATO")) == "UKR|iris-t|DEU+NATO"
    assert key("request", actors=("NATO",), recipients=("UKR",)) == "UKR|iris-t|?"
    assert key("receive", suppliers=("DEU",)) == "UKR|iris-t|DEU"
    assert key("order", actors=("NSPA",)) == "?|iris-t|NSPA"


def test_rule_06_leopard_1_and_leopard_2_never_meet(kit):
    """Rule 6: a likeness of names is no specialisation."""
    folded = kit.fold(
        kit.on("2022-10-12", kit.say("promise", 4, item="leopard-1")),
        kit.on("2022-10-12", kit.say("promise", 4, item="leopard-2")),
    )
    assert {each.item for each in folded.commitments} == {"leopard-1", "leopard-2"}


def test_rule_06_a_wider_statement_joins_the_only_narrower_commitment(kit):
    """Rule 6: "Leopard 2" and "Leopard 2A4" of one donor can be the same promise."""
    wide = kit.say("promise", 4, item="leopard-2")
    narrow = kit.say("promise", 4, item="leopard-2a4")
    found = kit.one(kit.on("2022-10-12", wide), kit.on("2022-10-13", narrow))
    assert (found.item, found.anchor) == ("leopard-2a4", narrow.id)
    assert found.stages["promised"].witnesses == 2


def test_rule_06_a_wider_statement_that_fits_two_stands_alone_and_names_them(kit):
    """Rule 6: nothing is merged through the wider item, and no figure is split between two."""
    wide = kit.on("2022-10-12", kit.say("promise", 18, item="leopard-2"))
    a4 = kit.on("2022-10-12", kit.say("promise", 4, item="leopard-2a4"))
    a6 = kit.on("2022-10-12", kit.say("promise", 14, item="leopard-2a6"))
    folded = kit.fold(wide, a4, a6)
    named = {each.item: each for each in folded.commitments}
    assert set(named) == {"leopard-2", "leopard-2a4", "leopard-2a6"}
    assert named["leopard-2"].candidates == tuple(
        sorted((named["leopard-2a4"].id, named["leopard-2a6"].id))
    )
    assert named["leopard-2a4"].candidates == ()


def test_rule_06_levels_are_followed_down_to_the_narrowest(kit):
    """Rule 6: a chain of ever narrower kinds is one commitment, a fork is not."""
    chain = [
        kit.on("2022-10-12", kit.say("promise", 4, item=item))
        for item in ("leopard-2", "leopard-2a6", "leopard-2a6m")
    ]
    assert kit.one(*chain).item == "leopard-2a6m"
    fork = kit.fold(*chain, kit.on("2022-10-12", kit.say("promise", 4, item="leopard-2a4")))
    named = {each.item: each for each in fork.commitments}
    assert set(named) == {"leopard-2", "leopard-2a4", "leopard-2a6m"}
    assert len(named["leopard-2"].candidates) == 2


def test_rule_06_a_wide_increment_is_a_tranche_among_the_narrow_ones(kit):
    """Rule 6: "10 more Leopard 2" beside 4 Leopard 2A4 is a tranche, named as it is said."""
    folded = kit.fold(
        kit.on("2022-06-01", kit.say("promise", 4, item="leopard-2a4")),
        kit.on("2022-10-12", kit.say("promise", 10, item="leopard-2", basis="increment")),
    )
    assert {(each.item, each.outstanding.exact) for each in folded.commitments} == {
        ("leopard-2a4", 4),
        ("leopard-2", 10),
    }


def test_rule_06_candidates_join_only_where_one_group_fits(kit):
    """Rule 6: an inferred kind joins the group above it, between two it stands alone."""
    wide = kit.on("2022-10-12", kit.say("promise", 4, item="leopard-2"))
    guess = kit.on("2022-10-13", kit.say("promise", 4, item="leopard-2a4", live=False))
    assert kit.one(wide, guess).item == "leopard-2"
    two = [
        kit.on("2022-10-12", kit.say("promise", 4, item=item))
        for item in ("leopard-2a4", "leopard-2a6")
    ]
    vague = kit.on("2022-10-13", kit.say("promise", 4, item="leopard-2", live=False))
    folded = kit.fold(*two, vague)
    (alone,) = [each for each in folded.commitments if not each.live]
    assert len(alone.candidates) == 2
    assert [each.candidates for each in folded.commitments if each.live] == [(), ()]


def test_rule_06_a_candidate_beside_its_siblings_joins_none(kit):
    """Rule 6: an inferred 2A6 is no 2A4, even where a "Leopard 2" was taken for the 2A4."""
    a4 = kit.on("2022-10-12", kit.say("promise", 4, item="leopard-2a4"))
    wide = kit.on("2022-10-12", kit.say("promise", 4, item="leopard-2"))
    guess = kit.on("2022-10-13", kit.say("promise", 4, item="leopard-2a6", live=False))
    folded = kit.fold(a4, wide, guess)
    assert folded.assigned[wide.statement.id] == folded.assigned[a4.statement.id]
    assert folded.assigned[guess.statement.id] != folded.assigned[a4.statement.id]


def test_rule_06_classes_and_money_alone_are_general(kit):
    """Rule 6: "heavier weapons" or a sum of money is a commitment of its own, marked general."""
    folded = kit.fold(
        kit.on("2022-04-07", kit.say("promise", item="heavy-weapons")),
        kit.on("2022-04-07", kit.say("promise", item="weapons", money=kit.euros("100"))),
        kit.on("2022-04-07", kit.say("promise", item=None, money=kit.euros("100"))),
        kit.on("2022-04-07", kit.say("promise", 4)),
    )
    general = {each.item: each.general for each in folded.commitments}
    assert general == {"heavy-weapons": True, "weapons": True, None: True, "iris-t": False}


def test_rule_06_the_packaged_catalogue_tells_wide_from_narrow(kit):
    """Rule 6: the same with the real catalogue: one tree, other trees, classes, nuclear matters."""
    catalogue = load_catalogue()

    def key(item):
        return block_key(kit.say("promise", item=item), catalogue)

    assert key("iris-t-slm") == key("iris-t") == "UKR|iris-t|DEU"
    assert key("leopard-2a4") == "UKR|leopard-2|DEU"
    assert key("leopard-1") == "UKR|leopard-1|DEU"
    assert key("heavy-weapons") == "UKR|heavy-weapons|DEU"
    assert key("nuclear-weapon") is None
    evidence = [
        kit.on("2022-10-12", kit.say("promise", 4, item=item)) for item in ("iris-t", "iris-t-slm")
    ]
    (found,) = fold_block(evidence, (), catalogue).commitments
    assert (found.item, found.general) == ("iris-t-slm", False)
