"""Totals of lines: what is stated and what is priced side by side, what is apart beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final, Literal

import msgspec

from intendance.exchange._value.lines import APART, Line
from intendance.terms import STAGES, Money, Stage, add_money

By = Literal["donor", "class", "stage"]
BY: Final[tuple[By, ...]] = ("donor", "class", "stage")


class Total(msgspec.Struct, frozen=True, kw_only=True, rename={"class_": "class"}):
    """A total in one currency. ``stated`` and ``priced`` are of different lines and may be added.

    ``lines`` is how many are counted, ``without`` how many of them have neither an amount nor a
    price, ``share_without`` their share. ``apart`` are amounts that are in other lines already or
    are no further aid; each is there only where a line has one.
    """

    donors: tuple[str, ...] | None
    class_: str | None
    stage: Stage
    currency: str
    year: int | None
    stated: Money | None
    priced: Money | None
    lines: int
    lines_stated: int
    lines_priced: int
    without: int
    share_without: Decimal
    apart: dict[str, Money] = {}
    lines_apart: int = 0


class _Sum:
    def __init__(self) -> None:
        self.amounts: dict[str, Money] = {}
        self.counts: dict[str, int] = {}

    def add(self, line: Line) -> None:
        self.counts[line.counted] = self.counts.get(line.counted, 0) + 1
        if line.amount is not None:
            known = self.amounts.get(line.counted)
            amount = line.amount
            self.amounts[line.counted] = amount if known is None else add_money(known, amount)


def totals(lines: Iterable[Line], by: Sequence[By], currency: str, year: int | None) -> list[Total]:
    """The totals of lines by donor, class and stage, or fewer of these.

    Stages are never summed: what is delivered was promised before. Joint donors are one donor, by
    all their names.
    """
    sums: dict[tuple[tuple[str, ...], str, int], _Sum] = {}
    for line in lines:
        key = (
            line.donors if "donor" in by else (),
            (line.class_ or "") if "class" in by else "",
            STAGES.index(line.stage),
        )
        sums.setdefault(key, _Sum()).add(line)
    return [
        _total(
            found,
            donors if "donor" in by else None,
            class_ or None,
            STAGES[stage],
            currency,
            year,
        )
        for (donors, class_, stage), found in sorted(sums.items(), key=lambda each: each[0])
    ]


def _total(
    found: _Sum,
    donors: tuple[str, ...] | None,
    class_: str | None,
    stage: Stage,
    currency: str,
    year: int | None,
) -> Total:
    counted = {name: found.counts.get(name, 0) for name in ("stated", "priced", "neither")}
    lines = sum(counted.values())
    share = Decimal(counted["neither"]) / lines if lines else Decimal(0)
    return Total(
        donors=donors,
        class_=class_,
        stage=stage,
        currency=currency,
        year=year,
        stated=found.amounts.get("stated"),
        priced=found.amounts.get("priced"),
        lines=lines,
        lines_stated=counted["stated"],
        lines_priced=counted["priced"],
        without=counted["neither"],
        share_without=share.quantize(Decimal("0.0001")),
        apart={name: found.amounts[name] for name in APART if name in found.amounts},
        lines_apart=sum(found.counts.get(name, 0) for name in APART),
    )
