"""Recall on government fact sheets: `python bench/_factsheets.py [--missed]`.

Each figure at the head of a bullet ("- 800 Stinger systems; ...", also after "and" or a comma)
wants a statement of that quantity in that bullet. The sheets lie outside the repository.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from intendance.reading import Reader
from intendance.reading._input import document_from_bytes

SHARED = Path(os.environ.get("INTENDANCE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
SHEETS = SHARED / "data" / "reports"
_BULLET = re.compile(r"^[ \t]*(?:[-*•]|\d+\.)[ \t]+(.+(?:\n(?![ \t]*[-*•]|[ \t]*\n).+)*)", re.M)
_WORDS = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
]  # fmt: skip
_FIGURE = re.compile(
    r"(?:^|, |; | and |including )(?:(?:over|more than|approximately|nearly|about|up to|and|the|an"
    r" additional) )*(?P<number>\d[\d,]*(?: million)?|" + "|".join(_WORDS) + r") (?=[A-Za-z])",
    re.IGNORECASE,
)


class Entry(NamedTuple):
    """A figure of a bullet: where, and how many."""

    start: int
    end: int
    number: int
    bullet: str


def entries(text: str) -> Iterator[Entry]:
    """The figures that stand at the head of an entry of a list, with the bullet's span."""
    for bullet in _BULLET.finditer(text):
        flat = " ".join(bullet[1].split())
        if "$" in flat:
            continue
        for match in _FIGURE.finditer(flat):
            yield Entry(bullet.start(), bullet.end(), _number(match["number"]), flat)


def _number(text: str) -> int:
    word = text.lower()
    if word in _WORDS:
        return _WORDS.index(word) + 1
    digits, _, million = word.partition(" ")
    return int(digits.replace(",", "")) * (1_000_000 if million else 1)


def main() -> None:
    """Prints the recall over all sheets, and with ``--missed`` what was not found."""
    reader = Reader()
    total = right = live = 0
    for path in sorted(SHEETS.rglob("*.md")):
        document = document_from_bytes(path.read_bytes(), str(path))
        said = reader.read_document(document).statements
        for entry in entries(document.text):
            matching = [
                each
                for each in said
                if entry.start <= each.start < entry.end
                and entry.number in (each.quantity.low, each.quantity.high)
                and "USA" in each.actors
            ]
            total += 1
            right += bool(matching)
            live += any(each.live for each in matching)
            if not matching and "--missed" in sys.argv:
                print(f"missed: {entry.number} in: {entry.bullet}")
    if total:
        print(
            f"figures in bullets: {total}; found, given by the United States: {right} "
            f"({right / total:.3f}); live: {live} ({live / total:.3f})"
        )


if __name__ == "__main__":
    main()
