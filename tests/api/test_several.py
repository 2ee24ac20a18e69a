"""Files that hold several reports, read into a ledger: counted, known again, bounded."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from tests.reading.input.archives import packed, record

import intendance
from intendance.api import _outcome as outcomes
from intendance.api._inputs import Limits, Piece
from intendance.api._recent import Recent
from intendance.api._task import Task, read_task
from intendance.terms import ErrorRecord, IntendanceError

FEED = """<rss version="2.0"><channel><title>Courrier</title><language>fr</language>
<item><title>Canons</title><link>https://example.org/1</link>
<pubDate>Thu, 04 May 2023 10:00:00 +0200</pubDate>
<description>La France a livré 18 canons Caesar à l'Ukraine.</description></item>
<item><title>Chars</title><link>https://example.org/2</link>
<description>La Pologne a livré 14 chars Leopard 2A4 à l'Ukraine.</description></item>
</channel></rss>"""


def page(number: int) -> bytes:
    words = f"La France a livré {number} canons Caesar à l'Ukraine."
    return record(number, f"<html lang=fr><p>{words}</p></html>".encode())


def test_each_entry_of_a_feed_is_a_report(tmp_path: Path) -> None:
    path = tmp_path / "news.rss"
    path.write_text(FEED, encoding="utf-8")
    with intendance.open_ledger(tmp_path / "books.db") as ledger:
        assert ledger.read(path).read == 2
        reports = {each.address: each for each in ledger.reports()}
        assert sorted(reports) == ["https://example.org/1", "https://example.org/2"]
        first = reports["https://example.org/1"]
        assert (first.publisher, first.published.start) == ("Courrier", "2023-05-04")
        assert {each.donors for each in ledger.commitments()} == {("FRA",), ("POL",)}
        path.write_text(FEED.replace("14 chars", "15 chars"), encoding="utf-8")
        again = ledger.read(path)
        assert (again.unchanged, again.read) == (1, 1)


def test_an_archive_read_again_is_known_record_by_record(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(packed(page(4), page(5), page(4)))
    seen: list[tuple[int, int]] = []
    with intendance.open_ledger(tmp_path / "books.db") as ledger:
        first = ledger.read(path, progress=lambda done, total: seen.append((done, total)))
        assert (first.read, first.copies, first.unchanged) == (2, 1, 0)
        assert seen[-1] == (3, 3)
        path.write_bytes(packed(page(4), page(5), page(6), record(7, kind="request")))
        again = ledger.read(path, trust_stat=True)
        assert (again.read, again.unchanged) == (1, 2)
        assert [each.note for each in again.notes] == ["passed over: 1 request records"]
        assert len(ledger.reports()) == 3


def test_a_damaged_record_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(page(4) + page(5).replace(b"HTTP/1.1 200", b"HTT", 1) + page(6))
    with intendance.open_ledger(tmp_path / "books.db") as ledger:
        outcome = ledger.read(path)
    assert outcome.read >= 1
    assert {each.code for each in outcome.skipped} == {"input.record"}


def test_a_report_that_takes_too_long_is_told_and_nothing_of_it_kept() -> None:
    data = "La France a livré 18 canons Caesar à l'Ukraine. ".encode() * 3
    slow = Task((Piece("a.txt", data, "0"),), None, Limits(max_seconds=-1.0))
    (found,) = read_task(intendance.Reader(), slow)
    assert isinstance(found, ErrorRecord)
    assert found.code == "input.slow"
    assert found.message == "Expected a report that is read in -1 seconds, got more - at a.txt"
    (other,) = read_task(intendance.Reader(), msgspec.structs.replace(slow, limits=Limits()))
    assert not isinstance(other, ErrorRecord)
    assert len(other.statements) == 3


def test_what_is_told_of_a_run_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcomes, "_MOST_SKIPPED", 2)
    monkeypatch.setattr(outcomes, "_MOST_NOTES", 2)
    outcome = intendance.Outcome()
    error = IntendanceError("input.empty", expected="some text", got="nothing", where="a.txt")
    for number in range(5):
        outcome.skip(error.record())
        outcome.add_note("a.txt", str(number))
    assert (len(outcome.skipped), outcome.skipped_more) == (2, {"input.empty": 3})
    assert (len(outcome.notes), outcome.notes_more) == (2, 3)
    assert outcome.reasons() == {"input.empty": 5}


def test_what_was_met_long_ago_is_forgotten() -> None:
    recent: Recent[int] = Recent(3)
    recent.update([1, 2, 3, 1, 4])
    assert [number in recent for number in (1, 2, 3, 4)] == [False, True, True, True]
