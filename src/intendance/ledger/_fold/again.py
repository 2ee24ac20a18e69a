"""A block folded again after a few statements came: only what these can have changed is built."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Generator, Sequence
from hashlib import blake2b

import msgspec

from intendance.ledger._fold.block import Kinds, kinds_of
from intendance.ledger._fold.cluster import Outline, Outlines, cluster_again
from intendance.ledger._fold.commitment import anchor_of
from intendance.ledger._fold.evidence import FoldCatalogue, Folded
from intendance.ledger._fold.fold import fold_outline
from intendance.ledger._fold.packed import Placing, same_sketch
from intendance.ledger._fold.rows import Row
from intendance.ledger._fold.sketch import Sketch, sketch_of
from intendance.terms import canonical


class Again(msgspec.Struct):
    """What folding a block again gives.

    ``folded`` is all that had to be built, from ``rows``; ``gone`` are the commitments in whose
    place it comes, ``was`` those that its statements were in, by their numbers; ``added`` the
    sketches of new statements, ``sketches`` all, ``placing`` where these are placed now.
    """

    folded: Folded
    rows: list[Row]
    gone: set[str]
    was: dict[int, str]
    added: list[Sketch]
    sketches: list[Sketch]
    placing: Placing


Asking = Generator[set[str], list[Row], Again | None]
"""Asks for commitments by their names, is sent the rows of these, and gives what it makes."""


def fold_again(
    held: list[Sketch], placing: Placing, came: Sequence[Row], catalogue: FoldCatalogue
) -> Asking:
    """Fold a block again, given its sketches as they were placed and the rows that came.

    ``came`` are rows of statements that are new, or of which only the witness changed. None where
    more than that has changed, or a statement is held twice: then the block is to be folded from
    its statements.
    """
    added = _added(held, came)
    if added is None:
        return None
    sketches = sorted(held + added, key=_rank)
    for at, each in enumerate(sketches):
        each.at = at
    for each in added:
        near = sketches[max(0, each.at - 1) : each.at + 2]
        if sum(other.rank == each.rank for other in near) > 1:
            return None
    return (yield from _Block(sketches, placing, came, kinds_of(catalogue)).again(added))


def _added(held: Sequence[Sketch], came: Sequence[Row]) -> list[Sketch] | None:
    """The sketches of new statements; None where that of a known one has changed."""
    numbers = {row.number for row in came}
    known = {each.number: each for each in held if each.number in numbers}
    added = []
    for row in came:
        mine, old = sketch_of(row), known.get(row.number)
        if old is None:
            added.append(mine)
        elif not same_sketch(old, mine):
            return None
    return added


class _Block:
    """One block on its way; ``was`` is where each sketch was placed, 0 for what has come."""

    def __init__(
        self,
        sketches: list[Sketch],
        placing: Placing,
        came: Sequence[Row],
        kinds: Kinds,
    ) -> None:
        self.sketches = sketches
        self.placing = placing
        self.kinds = kinds
        self.came = {row.number: row for row in came}
        self.held = dict(self.came)
        self.rows: dict[int, Row] = {}
        self.loaded: set[str] = set()
        self.homes = [each.home for each in sketches]
        self.was = [0 if each.number in self.came else each.home for each in sketches]

    def again(self, added: list[Sketch]) -> Asking:
        """Fold it, given the sketches that are new."""
        groups = cluster_again(self.sketches, self.came.keys(), self.kinds)
        outlines = [each for _, found in groups for each in found]
        rows = [row for each in outlines for row in each.rows]
        before = Counter([self.homes[row.at] for row in rows])
        changed = [each for each in outlines if not self._same(each, before)]
        yield from self._fetch(changed)
        for each in changed:
            each.name = "c" + anchor_of([self.rows[row.at] for row in each.rows], self.kinds).id[1:]
        more = [each for each in outlines if self._otherwise(each)]
        yield from self._fetch(more)
        folded = Folded([], [], {})
        built = [*changed, *more]
        for each in built:
            fold_outline(each, self.rows, self.kinds, folded)
        names, touched = self.placing.names, {self.homes[row.at] for row in rows} - {0}
        kept = {each.name for each in outlines if each.was} - {each.name for each in more}
        was = {row.number: self.homes[row.at] for each in built for row in each.rows}
        return Again(
            folded,
            [self.rows[row.at] for each in built for row in each.rows],
            {names[key] for key in touched} - kept,
            {number: names[key] for number, key in was.items() if key},
            added,
            self.sketches,
            placing_of(self.sketches, groups, _without(self.placing, touched)),
        )

    def _same(self, each: Outline, before: Counter[int]) -> bool:
        """Whether an outline has the very rows that it had; then it keeps its name."""
        keys = {self.was[row.at] for row in each.rows}
        key = keys.pop()
        if keys or not key or before[key] != len(each.rows):
            return False
        each.name, each.was = self.placing.names[key], key
        return True

    def _otherwise(self, each: Outline) -> bool:
        """Whether an outline of the same rows is made from anything else that is not the same."""
        each.state = state_of(each)
        if not each.was:
            return False
        if any(row.number in self.came for check in each.checks for row in check.addends):
            # Its witness counts on a side of the conflict.
            return True
        return each.state != self.placing.states.get(each.was, b"")

    def _fetch(self, outlines: Sequence[Outline]) -> Generator[set[str], list[Row], None]:
        """Get the rows of the outlines, and those that their checks speak of."""
        wanted = [row for each in outlines for row in each.rows]
        wanted += [row for each in outlines for check in each.checks for row in check.addends]
        names = self.placing.names
        keys = {self.homes[each.at] for each in wanted if each.number not in self.held}
        missing = {names[key] for key in keys} - self.loaded
        if missing:
            self.loaded |= missing
            for row in (yield missing):
                self.held.setdefault(row.number, row)
        for each in wanted:
            row = self.rows[each.at] = self.held[each.number]
            row.at = each.at


def placing_of(
    sketches: Sequence[Sketch], groups: Outlines, kept: Placing | None = None
) -> Placing:
    """Where the sketches of a block are placed: what is ``kept``, and named outlines."""
    known = Placing(b"", {}, {}) if kept is None else kept
    names, states = known.names, known.states
    free = min(names, default=0)
    for _, outlines in groups:
        for each in outlines:
            key = each.key
            if key <= 0:
                # Of no deal: any number below zero that no other outline of the block has.
                free = key = min(free, 0) - 1
            for row in each.rows:
                row.home = key
            names[key] = each.name
            state = state_of(each) if each.state is None else each.state
            if state:
                states[key] = state
    homes = array("q", [each.home for each in sketches])
    return Placing(bytes(homes), names, states)


def _without(placing: Placing, keys: set[int]) -> Placing:
    names = {key: name for key, name in placing.names.items() if key not in keys}
    states = {key: state for key, state in placing.states.items() if key not in keys}
    return Placing(b"", names, states)


def state_of(outline: Outline) -> bytes:
    """A hash of what a commitment is made from beside its rows; empty where there is nothing."""
    if not (outline.could_be or outline.checks or outline.idle):
        return b""
    could_be = sorted({each.name for each in outline.could_be})
    checks = [
        (
            each.stage,
            [row.number for row in each.totals],
            each.sum,
            [row.number for row in each.addends],
        )
        for each in outline.checks
    ]
    idle = [row.number for row in outline.idle]
    return blake2b(canonical((could_be, checks, idle)), digest_size=8).digest()


def _rank(each: Sketch) -> bytes:
    return each.rank
