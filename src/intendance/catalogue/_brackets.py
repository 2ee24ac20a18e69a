"""Bracket patterns: one line of data for all inflected forms of a name.

``canon[s]`` stands for *canon* and *canons* (every alternative in square brackets, or nothing);
``(canal|canaux)`` for exactly one of the alternatives. Groups don't nest. A pattern may stand for
64 forms at most, so that a mistyped entry can't flood the lexicon.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import product

MAX_FORMS = 64
"""The most forms that one pattern may stand for."""

MAX_LENGTH = 200
"""The most characters that one pattern may have."""

_SPECIAL = re.compile(r"[\[\]()|]")
_GROUP = re.compile(r"\[([^\[\]()]*)\]|\(([^\[\]()]*)\)|([^\[\]()|]+)")
_DOUBTFUL = re.compile(r"^[\[(]|\s\[|\(\||\|\||\|\)|\(\)|[\[(|]\s|\s[\])|]")
"""Where a form may come out empty, or with a space too many: there all forms are looked at."""

_PLAIN = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u00a0": " ", "\u202f": " ", "\u2011": "-"})


class PatternError(ValueError):
    """A pattern that can't be expanded; ``expected`` says what was wanted."""

    def __init__(self, expected: str) -> None:
        super().__init__(expected)
        self.expected = expected


def plain(text: str) -> str:
    """``text`` in NFC, with straight apostrophes, ordinary spaces and hyphens."""
    return text if text.isascii() else unicodedata.normalize("NFC", text.translate(_PLAIN))


def base_form(pattern: str) -> str:
    """The first form of a pattern: what a person reads as the name."""
    return expand(pattern)[0]


@lru_cache(maxsize=65536)
def expand(pattern: str) -> tuple[str, ...]:
    """All forms of ``pattern``, each once, the base form first.

    Raises PatternError where brackets don't close or nest, where a form would be empty or begin
    or end with a space, and where there are more than MAX_FORMS of them.
    """
    check(pattern)
    return _all_forms(pattern) if _SPECIAL.search(pattern) else (plain(pattern),)


def check(pattern: str) -> None:
    """Raise PatternError unless ``pattern`` can be expanded; most need no expansion for that."""
    if len(pattern) > MAX_LENGTH:
        raise PatternError(f"at most {MAX_LENGTH} characters")
    _check_form(plain(pattern))
    if not _SPECIAL.search(pattern):
        return
    end = 0
    count = 1
    for match in _GROUP.finditer(pattern):
        if match.start() != end:
            break
        end = match.end()
        if match[3] is None:
            count *= match[0].count("|") + (2 if match[1] is not None else 1)
    if end != len(pattern):
        raise PatternError("brackets that close and don't nest, and '|' only inside them")
    if count > MAX_FORMS:
        raise PatternError(f"at most {MAX_FORMS} forms")
    if _DOUBTFUL.search(pattern):
        _all_forms(pattern)


def _all_forms(pattern: str) -> tuple[str, ...]:
    parts = [_alternatives(match) for match in _GROUP.finditer(pattern)]
    forms = dict.fromkeys(plain("".join(choice)) for choice in product(*parts))
    for form in forms:
        _check_form(form)
    return tuple(forms)


def _alternatives(match: re.Match[str]) -> tuple[str, ...]:
    if match[1] is not None:
        return ("", *match[1].split("|"))
    if match[2] is not None:
        return tuple(match[2].split("|"))
    return (match[3],)


def _check_form(form: str) -> None:
    if not form or form != form.strip() or "  " in form or not form.isprintable():
        raise PatternError("a name without space at its ends, double spaces or control characters")
