"""Recall on the `Explanation` texts of the aid tracker: `python bench/_kiel.py [--missed]`.

A row counts where its explanation says the row's own number (not as a date, a source's number or
a part of a name; each text, item and number once) and the catalogue knows its item; it is found
where a statement of the text has that quantity and that item, a wider or a narrower one.
The texts lie outside the repository; without them nothing is measured.
"""

from __future__ import annotations

import csv
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from intendance.catalogue import Catalogue
from intendance.reading import Document, Reader
from intendance.reading._language import load_grammar
from intendance.reading._tokens import Lexicon
from intendance.terms import Statement

SHARED = Path(os.environ.get("INTENDANCE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
TABLES = SHARED / "data" / "kiel"
_WORDS = {
    1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight",
    9: "nine", 10: "ten", 11: "eleven", 12: "twelve", 14: "fourteen", 15: "fifteen", 20: "twenty",
}  # fmt: skip


_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_MONEY = r"(?:USD|EUR|GBP|CAD|AUD|SEK|NOK|DKK|CZK|PLN|ISK|CHF|JPY|KRW|NZD|GBR|[$€£])"
_OTHER = re.compile(
    r"Sources? of aid ?\d+(?:(?:,| and| or| &)* \d+)*|\b[A-Z]{3}\d+(?:-\d+)?\b|[A-Za-z]+-\d+"
    r"|\d+-[A-Za-z]+|section \d+|\d+/\d+(?:/\d+)?|\d+(?:st|nd|rd|th)\b|\d+ (?:million|billion)"
    rf"|{_MONEY} ?\d[\d.,]*|\d[\d.,]* {_MONEY}"
    rf"|{_MONTH} \d+(?:,? \d{{4}})?|\d+(?: of)? {_MONTH}"
    r"|\b(?:Leopard|Patria|Mark|Mk|Panzerfaust|Bergepanzer|Zuzana|Puma|Igla|Strela) \d+",
    re.IGNORECASE,
)
"""What holds a number that counts nothing."""


class Row(NamedTuple):
    """What one row says: so many of these, by this text."""

    text: str
    item: str
    number: int


def rows(folder: Path = TABLES) -> Iterator[Row]:
    """Each (text, item, number) of military aid whose text states the number, once."""
    seen: set[Row] = set()
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for line in csv.DictReader(lines):
                row = _row(line)
                if row is not None and row not in seen:
                    seen.add(row)
                    yield row


def _row(line: dict[str, str]) -> Row | None:
    if not line.get("Type of Aid General", "").lower().startswith("military"):
        return None
    text, item = (line.get("Explanation") or "").strip(), (line.get("Items") or "").strip()
    number = (line.get("No. of Units") or "").replace(",", "").strip()
    if not text or not number.isdecimal() or not states(text, int(number)):
        return None
    return Row(text, item, int(number))


def states(text: str, number: int) -> bool:
    """Whether a text says a number, in digits or in words."""
    figures = re.sub(r"(?<=\d)[, ](?=\d{3}\b)", "", _OTHER.sub(" ", text))
    word = _WORDS.get(number)
    return bool(re.search(rf"(?<![\d.,]){number}(?!\d|[.,]\d)", figures)) or (
        word is not None and bool(re.search(rf"\b{word}\b", text, re.IGNORECASE))
    )


def named(lexicon: Lexicon, item: str) -> frozenset[str]:
    """The kinds and classes that a row's own name of an item names."""
    hits = lexicon.hits(item, item.lower())
    return frozenset(
        each.id for hit in hits for each in hit.entities if each.table in ("kind", "class")
    )


def found(catalogue: Catalogue, said: Statement, wanted: frozenset[str], number: int) -> bool:
    """Whether a statement tells this number of the item, of a wider or of a narrower one."""
    if number not in (said.quantity.low, said.quantity.high) or said.item is None:
        return False
    return any(
        each == said.item
        or catalogue.specialises(each, said.item)
        or catalogue.specialises(said.item, each)
        or catalogue.includes(said.item, each)
        or catalogue.includes(each, said.item)
        for each in wanted
    )


def main() -> None:
    """Prints the recall, and with ``--missed`` what was not found."""
    reader = Reader()
    lexicon = Lexicon(load_grammar("en"), reader.catalogue)
    total = right = live = unnamed = 0
    for row in rows():
        wanted = named(lexicon, row.item)
        if not wanted:
            unnamed += 1
            if "--missed" in sys.argv:
                print(f"no kind: {row.item}")
            continue
        total += 1
        document = Document(
            text=row.text, kind="article", address="", raw_hash="0" * 64, language="en"
        )
        said = reader.read_document(document).statements
        matching = [each for each in said if found(reader.catalogue, each, wanted, row.number)]
        right += bool(matching)
        live += any(each.live for each in matching)
        if not matching and "--missed" in sys.argv:
            print(f"missed: {row.number} {row.item}\n    {row.text}")
    print(
        f"rows whose text states their number: {total + unnamed}; item in the catalogue: {total}\n"
        f"number and item among the statements: {right} ({right / total:.3f}); "
        f"live: {live} ({live / total:.3f})"
    )


if __name__ == "__main__":
    main()
