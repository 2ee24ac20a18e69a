"""A view of the ledger: the commitments of one instant with what ties them together.

What crosses blocks (backfills, frameworks, packages, programmes, "may include") is worked out here
from the stored statements, each in one pass, and is no part of what is folded or of the digest.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final

import msgspec

from intendance.catalogue import Catalogue
from intendance.ledger._filters import Wanted
from intendance.ledger._packages import Piece, packages, programme_of, programmes
from intendance.ledger._types import Package, Programme
from intendance.terms import Commitment, Conflict, Report, Statement

BACKFILLS: Final = ("backfills", "replaces")
"""The links by which one delivery makes up for another."""

Pair = tuple[tuple[str, ...], str | None]
"""Donors and recipient."""


class Tie(msgspec.Struct, frozen=True):
    """A link between two statements, and the commitments that they are folded into."""

    kind: str
    source: str
    target: str
    source_in: str | None
    target_in: str | None


class Held(msgspec.Struct, frozen=True):
    """A statement as the ledger holds it: as said, as corrected, with its report."""

    said: Statement
    now: Statement
    report: Report
    witness: str


class View(ABC):
    """The ledger at one instant; StoredView and FoldedView give the parts."""

    upto: int | None = None
    """The last batch that is seen; None for all (rule 10)."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    @abstractmethod
    def select(self, wanted: Wanted) -> list[Commitment]:
        """The commitments that a filter lets through, sorted, without what crosses blocks."""

    @abstractmethod
    def spoken(self, wanted: Wanted) -> list[tuple[Commitment, str | None]]:
        """As ``select``, each with the first day on which it was spoken of or is said to happen."""

    @abstractmethod
    def by_ids(self, ids: Iterable[str]) -> list[Commitment]:
        """Commitments by their present identifiers, without what crosses blocks."""

    @abstractmethod
    def conflicts_of(self, commitments: Sequence[Commitment] | None) -> list[Conflict]:
        """The conflicts of some commitments, or all, sorted."""

    @abstractmethod
    def ties(self, statements: Sequence[str] | None) -> list[Tie]:
        """The links from and to some statements, or all."""

    @abstractmethod
    def siblings(self, pairs: Iterable[Pair]) -> dict[Pair, list[tuple[str, str | None]]]:
        """The specific commitments (identifier, item) of each donors and recipient."""

    @abstractmethod
    def holders(self, statements: Iterable[str]) -> dict[str, str]:
        """The commitment that each statement is folded into."""

    @abstractmethod
    def in_packages(self, statements: Sequence[str]) -> bool:
        """Whether any of the statements is part of a package."""

    @abstractmethod
    def packed(self) -> list[Piece]:
        """The statements that are part of a package."""

    @abstractmethod
    def announced(self) -> list[Piece]:
        """The statements that are about a programme."""

    @abstractmethod
    def statements(self, wanted: Wanted) -> list[Held]:
        """The statements that a filter lets through, in the ledger's order."""

    @abstractmethod
    def held(self, ids: Iterable[str]) -> list[Held]:
        """Statements by identifier."""

    @abstractmethod
    def reports(self, ids: Iterable[str] | None = None) -> list[Report]:
        """Reports with ``copy_of`` and their count of statements, in the ledger's order."""

    def commitments(self, wanted: Wanted) -> list[Commitment]:
        """The commitments that a filter lets through, whole, sorted by identifier."""
        return self.complete(self.select(wanted), whole=wanted.everything)

    @cached_property
    def packages(self) -> list[Package]:
        """All packages."""
        return packages(self.packed())

    def packages_of(self, statements: Sequence[str]) -> list[Package]:
        """At least the packages that hold any of the statements."""
        del statements
        return self.packages

    @cached_property
    def programmes(self) -> list[Programme]:
        """All programmes."""
        about = self.announced()
        linked: dict[str, set[str]] = defaultdict(set)
        for tie in self.ties([piece.statement.id for piece in about]):
            if tie.kind == "part_of" and tie.source_in is not None:
                linked[tie.target].add(tie.source_in)
        return programmes(about, linked, self.catalogue)

    def complete(self, found: Sequence[Commitment], *, whole: bool = False) -> list[Commitment]:
        """Commitments with their cross-block fields filled in."""
        if not found:
            return []
        mine = None if whole else [said for each in found for said in members(each)]
        ties = self.ties(mine)
        freed, freeing = backfills(ties)
        frameworks = self.frameworks(ties)
        package_of = self._package_of(found, mine)
        programme_of = self._programme_of(found, ties)
        included = self._may_include(found)
        result = []
        for each in found:
            fields: dict[str, object] = {
                "backfill_for": tuple(sorted(freed.get(each.id, ()))),
                "backfilled_by": tuple(sorted(freeing.get(each.id, ()))),
                "framework": frameworks.get(each.id),
                "package": package_of.get(each.id),
                "programme": programme_of.get(each.id),
                "may_include": included.get(each.id, ()),
            }
            said = any(fields.values())
            result.append(msgspec.structs.replace(each, **fields) if said else each)
        return result

    def _package_of(
        self, found: Iterable[Commitment], statements: Sequence[str] | None
    ) -> dict[str, str]:
        """The package of each commitment that has a statement in one."""
        if statements is not None and not self.in_packages(statements):
            return {}
        known_packages = self.packages if statements is None else self.packages_of(statements)
        inside = {said: package.id for package in known_packages for said in package.statements}
        known = ((each.id, [inside[s] for s in members(each) if s in inside]) for each in found)
        return {id_: min(packages) for id_, packages in known if packages} if inside else {}

    def _programme_of(self, found: Iterable[Commitment], ties: Iterable[Tie]) -> dict[str, str]:
        """The programme of each commitment that is linked to one or is of one."""
        known = self.catalogue.programmes
        if not any(tie.kind == "part_of" for tie in ties) and not any(
            each.item in known for each in found
        ):
            return {}
        return {id_: one.id for one in reversed(self.programmes) for id_ in one.commitments}

    def frameworks(self, ties: Iterable[Tie]) -> dict[str, str]:
        """The framework of each commitment that is an order inside one."""
        parts = [tie for tie in ties if tie.kind == "part_of" and tie.source_in is not None]
        acts = {held.now.id: held.now.act for held in self.held({tie.target for tie in parts})}
        found: dict[str, str] = {}
        for tie in sorted(parts, key=lambda tie: tie.target_in or tie.target):
            into = tie.target_in or tie.target
            if acts.get(tie.target) == "frame" and tie.source_in and into != tie.source_in:
                found.setdefault(tie.source_in, into)
        return found

    def _may_include(self, found: Iterable[Commitment]) -> dict[str, tuple[str, ...]]:
        """For each general commitment the specific ones that its class includes (money: all).

        Asked once for each donors and recipient, and answered once for each class of theirs.
        """
        general = [each for each in found if each.general]
        siblings = self.siblings({(each.donors, each.recipient) for each in general})
        answers: dict[tuple[Pair, str | None], tuple[str, ...]] = {}
        result = {}
        for each in general:
            pair = (each.donors, each.recipient)
            key = (pair, each.item)
            if key not in answers:
                answers[key] = self._included(siblings.get(pair, ()), each.item)
            result[each.id] = answers[key]
        return result

    def _included(
        self, siblings: Iterable[tuple[str, str | None]], item: str | None
    ) -> tuple[str, ...]:
        includes = self.catalogue.includes
        return tuple(
            sorted(
                id_
                for id_, kind in siblings
                if item is None or (kind is not None and includes(item, kind))
            )
        )

    def about_programme(self, said: Statement) -> str | None:
        """The programme that a statement is about, if any."""
        return programme_of(said, self.catalogue)


def members(each: Commitment) -> list[str]:
    """The identifiers of all statements folded into a commitment."""
    return [each.anchor, *("s" + id_[1:] for id_ in each.former_ids)]


def backfills(ties: Iterable[Tie]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    freed: dict[str, set[str]] = defaultdict(set)
    freeing: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        if tie.kind in BACKFILLS and tie.source_in and tie.target_in:
            if tie.source_in != tie.target_in:
                freed[tie.source_in].add(tie.target_in)
                freeing[tie.target_in].add(tie.source_in)
    return freed, freeing
