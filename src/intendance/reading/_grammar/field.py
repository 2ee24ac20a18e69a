"""One clause of a sentence: its stretches of tokens and its finite verb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

Kind = Literal["main", "below", "relative", "infinitive", "rest"]
"""Main clause, one below it, a relative one, an infinitive with its mark, words without a verb."""


class Field(msgspec.Struct):
    """One clause: its stretches of tokens, its finite verb, and what it shares with another.

    ``opener`` is the token after which its objects stand: the finite verb of a main clause, the
    conjunction or pronoun of one below it. ``whole`` is the clause whose subject (and whose
    auxiliary, where it has no finite verb) it shares.
    """

    kind: Kind
    ranges: list[tuple[int, int]]
    opener: int
    finite: int | None = None
    whole: Field | None = None

    @property
    def start(self) -> int:
        """Index of the first token."""
        return self.ranges[0][0]

    @property
    def end(self) -> int:
        """Index after the last token."""
        return self.ranges[-1][1]

    def holds(self, index: int) -> bool:
        """Whether the token at ``index`` belongs to this clause."""
        return any(low <= index < high for low, high in self.ranges)

    def indexes(self) -> Iterator[int]:
        """The tokens of the clause, in order."""
        for low, high in self.ranges:
            yield from range(low, high)


def field_at(fields: Sequence[Field], index: int) -> Field | None:
    """The clause that the token at ``index`` belongs to."""
    return next((each for each in fields if each.holds(index)), None)


def verb_first(fields: Sequence[Field]) -> list[Field]:
    """ "Stimmt A zu, liefert B": a clause that its verb opens, before one that does so too."""
    return [
        one
        for one, other in pairwise(fields)
        if one.kind == other.kind == "main"
        and one.finite == one.start
        and one.whole is None
        and other.finite is not None
        and other.finite == other.start
        and other.start - one.end == 1
    ]
