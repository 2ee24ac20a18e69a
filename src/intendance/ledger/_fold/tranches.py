"""Tranches: a new package adds, it does not replace (rule 5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from intendance.ledger._fold.block import Kinds
from intendance.ledger._fold.evidence import FIRST, LAST
from intendance.ledger._fold.levels import Group
from intendance.ledger._fold.rows import Row
from intendance.ledger._fold.tranche import (
    Tranche,
    apart,
    contradicts,
    countable,
    day_number,
    figure_key,
)
from intendance.ledger._fold.vocabulary import BLOCK_RULES, STAGE_RULES
from intendance.terms import Interval

_PROMISED: Final = STAGE_RULES["promised"].order
_WIDE_SPAN: Final = 24 * BLOCK_RULES.tranche_days


class Tranches:
    """The tranches of one group, found fast by time and by quantity."""

    def __init__(self) -> None:
        self.all: list[Tranche] = []
        self._by_month: dict[int, dict[object, list[Tranche]]] = {}
        self._by_value: dict[object, list[Tranche]] = {}
        self._undated: list[Tranche] = []
        self._unsure: dict[object, list[Tranche]] = {}
        self._by_package: dict[str, dict[int, Tranche]] = {}
        self._fits: dict[object, list[Tranche]] = {}

    def add(self, row: Row) -> None:
        """Place an increment: with the nearest tranche that agrees, else in one of its own."""
        found = self._agreeing(row)
        if found:
            same = [each for each in found if _same_package(each.anchor, row)]
            self._join(min(same or found, key=lambda each: apart(each.anchor, row)), row)
        else:
            self._open(row)

    def add_unsure(self, row: Row) -> None:
        """Place an increment without date or quantity: only where exactly one tranche agrees.

        Several such rows that agree share one tranche, which names those that it may be.
        """
        pool = self._unsure.setdefault(figure_key(countable(row)), [])
        shared = next((each for each in pool if each.agrees(row)), None)
        found = [shared] if shared is not None else self._agreeing(row)
        if len(found) == 1:
            self._join(found[0], row)
        else:
            fresh = self._open(row)
            fresh.open_to = found
            pool.append(fresh)

    def by_package(self, row: Row) -> Tranche | None:
        """The one tranche that was announced in the row's package."""
        package = row.said.package
        found = self._by_package.get(package, {}) if package is not None else {}
        return next(iter(found.values())) if len(found) == 1 else None

    def fitting(self, row: Row, whole: Interval) -> Tranche | None:
        """The one tranche of this quantity, announced by then, that nothing contradicts."""
        key = figure_key(whole)
        fits = self._fits.get(key)
        if fits is None:
            fits = [
                each
                for each in self._of(self._by_value, _exact(whole))
                if each.quantity is not None and each.quantity.overlaps(whole)
            ]
            fits.sort(key=lambda each: each.anchor.p0)
            self._fits[key] = fits
        found: Tranche | None = None
        for each in fits:
            if each.anchor.p0 > row.t1:
                break
            if contradicts(each.anchor, row):
                continue
            if found is not None:
                return None
            found = each
        return found

    def join(self, tranche: Tranche, row: Row) -> None:
        """Add a row of a later stage."""
        tranche.rows.append(row)

    def _join(self, tranche: Tranche, row: Row) -> None:
        tranche.take(row)
        self._name(tranche, row)
        self._fits.clear()

    def _open(self, row: Row) -> Tranche:
        fresh = Tranche(row)
        self.all.append(fresh)
        months = _months(row, 0)
        if months is None:
            self._undated.append(fresh)
        else:
            for month in months:
                by_value = self._by_month.setdefault(month, {})
                by_value.setdefault(_exact(fresh.quantity), []).append(fresh)
        self._by_value.setdefault(_exact(fresh.quantity), []).append(fresh)
        self._name(fresh, row)
        self._fits.clear()
        return fresh

    def _name(self, tranche: Tranche, row: Row) -> None:
        if row.said.package is not None:
            self._by_package.setdefault(row.said.package, {})[id(tranche)] = tranche

    def _agreeing(self, row: Row) -> list[Tranche]:
        return [each for each in dict.fromkeys(self._near(row)) if each.agrees(row)]

    def _near(self, row: Row) -> Iterable[Tranche]:
        months = _months(row, BLOCK_RULES.tranche_days)
        value = _exact(countable(row))
        if months is None:
            return self.all if value is None else self._of(self._by_value, value)
        near: list[Tranche] = []
        for month in months:
            near += self._of(self._by_month.get(month, {}), value)
        return near + self._undated

    @staticmethod
    def _of(filed: dict[object, list[Tranche]], value: object) -> list[Tranche]:
        """Those filed under this number or under none; all, where the number is open."""
        keys = filed if value is None else (value, None)
        return [each for key in keys for each in filed.get(key, ())]


def _exact(figure: Interval | None) -> object:
    """The key under which a quantity is filed: its number, or None where it leaves a choice."""
    if figure is None or figure.low is None or figure.low != figure.high:
        return None
    return figure.low


def _months(row: Row, margin: int) -> range | None:
    """The stretches of ``tranche_days`` that a publication touches; None for a very wide one."""
    if row.p0 == FIRST or row.p1 == LAST:
        return None
    first, last = day_number(row.p0) - margin, day_number(row.p1) + margin
    if last - first > _WIDE_SPAN:
        return None
    return range(first // BLOCK_RULES.tranche_days, last // BLOCK_RULES.tranche_days + 1)


def _same_package(one: Row, other: Row) -> bool:
    return one.said.package is not None and one.said.package == other.said.package


def split_group(group: Group, kinds: Kinds) -> tuple[list[Row], list[Tranche]]:
    """The rows of the base commitment and the tranches beside it (live rows only).

    Increments first: promises with date and quantity open tranches, the most specific items
    before the wider; those without join where exactly one agrees; later stages follow. Then the
    rest: by package, by a quantity that fits exactly one tranche and not the base, else the base.
    """
    increments = [row for row in group.firm if _adds(row)]
    if not increments:
        return group.firm, []
    tranches = Tranches()
    opening = [row for row in increments if STAGE_RULES[row.stage].order <= _PROMISED]
    opening.sort(key=lambda row: (-len(kinds.above(row.item or "")), row.at))
    for row in opening:
        if _sure(row):
            tranches.add(row)
    for row in opening:
        if not _sure(row):
            tranches.add_unsure(row)
    rest = [row for row in group.firm if not _adds(row)]
    base = _place_rest(rest, tranches)
    later = [row for row in increments if STAGE_RULES[row.stage].order > _PROMISED]
    later.sort(key=lambda row: (STAGE_RULES[row.stage].order, row.at))
    _place_later(later, tranches)
    return base, tranches.all


def _adds(row: Row) -> bool:
    return row.said.basis == "increment" and row.sense == "affirms"


def _sure(row: Row) -> bool:
    return countable(row) is not None and row.p0 != FIRST and row.p1 != LAST


def _place_later(rows: Sequence[Row], tranches: Tranches) -> None:
    """Increments of later stages: progress of the one tranche that they fit, else their own."""
    left = []
    for row in rows:
        whole = row.part or countable(row)
        home = tranches.by_package(row)
        if home is None and whole is not None:
            home = tranches.fitting(row, whole)
        if home is None:
            left.append(row)
        else:
            tranches.join(home, row)
    for row in left:
        (tranches.add if _sure(row) else tranches.add_unsure)(row)


def _place_rest(rows: Sequence[Row], tranches: Tranches) -> list[Row]:
    """Rows that add nothing: those that fit one tranche go there, the rest are the base's."""
    owed = _BaseOwed(rows)
    base = []
    for row in rows:
        home = tranches.by_package(row) if row.said.basis not in ("total", "cumulative") else None
        if home is None and _may_fit(row):
            whole = row.part or countable(row)
            if whole is not None and not owed.covers(whole):
                home = tranches.fitting(row, whole)
        if home is None:
            base.append(row)
        else:
            tranches.join(home, row)
    return base


def _may_fit(row: Row) -> bool:
    return (
        row.sense == "affirms"
        and STAGE_RULES[row.stage].order > _PROMISED
        and row.said.basis not in ("total", "cumulative")
    )


class _BaseOwed:
    """What the base is said to owe: the figures promised without being an increment."""

    def __init__(self, rows: Sequence[Row]) -> None:
        figures = [
            row.figure
            for row in rows
            if row.stage == "promised" and row.figure is not None and row.sense == "affirms"
        ]
        self._figures = list({figure_key(figure): figure for figure in figures}.values())
        self._known: dict[object, bool] = {}

    def covers(self, whole: Interval) -> bool:
        """Whether one of them agrees with the figure."""
        key = figure_key(whole)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = any(each.overlaps(whole) for each in self._figures)
        return known
