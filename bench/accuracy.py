"""Development score of the reader on the annotated seeds: `python bench/accuracy.py [--errors]`.

Compares statements with claims one to one by overlap of their spans and prints recall and
precision with counts and 95 % intervals (Wilson). A statement that overlaps a claim of any tier
with the same act counts as no false alarm. The reader was written with these five texts in view:
this is a development score, not a measure of unseen text.
"""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from _shares import wilson

from intendance.reading import Reader
from intendance.terms import Statement

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("INTENDANCE_SHARED", HERE.parent.parent / "shared"))


class Pair(NamedTuple):
    """A claim and the statement matched to it."""

    claim: dict[str, Any]
    statement: Statement


class Mapping(NamedTuple):
    """The annotation's words as acts, actors and items."""

    act: dict[str, list[str]]
    actor: dict[str, list[str]]
    item: dict[str, list[str]]


def load_mapping() -> Mapping:
    """The reviewed mapping file."""
    data = tomllib.loads((HERE / "gold_mapping.toml").read_text(encoding="utf-8"))
    return Mapping(data["act"], data["actor"], data["item"])


def agreement(reader: Reader, mapping: Mapping, claim: dict[str, Any], said: Statement) -> set[str]:
    """Which fields of a statement agree with a claim."""
    found: set[str] = set()
    if said.act in mapping.act[claim["action"]]:
        found.add("act")
    actors = set(mapping.actor.get(claim["actor"], [claim["actor"]]))
    if actors & set(said.actors):
        found.add("actor")
    wanted = mapping.item.get(claim["item"], [])
    item = said.item
    if (item or "") in wanted:
        found |= {"item", "exact item"}
    elif item is not None and any(
        reader.catalogue.specialises(each, item) or reader.catalogue.includes(item, each)
        for each in wanted
    ):
        found.add("item")
    if _same_quantity(claim, said) and _same_money(claim, said):
        found.add("quantity")
    if _recipient(claim) & set(said.recipients) or (not _recipient(claim) and not said.recipients):
        found.add("recipient")
    return found


def _recipient(claim: dict[str, Any]) -> set[str]:
    name = claim["recipient"]
    if not name:
        return set()
    return {"UKR"} if name == "UKR" else {name, "nato", "nato-allies", "allies"}


def _same_quantity(claim: dict[str, Any], said: Statement) -> bool:
    wanted = claim["quantity"]
    if wanted is None or (isinstance(wanted, float) and wanted < 1):
        return said.quantity.low is None or (said.quantity.low == 1 and said.quantity.high == 1)
    return said.quantity.low == wanted or (claim["action"] == "pledge" and wanted == 1)


def _same_money(claim: dict[str, Any], said: Statement) -> bool:
    wanted = claim["money"]
    if wanted is None:
        return said.money is None
    return said.money is not None and (
        said.money.low == wanted["amount"] and said.money.currency == wanted["currency"]
    )


def overlap(claim: dict[str, Any], said: Statement) -> int:
    """Characters that both cover."""
    return min(claim["char_end"], said.end) - max(claim["char_start"], said.start)


def match(
    reader: Reader, mapping: Mapping, claims: list[dict[str, Any]], said: list[Statement]
) -> tuple[list[tuple[Pair, set[str]]], list[Statement]]:
    """One to one pairs by best agreement, then overlap; and the statements left over."""
    scored = sorted(
        (
            (len(agreement(reader, mapping, claim, each)), overlap(claim, each), -i, -j)
            for i, claim in enumerate(claims)
            for j, each in enumerate(said)
            if overlap(claim, each) > 0
        ),
        reverse=True,
    )
    used_claims: set[int] = set()
    used: set[int] = set()
    pairs: list[tuple[Pair, set[str]]] = []
    for _, _, negative_i, negative_j in scored:
        i, j = -negative_i, -negative_j
        if i in used_claims or j in used:
            continue
        used_claims.add(i)
        used.add(j)
        pair = Pair(claims[i], said[j])
        pairs.append((pair, agreement(reader, mapping, *pair)))
    return pairs, [each for j, each in enumerate(said) if j not in used]


LEVELS = (
    ("item and act", {"item", "act"}),
    ("actor and item", {"actor", "item"}),
    ("actor, act, item", {"actor", "act", "item"}),
    ("and quantity", {"actor", "act", "item", "quantity"}),
    ("and recipient", {"actor", "act", "item", "quantity", "recipient"}),
)


class Score:
    """Counts over all seeds."""

    def __init__(self) -> None:
        self.hits: Counter[str] = Counter()
        self.tiers: Counter[str] = Counter()
        self.said = self.live = self.live_right = self.exact = self.core = 0

    def add(
        self,
        claims: list[dict[str, Any]],
        pairs: list[tuple[Pair, set[str]]],
        left: list[Statement],
    ) -> None:
        """Counts one seed's pairs, and the statements that match no claim."""
        core = [claim for claim in claims if claim["core"] and claim["action"] != "assess"]
        self.core += len(core)
        self.said += len(pairs) + len(left)
        self.tiers.update(claim["tier"] for claim in claims)
        self.live += sum(each.live for each in left)
        for pair, fields in pairs:
            for name, wanted in LEVELS:
                if wanted <= fields:
                    self.hits[f"{name} said"] += 1
                    self.hits[name] += pair.claim in core
                    self.hits[f"tier {pair.claim['tier']}"] += name == "and quantity"
            self.exact += {"exact item", "act", "actor"} <= fields
            self.live += pair.statement.live
            right = {"actor", "act", "item", "quantity"} <= fields
            self.live_right += pair.statement.live and right

    def show(self) -> None:
        """Prints the counts with their intervals."""
        print("\n".join(self.told()))

    def told(self) -> list[str]:
        """The counts with their intervals, line by line."""
        lines = [
            f"{name:18} recall {wilson(self.hits[name], self.core):30} "
            f"precision {wilson(self.hits[f'{name} said'], self.said)}"
            for name, _ in LEVELS
        ]
        lines += [
            f"tier {tier}: recall {wilson(self.hits[f'tier {tier}'], self.tiers[tier])}"
            for tier in sorted(self.tiers)
        ]
        lines.append(f"live statements: precision {wilson(self.live_right, self.live)}")
        lines.append(f"of the right ones, the item exact (not an ancestor): {self.exact}")
        return lines


def main() -> int:
    """Prints the score; exit status 0, or 2 where the seeds are absent."""
    gold_file = SHARED / "data" / "gold_seeds.jsonl"
    if not gold_file.exists():
        print(f"the annotated seeds are not at {gold_file}", file=sys.stderr)
        return 2
    reader, mapping, score = Reader(), load_mapping(), Score()
    gold = [json.loads(line) for line in gold_file.read_text(encoding="utf-8").splitlines()]
    for seed in sorted({claim["seed"] for claim in gold}):
        text = (SHARED / "seeds" / seed).read_bytes().decode("utf-8")
        claims = [claim for claim in gold if claim["seed"] == seed]
        said = list(reader.read_text(text, address=seed).statements)
        pairs, left = match(reader, mapping, claims, said)
        score.add(claims, pairs, left)
        if "--errors" in sys.argv:
            for pair, fields in pairs:
                show(pair, fields)
            report_left(claims, pairs, left)
    score.show()
    return 0


def show(pair: Pair, fields: set[str]) -> None:
    """One line for a pair that disagrees."""
    wrong = {"act", "actor", "item", "quantity", "recipient"} - fields
    if wrong:
        claim, said = pair
        print(f"~ {claim['id']} {claim['tier']} wrong {sorted(wrong)}: "
              f"{claim['actor']}/{claim['action']}/{claim['item']}/{claim['quantity']} "
              f"!= {said.actors}/{said.act}/{said.item}/{said.quantity.low} {said.recipients} "
              f"{'LIVE' if said.live else ''}")  # fmt: skip


def report_left(
    claims: list[dict[str, Any]], pairs: list[tuple[Pair, set[str]]], left: list[Statement]
) -> None:
    """Claims missed and statements too many."""
    found = [pair.claim["id"] for pair, _ in pairs]
    for claim in claims:
        if claim["id"] not in found and claim["core"]:
            print(f"- {claim['id']} {claim['tier']} {claim['actor']}/{claim['action']}/"
                  f"{claim['item']} {claim['quote'][:100]!r}")  # fmt: skip
    for said in left:
        print(f"+ {said.start} {said.actors}/{said.act}/{said.item} {'LIVE' if said.live else ''} "
              f"{said.quote[:100]!r}")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
