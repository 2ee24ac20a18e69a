"""Sentences of plans in French."""

from __future__ import annotations

import re

import pytest

from intendance.render import retold, text, text_keys


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "the budget of AAA for 2027 is spent (1,250,000)",
            "le budget de AAA pour 2027 est dépensé (1\u202f250\u202f000)",
        ),
        ("north works from 2028-03 only", "north n’est en service qu’à partir de 2028-03"),
        ("north works from after the plan only", "north n’est en service qu’après la période"),
        (
            "between 2.5 and 4: the low is taken",
            "entre 2,5 et 4 : la valeur basse est prise",
        ),
        ("what nobody has ever said", "what nobody has ever said"),
        ("", ""),
    ],
)
def test_a_sentence_is_told_in_french(said: str, told: str) -> None:
    assert retold(said, "fr") == told
    assert retold(said, "en") == said


def test_every_sentence_finds_its_own_words_whatever_stands_in_it() -> None:
    for key in sorted(text_keys("en")):
        if key.startswith("told."):
            names = re.findall(r"\{([a-z]+)\}", text(key))
            assert sorted(names) == sorted(re.findall(r"\{([a-z]+)\}", text(key, "fr")))
            held = {name: f"x{number}y" for number, name in enumerate(names)}
            assert retold(text(key, "en", **held), "fr") == text(key, "fr", **held)
