"""Rule 10: a view of an earlier day is the fold of what was published by then."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intendance.ledger._fold import fold_all, fold_block
from intendance.terms import canonical


def test_rule_10_as_of_is_the_fold_of_what_was_published_by_then(kit):
    """Rule 10: 1 of 4 in October, 4 of 4 from November on."""
    one = kit.on("2022-10-12", kit.say("deliver", 1, part_of=4, basis="part"))
    four = kit.on("2022-11-05", kit.say("deliver", 4))
    october = kit.one(one)
    november = kit.one(one, four)
    assert (october.outstanding.exact, november.outstanding.exact) == (3, 0)
    assert october.id == november.id


@given(data=st.data(), day=st.sampled_from(["2022-10-12", "2022-12-31", "2023-02-28"]))
def test_rule_10_what_is_published_later_changes_nothing_before(kit, data, day):
    """Rule 10: the fold knows no clock: the same day's view from more evidence is the same."""
    evidence = data.draw(kit.evidence())
    by_then = [each for each in evidence if each.published.end and each.published.end <= day]
    other = [each for each in reversed(evidence) if each in by_then]
    assert canonical(fold_all(by_then, (), kit.catalogue)) == canonical(
        fold_all(other, (), kit.catalogue)
    )
    assert fold_block([], (), kit.catalogue).commitments == []
