"""What the fold takes and gives: evidence in, commitments and conflicts out (rule 3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import msgspec

from intendance.terms import Commitment, Conflict, Statement, TimeSpan, canonical

FIRST, LAST = "", "~"
"""Below and above every ISO date: the ends of a span that is not known."""


class Evidence(msgspec.Struct, frozen=True):
    """One statement as the fold sees it.

    ``statement`` after ``correct`` decisions; ``published`` and ``report_hash`` of its report;
    ``witness`` the key of its independent source (see ``witness_key``).
    """

    statement: Statement
    published: TimeSpan
    report_hash: str
    witness: str


class Folded(msgspec.Struct):
    """What a fold gives: both lists sorted by identifier, and where each statement went."""

    commitments: list[Commitment]
    conflicts: list[Conflict]
    assigned: dict[str, str]


class CatalogueEntry(Protocol):
    """What the fold needs of an entry of the catalogue."""

    @property
    def table(self) -> str:
        """Which table of the catalogue it stands in (``maker``, ``outlet`` ...)."""
        ...


class FoldCatalogue(Protocol):
    """What the fold needs of the catalogue."""

    def entry(self, name: str, /) -> CatalogueEntry | None:
        """The entry of an identifier, if there is one."""
        ...

    def root(self, item: str, /) -> str:
        """The root of the item's specialisation tree."""
        ...

    def ancestors(self, item: str, /) -> tuple[str, ...]:
        """The kinds that a kind specialises, nearest first."""
        ...

    def classes(self, item: str, /) -> tuple[str, ...]:
        """The chain of classes, nearest first."""
        ...

    def is_class(self, item: str, /) -> bool:
        """Whether the item is a class and no kind."""
        ...

    def known(self, name: str, /) -> str | None:
        """The identifier of a name in any language, or None where nothing or several fit."""
        ...


def _order(each: Evidence) -> tuple[str, str, str, int, int, str, str]:
    published, statement = each.published, each.statement
    return (
        published.start or LAST,
        published.end or LAST,
        each.report_hash,
        statement.start,
        statement.end,
        statement.rule,
        statement.id,
    )


def sorted_set(evidence: Iterable[Evidence]) -> list[Evidence]:
    """The evidence in the ledger's one order, each statement once.

    Of two pieces of evidence with one statement identifier the one with the lesser canonical JSON
    stays, so that the result can't depend on the order of arrival.
    """
    ranked = sorted(evidence, key=_order)
    unique: dict[str, Evidence] = {}
    for each in ranked:
        known = unique.setdefault(each.statement.id, each)
        if known is not each and canonical(each) < canonical(known):
            unique[each.statement.id] = each
    if len(unique) == len(ranked):
        return ranked
    return sorted(unique.values(), key=_order)
