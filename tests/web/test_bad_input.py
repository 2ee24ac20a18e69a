"""What goes wrong in mid-request: the envelope, the right status, nothing half-written."""

from __future__ import annotations

import gzip
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from tests.web.guarded import Client, add_users, bearer, listening, make_ledger, readings

from intendance.terms import IntendanceError
from intendance.web import Settings, _app, build_app
from intendance.web._api import asked
from intendance.web._server import Server

_NEWS = "Norway promised 8 Leopard 2A4 tanks to Ukraine on 3 February 2023."


class Held:
    """A server that can be asked over HTTP and reached from inside."""

    def __init__(self, client: Client, server: Server) -> None:
        self.client = client
        self.server = server

    @property
    def engine(self) -> Any:
        """What SQLAlchemy talks to the ledger through."""
        return self.server.shelf.books._store._engine

    def state(self) -> tuple[str, dict[str, int]]:
        """What the ledger holds."""
        books = self.server.shelf.books
        return books.digest(), books.counts()

    def send(self) -> Any:
        """A report with news."""
        body = {"text": _NEWS, "address": "news.txt", "published": "2023-02-04"}
        return self.client.post("/api/v1/reports", json=body)


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """A server of three reports."""
    servers: list[Server] = []

    def keep(settings: Settings) -> Server:
        servers.append(Server(settings))
        return servers[-1]

    monkeypatch.setattr(_app, "Server", keep)
    database = make_ledger(tmp_path / "a.db", readings()[:3])
    app = build_app(Settings(database=database, most_upload=100_000))
    with Client(app, base_url="http://127.0.0.1") as client:
        assert client.get("/ledger").status_code == 200
        yield Held(client, servers[0])


def _gone(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = code
    return error


def _error(answer: Any, status: int, code: str) -> None:
    assert answer.status_code == status, answer.text
    told = answer.json()
    assert set(told) == {"code", "message", "expected", "got", "where", "remedy"}
    assert told["code"] == code


@pytest.mark.parametrize("at", [1, 2, 5, 12, 25, 45, 70])
def test_a_database_that_goes_away_at_any_statement_leaves_nothing_half_written(
    held: Held, at: int
) -> None:
    before = held.state()
    count = 0

    def fail(*_: Any) -> None:
        nonlocal count
        count += 1
        if count >= at:
            raise _gone(sqlite3.SQLITE_CORRUPT)

    event.listen(held.engine, "before_cursor_execute", fail)
    answer = held.send()
    event.remove(held.engine, "before_cursor_execute", fail)
    assert count >= at, "a write is of more statements than this"
    _error(answer, 503, "ledger.corrupt")
    left = held.state()
    assert held.server.shelf.books.verify().ok
    assert held.send().status_code == 201
    # Before the commit there is nothing of it, behind it all; sending it again adds no more.
    assert left in (before, held.state())
    assert held.state() != before


def test_a_database_that_goes_away_while_a_page_is_made_is_told(held: Held) -> None:
    def fail(*_: Any) -> None:
        raise _gone(sqlite3.SQLITE_CANTOPEN)

    event.listen(held.engine, "before_cursor_execute", fail)
    for address in ("/api/v1/counts", "/api/v1/commitments", "/reports", "/conflicts"):
        answer = held.client.get(address)
        assert answer.status_code == 503, (address, answer.text)
        assert answer.json()["code"].startswith("ledger.")
    event.remove(held.engine, "before_cursor_execute", fail)
    assert held.client.get("/api/v1/counts").status_code == 200


def test_a_full_disk_is_told_and_nothing_is_written(held: Held) -> None:
    before = held.state()

    def fill(connection: Any) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    event.listen(held.engine, "begin", fill)
    body = {"text": f"{_NEWS} " * 1000, "address": "news.txt", "published": "2023-02-04"}
    _error(held.client.post("/api/v1/reports", json=body), 507, "ledger.full")
    event.remove(held.engine, "begin", fill)
    assert held.state() == before


def _fill(server: Server) -> None:
    for _ in range(40):
        server.shelf.write("readings", readings(), frozenset({frozenset({"FRA"})}))


def test_a_full_disk_under_the_file_of_users_writes_no_marked_row(tmp_path: Path) -> None:
    tokens = add_users(tmp_path / "a.access", [("chief", "administrator", ("FRA",), True)])
    database = make_ledger(tmp_path / "a.db", readings()[:1])
    server = Server(Settings(database=database, auth=True, access=tmp_path / "a.access"))
    assert server.access is not None
    try:
        with server.access.reading() as db:
            pages = db.execute("PRAGMA page_count").fetchone()[0]
            db.execute(f"PRAGMA max_page_count = {pages}")
        user = server.accounts.bearer(tokens["chief"]) if server.accounts else None
        assert user is not None
        with pytest.raises(
            IntendanceError, match="Expected a file of users that can be read"
        ) as told:
            _fill(server)
        assert told.value.code == "ledger.full"
        kept = server.shelf.case_for(user).seen
        assert all(len(each.content) == len(readings()) for each in kept)
    finally:
        server.close()


def test_more_than_may_be_sent_is_refused_whether_or_not_its_length_is_told(held: Held) -> None:
    before = held.state()
    body = b'{"text": "' + b"x" * 200_000 + b'"}'

    def parts() -> Iterator[bytes]:
        for start in range(0, len(body), 1000):
            yield body[start : start + 1000]

    for content in (body, parts()):
        headers = {"Content-Type": "application/json"}
        answer = held.client.post("/api/v1/reports", content=content, headers=headers)
        _error(answer, 413, "web.too-large")
    assert held.state() == before


def test_what_unpacks_to_more_than_a_report_may_be_is_refused(held: Held) -> None:
    packed = gzip.compress(b"Germany promised tanks. " * 2_000_000)
    page = held.client.get("/add").text
    csrf = page.partition('name="csrf" value="')[2].partition('"')[0]
    before = held.state()
    answer = held.client.post(
        "/api/v1/reports", files={"file": ("bomb.txt.gz", packed)}, data={"csrf": csrf}
    )
    assert answer.status_code in (413, 422), answer.text
    assert answer.json()["code"] in ("input.too-large", "input.binary", "web.too-large")
    assert held.state() == before


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/commitments?limit=99999999999999999999", 400),
        ("/api/v1/commitments?cursor=" + "9" * 300, 400),
        ("/api/v1/commitments?witnesses=-1", 400),
        ("/ledger?page=18446744073709551616", 400),
        ("/reports/x?part=9223372036854775808", 400),
        ("/commitments/" + "9" * 90, 404),
        ("/commitments/" + "9" * 900, 400),
        ("/ledger?as_of=2023-02-30", 400),
        ("/api/v1/commitments?since=99999-01-01", 400),
    ],
)
def test_numbers_and_addresses_beyond_all_bounds_are_refused(
    held: Held, address: str, status: int
) -> None:
    answer = held.client.get(address)
    assert answer.status_code == status, answer.text
    assert set(answer.json()) == {"code", "message", "expected", "got", "where", "remedy"}


@pytest.mark.parametrize(
    "fields",
    [
        {"quantity": {"low": 2**63, "high": 2**63}},
        {"quantity": {"low": 0, "high": 10**40}},
        {"part_of": {"low": -(2**64), "high": 1}},
        {"money": {"low": "1e31", "high": "1e31", "currency": "EUR"}},
        {"money": {"low": "NaN", "high": "NaN", "currency": "EUR"}},
        {"money": {"low": "0", "high": "Infinity", "currency": "EUR"}},
    ],
)
def test_numbers_beyond_what_is_kept_exactly_are_not_written(
    held: Held, fields: dict[str, Any]
) -> None:
    report = held.client.get("/api/v1/reports").json()["records"][0]["id"]
    text = held.client.get(f"/api/v1/reports/{report}/text").json()["text"]
    before = held.state()
    said = {"act": "promise", "certainty": "announced", "actors": ["DEU"], **fields}
    body = {"report": report, "quote": text[:20], "fields": said}
    answer = held.client.post("/api/v1/statements", json=body)
    _error(answer, 422, "number.too-large")
    assert answer.json()["message"].startswith("Expected a number of ")
    assert held.state() == before


def test_half_an_upload_writes_nothing(tmp_path: Path) -> None:
    database = make_ledger(tmp_path / "a.db", readings()[:2])
    with listening(build_app(Settings(database=database))) as (host, port):
        with socket.create_connection((host, port)) as half:
            half.sendall(
                b"POST /api/v1/reports HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                b"Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n"
                b'{"text": "' + _NEWS.encode()
            )
        counts = _asked(host, port, "/api/v1/counts")
        assert b'"reports":2' in counts.replace(b" ", b"")


def test_a_stream_that_breaks_does_not_look_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was sent cannot be called back: but the last chunk, which says 'all', never comes."""
    monkeypatch.setattr(asked, "_AT_ONCE", 1)
    database = make_ledger(tmp_path / "a.db", readings())
    with listening(build_app(Settings(database=database))) as (host, port):
        whole = _asked(host, port, "/api/v1/statements?stream=true")
        assert whole.endswith(b"0\r\n\r\n")
        real = asked._all

        def broken(*given: Any) -> Iterator[Any]:
            for number, row in enumerate(real(*given)):
                if number == 3:
                    raise _gone(sqlite3.SQLITE_CORRUPT)
                yield row

        monkeypatch.setattr(asked, "_all", broken)
        part = _asked(host, port, "/api/v1/statements?stream=true")
        assert not part.endswith(b"0\r\n\r\n")


def _asked(host: str, port: int, address: str) -> bytes:
    """All that the server sends until it ends the connection."""
    with socket.create_connection((host, port), timeout=20) as one:
        asking = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
        one.sendall(asking.encode())
        return _all_of(one)


def _all_of(one: socket.socket) -> bytes:
    parts = []
    while part := one.recv(65536):
        parts.append(part)
    return b"".join(parts)


def test_a_request_that_does_not_arrive_in_time_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from intendance.web import _handle

    monkeypatch.setattr(_handle, "_PATIENCE", 0.2)
    database = make_ledger(tmp_path / "a.db", readings()[:1])
    with (
        listening(build_app(Settings(database=database))) as (host, port),
        socket.create_connection((host, port), timeout=20) as slow,
    ):
        slow.sendall(
            b"POST /api/v1/explain HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            b"Content-Type: application/json\r\nContent-Length: 500\r\n"
            b"Connection: close\r\n\r\n{"
        )
        answer = _all_of(slow)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b'"web.slow"' in answer


def test_a_token_that_has_ended_is_nobodys(tmp_path: Path) -> None:
    from tests.web.guarded import serving

    from intendance.web import Access, Accounts

    tokens = add_users(tmp_path / "a.access", [("ada", "reader", (), False)])
    access = Access(tmp_path / "a.access")
    stale = Accounts(access, clock=lambda: 1_000_000.0).make_token("ada", "old").secret or ""
    access.close()
    database = make_ledger(tmp_path / "a.db", readings()[:1])
    with serving(database, tmp_path / "a.access") as client:
        assert client.get("/api/v1/counts", headers=bearer(tokens["ada"])).status_code == 200
        _error(client.get("/api/v1/counts", headers=bearer(stale)), 401, "web.signed-out")
