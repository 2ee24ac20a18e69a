"""Numbers with words or signs around them: about, at least, up to, a range, millions."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

import msgspec
from msgspec.structs import replace

from intendance.exchange._values.numbers import parse_number
from intendance.terms import Interval, Number, at_least, at_most, between

_RANGE: Final = re.compile(
    r"(.*[0-9].*?)\s*(?:[-–—]|\b(?:to|and|or|bis|und|oder|à|et|ou)\b)\s*([0-9].*)\Z"
)
_SCALED: Final = re.compile(r"(.*[0-9])\s*([a-z]+)\.?\Z")


class Around(msgspec.Struct, frozen=True):
    """The words and signs around a number, without regard to case."""

    about: tuple[str, ...] = ()
    least: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    most: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    plus: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    ranges: tuple[str, ...] = ()
    scales: dict[str, int] = {}
    marks: tuple[str, ...] = ()


def parse_figure(text: str, around: Around, *, comma: bool = False) -> Interval | None:
    """The interval that a cell with a number in it means, its text kept; None where it is none.

    "about 50" is 50, approximate; "50+" and "at least 50" have no upper end, "up to 50" has 50 as
    its upper end; "10-15" is the interval. A sign of currency says nothing here.
    """
    plain = parse_number(text, comma=comma)
    if plain is not None:
        return plain
    cell = " ".join(text.casefold().replace("’", "'").split())
    for sign in around.marks:
        cell = cell.removeprefix(sign).removesuffix(sign).strip()
    for words, kind in (
        (around.about, "about"),
        (around.least, "least"),
        (around.above, "above"),
        (around.most, "most"),
        (around.below, "below"),
    ):
        for word in words:
            if cell.startswith(word):
                return _as(kind, cell[len(word) :].strip(), text, around, comma=comma)
    for words, kind, before in ((around.plus, "least", ""), (around.behind, "about", " ")):
        for word in words:
            if cell.endswith(before + word):
                return _as(kind, cell.removesuffix(word).strip(), text, around, comma=comma)
    for word in around.ranges:
        if cell.startswith(f"{word} "):
            return _between(cell.removeprefix(word).strip(), text, around, comma=comma)
    return _between(cell, text, around, comma=comma)


def _as(kind: str, cell: str, text: str, around: Around, *, comma: bool) -> Interval | None:
    """A number as a word before or behind it has it; "about 30-40" is the range, approximate."""
    found = _one(cell, around, comma=comma)
    if found is not None:
        return _with(kind, found, text)
    span = _between(cell, text, around, comma=comma) if kind == "about" else None
    return None if span is None else replace(span, approx=True)


def _between(cell: str, text: str, around: Around, *, comma: bool) -> Interval | None:
    found = _one(cell, around, comma=comma)
    if found is not None:
        return between(found, found, text)
    match = _RANGE.match(cell)
    if match is None:
        return None
    high = _one(match[2], around, comma=comma)
    scaled = _SCALED.match(match[2])
    # "1-2 million" means millions on both sides.
    word = f" {scaled[2]}" if scaled and not _SCALED.match(match[1]) else ""
    low = _one(match[1].strip() + word, around, comma=comma)
    if low is None or high is None or low > high:
        return None
    return between(low, high, text)


def _with(kind: str, value: Number, text: str) -> Interval:
    if kind == "about":
        return between(value, value, text, approx=True)
    if kind in ("least", "above"):
        return at_least(value, text, above=kind == "above")
    return at_most(value, text, below=kind == "below")


def _one(cell: str, around: Around, *, comma: bool) -> Number | None:
    """One number, with a word for thousands or millions behind it; None where it is none."""
    for sign in around.marks:
        cell = cell.removeprefix(sign).removesuffix(sign).strip()
    scale, bare = 1, cell
    match = _SCALED.match(cell)
    if match and match[2] in around.scales:
        scale, bare = around.scales[match[2]], match[1]
    found = parse_number(bare, comma=comma)
    value = None if found is None else found.exact
    if value is None or value < 0:
        return None
    whole = Decimal(value) * scale
    return int(whole) if whole == whole.to_integral_value() else whole
