"""Numbers with words or signs around them: about, at least, up to, a range, millions."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

import msgspec

from intendance.exchange._values.numbers import parse_number
from intendance.terms import Interval, Number, at_least, at_most, between

_RANGE: Final = re.compile(r"(.*[0-9].*?)\s*(?:[-–—]|\bto\b|\band\b)\s*([0-9].*)\Z")
_SCALED: Final = re.compile(r"(.*[0-9])\s*([a-z]+)\.?\Z")


class Around(msgspec.Struct, frozen=True):
    """The words and signs around a number, without regard to case."""

    about: tuple[str, ...] = ()
    least: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    most: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    plus: tuple[str, ...] = ()
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
    cell = " ".join(text.casefold().split())
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
                found = _one(cell[len(word) :].strip(), around, comma=comma)
                return None if found is None else _with(kind, found, text)
    for word in around.plus:
        if cell.endswith(word):
            found = _one(cell.removesuffix(word).strip(), around, comma=comma)
            return None if found is None else _with("least", found, text)
    return _between(cell, text, around, comma=comma)


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
