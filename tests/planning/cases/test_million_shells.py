"""The million shells, against two-line calculations that share nothing with the planner."""

from __future__ import annotations

import pytest

from intendance.planning import check_scenario, solve
from intendance.planning.cases.million_shells import figures, million_shells, vintage
from intendance.planning.cases.million_shells._vintage import scenario_of
from intendance.terms import IntendanceError


def exact(scenario):
    return solve(scenario, gap=1e-7)


def by_hand(base: float, steps: list[tuple[int, float]], share: float, lead: int = 1) -> float:
    """Rounds delivered in twelve months: output of the months started in, the share kept."""
    levels = [
        max([base, *(level for works, level in steps if works <= t)])
        for t in range(-lead, 12 - lead)
    ]
    return sum(levels) / 12 * (1 - share)


def test_march_2023_knew_one_capacity_one_plan_and_no_share():
    found = million_shells(exact, "2023-03")
    assert found.promise == 1_000_000
    assert found.produced[0] == pytest.approx(by_hand(300_000, [], 0.5))
    assert found.produced[1] == pytest.approx(by_hand(300_000, [(5, 2_100_000)], 0.0))
    assert found.gap == pytest.approx((0, 1_000_000 - found.produced[0]))
    assert found.best is not None
    assert found.best.figure == "estonia-plan"
    assert any(each.where == "export_share" for each in found.assumptions)


def test_november_2023_knew_the_growth_and_the_exports():
    found = million_shells(exact, "2023-11")
    low = by_hand(230_000, [(7, 230_000 * 1.2)], 0.4)
    high = by_hand(300_000, [(0, 300_000 * 1.3), (9, 600_000)], 0.4)
    assert found.produced == pytest.approx((low, high))
    assert found.gap == pytest.approx((1_000_000 - high, 1_000_000 - low))
    assert found.redirected == pytest.approx((low * 2 / 3, high * 2 / 3))


def test_january_2024_knew_reports_that_contradict_each_other():
    found = million_shells(exact, "2024-01")
    low = by_hand(230_000, [(7, 230_000 * 1.2), (9, 230_000 * 1.4)], 0.4)
    high = by_hand(300_000, [(0, 390_000), (8, 1_000_000)], 0.4)
    assert found.produced == pytest.approx((low, high))
    assert found.best is not None
    assert found.best.figure == "breton-january-capacity"
    assert found.best.high == pytest.approx(
        high - by_hand(300_000, [(0, 390_000), (8, 420_000)], 0.4)
    )


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_the_export_share_changes_the_band_as_two_lines_predict(share: float):
    found = million_shells(exact, "2023-11", {"export_share": share})
    low = by_hand(230_000, [(7, 276_000)], share)
    high = by_hand(300_000, [(0, 390_000), (9, 600_000)], share)
    assert found.produced == pytest.approx((low, high))


@pytest.mark.parametrize("lead", [0, 3, 11])
def test_the_lead_of_a_ramp_changes_the_band_as_two_lines_predict(lead: int):
    found = million_shells(exact, "2023-11", {"lead.pevkur-double": lead})
    high = by_hand(300_000, [(0, 390_000), (lead, 600_000)], 0.4)
    assert found.produced[1] == pytest.approx(high)


@pytest.mark.parametrize("lead", [0, 4])
def test_the_time_from_start_to_delivery_counts(lead: int):
    found = million_shells(exact, "2023-11", {"production_lead": lead})
    assert found.produced[0] == pytest.approx(by_hand(230_000, [(7, 276_000)], 0.4, lead))


def test_each_end_is_a_sound_scenario_that_a_user_could_write():
    for as_of in ("2023-03", "2023-11-13", "2024-01", "2024-12-31"):
        known = vintage(as_of)
        for end in ("low", "high"):
            assert check_scenario(scenario_of(known, end, 1)) == []


def test_nothing_published_later_is_used():
    for as_of in ("2023-03-20", "2023-05", "2023-11-13", "2024-01-30"):
        found = vintage(as_of)
        for row in (*found.used, *found.delivered):
            assert row.published[: len(as_of)] <= as_of


def test_every_figure_has_its_source_and_date():
    for row in figures():
        assert row.source
        assert row.address.startswith("https://")
        assert len(row.published) == len("2023-03-20")


@pytest.mark.parametrize(
    ("as_of", "changes", "words"),
    [
        ("2023-03-19", {}, "Expected a day or month from 2023-03-20 on"),
        ("2023-11", {"exports": 0.1}, "Expected one of export_share, production_lead, lead."),
        ("2023-03", {"lead.breton-january-capacity": 3}, "Expected one of export_share"),
        ("2023-11", {"export_share": 1.1}, "Expected a share from 0 to 1, got 1.1"),
        ("2023-11", {"production_lead": 1.5}, "Expected a whole number of months from 0 to 12"),
        ("2023-11", {"lead.pevkur-double": -1}, "Expected a whole number of months from 0 to 12"),
    ],
)
def test_what_the_case_does_not_have_is_an_error(as_of: str, changes: dict[str, float], words: str):
    with pytest.raises(IntendanceError) as caught:
        vintage(as_of, changes)
    assert caught.value.code == "plan.case"
    assert words in caught.value.message
