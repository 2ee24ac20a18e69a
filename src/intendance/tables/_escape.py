"""Text in cells: lists in one cell, and the guard against what a spreadsheet would run.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` (or a tab or line break
before one) for a formula, even out of a CSV file (OWASP, "CSV Injection"). So text of that kind is
written with an apostrophe in front, which spreadsheets show and do not run, and one apostrophe is
taken off again on reading. Text that itself begins with apostrophes before such a sign gets one
more, so that what was written comes back exactly. Numbers and dates are not text and need none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_RISKY: Final = re.compile(r"'*(?:[=+\-@\t\r\n|%\uff1d\uff0b\uff0d\uff20]|\Z)")
"""Full-width signs count as well; the empty text too, since an empty cell means 'no value'."""


def escape(text: str) -> str:
    """``text``, with an apostrophe in front where it is empty or a spreadsheet might run it."""
    return "'" + text if _RISKY.match(text) else text


def unescape(cell: str) -> str:
    """What ``escape`` was given."""
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell) else cell


def join_list(parts: Sequence[str]) -> str:
    """Texts in one cell, joined by ``|``; ``\\`` before a ``|`` or ``\\`` of their own."""
    if len(parts) == 1 and not parts[0]:
        return "\\e"
    return "|".join(part.replace("\\", "\\\\").replace("|", "\\|") for part in parts)


def split_list(cell: str) -> list[str]:
    """What ``join_list`` was given."""
    if cell == "\\e":
        return [""]
    parts: list[str] = []
    start = 0
    for match in _PART.finditer(cell):
        if match[0] == "|":
            parts.append(cell[start : match.start()])
            start = match.end()
    parts.append(cell[start:])
    return [_ESCAPED.sub(r"\1", part) for part in parts]


_PART: Final = re.compile(r"\\.|\|", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
