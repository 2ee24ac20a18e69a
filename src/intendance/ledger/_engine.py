"""Connections to a ledger's database: one writer at a time, readers see one instant."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import QueuePool

from intendance.ledger._address import Address
from intendance.ledger._failures import told
from intendance.ledger._schema import metadata
from intendance.terms import IntendanceError

PATIENCE: Final = 2.0
"""Seconds to wait for another writer before saying that the ledger is locked."""

_LOCK: Final = 0x494E5444
"""First key of PostgreSQL's advisory lock; the second is the schema."""


CACHE: Final = 64
"""MiB of a file's pages that a connection keeps; it maps four times that."""


class Store:
    """The database of one ledger.

    ``reading()`` gives a connection that sees one instant; ``writing()`` one that alone may write,
    committed whole at the end of the block or not at all. Both turn the driver's failures into the
    ``ledger.*`` errors.
    """

    def __init__(self, address: Address, *, read_only: bool = False) -> None:
        self.address = address
        self.read_only = read_only
        self.sqlite = address.file is not None
        self.cache = CACHE
        self._engine = self._sqlite() if self.sqlite else _postgres(address)

    def _sqlite(self) -> Engine:
        uri = _uri(self.address, self.read_only)

        def connect() -> sqlite3.Connection:
            return sqlite3.connect(
                uri, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False
            )

        engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=1)
        event.listen(engine, "connect", self._set_pragmas)
        event.listen(engine, "begin", _begin)
        return engine

    def _set_pragmas(self, connection: Any, _record: Any) -> None:
        pragmas = ["foreign_keys = ON", "temp_store = MEMORY", "synchronous = FULL"]
        pragmas += [f"cache_size = -{self.cache << 10}", f"mmap_size = {self.cache << 22}"]
        if not self.read_only:
            pragmas.append("journal_mode = WAL")
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").close()

    def keep(self, mebibytes: int) -> None:
        """Keep so many MiB of pages a connection from here on."""
        self.cache = mebibytes
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with told(self.address.shown), self._engine.connect() as connection:
            if not self.sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        if self.read_only:
            raise IntendanceError(
                "ledger.read-only",
                expected="a ledger that can be written to",
                got="one that can only be read",
                where=self.address.shown,
            )
        with told(self.address.shown), self._engine.connect() as connection:
            connection.execution_options(intendance_write=True)
            with connection.begin():
                if not self.sqlite:
                    self._lock(connection)
                yield connection

    def sweep(self) -> None:
        """Write the database anew, so that nothing deleted is left on its pages or in its log."""
        if self.read_only:
            return
        with told(self.address.shown):
            raw = self._engine.raw_connection()
            try:
                driver: Any = raw.driver_connection
                if self.sqlite:
                    for command in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                        driver.execute(command).close()
                else:
                    driver.autocommit = True
                    for table in metadata.tables:
                        driver.execute(f'VACUUM FULL "{table}"')
                    driver.autocommit = False
            finally:
                raw.close()

    def close(self) -> None:
        self._engine.dispose()

    def _lock(self, connection: Connection) -> None:
        ask = text("SELECT pg_try_advisory_xact_lock(:key, hashtext(current_schema()))")
        end = time.monotonic() + PATIENCE
        while not connection.execute(ask, {"key": _LOCK}).scalar_one():
            if time.monotonic() > end:
                raise IntendanceError(
                    "ledger.locked",
                    expected="a ledger that no other process is writing to",
                    got="another writer",
                    where=self.address.shown,
                )
            time.sleep(0.05)


def _uri(address: Address, read_only: bool) -> str:
    path = Path(address.file or "")
    uri = "file:" + quote(str(path.absolute()))
    if not read_only:
        return uri + "?mode=rw"
    # A folder that cannot be written to has no room for the files that WAL needs.
    return uri + ("?mode=ro" if Path(f"{path}-wal").exists() else "?mode=ro&immutable=1")


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("intendance_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _postgres(address: Address) -> Engine:
    try:
        engine = create_engine(
            address.server or "", pool_size=1, connect_args={"connect_timeout": 10}
        )
    except ModuleNotFoundError as error:
        raise IntendanceError(
            "ledger.unreachable",
            expected="the driver for PostgreSQL",
            got=f"no module {error.name}",
            where=address.shown,
            remedy="Install it: pip install 'intendance[postgres]'.",
        ) from None
    except (ArgumentError, DBAPIError) as error:
        raise IntendanceError(
            "ledger.address",
            expected="an address of a database",
            got=str(error),
            where=address.shown,
        ) from None
    return engine
