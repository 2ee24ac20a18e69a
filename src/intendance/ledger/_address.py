"""Addresses of ledgers: a file, ``sqlite:///FILE`` or ``postgresql://USER@HOST/NAME``."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import msgspec
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from intendance.terms import IntendanceError


class Address(msgspec.Struct, frozen=True):
    """Where a ledger lies: ``file`` for SQLite, else ``server``, the address of a database.

    ``shown`` is the address as messages give it, without the password.
    """

    file: str | None
    server: str | None
    shown: str


def parse_address(address: str | Path) -> Address:
    """The place that ``address`` names; anything else raises IntendanceError ``ledger.address``."""
    if isinstance(address, Path):
        return _file(str(address))
    if "://" not in address:
        if not address or address == ":memory:" or "\0" in address:
            _refuse(address)
        return _file(address)
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        _refuse(address)
    if url.drivername == "sqlite":
        if not url.database or url.database == ":memory:" or url.host:
            _refuse(address)
        return _file(url.database)
    if url.drivername in ("postgresql", "postgres", "postgresql+psycopg") and url.database:
        return _server(url)
    return _refuse(url.render_as_string(hide_password=True))


def _file(path: str) -> Address:
    return Address(file=path, server=None, shown=path)


def _server(url: URL) -> Address:
    url = url.set(drivername="postgresql+psycopg")
    shown = url.set(drivername="postgresql").render_as_string(hide_password=True)
    return Address(file=None, server=url.render_as_string(hide_password=False), shown=shown)


def _refuse(address: str) -> NoReturn:
    raise IntendanceError(
        "ledger.address",
        expected="a file, sqlite:///FILE or postgresql://USER@HOST/NAME",
        got=repr(address[:200]),
        where="the ledger's address",
    )
