"""Lines of a text that are no part of the report: known by how they begin, passed over, not cut."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Literal

import msgspec

from intendance.reading._input._data import table

Then = Literal["end", "colon", "title", "link", "mark", "number", "any"]
Scope = Literal["line", "titles", "rest"]

_LONGEST = 260
# The first word of a line, after bullets and the like; not after quotation marks: what people are
# quoted with is never boilerplate. The quantifiers give nothing back, so this never takes long.
_FIRST = re.compile(r"[^\w©\n«»“”„\"‘’']{0,16}+(?P<word>©|\w{1,24}+)")
_NEXT = re.compile(r"\n([^\n]*)")
_NO_WORDS = re.compile(r"[\W\d_]*\Z")
_COLON = re.compile(r"\W*\Z|[*_\])\s]*:")
_MARK = re.compile(r"[*_\])\s]*[:©|/]")
_NUMBER = re.compile(r"\W*\d")
_SENTENCE = re.compile(r"[.!?…][\"'»”)\]\s*_]*\Z")
_LINK = re.compile(
    r"[\s:*_(\[<-]*(?:https?://\S+|(?:www\.)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?)[\s.)\]>*_]*\Z",
    re.IGNORECASE,
)
_EARLY = 1_500  # characters, or a third of the text, within which a comment form is only a link
_TITLES = 8  # link titles under a label, at most
_TITLE = 160  # characters of a link title, at most


class Rule(msgspec.Struct, frozen=True):
    """One row of boilerplate.toml; the fields are explained there."""

    then: Then
    starts: tuple[str, ...]
    scope: Scope = "line"
    longest: int = 200
    capital: bool = False


@cache
def _index() -> dict[str, list[tuple[str, Rule]]]:
    """Rules by the first word of the line; of one word's rules the longest beginning first."""
    index: dict[str, list[tuple[str, Rule]]] = {}
    for rule in msgspec.convert(table("boilerplate")["rule"], list[Rule]):
        for start in rule.starts:
            first = re.match(r"©|\w+", start)
            if first is None:
                continue
            index.setdefault(first[0], []).append((start, rule))
    for rows in index.values():
        rows.sort(key=lambda row: -len(row[0]))
    return index


def boilerplate(text: str, start: int = 0) -> tuple[tuple[int, int], ...]:
    """The spans of ``text`` from ``start`` on that are boilerplate: characters, sorted, disjoint.

    Spans are whole lines without their newline, or, after a comment form begins, all the rest.
    """
    index = _index()
    spans: list[tuple[int, int]] = []
    done = end = start - 1
    for line in text[start:].split("\n"):
        begin, end = end + 1, end + 1 + len(line)
        if not 0 < len(line) <= _LONGEST or begin < done:
            continue
        first = _FIRST.match(line)
        rows = index.get(first["word"].lower()) if first is not None else None
        if first is None or rows is None:
            continue
        rule, label = _rule(_plain(line[first.start("word") :]), rows)
        if rule is None:
            continue
        if rule.scope == "rest" and _is_late(text, begin):
            spans.append((begin, len(text)))
            break
        done = _after_titles(text, end) if rule.scope == "titles" and label else end
        spans.append((begin, done))
    return tuple(spans)


def _plain(line: str) -> str:
    """The line with straight apostrophes and plain blanks, as the rules are written."""
    return line.replace("’", "'").replace("\xa0", " ").replace("\u202f", " ").rstrip()


def _is_late(text: str, position: int) -> bool:
    # A blog's headline is often followed by a link of the same words as the form's heading.
    return position >= _EARLY or position * 3 >= len(text)


def _rule(line: str, rows: list[tuple[str, Rule]]) -> tuple[Rule | None, bool]:
    """The rule that fits a line, and whether the line holds its label only."""
    lower = line.lower()
    for start, rule in rows:
        if not lower.startswith(start) or len(line) > rule.longest:
            continue
        rest = line[len(start) :]
        if rest[:1].isalnum() and start[-1].isalnum():
            continue
        if rule.capital and not line[0].isupper():
            continue
        if _FITS[rule.then](rest):
            return rule, _NO_WORDS.match(rest) is not None
    return None, False


def _after_titles(text: str, position: int) -> int:
    """The end of the link titles right below a label: short lines that are no sentences."""
    before = position
    for _ in range(_TITLES):
        match = _NEXT.match(text, position)
        title = match[1].strip() if match is not None else ""
        if match is None or not title:
            break
        if title[0].islower():
            return before  # the sentence of the line above goes on: that was no title
        if len(title) > _TITLE or _SENTENCE.search(title):
            break
        before, position = position, match.end()
    return position


def _is_title(rest: str) -> bool:
    return _NO_WORDS.match(rest) is not None or _SENTENCE.search(rest) is None


_FITS: dict[Then, Callable[[str], bool]] = {
    "end": lambda rest: _NO_WORDS.match(rest) is not None,
    "colon": lambda rest: _COLON.match(rest) is not None,
    "title": _is_title,
    "link": lambda rest: _LINK.match(rest) is not None,
    "mark": lambda rest: _MARK.match(rest) is not None,
    "number": lambda rest: _NUMBER.match(rest) is not None,
    "any": lambda _: True,
}
