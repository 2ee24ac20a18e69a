"""The generator of coalitions: seeded, valid in every family, hostile in the way that it says."""

from __future__ import annotations

import importlib
from collections import Counter, defaultdict
from types import ModuleType

import pytest

from intendance.planning import check_scenario, load_scenario, scenario_hash, write_scenario

FAMILIES = ("base", "budgets", "caveats", "single", "uneven", "scarce", "all")
EVERYTHING = {"integers": True, "backfills": True, "absorption": True, "shelf_life": True}


@pytest.fixture
def coalitions() -> ModuleType:
    pytest.importorskip("numpy", reason="the generator draws with numpy")
    return importlib.import_module("_coalitions")


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("switches", [{}, EVERYTHING])
def test_every_family_is_a_sound_scenario(coalitions, family, switches):
    scenario = coalitions.coalition(5, 18, 24, seed=1, family=family, **switches)
    assert check_scenario(scenario) == []
    assert not [each for each in scenario.warnings if each.rule in ("P2", "P8")]
    assert bool(scenario.frameworks) == bool(scenario.backfills) == bool(switches)


def test_the_same_seed_gives_the_same_scenario_and_another_another(coalitions):
    one, again, other = (coalitions.coalition(3, 6, 12, seed=seed) for seed in (1, 1, 2))
    assert scenario_hash(one) == scenario_hash(again) != scenario_hash(other)


def test_a_folder_of_it_is_read_back(coalitions, tmp_path):
    scenario = coalitions.coalition(3, 5, 12, family="all", **EVERYTHING)
    write_scenario(scenario, tmp_path)
    assert load_scenario(tmp_path) == scenario


def test_magnitudes_are_those_of_the_things(coalitions):
    scenario = coalitions.coalition(8, 16, 12)
    asked: defaultdict[str, float] = defaultdict(float)
    for row in scenario.requests:
        asked[row.item] += row.quantity / 12
    assert 10_000 < asked["155mm-shell"] < 200_000
    assert 2 < asked["main-battle-tank"] < 40


def test_families_bring_the_trouble_that_they_name(coalitions):
    made = {family: coalitions.coalition(6, 16, 12, seed=4, family=family) for family in FAMILIES}
    bans = {name: sum(not row.allowed for row in made[name].transfers) for name in FAMILIES}
    assert bans["base"] == 0 < min(bans["caveats"], bans["all"])
    users = {
        name: Counter(item for _, item in {(row.nation, row.item) for row in made[name].requests})
        for name in FAMILIES
    }
    assert 1 not in users["base"].values()
    assert 1 in users["single"].values()

    def powder(name: str) -> float:
        return next(row.capacity for row in made[name].lines if row.line == "powder-works")

    assert powder("scarce") < 0.5 * powder("base")

    def spread(name: str) -> float:
        amounts = [row.amount for row in made[name].budgets]
        return max(amounts) / min(amounts)

    assert spread("uneven") > 2 * spread("base")
