"""Opening a ledger: made, found again, or refused with one clear error."""

from __future__ import annotations

import os
import sqlite3
import struct
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from sqlalchemy import event

from intendance.ledger import Ledger
from intendance.ledger import _engine as engine
from intendance.terms import IntendanceError


def refused(code: str, **how):
    return pytest.raises(IntendanceError, check=lambda error: error.code == code, **how)


def test_a_ledger_is_made_and_found_again(new_address, open_ledger, build):
    address = new_address()
    first = open_ledger(address)
    first.add(build.some_readings(3))
    first.close()
    assert open_ledger(address, create=False).counts()["reports"] == 3


def test_a_file_ledger_says_whose_it_is(tmp_path, file_ledger):
    header = (tmp_path / "ledger.db").read_bytes()[:100]
    assert struct.unpack(">I", header[68:72]) == (0x494E5444,)
    with sqlite3.connect(tmp_path / "ledger.db") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
    assert sorted(path.name for path in tmp_path.iterdir() if ".new-" in path.name) == []


def test_a_ledger_that_is_not_there_is_missing(new_address, catalogue):
    with refused("ledger.missing", match="Expected a ledger, got nothing there yet"):
        Ledger.open(new_address(), create=False, catalogue=catalogue)


def test_a_folder_that_is_not_there_is_missing(tmp_path, catalogue):
    with refused("ledger.missing", match="got no such folder"):
        Ledger.open(tmp_path / "none" / "ledger.db", catalogue=catalogue)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("name", "content", "got"),
    [
        ("notes.txt", b"Some notes, and nothing else.\n", "a file that is no SQLite database"),
        ("cut.db", b"SQLite format 3\0" + bytes(20), "a file that is no SQLite database"),
        ("zeros.db", bytes(4096), "a file that is no SQLite database"),
    ],
)
def test_what_is_no_database_is_left_as_it_was(tmp_path, catalogue, name, content, got):
    path = tmp_path / name
    path.write_bytes(content)
    with refused("ledger.not-a-database", match=f"Expected a ledger of this program, got {got}"):
        Ledger.open(path, catalogue=catalogue)
    assert path.read_bytes() == content
    assert [each.name for each in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_a_database_of_another_program_is_left_as_it_was(tmp_path, catalogue, mode):
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA journal_mode = {mode}")
    connection.execute("CREATE TABLE report (number INTEGER)")
    connection.close()
    content = path.read_bytes()
    with refused("ledger.not-a-database", match="an SQLite database of another program"):
        Ledger.open(path, catalogue=catalogue)
    assert path.read_bytes() == content
    assert [each.name for each in tmp_path.iterdir()] == ["other.db"]


def test_a_folder_is_no_ledger(tmp_path, catalogue):
    with refused("ledger.not-a-database", match="got a folder"):
        Ledger.open(tmp_path, catalogue=catalogue)


def test_a_schema_with_other_tables_is_left_alone(postgres_addresses, catalogue):
    import psycopg

    address = postgres_addresses()
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE report (number integer)")
    with refused("ledger.not-a-database", match="got a database with other tables"):
        Ledger.open(address, catalogue=catalogue)
    with psycopg.connect(address) as connection:
        found = connection.execute(
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema()"
        )
        assert found.fetchone() == (1,)


def test_an_empty_file_becomes_a_ledger(tmp_path, catalogue):
    path = tmp_path / "ledger.db"
    path.touch()
    with Ledger.open(path, catalogue=catalogue) as ledger:
        assert ledger.counts()["reports"] == 0


def test_a_ledger_of_a_newer_program_is_left_as_it_was(tmp_path, catalogue):
    path = tmp_path / "ledger.db"
    Ledger.open(path, catalogue=catalogue).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA user_version = 9000")
    connection.close()
    content = path.read_bytes()
    with refused(
        "ledger.newer", match="Expected a ledger of version 0007 or older, got version 9000"
    ):
        Ledger.open(path, catalogue=catalogue)
    assert path.read_bytes() == content


def test_a_newer_migration_is_refused(new_address, open_ledger):
    address = new_address()
    ledger = open_ledger(address)
    with ledger._store.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9000'")
    ledger.close()
    with refused("ledger.newer", match="got version 9000"):
        open_ledger(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        ":memory:",
        "sqlite://",
        "mysql://host/name",
        "postgresql://host",
        "sqlite://host/file",
        "://",
    ],
)
def test_other_addresses_are_refused(catalogue, address):
    with refused("ledger.address", match="Expected a file, sqlite:///FILE or postgresql://"):
        Ledger.open(address, catalogue=catalogue)


def test_an_sqlite_address_names_a_file(tmp_path, catalogue):
    Ledger.open(f"sqlite:///{tmp_path}/a%20b.db", catalogue=catalogue).close()
    assert [path.name for path in tmp_path.iterdir()] == ["a b.db"]


def test_a_server_that_does_not_answer_is_unreachable(tmp_path, catalogue):
    pytest.importorskip("psycopg")
    with refused("ledger.unreachable", match="Expected a database server that answers, got"):
        Ledger.open(f"postgresql://nobody@/none?host={tmp_path}", catalogue=catalogue)


def test_no_message_shows_a_password(tmp_path, catalogue):
    pytest.importorskip("psycopg")
    with pytest.raises(IntendanceError) as caught:
        Ledger.open(f"postgresql://nobody:hidden@/none?host={tmp_path}", catalogue=catalogue)
    assert "hidden" not in caught.value.message


def test_a_second_writer_is_told_that_the_ledger_is_locked(
    new_address, open_ledger, build, monkeypatch
):
    address = new_address()
    first = open_ledger(address)
    first.add(build.some_readings(2))
    monkeypatch.setattr(engine, "PATIENCE", 0.1)
    second = open_ledger(address)
    with first._store.writing(), refused("ledger.locked", match="no other process is writing to"):
        second.add(build.some_readings(3, seed=2))
    with first._store.writing():
        assert second.counts()["reports"] == 2  # reading goes on while another writes
    assert second.add(build.some_readings(3, seed=2)).reports == 3


def test_a_full_disk_keeps_what_was_committed(tmp_path, catalogue, build):
    path = tmp_path / "ledger.db"
    with Ledger.open(path, catalogue=catalogue) as ledger:
        ledger.add(build.some_readings(3))
        digest = ledger.digest()

        def fill(connection):
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

        event.listen(ledger._store._engine, "begin", fill)
        with refused("ledger.full", match="Expected room on the disk, got"):
            ledger.add(build.some_readings(400, seed=2))
    with Ledger.open(path, catalogue=catalogue) as ledger:
        assert ledger.digest() == digest
        assert ledger.verify().ok
        assert ledger.add(build.some_readings(5, seed=3)).reports == 5


def test_a_damaged_page_is_said_to_be_damaged(tmp_path, catalogue, build):
    path = tmp_path / "ledger.db"
    with Ledger.open(path, catalogue=catalogue) as ledger:
        ledger.add(build.some_readings(60))
    content = bytearray(path.read_bytes())
    content[8192:] = b"\x5a" * (len(content) - 8192)
    path.write_bytes(content)
    with (
        refused("ledger.corrupt", match="Expected a database whose pages can be read, got"),
        Ledger.open(path, catalogue=catalogue) as ledger,
    ):
        ledger.commitments()


READ_ONLY = """
    import os, sys
    from intendance.catalogue import load_catalogue
    from intendance.ledger import Ledger
    from intendance.terms import IntendanceError
    catalogue = load_catalogue()
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    with Ledger.open(sys.argv[1], catalogue=catalogue) as ledger:
        print(ledger.counts()["reports"])
        for call in (
            lambda: ledger.add([]),
            lambda: ledger.decide("retract", ["s1"], by="A", why="B"),
            lambda: ledger.verify(repair=True),
        ):
            try:
                call()
            except IntendanceError as error:
                print(error.code)
        print(ledger.verify().ok)
"""


@pytest.mark.parametrize("folder_too", [False, True])
def test_a_read_only_ledger_can_be_read(tmp_path, catalogue, build, folder_too):
    folder = Path("/tmp") / f"intendance-read-only-{os.getpid()}-{folder_too}"
    folder.mkdir(mode=0o755)
    path = folder / "ledger.db"
    try:
        with Ledger.open(path, catalogue=catalogue) as ledger:
            ledger.add(build.some_readings(4))
        path.chmod(0o444)
        folder.chmod(0o555 if folder_too else 0o777)
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(READ_ONLY), str(path)],
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        assert done.stderr == ""
        assert done.stdout.split() == ["4", *["ledger.read-only"] * 3, "True"]
    finally:
        folder.chmod(0o755)
        for each in folder.iterdir():
            each.unlink()
        folder.rmdir()


def test_two_that_create_one_ledger_share_it(tmp_path, catalogue, build, monkeypatch):
    from intendance.ledger import _open

    path = tmp_path / "ledger.db"
    place = _open._place

    def slow(new: Path, where: Path) -> None:
        monkeypatch.setattr(_open, "_place", place)
        with Ledger.open(where, catalogue=catalogue) as quicker:
            quicker.add(build.some_readings(2))
        place(new, where)

    monkeypatch.setattr(_open, "_place", slow)
    with Ledger.open(path, catalogue=catalogue) as ledger:
        assert ledger.counts()["reports"] == 2


def test_what_a_killed_process_left_while_creating_is_swept(tmp_path, catalogue):
    stray = tmp_path / ".ledger.db.new-999999999"
    stray.write_bytes(b"half")
    Ledger.open(tmp_path / "ledger.db", catalogue=catalogue).close()
    assert not stray.exists()
