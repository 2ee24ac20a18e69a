"""Adding reports from a page: looked at first, written when its owner says so."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from intendance.terms import IntendanceError
from intendance.web import Settings, build_app
from intendance.web._jobs import JOBS, Jobs
from intendance.web._users import User

Client = TestClient[Litestar]

WORDS = "Norway has delivered 8 Leopard 2A4 tanks to Ukraine."


@pytest.fixture
def own(copied: Path) -> Iterator[Client]:
    """Asks a server of a ledger of the test's own."""
    with TestClient(build_app(Settings(database=str(copied)))) as made:
        made.headers["Accept-Language"] = "en"
        yield made


def _csrf(own: Client) -> str:
    found = re.search(r'name="csrf" value="([^"]*)"', own.get("/add").text)
    assert found is not None
    return found[1]


def _waited(own: Client, address: str) -> str:
    for _ in range(200):
        page = own.get(address).text
        if "<progress" not in page:
            return page
        time.sleep(0.05)
    raise AssertionError("it never ended")


def test_a_text_is_looked_at_and_then_written(own: Client) -> None:
    before = own.get("/api/v1/counts").json()["reports"]
    form = {"csrf": _csrf(own), "pasted": WORDS, "published": "2024-06-01"}
    answer = own.post("/add", data=form, follow_redirects=False)
    assert answer.status_code == 303
    address = answer.headers["location"]
    page = _waited(own, address)
    assert "It would add 1 reports with 1 statements." in page
    assert "Norway" in page
    assert own.get("/api/v1/counts").json()["reports"] == before
    own.post(address, data={"csrf": form["csrf"]})
    page = _waited(own, address)
    assert "Added 1 reports with 1 statements:" in page
    assert own.get("/api/v1/counts").json()["reports"] == before + 1


def test_files_are_uploaded_and_what_cannot_be_read_is_said(own: Client) -> None:
    files = [
        ("file", ("good.txt", WORDS.encode(), "text/plain")),
        ("file", ("bad.pdf", b"%PDF-1.7 \x00\x01", "application/pdf")),
    ]
    answer = own.post("/add", data={"csrf": _csrf(own)}, files=files, follow_redirects=False)
    page = _waited(own, answer.headers["location"])
    assert "It would add 1 reports" in page
    assert "What could not be read" in page
    assert "bad.pdf" in page


def test_an_upload_that_holds_nothing_readable_says_why(own: Client) -> None:
    files = [("file", ("bad.pdf", b"%PDF-1.7 \x00\x01", "application/pdf"))]
    answer = own.post("/add", data={"csrf": _csrf(own)}, files=files, follow_redirects=False)
    page = _waited(own, answer.headers["location"])
    assert 'class="banner warn"' in page
    assert "Try again" in page


def test_nothing_uploaded_is_refused(own: Client) -> None:
    answer = own.post("/add", data={"csrf": _csrf(own), "pasted": "  "})
    assert answer.status_code == 400
    assert answer.json()["message"] == (
        "Expected a file or a text, 200 files at most, got none - at 'file'"
    )


def _user(name: str, *groups: str) -> User:
    return User(name=name, role="analyst", groups=frozenset(groups))


def test_an_upload_of_somebody_else_is_as_none() -> None:
    job = JOBS.add(_user("one", "FRA"), "asked", ("a.txt",), 1)
    assert JOBS.find(job.id, _user("one", "FRA"), str) is job
    others = (
        (job.id, _user("other", "FRA"), str), ("none", _user("one", "FRA"), str),
        (job.id, _user("one"), str), (job.id, _user("one", "FRA"), int),
    )  # fmt: skip
    for id_, owner, asked in others:
        with pytest.raises(IntendanceError, match="Expected an upload that is kept, got"):
            JOBS.find(id_, owner, asked)


def test_a_crowd_of_uploads_lets_the_first_go() -> None:
    jobs, dropped = Jobs(), list[int]()
    for number in range(70):
        drop = partial(dropped.append, number)
        jobs.add(_user(f"u{number}"), "asked", ("a.txt",), 1, drop).state = "done"
    assert dropped == [0, 1, 2, 3, 4, 5]


def test_of_many_uploads_of_one_user_the_first_go_and_others_stay() -> None:
    jobs, me = Jobs(), _user("me")
    other = jobs.add(_user("other"), "asked", ("a.txt",), 1)
    held = [jobs.add(me, "asked", ("a.txt",), 1) for _ in range(8)]
    with pytest.raises(IntendanceError, match="Expected 8 uploads at work at a time at most"):
        jobs.add(me, "asked", ("a.txt",), 1)
    for job in held:
        job.state = "previewed"
    jobs.add(me, "asked", ("a.txt",), 1)
    with pytest.raises(IntendanceError, match="Expected an upload that is kept"):
        jobs.find(held[0].id, me, str)
    assert jobs.find(held[1].id, me, str) is held[1]
    assert jobs.find(other.id, _user("other"), str) is other


def test_uploads_are_let_go_after_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs, me, dropped = Jobs(), _user("me"), list[object]()
    job = jobs.add(me, "asked", ("a.txt",), 1, lambda: dropped.append("it"))
    job.state = "previewed"
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 3_700)
    with pytest.raises(IntendanceError, match="Expected an upload that is kept"):
        jobs.find(job.id, me, str)
    assert dropped == ["it"]


def test_what_was_taken_out_stays_in_no_upload() -> None:
    jobs, me, dropped = Jobs(), _user("me"), list[object]()
    idle, busy = (jobs.add(me, "asked", ("a.txt",), 1, lambda: dropped.append(1)) for _ in "ab")
    idle.state = "previewed"
    jobs.forget()
    assert dropped == [1]
    with pytest.raises(IntendanceError, match="Expected an upload that is kept"):
        jobs.find(busy.id, me, str)


def test_an_error_is_a_page_for_a_browser_and_an_envelope_for_a_program(own: Client) -> None:
    page = own.get("/ledger?stage=lost", headers={"Accept": "text/html"})
    assert page.status_code == 400
    assert "<h1>That did not work</h1>" in page.text
    assert "Expected one of requested" in page.text
    page = own.get("/reports/none", headers={"Accept": "text/html", "Accept-Language": "fr"})
    assert page.status_code == 404
    assert "<h1>Cela n’a pas marché</h1>" in page.text
    assert own.get("/reports/none").json()["code"] == "id.unknown"
