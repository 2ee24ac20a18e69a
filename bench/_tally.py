"""Counts how statements and claims agree, passage by passage.

Pairs are one to one by overlap of spans, best agreement first. Recall counts pairs; precision
counts a statement as right if any claim that it overlaps agrees, so that a repeat is not false.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from _judge import Judge, overlap
from _passages import Claim, Passage
from _traps import revived, taken

from intendance.terms import Interval, Money, Statement

LEVELS = (
    ("act+actor+item", frozenset(("act", "actor", "item"))),
    ("+quantity", frozenset(("act", "actor", "item", "quantity", "money"))),
    ("+recipient", frozenset(("act", "actor", "item", "quantity", "money", "recipient"))),
)
RIGHT = frozenset(("act", "actor", "item", "quantity", "recipient"))
FIELDS = ("act", "certainty", "actor", "item", "quantity", "money", "recipient", "speaker")
WEIGHT = {"act": 3, "actor": 3, "item": 3, "quantity": 2, "money": 1, "recipient": 1}

Grid = dict[tuple[int, int], frozenset[str]]
"""The fields that agree, by the numbers of claim and statement; only where they overlap."""


class Found(NamedTuple):
    """A passage, what was read in it and how that agrees."""

    passage: Passage
    said: Sequence[Statement]
    grid: Grid

    def pairs(self) -> dict[int, int]:
        """The number of the statement that goes with a claim, one to one."""
        order = sorted(
            self.grid,
            key=lambda at: (
                -sum(WEIGHT.get(field, 0) for field in self.grid[at]),
                -overlap(self.passage.claims[at[0]], self.said[at[1]]),
                at,
            ),
        )
        pairs: dict[int, int] = {}
        used: set[int] = set()
        for claim, said in order:
            if claim not in pairs and said not in used:
                pairs[claim] = said
                used.add(said)
        return pairs


class Tally:
    """The counts: ``n`` by name, ``acts`` by act, ``errors`` by passage."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.n: Counter[str] = Counter()
        self.acts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.errors: defaultdict[str, list[str]] = defaultdict(list)

    def add(self, passage: Passage, said: Sequence[Statement]) -> None:
        """Count a passage with the statements read in it."""
        self.n["passages"] += 1
        grid = {
            (i, j): self.judge.agreement(claim, each)
            for i, claim in enumerate(passage.claims)
            for j, each in enumerate(said)
            if overlap(claim, each) > 0
        }
        found = Found(passage, said, grid)
        pairs = found.pairs()
        for i, claim in enumerate(passage.claims):
            self._claim(claim)
            if i in pairs:
                self._pair(passage, claim, said[pairs[i]], grid[i, pairs[i]])
            elif claim.tier == "A":
                self._note(passage, "tier A claim missed")
        claims = {j: i for i, j in pairs.items()}
        for j, each in enumerate(said):
            agreed = [fields for at, fields in grid.items() if at[1] == j]
            own = grid[claims[j], j] if j in claims else None
            self._statement(passage, each, agreed, own)
        self._traps(found)

    def merge(self, other: Tally) -> None:
        """Add another tally's counts."""
        self.n.update(other.n)
        for act, counts in other.acts.items():
            self.acts[act].update(counts)

    def _note(self, passage: Passage, kind: str) -> None:
        self.n[kind] += 1
        self.errors[passage.id].append(kind)

    def _claim(self, claim: Claim) -> None:
        self.n["claims"] += 1
        self.n[f"claims {claim.tier}"] += 1
        self.n["claims explicit"] += claim.explicit
        self.acts[claim.act]["claims"] += 1

    def _pair(
        self, passage: Passage, claim: Claim, said: Statement, fields: frozenset[str]
    ) -> None:
        n = self.n
        n["paired"] += 1
        self.acts[claim.act]["paired"] += 1
        self._fields(passage, claim, fields)
        for name, wanted in LEVELS:
            if wanted <= fields:
                n[f"recall {name}"] += 1
                n[f"recall {name} {claim.tier}"] += 1
                n[f"recall {name} live"] += said.live
        if LEVELS[0][1] <= fields:
            self.acts[claim.act]["right"] += 1
            n["right item exact"] += "exact item" in fields
            n["right item ancestor"] += "exact item" not in fields
        if said.live and fields >= RIGHT:
            n[f"live recall {claim.tier}"] += 1
            n["live recall explicit"] += claim.explicit
        if "quantity" not in fields and _known(said.quantity):
            self._note(passage, f"wrong quantity, {_standing(said)}")
        if "money" not in fields and said.money is not None:
            self._note(passage, f"wrong money, {_standing(said)}")

    def _fields(self, passage: Passage, claim: Claim, fields: frozenset[str]) -> None:
        """Count each field by itself; money and speaker only where the claim has them."""
        unsaid = {"money": claim.money is None, "speaker": not claim.speaker}
        for name in FIELDS:
            if unsaid.get(name):
                if name not in fields:
                    self._note(passage, f"{name} where none is said")
                continue
            self.n[f"of {name}"] += 1
            self.n[f"right {name}"] += name in fields
            if name not in fields:
                self.errors[passage.id].append(f"{name} wrong")

    def _statement(
        self,
        passage: Passage,
        said: Statement,
        agreed: list[frozenset[str]],
        own: frozenset[str] | None,
    ) -> None:
        """Count a statement: the fields of each claim that it overlaps, and of its pair."""
        n = self.n
        n["said"] += 1
        n["said live"] += said.live
        self.acts[said.act]["said"] += 1
        n["said, of an overlapping claim"] += bool(agreed)
        for name, wanted in LEVELS:
            hit = any(wanted <= fields for fields in agreed)
            n[f"precision {name}"] += hit
            n[f"precision {name} live"] += hit and said.live
        if said.live:
            self._live(passage, said, agreed, own)
        if not passage.claims:
            self._note(passage, f"no-claim passage, {_standing(said)}")

    def _live(
        self,
        passage: Passage,
        said: Statement,
        agreed: list[frozenset[str]],
        own: frozenset[str] | None,
    ) -> None:
        if any(fields >= RIGHT for fields in agreed):
            self.n["live right"] += 1
            self.n["live duplicate of a claim found otherwise"] += own is None
        elif agreed:
            best = own or max(agreed, key=len)
            self._note(passage, "live false: " + ",".join(sorted(RIGHT - best)))
        else:
            self._note(passage, "live false: no claim there")
            if _known(said.quantity):
                self._note(passage, "quantity in a live statement without claim")
            if said.money is not None:
                self._note(passage, "money in a live statement without claim")

    def _traps(self, found: Found) -> None:
        passage, said, grid = found
        beside = [
            [(passage.claims[i], fields) for (i, k), fields in grid.items() if k == j]
            for j in range(len(said))
        ]
        for fact in passage.dead:
            self.n["dead"] += 1
            hits = {
                revived(self.judge, fact, each, judged)
                for each, judged in zip(said, beside, strict=True)
            }
            if "grave" in hits:
                self._note(passage, "DEAD FACT LIVE")
            elif "conditional" in hits:
                self._note(passage, "dead fact live, marked conditional or hearsay")
        for figure in passage.not_quantities:
            self.n["not_quantities"] += 1
            kinds = {
                kind
                for each, judged in zip(said, beside, strict=True)
                for kind in taken(figure, each, [claim for claim, _ in judged])
            }
            for kind in sorted(kinds):
                self._note(passage, f"not-quantity became {kind} ({figure.why})")
                self.n[f"NOT-QUANTITY {kind}"] += 1


def _known(quantity: Interval | Money) -> bool:
    return quantity.low is not None or quantity.high is not None


def _standing(said: Statement) -> str:
    return "live" if said.live else "candidate"
