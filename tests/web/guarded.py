"""Servers with users and marked rows, for the tests of who may see what."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from litestar import Litestar
from litestar.testing import TestClient

from intendance.api import open_ledger, reader_with
from intendance.catalogue import load_catalogue
from intendance.terms import Reading
from intendance.web import Access, Accounts, Settings, build_app
from intendance.web._taken import take

Client = TestClient[Litestar]

PASSWORD = "a long enough password"
_texts = (
    ("a.txt", "2023-01-05", "Germany promised 10 Leopard 2A6 tanks to Ukraine on 4 January 2023."),
    ("b.txt", "2023-03-02", "Germany delivered 4 Leopard 2A6 tanks to Ukraine on 1 March 2023."),
    ("c.txt", "2023-03-09", "Germany delivered 7 Leopard 2A6 tanks to Ukraine on 1 March 2023."),
    ("d.txt", "2023-04-02", "France promised 6 Caesar howitzers to Ukraine on 1 April 2023."),
    ("e.txt", "2023-05-02", "Poland promised 14 Leopard 2A4 tanks to Ukraine on 1 May 2023."),
    ("f.txt", "2023-06-02", "France delivered 2 Caesar howitzers to Ukraine on 1 June 2023."),
)
"""Sentences of our own; the third contradicts the second."""


def readings() -> list[Reading]:
    """One reading for each text."""
    from intendance.terms import span_of

    reader = reader_with(load_catalogue())
    return [
        take(reader, name, words.encode(), published=span_of(day)).readings[0]
        for name, day, words in _texts
    ]


def make_ledger(path: Path, held: Sequence[Reading]) -> str:
    """A ledger of some readings."""
    with open_ledger(path) as books:
        books.add(held)
    return str(path)


@contextmanager
def serving(database: str, access: Path, plans: Path | None = None) -> Iterator[Client]:
    """A server with users, over what stands for TLS."""
    settings = Settings(database=database, auth=True, access=access, plans=plans)
    with TestClient(build_app(settings), base_url="http://127.0.0.1") as client:
        yield client


def add_users(path: Path, users: Sequence[tuple[str, str, Sequence[str], bool]]) -> dict[str, str]:
    """Makes users (name, role, groups, full) with a token each; gives the tokens' secrets."""
    access = Access(path, create=not path.exists())
    accounts = Accounts(access)
    tokens = {}
    for name, role, groups, full in users:
        accounts.add(name, PASSWORD, role, groups, full=full)
        tokens[name] = accounts.make_token(name, "tests").secret or ""
    access.close()
    return tokens


def bearer(secret: str) -> dict[str, str]:
    """The header of a token."""
    return {"Authorization": f"Bearer {secret}"}


@contextmanager
def listening(app: Litestar) -> Iterator[tuple[str, int]]:
    """A server on a socket of this machine, for what a test client cannot do: host and port."""
    import uvicorn

    held = socket.socket()
    held.bind(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=2)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.02)
    try:
        yield held.getsockname()
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        held.close()
