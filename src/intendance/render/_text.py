"""The program's own words, by key and language; ``data/<language>/`` has a file for each room."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Final, Literal, get_args

Language = Literal["en", "fr"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

# Where the singular ends: French counts 0 and 1 as one, English only 1 (CLDR plural rules).
_SINGULAR: Final[dict[Language, tuple[int, ...]]] = {"en": (1,), "fr": (0, 1)}


def text(key: str, language: Language = "en", **values: object) -> str:
    """The words of ``key`` in ``language``, with ``{name}`` filled from ``values``.

    A key with forms ``one`` and ``other`` takes the form that ``count`` asks for. An unknown key
    raises KeyError: it is a slip in the program, which a test looks for.
    """
    found = _words(language)[key]
    if isinstance(found, dict):
        form = "one" if values["count"] in _SINGULAR[language] else "other"
        found = found[form]
    return found.format(**values) if values else found


def has_text(key: str, language: Language = "en") -> bool:
    """Whether ``key`` has words in ``language``."""
    return key in _words(language)


def text_keys(language: Language) -> frozenset[str]:
    """Every key of one language."""
    return frozenset(_words(language))


@cache
def _words(language: Language) -> dict[str, str | dict[str, str]]:
    words: dict[str, str | dict[str, str]] = {}
    folder = resources.files(__package__).joinpath("data", language)
    for source in sorted(folder.iterdir(), key=lambda each: each.name):
        for family, names in tomllib.loads(source.read_text(encoding="utf-8")).items():
            words |= {f"{family}.{name}": each for name, each in names.items()}
    return words
