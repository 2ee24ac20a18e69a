"""The language of a text by its small words: French, English, German, Ukrainian, Polish."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from intendance.reading._input._data import table

UNSURE = "und"
_SAMPLE = 1_500  # characters looked at in one place
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LEAST = 0.18  # the share of small words that running text has at the very least
_LEAST_WORDS = 3
_LEAD = 1.25  # how far ahead of the next language the first must be


def detect_language(text: str) -> str:
    """``fr``, ``en``, ``de``, ``uk`` or ``pl`` (ISO 639-1); ``und`` for others and where unsure.

    Looks at the first 1,500 characters and 1,500 in the middle.
    """
    if len(text) > 2 * _SAMPLE:
        middle = len(text) // 2
        text = text[:_SAMPLE] + " " + text[middle : middle + _SAMPLE]
    text = text.lower()
    words = text.replace("’", " ").replace("'", " ").split()
    if _CYRILLIC.search(text) is not None:
        letters = _CYRILLIC.findall(text)
        if len(letters) * 2 > sum(map(len, words)):
            return _cyrillic(letters)
    return _by_words(words)


def possible_languages(text: str) -> tuple[str, ...]:
    """The languages that a text too short for ``detect_language`` may be in, by its letters.

    Cyrillic text is Ukrainian only with a letter that Russian and Bulgarian lack and without one
    that Ukrainian lacks; Polish shows by its own letters.
    """
    low = text.lower()
    letters = _CYRILLIC.findall(low)
    if len(letters) * 2 > sum(map(str.isalpha, low)):
        marks: dict[str, str] = table("languages")["cyrillic"]
        ours = any(letter in marks["uk"] for letter in letters)
        return ("uk",) if ours and not any(letter in marks["others"] for letter in letters) else ()
    own: dict[str, str] = table("languages")["letters"]
    return tuple(
        language
        for language in table("languages")["words"]
        if language != "uk" and (language not in own or any(char in own[language] for char in low))
    )


def is_other_cyrillic(text: str) -> bool:
    """Whether a text is in a Cyrillic language that is not Ukrainian, whatever it declares."""
    letters = _CYRILLIC.findall(text[: 2 * _SAMPLE].lower())
    marks: dict[str, str] = table("languages")["cyrillic"]
    ours = sum(letter in marks["uk"] for letter in letters)
    return sum(letter in marks["others"] for letter in letters) > ours


def _cyrillic(letters: list[str]) -> str:
    marks: dict[str, str] = table("languages")["cyrillic"]
    ours = sum(letter in marks["uk"] for letter in letters)
    others = sum(letter in marks["others"] for letter in letters)
    return "uk" if ours > 2 * others and ours * 50 > len(letters) else UNSURE


def _by_words(words: list[str]) -> str:
    counts: dict[str, int] = {}
    for languages, count in Counter(map(_small_words().get, words)).items():
        for language in languages or ():
            counts[language] = counts.get(language, 0) + count
    ranked = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    if not ranked:
        return UNSURE
    language, best = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0
    sure = best >= _LEAST_WORDS and best >= _LEAST * len(words) and best >= _LEAD * second
    return language if sure and language in table("languages")["words"] else UNSURE


@cache
def _small_words() -> dict[str, tuple[str, ...]]:
    index: dict[str, tuple[str, ...]] = {}
    for part in ("words", "others"):
        rows: dict[str, list[str]] = table("languages")[part]
        for language, words in rows.items():
            for word in dict.fromkeys(words):
                index[word] = (*index.get(word, ()), language)
    return index
