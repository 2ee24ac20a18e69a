"""Rule 5: quantities are intervals; what replaces, what adds and what only checks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intendance.terms import add, at_least, between, exactly, hull, subtract


def _by_quantity(commitments, stage="promised"):
    found = [(c.stages[stage].quantity.low, c.stages[stage].quantity.high) for c in commitments]
    return sorted(found, key=str)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=2),
    st.integers(0, 9),
    st.integers(0, 9),
)
def test_rule_05_sums_and_differences_hold_every_sum_and_difference(ends, one, other):
    """Rule 5: for any values inside two intervals their sum lies in the interval sum."""
    first, second = (between(min(pair), max(pair)) for pair in ends)
    if first.covers(one) and second.covers(other):
        assert add(first, second).covers(one + other)
        assert subtract(first, second).covers(max(one - other, 0))
        assert hull([first, second]).covers(one)
        assert hull([first, second]).covers(other)


def test_rule_05_delivered_so_far_replaces_and_does_not_add(kit):
    """Rule 5: 1 by October, 4 by November are 4, not 5."""
    found = kit.one(
        kit.on("2022-10-12", kit.say("deliver", 1, basis="cumulative")),
        kit.on("2022-11-05", kit.say("deliver", 4, basis="cumulative")),
        kit.on("2022-09-01", kit.say("promise", 4)),
    )
    delivered = found.stages["delivered"]
    assert delivered.quantity.exact == 4
    assert [value.exact for value in delivered.values] == [1, 4]
    assert found.outstanding.exact == 0


def test_rule_05_the_first_of_four_is_one_delivered_of_four_promised(kit):
    """Rule 5: a part of a whole gives both figures, from one statement."""
    said = kit.say("deliver", 1, part_of=4, basis="part")
    found = kit.one(kit.on("2022-10-12", said))
    assert found.stages["delivered"].quantity.exact == 1
    assert found.stages["promised"].quantity.exact == 4
    assert found.stages["promised"].statements == (said.id,)
    assert found.outstanding.exact == 3


def test_rule_05_a_part_that_is_only_promised_says_nothing_of_the_whole(kit):
    """Rule 5: "the first of four will come" promises four; "a first part" promises no number."""
    of_four = kit.say("deliver", 1, certainty="planned", part_of=4, basis="part")
    assert kit.one(kit.on("2022-10-12", of_four)).stages["promised"].quantity.exact == 4
    bare = kit.say("deliver", 1, certainty="planned", basis="part")
    assert not kit.one(kit.on("2022-10-12", bare)).stages["promised"].quantity.known


def test_rule_05_a_new_package_adds(kit):
    """Rule 5: "4 more" is a commitment of its own beside the first 4."""
    base = kit.say("promise", 4)
    more = kit.say("promise", 4, basis="increment")
    folded = kit.fold(kit.on("2022-06-01", base), kit.on("2022-10-12", more))
    assert _by_quantity(folded.commitments) == [(4, 4), (4, 4)]
    assert folded.conflicts == []


def test_rule_05_two_reports_of_one_increment_are_one_tranche(kit):
    """Rule 5: "4 more" of 12 October and of 5 November are the same four."""
    one = kit.say("promise", 4, basis="increment")
    two = kit.say("promise", (3, 5), basis="increment")
    found = kit.one(kit.on("2022-10-12", one), kit.on("2022-11-05", two))
    assert found.stages["promised"].quantity.exact == 4
    assert found.stages["promised"].witnesses == 2


def test_rule_05_an_increment_is_repeated_within_a_month_of_the_last_time(kit):
    """Rule 5: 31 days count from the last time that the same was said."""
    for days, tranches in (
        (("2022-10-01", "2022-10-25", "2022-11-20"), 1),
        (("2022-10-01", "2022-11-01"), 1),
        (("2022-10-01", "2022-11-02"), 2),
    ):
        said = [kit.on(day, kit.say("promise", 4, basis="increment")) for day in days]
        assert len(kit.fold(*said).commitments) == tranches


def test_rule_05_increments_that_differ_are_different(kit):
    """Rule 5: other quantities, amounts, or packages after a week, make other tranches."""
    base = {"basis": "increment"}
    quantities = [kit.say("promise", 4, **base), kit.say("promise", 10, **base)]
    packages = [kit.say("promise", 4, package=name, **base) for name in ("p1", "p2")]
    amounts = [kit.say("promise", 4, money=kit.euros(sum_), **base) for sum_ in ("100", "200")]
    for pair, second in (
        (quantities, "2022-10-12"),
        (amounts, "2022-10-12"),
        (packages, "2022-10-20"),
    ):
        days = ("2022-10-12", second)
        said = [kit.on(day, each) for day, each in zip(days, pair, strict=True)]
        assert len(kit.fold(*said).commitments) == 2
    assert len(kit.fold(*(kit.on("2022-10-12", said) for said in packages)).commitments) == 1


def test_rule_05_an_increment_of_unknown_size_joins_only_a_single_tranche(kit):
    """Rule 5: where it could be either, it stands alone and names both."""
    four = kit.on("2022-10-12", kit.say("promise", 4, basis="increment"))
    ten = kit.on("2022-10-12", kit.say("promise", 10, basis="increment"))
    some = kit.on("2022-10-20", kit.say("promise", basis="increment"))
    assert len(kit.fold(four, some).commitments) == 1
    folded = kit.fold(four, ten, some)
    (alone,) = [each for each in folded.commitments if each.anchor == some.statement.id]
    assert len(folded.commitments) == 3
    assert alone.candidates == tuple(sorted("c" + each.statement.id[1:] for each in (four, ten)))


def test_rule_05_a_delivery_that_fits_one_tranche_joins_it(kit):
    """Rule 5: 10 delivered go to the tranche of 10, 7 to the base; a tie goes to the base."""
    base = kit.on("2022-06-01", kit.say("promise", 4))
    four = kit.on("2022-10-12", kit.say("promise", 4, basis="increment"))
    ten = kit.on("2022-10-12", kit.say("promise", 10, basis="increment"))
    folded = kit.fold(
        base, four, ten,
        kit.on("2022-12-01", kit.say("deliver", 10)),
        kit.on("2022-12-01", kit.say("deliver", 4)),
    )  # fmt: skip
    outcome = {each.anchor: each.outstanding.exact for each in folded.commitments}
    assert outcome == {base.statement.id: 0, four.statement.id: 4, ten.statement.id: 0}
    assert (
        kit.fold(base, ten, kit.on("2022-12-01", kit.say("deliver", 7))).assigned[base.statement.id]
        == "c" + base.statement.id[1:]
    )


def test_rule_05_a_delivery_before_the_tranche_was_announced_is_the_bases(kit):
    """Rule 5: what came before an increment was announced is no part of it."""
    ten = kit.on("2022-10-12", kit.say("promise", 10, basis="increment"))
    early = kit.on("2022-06-01", kit.say("deliver", 10))
    folded = kit.fold(ten, early)
    assert len(folded.commitments) == 2
    assert folded.assigned[early.statement.id] != folded.assigned[ten.statement.id]


def test_rule_05_an_additional_delivery_is_not_a_new_cumulative_figure(kit):
    """Rule 5: 4 delivered, then 2 more, are 4 and 2 in two rows and no contradiction."""
    four = kit.on("2022-10-12", kit.say("deliver", 4))
    more = kit.on("2022-11-05", kit.say("deliver", 2, basis="increment"))
    folded = kit.fold(four, more)
    assert folded.conflicts == []
    assert _by_quantity(folded.commitments, "delivered") == [(2, 2), (4, 4)]


def test_rule_05_what_is_added_at_a_later_stage_adds_up_within_the_deal(kit):
    """Rule 5: of ten promised 4 came, then 2 more, then 3 more: 9 or more, 1 at most is owed."""
    found = kit.one(
        kit.on("2022-09-01", kit.say("promise", 10)),
        kit.on("2022-10-12", kit.say("deliver", 4)),
        kit.on("2022-11-05", kit.say("deliver", 2, basis="increment")),
        kit.on("2022-11-09", kit.say("deliver", 2, basis="increment")),
        kit.on("2022-12-20", kit.say("deliver", 3, basis="increment")),
    )
    delivered = found.stages["delivered"]
    assert [each.low for each in delivered.values] == [4, 6, 9]
    assert delivered.quantity == at_least(9)
    assert found.outstanding.high == 1
    assert found.conflicts == ()


def test_rule_05_a_count_after_increments_is_weighed_against_their_sum(kit):
    """Rule 5: 4, 2 more, then "6 so far" agree; "5 so far" contradicts."""
    evidence = (
        kit.on("2022-09-01", kit.say("promise", 10)),
        kit.on("2022-10-12", kit.say("deliver", 4)),
        kit.on("2022-11-05", kit.say("deliver", 2, basis="increment")),
    )
    six = kit.on("2022-12-01", kit.say("deliver", 6, basis="cumulative"))
    assert kit.one(*evidence, six).stages["delivered"].quantity.exact == 6
    five = kit.on("2022-12-01", kit.say("deliver", 5, basis="cumulative"))
    assert [side.value for side in kit.conflict(*evidence, five).sides] == ["5", ">= 6"]
    undated = kit.on(None, kit.say("deliver", 3, basis="increment"))
    found = kit.one(evidence[0], undated)
    assert found.stages["delivered"].quantity == at_least(3)


def test_rule_05_the_package_tells_which_tranche_is_meant(kit):
    """Rule 5: a later figure without "more" joins the tranche of its own package."""
    more = kit.say("promise", 4, basis="increment", package="p1")
    order = kit.say("order", 6, package="p1")
    found = kit.one(kit.on("2022-10-12", more), kit.on("2023-02-01", order))
    assert set(found.stages) == {"promised", "contracted"}


def test_rule_05_a_total_without_increments_is_the_figure_so_far(kit):
    """Rule 5: "8 in all" is 8 where nothing was added to anything."""
    found = kit.one(
        kit.on("2022-06-01", kit.say("promise", 4)),
        kit.on("2022-10-12", kit.say("promise", 8, basis="total")),
    )
    assert found.stages["promised"].quantity.exact == 8


def test_rule_05_a_total_is_a_check_on_the_sum_and_adds_nothing(kit):
    """Rule 5: 4, 4 more, "bringing the total to 8": 4 and 4."""
    total = kit.say("promise", 8, basis="total")
    folded = kit.fold(
        kit.on("2022-06-01", kit.say("promise", 4)),
        kit.on("2022-10-12", kit.say("promise", 4, basis="increment")),
        kit.on("2022-10-13", total),
    )
    assert _by_quantity(folded.commitments) == [(4, 4), (4, 4)]
    assert folded.conflicts == []
    assert total.id in folded.assigned


def test_rule_05_a_bare_figure_that_is_the_sum_adds_nothing(kit):
    """Rule 5: 4, 4 more, later just "8": nobody meant twelve."""
    folded = kit.fold(
        kit.on("2022-06-01", kit.say("promise", 4)),
        kit.on("2022-10-12", kit.say("promise", 4, basis="increment")),
        kit.on("2022-12-13", kit.say("promise", 8)),
    )
    assert _by_quantity(folded.commitments) == [(4, 4), (4, 4)]


def test_rule_05_a_bare_figure_after_a_tranche_of_the_same_is_that_tranche(kit):
    """Rule 5: "4 more", then "4": the same four; the day before they were the first 4."""
    more = kit.on("2022-10-12", kit.say("promise", 4, basis="increment"))
    bare = kit.on("2022-10-13", kit.say("promise", 4))
    assert _by_quantity(kit.fold(more, bare).commitments) == [(4, 4)]
    before = kit.on("2022-10-01", kit.say("promise", 4))
    assert _by_quantity(kit.fold(more, before).commitments) == [(4, 4), (4, 4)]
    six = kit.on("2022-10-12", kit.say("promise", 6, basis="increment"))
    ten = kit.on("2022-10-13", kit.say("promise", 10))
    found = kit.fold(more, six, ten).commitments
    known = [c for c in found if c.stages["promised"].quantity.known]
    assert _by_quantity(known) == [(4, 4), (6, 6)]


def test_rule_05_a_sum_above_the_total_is_a_conflict(kit):
    """Rule 5: 4 and 8 more can't bring the total to 10; both sides are named."""
    base, more = kit.say("promise", 4), kit.say("promise", 8, basis="increment")
    total = kit.say("promise", 10, basis="total")
    evidence = (kit.on("2022-06-01", base), kit.on("2022-10-12", more))
    conflict = kit.conflict(*evidence, kit.on("2022-10-13", total))
    assert conflict.kind == "quantity"
    assert [(side.value, side.statements) for side in conflict.sides] == [
        ("10", (total.id,)),
        ("sum 12", (base.id, more.id)),
    ]
    early = kit.fold(*evidence, kit.on("2022-10-01", total))
    assert early.conflicts == []
    undated = kit.fold(*evidence, kit.on(None, total))
    assert undated.conflicts == []
    assert _by_quantity(undated.commitments) == [(4, 4), (8, 8)]


def test_rule_05_an_open_total_contradicts_no_sum(kit):
    """Rule 5: only a sum that is certainly above is a contradiction."""
    folded = kit.fold(
        kit.on("2022-06-01", kit.say("promise", 4)),
        kit.on("2022-10-12", kit.say("promise", 8, basis="increment")),
        kit.on("2022-10-13", kit.say("promise", at_least(10), basis="total")),
    )
    assert folded.conflicts == []


def test_rule_05_outstanding_is_an_interval_difference(kit):
    """Rule 5: 10 to 12 promised less 4 delivered leaves 6 to 8."""
    found = kit.one(
        kit.on("2022-06-01", kit.say("promise", (10, 12))),
        kit.on("2022-10-12", kit.say("deliver", 4)),
    )
    assert found.outstanding == subtract(between(10, 12), exactly(4))
    assert (found.outstanding.low, found.outstanding.high) == (6, 8)


def test_rule_05_a_delivery_that_fits_two_tranches_is_that_of_the_one_most_spoken_of(kit):
    """Rule 5: of two packages of 10 the fresher came; but a package never means another."""
    first = kit.on("2022-06-01", kit.say("promise", 10, basis="increment", package="p1"))
    second = kit.on("2022-10-12", kit.say("promise", 10, basis="increment"))
    came = kit.on("2022-12-01", kit.say("deliver", 10))
    folded = kit.fold(first, second, came)
    assert folded.assigned[came.statement.id] == folded.assigned[second.statement.id]
    other = kit.on("2022-12-01", kit.say("deliver", 10, package="p2"))
    assert len(kit.fold(first, other).commitments) == 2
    assert len(kit.fold(first, came).commitments) == 1


def test_rule_05_of_several_tranches_the_package_then_the_nearest_decides(kit):
    """Rule 5: a report between two tranches of one size bridges them; else its package decides."""
    april = kit.on("2022-04-01", kit.say("promise", 4, basis="increment", package="p1"))
    may = kit.on("2022-05-20", kit.say("promise", 4, basis="increment"))
    near = kit.on("2022-04-28", kit.say("promise", 4, basis="increment"))
    assert len(kit.fold(april, may).commitments) == 2
    assert len(kit.fold(april, may, near).commitments) == 1
    wide = kit.on("2022-05-10", kit.say("promise", (1, 9), basis="increment", item="iris-t"))
    narrow = [
        kit.on(day, kit.say("promise", 4, basis="increment", item="iris-t-slm", package=package))
        for day, package in (("2022-04-12", None), ("2022-05-30", None))
    ]
    nearest = kit.fold(*narrow, wide)
    assert nearest.assigned[wide.statement.id] == nearest.assigned[narrow[1].statement.id]
    packaged = kit.on(
        "2022-05-10", kit.say("promise", (1, 9), basis="increment", item="iris-t", package="p1")
    )
    named = [
        kit.on(
            "2022-04-12", kit.say("promise", 4, basis="increment", item="iris-t-slm", package="p1")
        ),
        narrow[1],
    ]
    chosen = kit.fold(*named, packaged)
    assert chosen.assigned[packaged.statement.id] == chosen.assigned[named[0].statement.id]


def test_rule_05_a_tranche_narrows_as_reports_agree(kit):
    """Rule 5: "3 or more", then 4: ten are not the same, though 3 or more would hold them."""
    said = [kit.say("promise", each, basis="increment") for each in (at_least(3), 4, 10)]
    days = ("2022-10-12", "2022-10-13", "2022-10-14")
    folded = kit.fold(*(kit.on(day, each) for day, each in zip(days, said, strict=True)))
    assert _by_quantity(folded.commitments) == [(10, 10), (4, 4)]


def test_rule_05_a_total_of_a_package_is_no_figure_of_its_tranche(kit):
    """Rule 5: "8 in all", said with the package that adds 4, stays with the base."""
    more = kit.say("promise", 4, basis="increment", package="p1")
    total = kit.say("promise", 8, basis="total", package="p1")
    folded = kit.fold(kit.on("2022-10-12", more), kit.on("2022-10-13", total))
    assert folded.assigned[total.id] != folded.assigned[more.id]


def test_rule_05_what_the_base_says_on_the_day_of_the_total_is_no_addend(kit):
    """Rule 5: a sum is made of what was announced before the total, or with it as an increment."""
    more = kit.on("2022-10-12", kit.say("promise", 4, basis="increment"))
    base = kit.on("2022-10-13", kit.say("promise", 4))
    total = kit.on("2022-10-13", kit.say("promise", 4, basis="total"))
    assert kit.fold(more, base, total).conflicts == []


def test_rule_05_an_increment_of_the_same_month_is_announced_by_then(kit):
    """Rule 5: "8 more, 10 in all" of one report that is dated by its month only."""
    base = kit.on("2022-06-01", kit.say("promise", 4))
    more = kit.on("2023-02", kit.say("promise", 8, basis="increment"))
    total = kit.on("2023-02", kit.say("promise", 10, basis="total"))
    assert [side.value for side in kit.conflict(base, more, total).sides] == ["10", "sum 12"]
