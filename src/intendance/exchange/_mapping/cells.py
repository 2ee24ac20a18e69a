"""Numbers of tables with what stands around them: units, brackets, currencies, decimal commas."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import chain
from typing import Any, Final, Literal

import msgspec

from intendance.exchange._data import table
from intendance.exchange._kiel.line import Fault, amount_of, count_of
from intendance.terms import Interval, Number, exactly, hull

Point = Literal[".", ",", "english", "either"]
"""What parts the decimals of a table's numbers. Where nobody said: ``english`` where a comma parts
thousands, as in files that part cells with commas, ``either`` elsewhere; both leave "10.000" open.
"""

_TOKEN: Final = re.compile(r"(?<![\w.,])\d[\d.,]*\d(?![\d])")
_GROUPS: Final = {
    ".": re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?"),
    ",": re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?"),
}
_OPEN: Final = {
    "english": re.compile(r"[1-9]\d{0,2}\.\d{3}"),
    "either": re.compile(r"[1-9]\d{0,2}[.,]\d{3}"),
}
_SURE: Final[dict[Point, re.Pattern[str]]] = {
    ".": re.compile(r"\d{1,3}(?:,\d{3})*\.(?:\d{1,2}|\d{4,})|\d{1,3}(?:,\d{3}){2,}"),
    ",": re.compile(r"\d{1,3}(?:\.\d{3})*,(?:\d{1,2}|\d{4,})|\d{1,3}(?:\.\d{3}){2,}"),
}
_NUMBER: Final = re.compile(r"\d+\.\d+")
_NAMES: Final = re.compile(r"[\s()\[\]/,;:.]+")
_QUOTES: Final = re.compile('["“”„«»]')
_NOTE: Final = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_UNIT: Final = re.compile(r"(.*?[\d+%])\s*([^\W\d_]+)\.?\Z", re.DOTALL)
_WORDED: Final = re.compile(r"([^\W\d_]+)(?:\s+([^\W\d_]+))?\Z")
_CODE: Final = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")


class Counted(msgspec.Struct, frozen=True):
    """How many, and the unit that the cell names: None where it names none."""

    number: Interval
    unit: str | None = None


def counted(cell: str, field: str, point: Point, times: int) -> Counted:
    """The number of a cell of things, with a unit behind it and a note in brackets. Raises Fault.

    "3 batteries" are three batteries, "90 vehicles" 90 of what the item is. Words in brackets
    say no number; where there is one in them, which of the two is meant is not guessed.
    """
    bare = _QUOTES.sub("", " ".join(cell.split()).removeprefix("'")).strip()
    for note in _NOTE.finditer(bare):
        if any(char.isdecimal() for char in note[1]):
            raise Fault(field, "units", cell)
    bare = _NOTE.sub("", bare).strip()
    low = bare.casefold()
    about = _words()["about"].get(low)
    if about is not None:
        return Counted(_times(exactly(about, cell, approx=True), times))
    worded = _WORDED.match(low)
    number = _words()["numbers"].get(worded[1]) if worded else None
    if worded and number is not None and (worded[2] is None or worded[2] in _units()):
        return Counted(_times(exactly(number, cell), times), _units().get(worded[2] or ""))
    unit, match = None, _UNIT.match(bare)
    if match and match[2].casefold() in _units():
        bare, unit = match[1], _units()[match[2].casefold()]
    found = _read(bare, point, lambda each: count_of(each, False, field))
    if unit is not None and not found.known:
        raise Fault(field, "units", cell)
    return Counted(_times(_said(found, cell), times), unit)


def paid(
    cell: str, currency: str | None, field: str, point: Point, times: int
) -> tuple[Interval, str | None]:
    """The amount of a cell and its currency: what the cell says, else ``currency``.

    A sign of several currencies is that of the column or the constant. Raises Fault where they
    say different ones, or a sign is left open.
    """
    bare, said = _currency(" ".join(cell.split()))
    if said and currency is not None and currency not in said:
        raise Fault(field, "currencies", cell)
    if said and currency is None:
        if len(said) > 1:
            raise Fault(field, "currency", cell)
        currency = said[0]
    found = _read(bare, point, lambda each: amount_of(each, False, field))
    return _times(_said(found, cell), times), currency


def unit_of(word: str) -> str | None:
    """The unit that a word names; the word itself where it is none that is known."""
    return _units().get(word.casefold(), word)


@cache
def _words() -> dict[str, Any]:
    return table("table/cells")


@cache
def _units() -> dict[str, str | None]:
    """Units by the words for them; None for words that count what the item is."""
    found: dict[str, str | None] = {}
    for unit, words in _words()["units"].items():
        found.update(dict.fromkeys(words, unit or None))
    for words in _words()["things"].values():
        found.update(dict.fromkeys(words))
    return found


def _currency(cell: str) -> tuple[str, Sequence[str]]:
    """A cell without its currency, and what that may be: none, one or several codes."""
    known = table("currencies")["codes"].split()
    for match in _CODE.finditer(cell):
        if match[0] in known:
            return (cell[: match.start()] + cell[match.end() :]).strip(), [match[0]]
    low = cell.casefold()
    for sign in sorted(_words()["signs"], key=len, reverse=True):
        whole = (
            rf"(?<![^\W\d_]){re.escape(sign)}(?![^\W\d_])" if sign.isalpha() else re.escape(sign)
        )
        sought = re.search(whole, low)
        if sought is not None:
            rest = cell[: sought.start()] + cell[sought.end() :]
            return rest.strip(), _words()["signs"][sign]
    return cell, ()


def scale_of(heading: str) -> int:
    """What the numbers below a heading are times, as it says: "Value (EUR mn)"; 1 if nothing."""
    known = _words()["times"]
    return next((known[e] for e in _NAMES.split(heading.casefold()) if e in known), 1)


def currency_of_heading(heading: str) -> str | None:
    """The one currency that a heading names."""
    _, said = _currency(heading)
    return said[0] if len(said) == 1 else None


def point_of(cells: Iterable[str], *, typed: bool) -> Point | None:
    """What parts the decimals of cells, where some of them can be read in one way only.

    ``typed``: a file that keeps numbers as such, whose point is not one that anybody wrote.
    """
    seen = {
        point
        for token in chain.from_iterable(map(_TOKEN.findall, cells))
        for point, sure in _SURE.items()
        if sure.fullmatch(token) and not (typed and _NUMBER.fullmatch(token))
    }
    return seen.pop() if len(seen) == 1 else None


def _read(cell: str, point: Point, read: Callable[[str], Interval]) -> Interval:
    """The interval of a cell; of both readings where its point or comma may be either."""
    found = [read(each) for each in readings(cell, point)]
    return found[0] if len(found) == 1 else hull(found)


@lru_cache(maxsize=8192)
def readings(cell: str, point: Point) -> tuple[str, ...]:
    """A cell with its numbers written plainly: one way, or both that it can be read.

    Where nobody said what parts decimals, "10.000" and "10,000" may be ten or ten thousand.
    """
    if point in (".", ","):
        return (_TOKEN.sub(lambda match: _plain(match[0], point), cell),)
    unclear = _OPEN[point].fullmatch
    if not any(map(unclear, _TOKEN.findall(cell))):
        return (cell,)

    def written(between: str) -> str:
        return _TOKEN.sub(lambda m: re.sub("[.,]", between, m[0]) if unclear(m[0]) else m[0], cell)

    return written("."), written("")


def _plain(token: str, point: str) -> str:
    if _GROUPS[point].fullmatch(token):
        token = token.replace("." if point == "," else ",", "")
    return token.replace(",", ".") if point == "," else token


def _said(found: Interval, cell: str) -> Interval:
    """The interval with the words of the cell, where it is told from others."""
    return msgspec.structs.replace(found, text=cell) if found.known else found


def _times(found: Interval, times: int) -> Interval:
    if times == 1:
        return found
    return msgspec.structs.replace(found, low=_by(found.low, times), high=_by(found.high, times))


def _by(end: Number | None, times: int) -> Number | None:
    if end is None:
        return None
    whole = Decimal(end) * times
    return int(whole) if whole == whole.to_integral_value() else whole
