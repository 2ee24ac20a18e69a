"""Taking readings in: reports, their texts, readings and statements, each once (rules 1 and 3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import select, update

from intendance.ledger import _appearances as appearances
from intendance.ledger import _copies as copies
from intendance.ledger._batch import Batch
from intendance.ledger._citations import citing_rows, note_reports, note_rows
from intendance.ledger._editions import data_sets
from intendance.ledger._evidence import translated
from intendance.ledger._rows import CHUNK, chunks, delete_in, fetch_in, insert
from intendance.ledger._schema import citing, link, reading, statement, tombstone
from intendance.ledger._withheld import near_copies
from intendance.terms import IntendanceError, Reading, Statement, canonical, reading_id, with_id

_HEAVY: Final = 10_000
"""Statements after which a batch of readings is taken in, however few these are."""

HAND: Final = "analyst"
"""The reader of what analysts enter: folded beside what the program read, whatever its version."""

IMPORT: Final = "import-"
"""What the readers of other people's tables are called by."""

Version = tuple[str, str]
"""A version of the reader and the hash of the catalogue that it used."""


class Intake:
    """One batch of readings on its way in. ``run`` does it all but the folding."""

    def __init__(self, batch: Batch, folded: Version | None) -> None:
        self.batch = batch
        self.folded = folded
        self.reports = 0
        self.readings = 0
        self.statements = 0
        self.inactive = 0
        self.redacted: set[str] = set()
        self.held_back: dict[str, str] = {}
        """Reports nearly like a redacted one, with the tombstone of that."""
        self.editions = False
        self.addresses: set[str] = set()
        """Addresses that rows of data sets may cite, and that had no report before."""
        self.joined: set[int] = set()
        """Reports whose component of copies changed."""

    def run(self, readings: Iterable[Reading]) -> None:
        """Take all readings in, a few hundred at a time, and mark the blocks that they touch."""
        for part in _parts(readings):
            self._take(part)
        if self.joined:
            # Who stands for copies, and when and where that came out, counts for all of them.
            self.joined |= copies.members_of(self.batch.connection, self.joined)
            self.joined |= self._mates()
        self.batch.renew(told_by(self.batch, self.joined))
        self.batch.renew(citing_rows(self.batch.connection, self.addresses))
        if self.editions:
            # Another edition of a data set came: what counts of the others may change.
            self.batch.soil(blocks_of_reports(self.batch, data_sets(self.batch.connection)))

    def _mates(self) -> set[int]:
        """Reports that share a witness with others through a translation: theirs may change too."""
        tied = translated(self.batch.connection, self.batch.settled)
        return copies.members_of(self.batch.connection, tied)

    def _take(self, part: Sequence[Reading]) -> None:
        for each in part:
            _check(each)
        part = self._admitted(part)
        versions = {(each.reader, each.catalogue) for each in part if _reads(each.reader)}
        if versions and self.folded is None:
            self.folded = min(versions)
            self.batch.set("folded", self.folded)
        shown = appearances.take(self.batch, part)
        self.reports += shown.new
        self.joined |= shown.joined
        self.editions |= any(each.report.kind == "dataset" for each in part) and shown.new > 0
        self.addresses |= note_reports(
            self.batch.connection, [(shown.numbers[each.report.id], each.report) for each in part]
        )
        self._readings(part, shown.numbers, shown.changed)

    def _admitted(self, part: Sequence[Reading]) -> list[Reading]:
        ids = {each.report.id for each in part}
        query = select(tombstone.c.report)
        out = {row.report for row in fetch_in(
            self.batch.connection, query, tombstone.c.report, ids)}  # fmt: skip
        self.redacted |= out
        left = [each for each in part if each.report.id not in out]
        self.held_back |= near_copies(self.batch.connection, left)
        return [each for each in left if each.report.id not in self.held_back]

    def _readings(
        self, part: Sequence[Reading], numbers: Mapping[str, int], changed: set[int]
    ) -> None:
        connection = self.batch.connection
        keys = [reading_key(each) for each in part]
        columns = select(reading.c.id, reading.c.text, reading.c.number)
        known = {
            (row.id, row.text): row.number
            for row in fetch_in(connection, columns, reading.c.id, {key for key, _ in keys})
        }
        fresh: dict[int, dict[str, Statement]] = defaultdict(dict)
        again: dict[int, dict[str, Statement]] = defaultdict(dict)
        rows, owner = [], {}
        for each, key in zip(part, keys, strict=True):
            number = known.get(key)
            mine = again if number is not None else fresh
            if number is None:
                number = known[key] = self.batch.numbers.next(reading)
                rows.append(self._reading_row(number, key, numbers[each.report.id], each))
                mine = fresh
            elif number in fresh:
                mine = fresh
            owner[number] = numbers[each.report.id]
            _merge(mine[number], each, key[0])
        insert(connection, reading, rows)
        self.readings += len(rows)
        self._add(fresh, owner)
        self._add_missing(again, owner)
        several = changed | {row[2] for row in rows}
        self._choose(several)

    def _reading_row(
        self, number: int, key: tuple[str, str], report_number: int, each: Reading
    ) -> tuple[Any, ...]:
        notes = canonical(each.notes).decode()
        return (
            number, key[0], report_number, each.reader, each.catalogue, key[1], notes, 0,
            self.batch.number,
        )  # fmt: skip

    def _add(self, found: Mapping[int, Mapping[str, Statement]], owner: Mapping[int, int]) -> None:
        rows: list[tuple[Any, ...]] = []
        links: list[tuple[Any, ...]] = []
        settled = self.batch.settled
        drafts = [
            (number, said, settled.corrected(said))
            for number, statements in found.items()
            for said in statements.values()
        ]
        keys = [self.batch.block_of(now) for _, _, now in drafts]
        blocks = self.batch.blocks(key for key in keys if key is not None)
        for (number, said, now), key in zip(drafts, keys, strict=True):
            row = self.batch.numbers.next(statement)
            rows.append(
                (
                    row, said.id, number, owner[number], None if key is None else blocks[key], 0,
                    *columns_of(now), self.batch.number, _body(said),
                )
            )  # fmt: skip
            links += {(row, each.kind, each.statement) for each in now.links}
        insert(self.batch.connection, statement, rows)
        insert(self.batch.connection, link, links)
        note_rows(
            self.batch.connection,
            [(row[0], each[1]) for row, each in zip(rows, drafts, strict=True)],
        )
        self.statements += len(rows)

    def _add_missing(
        self, found: Mapping[int, dict[str, Statement]], owner: Mapping[int, int]
    ) -> None:
        """The same reading with other statements: all of them count, whichever came first."""
        if not found:
            return
        connection = self.batch.connection
        columns = select(
            statement.c.number, statement.c.id, statement.c.reading, statement.c.block,
            statement.c.body,
        )  # fmt: skip
        gone = []
        for row in fetch_in(connection, columns, statement.c.reading, found):
            said = found[row.reading].get(row.id)
            if said is not None and _body(said) < row.body:
                gone.append(row)
            else:
                found[row.reading].pop(row.id, None)
        self.batch.soil({row.block for row in gone if row.block is not None})
        for column in (link.c.statement, citing.c.statement, statement.c.number):
            delete_in(connection, column, [row.number for row in gone])
        self.statements -= len(gone)
        self._add({number: said for number, said in found.items() if said}, owner)
        active = select(reading.c.number).where(reading.c.active == 1)
        numbers = [
            row.number for row in fetch_in(connection, active, reading.c.number, list(found))
        ]
        switch(self.batch, numbers, on=True)

    def _choose(self, reports: set[int]) -> None:
        """Set the one reading of each report that is folded."""
        on, off = choose(self.batch, reports, self.folded)
        switch(self.batch, off, on=False)
        switch(self.batch, on, on=True)

    def count_inactive(self) -> int:
        """How many readings of this batch are kept but not folded."""
        query = select(reading.c.number).where(
            (reading.c.batch == self.batch.number) & (reading.c.active == 0)
        )
        return len(self.batch.connection.execute(query).all())


def _reads(reader: str) -> bool:
    """Whether a reader reads texts: imports and analysts make statements that it does not."""
    return reader != HAND and not reader.startswith(IMPORT)


def choose(
    batch: Batch, reports: Iterable[int], folded: Version | None
) -> tuple[list[int], list[int]]:
    """Which readings of ``reports`` to fold that are not folded, and which no longer to fold.

    Of a report's readings, those of the text that it is shown with come first, then the version
    that the ledger folds, then the greatest version: a pure function of what is stored. What an
    analyst entered on that text is folded in any case.
    """
    columns = select(
        reading.c.number, reading.c.report, reading.c.reader, reading.c.catalogue, reading.c.text,
        reading.c.active,
    )  # fmt: skip
    texts = appearances.shown_texts(batch.connection, reports)
    rows = list(fetch_in(batch.connection, columns, reading.c.report, reports))
    active = {row.number for row in rows if row.active}
    chosen = {number for group in folded_readings(rows, texts, folded).values() for number in group}
    return sorted(chosen - active), sorted(active - chosen)


def folded_readings(
    rows: Iterable[Any], texts: Mapping[int, str], folded: Version | None
) -> dict[int, set[int]]:
    """The readings of each report that are folded: the best one, and what analysts entered.

    ``texts`` is the hash of the text that each report is shown with.
    """
    best: dict[int, tuple[Any, ...]] = {}
    by_hand: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        if row.reader != HAND:
            key = reading_rank(row, texts[row.report], folded)
            best[row.report] = max(best.get(row.report, ()), key)
        elif row.text == texts[row.report]:
            by_hand[row.report].add(row.number)
    for report_number, key in best.items():
        by_hand[report_number].add(key[-1])
    return by_hand


def reading_rank(row: Any, shown_text: str, folded: Version | None) -> tuple[Any, ...]:
    """The greatest of a report's readings by this key is the one that is folded."""
    version = (row.reader, row.catalogue)
    return (row.text == shown_text, version == folded, *version, row.text, row.number)


def switch(batch: Batch, readings: Sequence[int], *, on: bool) -> None:
    """Fold the statements of ``readings`` from now on, or no longer."""
    query = select(statement.c.number, statement.c.block).where(statement.c.block.is_not(None))
    touched = {
        row.number: row.block
        for row in fetch_in(batch.connection, query, statement.c.reading, readings)
    }
    if not on:
        batch.soil(touched.values())
    for part in chunks(readings):
        for table, column in ((reading, reading.c.number), (statement, statement.c.reading)):
            batch.connection.execute(
                update(table).where(column.in_(part)).values(active=1 if on else 0)
            )
    if on:
        batch.renew(touched)


def _parts(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    """Some readings at a time: fewer where they say much, so that memory stays flat."""
    part: list[Reading] = []
    weight = 0
    for each in readings:
        part.append(each)
        weight += len(each.statements)
        if len(part) >= CHUNK or weight >= _HEAVY:
            yield part
            part, weight = [], 0
    if part:
        yield part


def told_by(batch: Batch, reports: Iterable[int]) -> dict[int, int]:
    """The folded statements of ``reports`` with their blocks."""
    query = select(statement.c.number, statement.c.block, reading.c.report)
    query = query.join(reading, reading.c.number == statement.c.reading).where(
        statement.c.block.is_not(None) & (reading.c.active == 1)
    )
    rows = fetch_in(batch.connection, query, reading.c.report, reports)
    return {row.number: row.block for row in rows}


def blocks_of_reports(batch: Batch, reports: Iterable[int]) -> set[int]:
    """The blocks that active statements of ``reports`` are folded in."""
    query = (
        select(statement.c.block)
        .join(reading, reading.c.number == statement.c.reading)
        .where(statement.c.block.is_not(None) & (reading.c.active == 1))
        .distinct()
    )
    return {row.block for row in fetch_in(batch.connection, query, reading.c.report, reports)}


def columns_of(now: Statement) -> tuple[Any, ...]:
    """The columns of a statement that follow its corrections, from ``live`` to ``package``."""
    return (
        1 if now.live else 0, now.act, now.item, spaced(now.actors), spaced(now.recipients),
        now.package,
    )  # fmt: skip


def spaced(names: Iterable[str]) -> str:
    """Several identifiers in one column, each between spaces."""
    found = " ".join(names)
    return f" {found} " if found else ""


def reading_key(each: Reading) -> tuple[str, str]:
    """Identifier of a reading, and the hash of the exact text that it was made from."""
    return reading_id(each.report.id, each.reader, each.catalogue), appearances.hash_of_text(each)


def _merge(known: dict[str, Statement], each: Reading, id_: str) -> None:
    for given in each.statements:
        said = msgspec.structs.replace(given if given.id else with_id(given), reading=id_)
        other = known.get(said.id)
        if other is None or _body(said) < _body(other):
            known[said.id] = said


def _body(said: Statement) -> str:
    try:
        return canonical(said).decode()
    except UnicodeEncodeError:
        raise IntendanceError(
            "statement.field",
            expected="text that can be written as UTF-8",
            got="half of a surrogate pair",
            where=f"statement {said.id}",
        ) from None


def _check(each: Reading) -> None:
    for said in each.statements:
        if said.report != each.report.id:
            raise IntendanceError(
                "statement.field",
                expected=f"report {each.report.id}, the one that was read",
                got=f"report {said.report}",
                where=f"statement {said.id or said.quote[:40]!r}",
            )
        if each.text[said.start : said.end] != said.quote:
            raise IntendanceError(
                "statement.quote",
                expected=f"the report's own words {each.text[said.start : said.end][:80]!r}",
                got=repr(said.quote[:80]),
                where=f"{each.report.address}, characters {said.start} to {said.end}",
            )
