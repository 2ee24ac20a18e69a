"""The held-out passages as they are written down: bench/heldout/README.md tells each field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Literal

import msgspec

from intendance.reading import Document
from intendance.terms import Act, Certainty, span_of

FOLDER = Path(__file__).resolve().parent / "heldout"
LANGUAGES = ("fr", "en", "de", "uk", "pl")
HALVES = ("A", "B")
SEEN = ("de-002",)
"""Passages of the blind half that an author of the rules has seen."""

Ends = tuple[int | None, int | None]


class Claim(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a reader should find."""

    start: int
    end: int
    also: tuple[tuple[int, int], ...]
    act: Act
    acts_ok: tuple[Act, ...]
    certainty: Certainty
    certainty_ok: tuple[Certainty, ...]
    actors: tuple[str, ...]
    actors_ok: tuple[str, ...]
    item: str | None
    items_ok: tuple[str | None, ...]
    quantity: Ends | None
    quantity_vague: bool
    money: tuple[Decimal, str] | None
    recipients: tuple[str, ...]
    recipient_free: bool
    speaker: str | None
    tier: Literal["A", "B", "C"]
    explicit: bool

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Where it is said: its clause, and the further ones."""
        return ((self.start, self.end), *self.also)

    @property
    def certainties(self) -> tuple[Certainty, ...]:
        """The certainties that are right."""
        return (self.certainty, *self.certainty_ok)


class Dead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A giving that the text takes away again: no live statement may say it."""

    start: int
    end: int
    item: str | None
    quantity: Ends | None
    actors: tuple[str, ...]
    why: str


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A figure that counts nothing that is given."""

    start: int
    end: int
    text: str
    why: str


class Passage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of a set."""

    id: str
    language: str
    published: str | None
    source: Literal["own"]
    text: str
    claims: tuple[Claim, ...]
    dead: tuple[Dead, ...]
    not_quantities: tuple[Figure, ...]

    @property
    def half(self) -> str:
        """A where the number in ``id`` is odd or an author of the rules saw it, else B."""
        return "A" if self.id in SEEN or int(re.findall(r"\d+", self.id)[-1]) % 2 else "B"

    def document(self) -> Document:
        """The passage as the reader takes it."""
        plain = Document(
            text=self.text,
            kind="article",
            address=self.id,
            raw_hash=self.id,
            language=self.language,
        )
        if self.published is None:
            return plain
        span = span_of(self.published)
        return msgspec.structs.replace(plain, published=span, date_from="option")


def passages(language: str, half: str | None = None, folder: Path = FOLDER) -> Iterator[Passage]:
    """The passages of a language, of one half or both; msgspec.ValidationError for a bad line."""
    for line in (folder / f"{language}.jsonl").read_text("utf-8").splitlines():
        passage = msgspec.json.decode(line, type=Passage)
        if half in (None, passage.half):
            yield passage
