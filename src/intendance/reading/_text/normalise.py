"""Length-preserving normalisation: one character becomes one character, never none or two."""

from __future__ import annotations

import re
from typing import Final

_HALVES: Final = re.compile(f"[{chr(0xD800)}-{chr(0xDFFF)}]")
_SAME: Final[dict[str, str]] = {
    "'": "\u2018\u2019\u201a\u201b\u02bc\u00b4\u2032\u0060\uff07",
    '"': "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02\u2039\u203a",
    "-": "\u2010\u2011\u2012\u00ad",
    "–": "\u2013\u2014\u2015\u2212",
    " ": "\u00a0\u202f\u2007\u2009\u200a\u2002\u2003\u2008\u205f\u3000"
    "\u200b\u200e\u200f\u2060\ufeff\t",
    "/": "\u2044\u2215",
}
_PAIRS: Final = tuple((other, same) for same, others in _SAME.items() for other in others)
_ASCII: Final = tuple(pair for pair in _PAIRS if pair[0].isascii())


def normalise(text: str) -> str:
    """Curly apostrophes and quotes made straight, rare spaces plain, dashes and hyphens alike.

    The result has the length of ``text``: an offset in one is an offset in the other.
    """
    try:
        text.encode()
    except (
        UnicodeEncodeError
    ):  # halves of surrogate pairs: no encoding has them, no text needs them
        text = _HALVES.sub("\ufffd", text)
    # Most of these characters are in no text: looking for one costs less than a table look-up of
    # every character.
    for other, same in _ASCII if text.isascii() else _PAIRS:
        if other in text:
            text = text.replace(other, same)
    return text


def fold_case(text: str) -> str:
    """Lower case, character by character where the usual way would change the length."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)
