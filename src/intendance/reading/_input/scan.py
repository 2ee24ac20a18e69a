"""A look at an HTML page before a parser sees it: what can hold no text goes, what is hostile too.

The scanner cuts HTML into tags and text as the standard's tokeniser does (WHATWG HTML, 13.2.5), so
that it can drop comments, scripts, styles, drawings and forms whole, and count what makes a
parser's work grow faster than the page: depth, elements, attributes, formatting left open.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from intendance.reading._input._data import table
from intendance.reading._input.limits import Limits
from intendance.reading._input.shape import ATTRIBUTE, Shape

_TOKEN = re.compile(
    rf"<(?:(!--)|([!?]|/[^a-zA-Z>])|(/?)([a-zA-Z][^ \t\n\f\r/>]*+)"
    rf"((?:[ \t\n\f\r/]++|{ATTRIBUTE})*+)(>?))"
)
_COMMENT_END = re.compile(r"--!?>")
_LINKED_DATA = re.compile(r"type\s*=\s*[\"']?application/ld\+json", re.IGNORECASE)

_DOCTYPE = re.compile(r"<!doctype", re.IGNORECASE)

_ELEMENTS: dict[str, list[str]] = table("html")["elements"]
_RAW = frozenset(_ELEMENTS["raw"])
_FOREIGN = frozenset(_ELEMENTS["foreign"])
_ALONE = frozenset(_ELEMENTS["alone"])
_ONCE = frozenset(("html", "body"))


class Scanned(msgspec.Struct, frozen=True):
    """A page without what holds no text, its JSON-LD blocks, its start tags counted, notes."""

    html: str
    linked_data: tuple[str, ...] = ()
    elements: int = 0
    notes: tuple[str, ...] = ()


class _Cut(msgspec.Struct, frozen=True):
    """What to do with a token: drop it up to ``to``, or keep it and go on there."""

    to: int
    drop: bool
    inside: str = ""


class _Marks:
    """What is met on the way: JSON-LD blocks, and where the next end tag of each name stands."""

    def __init__(self) -> None:
        self.linked_data: list[str] = []
        self._ends: dict[str, re.Match[str] | None] = {}

    def end_of(self, html: str, name: str, position: int) -> re.Match[str] | None:
        """The next end tag, looked for once and not from every start tag anew."""
        if name in self._ends:
            known = self._ends[name]
            if known is None or known.start() >= position:
                return known
        end = _end_tag(name).search(html, position)
        self._ends[name] = end
        return end


def scan(html: str, where: str, limits: Limits) -> Scanned:
    """The page without what holds no text.

    Raises IntendanceError ``input.too-deep`` or ``input.too-large`` for a page that no parser
    should be given. A page that ends inside a tag, comment or script is read as far as it goes,
    with a note.
    """
    shape = Shape(limits, where)
    kept: list[str] = []
    marks = _Marks()
    notes: tuple[str, ...] = ()
    done = position = 0
    while (match := _TOKEN.search(html, position)) is not None:
        cut = _token(html, match, shape, marks)
        position = cut.to
        if cut.drop:
            kept.append(html[done : match.start()])
            done = position
        if cut.inside:
            notes = (f"the page ends inside a {cut.inside}",)
    kept.append(html[done:])
    return Scanned("".join(kept), tuple(marks.linked_data), shape.elements, notes)


def _token(html: str, match: re.Match[str], shape: Shape, marks: _Marks) -> _Cut:
    comment, bogus, slash, tag, attributes, closed = match.groups()
    if comment:
        return _comment(html, match.start())
    if bogus:
        end = html.find(">", match.end())
        if end < 0:
            return _Cut(len(html), drop=True, inside="declaration")
        return _Cut(end + 1, drop=not _DOCTYPE.match(html, match.start()))
    if not closed:
        return _Cut(len(html), drop=True, inside="tag")
    name = tag.lower()
    if name in _ALONE:
        return _Cut(match.end(), drop=True)
    if slash:
        shape.end(name)
        return _Cut(match.end(), drop=False)
    if name in _RAW or name in _FOREIGN or name == "title":
        return _whole(html, match, name, marks)
    if name in _ONCE and name in shape.open:
        return _Cut(match.end(), drop=True)  # a parser adds its attributes to the first one's
    shape.start(name, attributes)
    return _Cut(match.end(), drop=False)


def _comment(html: str, start: int) -> _Cut:
    for short in ("<!-->", "<!--->"):
        if html.startswith(short, start):
            return _Cut(start + len(short), drop=True)
    end = _COMMENT_END.search(html, start + 4)
    if end is None:
        return _Cut(len(html), drop=True, inside="comment")
    return _Cut(end.end(), drop=True)


def _whole(html: str, match: re.Match[str], name: str, marks: _Marks) -> _Cut:
    """An element with its content: the title is kept, all else goes (JSON-LD set aside)."""
    end = marks.end_of(html, name, match.end())
    if end is None:
        if name in _RAW:
            return _Cut(len(html), drop=True, inside=name)
        return _Cut(match.end(), drop=True)
    if name == "script" and _LINKED_DATA.search(match[5]):
        marks.linked_data.append(html[match.end() : end.start()])
    if name in _FOREIGN and _start_tag(name).search(html, match.end(), end.start()):
        return _Cut(match.end(), drop=True)  # nested, or the outer one was never closed
    return _Cut(end.end(), drop=name != "title")


@cache
def _end_tag(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[ \t\n\f\r/>])[^>]*+>", re.IGNORECASE)


@cache
def _start_tag(name: str) -> re.Pattern[str]:
    return re.compile(rf"<{name}(?=[ \t\n\f\r/>])", re.IGNORECASE)
