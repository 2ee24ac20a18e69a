"""Rule 8: money keeps its currency; a conversion names its rate; orders are part of a framework."""

from __future__ import annotations

from decimal import Decimal

import pytest

from intendance.ledger._fold.money import RATES, agree, rate, rounding
from intendance.terms import at_least, money


def test_rule_08_each_currency_keeps_its_own_amount(kit):
    """Rule 8: amounts that do not agree at the year's rate both stand, without a conflict."""
    folded = kit.fold(
        kit.on("2023-10-12", kit.say("promise", money=kit.euros("1000000"))),
        kit.on("2023-10-12", kit.say("promise", money=kit.amount("USD", "3000000"))),
    )
    assert folded.conflicts == []
    amounts = folded.commitments[0].stages["promised"].money
    assert [(each.currency, each.low) for each in amounts] == [
        ("EUR", Decimal(1000000)),
        ("USD", Decimal(3000000)),
    ]


def test_rule_08_amounts_that_agree_at_the_years_rate_are_one_figure(kit):
    """Rule 8: 1.08 billion dollars are the billion euros of 2023; the note names rate and year."""
    euros = kit.on("2023-10-12", kit.say("promise", money=kit.euros("1000000000")))
    dollars = kit.on("2023-10-13", kit.say("promise", money=kit.amount("USD", "1080000000")))
    (amount,) = kit.one(euros, dollars).stages["promised"].money
    assert (amount.currency, amount.low) == ("EUR", Decimal(1000000000))
    assert amount.text == (
        "1000000000 EUR = 1080000000 USD at 1.0813 USD for 1 EUR "
        "(ECB annual average reference rate 2023)"
    )


@pytest.mark.parametrize(("first", "second"), [("2023-10-12", None), ("2023-10-12", "2021-10-12")])
def test_rule_08_without_a_common_year_nothing_is_converted(kit, first, second):
    """Rule 8: an undated amount, or one of another year, has no day's rate."""
    found = kit.one(
        kit.on(first, kit.say("promise", money=kit.euros("1000000000"))),
        kit.on(second, kit.say("promise", money=kit.amount("USD", "1080000000"))),
    )
    assert len(found.stages["promised"].money) == 2


def test_rule_08_rounding_is_that_of_the_digits_written_and_never_wide(kit):
    """Rule 8: 1.08 billion is good to 5 million, 2 billion to 5 % and not to half a billion."""
    assert rounding(kit.euros("1080000000")) == (Decimal(1075000000), Decimal(1085000000))
    assert rounding(kit.euros("2000000000")) == (Decimal(1900000000), Decimal(2100000000))
    assert rounding(kit.euros("0")) == (Decimal(0), Decimal(0))
    with pytest.raises(ValueError, match="open end"):
        rounding(money(at_least(5), "EUR"))


def test_rule_08_open_amounts_and_unknown_rates_agree_with_nothing(kit):
    """Rule 8: no rate, no conversion; "more than" has no rounding."""
    assert rate("EUR", "XTS", "2023") is None
    assert rate("EUR", "USD", "1999") is None
    assert not agree(money(at_least(5), "EUR"), kit.amount("USD", "5"), Decimal(1))
    assert rate("GBP", "USD", "2023") == RATES["2023"]["USD"] / RATES["2023"]["GBP"]


def test_rule_08_disjoint_amounts_in_one_currency_are_a_conflict(kit):
    """Rule 8: 1.5 or 1.6 billion on one day; weeks apart the later counts."""
    one = kit.say("promise", money=kit.euros("1500000000"))
    two = kit.say("promise", money=kit.euros("1600000000"))
    conflict = kit.conflict(kit.on("2023-10-12", one), kit.on("2023-10-12", two))
    assert conflict.kind == "money"
    assert [side.value for side in conflict.sides] == ["1500000000 EUR", "1600000000 EUR"]
    (both,) = kit.one(kit.on("2023-10-12", one), kit.on("2023-10-12", two)).stages["promised"].money
    assert (both.low, both.high) == (Decimal(1500000000), Decimal(1600000000))
    later = kit.fold(kit.on("2023-10-12", one), kit.on("2023-11-05", two))
    assert later.conflicts == []
    assert later.commitments[0].stages["promised"].money[0].low == Decimal(1600000000)


def test_rule_08_firm_orders_are_inside_the_framework_and_never_added(kit):
    """Rule 8: 1 billion of firm orders beside a framework of 2.4 billion: two commitments."""
    buyer = {"actors": ("NSPA",), "recipients": (), "item": "155mm-shell"}
    frame = kit.say("frame", money=kit.euros("2400000000"), **buyer)
    firm = kit.say("order", money=kit.euros("1000000000"), links=kit.part_of(frame), **buyer)
    again = kit.say("order", money=kit.euros("1000000000"), links=kit.part_of(frame), **buyer)
    evidence = [kit.on("2023-09-28", said) for said in (frame, firm, again)]
    folded = kit.fold(*evidence)
    assert folded.conflicts == []
    assert folded.assigned[firm.id] == folded.assigned[again.id] != folded.assigned[frame.id]
    amounts = {each.anchor: each.stages["contracted"].money[0].low for each in folded.commitments}
    assert amounts[frame.id] == Decimal(2400000000)
    assert set(amounts.values()) == {Decimal(2400000000), Decimal(1000000000)}
    assert {each.recipient for each in folded.commitments} == {None}
    assert {each.donors for each in folded.commitments} == {("NSPA",)}
