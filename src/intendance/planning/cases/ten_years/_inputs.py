"""What the case starts from: a scenario folder in the package, milestones, whose home it is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

import msgspec

from intendance.planning._inputs.load import check_scenario, load_scenario
from intendance.planning._scenario import Scenario
from intendance.tables import nearest, read_table
from intendance.terms import IntendanceError

_CHANGES: Final = ("lead", "cost", "capacity", "count")


class Milestone(msgspec.Struct, frozen=True):
    """A share of what arrives in a class that is to be made at home by the year ``due``."""

    milestone: str
    category: str
    share: float
    due: int


class Setting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``case.toml``: the nation, the party that stands for being taken out of use, the gap."""

    home: str
    retired: str
    gap: float


@cache
def setting() -> Setting:
    """The case's own settings."""
    source = resources.files(__package__).joinpath("case.toml")
    return msgspec.convert(tomllib.loads(source.read_text(encoding="utf-8")), Setting)


@cache
def milestones() -> tuple[Milestone, ...]:
    """What is to be reached, by class."""
    with resources.as_file(resources.files(__package__).joinpath("milestones.csv")) as path:
        return tuple(read_table(path, Milestone))


def ten_years_scenario(changes: Mapping[str, float] | None = None) -> Scenario:
    """The scenario of the case, checked, with ``changes`` made to its ramps.

    A change names a ramp's ``lead``, ``cost``, ``capacity`` or ``count``, as in
    ``lead.missile-works``. Raises ``plan.case`` for one that the case does not have, and
    ``plan.value`` for a number that no ramp can have.
    """
    with resources.as_file(resources.files(__package__).joinpath("scenario")) as folder:
        scenario = load_scenario(folder)
    if not changes:
        return scenario
    ramps = {ramp.ramp: ramp for ramp in scenario.ramps}
    for name, value in changes.items():
        field, _, ramp = name.partition(".")
        if field not in _CHANGES or ramp not in ramps:
            known = [f"{each}.{one}" for one in ramps for each in _CHANGES]
            raise IntendanceError(
                "plan.case",
                expected="lead, cost, capacity or count of a ramp, such as lead.missile-works",
                got=repr(name),
                where="ten-years",
                remedy=nearest(name, known),
            )
        whole = field in ("lead", "count")
        if whole and not float(value).is_integer():
            raise IntendanceError(
                "plan.value", expected="a whole number", got=f"{value:g}", where=f"ten-years {name}"
            )
        ramps[ramp] = msgspec.structs.replace(
            ramps[ramp], **{field: int(value) if whole else float(value)}
        )
    changed = msgspec.structs.replace(scenario, ramps=tuple(ramps.values()))
    for problem in check_scenario(changed):
        raise problem.error()
    return changed
