"""Rule 5: which promises are one deal, and what came of which."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intendance.terms import at_least


def _homes(folded, *evidence):
    """The deals in the order of the evidence, numbered by their first appearance."""
    numbers: dict[str, int] = {}
    into = [folded.assigned[each.statement.id] for each in evidence]
    return [numbers.setdefault(each, len(numbers)) for each in into]


def _promises(kit, *said, **more):
    return [kit.on(day, kit.say("promise", number, **more)) for day, number in said]


def test_rule_05_one_promise_repeated_for_months_is_one_deal(kit):
    """Rule 5: thirty reports over two years, some "about 14", some without a number."""
    days = [f"{2023 + month // 12}-{month % 12 + 1:02}-15" for month in range(0, 24, 2)]
    evidence = _promises(kit, *((day, (14, None)[at % 3 == 2]) for at, day in enumerate(days)))
    folded = kit.fold(*evidence)
    assert len(folded.commitments) == 1
    assert folded.commitments[0].stages["promised"].quantity.exact == 14


def test_rule_05_another_figure_after_a_silence_is_a_deal_of_its_own(kit):
    """Rule 5: 4 in January and 10 in June are two; 5 in March revise the 4."""
    apart = _promises(kit, ("2023-01-10", 4), ("2023-06-10", 10))
    folded = kit.fold(*apart)
    assert _homes(folded, *apart) == [0, 1]
    (second,) = [c for c in folded.commitments if c.anchor == apart[1].statement.id]
    assert second.candidates == ("c" + apart[0].statement.id[1:],)
    assert folded.conflicts == []
    revised = kit.one(*_promises(kit, ("2023-01-10", 4), ("2023-03-10", 5)))
    assert [each.exact for each in revised.stages["promised"].values] == [4, 5]


def test_rule_05_a_figure_far_off_is_a_correction_only_in_the_days_of_the_announcement(kit):
    """Rule 5: 10 a week after 4 contradict it, on the eighth day they are another deal."""
    for day, deals in (("2023-01-17", 1), ("2023-01-18", 2)):
        found = kit.fold(*_promises(kit, ("2023-01-10", 4), (day, 10)))
        assert len(found.commitments) == deals
    repeated = _promises(kit, ("2023-01-10", 4), ("2023-02-01", 4), ("2023-02-03", 10))
    assert _homes(kit.fold(*repeated), *repeated) == [0, 0, 1]


def test_rule_05_what_is_near_is_a_quarter_at_most(kit):
    """Rule 5: 125 correct 100 a month later, 126 are another deal; so do 80, not 79."""
    for number, deals in ((125, 1), (126, 2), (80, 1), (79, 2)):
        found = kit.fold(*_promises(kit, ("2023-01-10", 100), ("2023-02-10", number)))
        assert len(found.commitments) == deals, number


def test_rule_05_an_open_figure_does_not_swallow_the_deals_above_it(kit):
    """Rule 5: "more than 10" is said of 12, not of 600; nor does it widen a deal that is known."""
    evidence = _promises(
        kit,
        ("2023-01-10", 12), ("2023-01-20", at_least(10, above=True)),
        ("2023-03-10", 600), ("2023-03-12", at_least(500)), ("2023-05-10", 14),
    )  # fmt: skip
    assert _homes(kit.fold(*evidence), *evidence) == [0, 0, 1, 1, 2]


def test_rule_05_of_deals_alike_the_one_most_spoken_of_for_its_age_is_meant(kit):
    """Rule 5: a report without a figure means what is talked of, not what was said once."""
    spoken = _promises(kit, *((f"2023-01-{day}", 14) for day in range(10, 19)))
    odd = kit.on("2023-01-30", kit.say("promise", 40))
    bare = kit.on("2023-02-02", kit.say("promise"))
    came = kit.on("2023-04-02", kit.say("deliver", 2))
    evidence = (*spoken, odd, bare, came)
    assert _homes(kit.fold(*evidence), *evidence) == [0] * 9 + [1, 0, 0]
    fresh = _promises(kit, *((f"2023-02-0{day}", 40) for day in (1, 1, 1)))
    evidence = (*spoken, odd, *fresh, bare, came)
    assert _homes(kit.fold(*evidence), *evidence) == [0] * 9 + [1, 1, 1, 1, 1, 0]


def test_rule_05_a_promise_of_nothing_certain_after_a_silence_stands_alone(kit):
    """Rule 5: without a figure, 63 days after the last promise, it could be that one or another."""
    for day, deals in (("2023-03-13", 1), ("2023-03-14", 2)):
        known = kit.on("2023-01-10", kit.say("promise", 4))
        bare = kit.on(day, kit.say("promise"))
        found = kit.fold(known, bare)
        assert len(found.commitments) == deals
    (alone,) = [each for each in found.commitments if each.anchor == bare.statement.id]
    assert alone.candidates == ("c" + known.statement.id[1:],)


def test_rule_05_more_without_a_figure_is_the_deal_most_spoken_of(kit):
    """Rule 5: a dated "more" is what was announced then; of two spoken of alike it is neither."""
    base = _promises(kit, ("2022-06-01", 4))
    four = [kit.on("2023-01-10", kit.say("promise", 4, basis="increment")) for _ in range(3)]
    ten = kit.on("2023-01-10", kit.say("promise", 10, basis="increment"))
    some = kit.on("2023-01-12", kit.say("promise", basis="increment"))
    evidence = (*base, *four, ten, some)
    assert _homes(kit.fold(*evidence), *evidence) == [0, 1, 1, 1, 2, 1]
    alike = (*base, four[0], ten, some)
    assert _homes(kit.fold(*alike), *alike) == [0, 1, 2, 3]


def test_rule_05_the_silence_is_counted_in_days_from_the_last_mention(kit):
    """Rule 5: 62 days after the last promise are a revision, 63 are not."""
    for day, deals in (("2023-03-13", 1), ("2023-03-14", 2)):
        found = kit.fold(*_promises(kit, ("2023-01-10", 4), (day, 5)))
        assert len(found.commitments) == deals


def test_rule_05_a_list_that_is_restated_every_month_is_one_deal(kit):
    """Rule 5: 30, 30, 32, 34 and 37 in five monthly lists, none called a total, do not add up."""
    said = zip(range(1, 6), (30, 30, 32, 34, 37), strict=True)
    found = kit.one(*_promises(kit, *((f"2023-0{month}-03", number) for month, number in said)))
    assert found.stages["promised"].quantity.exact == 37


def test_rule_05_packages_two_weeks_apart_are_deals_of_their_own(kit):
    """Rule 5: the same items again in another package add; names of one day's package do not."""
    first = kit.on("2023-01-06", kit.say("promise", 500, package="p1"))
    again = kit.on("2023-01-08", kit.say("promise", 500, package="p1 of january"))
    second = kit.on("2023-01-20", kit.say("promise", 500, package="p2"))
    some = kit.on("2023-02-03", kit.say("promise", package="p3"))
    known = kit.on("2023-05-01", kit.say("promise", 500, package="p2"))
    evidence = (first, again, second, some, known)
    assert _homes(kit.fold(*evidence), *evidence) == [0, 0, 1, 2, 1]


def test_rule_05_a_later_stage_goes_to_the_deal_of_its_figure(kit):
    """Rule 5: 10 delivered are those of the 10, an order of "the 4" is that of the 4."""
    deals = _promises(kit, ("2023-01-10", 4), ("2023-06-10", 10))
    ten = kit.on("2023-09-01", kit.say("deliver", 10))
    four = kit.on("2023-09-01", kit.say("order", 4))
    part = kit.on("2023-07-01", kit.say("deliver", 1, part_of=4, basis="part"))
    assert _homes(kit.fold(*deals, ten, four, part), *deals, ten, four, part) == [0, 1, 1, 0, 0]


def test_rule_05_without_its_figure_a_later_stage_goes_to_the_nearest_deal_before(kit):
    """Rule 5: what is said to have come in March is of January's promise, in July of June's."""
    deals = _promises(kit, ("2023-01-10", 4), ("2023-06-10", 10))
    march = kit.on("2023-03-20", kit.say("deliver"))
    july = kit.on("2023-07-20", kit.say("deliver"))
    two = kit.on("2023-08-01", kit.say("deliver", 2))
    late = kit.on("2023-09-01", kit.say("deliver", time="2023-03-15"))
    evidence = (*deals, march, july, two, late)
    assert _homes(kit.fold(*evidence), *evidence) == [0, 1, 0, 1, 1, 0]


def test_rule_05_what_fits_several_deals_stays_open_and_names_them(kit):
    """Rule 5: an undated report without a figure belongs to no one of two deals."""
    deals = _promises(kit, ("2023-01-10", 4), ("2023-06-10", 10))
    bare = kit.on(None, kit.say("deliver"))
    folded = kit.fold(*deals, bare)
    (alone,) = [each for each in folded.commitments if each.anchor == bare.statement.id]
    assert alone.candidates == tuple(sorted("c" + each.statement.id[1:] for each in deals))
    fits = kit.on(None, kit.say("deliver", 10))
    assert _homes(kit.fold(*deals, fits), *deals, fits) == [0, 1, 1]
    assert len(kit.fold(deals[0], bare).commitments) == 1


def test_rule_05_an_undated_promise_of_another_figure_contradicts_the_only_deal(kit):
    """Rule 5: without a date nothing says that it is another promise; rule 7 shows both ends."""
    undated = kit.on(None, kit.say("promise", 18))
    (conflict,) = kit.fold(*_promises(kit, ("2023-01-10", 14)), undated).conflicts
    assert [side.value for side in conflict.sides] == ["14", "18"]


def test_rule_05_what_cannot_be_compared_opens_no_deal(kit):
    """Rule 5: a sum of money months after a number of items is told of the same deal."""
    number = kit.on("2023-01-10", kit.say("promise", 4))
    amount = kit.on("2023-12-10", kit.say("promise", money=kit.euros("5000000")))
    assert len(kit.fold(number, amount).commitments) == 1
    sums = [
        kit.on(day, kit.say("promise", money=kit.euros(euros)))
        for day, euros in (("2023-01-10", "4000000"), ("2023-12-10", "9000000"))
    ]
    assert len(kit.fold(*sums).commitments) == 2


def test_rule_05_an_increment_repeats_a_deal_that_was_told_without_more(kit):
    """Rule 5: 10 in June, "10 more" some days later: beside January's 4 the same ten."""
    deals = _promises(kit, ("2023-01-10", 4), ("2023-06-10", 10))
    more = kit.on("2023-06-14", kit.say("promise", 10, basis="increment"))
    assert _homes(kit.fold(*deals, more), *deals, more) == [0, 1, 1]
    for day, home in (("2023-01-17", 0), ("2023-01-18", 2)):
        base = kit.on(day, kit.say("promise", 4, basis="increment"))
        assert _homes(kit.fold(*deals, base), *deals, base) == [0, 1, home]


@given(st.data())
def test_rule_05_no_statement_is_lost_between_deals(kit, data):
    """Rule 5: each statement is in just one commitment, and is listed there."""
    evidence = data.draw(kit.evidence(24))
    folded = kit.fold(*evidence)
    listed = {
        said: each.id
        for each in folded.commitments
        for state in each.stages.values()
        for said in state.statements
    }
    assert listed == folded.assigned
    undated = kit.on(None, kit.say("promise"))
    deals = _promises(kit, ("2023-01-10", 4), ("2023-06-10", 10))
    assert undated.statement.id in kit.fold(*deals, undated).assigned
