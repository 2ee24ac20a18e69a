"""Rule 1: a wrong date of publication is corrected by a decision, and that can be undone."""

from __future__ import annotations

import pytest

from intendance.terms import IntendanceError, span_of


def _read(build, day, **more):
    return build.reading_of(
        [("Germany promised four guns.", build.promise("DEU", 4, "caesar"))], day, **more
    )


def _later(build):
    return build.one("Germany promised five.", build.promise("DEU", 5, "caesar"), "2023-05-20")


def _correct(ledger, reading, day):
    value = f'{{"published": "{day}"}}'
    return ledger.decide("correct", [reading.report.id], value, by="an analyst", why="a slip")


def test_rule_01_a_wrong_date_is_corrected_and_the_correction_undone(open_ledger, build):
    wrong, right = _read(build, "2013-05"), _read(build, "2023-05")
    expected = open_ledger()
    expected.add([right, _later(build)])
    ledger = open_ledger()
    ledger.add([wrong, _later(build)])
    before = ledger.digest()
    assert before != expected.digest()
    made = _correct(ledger, wrong, "2023-05")
    assert ledger.digest() == expected.digest()
    (shown,) = [each for each in ledger.reports() if each.id == wrong.report.id]
    assert (shown.published, shown.date_from) == (span_of("2023-05"), "decision")
    assert ledger.verify().ok
    ledger.undo(made.id, by="an analyst", why="it was right")
    assert ledger.digest() == before
    assert ledger.verify().ok


def test_rule_01_the_corrected_date_holds_for_what_comes_later(ledger, build):
    wrong = _read(build, "2013-05")
    ledger.add([wrong, _later(build)])
    _correct(ledger, wrong, "2023-06")
    digest = ledger.digest()
    ledger.add([_read(build, "2012-01", address="https://example.org/elsewhere")])
    assert ledger.digest() == digest
    newer = build.again(_read(build, "2013-05"), reader="reader-2")
    ledger.reread([newer])
    (shown,) = [each for each in ledger.reports() if each.id == wrong.report.id]
    assert shown.published == span_of("2023-06")
    assert ledger.verify().ok


def test_rule_11_why_shows_who_corrected_the_date(ledger, build):
    wrong = _read(build, "2013-05")
    ledger.add([wrong])
    made = _correct(ledger, wrong, "2023-05-04")
    for asked in (wrong.report.id, wrong.statements[0].id):
        assert made.id in {each.id for each in ledger.why(asked).decisions}
    assert ledger.why(wrong.report.id).appearances[0].published == span_of("2013-05")


def test_rule_10_as_of_and_recorded_follow_the_correction(ledger, build):
    wrong = _read(build, "2013-05")
    ledger.add([wrong])
    assert ledger.commitments(as_of="2020-01-01")
    _correct(ledger, wrong, "2023-05")
    assert not ledger.commitments(as_of="2020-01-01")
    assert ledger.commitments(as_of="2023-06-01") == ledger.commitments()


def test_rule_04_the_corrected_date_decides_who_stands_for_copies(open_ledger, build):
    words = "x ".join(str(number) for number in range(80)) + ". "
    first = _read(build, "2023-03-01", filler=words, publisher="Example A")
    said = [("Germany promises four guns.", build.promise("DEU", 4, "caesar"))]
    copy = build.reading_of(said, "2023-04-01", filler=words, publisher="Example B")
    dated = build.reading_of(said, "2023-02-01", filler=words, publisher="Example B")
    expected, ledger = open_ledger(), open_ledger()
    expected.add([first, dated])
    ledger.add([first, copy])
    _correct(ledger, copy, "2023-02-01")
    assert ledger.digest() == expected.digest()
    assert ledger.verify().ok
    shown = {each.id: each.copy_of for each in ledger.reports()}
    assert shown == {first.report.id: copy.report.id, copy.report.id: None}


@pytest.mark.parametrize(
    ("value", "of", "words"),
    [
        ('{"published": "May"}', "report", "Expected YYYY, YYYY-MM or YYYY-MM-DD, got 'May'"),
        ('{"published": "2023", "act": "plan"}', "report", "Expected a date of publication alone"),
        ('{"published": "2023"}', "statement", "Expected reports, for a date of publication"),
    ],
)
def test_rule_01_what_is_no_date_of_a_report_is_refused(ledger, build, value, of, words):
    reading = _read(build, None)
    ledger.add([reading])
    id_ = reading.report.id if of == "report" else reading.statements[0].id
    with pytest.raises(IntendanceError, match=words):
        ledger.decide("correct", [id_], value, by="an analyst", why="a slip")


def test_rule_12_redacting_a_statement_leaves_the_corrected_date(ledger, build):
    said = build.promise("DEU", 4, "caesar")
    other = build.promise("DEU", 2, "patriot")
    reading = build.reading_of([("Four guns.", said), ("Two launchers.", other)], "2013-05")
    ledger.add([reading])
    _correct(ledger, reading, "2023-05")
    ledger.redact(reading.statements[0].id, by="an officer", ground="law")
    (shown,) = ledger.reports()
    assert shown.published == span_of("2023-05")
    assert ledger.verify().ok
