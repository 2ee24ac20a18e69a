"""What the ledger gives and takes beside the terms: counts, filters, packages, reasons."""

from __future__ import annotations

from typing import Any

import msgspec

from intendance.terms import (
    UNKNOWN_TIME,
    UNSPECIFIED,
    Commitment,
    Conflict,
    Decision,
    Interval,
    Money,
    Report,
    Stage,
    Statement,
    TimeSpan,
)


class Added(msgspec.Struct, frozen=True):
    """What one batch brought: counts of what is new, and what was left out.

    ``inactive`` readings are kept but not folded, as the ledger folds another version of the
    reader for these reports (``reread`` changes that). ``redacted`` are the reports that stay out
    because an administrator redacted them, ``held_back`` those whose text is nearly that of a
    redacted report, each with the tombstone of that.
    """

    reports: int = 0
    copies: int = 0
    readings: int = 0
    statements: int = 0
    inactive: int = 0
    commitments: int = 0
    conflicts: int = 0
    redacted: tuple[str, ...] = ()
    held_back: tuple[tuple[str, str], ...] = ()


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """Which commitments, statements or conflicts to give; all conditions must hold.

    ``donor`` and ``recipient`` are codes or names in any language; ``item`` a kind or a class, with
    all that it includes; ``since`` and ``until`` ISO dates (YYYY, YYYY-MM or YYYY-MM-DD): what was
    published in between, or is said to happen then, or is undated; ``text`` words of a quote.
    ``candidates`` adds what is not live (rule 2).
    """

    donor: str | None = None
    recipient: str | None = None
    item: str | None = None
    stage: Stage | None = None
    since: str | None = None
    until: str | None = None
    text: str | None = None
    candidates: bool = True


class Projected(msgspec.Struct, frozen=True):
    """A commitment, the hash of it, and the first and last day on which it was spoken of."""

    commitment: Commitment
    hash: str
    first_day: str | None
    last_day: str | None


class Package(msgspec.Struct, frozen=True, kw_only=True):
    """What was announced together (design, section 2).

    ``total`` is the package's own, one amount per currency; ``parts`` are the commitments in it,
    never added to the total.
    """

    id: str
    donors: tuple[str, ...]
    recipient: str | None
    announced: TimeSpan = UNKNOWN_TIME
    total: tuple[Money, ...] = ()
    parts: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()


class Programme(msgspec.Struct, frozen=True, kw_only=True):
    """A plan, fund, alliance, forum or coalition, and what is linked to it."""

    id: str
    kind: str
    parties: tuple[str, ...] = ()
    horizon: TimeSpan = UNKNOWN_TIME
    money: tuple[Money, ...] = ()
    statements: tuple[str, ...] = ()
    commitments: tuple[str, ...] = ()


class Overdue(msgspec.Struct, frozen=True):
    """A commitment promised by a day that has passed, and not reported delivered in full."""

    commitment: Commitment
    due: TimeSpan
    outstanding: Interval = UNSPECIFIED


class Sourced(msgspec.Struct, frozen=True):
    """A statement with where it comes from and where it went."""

    statement: Statement
    report: Report
    witness: str
    commitment: str | None = None
    corrected: Statement | None = None


class Figure(msgspec.Struct, frozen=True):
    """One figure, and the statements and rules that it was computed from."""

    name: str
    value: str
    statements: tuple[str, ...]
    rules: tuple[str, ...] = ()


class Assumption(msgspec.Struct, frozen=True):
    """Something that no report says and that a figure rests on (rule 2)."""

    statement: str
    what: str
    reason: str


class Why(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to *why* (rule 11): everything that something rests on.

    ``kind`` says what ``id`` is: ``commitment``, ``conflict``, ``statement``, ``decision``,
    ``package``, ``programme`` or ``report``. ``successors`` are the commitments that statements
    moved to which once were in this one; ``appearances`` where and when a report came out, the one
    that it is shown with first.
    """

    id: str
    kind: str
    figures: tuple[Figure, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    statements: tuple[Sourced, ...] = ()
    decisions: tuple[Decision, ...] = ()
    package: Package | None = None
    assumptions: tuple[Assumption, ...] = ()
    successors: tuple[str, ...] = ()
    appearances: tuple[Report, ...] = ()


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """What ``verify`` found. ``ok`` where everything folded anew is what is stored.

    ``differing`` are commitments and conflicts that differ, and statements in a wrong block;
    ``misquoted`` statements whose quote is not what stands at their offsets; ``repaired`` whether
    the new fold was swapped in.
    """

    digest: str
    stored: str
    statements: int
    commitments: int
    conflicts: int
    differing: tuple[str, ...] = ()
    misquoted: tuple[str, ...] = ()
    repaired: bool = False

    @property
    def ok(self) -> bool:
        """Whether nothing differs (after the repair, if there was one)."""
        return not self.misquoted and (self.repaired or not self.differing)


class Tombstone(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of something redacted (rule 12): never any of its words.

    ``touched`` are the commitments and conflicts whose figures it was part of; ``copies`` other
    reports with nearly the same text, which still stand.
    """

    id: str
    report: str
    by: str
    when: str
    ground: str
    touched: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """Two reports that may be a text and its translation, with the evidence (rule 4).

    Accept with ``decide("merge", (one, other), value="translation", …)``, refuse with
    ``decide("split", …)``.
    """

    one: str
    other: str
    languages: tuple[str, str]
    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    score: int = 0


class Version(msgspec.Struct, frozen=True):
    """A version of the reader with the catalogue that it used; ``folded`` for the ledger's own."""

    reader: str
    catalogue: str
    readings: int = 0
    folded: bool = False


class Rejected(msgspec.Struct, frozen=True, kw_only=True):
    """A row of an imported table (or what one column of it says) that was set aside.

    ``reason`` is one word of a fixed list, ``got`` what stands in the cell; ``when`` the ledger
    was told so.
    """

    file: str
    file_hash: str
    row: int
    column: str
    reason: str
    got: str
    when: str = ""


class Supplied(msgspec.Struct, frozen=True, kw_only=True):
    """A table that a user filled in: its kind (``inventory``, ``price`` ...), name and rows.

    ``owner`` is who gave it, ``marking`` a need-to-know label; ``when`` the ledger took it.
    """

    kind: str
    name: str
    file: str
    file_hash: str
    owner: str | None
    marking: str | None
    when: str
    rows: tuple[dict[str, Any], ...] = ()
