"""Sentences by offsets, made for machine-translated text.

A full stop before a lower-case letter is not an end: machine translation scatters full stops.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_END: Final = re.compile(
    r"""[.!?…]+["')\]]*(?=\s)|\n|(?<=[a-zß-ÿа-яіїєґąćęłńśźż]{3})\."""
    r"""(?=[A-ZÀ-ÞА-ЯІЇЄҐĆŁŚŻ](?:[a-zß-ÿа-яіїєґąćęłńśźż]{2}|[a'] ?[A-Za-zß-ÿ]))"""
)
"""An end, a line's end, or a full stop that lost the blank behind it ("said.The ministry")."""
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(\"'])(?:[A-ZÀ-Þ]|M|MM|Mr|Mrs|Ms|Mme|Mlle|Dr|Prof|St|Ste|Gen|Gén|Col|Lt|Sgt|Cap|Adm|"
    r"Sen|Rep|Gov|No|Nr|n°|art|env|approx|ca|bzw|z\.B|d\.h|u\.a|usw|Mio|Mrd|Abs|vs|cf|Inc|Corp|Ltd|Co|"
    r"Jan|Feb|Aug|Sept|Oct|Nov|Dec|[A-Z]\.[A-Z])\Z"
)
_BEFORE: Final = re.compile(
    r"(?:^|[\s(\"'])(?:m\.in|[Nn]p|[Tt]zw|[Gg]en|ppłk|płk|mjr|kpt|im|św|ds|ws|ul|inż|"
    r"[Tt]ys|[Mm]ln|[Mm]ld|[Нн]апр|[Іі]м|т\. ?зв|[Гг]ен|полк|вул|[Тт]ис|[Мм]лн|[Мм]лрд|м)\Z"
)
"""Polish and Ukrainian abbreviations that stand before what they belong to, and end nothing."""
_BEFORE_FIGURE: Final = re.compile(r"(?:^|[\s(\"'])(?:[Oo]k|[Бб]л|proc|szt|шт|прибл)\Z")
"""The same, where a figure follows."""
_YEAR: Final = re.compile(r"\d{4} ?(?:r|р|рр)\Z")
"""A year's own abbreviation: it may end a sentence, but not one that has hardly begun."""
_ORDINAL: Final = re.compile(r"(?:^|[^\w.,])\d{1,2}\Z")
_MONTH: Final = re.compile(
    r" ?(?:Jan(?:uar|\.)|Jänner|Feb(?:ruar|\.)|März|April|Mai|Juni|Juli|Aug(?:ust|\.)|"
    r"Sept?(?:ember|\.)|Okt(?:ober|\.)|Nov(?:ember|\.)|Dez(?:ember|\.)|Jahrhundert|Quartal)\b"
)
"""What a day or an ordinal number with its full stop goes before, in German."""
_BEGUN: Final = 30
_LIST_MARK: Final = re.compile(r"[ \t]*(?:[-*•–·◦▪]|\d{1,2}[.)])[ \t]+")
_OPENERS: Final = "\"'([«"


class Sentence(NamedTuple):
    """Offsets of one sentence; ``paragraph`` counts blocks, ``bullet`` marks an item of a list."""

    start: int
    end: int
    paragraph: int
    bullet: bool


def split_sentences(text: str, skip: tuple[tuple[int, int], ...] = ()) -> Iterator[Sentence]:
    """The sentences of a normalised text, outside the ``skip`` spans (boilerplate)."""
    paragraph = 0
    for first, last in left_of(len(text), skip):
        for start, end in _blocks(text, first, last):
            paragraph += 1
            mark = _LIST_MARK.match(text, start, end)
            begin = mark.end() if mark else start
            for one, other in _cut(text, begin, end):
                yield Sentence(one, other, paragraph, mark is not None)


def left_of(length: int, skip: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
    """The spans of a text of that length that no span of ``skip`` (sorted) covers."""
    at = 0
    for start, end in skip:
        if start > at:
            yield at, start
        at = max(at, end)
    if at < length:
        yield at, length


def _blocks(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Paragraphs: blank lines divide, and so does a line end that is no mere line wrap."""
    start = first
    at = text.find("\n", start, last)
    while at >= 0:
        if _divides(text, start, at, last):
            if text[start:at].strip():
                yield start, at
            start = at + 1
        at = text.find("\n", at + 1, last)
    if text[start:last].strip():
        yield start, last


def _divides(text: str, start: int, at: int, last: int) -> bool:
    following = text[at + 1 : min(at + 40, last)]
    stripped = following.lstrip(" ")
    if not stripped or stripped[0] == "\n" or _LIST_MARK.match(following):
        return True
    line = text[max(start, text.rfind("\n", start, at) + 1) : at].rstrip(" \r")
    if not line or line[-1] in '.!?:;"…':
        return True
    # A wrapped line is long and goes on in lower case; a heading is short.
    return not (len(line) > 45 and (stripped[0].islower() or stripped[0].isdigit()))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in _END.finditer(text, start, end):
        dot = match.start()
        if match[0] == "\n" or not _is_end(text, dot, match.end(), end):
            continue
        if match[0] == "." and _abbreviates(text, at, dot, end):
            continue
        yield from _trimmed(text, at, match.end())
        at = match.end()
    yield from _trimmed(text, at, end)


def _is_end(text: str, dot: int, after: int, end: int) -> bool:
    at = after
    while at < end and (text[at].isspace() or text[at] in _OPENERS):
        at += 1
    if at >= end:
        return True
    if text[at].islower():
        return False
    if text[dot] == "." and after - dot == 1 and _ABBREVIATION.search(text[max(0, dot - 8) : dot]):
        return False
    return not (text[at].isdigit() and dot > 0 and text[dot - 1].isdigit() and at == after)


def _abbreviates(text: str, start: int, dot: int, end: int) -> bool:
    """Whether the full stop at ``dot`` belongs to an abbreviation that what follows goes on from.

    "m.in. 10 tanks", "gen. Ryder", "In 2024 (the year abbreviated). Poland has given".
    """
    before = text[max(start, dot - 9) : dot]
    if _BEFORE.search(before):
        return True
    if _ORDINAL.search(text[max(start, dot - 3) : dot]) and _MONTH.match(text, dot + 1, end):
        # "bis zum 7. März"
        return True
    following = text[dot + 1 : min(dot + 3, end)].strip()
    if _YEAR.search(before):
        return following.isdigit() or dot - start <= _BEGUN
    return following[:1].isdigit() and _BEFORE_FIGURE.search(before) is not None


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
