"""Commitments as rows: what the tables need of the ledger's stored lines, and nothing else.

A line is decoded into small structs without checks of their own; a million take seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any, Final, TypeVar

import msgspec

from intendance.catalogue import Catalogue
from intendance.ledger import Crossing
from intendance.terms import STAGES

SHOWN: Final = ("promised", "allocated", "contracted", "delivered")
"""Stages with columns of their own in the table of commitments; the table of stages has all."""

Cells = tuple[Any, ...]

_B = TypeVar("_B")
_L = TypeVar("_L", "Line", "Outline")


class Figure(msgspec.Struct, gc=False):
    """An interval as a line has it: whole numbers as such, decimals as text."""

    low: int | str | None = None
    high: int | str | None = None
    low_open: bool = False
    high_open: bool = False
    approx: bool = False
    state: str = "unspecified"


class Amount(msgspec.Struct, gc=False):
    """Money as a line has it."""

    low: str | None = None
    high: str | None = None
    approx: bool = False
    currency: str = ""


class Days(msgspec.Struct, gc=False, rename={"start": "from", "end": "to"}):
    """A span of days as a line has it."""

    start: str | None = None
    end: str | None = None


class Counted(msgspec.Struct, gc=False):
    """The quantity of a stage as a line has it."""

    quantity: Figure


class Reached(Counted, gc=False):
    """A stage as a line has it."""

    money: tuple[Amount, ...]
    time: Days
    statements: tuple[str, ...]
    witnesses: int


class Line(msgspec.Struct, gc=False):
    """What the table of stages, and that of amounts, show of a commitment."""

    id: str
    stages: dict[str, Reached]


class Outline(msgspec.Struct, gc=False):
    """What the table of commitments shows of one."""

    id: str
    donors: tuple[str, ...]
    recipient: str | None
    item: str | None
    stages: dict[str, Counted]
    furthest_stage: str | None
    outstanding: Figure
    financed_by: tuple[str, ...]
    supplied_by: tuple[str, ...]
    made_by: tuple[str, ...]
    general: bool
    conflicts: tuple[str, ...]
    live: bool


Label = tuple[str, str | None, str | None]
"""Name, class and unit of an item."""

_NONE: Final = Crossing()
_NO_LABEL: Final[Label] = ("", None, None)
_NO_FIGURE: Final = (None, None)


def labels(catalogue: Catalogue, language: str) -> dict[str, Label]:
    """Name, class and unit of every kind and class."""
    found: dict[str, Label] = {}
    for item in (*catalogue.kinds, *catalogue.classes_by_id):
        kind = catalogue.kinds.get(item)
        unit = None if kind is None else kind.unit
        found[item] = (catalogue.label(item, language), catalogue.class_of(item), unit)
    return found


def decoded(batches: Iterable[Iterable[str | bytes]], kind: type[_L]) -> Iterator[list[_L]]:
    """Each batch of lines, decoded; what the kind does not name is passed over."""
    decode = msgspec.json.Decoder(kind).decode
    for batch in _ahead(batches):
        yield [decode(line) for line in batch]


def _ahead(batches: Iterable[_B]) -> Iterator[_B]:
    """The batches, each fetched from the database while the one before it is in use."""
    source = iter(batches)
    with ThreadPoolExecutor(1) as beside:
        coming = beside.submit(next, source, None)
        while (batch := coming.result()) is not None:
            coming = beside.submit(next, source, None)
            yield batch


def commitment_rows(
    lines: Iterable[Outline], known: Mapping[str, Label], ties: Mapping[str, Crossing]
) -> list[Cells]:
    """The rows of the table of commitments, in the order of its columns."""
    rows = []
    for each in lines:
        tie = ties.get(each.id, _NONE)
        stages, left = each.stages, each.outstanding
        item = each.item
        rows.append(
            (
                each.id, each.donors, each.recipient, item,
                *(_NO_LABEL if item is None else known.get(item, (item, None, None))),
                each.general, each.live, each.furthest_stage,
                *_ends(stages.get("promised")), *_ends(stages.get("allocated")),
                *_ends(stages.get("contracted")), *_ends(stages.get("delivered")),
                left.low, left.high, each.financed_by, each.supplied_by, each.made_by,
                tie.framework, tie.package, tie.programme, tie.backfill_for, tie.backfilled_by,
                len(each.conflicts),
            )
        )  # fmt: skip
    return rows


def _ends(state: Counted | None) -> tuple[int | str | None, int | str | None]:
    if state is None:
        return _NO_FIGURE
    return state.quantity.low, state.quantity.high


def stage_rows(lines: Iterable[Line]) -> list[Cells]:
    """One row for each stage that a commitment has reached or is said to reach."""
    rows: list[Cells] = []
    for each in lines:
        for stage in STAGES:
            state = each.stages.get(stage)
            if state is None:
                continue
            own = state.quantity
            rows.append(
                (
                    each.id, stage, own.low, own.high, own.low_open, own.high_open, own.approx,
                    own.state, state.time.start, state.time.end, state.witnesses,
                    len(state.statements),
                )
            )  # fmt: skip
    return rows


def amount_rows(lines: Iterable[Line]) -> list[Cells]:
    """One row for each stage's amount in each currency."""
    return [
        (each.id, stage, money.currency, money.low, money.high, money.approx)
        for each in lines
        for stage in STAGES
        if stage in each.stages
        for money in each.stages[stage].money
    ]


def number(value: int | str | None) -> int | Decimal | None:
    """An end of a figure as a number."""
    return Decimal(value) if isinstance(value, str) else value
