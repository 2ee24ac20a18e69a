"""Names written with hyphens: "Panzerabwehr-Raketen", "Kampf- und Schützenpanzer"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

_WORD: Final = r"[^\W\d_]+"
_HYPHENED: Final = re.compile(rf"(?<!\w){_WORD}(?:-{_WORD})+(?!\w)")
_SHORTEST: Final = 3
"""Letters of the shortest part of a compound that two words share."""


def joined_names(low: str, known: Callable[[str], bool]) -> Iterator[tuple[int, int, str]]:
    """Start, end and name of what is known as one word without its hyphens."""
    for match in _HYPHENED.finditer(low):
        name = match.group().replace("-", "")
        if known(name):
            yield match.start(), match.end(), name


def shared_ends(
    low: str, links: re.Pattern[str], known: Callable[[str], bool]
) -> Iterator[tuple[int, int, str]]:
    """Start, end and name of the first of two compounds of one last part ("Kampf- und ...").

    ``links`` matches from the hyphen to the second compound, and has that one as a group.
    """
    for match in links.finditer(low):
        second = match.group(2)
        for cut in range(1, len(second) - _SHORTEST + 1):
            name = match.group(1) + second[cut:]
            if known(name):
                yield match.start(), match.end(1) + 1, name
                break


def links_of(joining: frozenset[str]) -> re.Pattern[str] | None:
    """What stands between two compounds of one last part, in a language that has such."""
    if not joining:
        return None
    words = "|".join(sorted(map(re.escape, joining), key=len, reverse=True))
    return re.compile(rf"(?<!\w)({_WORD})- (?:{words}) (?:\d[\d.]* )?({_WORD})(?!\w)")
