"""Declension, look-alike letters and short notation of the languages that mark case."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intendance.reading import Document, Reader
from intendance.reading._language import load_grammar
from intendance.reading._language.decline import Declension
from intendance.reading._text import one_script


def declension(code: str) -> Declension:
    found = load_grammar(code).declension
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("code", "name", "form", "cases"),
    [
        ("uk", "Німеччина", "Німеччиною", "i"),
        ("uk", "Польща", "Польщі", "gdl"),
        ("uk", "Україна", "Україні", "dl"),
        ("uk", "Україна", "України", "g"),
        ("uk", "Велика Британія", "Великою Британією", "i"),
        ("uk", "Сполучені Штати", "Сполученим Штатам", "d"),
        ("uk", "Київ", "Києву", "d"),
        ("pl", "Polska", "Polsce", "dl"),
        ("pl", "Niemcy", "Niemiec", "g"),
        ("pl", "Wielka Brytania", "Wielką Brytanią", "i"),
        ("pl", "Stany Zjednoczone", "Stanom Zjednoczonym", "d"),
        ("pl", "Holandia", "Holandię", "a"),
    ],
)
def test_cases_of_one_nation(code: str, name: str, form: str, cases: str) -> None:
    assert declension(code).name(name, single=True)[form] == cases


@pytest.mark.parametrize(
    ("code", "name", "forms"),
    [
        ("uk", "зенітний ракетний комплекс", {"зенітних ракетних комплексів"}),
        ("uk", "бойова машина піхоти", {"бойові машини піхоти", "бойовими машинами піхоти"}),
        ("uk", "гаубиця", {"гаубиць", "гаубицями", "гаубицю"}),
        ("pl", "transporter opancerzony", {"transporterów opancerzonych"}),
        ("pl", "bojowy wóz piechoty", {"bojowych wozów piechoty", "bojowe wozy piechoty"}),
        ("pl", "śmigłowiec", {"śmigłowce", "śmigłowców", "śmigłowcami"}),
    ],
)
def test_forms_of_an_item(code: str, name: str, forms: set[str]) -> None:
    assert forms <= declension(code).name(name).keys()


@pytest.mark.parametrize("code", ["uk", "pl"])
def test_what_does_not_decline_stays(code: str) -> None:
    for name in ("НАТО", "HIMARS", "F-16", "євро" if code == "uk" else "euro"):
        assert declension(code).name(name) == {name: ""}


@pytest.mark.parametrize(
    ("mixed", "one"),
    [
        ("М777", "M777"),  # a Cyrillic M before digits
        ("Т-72", "T-72"),
        ("Lеopard", "Leopard"),  # a Cyrillic e
        ("Укрaїна", "Україна"),  # a Latin a
        ("танк", "танк"),
        ("БМП-1", "БМП-1"),
    ],
)
def test_one_script_a_word(mixed: str, one: str) -> None:
    assert one_script(mixed) == one


@given(st.text(alphabet="АВСабвіїTMlx0-9 .-ґ", max_size=30))
def test_one_script_keeps_the_length(text: str) -> None:
    assert len(one_script(text)) == len(text)
    assert one_script(one_script(text)) == one_script(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Данія передала Україні 19 гаубиць.", "uk"),
        ("Do końca roku Polska przekaże na Ukrainę 14 czołgów.", "pl"),
        ("Германия передала Украине 14 танков, заявили в Берлине вечером.", "und"),
        ("Чешкото правителство съобщи, че ще достави танкове.", "und"),
    ],
)
def test_language_of_a_short_text(reader: Reader, text: str, language: str) -> None:
    assert reader.read_text(text).report.language == language


@pytest.mark.parametrize("declared", [None, "uk"])
def test_russian_gives_no_statement_but_a_note(reader: Reader, declared: str | None) -> None:
    text = "Министр объявил, что Германия передала Украине 14 танков и четыре гаубицы."
    reading = reader.read_document(
        Document(text=text, kind="article", address="", raw_hash="0", language=declared)
    )
    assert reading.statements == ()
    assert reading.notes == ("language und: no grammar yet, nothing read",)


def test_a_grammar_is_loaded_only_for_a_text_in_its_language() -> None:
    script = (
        "from intendance.reading import Reader\n"
        "from intendance.reading._language import load_grammar\n"
        "loaded = []\n"
        "import intendance.reading._reader as module\n"
        "module.load_grammar = lambda code: loaded.append(code) or load_grammar(code)\n"
        "Reader().read_text('Denmark gave Ukraine 19 howitzers, the ministry said on Monday.')\n"
        "print(sorted(set(loaded)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "uk" not in done.stdout
    assert "pl" not in done.stdout
    assert "en" in done.stdout
