"""Rule 7: a conflict is kept until a decision settles it; figures at known dates are a history."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intendance.ledger._fold import fold_all
from intendance.ledger._fold.figures import Figure, contested, rank_ends, standing
from intendance.terms import TimeSpan, at_least, short_hash


def _pair(kit, first_day, second_day):
    """The pair of the issue: the first of four, and four already delivered."""
    first = kit.say("deliver", 1, part_of=4, basis="part", unit="system")
    four = kit.say("deliver", 4, unit="system")
    return kit.on(first_day, first), kit.on(second_day, four)


def test_rule_07_one_of_four_against_four_is_a_conflict_where_one_is_undated(kit):
    """Rule 7: one commitment, delivered [1, 4] of 4, both sides with their statements."""
    one, four = _pair(kit, None, "2022-10-12")
    folded = kit.fold(one, four)
    (found,) = folded.commitments
    delivered = found.stages["delivered"]
    assert (delivered.quantity.low, delivered.quantity.high) == (1, 4)
    assert (found.outstanding.low, found.outstanding.high) == (0, 3)
    assert found.stages["promised"].quantity.exact == 4
    (conflict,) = folded.conflicts
    assert found.conflicts == (conflict.id,)
    assert conflict.id == "k" + short_hash((found.id, "quantity", "delivered"))
    assert (conflict.kind, conflict.commitment, conflict.settled_by) == ("quantity", found.id, None)
    assert [(side.value, side.statements, side.witnesses) for side in conflict.sides] == [
        ("1", (one.statement.id,), 1),
        ("4", (four.statement.id,), 1),
    ]


def test_rule_07_one_of_four_then_four_is_a_history(kit):
    """Rule 7: weeks later the four are the figure that counts, and nothing is contested."""
    folded = kit.fold(*_pair(kit, "2022-10-12", "2022-11-05"))
    (found,) = folded.commitments
    assert folded.conflicts == []
    assert found.stages["delivered"].quantity.exact == 4
    assert [value.exact for value in found.stages["delivered"].values] == [1, 4]
    assert found.outstanding.exact == 0


@pytest.mark.parametrize(
    ("one", "four"),
    [("2022-11-05", "2022-10-12"), ("2022-10-12", "2022-10-12"), ("2022", "2022-11-05")],
)
def test_rule_07_four_then_one_or_at_once_is_a_conflict(kit, one, four):
    """Rule 7: deliveries only grow, and overlapping times decide nothing."""
    folded = kit.fold(*_pair(kit, one, four))
    assert len(folded.conflicts) == 1
    quantity = folded.commitments[0].stages["delivered"].quantity
    assert (quantity.low, quantity.high) == (1, 4)


def test_rule_07_the_day_that_is_said_counts_before_the_day_of_publication(kit):
    """Rule 7: of what happened, a figure holds for the time that is said."""
    late = kit.on("2022-12-01", kit.say("deliver", 1, time="2022-10-12"))
    folded = kit.fold(late, kit.on("2022-11-05", kit.say("deliver", 4)))
    assert folded.conflicts == []
    assert folded.commitments[0].stages["delivered"].quantity.exact == 4


def test_rule_07_a_promise_may_fall_and_the_later_counts(kit):
    """Rule 7: what is promised can be cut; a return to an earlier figure counts too."""
    days = (("2022-10-12", 4), ("2022-10-15", 10), ("2022-10-18", 4))
    said = [kit.on(day, kit.say("promise", number)) for day, number in days]
    folded = kit.fold(*said)
    assert folded.conflicts == []
    assert folded.commitments[0].stages["promised"].quantity.exact == 4
    assert kit.one(*said[:2]).stages["promised"].quantity.exact == 10


def test_rule_07_intervals_that_overlap_agree_and_the_narrower_counts(kit):
    """Rule 7: "at least 3", "2 to 6" and "4" are one figure: 4."""
    folded = kit.fold(
        *(kit.on("2022-10-12", kit.say("deliver", each)) for each in (at_least(3), (2, 6), 4))
    )
    assert folded.conflicts == []
    assert folded.commitments[0].stages["delivered"].quantity.exact == 4
    assert len(folded.commitments[0].stages["delivered"].values) == 3


def test_rule_07_open_ends_touch_and_do_not_overlap(kit):
    """Rule 7: "more than 4" contradicts 4, "4 or more" does not."""
    four = kit.on("2022-10-12", kit.say("deliver", 4))
    assert kit.fold(four, kit.on("2022-10-12", kit.say("deliver", at_least(4)))).conflicts == []
    above = kit.conflict(four, kit.on("2022-10-12", kit.say("deliver", at_least(4, above=True))))
    assert [side.value for side in above.sides] == ["4", "> 4"]


def test_rule_07_an_old_conflict_is_kept_beside_the_later_figure(kit):
    """Rule 7: 1 or 4 in October stays open, though 6 in December is what counts."""
    folded = kit.fold(
        kit.on("2022-10-12", kit.say("deliver", 1)),
        kit.on("2022-10-12", kit.say("deliver", 4)),
        kit.on("2022-12-01", kit.say("deliver", 6)),
    )
    assert [side.value for side in folded.conflicts[0].sides] == ["1", "4"]
    assert folded.commitments[0].stages["delivered"].quantity.exact == 6


def test_rule_07_done_against_denied_is_a_conflict_of_occurrence(kit):
    """Rule 7: the denied delivery is no figure, and stands against what says it happened."""
    done = kit.on("2022-10-12", kit.say("deliver", 4))
    denial = kit.on("2022-10-13", kit.say("deliver", 4, certainty="denied"))
    folded = kit.fold(done, denial)
    (conflict,) = folded.conflicts
    assert (conflict.kind, [side.value for side in conflict.sides]) == (
        "occurrence",
        ["done", "denied"],
    )
    delivered = folded.commitments[0].stages["delivered"]
    assert (delivered.quantity.exact, delivered.witnesses) == (4, 1)
    assert len(delivered.statements) == 2
    preferred = kit.decide("prefer", denial.statement)
    settled = kit.fold(done, denial, decisions=(preferred,))
    assert settled.conflicts[0].settled_by == preferred.id
    assert settled.commitments[0].furthest_stage is None
    assert not settled.commitments[0].stages["delivered"].quantity.known


def test_rule_07_not_yet_is_a_history_and_another_quantity_no_contradiction(kit):
    """Rule 7: "not delivered yet" in June agrees with October; denying ten denies no four."""
    done = kit.on("2022-10-12", kit.say("deliver", 4))
    before = kit.on("2022-06-01", kit.say("deliver", polarity="negative"))
    assert kit.fold(done, before).conflicts == []
    ten = kit.on("2022-10-12", kit.say("deliver", 10, polarity="negative"))
    assert kit.fold(done, ten).conflicts == []
    undated = kit.on(None, kit.say("deliver", polarity="negative"))
    assert kit.conflict(done, undated).kind == "occurrence"


def test_rule_07_a_denial_alone_reaches_no_stage(kit):
    """Rule 7: it is kept and shown, and nothing counts as delivered."""
    found = kit.one(kit.on("2022-10-12", kit.say("deliver", 4, certainty="denied")))
    assert (found.furthest_stage, found.conflicts) == (None, ())
    assert found.stages["delivered"].witnesses == 0


def test_rule_07_refused_and_withdrawn_hold_until_something_later_says_otherwise(kit):
    """Rule 7: a refusal after a promise withdraws it; a promise after a refusal lifts it."""
    promise = kit.on("2022-10-12", kit.say("promise", 4))
    refusal = kit.on("2023-01-01", kit.say("refuse"))
    withdrawn = kit.one(promise, refusal)
    assert withdrawn.furthest_stage == "withdrawn"
    assert not withdrawn.outstanding.known
    assert kit.one(refusal).furthest_stage == "refused"
    again = kit.on("2023-02-01", kit.say("promise", 4))
    assert kit.one(refusal, again).furthest_stage == "promised"
    will_not = kit.say("deliver", certainty="planned", polarity="negative")
    assert kit.one(kit.on("2023-01-01", will_not)).furthest_stage == "refused"
    delivered = kit.on("2022-12-01", kit.say("deliver", 1))
    partly = kit.one(promise, delivered, refusal)
    assert partly.furthest_stage == "delivered"
    assert not partly.outstanding.known


def test_rule_07_disjoint_deadlines_said_at_once_are_a_conflict_of_time(kit):
    """Rule 7: March or June, on one day; weeks apart the later deadline counts."""
    march = kit.say("promise", 4, time="2023-03")
    june = kit.say("promise", 4, time="2023-06-30")
    conflict = kit.conflict(kit.on("2022-10-12", march), kit.on("2022-10-12", june))
    assert conflict.kind == "time"
    assert [side.value for side in conflict.sides] == ["2023-03", "2023-06-30"]
    both = kit.one(kit.on("2022-10-12", march), kit.on("2022-10-12", june))
    time = both.stages["promised"].time
    assert (time.start, time.end) == ("2023-03-01", "2023-06-30")
    moved = kit.fold(kit.on("2022-10-12", march), kit.on("2022-11-05", june))
    assert moved.conflicts == []
    assert moved.commitments[0].stages["promised"].time.start == "2023-06-30"


def test_rule_07_batches_and_dates_within_one_another_are_no_conflict(kit):
    """Rule 7: 1 by March and 4 by June are a plan; "2023" and "March 2023" agree."""
    day = "2022-10-12"
    staged = kit.fold(
        kit.on(day, kit.say("promise", (1, 2), time="2023-03")),
        kit.on(day, kit.say("promise", (1, 9), time="2023-06")),
    )
    assert staged.conflicts == []
    agreed = kit.fold(
        kit.on(day, kit.say("promise", 4, time="2023")),
        kit.on(day, kit.say("promise", 4, time="2023-03")),
    )
    assert agreed.conflicts == []
    assert agreed.commitments[0].stages["promised"].time.start == "2023-03-01"


def test_rule_07_the_day_of_the_announcement_is_no_deadline(kit):
    """Rule 7: a time that was over when it was published is not when the thing is due."""
    past = kit.say("promise", 4, time="2022-10-11")
    found = kit.one(kit.on("2022-10-12", past))
    assert not found.stages["promised"].time.known
    words = kit.say("promise", 4, time=TimeSpan(text="next week"))
    kept = kit.one(kit.on("2022-10-12", past), kit.on("2022-10-12", words))
    assert kept.stages["promised"].time == TimeSpan(text="next week")


def test_rule_07_two_days_of_one_delivery_are_a_conflict_and_of_two_are_none(kit):
    """Rule 7: the same four can't have come in March and in May; one, then four can."""
    day = "2023-10-12"
    march, may = kit.say("deliver", 4, time="2023-03"), kit.say("deliver", 4, time="2023-05")
    assert kit.conflict(kit.on(day, march), kit.on(day, may)).kind == "time"
    one = kit.say("deliver", 1, time="2023-03")
    folded = kit.fold(kit.on(day, one), kit.on(day, may))
    assert folded.conflicts == []
    assert folded.commitments[0].stages["delivered"].time.start == "2023-05-01"
    so_far = kit.say("deliver", 4, time="2023-07", basis="cumulative")
    assert kit.fold(kit.on(day, may), kit.on(day, so_far)).conflicts == []


def test_rule_07_a_day_to_come_is_no_day_of_an_event(kit):
    """Rule 7: "ordered 18 for June 2025", said in 2023, is ordered in 2023."""
    first = kit.say("order", 18, time="2025-06")
    second = kit.say("order", 18, time="2025-12")
    folded = kit.fold(kit.on("2023-10-12", first), kit.on("2023-10-12", second))
    assert folded.conflicts == []
    assert not folded.commitments[0].stages["contracted"].time.known
    more = kit.fold(kit.on("2023-10-12", first), kit.on("2023-11-05", kit.say("order", 22)))
    assert more.conflicts == []


def test_rule_07_counts_and_unnumbered_deliveries_have_no_day_of_their_own(kit):
    """Rule 7: "4 by March" and "4 by May", or deliveries in March and in May, agree."""
    day = "2023-10-12"
    for quantity, basis in ((4, "cumulative"), (None, None)):
        said = [
            kit.on(day, kit.say("deliver", quantity, time=month, basis=basis))
            for month in ("2023-03", "2023-05")
        ]
        folded = kit.fold(*said)
        assert folded.conflicts == []
        time = folded.commitments[0].stages["delivered"].time
        assert (time.start, time.end) == ("2023-03-01", "2023-05-31")


_SPANS = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda ends: tuple(sorted(ends)))


def _figures(drawn):
    made = []
    for number, ((low, high), (start, end), known) in enumerate(drawn):
        time = (f"{start}", f"{end}") if known else ("", "~")
        figure = Figure(number, ((low, 0), (high, 0)), high - low, approx=False, time=time)
        made.append(figure)
    rank_ends(made)
    return made


@given(st.lists(st.tuples(_SPANS, _SPANS, st.booleans()), max_size=9), st.booleans())
def test_rule_07_sweeps_find_what_pairwise_comparison_finds(drawn, cumulative):
    """Rule 7: the near-linear search for contradictions is the rule, pair by pair."""
    figures = _figures(drawn)

    def against(one, other):
        apart = one.low > other.high or other.low > one.high
        if not apart:
            return False
        first, second = (one, other) if one.t1 < other.t0 else (other, one)
        if first.t1 < second.t0:
            return cumulative and first.low > second.high
        return True

    def replaced(one):
        later = [each for each in figures if each.t0 > one.t1]
        above = any(each.low > one.high for each in later)
        return above or (not cumulative and any(each.high < one.low for each in later))

    expected = [one for one in figures if any(against(one, other) for other in figures)]
    assert contested(figures, cumulative) == expected
    assert standing(figures, cumulative) == [one for one in figures if not replaced(one)]


@given(data=st.data())
def test_rule_07_a_contested_figure_shows_both_ends(kit, data):
    """Rule 7: the figure of a stage lies within its values and holds each that still stands."""
    evidence = data.draw(kit.evidence())
    folded = fold_all(evidence, (), kit.catalogue)
    contests = {(each.commitment, each.kind) for each in folded.conflicts}
    for commitment in folded.commitments:
        for state in commitment.stages.values():
            known = [value for value in state.values if value.known]
            assert state.quantity.known == bool(known)
            assert all(state.quantity.overlaps(value) for value in known[-1:]) or (
                (commitment.id, "quantity") in contests
            )
