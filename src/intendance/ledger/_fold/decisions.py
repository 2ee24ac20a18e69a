"""Decisions as the fold takes them: which hold, and what they tie together or keep apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from intendance.terms import Decision


def effective(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions that hold, in (when, id) order, without the undone ones and the undos.

    An undo is itself a decision and can be undone; of two the later one wins.
    """
    if not decisions:
        return []
    ranked = sorted({each.id: each for each in decisions}.values(), key=_rank)
    undone: set[str] = set()
    for each in reversed(ranked):
        if each.kind == "undo" and each.id not in undone and each.value is not None:
            undone.add(each.value)
    present = {each.id for each in ranked}
    return [
        each
        for each in ranked
        if each.kind != "undo"
        and each.id not in undone
        and (each.undone_by is None or each.undone_by in present)
    ]


def _rank(decision: Decision) -> tuple[str, str]:
    return decision.when, decision.id


class Ties:
    """Must-links and cannot-links between statements; where two contradict, the later one holds.

    ``together(id)`` is the group of statements that merges tie; ``apart`` tells whether two groups
    must lie in different commitments; ``alone`` holds statements split off from everything;
    ``named`` every statement that a tie names.
    """

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self._parent: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._apart: dict[str, set[str]] = {}
        self.alone: set[str] = set()
        for decision in reversed(list(decisions)):
            named = list(dict.fromkeys(decision.statements))
            if decision.kind == "merge":
                for other in named[1:]:
                    self._tie(named[0], other)
            elif decision.kind == "split":
                self._split(named)
        self.named = frozenset(self._parent) | self.alone

    def __bool__(self) -> bool:
        return bool(self.named)

    def head(self, statement: str) -> str:
        """The statement that stands for the group of ``statement``."""
        parent = self._parent
        while statement in parent and parent[statement] != statement:
            statement = parent[statement]
        return statement

    def together(self, statement: str) -> list[str]:
        """The statements that merges tie to this one, itself included, sorted."""
        return self._members.get(self.head(statement), [statement])

    def apart(self, one: str, other: str) -> bool:
        """Whether the groups of the two must not lie in one commitment."""
        return self.head(other) in self._apart.get(self.head(one), ())

    def _enter(self, statement: str) -> str:
        if statement not in self._parent:
            self._parent[statement] = statement
            self._members[statement] = [statement]
            self._apart[statement] = set()
        return self.head(statement)

    def _tie(self, one: str, other: str) -> None:
        first, second = sorted((self._enter(one), self._enter(other)))
        barred = first in self._apart[second] or self.alone.intersection(
            self._members[first] + self._members[second]
        )
        if first == second or barred:
            return
        self._parent[second] = first
        self._members[first] = sorted(self._members[first] + self._members.pop(second))
        for head in self._apart.pop(second):
            self._apart[head].discard(second)
            self._apart[head].add(first)
            self._apart[first].add(head)

    def _split(self, named: list[str]) -> None:
        if len(named) == 1:
            # A later merge that names it outranks the split.
            if len(self.together(named[0])) == 1:
                self.alone.add(named[0])
            return
        for one, other in combinations(named, 2):
            first, second = self._enter(one), self._enter(other)
            if first != second:
                self._apart[first].add(second)
                self._apart[second].add(first)
