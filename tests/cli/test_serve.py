"""``intendance serve`` and ``user``: who is let in, and where it refuses to start."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from intendance.cli import run
from intendance.cli._serve import Exposure, access_beside, check_exposure
from intendance.terms import IntendanceError

FILE = Path("some.pem")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.9.1"])
def test_this_machine_alone_needs_no_users(host: str) -> None:
    check_exposure(Exposure(host))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "", "not a host"])
@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, "--auth and TLS or a declared proxy"),
        ({"auth": True}, "TLS or a declared proxy"),
        ({"certificate": FILE, "key": FILE}, "--auth"),
        ({"proxy": "10.0.0.1"}, "--auth"),
    ],
)
def test_other_machines_are_served_with_users_and_tls_only(
    host: str, given: dict[str, Any], missing: str
) -> None:
    with pytest.raises(IntendanceError) as caught:
        check_exposure(Exposure(host, **given))
    assert caught.value.code == "web.exposed"
    assert caught.value.message == (
        "Expected an address of this machine alone, or users and TLS, got "
        f"{host} without {missing} - at serve"
    )


@pytest.mark.parametrize("given", [{"certificate": FILE, "key": FILE}, {"proxy": "10.0.0.1"}])
def test_users_and_tls_are_enough(given: dict[str, Any]) -> None:
    check_exposure(Exposure("0.0.0.0", auth=True, **given))


def test_a_certificate_needs_its_key() -> None:
    with pytest.raises(IntendanceError) as caught:
        check_exposure(Exposure("127.0.0.1", certificate=FILE))
    assert caught.value.message == (
        "Expected --tls-cert and --tls-key together, got one of them - at serve"
    )


def test_the_command_refuses_before_it_opens_anything(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--host", "0.0.0.0", "--db", "nowhere.db"]) == 2
    assert "web.exposed" in capsys.readouterr().err


def test_the_file_of_users_lies_beside_the_ledger() -> None:
    assert access_beside("x/books.db") == Path("x/books.access")
    assert access_beside("sqlite:///x/books.db") == Path("x/books.access")
    assert access_beside("postgresql://a@b/c") == Path("intendance.access")


def test_users_are_added_changed_and_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    password = tmp_path / "password"
    password.write_text("a long enough password\n", encoding="utf-8")
    access = ["--access", str(tmp_path / "a.access")]
    secret = ["--password-file", str(password)]
    assert run(["user", "list", *access]) == 2
    assert "access.missing" in capsys.readouterr().err
    assert run(["user", "add", "ada", "--role", "analyst", "--group", "FRA", *secret, *access]) == 0
    capsys.readouterr()
    assert (tmp_path / "a.access").stat().st_mode & 0o077 == 0
    assert run(["user", "add", "ada", *secret, *access]) == 2
    assert "user.exists" in capsys.readouterr().err
    assert run(["user", "change", "ada", "--full", "--json", *access]) == 0
    changed = json.loads(capsys.readouterr().out)
    assert (changed["role"], changed["groups"], changed["full"]) == ("analyst", ["FRA"], True)
    assert run(["user", "token", "ada", "--what", "a script", *access]) == 0
    assert capsys.readouterr().out.startswith("int_")
    assert run(["user", "list", *access]) == 0
    assert "ada" in capsys.readouterr().out
    assert run(["user", "token", "bob", "--what", "x", *access]) == 2
    assert "id.unknown" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "password", "message"),
    [
        ("ada", "short", "Expected a password of 12 characters or more, got another - at user"),
        ("a b", "a long enough one", "Expected a name of 1 to 80 characters without spaces, got"),
    ],
)
def test_a_user_that_cannot_be_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, password: str, message: str
) -> None:
    held = tmp_path / "password"
    held.write_text(password, encoding="utf-8")
    access = str(tmp_path / "a.access")
    assert run(["user", "add", name, "--password-file", str(held), "--access", access]) == 2
    assert message in capsys.readouterr().err


def test_no_password_is_made_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["user", "add", "ada", "--access", str(tmp_path / "a.access")]) == 2
    assert "no terminal to ask for the password" in capsys.readouterr().err
