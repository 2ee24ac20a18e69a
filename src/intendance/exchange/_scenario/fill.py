"""What the ledger knows that a scenario needs: deliveries owed, requests, donors' records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

import msgspec

from intendance.catalogue import Catalogue
from intendance.exchange._scenario.names import Names
from intendance.exchange._scenario.record import donor_name, records_of
from intendance.planning import Horizon, Owed, Record, Request, Scenario
from intendance.terms import Commitment, Interval, subtract

Reason = Literal["recipient", "item", "general", "quantity", "no date", "past", "after"]
"""Why a commitment fills no row; docs/plan.md explains each."""

_OPEN: Final = ("withdrawn", "refused")


class LeftOut(msgspec.Struct, frozen=True):
    """A commitment that is owed or asked for and fills no row, and why."""

    commitment: str
    table: Literal["owed", "requests"]
    reason: Reason


class Filled(msgspec.Struct, frozen=True):
    """Rows for three tables of a scenario, and what was left out of them."""

    owed: tuple[Owed, ...]
    requests: tuple[Request, ...]
    records: tuple[Record, ...]
    left_out: tuple[LeftOut, ...]


def fill_scenario(
    scenario: Scenario, found: Iterable[Commitment], catalogue: Catalogue, day: str
) -> Filled:
    """Tables ``owed``, ``requests`` and ``records`` of ``scenario`` from commitments.

    Only live commitments count. Owed is what is promised and not delivered, by the end of its
    deadline; asked for is what is requested less what was promised or delivered of it. Both take
    the low end of an interval: what is certain. A request without a day is for the first month.
    ``day`` (ISO 8601) is when donors' records are judged. Nothing is guessed: what has no figure,
    no deadline, or another recipient or item than the scenario's is left out, with the reason.
    """
    commitments = sorted((each for each in found if each.live), key=lambda each: each.id)
    filler = _Filler(scenario, catalogue)
    for each in commitments:
        filler.take(each)
    return Filled(
        owed=tuple(filler.owed),
        requests=tuple(filler.requests),
        records=tuple(records_of(commitments, day)),
        left_out=tuple(filler.left_out),
    )


class _Filler:
    def __init__(self, scenario: Scenario, catalogue: Catalogue) -> None:
        self._names = Names(scenario, catalogue)
        self._horizon = Horizon(scenario.settings.start, scenario.settings.months)
        self.owed: list[Owed] = []
        self.requests: list[Request] = []
        self.left_out: list[LeftOut] = []

    def take(self, each: Commitment) -> None:
        """Enters a commitment as owed, asked for, or left out."""
        if any(stage in each.stages for stage in _OPEN):
            return
        if "promised" in each.stages and not _settled(each.outstanding):
            self._owe(each)
        elif "requested" in each.stages and "promised" not in each.stages:
            self._ask(each)

    def _owe(self, each: Commitment) -> None:
        place = self._place(each, "owed")
        if place is None:
            return
        nation, item = place
        low = each.outstanding.low
        due = each.stages["promised"].time.end
        reason = "quantity" if not low else self._outside(due)
        if reason is not None or not low or due is None:
            self._leave(each, "owed", reason or "no date")
            return
        self.owed.append(
            Owed(nation, item, due[:7], float(low), source=each.id, donor=donor_name(each))
        )

    def _ask(self, each: Commitment) -> None:
        place = self._place(each, "requests")
        if place is None:
            return
        nation, item = place
        asked = each.stages["requested"]
        done = each.stages.get("delivered")
        left = asked.quantity if done is None else subtract(asked.quantity, done.quantity)
        if _settled(left):
            return
        if not left.low:
            self._leave(each, "requests", "quantity")
            return
        by = asked.time.end
        if by is not None and self._outside(by) == "after":
            self._leave(each, "requests", "after")
            return
        first = self._horizon.name(0)
        month = first if by is None else max(first, by[:7])
        self.requests.append(Request(nation, item, month, float(left.low)))

    def _place(
        self, each: Commitment, table: Literal["owed", "requests"]
    ) -> tuple[str, str] | None:
        nation = self._names.nation(each.recipient)
        if nation is None:
            self._leave(each, table, "recipient")
            return None
        item = None if each.general or each.item is None else self._names.item(each.item)
        if item is None:
            self._leave(each, table, "general" if each.general else "item")
            return None
        return nation, item

    def _outside(self, day: str | None) -> Reason | None:
        if day is None:
            return "no date"
        number = self._horizon.number(day[:7])
        if self._horizon.inside(number):
            return None
        return "past" if number < 0 else "after"

    def _leave(self, each: Commitment, table: Literal["owed", "requests"], reason: Reason) -> None:
        self.left_out.append(LeftOut(each.id, table, reason))


def _settled(left: Interval) -> bool:
    return left.known and left.high is not None and left.high <= 0
