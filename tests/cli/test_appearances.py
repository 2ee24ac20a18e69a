"""One text at several places, numbers that can't be kept, what was redacted: nothing is silent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from intendance.api import open_ledger

WORDS = "La Norvège a livré huit chars Leopard 2 à l'Ukraine."


def test_the_same_bytes_at_two_places_are_one_report_with_both(call: Any, home: Path) -> None:
    (home / "b.txt").write_text(WORDS, encoding="utf-8")
    call("read", "b.txt")
    (home / "a.txt").write_text(WORDS, encoding="utf-8")
    again = call("read", "a.txt", "b.txt", "--json").rows()[0]
    assert (again["read"], again["unchanged"], again["copies"]) == (0, 1, 1)
    (report,) = call("reports", "--json").rows()
    assert report["address"] == "a.txt"  # the least, whichever was read first
    shown = call("why", report["id"])
    assert "Also at\n  b.txt, " in shown.out
    known = call("read", "a.txt", "b.txt", "--json").rows()[0]
    assert (known["read"], known["unchanged"], known["copies"]) == (0, 2, 0)


def test_the_order_of_reading_does_not_show_in_reports(call: Any, home: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (home / name).write_text(WORDS, encoding="utf-8")
    call("read", "one.txt", "two.txt", "--db", "there.db")
    call("read", "two.txt", "--db", "back.db")
    call("read", "one.txt", "--db", "back.db")
    there = call("reports", "--db", "there.db", "--json").out
    assert there == call("reports", "--db", "back.db", "--json").out


def test_a_page_that_states_its_address_is_known_wherever_it_lies(call: Any, home: Path) -> None:
    page = f"---\nurl: https://example.org/a\n---\n{WORDS}\n"
    for name in ("one.md", "two.md"):
        (home / name).write_text(page, encoding="utf-8")
    call("read", "one.md")
    again = call("read", "two.md", "--json").rows()[0]
    assert (again["read"], again["unchanged"]) == (0, 1)


def test_a_number_beyond_what_is_kept_is_an_error_and_the_rest_is_read(
    call: Any, home: Path
) -> None:
    (home / "a.txt").write_text(
        f"{WORDS} La France a livré 99999999999999999999999999 canons Caesar à l'Ukraine.",
        encoding="utf-8",
    )
    ran = call("read", "a.txt")
    assert ran.status == 3
    assert ran.err == (
        "error number.too-large: Expected numbers of at most 18 digits, got "
        "99999999999999999999999999 - at a.txt, characters 71 to 97. Check the figure; "
        "amounts may have 30 digits, quantities 18.\n"
    )
    assert [each["item"] for each in call("commitments", "--json").rows()].count("leopard-2") == 1


def test_years_in_a_row_are_no_number(call: Any, home: Path) -> None:
    (home / "a.txt").write_text(
        f"{WORDS} Livraisons : 2010 2011 2012 2013 2014 2015 2016 2017 2018.", encoding="utf-8"
    )
    assert call("read", "a.txt").status == 0


def test_what_was_redacted_stays_out_and_says_so(call: Any, home: Path) -> None:
    (home / "a.txt").write_text(WORDS, encoding="utf-8")
    call("read", "a.txt")
    (report,) = call("reports", "--json").rows()
    call("redact", report["id"], "--by", "Ada", "--ground", "court order", "--yes")
    again = call("read", "a.txt", "--notes")
    assert again.err == f"a.txt: {report['id']} was redacted: left out\n"
    assert call("reports", "--json").rows() == []


def test_what_is_nearly_the_text_of_something_redacted_stays_out(call: Any, home: Path) -> None:
    words = f"{WORDS} " + " ".join(f"mot{number}" for number in range(80))
    (home / "a.txt").write_text(words, encoding="utf-8")
    call("read", "a.txt")
    (report,) = call("reports", "--json").rows()
    call("redact", report["id"], "--by", "Ada", "--ground", "court order", "--yes")
    (home / "again.txt").write_text(f"{words}\nPS.", encoding="utf-8")
    again = call("read", "again.txt", "--notes")
    told = f"again.txt: nearly the text of {report['id']}, which was redacted: left out\n"
    assert again.err == told
    assert call("reports", "--json").rows() == []


def test_a_wrong_date_of_a_report_is_corrected(call: Any, home: Path) -> None:
    (home / "a.txt").write_text(WORDS, encoding="utf-8")
    call("read", "a.txt", "--published", "2013-05")
    (report,) = call("reports", "--json").rows()
    who = ("--by", "Ada", "--why", "a slip")
    made = call("decide", "correct", report["id"], "--set", "published=2023", *who, "--json")
    (decision,) = made.rows()
    (shown,) = call("reports", "--json").rows()
    assert (shown["published"]["from"], shown["date_from"]) == ("2023-01-01", "decision")
    (why,) = call("why", report["id"], "--json").rows()
    assert decision["id"] in {each["id"] for each in why["decisions"]}
    assert call("undo", decision["id"], *who).status == 0
    assert call("reports", "--json").rows() == [report]


def test_why_of_a_programme(call: Any, home: Path) -> None:
    (home / "a.txt").write_text(
        "L'OTAN lancera un programme de dix ans pour relancer l'industrie de défense ukrainienne.",
        encoding="utf-8",
    )
    call("read", "a.txt")
    (programme,) = call("programmes", "--json").rows()
    (shown,) = call("why", programme["id"], "--json").rows()
    assert (shown["kind"], shown["id"]) == ("programme", programme["id"])
    assert len(shown["statements"]) == 1
    assert call("why", programme["id"][:9]).out.startswith(f"Programme {programme['id']}")


def test_stages_by_their_names_in_french(call: Any, ledger: Path) -> None:
    said = call("commitments", "--stage", "livré", "--language", "fr", "--json")
    assert said.out == call("commitments", "--stage", "delivered", "--json").out != ""
    wrong = call("commitments", "--stage", "perdu")
    assert wrong.status == 2
    assert "'perdu' is not one of 'requested'" in wrong.err


def test_a_spreadsheet_says_what_a_conflict_is_about(call: Any, ledger: Path) -> None:
    head, row, *_ = call("conflicts", "--csv").out.splitlines()
    assert head.startswith("id,kind,donors,recipient,item,values,sides")
    assert ",quantity,DEU,UKR,iris-t-slm,1;4," in row


def test_a_brief_adds_no_firm_order_to_its_framework(home: Path, call: Any) -> None:
    (home / "a.txt").write_text(
        "L'OTAN a conclu des contrats-cadres de 2,4 milliards d'euros pour des munitions, "
        "dont 1 milliard d'euros de commandes fermes.",
        encoding="utf-8",
    )
    call("read", "a.txt")
    with open_ledger("intendance.db", create=False) as ledger:
        amounts = [str(money.low) for line in ledger.brief().lines for money in line.money]
    assert amounts == ["2400000000"]
