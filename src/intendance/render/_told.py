"""Sentences that a plan holds in English, told again in another language.

A plan's files keep one wording, so that they are the same whoever made them; pages and reports tell
it in the reader's language. The texts ``told.*`` have the wording in each.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Final

from intendance.render._figures import number_text
from intendance.render._text import Language, text, text_keys

_FAMILY: Final = "told."
_NUMBER: Final = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")
_NO_FIGURE: Final = frozenset({"year", "month"})


def retold(words: str, language: Language) -> str:
    """A sentence of a plan in ``language``; one without words there stays as it is."""
    if language == "en":
        return words
    for key, pattern in _patterns():
        found = pattern.fullmatch(words)
        if found is not None:
            held = {name: _value(name, each, language) for name, each in found.groupdict().items()}
            return text(key, language, **held)
    return words


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each sentence with what stands in it; those with most words of their own come first."""
    held = [(key, text(key)) for key in text_keys("en") if key.startswith(_FAMILY)]
    held.sort(key=lambda each: (-len(re.sub(r"\{[a-z]+\}", "", each[1])), each[0]))
    return tuple((key, re.compile(_pattern(words))) for key, words in held)


def _pattern(words: str) -> str:
    parts = re.split(r"\{([a-z]+)\}", words)
    return "".join(
        f"(?P<{part}>.+?)" if number % 2 else re.escape(part) for number, part in enumerate(parts)
    )


def _value(name: str, words: str, language: Language) -> str:
    """A figure as the language writes it; anything else as it is."""
    key = f"opening.{words}"
    if name == "end" and key in text_keys(language):
        return text(key, language)
    if name in _NO_FIGURE or not _NUMBER.fullmatch(words):
        return words
    return number_text(Decimal(words.replace(",", "")), language)
