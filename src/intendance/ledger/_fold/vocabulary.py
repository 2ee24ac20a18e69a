"""The data files of the fold as tables: acts, stages, units, what forms no commitment."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Final, Literal

import msgspec

from intendance.terms import CERTAINTIES, Act, Certainty, Polarity, Stage

Sense = Literal["affirms", "denies", "refuses"]
Party = Literal["actors", "recipients", "suppliers"]


class ActRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One act of acts.toml; what the fields mean stands there."""

    denies: Stage
    refusals: tuple[Certainty, ...]
    stages: dict[Certainty, Stage]
    donors: tuple[Party, ...] = ("actors",)
    recipients: tuple[Party, ...] = ("recipients",)
    root: str | None = None
    pays: bool = False


class StageRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One stage of stages.toml; what the fields mean stands there."""

    order: int
    happened: bool = False
    cumulative: bool = False


class BlockRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The settings of blocks.toml."""

    excluded_classes: tuple[str, ...]
    tranche_days: int
    silence_days: int
    package_days: int
    near_percent: int


@cache
def data_text(name: str) -> str:
    """The text of one data file of the ledger."""
    return (
        resources.files("intendance.ledger")
        .joinpath("data")
        .joinpath(name)
        .read_text(encoding="utf-8")
    )


ACT_RULES: Final[dict[Act, ActRule]] = msgspec.convert(
    tomllib.loads(data_text("acts.toml")), dict[Act, ActRule]
)
STAGE_RULES: Final[dict[Stage, StageRule]] = msgspec.convert(
    tomllib.loads(data_text("stages.toml")), dict[Stage, StageRule]
)
BLOCK_RULES: Final[BlockRules] = msgspec.convert(
    tomllib.loads(data_text("blocks.toml")), BlockRules
)

RATIO: Final = "ratio"
UNIT_FAMILIES: Final[dict[str, str]] = {
    unit: family
    for family, units in tomllib.loads(data_text("units.toml")).items()
    for unit in units
}
"""Unit -> family; a unit that is not here counts single items."""


def unit_family(unit: str | None) -> str | None:
    """What a unit counts where it is no single item: ``battery``, ``mass``, ``package`` ..."""
    return None if unit is None else UNIT_FAMILIES.get(unit)


def _reading(
    rule: ActRule, act: Act, certainty: Certainty, polarity: Polarity
) -> tuple[Stage, Sense]:
    if certainty == "denied":
        return rule.denies, "denies"
    if polarity == "negative":
        return ("refused", "refuses") if certainty in rule.refusals else (rule.denies, "denies")
    stage = rule.stages.get(certainty, rule.stages["done"])
    return stage, "refuses" if act == "refuse" else "affirms"


STAGE_OF: Final[dict[tuple[Act, Certainty, Polarity], tuple[Stage, Sense]]] = {
    (act, certainty, polarity): _reading(rule, act, certainty, polarity)
    for act, rule in ACT_RULES.items()
    for certainty in CERTAINTIES
    for polarity in ("positive", "negative")
}
"""What a statement says of a commitment: which stage, and whether it affirms or denies it."""
