"""What the tags of a page would make a parser build, counted before it builds it."""

from __future__ import annotations

import re

from intendance.reading._input._data import table
from intendance.reading._input.limits import Limits
from intendance.terms import IntendanceError

_ELEMENTS: dict[str, list[str]] = table("html")["elements"]
_VOID = frozenset(_ELEMENTS["void"])
_FORMATTING = frozenset(_ELEMENTS["formatting"])
_BARRIERS = frozenset(_ELEMENTS["barriers"])
_IMPLIED = frozenset(_ELEMENTS["implied"])
_SHORT = 500  # characters that hold too few attributes to be worth a count
_REPEATED = 3  # as many like formatting elements stay open at a time (the "Noah's Ark clause")

_SPACE = r"[ \t\n\f\r]"
_VALUE = r"\"[^\"]*+\"|'[^']*+'|[^ \t\n\f\r>\"'][^ \t\n\f\r>]*+|(?=>)"
ATTRIBUTE = rf"[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+(?:{_SPACE}*+={_SPACE}*+(?:{_VALUE}))?+"
"""One attribute as the standard's tokeniser takes it (WHATWG HTML, 13.2.5.32 to 38)."""
_EACH = re.compile(ATTRIBUTE)


class Shape:
    """What the tags so far would make a parser build."""

    def __init__(self, limits: Limits, where: str) -> None:
        self.limits, self.where = limits, where
        self.elements = self.depth = self.active = self.repeats = 0
        self.open: dict[str, int] = {}
        self.frames: list[tuple[str, dict[str, list[str]]]] = [("", {})]
        self.alike: dict[str, int] = {}

    def start(self, name: str, attributes: str) -> None:
        self.elements += 1
        if self.elements > self.limits.max_elements:
            raise self.refuse("input.too-large", "elements", self.limits.max_elements)
        if len(attributes) > _SHORT and _attributes(attributes) > self.limits.max_attributes:
            raise self.refuse("input.too-large", "attributes in a tag", self.limits.max_attributes)
        self.repeats += self.active
        if self.repeats > self.limits.max_formatting:
            raise self.refuse(
                "input.too-deep", "elements of formatting left open", self.limits.max_formatting
            )
        if name in ("html", "body"):
            self.open[name] = 1
        elif name in _FORMATTING:
            self._format(name, attributes)
        elif name in _BARRIERS:
            if name == self.frames[-1][0] and name != "table":
                self._leave()
            self.frames.append((name, {}))
        if name not in _IMPLIED and name not in _VOID:
            self.open[name] = self.open.get(name, 0) + 1
            self.depth += 1
            if self.depth > self.limits.max_depth:
                raise self.refuse(
                    "input.too-deep", "elements in one another", self.limits.max_depth
                )

    def end(self, name: str) -> None:
        self.repeats += self.active
        if self.open.get(name) and name not in _IMPLIED:
            self.open[name] -= 1
            self.depth -= 1
        if name in _FORMATTING:
            keys = self.frames[-1][1].get(name)
            if keys:
                self._close(keys)
        elif name in _BARRIERS:
            if name == "table" and self.frames[-1][0] in ("td", "th", "caption"):
                self._leave()
            if self.frames[-1][0] == name:
                self._leave()

    def refuse(self, code: str, what: str, limit: int) -> IntendanceError:
        return IntendanceError(
            code,
            expected=f"at most {limit} {what}",
            got="more",
            where=self.where,
            remedy="Save the page's text instead.",
        )

    def _format(self, name: str, attributes: str) -> None:
        keys = self.frames[-1][1].setdefault(name, [])
        if keys and name in ("a", "nobr"):
            self._close(keys)
        key = name + attributes
        count = self.alike.get(key, 0) + 1
        self.alike[key] = count
        if count <= _REPEATED:
            self.active += 1
        keys.append(key)

    def _close(self, keys: list[str]) -> None:
        key = keys.pop()
        count = self.alike[key] - 1
        self.alike[key] = count
        if count < _REPEATED:
            self.active -= 1

    def _leave(self) -> None:
        # What stays open in a cell is counted on: the parser may not have seen a cell at all.
        _, inner = self.frames.pop()
        outer = self.frames[-1][1]
        for name, keys in inner.items():
            if keys:
                outer.setdefault(name, []).extend(keys)


def _attributes(text: str) -> int:
    return sum(1 for _ in _EACH.finditer(text))
