"""Rule 9: backfills, joint donations and payments go to whom they go, and count once."""

from __future__ import annotations

from intendance.ledger._fold import block_key


def test_rule_09_a_backfill_goes_to_the_donor_that_it_compensates(kit):
    """Rule 9: the Patriot for Slovakia is Slovakia's, the S-300 is Ukraine's."""
    backfill = kit.say("backfill", 1, item="patriot", actors=("USA",), recipients=("SVK",))
    given = kit.say("deliver", 1, item="s-300", actors=("SVK",))
    folded = kit.fold(kit.on("2022-04-08", backfill), kit.on("2022-04-08", given))
    owed = {each.item: (each.donors, each.recipient) for each in folded.commitments}
    assert owed == {"patriot": (("USA",), "SVK"), "s-300": (("SVK",), "UKR")}


def test_rule_09_patriots_deployed_there_are_no_donation(kit):
    """Rule 9: a deployment to the donor is neither backfill nor delivery."""
    deployed = kit.say("deploy", item="patriot", actors=("DEU", "NLD"), recipients=("SVK",))
    assert block_key(deployed, kit.catalogue) is None


def test_rule_09_a_joint_donation_is_one_commitment_with_several_donors(kit):
    """Rule 9: whatever the order in which the donors are named; single donors are others."""
    one = kit.say("promise", 4, actors=("NLD", "DEU"), joint=True)
    two = kit.say("promise", 4, actors=("DEU", "NLD"), joint=True)
    own = kit.say("promise", 14)
    folded = kit.fold(*(kit.on("2022-10-12", said) for said in (one, two, own)))
    donors = {each.donors: each.stages["promised"].quantity.exact for each in folded.commitments}
    assert donors == {("DEU", "NLD"): 4, ("DEU",): 14}


def test_rule_09_who_pays_is_named_and_is_no_donor(kit):
    """Rule 9: the supplier gives, the payer finances; a payer of industry is the donor."""
    paid = kit.say("finance", 4, actors=("NLD",), suppliers=("CZE",), certainty="announced")
    found = kit.one(kit.on("2022-10-12", paid))
    assert (found.donors, found.financed_by, found.supplied_by) == (("CZE",), ("NLD",), ("CZE",))
    bought = kit.say("finance", 4, suppliers=("rheinmetall",), certainty="announced")
    made = kit.one(kit.on("2022-10-12", bought))
    assert (made.donors, made.financed_by) == (("DEU",), ("DEU",))
    assert made.made_by == made.supplied_by == ("rheinmetall",)


def test_rule_09_payers_suppliers_and_makers_are_gathered_from_live_statements(kit):
    """Rule 9: sorted unions; who is asked for something supplies nothing by that."""
    one = kit.say("promise", 4, financers=("NLD", "DNK"))
    two = kit.say("deliver", 4, suppliers=("rheinmetall", "CZE"), financers=("DNK",))
    guess = kit.say("deliver", 4, suppliers=("POL",), live=False)
    found = kit.one(*(kit.on("2022-10-12", said) for said in (one, two, guess)))
    assert found.financed_by == ("DNK", "NLD")
    assert found.supplied_by == ("CZE", "rheinmetall")
    assert found.made_by == ("rheinmetall",)
    asked = kit.say("request", actors=("UKR",), recipients=(), suppliers=("DEU",))
    assert kit.one(kit.on("2022-10-12", asked)).supplied_by == ()


def test_rule_09_a_repayment_is_money_between_donors_and_never_more_aid(kit):
    """Rule 9: what is repaid for tanks is no tank, and goes to the donor."""
    repaid = kit.say(
        "reimburse", 14, item="leopard-2", actors=("EU",), recipients=("POL",),
        money=kit.euros("300"),
    )  # fmt: skip
    found = kit.one(kit.on("2023-10-12", repaid))
    assert (found.recipient, found.item, found.general) == ("POL", None, True)
    delivered = found.stages["delivered"]
    assert (delivered.quantity.known, len(delivered.money)) == (False, 1)
    assert found.financed_by == ("EU",)
