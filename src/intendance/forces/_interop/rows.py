"""The tables that a user may supply on interoperability, checked."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from os import PathLike, fspath
from pathlib import PurePath
from typing import Literal

import msgspec

from intendance.catalogue import Catalogue
from intendance.forces._inputs.check import Spot
from intendance.tables import read_table
from intendance.terms import IntendanceError

ChainKind = Literal["ammunition", "fuel", "parts", "training"]
Path = str | PathLike[str]


class ChainRow(msgspec.Struct, frozen=True):
    """A supply chain that a kind or class needs, and what keeping it costs a year, if known."""

    item: str
    kind: ChainKind
    chain: str
    cost_per_year: Decimal | None = None


class ApprovalRow(msgspec.Struct, frozen=True):
    """A combination that a gun is approved to fire; what the shell comes with is left empty."""

    gun: str
    shell: str
    charge: str | None = None
    fuze: str | None = None
    primer: str | None = None


class TransitionRow(msgspec.Struct, frozen=True):
    """One year of going from an old kind to a new one; ``rounds_each`` an old one needs a year."""

    nation: str
    old: str
    new: str
    year: int
    retire: Decimal = Decimal(0)
    receive: Decimal = Decimal(0)
    build: Decimal = Decimal(0)
    train: Decimal = Decimal(0)
    rounds_each: Decimal = Decimal(0)
    where: str = ""


class Chains(msgspec.Struct, frozen=True):
    """Everything supplied on interoperability."""

    chains: tuple[ChainRow, ...] = ()
    approvals: tuple[ApprovalRow, ...] = ()
    transitions: tuple[TransitionRow, ...] = ()


def read_interoperability(
    catalogue: Catalogue,
    chains: Path | None = None,
    approvals: Path | None = None,
    transitions: Path | None = None,
) -> Chains:
    """The checked rows of the tables named (docs/forces.md).

    Raises IntendanceError with file, row and field: ``forces.value``, ``forces.unknown-name``,
    ``forces.month`` (years out of order), ``forces.duplicate``, ``forces.cycle`` (what replaces
    what goes in a circle), or one of the codes of ``read_table``.
    """
    check_replaces(catalogue)
    return Chains(
        () if chains is None else _chains(chains, catalogue),
        () if approvals is None else _approvals(approvals, catalogue),
        () if transitions is None else _transitions(transitions, catalogue),
    )


def _name(path: Path) -> str:
    return PurePath(fspath(path)).name


def _chains(path: Path, catalogue: Catalogue) -> tuple[ChainRow, ...]:
    found = []
    for index, row in enumerate(read_table(path, ChainRow)):
        spot = Spot(_name(path), index)
        spot.not_negative("cost_per_year", row.cost_per_year)
        item = spot.item_or_class(row.item, catalogue)
        found.append(msgspec.structs.replace(row, item=item))
    costs: dict[tuple[str, str], Decimal | None] = {}
    for index, row in enumerate(found):
        key = (row.kind, row.chain)
        if key in costs and costs[key] != row.cost_per_year:
            expected = f"{costs[key]}, as said of {row.chain} before"
            Spot(_name(path), index).fail(
                "forces.duplicate", "cost_per_year", expected, str(row.cost_per_year)
            )
        costs[key] = row.cost_per_year
    return tuple(found)


def _approvals(path: Path, catalogue: Catalogue) -> tuple[ApprovalRow, ...]:
    found: list[ApprovalRow] = []
    for index, row in enumerate(read_table(path, ApprovalRow)):
        spot = Spot(_name(path), index)
        names = {
            field: spot.item(name, catalogue, field)
            for field in ("gun", "shell", "charge", "fuze", "primer")
            if (name := getattr(row, field)) is not None
        }
        made = ApprovalRow(**names)
        if made in found:
            spot.fail("forces.duplicate", "gun", "each combination once", "one a second time")
        found.append(made)
    return tuple(found)


def _transitions(path: Path, catalogue: Catalogue) -> tuple[TransitionRow, ...]:
    file = _name(path)
    found: list[TransitionRow] = []
    latest: dict[tuple[str, str, str], str] = {}
    follows: dict[tuple[str, str], set[str]] = {}
    for index, row in enumerate(read_table(path, _Transition)):
        spot = Spot(file, index)
        nation = spot.nation(row.nation, catalogue)
        old, new = spot.item(row.old, catalogue, "old"), spot.item(row.new, catalogue, "new")
        for field in ("retire", "receive", "build", "train", "rounds_each"):
            spot.not_negative(field, getattr(row, field))
        key = (nation, old, new)
        spot.in_order("year", str(row.year), latest.get(key), f"{nation} {old} {new}")
        latest[key] = str(row.year)
        follows.setdefault((nation, old), set()).add(new)
        circle = _circle(nation, new, old, follows)
        if circle is not None:
            spot.fail("forces.cycle", "new", "no circle", " > ".join([old, *circle]))
        fields = msgspec.structs.asdict(row) | {"nation": nation, "old": old, "new": new}
        found.append(TransitionRow(**fields, where=spot.row))
    return tuple(found)


class _Transition(msgspec.Struct, frozen=True):
    nation: str
    old: str
    new: str
    year: int
    retire: Decimal = Decimal(0)
    receive: Decimal = Decimal(0)
    build: Decimal = Decimal(0)
    train: Decimal = Decimal(0)
    rounds_each: Decimal = Decimal(0)


def _circle(
    nation: str, start: str, goal: str, follows: dict[tuple[str, str], set[str]]
) -> list[str] | None:
    """The way from ``start`` to ``goal`` along what replaces what, if there is one."""
    paths = [[start]]
    seen = {start}
    while paths:
        path = paths.pop()
        if path[-1] == goal:
            return path
        for one in sorted(follows.get((nation, path[-1]), ())):
            if one not in seen:
                seen.add(one)
                paths.append([*path, one])
    return None


def check_replaces(catalogue: Catalogue) -> None:
    """Raise IntendanceError ``forces.cycle`` where kinds of the catalogue replace in a circle."""
    done: set[str] = set()
    for start in catalogue.kinds:
        _follow(start, (), done, catalogue)


def _follow(kind: str, path: Sequence[str], done: set[str], catalogue: Catalogue) -> None:
    if kind in path:
        circle = [*path[path.index(kind) :], kind]
        raise IntendanceError(
            "forces.cycle", expected="no circle", got=" > ".join(circle),
            where=f"the catalogue, kind '{kind}', field 'replaces'",
        )  # fmt: skip
    if kind in done or kind not in catalogue.kinds:
        return
    for one in catalogue.kinds[kind].replaces:
        _follow(one, (*path, kind), done, catalogue)
    done.add(kind)
