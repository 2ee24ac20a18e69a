"""A statement: one thing that one report says, with the exact words that say it."""

from __future__ import annotations

import msgspec

from intendance.terms.acts import Act, Basis, Certainty, ItemFrom, LinkKind, Origin, Polarity
from intendance.terms.canonical import short_hash
from intendance.terms.interval import UNSPECIFIED, Interval
from intendance.terms.money import Money
from intendance.terms.timespan import UNKNOWN_TIME, TimeSpan


class Link(msgspec.Struct, frozen=True):
    """A tie to another statement: ``part_of``, ``backfills``, ``replaces``, ``condition_of``."""

    kind: LinkKind
    statement: str


class Statement(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing said (field names as in design, section 6).

    ``actors``, ``recipients``, ``suppliers`` and ``financers`` are ISO 3166 alpha-3 codes or
    catalogue identifiers. ``speaker`` and the links of ``attribution`` (nearest first) are
    identifiers of officials or outlets, or ``role:nation``. ``quote`` is ``text[start:end]`` of the
    report, ``prefix`` and ``suffix`` up to 32 characters on either side. ``live`` statements enter
    totals, the others are candidates (rule 2). ``recipient_from`` tells a recipient that is said
    from one that the text is about (listed as an assumption). ``per`` is a rate's period
    (``month``, ``year``).
    ``package`` is what was announced together; ``reading`` the reading that made it; ``author`` and
    ``source_row`` the origin of statements that no reader made.
    """

    id: str = ""
    report: str
    act: Act
    certainty: Certainty
    polarity: Polarity = "positive"
    condition: str | None = None
    actors: tuple[str, ...] = ()
    joint: bool = False
    recipients: tuple[str, ...] = ()
    recipient_from: ItemFrom = "said"
    suppliers: tuple[str, ...] = ()
    financers: tuple[str, ...] = ()
    item: str | None = None
    item_text: str = ""
    item_from: ItemFrom = "said"
    quantity: Interval = UNSPECIFIED
    unit: str | None = None
    per: str | None = None
    part_of: Interval | None = None
    basis: Basis | None = None
    money: Money | None = None
    time: TimeSpan = UNKNOWN_TIME
    origin: Origin | None = None
    speaker: str | None = None
    attribution: tuple[str, ...] = ()
    package: str | None = None
    links: tuple[Link, ...] = ()
    author: str | None = None
    live: bool = True
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 0
    end: int = 0
    source_row: str | None = None
    rule: str = ""
    reading: str | None = None
    language: str = "und"


def statement_id(statement: Statement) -> str:
    """``s`` and 20 hexadecimal digits over what the statement says and where.

    Reading, links, ``live`` and the words around the quote are left out, so that a statement that
    a newer reader makes again keeps its identifier, and the decisions that name it.
    """
    said = (
        statement.report, statement.start, statement.end, statement.act, statement.certainty,
        statement.polarity, statement.actors, statement.recipients, statement.item,
        statement.item_text, statement.quantity, statement.money, statement.part_of,
        statement.basis, statement.author, statement.source_row,
    )  # fmt: skip
    return "s" + short_hash(said)


def with_id(statement: Statement) -> Statement:
    """The statement with its identifier set."""
    return msgspec.structs.replace(statement, id=statement_id(statement))
