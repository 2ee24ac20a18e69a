"""Editions of a data set: the newest counts, the earlier ones are history; who cites whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path

import pytest

from intendance.catalogue import Catalogue
from intendance.exchange import compare_editions, read_kiel
from intendance.ledger import Filter, Ledger
from intendance.terms import Reading, Report, Statement, TimeSpan, digest, exactly, with_id

Writer = Callable[..., Path]
FIRST = {"retrieved": "01/26/2023, 10:00:00"}
SECOND = {"retrieved": "03/02/2023, 10:00:00"}
BRIDGES = {"Items": "BIBER bridge-laying tank", "No. of Units": "16"}
DELIVERED = "No. of Units Delivered (in-kind military aid)"


@pytest.fixture
def ledger(tmp_path: Path, catalogue: Catalogue) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.db", catalogue=catalogue) as opened:
        yield opened


def take(ledger: Ledger, path: Path) -> None:
    made = read_kiel(path, ledger.catalogue)
    ledger.bring(made, lambda: made.rejected)


def editions(kiel_file: Writer) -> list[Path]:
    first = [
        {**FIRST, **BRIDGES, "ID": "LUM1", DELIVERED: "3"},
        {**FIRST, "ID": "LUM2", "Items": "helmet", "No. of Units": "50"},
        {**FIRST, "ID": "LVM1", "Countries": "Latvia", "Items": "helmet", "No. of Units": "70"},
    ]
    second = [
        {**SECOND, **BRIDGES, "ID": "LUM7", DELIVERED: "9"},
        {**SECOND, "ID": "LUM2", "Items": "helmet", "No. of Units": "60"},
    ]
    return [kiel_file(first, "first.csv"), kiel_file(second, "second.csv")]


def test_what_changed_is_history_and_no_conflict(kiel_file: Writer, ledger: Ledger) -> None:
    first, second = editions(kiel_file)
    take(ledger, first)
    before = ledger.commitments(Filter(item="biber"))
    take(ledger, second)
    (now,) = ledger.commitments(Filter(item="biber"))
    assert now.stages["delivered"].quantity.exact == 9
    assert len(now.stages["delivered"].statements) == 2
    assert before[0].stages["delivered"].quantity.exact == 3
    (then,) = ledger.commitments(Filter(item="biber"), as_of="2023-02-15")
    assert then.stages["delivered"].quantity.exact == 3
    assert not ledger.conflicts()
    assert ledger.resolve(before[0].id) == now.id
    assert ledger.verify().ok


def test_what_was_recorded_earlier_stays_visible(kiel_file: Writer, ledger: Ledger) -> None:
    first, second = editions(kiel_file)
    take(ledger, first)
    when = ledger.reports()[0]
    take(ledger, second)
    assert when.kind == "dataset"
    moments = sorted(each.published.start or "" for each in ledger.reports())
    assert moments == ["2023-01-26", "2023-03-02"]


def test_donors_that_a_newer_edition_lacks_keep_what_the_earlier_says(
    kiel_file: Writer, ledger: Ledger
) -> None:
    for path in editions(kiel_file):
        take(ledger, path)
    promised = {
        each.donors: each.stages["promised"].quantity.exact
        for each in ledger.commitments(Filter(item="helmet", candidates=False))
    }
    assert promised == {("LUX",): 60, ("LVA",): 70}


def test_the_order_of_imports_does_not_matter(
    kiel_file: Writer, tmp_path: Path, catalogue: Catalogue
) -> None:
    digests = set()
    for number, order in enumerate(permutations(editions(kiel_file))):
        with Ledger.open(tmp_path / f"{number}.db", catalogue=catalogue) as ledger:
            for path in order:
                take(ledger, path)
            found = ledger.verify()
            assert found.ok
            digests.add(found.digest)
    assert len(digests) == 1


def test_rows_of_one_data_set_are_never_one_deal(kiel_file: Writer, ledger: Ledger) -> None:
    row = {**FIRST, "Items": "helmet", "No. of Units": "50"}
    take(ledger, kiel_file([row, row, {**row, "No. of Units": "60"}]))
    found = ledger.commitments(Filter(item="helmet"))
    assert sorted(str(each.stages["promised"].quantity.exact) for each in found) == [
        "50", "50", "60",
    ]  # fmt: skip
    assert not ledger.conflicts()


def test_two_shares_of_one_donation_are_one_commitment(kiel_file: Writer, ledger: Ledger) -> None:
    words = "Estonia, Latvia and Portugal jointly finance a Croatian donation of 14 of them."
    rows = [
        {**FIRST, "ID": f"{code}M1", "Countries": name, "Explanation": words,
         "Items": "D-30 howitzer", "No. of Units": "4.666666666666667"}
        for code, name in (("EE", "Estonia"), ("LV", "Latvia"))
    ]  # fmt: skip
    take(ledger, kiel_file(rows))
    (found,) = ledger.commitments(Filter(item="d-30"))
    assert found.donors == ("HRV",)
    assert found.financed_by == ("EST", "LVA", "PRT")
    assert found.stages["promised"].quantity.exact == 14


def test_packages_keep_their_own_totals(kiel_file: Writer, ledger: Ledger) -> None:
    rows = [
        {**FIRST, "ID": f"LUM{number}", "Items": "helmet", "No. of Units": "5", "Total ": "1000"}
        for number in (1, 2)
    ]
    take(ledger, kiel_file(rows))
    take(ledger, kiel_file([{**row, **SECOND, "Total ": "3000"} for row in rows], "later.csv"))
    assert [[str(m.low) for m in each.total] for each in ledger.packages()] == [["3000"], ["3000"]]
    then = ledger.packages(as_of="2023-02-15")
    assert [[str(m.low) for m in each.total] for each in then] == [["1000"], ["1000"]]


def report(address: str) -> Reading:
    text = "Luxembourg will send 50 helmets to Ukraine."
    shown = Report(
        id="r" + digest(text.encode())[:20],
        kind="page",
        address=address,
        raw_hash=digest(b"raw"),
        text_hash=digest(text.encode()),
        publisher="An Invented Gazette",
        published=TimeSpan("2022-05-02", "2022-05-02"),
        language="en",
    )
    said = Statement(
        report=shown.id, act="promise", certainty="announced", actors=("LUX",),
        recipients=("UKR",), item="helmet", quantity=exactly(50), start=0, end=len(text),
        quote=text, rule="test", language="en",
    )  # fmt: skip
    return Reading(
        report=shown, text=text, statements=(with_id(said),), reader="test/1", catalogue="c"
    )


@pytest.mark.parametrize("report_first", [True, False])
def test_a_row_that_cites_a_report_of_the_ledger_adds_no_witness(
    report_first: bool, kiel_file: Writer, ledger: Ledger
) -> None:
    row = {**FIRST, "Items": "helmet", "No. of Units": "50",
           "Source of Aid 1": "http://www.example.org/a/?utm_source=x#part"}  # fmt: skip
    path = kiel_file([row])
    if report_first:
        ledger.add([report("https://example.org/a")])
    take(ledger, path)
    if not report_first:
        (alone,) = ledger.commitments(Filter(item="helmet"))
        assert alone.stages["promised"].witnesses == 1
        ledger.add([report("https://example.org/a")])
    (found,) = ledger.commitments(Filter(item="helmet"))
    assert len(found.stages["promised"].statements) == 2
    assert found.stages["promised"].witnesses == 1
    assert ledger.verify().ok


def test_a_row_that_cites_another_page_is_a_witness(kiel_file: Writer, ledger: Ledger) -> None:
    ledger.add([report("https://example.org/b")])
    take(ledger, kiel_file([{**FIRST, "Items": "helmet", "No. of Units": "50"}]))
    (found,) = ledger.commitments(Filter(item="helmet"))
    assert found.stages["promised"].witnesses == 2


def test_redacting_a_data_set_leaves_nothing_of_it(kiel_file: Writer, ledger: Ledger) -> None:
    first, second = editions(kiel_file)
    take(ledger, first)
    take(ledger, second)
    newest = max(ledger.reports(), key=lambda each: each.published.start or "")
    ledger.redact(newest.id, "somebody", "an invented ground")
    (now,) = ledger.commitments(Filter(item="biber"))
    assert now.stages["delivered"].quantity.exact == 3
    assert ledger.verify().ok


def test_rows_are_matched_by_what_they_say(kiel_file: Writer, catalogue: Catalogue) -> None:
    old, new = (
        [said for reading in read_kiel(path, catalogue) for said in reading.statements]
        for path in editions(kiel_file)
    )
    found = compare_editions(old, new)
    assert (found.matched, found.changed) == (2, 2)
    assert found.only_old == ("row 4",)
    assert not found.only_new
    changes = {(each.field, each.before, each.after) for each in found.changes}
    assert changes == {("delivered", "3", "9"), ("units", "50", "60")}


def test_shares_of_a_whole_stand_apart_from_other_rows(kiel_file: Writer, ledger: Ledger) -> None:
    words = "They gave 500 rounds in total, which we divided equally over three rows."
    third = {**FIRST, "Items": "120mm mortar round", "No. of Units": "166.66666666666666"}
    rows = [
        {**third, "Announcement Date": day, "Explanation": words}
        for day in ("2022-05-02", "2022-07-02", "2022-09-02")
    ]
    take(ledger, kiel_file([*rows, {**third, "No. of Units": "900"}]))
    found = ledger.commitments(Filter(item="120mm-mortar-round"))
    assert sorted(str(each.stages["promised"].quantity.exact) for each in found) == ["500", "900"]
    assert not ledger.conflicts()
    assert ledger.verify().ok
