"""Both languages have the same keys, with the same names to fill in."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest

import intendance
from intendance.render import LANGUAGES, Language, text, text_keys
from intendance.render._text import _words

ROOMS = Path(intendance.__file__).parent
SOURCES = sorted(
    path for room in ("render", "cli", "web") for path in ROOMS.glob(f"{room}/**/*.py")
)


def _names(words: str | dict[str, str]) -> set[str]:
    forms = words.values() if isinstance(words, dict) else [words]
    return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name}


def test_languages_have_the_same_keys_and_names() -> None:
    english, french = _words("en"), _words("fr")
    assert english.keys() == french.keys()
    for key in english:
        assert isinstance(english[key], dict) == isinstance(french[key], dict), key
        assert _names(english[key]) == _names(french[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_has_words_and_a_known_form(language: Language) -> None:
    for key, words in _words(language).items():
        forms = words if isinstance(words, dict) else {"only": words}
        assert all(forms.values()), key
        assert set(forms) in ({"only"}, {"one", "other"}), key


def test_every_key_written_in_the_program_exists() -> None:
    asked = set()
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if named and node.func.id == "text" and node.args:  # type: ignore[attr-defined]
                first = node.args[0]  # type: ignore[attr-defined]
                if isinstance(first, ast.Constant):
                    asked.add(str(first.value))
    assert asked
    assert asked <= text_keys("en")


def test_an_unknown_key_is_a_slip_of_the_program() -> None:
    with pytest.raises(KeyError, match="no\\.such"):
        text("no.such")


def test_french_counts_nothing_as_one() -> None:
    english = [text("count.reports", "en", count=n) for n in (0, 1, 2)]
    french = [text("count.reports", "fr", count=n) for n in (0, 1, 2)]
    assert english == ["0 reports", "1 report", "2 reports"]
    assert french == ["0 rapport", "1 rapport", "2 rapports"]


def test_no_key_holds_an_english_apostrophe_in_french() -> None:
    straight = [key for key, words in _words("fr").items() if re.search(r"\w'\w", str(words))]
    assert straight == []


def test_no_key_stands_in_two_files() -> None:
    folder = ROOMS / "render" / "data"
    for language in LANGUAGES:
        files = sorted((folder / language).glob("*.toml"))
        keys = [
            f"{family}.{name}"
            for file in files
            for family, names in tomllib.loads(file.read_text("utf-8")).items()
            for name in names
        ]
        assert len(keys) == len(set(keys)), language
