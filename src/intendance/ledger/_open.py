"""Opening a ledger's database: created, refused, or brought up to date."""

from __future__ import annotations

import os
import secrets
import struct
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn

from intendance.ledger._address import Address
from intendance.ledger._engine import Store
from intendance.ledger._failures import told
from intendance.ledger._migrate import refuse_newer, upgrade, version
from intendance.ledger._schema import APPLICATION_ID, HEAD
from intendance.terms import IntendanceError

_MAGIC: Final = b"SQLite format 3\0"


def open_store(address: Address, *, create: bool) -> Store:
    """The database at ``address``, at this program's version.

    Raises IntendanceError: ``ledger.missing`` where there is none and ``create`` is false;
    ``ledger.not-a-database`` where something else is there (left byte for byte as it was);
    ``ledger.newer``; ``ledger.read-only``; ``ledger.locked``; ``ledger.unreachable``.
    """
    with told(address.shown):
        if address.file is not None:
            return _open_file(address, Path(address.file), create)
        return _up_to_date(Store(address), create=create)


def _open_file(address: Address, path: Path, create: bool) -> Store:
    if not path.exists() or (path.is_file() and path.stat().st_size == 0):
        if not create:
            _missing(address)
        _create(address, path)
    _inspect(address, path)
    writable = os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)
    return _up_to_date(Store(address, read_only=not writable), create=create)


def _up_to_date(store: Store, *, create: bool) -> Store:
    """The store with all migrations run; it is closed again where it can't be used."""
    try:
        with store.reading() as connection:
            found = version(connection)
        if found is None and not create:
            _missing(store.address)
        if found is not None:
            refuse_newer(found, store.address.shown)
        if found != HEAD:
            with store.writing() as connection:
                if version(connection) != HEAD:  # another process may have been quicker
                    upgrade(connection)
    except BaseException:
        store.close()
        raise
    return store


def _inspect(address: Address, path: Path) -> None:
    """Look at the first bytes only: opening a foreign database could change it."""
    if not path.is_file():
        _foreign(address, "a folder" if path.is_dir() else "no regular file")
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(_MAGIC):
        _foreign(address, "a file that is no SQLite database")
    (number,) = struct.unpack(">I", header[60:64])
    (application,) = struct.unpack(">I", header[68:72])
    if application != APPLICATION_ID:
        _foreign(address, "an SQLite database of another program")
    refuse_newer(f"{number:04}", address.shown)


def _create(address: Address, path: Path) -> None:
    """Make the whole database beside its place and put it there in one step.

    So a file of this name is either no ledger yet or a complete one, whenever the process dies.
    """
    folder = path.absolute().parent
    if not folder.is_dir():
        raise IntendanceError(
            "ledger.missing",
            expected="a folder to put the ledger in",
            got="no such folder",
            where=str(folder),
            remedy="Create the folder first.",
        )
    _sweep(folder, path.name)
    new = folder / f".{path.name}.new-{os.getpid()}-{secrets.token_hex(4)}"
    new.touch(exist_ok=True)
    store = Store(Address(file=str(new), server=None, shown=address.shown))
    try:
        with store.writing() as connection:
            upgrade(connection)
        store.close()
        _place(new, path)
    finally:
        store.close()
        for each in folder.glob(f"{new.name}*"):
            each.unlink(missing_ok=True)


def _place(new: Path, path: Path) -> None:
    with new.open("rb+") as file:
        os.fsync(file.fileno())
    if path.exists() and path.stat().st_size == 0:
        new.replace(path)
        return
    with suppress(FileExistsError):  # another process was quicker: its ledger stands
        try:
            os.link(new, path)
        except (PermissionError, NotImplementedError):
            new.rename(path)  # a file system without links


def _sweep(folder: Path, name: str) -> None:
    """Remove what a process that died while creating this ledger left behind."""
    for each in folder.glob(f".{name}.new-*"):
        owner = each.name.removeprefix(f".{name}.new-").split("-")[0]
        if owner.isdigit() and not _alive(int(owner)):
            each.unlink(missing_ok=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _missing(address: Address) -> NoReturn:
    raise IntendanceError(
        "ledger.missing", expected="a ledger", got="nothing there yet", where=address.shown
    )


def _foreign(address: Address, got: str) -> NoReturn:
    raise IntendanceError(
        "ledger.not-a-database",
        expected="a ledger of this program",
        got=got,
        where=address.shown,
    )
