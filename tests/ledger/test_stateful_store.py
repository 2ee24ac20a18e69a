"""Rule 3, whatever comes in whatever order: the store against a model of dicts and the fold."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from intendance.catalogue import Catalogue
from intendance.ledger import Ledger
from intendance.ledger._fold import Evidence, fold_all, witness_key
from intendance.terms import Commitment, Conflict, Decision, Reading, canonical
from intendance.terms import digest as digest_of

STORY = [f"word{number}" for number in range(140)]


def pool(build: Any) -> list[Reading]:
    """Readings that overlap in blocks; some are copies of one story, each with its edits."""
    found = build.some_readings(18, seed=5)
    for number in range(5):
        words = list(STORY)
        words[number * 9 + 3] = f"edit{number}"
        said = build.promise(("DEU", "FRA")[number % 2], 4, "caesar")
        day = (None, "2023-02-11", "2023-02-09", "2023-03-01", "2023-02-10")[number]
        publisher = ("Example Courier", "Paper", "Wire", None, "Daily Example")[number]
        filler = " ".join(words) + ". "
        found.append(
            build.one(
                f"Four were promised ({number}).", said, day, publisher=publisher, filler=filler
            )
        )
    return found


class Model:
    """What the ledger should hold, in plain dicts; copies are known by how the pool was made."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.readings: dict[str, Reading] = {}
        self.decisions: dict[str, Decision] = {}
        self.redacted: set[str] = set()
        self.story_redacted = False

    def component(self, reading: Reading) -> Reading:
        if not reading.text.startswith(STORY[0]):
            return reading
        mates = [each for each in self.readings.values() if each.text.startswith(STORY[0])]
        return min(mates, key=lambda each: (
            each.report.published.start or "~", each.report.published.end or "~",
            each.report.text_hash,
        ))  # fmt: skip

    def nearly_redacted(self, reading: Reading) -> bool:
        told = reading.text.startswith(STORY[0]) and self.story_redacted
        return told and reading.report.id not in self.readings

    def digest(self) -> str:
        evidence = []
        for each in self.readings.values():
            head = self.component(each).report
            for said in each.statements:
                witness = witness_key(said, head, head.id, self.catalogue)
                evidence.append(
                    Evidence(said, each.report.published, each.report.text_hash, witness)
                )
        folded = fold_all(evidence, list(self.decisions.values()), self.catalogue)
        every: list[Commitment | Conflict] = [*folded.commitments, *folded.conflicts]
        lines = {e.id: digest_of(canonical(e)) for e in every}
        return digest_of("".join(f"{id_} {lines[id_]}\n" for id_ in sorted(lines)).encode())


class Machine(RuleBasedStateMachine):
    """Adds, adds again, decides, undoes, redacts, verifies; after every step both agree."""

    build: Any
    catalogue: Catalogue
    new_address: Callable[[], str]

    @initialize()
    def start(self) -> None:
        self.address = type(self).new_address()
        self.ledger = Ledger.open(self.address, catalogue=self.catalogue)
        self.model = Model(self.catalogue)
        self.pool = pool(self.build)

    def teardown(self) -> None:
        if hasattr(self, "ledger"):
            self.ledger.close()

    @rule(
        seed=st.integers(0, 10**6),
        size=st.integers(1, 9),
        fold=st.sampled_from([True, True, False]),
    )
    def add(self, seed: int, size: int, fold: bool) -> None:
        batch = random.Random(seed).sample(self.pool, size)
        added = self.ledger.add(batch, fold=fold)
        out = {each.report.id for each in batch} & self.model.redacted
        assert set(added.redacted) == out
        near = {each.report.id for each in batch if self.model.nearly_redacted(each)} - out
        assert {report for report, _ in added.held_back} == near
        fresh = {e.report.id: e for e in batch if e.report.id not in out | near}
        assert added.reports == len(fresh.keys() - self.model.readings.keys())
        self.model.readings.update(fresh)

    @rule(seed=st.integers(0, 10**6), kind=st.sampled_from(["merge", "split", "prefer", "retract"]))
    def decide(self, seed: int, kind: Any) -> None:
        chosen = self._some_statements(seed, 2)
        if len(chosen) == 2:
            made = self.ledger.decide(kind, chosen, by="A", why="B")
            self.model.decisions[made.id] = made

    @rule(seed=st.integers(0, 10**6), value=st.sampled_from([
        '{"item":"patriot"}', '{"recipients":["POL"]}', '{"actors":["FRA"]}', '{"live":false}',
        '{"item":"leopard-2","quantity":{"low":3,"high":3,"state":"stated"}}',
    ]))  # fmt: skip
    def correct(self, seed: int, value: str) -> None:
        chosen = self._some_statements(seed, 1)
        if chosen:
            made = self.ledger.decide("correct", chosen, value, by="A", why="B")
            self.model.decisions[made.id] = made

    @rule(seed=st.integers(0, 10**6))
    def undo(self, seed: int) -> None:
        standing = [each.id for each in self.ledger.decisions() if each.undone_by is None]
        if standing:
            chosen = random.Random(seed).choice(sorted(standing))
            made = self.ledger.undo(chosen, by="A", why="B")
            self.model.decisions[made.id] = made

    @rule(seed=st.integers(0, 10**6))
    def redact(self, seed: int) -> None:
        if len(self.model.readings) > 3:
            chosen = random.Random(seed).choice(sorted(self.model.readings))
            taken = self.model.readings.pop(chosen)
            gone = {said.id for said in taken.statements}
            self.model.story_redacted |= taken.text.startswith(STORY[0])
            self.ledger.redact(chosen, by="A", ground="B")
            self.model.redacted.add(chosen)
            for id_, made in list(self.model.decisions.items()):
                if made.kind == "correct" and gone & set(made.statements):
                    del self.model.decisions[id_]

    @rule()
    def open_again(self) -> None:
        self.ledger.close()
        self.ledger = Ledger.open(self.address, catalogue=self.catalogue)

    @rule()
    def fold_everything(self) -> None:
        self.ledger.fold_everything()

    @rule(seed=st.integers(0, 10**6))
    def find_by_former_identifier(self, seed: int) -> None:
        chosen = self._some_statements(seed, 1)
        if chosen:
            found = self.ledger.resolve("c" + chosen[0][1:])
            assert found in {each.id for each in self.ledger.commitments()}
            assert self.ledger.why(chosen[0]).commitments[0].id == found

    @rule()
    def verify(self) -> None:
        found = self.ledger.verify()
        assert found.ok, found

    @invariant()
    def they_agree(self) -> None:
        if hasattr(self, "model"):
            assert self.ledger.digest() == self.model.digest()

    def _some_statements(self, seed: int, count: int) -> list[str]:
        held = sorted({s.id for each in self.model.readings.values() for s in each.statements})
        return random.Random(seed).sample(held, count) if len(held) >= count else []


def run(machine: type[Machine], examples: int, steps: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],
        ),
    )


@pytest.fixture
def machine(build, catalogue, new_address) -> type[Machine]:
    class Ours(Machine):
        pass

    Ours.build, Ours.catalogue = build, catalogue
    Ours.new_address = staticmethod(new_address)
    return Ours


def test_rule_03_whatever_happens_the_store_is_the_fold_of_its_statements(machine):
    run(machine, examples=6, steps=14)


@pytest.mark.long
def test_rule_03_whatever_happens_for_long(machine):
    run(machine, examples=150, steps=40)
