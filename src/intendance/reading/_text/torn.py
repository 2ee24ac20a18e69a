"""Figures that do not say what they show: torn by characters nobody sees, or of two scripts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

MASK: Final = "ʘ"
"""Stands for each character of such a figure: a letter of no word, so that it is no number."""

_UNSEEN: Final = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u0300-\u036f\u061c\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff"
)
_OTHER_DIGITS: Final = "\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19\U0001d7ce-\U0001d7ff"
_ANY: Final = re.compile(rf"[{_UNSEEN}{_OTHER_DIGITS}]")
_TURNED: Final = re.compile(r"[\u202d\u202e][^\n\u202c]*")
_TURNING: Final = "\u202a-\u202e\u2066-\u2069"
_RUN: Final = re.compile(rf"[{_UNSEEN}]+")
_TURNS: Final = re.compile(rf"[{_TURNING}]")
_BETWEEN: Final = ".,'’ \xa0\u202f"
_REACH: Final = 48
"""Characters of a figure on either side that are looked at; longer ones are none anyway."""
_TOLD: Final = 20
_DIGITS: Final = re.compile(r"\d+")


def torn_numbers(text: str) -> list[tuple[int, int]]:
    """The spans of figures that must not be read as numbers: sorted, disjoint.

    A figure with an invisible or a control character inside may have lost its beginning; inside
    an override of the direction of writing its digits are shown in another order; digits of two
    scripts in one figure are nobody's way of writing.
    """
    if _ANY.search(text) is None:
        return []
    return _united(sorted({*_torn(text), *_turned(text), *_mixed(text)}))


def torn_notes(text: str, spans: list[tuple[int, int]]) -> list[str]:
    """What is to be said of the first of these figures."""
    return [
        f"characters {start}-{end}: {text[start:end]!a} is no figure that can be trusted"
        for start, end in spans[:_TOLD]
    ]


def masked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with those spans masked; its length is the same."""
    parts: list[str] = []
    done = 0
    for start, end in spans:
        parts += (text[done:start], MASK * (end - start))
        done = end
    parts.append(text[done:])
    return "".join(parts)


def _united(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted spans, those that overlap as one."""
    united: list[tuple[int, int]] = []
    for start, end in spans:
        if united and start < united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def _torn(text: str) -> Iterator[tuple[int, int]]:
    for match in _RUN.finditer(text):
        # A space before or behind parts two figures, unless what stands there turns the writing.
        marks = _BETWEEN if _TURNS.search(match[0]) else _BETWEEN[:4]
        start = _back(text, match.start(), marks)
        end = _on(text, match.end(), marks)
        if start < match.start() and end > match.end():
            yield start, end


def _back(text: str, at: int, marks: str) -> int:
    """Where the figure begins that ends at ``at`` or one mark before; ``at`` if there is none."""
    last = at - 1 if at and text[at - 1] in marks else at
    begin = last
    while begin > max(0, at - _REACH) and _is_figure(text, begin - 1, -1):
        begin -= 1
    return begin if begin < last else at


def _on(text: str, at: int, marks: str) -> int:
    """Where the figure ends that begins at ``at`` or one mark behind; ``at`` if there is none."""
    first = at + 1 if at < len(text) and text[at] in marks else at
    end = first
    while end < min(len(text), at + _REACH) and _is_figure(text, end, 1):
        end += 1
    return end if end > first else at


def _is_figure(text: str, at: int, step: int) -> bool:
    """Whether a character is a digit, or a mark with a digit behind it in that direction."""
    if text[at].isdecimal():
        return True
    behind = at + step
    return text[at] in _BETWEEN and 0 <= behind < len(text) and text[behind].isdecimal()


def _turned(text: str) -> Iterator[tuple[int, int]]:
    for match in _TURNED.finditer(text):
        for digits in _DIGITS.finditer(text, *match.span()):
            yield digits.span()


def _mixed(text: str) -> Iterator[tuple[int, int]]:
    for match in _DIGITS.finditer(text):
        if not match[0].isascii() and len({_zero(each) for each in match[0]}) > 1:
            yield match.span()


def _zero(digit: str) -> int:
    """The code of the zero that belongs to a digit."""
    return ord(digit) - unicodedata.decimal(digit)
