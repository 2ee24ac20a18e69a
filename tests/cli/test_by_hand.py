"""What analysts add, correct and review: statements and decisions with an author."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

TEXT = (
    "date 2023-02-03\n"
    "Le ministère norvégien parle de huit engins\n  partis vers l'est. Ils ont servi, dit-on.\n"
    "La Lituanie a livré six obusiers à l'Ukraine.\n"
)
BY = ("--by", "Ada")
SAID = ("--set", "act=deliver", "--set", "certainty=done", "--set", "actors=NOR", "--set",
        "recipients=UKR", "--set", "item=leopard-2", "--set", "quantity=8")  # fmt: skip


@pytest.fixture
def report(call: Any, home: Path) -> str:
    (home / "a.txt").write_text(TEXT, encoding="utf-8")
    call("read", "a.txt")
    (found,) = call("reports", "--json").rows()
    return str(found["id"])


def norwegian(call: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = call("commitments", "--donor", "NOR", "--json").rows()
    return rows


def test_a_statement_by_hand_counts_and_keeps_its_author(call: Any, report: str) -> None:
    made = call("add", report, "--quote", "huit engins partis vers l'est", *SAID, *BY, "--json")
    (said,) = made.rows()
    assert said["quote"] == TEXT[said["start"] : said["end"]] == "huit engins\n  partis vers l'est"
    assert (said["author"], said["rule"], said["live"]) == ("Ada", "hand", True)
    (commitment,) = norwegian(call)
    assert commitment["stages"]["delivered"]["quantity"]["low"] == 8
    (shown,) = call("why", commitment["id"], "--json").rows()
    assert shown["statements"][0]["witness"] == "author:Ada"
    assert call("verify").status == 0


def test_it_stays_after_reading_again_and_at_another_date(
    call: Any, report: str, home: Path
) -> None:
    before = call("commitments", "--json").out
    call("add", report, "--quote", "huit engins", *SAID, *BY)
    (home / "own.toml").write_text(
        "[[kind]]\nid = 'engin-x'\nclass = 'howitzer'\nfr = ['engin(s) X']\n", encoding="utf-8"
    )
    call("reread", "--catalogue", "own.toml")
    assert len(norwegian(call)) == 1
    assert call("commitments", "--as-of", "2023-02-03", "--donor", "NOR", "--json").rows()
    assert call("commitments", "--as-of", "2023-02-02", "--json").rows() == []
    assert call("commitments", "--recorded", "2020-01-01", "--json").rows() == []
    call("add", report, "--quote", "huit engins", *SAID, *BY)
    assert len(norwegian(call)) == 1  # the same once more changes nothing
    (said,) = call("statements", "--donor", "NOR", "--json").rows()
    call("decide", "retract", said["id"], *BY, "--why", "a slip")
    kept = [each for each in norwegian(call) if each["stages"]]
    assert all(each["live"] is False for each in kept)
    assert before


@pytest.mark.parametrize(
    ("words", "fields", "error"),
    [
        ("trois engins", SAID, "statement.quote: Expected words of the report, got 'trois engins'"),
        (" ", SAID, "statement.quote: Expected words of the report, got none"),
        (
            "huit engins",
            ("--set", "actors=NOR"),
            "statement.field: Expected an act and how certain it is, got no act and no certainty",
        ),
        (
            "huit engins",
            (*SAID, "--set", "item=mig-31x"),
            "catalogue.unknown: Expected identifiers of the catalogue, got 'mig-31x'",
        ),
        (
            "huit engins",
            (*SAID, "--set", "quote=neuf"),
            "statement.field: Expected fields of a statement that an analyst may correct",
        ),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_added(
    call: Any, report: str, words: str, fields: tuple[str, ...], error: str
) -> None:
    ran = call("add", report, "--quote", words, *fields, *BY)
    assert ran.err.startswith(f"error {error}"), ran.err
    assert len(call("statements", "--json").rows()) == 1


def test_the_second_of_the_same_words(call: Any, report: str) -> None:
    ran = call("add", report, "--quote", "a", "--nth", "3", *SAID, *BY, "--json")
    (said,) = ran.rows()
    assert TEXT[: said["start"]].count("a") == 2
    over = call("add", report, "--quote", "huit", "--nth", "2", *SAID, *BY)
    assert "Expected words of the report, 2 times or more, got 'huit', 1 times there" in over.err


def answers(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


UNSURE = "La livraison de neuf obusiers à l'Ukraine a commencé. Ces obusiers partiront de Gdynia."


def test_review_lists_what_is_unsure_and_what_is_decided_stays_away(
    call: Any, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "b.txt").write_text(UNSURE, encoding="utf-8")
    call("read", "b.txt")
    waiting = call("review", "--json").rows()
    assert waiting
    assert not any(each["live"] for each in waiting)
    assert len(call("review", "--list", "--limit", "1", "--csv").out.splitlines()) == 2
    refused = call("review")
    assert refused.err.startswith(
        "error setting.invalid: Expected --by NAME, or --list, got neither"
    )
    first = waiting[0]
    answers(monkeypatch, "a", "c", "actors=POL", "the ministry told us", "q")
    ran = call("review", *BY)
    assert "It names no donor or nothing given: correct it first." in ran.out
    (decision,) = call("decisions", "--json").rows()
    assert (decision["kind"], decision["by"], decision["statements"]) == (
        "correct", "Ada", [first["id"]],
    )  # fmt: skip
    assert call("commitments", "--donor", "POL", "--live", "--json").rows()
    assert first["id"] not in {each["id"] for each in call("review", "--json").rows()}


def test_review_retracts_skips_and_ends_with_its_input(
    call: Any, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "b.txt").write_text(UNSURE, encoding="utf-8")
    call("read", "b.txt")
    waiting = call("review", "--json").rows()
    answers(monkeypatch, "x", "s", "", "s", "s", "s")
    assert call("review", *BY).status == 0
    assert call("decisions", "--json").rows() == []
    answers(monkeypatch, "r", "no source")
    assert call("review", *BY).status == 0
    (decision,) = call("decisions", "--json").rows()
    assert (decision["kind"], decision["why"]) == ("retract", "no source")
    assert len(call("review", "--json").rows()) == len(waiting) - 1
