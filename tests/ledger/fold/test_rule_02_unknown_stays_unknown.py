"""Rule 2: unknown stays unknown; candidates are kept, shown and never summed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intendance.ledger._fold import Evidence, fold_all
from intendance.terms import UNDISCLOSED, UNSPECIFIED, Statement, exactly


def test_rule_02_what_is_not_said_is_unknown_and_not_nothing(kit):
    """Rule 2: a promise without a figure is unspecified; "undisclosed" is something else."""
    silent = kit.one(kit.on("2022-10-12", kit.say("promise")))
    assert silent.stages["promised"].quantity == UNSPECIFIED
    assert silent.outstanding == UNSPECIFIED
    secret = kit.one(kit.on("2022-10-12", kit.say("promise", UNDISCLOSED)))
    assert secret.stages["promised"].quantity == UNDISCLOSED


def test_rule_02_a_delivery_of_unknown_size_leaves_at_most_the_promise(kit):
    """Rule 2: 4 promised and some delivered leaves 4 or less, not 4 and not 0."""
    found = kit.one(
        kit.on("2022-10-12", kit.say("promise", 4)), kit.on("2022-11-05", kit.say("deliver"))
    )
    assert (found.outstanding.low, found.outstanding.high) == (None, 4)
    assert found.furthest_stage == "delivered"


def test_rule_02_candidates_are_shown_and_never_counted(kit):
    """Rule 2: a statement whose item is inferred changes no figure, money, witness or stage."""
    firm = kit.say("promise", 4, money=kit.euros("100"))
    guess = kit.say("deliver", 9, live=False, money=kit.euros("900"), financers=("NLD",))
    found = kit.one(kit.on("2022-10-12", firm), kit.on("2022-10-13", guess))
    assert found.live
    assert found.furthest_stage == "promised"
    assert found.outstanding.exact == 4
    assert found.financed_by == ()
    delivered = found.stages["delivered"]
    assert delivered.statements == (guess.id,)
    assert (delivered.quantity, delivered.values) == (UNSPECIFIED, ())
    assert (delivered.money, delivered.witnesses) == ((), 0)


def test_rule_02_a_commitment_of_candidates_alone_is_not_live(kit):
    """Rule 2: it is listed with its stages, and no stage is reached."""
    found = kit.one(kit.on("2022-10-12", kit.say("deliver", 9, live=False)))
    assert not found.live
    assert found.furthest_stage is None
    assert found.stages["delivered"].quantity == UNSPECIFIED


def test_rule_02_a_candidates_item_makes_no_live_statement_more_specific(kit):
    """Rule 2: a live "iris-t" stays that, whatever a candidate supposes."""
    wide = kit.say("promise", 4)
    guess = kit.say("promise", 4, item="iris-t-slm", live=False)
    found = kit.one(kit.on("2022-10-13", wide), kit.on("2022-10-12", guess))
    assert (found.item, found.anchor) == ("iris-t", wide.id)
    assert set(found.stages["promised"].statements) == {wide.id, guess.id}


def test_rule_02_rates_and_shares_are_no_quantities(kit):
    """Rule 2: 1,000 a month is no 1,000, and half of something is no number of it."""
    rate = kit.say("promise", 1000, per="month", money=kit.euros("100"))
    share = kit.say("promise", 50, unit="percent")
    found = kit.one(kit.on("2022-10-12", rate), kit.on("2022-10-12", share))
    promised = found.stages["promised"]
    assert (promised.quantity, promised.values, promised.money) == (UNSPECIFIED, (), ())


def test_rule_02_units_of_another_kind_are_neither_compared_nor_added(kit):
    """Rule 2: two batteries neither confirm nor contradict eight launchers."""
    launchers = kit.say("promise", 8, unit="launcher")
    batteries = kit.say("promise", 2, unit="battery")
    folded = kit.fold(kit.on("2022-10-12", launchers), kit.on("2022-10-12", batteries))
    assert folded.conflicts == []
    assert folded.commitments[0].stages["promised"].quantity.exact == 8
    later = kit.fold(kit.on("2022-10-12", batteries), kit.on("2022-11-05", launchers))
    assert later.commitments[0].stages["promised"].quantity.exact == 8
    alone = kit.one(kit.on("2022-10-12", batteries))
    assert alone.stages["promised"].quantity.exact == 2


def test_rule_02_about_a_hundred_agrees_within_its_rounding_and_stays_as_said(kit):
    """Rule 2: "about 100" and 102 agree, the exact one counts; "about 100" and 110 do not."""
    about = kit.say("promise", exactly(100, approx=True))
    near, far = kit.say("promise", 102), kit.say("promise", 110)
    agreed = kit.fold(kit.on("2022-10-12", about), kit.on("2022-10-12", near))
    assert agreed.conflicts == []
    assert agreed.commitments[0].stages["promised"].quantity.exact == 102
    under = kit.say("promise", 98)
    assert kit.fold(kit.on("2022-10-12", about), kit.on("2022-10-12", under)).conflicts == []
    conflict = kit.conflict(kit.on("2022-10-12", about), kit.on("2022-10-12", far))
    assert [side.value for side in conflict.sides] == ["about 100", "110"]


def _numbers(said: Statement) -> set[object]:
    given_ = [said.quantity.low, said.quantity.high]
    if said.part_of is not None:
        given_ += [said.part_of.low, said.part_of.high]
    return set(given_)


@given(data=st.data())
def test_rule_02_no_figure_holds_a_number_that_no_live_statement_states(kit, data):
    """Rule 2: both ends of every figure of every stage stand in a live statement behind it."""
    evidence = data.draw(kit.evidence())
    folded = fold_all(evidence, (), kit.catalogue)
    said = {each.statement.id: each.statement for each in evidence}
    for commitment in folded.commitments:
        for state in commitment.stages.values():
            live = [said[name] for name in state.statements if said[name].live]
            stated = {number for each in live for number in _numbers(each)} | {None}
            for value in (state.quantity, *state.values):
                assert {value.low, value.high} <= stated
            amounts = {
                end for each in live if each.money for end in (each.money.low, each.money.high)
            }
            for amount in state.money:
                assert {amount.low, amount.high} <= amounts


@given(data=st.data())
def test_rule_02_candidates_leave_every_live_figure_as_it_is(kit, data):
    """Rule 2: with or without the candidates, the live commitments have the same figures."""
    evidence = data.draw(kit.evidence())
    firm = [each for each in evidence if each.statement.live]
    assert _figures(kit, evidence) == _figures(kit, firm)


def _figures(kit, evidence: list[Evidence]) -> list[object]:
    folded = fold_all(evidence, (), kit.catalogue)
    return [
        (
            each.id,
            each.furthest_stage,
            each.outstanding,
            [
                (stage, state.quantity, state.money, state.values, state.time, state.witnesses)
                for stage, state in each.stages.items()
                if state.witnesses
            ],
        )
        for each in folded.commitments
        if each.live
    ]
