"""Decisions as the fold takes them: which hold, and what they tie together or keep apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, combinations, product

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


def groups_of(decision: Decision) -> list[list[str]]:
    """The statements of a split by what is to stay together.

    The value says how many each group has (``3+1``), in the order of the statements; without one,
    or where a statement was redacted since, each stands by itself.
    """
    named = list(dict.fromkeys(decision.statements))
    sizes = [int(each) for each in (decision.value or "").split("+") if each.isdecimal()]
    if sum(sizes) != len(named):
        return [[each] for each in named]
    ends = list(accumulate(sizes))
    return [named[end - size : end] for end, size in zip(ends, sizes, strict=True)]


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
                self._split(groups_of(decision))
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

    def _split(self, groups: list[list[str]]) -> None:
        if len(groups) == 1 and len(groups[0]) == 1:
            # A later merge that names it outranks the split.
            (alone,) = groups[0]
            if len(self.together(alone)) == 1:
                self.alone.add(alone)
            return
        for group in groups:
            for other in group[1:]:
                self._tie(group[0], other)
        for ours, theirs in combinations(groups, 2):
            for one, other in product(ours, theirs):
                first, second = self._enter(one), self._enter(other)
                if first != second:
                    self._apart[first].add(second)
                    self._apart[second].add(first)
