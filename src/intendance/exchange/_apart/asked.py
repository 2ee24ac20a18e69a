"""What a process of its own is asked for, and what it tells, one JSON object a line."""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec

from intendance.ledger import Rejected
from intendance.terms import ErrorRecord

Source = Literal["kiel", "sipri", "table"]

SOURCES: Final[tuple[Source, ...]] = ("kiel", "sipri", "table")
"""Whose tables become statements; ``table`` is any other's, by a mapping."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A table file by its path, and how it is read."""

    file: str
    encoding: str | None = None
    sheet: str | None = None
    catalogue: tuple[str, ...] = ()


class AsStatements(Asked, frozen=True, kw_only=True, tag="statements"):
    """The rows become statements; ``mapping`` is the path of one, for a ``table``."""

    source: Source
    mapping: str | None = None
    published: str | None = None


class AsTable(Asked, frozen=True, kw_only=True, tag="table"):
    """The rows are kept as they are, as a table of a kind of ``SUPPLIED`` or as ``demand``."""

    kind: str


class AsMapping(Asked, frozen=True, kw_only=True, tag="mapping"):
    """A first mapping is guessed from the headings; no row is taken."""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What the process is given: what is asked, where readings go, and the bounds."""

    asked: AsStatements | AsTable | AsMapping
    readings: str
    rows: int
    memory: int


class Step(msgspec.Struct, frozen=True, tag="step"):
    """So many rows are read."""

    rows: int


class Done(msgspec.Struct, frozen=True, kw_only=True, tag="done"):
    """The whole file is read."""

    file_hash: str
    rows: int
    packages: int = 0
    statements: int = 0
    rejected: tuple[Rejected, ...] = ()
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    table: tuple[dict[str, Any], ...] = ()
    mapping: str = ""


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """It can't be read."""

    error: ErrorRecord


Told = Step | Done | Failed
