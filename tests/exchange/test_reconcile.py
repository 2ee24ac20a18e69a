"""Two sources matched line by line, with invented data; the real ones where they are at hand."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

import intendance
from intendance.api import Books
from intendance.cli import run
from intendance.exchange import Match, read_kiel, reconcile
from intendance.terms import (
    IntendanceError,
    Interval,
    Reading,
    TimeSpan,
    at_least,
    at_most,
    between,
    exactly,
    money,
)

DAY = TimeSpan("2023-05-10", "2023-05-10", "10 May 2023")
LATER = TimeSpan("2023-05-12", "2023-05-12", "12 May 2023")
FAR = TimeSpan("2023-09-01", "2023-09-01", "1 September 2023")


def rows(build: ModuleType, *lines: tuple[str, dict]) -> Reading:
    """A data set: each line a row with the statements that it makes."""
    made = build.reading_of(
        [(words, said) for words, said in lines], "2024-01-01", publisher="Example Tracker",
        kind="table", address="tracker.csv",
    )  # fmt: skip
    return msgspec.structs.replace(
        made,
        statements=tuple(
            msgspec.structs.replace(each, source_row=f"row {number}", id="")
            for number, each in enumerate(made.statements, 2)
        ),
    )


def quantity(figure: Interval, **more: object) -> dict:
    return {"quantity": figure, **more}


@pytest.fixture
def both(tmp_path: Path, build: ModuleType) -> Iterator[Books]:
    """A report and a tracker that speak of one package, each with something of its own."""
    promise, deliver = build.promise, build.deliver
    report = build.reading_of(
        [
            ("Norway gives more than 1,000 rounds of 155 mm.",
             promise("NOR", None, "155mm-shell") | quantity(at_least(1000, above=True))),
            ("It gives 8 Leopard 2,", promise("NOR", 8, "leopard-2")),
            ("some 20 Hmmwv,", promise("NOR", None, "hmmwv") | quantity(exactly(20, approx=True))),
            ("up to 30 Archer,", promise("NOR", None, "archer") | quantity(at_most(30))),
            ("at least 3 Gepard", promise("NOR", None, "gepard") | quantity(at_least(3))),
            ("and 10 to 12 Caesar,", promise("NOR", None, "caesar") | quantity(between(10, 12))),
            ("helmets,", promise("NOR", None, "helmet")),
            ("and 5 IRIS-T SLM.", promise("NOR", 5, "iris-t-slm")),
            ("It gave 50 Leopard 2 before.", deliver("NOR", 50, "leopard-2")),
            ("Sweden gives 2 Archer.", promise("SWE", 2, "archer")),
        ],
        "2023-05-10", title="A package",
    )  # fmt: skip
    tracker = rows(
        build,
        ("NOR|155mm|1000", promise("NOR", 1000, "155mm-shell", time=DAY)),
        ("NOR|Leopard 2A4|8", promise("NOR", 8, "leopard-2a4", time=LATER)),
        ("NOR|Hmmwv|20", promise("NOR", 20, "hmmwv", time=DAY)),
        ("NOR|Archer|30", promise("NOR", 30, "archer", time=DAY)),
        ("NOR|Gepard|3", promise("NOR", 3, "gepard", time=DAY)),
        ("NOR|Caesar|14", promise("NOR", 14, "caesar", time=DAY)),
        ("NOR|helmet|5000", promise("NOR", 5000, "helmet", time=DAY)),
        ("NOR|IRIS-T SLM|5", promise("NOR", 5, "iris-t-slm", time=FAR)),
        ("NOR|Patriot|1", promise("NOR", 1, "patriot", time=DAY)),
    )
    with intendance.open_ledger(tmp_path / "both.db") as ledger:
        ledger.add([report, tracker])
        yield ledger


def of(matches: list[Match], item: str, verdict: str | None = None) -> Match:
    (found,) = [
        each
        for each in matches
        if item in {side.item for side in (each.a, each.b) if side is not None}
        and verdict in (None, each.verdict)
    ]
    return found


def test_every_line_finds_its_fellow_or_stays_alone(both: Books) -> None:
    found = reconcile(both, "A package", "tracker.csv")
    assert {each.item: each.verdict for each in found.matches if each.a and each.b} == {
        "155mm-shell": "agrees", "leopard-2": "agrees", "hmmwv": "agrees", "archer": "agrees",
        "gepard": "agrees", "caesar": "differs", "helmet": "unknown",
    }  # fmt: skip
    assert sorted((e.verdict, e.item) for e in found.matches if not (e.a and e.b)) == [
        ("only-a", "iris-t-slm"),
        ("only-a", "leopard-2"),
        ("only-b", "patriot"),
    ]
    assert found.counts["only-a"] == 2
    assert (found.outside_a, found.outside_b) == (1, 1)


def test_what_a_bare_figure_has_lost_is_said(both: Books) -> None:
    found = reconcile(both, "A package", "tracker.csv").matches
    lost = {each.item: each.lost for each in found if each.lost}
    assert lost == {
        "155mm-shell": ("b:over",), "hmmwv": ("b:about",), "archer": ("b:at_most",),
        "gepard": ("b:at_least",),
    }  # fmt: skip
    turned = reconcile(both, "tracker.csv", "A package").matches
    assert of(turned, "155mm-shell").lost == ("a:over",)


def test_both_figures_stand_where_they_differ(both: Books) -> None:
    found = of(reconcile(both, "A package", "tracker.csv").matches, "caesar")
    assert found.verdict == "differs"
    one, other = found.figures
    assert one is not None
    assert other is not None
    assert ((one.low, one.high), other.low) == ((10, 12), 14)


def test_a_score_says_what_it_is_made_of(both: Books) -> None:
    found = reconcile(both, "A package", "tracker.csv").matches
    same, narrower = of(found, "hmmwv"), of(found, "leopard-2a4")
    assert same.score == Decimal("1.000")
    assert {each.part: each.why for each in narrower.reasons} == {
        "donor": "same", "item": "specialises", "quantity": "agrees", "time": "days:2",
    }  # fmt: skip
    assert narrower.score is not None
    assert Decimal("0.9") < narrower.score < 1
    for each in found:
        assert each.score is None or Decimal("0.65") <= each.score <= 1


def test_what_was_sent_before_is_no_new_aid(both: Books) -> None:
    found = reconcile(both, "A package", "tracker.csv").matches
    before = [each for each in found if each.a is not None and each.a.past]
    assert [(each.verdict, each.item) for each in before] == [("only-a", "leopard-2")]


def test_a_delivery_after_the_announcement_is_of_it(both: Books, build: ModuleType) -> None:
    both.add(
        [
            build.one("Norway has delivered 8 Leopard 2A4.",
                      build.deliver("NOR", 8, "leopard-2a4"), "2023-06-10", title="Delivered")
        ]
    )  # fmt: skip
    (match,) = [e for e in reconcile(both, "Delivered", "tracker.csv").matches if e.a]
    assert (match.verdict, match.stage) == ("agrees", "delivered/promised")
    assert match.reasons[-1].why == "delivered:29"


def test_whole_sources_can_be_asked_for(both: Books) -> None:
    found = reconcile(both, "A package", "tracker.csv", whole=True)
    assert (found.outside_a, found.outside_b) == (0, 0)
    assert of(found.matches, "iris-t-slm", "only-b").b is not None


def test_all_reports_against_a_data_set(both: Books) -> None:
    found = reconcile(both, "reports", "Example Tracker")
    assert found.counts["agrees"] == 5


def test_a_match_is_confirmed_and_refused_by_decisions(both: Books) -> None:
    first = of(reconcile(both, "A package", "tracker.csv").matches, "hmmwv")
    assert first.a is not None
    assert first.b is not None
    pair = [first.a.statements[0], first.b.statements[0]]
    merged = both.decide("merge", pair, by="A", why="the same")
    again = of(reconcile(both, "A package", "tracker.csv").matches, "hmmwv")
    assert (again.settled, again.decision, again.id) == ("confirmed", merged.id, first.id)
    both.undo(merged.id, "A", "no")
    split = both.decide("split", pair, by="A", why="another deal")
    found = reconcile(both, "A package", "tracker.csv").matches
    refused = [each for each in found if each.item == "hmmwv"]
    assert [(e.verdict, e.settled, e.decision) for e in refused] == [
        ("only-a", "refused", split.id),
        ("only-b", "refused", split.id),
    ]
    both.undo(split.id, "A", "after all")
    assert of(reconcile(both, "A package", "tracker.csv").matches, "hmmwv").settled is None


def test_a_confirmed_match_stands_whatever_its_score(both: Books) -> None:
    found = reconcile(both, "A package", "tracker.csv").matches
    one, other = of(found, "iris-t-slm", "only-a").a, of(found, "patriot", "only-b").b
    assert one is not None
    assert other is not None
    both.decide("merge", [one.statements[0], other.statements[0]], by="A", why="a slip")
    found = reconcile(both, "A package", "tracker.csv").matches
    match = of(found, "patriot")
    assert (match.settled, match.score) == ("confirmed", Decimal(0))
    assert match.a == one


def test_money_is_matched_with_money(tmp_path: Path, build: ModuleType) -> None:
    dollars = [money(exactly(Decimal(n)), "USD") for n in (800, 700)]
    with intendance.open_ledger(tmp_path / "money.db") as ledger:
        ledger.add(
            [
                build.one("The United States announced 800 dollars.",
                          build.promise("USA", None, "military-aid", money=dollars[0]),
                          "2023-05-10"),
                rows(build, ("USA|700", build.promise("USA", None, "military-aid",
                                                      money=dollars[1], time=DAY))),
            ]
        )  # fmt: skip
        (match,) = reconcile(ledger, "reports", "tracker").matches
    assert (match.verdict, match.stage) == ("differs", "money")


def test_the_amount_of_a_part_is_matched_with_the_same_amount_of_aid(
    tmp_path: Path, build: ModuleType, kiel_file: Callable[..., Path]
) -> None:
    """A package's part is a figure of the data set, unless it is the whole of its package."""
    plain = {"Countries": "Norway", "Original Currency": "USD", "Items": "."}
    path = kiel_file(
        [
            {"ID": "NOM1", "Announcement Date": "2023-05-01", "Total ": "900",
             "Monetary Value as Given by Source": "."} | plain,
            {"ID": "NOM1", "Announcement Date": "2023-05-10",
             "Monetary Value as Given by Source": "800"} | plain,
            {"ID": "NOM2", "Announcement Date": "2023-05-11", "Total ": "70",
             "Monetary Value as Given by Source": "."} | plain,
            {"ID": "NOM2", "Announcement Date": "2023-05-11",
             "Monetary Value as Given by Source": "70"} | plain,
        ]
    )  # fmt: skip
    dollars = money(exactly(Decimal(800)), "USD")
    other = money(exactly(Decimal(850)), "USD")
    with intendance.open_ledger(tmp_path / "parts.db") as ledger:
        ledger.add(
            [
                build.one("Norway announced 800 dollars of aid.",
                          build.promise("NOR", None, "military-aid", money=dollars),
                          "2023-05-10"),
                build.one("Norway announced 850 dollars of aid.",
                          build.promise("NOR", None, "military-aid", money=other),
                          "2023-05-12"),
            ]
        )  # fmt: skip
        ledger.add(read_kiel(path, ledger.catalogue))
        found = reconcile(ledger, "reports", "Kiel").matches
    (match,) = [each for each in found if each.a is not None and each.b is not None]
    assert (match.verdict, match.stage, match.score) == ("agrees", "money", Decimal("0.840"))
    assert [each.why for each in match.reasons] == ["same", "amount", "agrees", "same"]
    assert match.b is not None
    assert (match.b.donors, match.b.recipient) == (("NOR",), "UKR")
    alone = [each.b.money.low for each in found if each.b is not None and each.b.money is not None]
    assert sorted(str(amount) for amount in alone) == ["70", "800", "900"]


def test_a_source_that_is_not_there_is_said(both: Books) -> None:
    with pytest.raises(IntendanceError) as caught:
        reconcile(both, "reports", "Nobody")
    assert caught.value.code == "filter.invalid"
    assert caught.value.message == (
        "Expected a report, a data set or its publisher, or 'reports', got 'Nobody' - at reconcile"
    )


def test_one_source_twice_is_refused(both: Books) -> None:
    with pytest.raises(IntendanceError) as caught:
        reconcile(both, "tracker", "Example Tracker")
    assert caught.value.message == "Expected two sources, got twice the same - at reconcile"


def test_the_command_shows_figures_reasons_and_statements(
    both: Books, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["reconcile", "A package", "tracker.csv", "--db", str(tmp_path / "both.db")]
    assert run([*call, "--csv"]) == 0
    sheet = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    (row,) = [row for row in sheet if row["item_a"] == "155mm-shell"]
    assert (row["a_low"], row["a_high"], row["b_low"], row["lost"]) == (
        "1000",
        "",
        "1000",
        "b:over",
    )
    assert row["row_b"] == "row 2"
    assert run([*call, "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {line["verdict"] for line in lines} <= {
        "agrees",
        "differs",
        "unknown",
        "only-a",
        "only-b",
    }
    assert run(call) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "B has lost “over”" in shown
    assert "agrees 5, differs 1, no figure to compare 1, only in A 2, only in B 1" in shown
    assert run([*call, "--language", "fr"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "2 jours d’écart" in shown
    assert "Hors de ce dont parle l’autre source : 1 de A, 1 de B" in shown


SHARED = Path(os.environ.get("INTENDANCE_SHARED", Path(__file__).parents[3] / "shared")) / "data"
SHEET = SHARED / "reports" / "whitehouse"
SNAPSHOT = SHARED / "kiel" / "ust_2022-11.csv"


@pytest.mark.skipif(not SNAPSHOT.exists(), reason="the data sets of ../shared are absent")
def test_the_fact_sheet_and_the_rows_of_its_package_agree_line_by_line(tmp_path: Path) -> None:
    with intendance.open_ledger(tmp_path / "real.db") as ledger:
        ledger.read([SHEET])
        ledger.add(read_kiel(SNAPSHOT, ledger.catalogue))
        (sheet,) = [e.id for e in ledger.reports() if e.published.start == "2022-03-16"]
        found = reconcile(ledger, sheet, "Kiel").matches
    day = [e for e in found if e.b is not None and e.b.time.start == "2022-03-16" and e.b.item]
    (amount,) = [e for e in found if e.b is not None and e.b.money is not None and e.a is not None]
    assert (amount.verdict, amount.b.money.low) == ("agrees", 800_000_000)  # type: ignore[union-attr]
    assert len(day) == 13
    assert {e.verdict for e in day} == {"agrees"}
    known = {e.item: e.figures[1].low for e in day if e.figures[1] is not None}
    assert known["fim-92-stinger"] == 800
    assert known["fgm-148-javelin"] == 2000
    assert known["anti-tank-weapon"] == 1000
    assert known["at4"] == 6000
    (rounds,) = [e for e in day if e.item == "small-arms-ammunition"]
    assert (known["small-arms-ammunition"], rounds.lost) == (20_000_000, ("b:over",))
    before = [e for e in found if e.a is not None and e.a.past]
    assert len(before) > 20
    assert {e.verdict for e in before} == {"only-a"}
