"""One write to the ledger: its instant, its numbers, the settings and decisions in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select

from intendance.catalogue import Catalogue
from intendance.ledger._fold import block_key
from intendance.ledger._groups import tied
from intendance.ledger._rows import Numbers, fetch_in, forget, insert
from intendance.ledger._schema import batch as batch_table
from intendance.ledger._schema import block, decision, dirty, placed, setting, stale
from intendance.ledger._settled import Settled
from intendance.terms import Decision, Statement

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock of a ledger that was given no other."""
    return datetime.now(UTC)


def instant(moment: datetime) -> str:
    """An instant as the ledger writes it: UTC, to the microsecond, sorting as text."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Batch:
    """What all steps of one write share. ``number`` and ``when`` stand for its instant.

    A ``dry`` one only looks: it writes no instant down and must not be given anything to write.
    """

    def __init__(
        self, connection: Connection, catalogue: Catalogue, clock: Clock, *, dry: bool = False
    ) -> None:
        self.connection = connection
        self.catalogue = catalogue
        self.numbers = Numbers(connection)
        self.when = self._instant(clock)
        self.number = self.numbers.next(batch_table)
        if not dry:
            insert(connection, batch_table, [(self.number, self.when)])
        self.settled = load_settled(connection)
        self.touched: set[str] | None = set()
        """The commitments that came, went or changed; None where all may have."""
        self._blocks: dict[str, int] = {}

    def touch(self, commitments: Iterable[str]) -> None:
        """Note that these commitments came, went or changed."""
        if self.touched is not None:
            self.touched.update(commitments)

    def _instant(self, clock: Clock) -> str:
        """Now, but always after the last batch: the order of instants is that of batches."""
        last = self.connection.execute(select(func.max(batch_table.c.recorded))).scalar()
        now = clock()
        if last is not None and instant(now) <= last:
            now = datetime.fromisoformat(last) + timedelta(microseconds=1)
        return instant(now)

    def block_of(self, statement: Statement) -> str | None:
        """The key of the block that a (corrected) statement is folded in, if any."""
        return block_key(statement, self.catalogue)

    def blocks(self, keys: Iterable[str]) -> dict[str, int]:
        """The numbers of blocks by their keys; new ones are made."""
        missing = sorted({key for key in keys if key not in self._blocks})
        for row in fetch_in(
            self.connection, select(block.c.key, block.c.number), block.c.key, missing
        ):
            self._blocks[row.key] = row.number
        made = []
        for key in missing:
            if key not in self._blocks:
                self._blocks[key] = self.numbers.next(block)
                recipient, rest = key.split("|", 1)
                root, donors = rest.rsplit("|", 1)
                made.append((self._blocks[key], key, recipient, root, donors))
        insert(self.connection, block, made)
        return self._blocks

    def soil(self, blocks: Iterable[int]) -> None:
        """Mark blocks to be folded again from their statements, with those tied to them now.

        Whatever takes a statement out of its block calls this before: a tie may go with it.
        """
        wanted = self._tied(blocks)
        forget(self.connection, wanted)
        self._mark(wanted)

    def renew(self, statements: Mapping[int, int]) -> None:
        """Mark statements (number -> block) that are new, or have another witness, to be folded.

        Nothing else of their blocks has changed, so that what is packed of these still holds.
        """
        wanted = set(statements.values())
        query = select(placed.c.block)
        ready = {row.block for row in fetch_in(self.connection, query, placed.c.block, wanted)}
        fresh = {number: home for number, home in statements.items() if home in ready}
        rows = fetch_in(self.connection, select(stale.c.statement), stale.c.statement, fresh)
        known = {row.statement for row in rows}
        insert(
            self.connection, stale, sorted(each for each in fresh.items() if each[0] not in known)
        )
        self._mark(self._tied(wanted))

    def _tied(self, blocks: Iterable[int]) -> set[int]:
        wanted = set(blocks)
        ties = tied(self.connection, self.settled)
        return wanted | {each for number in wanted if number in ties for each in ties[number]}

    def _mark(self, wanted: set[int]) -> None:
        known = {
            row.block
            for row in fetch_in(self.connection, select(dirty.c.block), dirty.c.block, wanted)
        }
        insert(self.connection, dirty, [(number,) for number in sorted(wanted - known)])

    def set(self, name: str, value: Any) -> None:
        """Write a setting down; the earlier values stay as history."""
        text = msgspec.json.encode(value).decode()
        where = (setting.c.name == name) & (setting.c.batch == self.number)
        self.connection.execute(setting.delete().where(where))
        insert(self.connection, setting, [(name, self.number, text)])


def load_settled(connection: Connection, upto: int | None = None) -> Settled:
    """The decisions in force, as of batch ``upto`` where given."""
    query = select(decision.c.body)
    if upto is not None:
        query = query.where(decision.c.batch <= upto)
    decoder = msgspec.json.Decoder(Decision)
    return Settled(decoder.decode(body) for body in connection.execute(query).scalars())


def get_setting(connection: Connection, name: str, upto: int | None = None) -> Any:
    """The value of a setting, now or as of batch ``upto``; None where it was never set."""
    query = select(setting.c.value).where(setting.c.name == name)
    if upto is not None:
        query = query.where(setting.c.batch <= upto)
    value = connection.execute(query.order_by(setting.c.batch.desc()).limit(1)).scalar()
    return None if value is None else msgspec.json.decode(value)
