"""Numbers as spreadsheets write them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from intendance.terms import MAX_DIGITS, Interval, Number, between, exactly

_PLAIN: Final = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,24})?(?:[eE][+-]?[0-9]{1,2})?\Z")
_GROUPED: Final = re.compile(r"([+-]?[0-9]{1,3})((?:[,  '’][0-9]{3})+)(\.[0-9]{1,24})?\Z")
_POINTS: Final = re.compile(r"([+-]?[0-9]{1,3})((?:\.[0-9]{3}){2,})(,[0-9]{1,24})?\Z")
_MIXED: Final = re.compile(r"([+-]?[0-9]{1,3})((?:\.[0-9]{3})+),([0-9]{1,24})\Z")
_SPACED: Final = re.compile(r"([+-]?[0-9]{1,3})((?:[  '’][0-9]{3})+),([0-9]{1,24})\Z")
_COMMA: Final = re.compile(r"([+-]?[0-9]{1,18}),([0-9]{1,24})\Z")
_ONE_GROUP: Final = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}\Z")
_NOT_DIGIT: Final = re.compile(r"[^0-9+-]")


def whole_number(text: str) -> Interval | None:
    """The number of a cell of digits alone; None where it is anything else."""
    if text.isdecimal() and text.isascii() and len(text) <= MAX_DIGITS:
        return exactly(int(text), text)
    return None


@lru_cache(maxsize=8192)
def parse_number(text: str, *, comma: bool = False) -> Interval | None:
    """The number of a cell; None where it is none.

    A point is a decimal point, a comma (a space, an apostrophe) before three digits parts
    thousands, any other comma is a decimal comma. ``comma`` says that the file may write all
    decimals with a comma: "1,234" is then the interval of both readings, [1.234, 1234].
    """
    cell = text.strip()
    whole = whole_number(cell)
    if whole is not None:
        return whole
    if _PLAIN.match(cell):
        return exactly(_tidy(Decimal(cell)), cell)
    if comma and _ONE_GROUP.match(cell):
        small, great = Decimal(cell.replace(",", ".")), Decimal(cell.replace(",", ""))
        return between(_tidy(small), _tidy(great), cell)
    match = _GROUPED.match(cell)
    if match:
        return exactly(_whole(match[1] + match[2], match[3]), cell)
    match = _POINTS.match(cell) or _MIXED.match(cell) or _SPACED.match(cell)
    if match:
        rest = (match[3] or "").replace(",", ".")
        return exactly(
            _whole(match[1] + match[2], rest if rest[:1] in ("", ".") else f".{rest}"), cell
        )
    match = _COMMA.match(cell)
    if match:
        return exactly(_tidy(Decimal(f"{match[1]}.{match[2]}")), cell)
    return None


def _whole(digits: str, rest: str | None) -> Number:
    return _tidy(Decimal(_NOT_DIGIT.sub("", digits) + (rest or "")))


def _tidy(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else value.normalize()
