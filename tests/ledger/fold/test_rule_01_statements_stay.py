"""Rule 1: a statement is never changed or deleted; corrections and retractions are decisions."""

from __future__ import annotations

import pytest

from intendance.ledger._fold import apply_corrections, check_correction
from intendance.terms import IntendanceError, canonical


def test_rule_01_a_correction_leaves_the_statement_as_it_was(kit):
    """Rule 1: a correction gives another value; identifier, quote and offsets stay."""
    said = kit.say("deliver", 4, quote="four of them", start=3, end=15)
    before = canonical(said)
    decision = kit.decide("correct", said, value='{"item":"iris-t-slm","live":false}')
    corrected = apply_corrections(said, [decision])
    assert canonical(said) == before
    assert (corrected.item, corrected.live) == ("iris-t-slm", False)
    assert (corrected.id, corrected.quote, corrected.start) == (said.id, said.quote, said.start)


def test_rule_01_corrections_apply_in_order_and_undone_ones_do_not(kit):
    """Rule 1: the later correction of a field counts, an undone one does not."""
    said = kit.say("deliver", 4)
    first = kit.decide("correct", said, value='{"unit":"battery","item":"iris-t-slm"}', when=1)
    second = kit.decide("correct", said, value='{"unit":"system"}', when=2)
    third = kit.decide("correct", said, value='{"unit":"launcher"}', when=3)
    undo = kit.decide("undo", said, value=third.id, when=4)
    corrected = apply_corrections(said, [undo, second, third, first])
    assert (corrected.unit, corrected.item) == ("system", "iris-t-slm")
    again = kit.decide("undo", said, value=undo.id, when=5)
    assert apply_corrections(said, [undo, second, third, first, again]).unit == "launcher"


def test_rule_01_quantities_money_and_time_can_be_corrected(kit):
    """Rule 1: structured fields are given as in the statement's JSON."""
    said = kit.say("deliver", 4)
    value = (
        '{"quantity":{"low":1,"high":1,"state":"stated"},"time":{"from":"2022-10-12","to":null},'
        '"money":{"low":"1.50","high":"1.50","currency":"EUR","state":"stated"}}'
    )
    corrected = apply_corrections(said, [kit.decide("correct", said, value=value)])
    assert corrected.quantity.exact == 1
    assert corrected.time.start == "2022-10-12"
    assert corrected.money is not None
    assert str(corrected.money.low) == "1.50"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            "[1]",
            "Expected a JSON object of the corrected fields, got '[1]' - at decision d1",
        ),
        (
            "{}",
            "Expected a JSON object of the corrected fields, got '{}' - at decision d1",
        ),
        (
            '{"quote":"x","colour":1}',
            (
                "Expected fields of a statement that an analyst may correct, got colour, quote"
                " - at decision d1"
            ),
        ),
        (
            '{"act":"sing"}',
            (
                "Expected what the vocabulary allows in that field, got Invalid enum value 'sing'"
                " - at `$.act` - at decision d1"
            ),
        ),
        (
            '{"quantity":{"low":4,"high":1}}',
            (
                "Expected what the vocabulary allows in that field, got Expected a low end that is"
                " not above the high end, got 4 above 1 - at an interval - at decision d1"
            ),
        ),
    ],
)
def test_rule_01_a_correction_that_makes_no_statement_is_refused(value, message):
    """Rule 1: what an analyst enters is held to the vocabulary too."""
    with pytest.raises(IntendanceError) as caught:
        check_correction(value, "decision d1")
    assert str(caught.value) == message


def test_rule_01_a_retracted_statement_is_kept_and_counts_no_more(kit):
    """Rule 1: a retraction takes a statement out of figures and witnesses, not out of the list."""
    one, two = kit.say("promise", 4), kit.say("promise", 10)
    dated = (kit.on("2022-10-12", one), kit.on("2022-10-12", two))
    found = kit.one(*dated, decisions=(kit.decide("retract", two),))
    promised = found.stages["promised"]
    assert promised.quantity.exact == 4
    assert promised.witnesses == 1
    assert set(promised.statements) == {one.id, two.id}
    assert len(found.decisions) == 1
    undone = kit.decide("retract", two)
    lifted = kit.decide("undo", two, value=undone.id, when=1)
    assert kit.fold(*dated, decisions=(undone, lifted)).conflicts
