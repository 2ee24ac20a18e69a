"""Facets of the ledger: what can be chosen further, and how many commitments each leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from intendance.render import text
from intendance.terms import CERTAINTIES, STAGES, Commitment
from intendance.web._render import address_with
from intendance.web._selection import Selection
from intendance.web._types import ViewContext
from intendance.web._views._cells import names_of, witnesses_of

_SHOWN: Final = 12


@dataclass(frozen=True)
class Choice:
    """One value of a facet: its name, how many it leaves, where it leads, whether it is chosen."""

    name: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One facet with its choices, most first."""

    title: str
    choices: Sequence[Choice]


def certainties_of(each: Commitment, certain: Mapping[str, str]) -> set[str]:
    """How certain the statements behind a commitment are; ``certain`` is by statement."""
    said = (one for state in each.stages.values() for one in state.statements)
    return {certain[one] for one in said if one in certain}


def facets_of(
    context: ViewContext,
    found: Iterable[Commitment],
    certain: Mapping[str, str],
    asked: Mapping[str, str | int | None],
) -> list[Facet]:
    """The facets of what was found; each choice leads to the same search with it added."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in _NAMES}
    class_of = context.books.catalogue.class_of
    for each in found:
        counts["donor"].update(each.donors)
        if each.recipient:
            counts["recipient"][each.recipient] += 1
        counts["item"][class_of(each.item or "") or ""] += 1
        counts["stage"].update(each.stages.keys())
        counts["certainty"].update(certainties_of(each, certain))
        for least in range(1, witnesses_of(each) + 1):
            counts["witnesses"][str(least)] += 1
    return [_facet(context, name, counts[name], asked) for name in _NAMES]


def facets_counted(
    context: ViewContext, chosen: Selection, asked: Mapping[str, str | int | None]
) -> list[Facet]:
    """The same facets, counted by the projection."""
    counts = {name: Counter(dict(chosen.facet(_COUNTED.get(name, name)))) for name in _NAMES}
    return [_facet(context, name, counts[name], asked) for name in _NAMES]


def _facet(
    context: ViewContext, name: str, counts: Counter[str], asked: Mapping[str, str | int | None]
) -> Facet:
    naming = _naming(context, name)
    order = _ORDER.get(name)
    if order is None:
        ranked = sorted(counts, key=lambda one: (-counts[one], naming(one)))
    else:
        ranked = [one for one in order if one in counts]
    choices = []
    for one in [each for each in ranked if each][:_SHOWN]:
        chosen = str(asked.get(name) or "") == one
        kept = {**asked, name: None if chosen else one, "page": None}
        choices.append(Choice(naming(one), counts[one], address_with("/ledger", **kept), chosen))
    return Facet(text(f"pages.facet_{name}", context.language), choices)


def _naming(context: ViewContext, name: str) -> Callable[[str], str]:
    names = names_of(context)
    if name in ("stage", "certainty"):
        return lambda one: names.word(name, one)
    if name == "witnesses":
        return lambda one: text("pages.at_least", context.language, least=one)
    return names.one


_COUNTED: Final = {"item": "class"}
_NAMES: Final = ("donor", "recipient", "item", "stage", "certainty", "witnesses")
_ORDER: Final[dict[str, tuple[str, ...]]] = {
    "stage": STAGES,
    "certainty": CERTAINTIES,
    "witnesses": ("1", "2", "3", "4"),
}
