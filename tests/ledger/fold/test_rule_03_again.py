"""Rule 3: a block folded again after some statements came is the fold of all of them.

What is tested is that building only what a new statement can change (docs/storage.md, "Folding
again") misses nothing: small blocks whose dates, figures and packages collide all the time,
compared with the whole fold after every batch.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intendance.ledger._fold import (
    Evidence,
    Placing,
    fold_again,
    fold_block,
    fold_rows,
    pack_rows,
    pack_sketches,
    placing_of,
    rows_in_order,
    sketch_of,
    stamp,
    unpack_rows,
    unpack_sketches,
)
from intendance.ledger._fold.linker import Linker
from intendance.terms import UNKNOWN_TIME, TimeSpan, at_least, between, exactly, span_of

_ITEMS = ("leopard-2a6", "leopard-2a4", "leopard-2", "leopard-2a6m")
_FIGURES = (None, None, exactly(1), exactly(4), exactly(5), exactly(9), exactly(10), between(3, 6),
            at_least(4), exactly(10, approx=True), exactly(100, approx=True))  # fmt: skip


class Block:
    """One block as a ledger keeps it, in memory."""

    def __init__(self, catalogue) -> None:
        self.catalogue = catalogue
        self.commitments: dict = {}
        self.conflicts: dict = {}
        self.home: dict[str, str] = {}
        self.sketches: list[bytes] = []
        self.gists: dict[str, bytes] = {}
        self.placing = Placing(b"", {}, {})
        self.numbers: dict[str, int] = {}
        self.anew = 0

    def rows(self, evidence):
        found = rows_in_order(evidence, self.catalogue)
        for row in found:
            row.number = self.numbers.setdefault(row.id, len(self.numbers) + 1)
            at = row.at
            stamp(row)
            row.at = at
        return found

    def start(self, evidence) -> None:
        rows = self.rows(evidence)
        sketches = [sketch_of(row) for row in rows]
        self.sketches = [pack_sketches(sketches)]
        folded, groups = fold_rows(rows, (), self.catalogue, sketches)
        self.placing = placing_of(sketches, groups)
        self._swap(folded, rows, set())

    def add(self, evidence, every) -> None:
        held = unpack_sketches(self.sketches)
        assert self.placing.spread(held)
        asking = fold_again(held, self.placing, self.rows(evidence), self.catalogue)
        rows = None
        try:
            names = next(asking)
            while True:
                rows = [row for name in names for row in unpack_rows(self.gists[name])]
                names = asking.send(rows)
        except StopIteration as end:
            again = end.value
        if again is None:
            self.commitments, self.conflicts, self.home, self.gists = {}, {}, {}, {}
            self.anew += 1
            self.start(every)
            return
        for number, name in again.was.items():
            (said,) = [id_ for id_, known in self.numbers.items() if known == number]
            assert self.home[said] == name
        self.placing = again.placing
        if again.added:
            self.sketches.append(pack_sketches(again.added))
        self._swap(again.folded, again.rows, again.gone)

    def _swap(self, folded, rows, gone) -> None:
        for name in gone:
            del self.commitments[name]
            del self.gists[name]
        gone_conflicts = [id_ for id_, one in self.conflicts.items() if one.commitment in gone]
        for id_ in gone_conflicts:
            del self.conflicts[id_]
        for each in folded.commitments:
            assert each.id not in self.commitments
            self.commitments[each.id] = each
        self.conflicts |= {each.id: each for each in folded.conflicts}
        made: dict = {}
        for row in rows:
            made.setdefault(folded.assigned[row.id], []).append(row)
        self.gists |= {name: pack_rows(found) for name, found in made.items()}
        self.home |= folded.assigned


def say(kit, chance: random.Random, days: int, items) -> Evidence:
    """Something about few deals that are alike: dates, figures and packages collide."""
    act = chance.choice(("promise",) * 5 + ("deliver", "deliver", "allocate", "produce"))
    fields = {
        "basis": chance.choice((None,) * 5 + ("increment", "increment", "total", "cumulative")),
        "package": chance.choice((None,) * 4 + ("spring", "summer", "autumn")),
        "live": chance.random() > 0.1,
        "item": chance.choice(items),
        "certainty": chance.choice(("done", "announced", "announced", "denied")),
    }
    figure = chance.choice(_FIGURES)
    if chance.random() < 0.1:
        fields["part_of"] = exactly(chance.choice((4, 10)))
    day = date(2023, 1, 1) + timedelta(days=chance.randrange(days))
    if chance.random() < 0.15:
        fields["time"] = span_of((day - timedelta(days=chance.randrange(60))).isoformat())
    published = span_of(day.isoformat()) if chance.random() > 0.1 else UNKNOWN_TIME
    if chance.random() < 0.1:
        published = span_of(day.isoformat()[:7])
    if chance.random() < 0.05:
        published = TimeSpan(day.isoformat(), None, "since")
    said = kit.say(act, figure, **fields)
    return Evidence(said, published, f"{chance.randrange(10**9):09}", f"w{chance.randrange(9)}")


def agrees(block: Block, evidence, kit) -> None:
    whole = fold_block(evidence, (), kit.catalogue)
    assert [block.commitments[id_] for id_ in sorted(block.commitments)] == whole.commitments
    assert [block.conflicts[id_] for id_ in sorted(block.conflicts)] == whole.conflicts
    assert {id_: block.home[id_] for id_ in whole.assigned} == whole.assigned


def grow(kit, seed: int, steps: int = 6) -> Block:
    """A block that grows by batches, compared with the fold of all after each."""
    chance = random.Random(seed)
    items = chance.choice((_ITEMS[:1], _ITEMS[:1], _ITEMS[:2], _ITEMS))
    days = chance.choice((40, 200, 900))
    held = [say(kit, chance, days, items) for _ in range(chance.choice((4, 15, 40, 80)))]
    block = Block(kit.catalogue)
    block.start(held)
    for _ in range(steps):
        batch = [say(kit, chance, days, items) for _ in range(chance.choice((1, 1, 2, 5)))]
        if chance.random() < 0.3:
            known = chance.choice(held)
            held.remove(known)
            batch.append(Evidence(known.statement, known.published, known.report_hash, "other"))
        held += batch
        block.add(batch, held)
        agrees(block, held, kit)
    return block


@given(seed=st.integers(0, 10**9))
@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_rule_03_a_block_that_grows_is_the_fold_of_all(kit, seed):
    """Rule 3: whatever came before, however it collides, in whatever batches."""
    grow(kit, seed)


def test_rule_03_groups_that_nothing_came_to_are_not_linked_again(kit, monkeypatch):
    """Rule 3: of two kinds side by side only that of the new statement is linked again."""
    said = {item: kit.say("promise", 4, item=item) for item in ("leopard-2a4", "leopard-2a6")}
    held = [kit.on("2023-01-10", each) for each in said.values()]
    block = Block(kit.catalogue)
    block.start(held)
    compared = set()
    real = Linker.of_promise

    def spied(self, row):
        compared.add(row.item)
        return real(self, row)

    monkeypatch.setattr(Linker, "of_promise", spied)
    new = kit.on("2023-01-16", kit.say("promise", 4, item="leopard-2a6"))
    block.add([new], [*held, new])
    assert compared == {"leopard-2a6"}
    monkeypatch.undo()
    agrees(block, [*held, new], kit)


def test_rule_03_what_changes_otherwise_is_folded_from_its_statements(kit):
    """Rule 3: another date of a known statement is more than can be followed."""
    held = [kit.on(f"2023-0{each}-11", kit.say("promise", 10 * each)) for each in range(1, 8)]
    block = Block(kit.catalogue)
    block.start(held)
    moved = kit.on("2022-02-02", held[3].statement)
    moved = Evidence(moved.statement, moved.published, held[3].report_hash, held[3].witness)
    every = [*held[:3], moved, *held[4:]]
    block.add([moved], every)
    assert block.anew == 1
    agrees(block, every, kit)
