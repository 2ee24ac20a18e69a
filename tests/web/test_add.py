"""Adding reports from a page: looked at first, written when its owner says so."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from intendance.terms import IntendanceError
from intendance.web import Settings, build_app
from intendance.web._jobs import JOBS, Jobs
from intendance.web._types import Upload

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


def test_an_upload_of_somebody_else_is_as_none() -> None:
    job = JOBS.add("one", (Upload("a.txt", b"a"),), None)
    assert JOBS.find(job.id, "one") is job
    for id_, owner in ((job.id, "other"), ("none", "one")):
        with pytest.raises(IntendanceError, match="Expected an upload that is kept, got"):
            JOBS.find(id_, owner)


def test_a_crowd_of_uploads_lets_the_first_go() -> None:
    jobs = Jobs()
    held = [jobs.add("one", (Upload("a.txt", b"a"),), None) for _ in range(70)]
    for job in held:
        job.state = "done"
    jobs.add("one", (), None)
    with pytest.raises(IntendanceError, match="Expected an upload that is kept"):
        jobs.find(held[0].id, "one")
    assert jobs.find(held[-1].id, "one") is held[-1]


def test_an_error_is_a_page_for_a_browser_and_an_envelope_for_a_program(own: Client) -> None:
    page = own.get("/ledger?stage=lost", headers={"Accept": "text/html"})
    assert page.status_code == 400
    assert "<h1>That did not work</h1>" in page.text
    assert "Expected one of requested" in page.text
    page = own.get("/reports/none", headers={"Accept": "text/html", "Accept-Language": "fr"})
    assert page.status_code == 404
    assert "<h1>Cela n’a pas marché</h1>" in page.text
    assert own.get("/reports/none").json()["code"] == "id.unknown"
