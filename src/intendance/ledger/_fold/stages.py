"""One stage of one commitment: its figure, its money, its time, its conflicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from intendance.ledger._fold.conflicts import conflict_of
from intendance.ledger._fold.increments import reached
from intendance.ledger._fold.money import money_hull, one_figure
from intendance.ledger._fold.occurrence import denied
from intendance.ledger._fold.rows import Row
from intendance.ledger._fold.settle import Said, interval_shape, latest_preferred, settle
from intendance.ledger._fold.times import Dated, stage_time
from intendance.ledger._fold.vocabulary import STAGE_RULES
from intendance.ledger._fold.wording import interval_text, money_text
from intendance.terms import (
    UNDISCLOSED,
    UNSPECIFIED,
    Conflict,
    ConflictKind,
    Interval,
    Money,
    Stage,
    StageState,
    hull,
)

_REACHED: Final[Stage] = "promised"


class StageRows:
    """The rows of one stage: those that say it, and those whose figure implies it."""

    __slots__ = ("denying", "implied", "listed", "rows")

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.implied: list[Row] = []
        self.denying: list[Row] = []
        self.listed: list[Row] = []


def by_stage(rows: list[Row]) -> dict[Stage, StageRows]:
    """The rows of a commitment by stage, in order.

    ``rows`` hold what is live and says that the stage was reached (or refused), ``denying`` what is
    live and denies it, ``implied`` what states a whole of which it tells a part; ``listed`` all of
    these and the candidates.
    """
    stages: dict[Stage, StageRows] = {}
    for row in rows:
        stage = stages.get(row.stage)
        if stage is None:
            stage = stages[row.stage] = StageRows()
        stage.listed.append(row)
        if not row.live:
            continue
        if row.sense == "denies":
            stage.denying.append(row)
            continue
        stage.rows.append(row)
        if row.part is not None:
            whole = stages.get(_REACHED)
            if whole is None:
                whole = stages[_REACHED] = StageRows()
            whole.implied.append(row)
            whole.listed.append(row)
    return stages


class StageFold:
    """Folds one stage of one commitment; ``state`` and ``conflicts`` are the outcome.

    ``reached`` tells whether something live still says that the stage was reached. ``prefers``
    maps statements to the decisions that prefer them, in the decisions' order; ``sums`` is true
    where increments are progress of what was promised.
    """

    __slots__ = ("commitment", "conflicts", "prefers", "reached", "rows", "stage", "state", "sums")

    def __init__(
        self,
        commitment: str,
        stage: Stage,
        rows: StageRows,
        prefers: Mapping[str, str],
        *,
        sums: bool = False,
    ) -> None:
        self.commitment = commitment
        self.stage: Stage = stage
        self.rows = rows
        self.prefers = prefers
        self.sums = sums and STAGE_RULES[stage].happened
        self.conflicts: list[Conflict] = []
        if rows.denying and rows.rows:
            self._occurrence()
        live = rows.rows + rows.implied if rows.implied else rows.rows
        self.reached = bool(live)
        quantity, values = self._quantity(self._said())
        self.state = StageState(
            quantity,
            tuple(values),
            self._money(),
            stage_time(stage, rows.rows, quantity, self._dated),
            tuple([row.id for row in rows.listed]),
            1 if len(live) == 1 else len({row.witness for row in live}),
        )

    def _conflict(
        self,
        kind: ConflictKind,
        about: str,
        sides: list[tuple[str, list[Row]]],
        settled_by: str | None,
    ) -> None:
        self.conflicts.append(conflict_of(self.commitment, kind, about, sides, settled_by))

    def _occurrence(self) -> None:
        """Done against denied; where the denial is preferred, what it denies no longer counts."""
        done, not_done = denied(self.stage, self.rows.rows, self.rows.denying)
        if not done:
            return
        settled_by = latest_preferred({row.id for row in (*done, *not_done)}, self.prefers)
        self._conflict(
            "occurrence",
            self.stage,
            [("done", done), ("denied", not_done)],
            None if settled_by is None else self.prefers[settled_by],
        )
        if settled_by in {row.id for row in not_done}:
            gone = {row.id for row in done}
            self.rows.rows = [row for row in self.rows.rows if row.id not in gone]

    def _said(self) -> list[Said[Interval]]:
        rows = self.rows.rows
        said = [Said(r, r.figure, r.t0, r.t1) for r in rows if r.figure is not None]
        if self.sums and any(each.row.said.basis == "increment" for each in said):
            added = reached(rows)
            for each in said:
                each.value = added.get(each.row.id, each.value)
        said += [Said(r, r.part, r.p0, r.p1) for r in self.rows.implied if r.part is not None]
        return _one_family(said)

    def _quantity(self, said: list[Said[Interval]]) -> tuple[Interval, list[Interval]]:
        if not said:
            hidden = any(row.said.quantity.state == "undisclosed" for row in self.rows.rows)
            return (UNDISCLOSED if hidden else UNSPECIFIED), []
        first = said[0].value
        if len(said) == 1 or all(_same(each.value, first) for each in said):
            return first, [first]
        cumulative = STAGE_RULES[self.stage].cumulative
        outcome = settle(said, interval_shape, cumulative=cumulative, prefers=self.prefers)
        if len(outcome.sides) > 1:
            sides = [(interval_text(side.figure.value), side.rows) for side in outcome.sides]
            self._conflict("quantity", self.stage, sides, outcome.settled_by)
        counts = outcome.counts
        return (counts[0] if len(counts) == 1 else hull(counts)), outcome.values

    def _money(self) -> tuple[Money, ...]:
        paid: dict[str, list[Said[Money]]] = {}
        for row in self.rows.rows:
            amount = row.said.money
            if amount is not None and row.said.per is None and interval_known(amount):
                paid.setdefault(amount.currency, []).append(Said(row, amount, row.t0, row.t1))
        if not paid:
            return ()
        amounts = [
            (said[0].t0, said[0].t1, currency, self._amount(currency, said))
            for currency, said in paid.items()
        ]
        amounts.sort(key=lambda each: each[:3])
        return one_figure(
            [(amount, t0[:4] if t0[:4] == t1[:4] else "") for t0, t1, _, amount in amounts]
        )

    def _amount(self, currency: str, said: list[Said[Money]]) -> Money:
        first = said[0].value
        if len(said) == 1 or all(_same(each.value, first) for each in said):
            return first
        cumulative = STAGE_RULES[self.stage].cumulative
        outcome = settle(said, interval_shape, cumulative=cumulative, prefers=self.prefers)
        if len(outcome.sides) > 1:
            sides = [(money_text(side.figure.value), side.rows) for side in outcome.sides]
            self._conflict("money", f"{self.stage}:{currency}", sides, outcome.settled_by)
        return money_hull(outcome.counts)

    def _dated(self, dated: Dated) -> None:
        """Take over a contradiction between dates."""
        about = self.stage if dated.quantity is None else f"{self.stage}:{dated.quantity}"
        outcome = settle(dated.said, dated.shape, cumulative=False, prefers=self.prefers)
        dated.counts = outcome.counts
        if len(outcome.sides) > 1:
            sides = [(dated.text(side.figure.value), side.rows) for side in outcome.sides]
            self._conflict("time", about, sides, outcome.settled_by)


def interval_known(amount: Money) -> bool:
    """Whether an amount states a number."""
    return amount.low is not None or amount.high is not None


def _same(one: Interval | Money, other: Interval | Money) -> bool:
    return one is other or (
        one.low == other.low
        and one.high == other.high
        and one.approx == other.approx
        and one.low_open == other.low_open
        and one.high_open == other.high_open
    )


def _one_family(said: list[Said[Interval]]) -> list[Said[Interval]]:
    """The figures that count the same: single items if any do, else the first family said."""
    families = dict.fromkeys(each.row.family for each in said)
    if len(families) < 2:
        return said
    family = None if None in families else next(iter(families))
    return [each for each in said if each.row.family == family]
