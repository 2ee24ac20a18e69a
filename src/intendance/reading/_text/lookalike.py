"""Letters of one alphabet that look like another's: one script a word, length kept."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

_CYRILLIC: Final = "АВЕІЈКМНОРСТУХЅаеіјорсухѕ"
_LATIN: Final = "ABEIJKMHOPCTYXSaeijopcyxs"
_TO_LATIN: Final = str.maketrans(_CYRILLIC, _LATIN)
_TO_CYRILLIC: Final = str.maketrans(_LATIN, _CYRILLIC)
_ANY_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LOOKS_LATIN: Final = re.compile(rf"[{_CYRILLIC}A-Za-z\d-]+")
_LOOKS_CYRILLIC: Final = re.compile(rf"[\u0400-\u04ff{_LATIN}]+")
_HAS_LATIN_OR_DIGIT: Final = re.compile(r"[A-Za-z\d]")
_TOLD: Final = 20
_HAS_LATIN: Final = re.compile(r"[A-Za-z]")


def one_script(text: str) -> str:
    """``text`` with each word of mixed scripts in one: "М777" and "Т-72" in Latin letters.

    A word with digits or Latin letters whose Cyrillic letters all look Latin becomes Latin; a
    Cyrillic word whose Latin letters all look Cyrillic becomes Cyrillic; others stay. The result
    has the length of ``text``.
    """
    if _ANY_CYRILLIC.search(text) is None:
        return text
    return _WORD.sub(_one, text)


def mixed_notes(written: str, single: str) -> list[str]:
    """What is to be said of words with letters of two alphabets; ``single`` is in one script."""
    if written == single:
        return []
    changed = (
        match
        for match in _WORD.finditer(written)
        if single[match.start() : match.end()] != match[0] and _HAS_LATIN.search(match[0])
    )
    return [
        f"characters {match.start()}-{match.end()}: {match[0]!a} has letters of two alphabets, "
        f"read as '{single[match.start() : match.end()]}'"
        for match in islice(changed, _TOLD)
    ]


def _one(match: re.Match[str]) -> str:
    word = match[0]
    if _ANY_CYRILLIC.search(word) is None or _HAS_LATIN_OR_DIGIT.search(word) is None:
        return word
    if _LOOKS_LATIN.fullmatch(word):
        return word.translate(_TO_LATIN)
    if _HAS_LATIN.search(word) and _LOOKS_CYRILLIC.fullmatch(word):
        return word.translate(_TO_CYRILLIC)
    return word
