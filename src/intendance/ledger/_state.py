"""What a ledger folds: the reader's version, the catalogue; and bringing it up to that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, and_, func, select

from intendance.catalogue import Catalogue
from intendance.ledger._batch import Batch, Clock, get_setting
from intendance.ledger._engine import Store
from intendance.ledger._everything import fold_all_blocks, rekey
from intendance.ledger._intake import HAND, IMPORT, choose, switch
from intendance.ledger._intake import Version as ReaderVersion
from intendance.ledger._labels import keep_labels
from intendance.ledger._refold import refold
from intendance.ledger._rows import chunks
from intendance.ledger._schema import (
    appearance,
    block,
    commitment,
    conflict,
    dirty,
    reading,
    report,
    report_text,
    setting,
)
from intendance.ledger._swap import Changed
from intendance.ledger._types import Version
from intendance.ledger._view import View, members
from intendance.terms import IntendanceError

FOLD: Final = "7"
"""The version of the fold: a program that folds otherwise folds stored ledgers anew.

Whatever changes what comes out, or what a packed row is, must change it.
"""


def refresh(store: Store, catalogue: Catalogue, clock: Clock) -> None:
    """Fold what waits to be folded: after a bulk load, or for another catalogue or program.

    A ledger that can only be read is shown as it was folded last.
    """
    with store.reading() as connection:
        waiting = connection.execute(select(dirty.c.block).limit(1)).first() is not None
        stale = _stale(connection, catalogue)
    if store.read_only or not (waiting or stale):
        return
    if stale:
        fold_everything(store, catalogue, clock, 1)
        return
    with store.writing() as connection:
        refold_all_dirty(Batch(connection, catalogue, clock))


def fold_everything(store: Store, catalogue: Catalogue, clock: Clock, jobs: int) -> None:
    """Fold all blocks anew; first work out the blocks anew, if the catalogue is another one."""
    with store.writing() as connection:
        if _stale(connection, catalogue):
            rekey(Batch(connection, catalogue, clock))
    with store.writing() as connection:
        batch = Batch(connection, catalogue, clock)
        fold_all_blocks(batch, store.address, jobs)
        _mark_fold(batch)
        keep_labels(batch)


def refold_all_dirty(batch: Batch) -> Changed:
    """Fold the dirty blocks; gives how many more (or fewer) commitments and conflicts there are.

    Where most blocks are dirty, all are folded: that is quicker.
    """
    connection = batch.connection
    waiting = count(connection, dirty)
    if waiting > 2000 and waiting * 2 > count(connection, block):
        before = count(connection, commitment), count(connection, conflict)
        fold_all_blocks(batch, None, 1)
        changed = Changed(
            count(connection, commitment) - before[0], count(connection, conflict) - before[1]
        )
    else:
        changed = refold(batch)
    if get_setting(connection, "fold") is None:
        _mark_fold(batch)
    return changed


def fold_version(batch: Batch, version: ReaderVersion) -> None:
    """Fold the readings of ``version`` from now on, where a report has one."""
    batch.set("folded", version)
    numbers = batch.connection.execute(select(report.c.number)).scalars().all()
    for part in chunks(numbers, 5000):
        on, off = choose(batch, part, version)
        switch(batch, off, on=False)
        switch(batch, on, on=True)


def previous_version(batch: Batch) -> ReaderVersion:
    """The version that was folded before the present one."""
    query = select(setting.c.value).where(setting.c.name == "folded")
    values = batch.connection.execute(query.order_by(setting.c.batch.desc())).scalars().all()
    for value in values[1:]:
        if value != values[0]:
            reader, catalogue = msgspec.json.decode(value)
            return reader, catalogue
    raise IntendanceError(
        "decision.invalid",
        expected="an earlier reread to undo",
        got="a ledger that has always folded the same version",
        where="reread",
    )


def versions(connection: Connection) -> list[Version]:
    """All versions with readings, the folded one marked."""
    folded = get_setting(connection, "folded")
    query = select(reading.c.reader, reading.c.catalogue, func.count()).group_by(
        reading.c.reader, reading.c.catalogue
    )
    read = reading.c.reader.not_like(f"{IMPORT}%") & (reading.c.reader != HAND)
    rows = sorted(connection.execute(query.where(read)).all())
    return [
        Version(reader, catalogue, readings, [reader, catalogue] == folded)
        for reader, catalogue, readings in rows
    ]


def copies_in(batch: Batch) -> int:
    """How many reports of this batch repeat another."""
    mine = (report.c.batch == batch.number) & (report.c.component != report.c.number)
    return count(batch.connection, report, mine)


def count(connection: Connection, table: Table, *conditions: ColumnElement[bool]) -> int:
    """How many rows a table has (that fulfil conditions)."""
    query = select(func.count()).select_from(table).where(*conditions)
    return connection.execute(query).scalar_one()


def undated(view: View, ids: Iterable[str]) -> set[str]:
    """The commitments of ``ids`` with a statement whose report has no date."""
    found = {each.id: members(each) for each in view.by_ids(ids)}
    said = {one for group in found.values() for one in group}
    bare = {held.said.id for held in view.held(said) if not held.report.published.known}
    return {id_ for id_, group in found.items() if bare.intersection(group)}


def text_of(connection: Connection, id_: str) -> str:
    """The text that a report is shown with."""
    query = (
        select(report_text.c.text)
        .select_from(report)
        .join(appearance, appearance.c.number == report.c.appearance)
        .join(
            report_text,
            and_(report_text.c.report == report.c.number, report_text.c.hash == appearance.c.text),
        )
        .where(report.c.id == id_)
    )
    data: bytes = connection.execute(query).scalar_one()
    return data.decode("utf-8", "surrogatepass")


def _stale(connection: Connection, catalogue: Catalogue) -> bool:
    folded = get_setting(connection, "fold")
    if folded is None:
        return False
    return bool(folded != [FOLD, catalogue.hash])


def _mark_fold(batch: Batch) -> None:
    batch.set("fold", (FOLD, batch.catalogue.hash))
