"""The front matter of a Markdown file: ``key: value`` lines between two lines of three hyphens."""

from __future__ import annotations

import re

import msgspec

from intendance.terms import IntendanceError

_OPEN = re.compile(r"---[ \t]*\r?\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\r?\Z)", re.MULTILINE)
_ENTRY = re.compile(r"([\"']?)([A-Za-z_][\w. -]{0,60}?)\1[ \t]*:(?:[ \t]+(.*))?\Z")
_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "", "_": "\xa0", "N": "\x85", "e": "", "a": ""}
_QUOTES = ("'", '"')
_LONGEST = 2_000  # characters of a value
_HEADING = re.compile(r"^#[ \t]++([^\n]{1,500}+)", re.MULTILINE)


class FrontMatter(msgspec.Struct, frozen=True):
    """The fields of a front matter by key in lower case (the first of each), and where it ends."""

    fields: dict[str, str]
    end: int

    def first(self, keys: tuple[str, ...]) -> tuple[str, str] | None:
        """The first of these keys that has a value, and the value."""
        for key in keys:
            if value := self.fields.get(key):
                return key, value
        return None


def front_matter(text: str, where: str) -> FrontMatter | None:
    """The front matter that a text begins with; None where it begins otherwise.

    Values are the words after the colon without their quotes; nested blocks, lists and
    continued lines are passed over. Raises IntendanceError ``input.front-matter`` where the
    block is not closed or a line of it is no entry.
    """
    opening = _OPEN.match(text)
    if opening is None:
        return None
    closing = _CLOSE.search(text, opening.end())
    if closing is None:
        first = text[opening.end() :].lstrip().split("\n", 1)[0].rstrip()
        if _ENTRY.match(first) is None:
            return None  # a rule across the page, and then the text
        raise _bad("a closing '---'", "none", where, 1)
    fields = _fields(text[opening.end() : closing.start()], where)
    return FrontMatter(fields, closing.end()) if fields else None


def _fields(block: str, where: str) -> dict[str, str]:
    """The entries of a block; none where it is prose between two rules across the page."""
    raw: dict[str, str] = {}
    key = None
    for number, line in enumerate(block.splitlines(), start=2):
        if not line.strip() or line[0] in "#-":
            continue
        if line[0] in " \t":
            if key is not None and raw[key][:1] in _QUOTES and len(raw[key]) < _LONGEST:
                raw[key] = _continued(raw[key], line.strip())
            continue
        entry = _ENTRY.match(line.rstrip())
        if entry is None:
            if not raw:
                return {}
            raise _bad("'key: value'", repr(line[:60]), where, number)
        name = entry[2].strip().lower()
        key = None if name in raw else name
        raw.setdefault(name, (entry[3] or "").strip())
    return {name: _scalar(words) for name, words in raw.items()}


def _continued(words: str, line: str) -> str:
    """A quoted value that goes on in the next line; after a backslash without a blank."""
    return words[:-1] + line if words.endswith("\\") else f"{words} {line}"


def first_heading(text: str, start: int) -> str | None:
    """The first heading of the first level after ``start``, without its mark."""
    match = _HEADING.search(text, start)
    return match[1].rstrip().rstrip("#").rstrip() if match else None


def _scalar(words: str) -> str:
    words = words.strip()
    if words[:1] == '"':
        closing = re.match(r'"((?:[^"\\]|\\.)*+)"', words)
        return _ESCAPE.sub(_unescape, closing[1]).strip() if closing else words
    if words[:1] == "'":
        closing = re.match(r"'((?:[^']|'')*+)'", words)
        return closing[1].replace("''", "'").strip() if closing else words
    words = re.split(r"(?:^|[ \t])#", words, maxsplit=1)[0].strip()
    return "" if words in ("null", "~", "|", ">", "|-", ">-") else words


def _unescape(match: re.Match[str]) -> str:
    code = match[1]
    if len(code) == 1:
        return _ESCAPES.get(code, code)
    point = int(code[1:], 16)
    return "�" if 0xD800 <= point < 0xE000 or point > 0x10FFFF or point == 0 else chr(point)


def _bad(expected: str, got: str, where: str, line: int) -> IntendanceError:
    return IntendanceError(
        "input.front-matter", expected=expected, got=got, where=f"{where}, line {line}"
    )
