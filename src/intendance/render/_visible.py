"""Making text from outside safe to show: nothing in it can steer a terminal or reorder a line."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_SUSPECT = re.compile(r"[^\x20-\x7e\xa1-\xac\xae-\u02ff\u0370-\u05ff]")
_JOINERS = frozenset("\u200c\u200d")  # some scripts spell with them
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def visible(text: str) -> str:
    """``text`` with control characters, bidirectional marks and other invisible ones written out.

    A line break becomes ``⏎``, a tab a space, the rest ``\\u`` and the code point; no-break spaces
    become plain ones, so that lines can wrap.
    """
    return _SUSPECT.sub(_show, text)


def escape_json(line: str) -> str:
    """JSON text with the same characters as ``\\u`` escapes: the value stays what it was."""
    return _SUSPECT.sub(_escape, line)


def _show(match: re.Match[str]) -> str:
    return _shown(match[0])


@cache
def _shown(char: str) -> str:
    if char == "\n":
        return "⏎"
    if char in "\t\xa0":
        return " "
    return _written(char) if _hides(char) else char


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    return _written(char) if _hides(char) else char


@cache
def _hides(char: str) -> bool:
    return char not in _JOINERS and unicodedata.category(char) in _HIDDEN


def _written(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass")
    pairs = [units[at : at + 2].hex() for at in range(0, len(units), 2)]
    return "".join(f"\\u{pair}" for pair in pairs)
