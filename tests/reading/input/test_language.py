"""The language of a text: five that are read, unsure for all others."""

from __future__ import annotations

import pytest

from intendance.reading._input import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La France livre deux canons à l’Ukraine et forme des soldats.", "fr"),
        ("Germany will send two tanks to the east of the country.", "en"),
        ("Deutschland liefert zwei Panzer an die Ukraine und bildet Soldaten aus.", "de"),
        ("Німеччина передала дві системи, які потрібні для захисту неба.", "uk"),
        ("Polska przekazała czołgi i nie jest to koniec, powiedział minister.", "pl"),
        ("España entrega dos tanques y el gobierno de la nación no dice más.", "und"),
        ("L'Italia invia i carri che erano nel deposito della città.", "und"),
        ("Nederland levert twee tanks aan het leger en de minister is er bij.", "und"),
        ("Германия передала две системы, которые были нужны для защиты.", "und"),
        ("Česko dodalo dva tanky a také děla, které byly ve skladu.", "und"),
        ("IRIS-T SLM 4, Leopard 2A6 14", "und"),
        ("1234", "und"),
        ("", "und"),
        ("今日は", "und"),
    ],
)
def test_languages(text, language):
    assert detect_language(text) == language
    assert detect_language(text.upper()) == language


def test_a_long_text_is_judged_by_its_middle_too():
    text = "Two tanks go to the east of the country. " * 40
    names = "Leopard 2A6, Caesar, IRIS-T SLM, " * 60
    assert detect_language(names + text * 3) == "en"
