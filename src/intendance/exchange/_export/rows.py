"""The rows of every table, from the ledger: whole ledgers line by line, extracts at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, TypeVar

import msgspec

from intendance.exchange._export.lines import (
    Cells,
    Label,
    Line,
    Outline,
    amount_rows,
    commitment_rows,
    decoded,
    labels,
    stage_rows,
)
from intendance.exchange._export.words import words_of
from intendance.ledger import Crossing, Extract, Filter, Ledger, Sourced
from intendance.terms import Conflict, Report, canonical

BATCH: Final = 20_000

_L = TypeVar("_L", Line, Outline)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be exported: a filter, the two clocks, and the language of names."""

    filter: Filter = Filter()
    as_of: str | None = None
    recorded: str | None = None
    language: str = "en"

    @property
    def whole(self) -> bool:
        """Whether it is the ledger as it stands, without anything left out."""
        return self.filter == Filter() and self.as_of is None and self.recorded is None


class Rows:
    """The rows of the tables of one export, each table in batches.

    Of a whole ledger the tables are made part by part, so that memory does not grow with it; else
    they come from one extract, taken when the first of them is asked for.
    """

    def __init__(self, ledger: Ledger, asked: Asked, *, ordered: bool = True) -> None:
        self._ordered = ordered
        self._ledger = ledger
        self.asked = asked
        self._extract: Extract | None = None
        self._labels: dict[str, Label] = labels(ledger.catalogue, asked.language)
        self._ties: Mapping[str, Crossing] | None = None

    @property
    def extract(self) -> Extract:
        """Everything that is exported, in memory."""
        if self._extract is None:
            asked = self.asked
            self._extract = self._ledger.extract(asked.filter, asked.as_of, asked.recorded)
        return self._extract

    def _lines(self, kind: type[_L]) -> Iterator[list[_L]]:
        if self._streams:
            return decoded(self._ledger.bodies(BATCH, ordered=self._ordered), kind)
        found = iter(self.extract.commitments)
        batches = iter(lambda: [canonical(each) for each in islice(found, BATCH)], [])
        return decoded(batches, kind)

    def of(self, sheet: str) -> Iterator[Sequence[Cells]]:
        """The rows of one table, in batches."""
        if sheet == "commitments":
            ties = self.ties()
            return (commitment_rows(lines, self._labels, ties) for lines in self._lines(Outline))
        if sheet == "stages":
            return map(stage_rows, self._lines(Line))
        if sheet == "amounts":
            return map(amount_rows, self._lines(Line))
        if sheet == "statements":
            return ([statement_row(each) for each in part] for part in self._statements())
        if sheet == "conflicts":
            found = self._ledger.conflicts() if self._streams else self.extract.conflicts
            return _batched(map(conflict_row, found))
        reports = self._ledger.reports() if self._streams else self.extract.reports
        return _batched(map(source_row, reports))

    @property
    def _streams(self) -> bool:
        """Whether the rows come from the ledger as it stands, without an extract of it."""
        return self.asked.whole and self._extract is None

    def _statements(self) -> Iterator[Sequence[Sourced]]:
        if self._streams:
            return _whole(self._ledger.sourced())
        found = iter(self.extract.statements)
        return iter(lambda: list(islice(found, BATCH)), [])

    def ties(self) -> Mapping[str, Crossing]:
        """What ties commitments to others."""
        if self._ties is None:
            if self._streams:
                self._ties = self._ledger.crossings()
            else:
                self._ties = {
                    each.id: Crossing(
                        each.framework,
                        each.package,
                        each.programme,
                        each.backfill_for,
                        each.backfilled_by,
                    )
                    for each in self.extract.commitments
                }
        return self._ties


def _whole(parts: Iterable[list[Sourced]]) -> Iterator[list[Sourced]]:
    """Small parts put together to batches."""
    batch: list[Sourced] = []
    for part in parts:
        batch += part
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _batched(rows: Iterable[Cells]) -> Iterator[list[Cells]]:
    source = iter(rows)
    return iter(lambda: list(islice(source, BATCH)), [])


def statement_row(each: Sourced) -> Cells:
    """A statement as it counts (corrected), with where it was said."""
    said = each.corrected or each.statement
    money, quantity = said.money, said.quantity
    return (
        said.id, each.commitment, said.report, said.act, said.certainty, said.polarity, said.live,
        said.actors, said.recipients, said.suppliers, said.financers, said.item, said.item_text,
        quantity.low, quantity.high, quantity.approx, said.unit, said.per,
        None if money is None else money.low, None if money is None else money.high,
        None if money is None else money.currency, said.time.start, said.time.end, each.witness,
        words_of(said, each.report), said.source_row, each.report.address,
    )  # fmt: skip


def conflict_row(each: Conflict) -> Cells:
    """A conflict with the values of its sides."""
    return (
        each.id,
        each.commitment,
        each.kind,
        tuple(side.value for side in each.sides),
        tuple(str(side.witnesses) for side in each.sides),
        each.settled_by,
    )


def source_row(each: Report) -> Cells:
    """A report with its address and terms."""
    return (
        each.id, each.title, each.publisher, each.published.start, each.published.end,
        each.language, each.address, each.copy_of, each.statements, each.terms,
    )  # fmt: skip
