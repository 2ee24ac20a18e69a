"""The closed vocabularies of the ledger: acts, certainties, stages (design, section 2)."""

from __future__ import annotations

from typing import Final, Literal, get_args

Act = Literal[
    "request", "need", "consider", "promise", "plan", "refuse", "allocate", "frame", "order",
    "produce", "expand", "deliver", "receive", "train", "finance", "reimburse", "backfill",
    "deploy", "hold", "deplete", "repair", "cannibalise", "announce", "agree", "assess",
]  # fmt: skip
"""What a statement says was done or is to be done."""

Certainty = Literal[
    "done", "under way", "announced", "planned", "conditional", "hearsay", "denied", "alleged"
]
"""How far the act has come, by the words of the report."""

Polarity = Literal["positive", "negative"]

Stage = Literal[
    "requested", "considered", "promised", "allocated", "contracted", "produced", "delivered",
    "refused", "withdrawn",
]  # fmt: skip
"""Where a commitment stands."""

Basis = Literal["increment", "cumulative", "total", "part"]
"""What a quantity counts: so many more, so many so far, so many in all, or a part of those."""

ItemFrom = Literal["said", "inferred", "anaphora"]
Origin = Literal["stock", "production"]
LinkKind = Literal["part_of", "backfills", "replaces", "condition_of"]
ConflictKind = Literal["quantity", "time", "money", "item", "actor", "occurrence"]
DecisionKind = Literal["merge", "split", "prefer", "retract", "correct", "grade", "undo"]
ReportKind = Literal["article", "page", "markdown", "entry", "table", "dataset"]

DateFrom = Literal["text", "metadata", "option", "decision", "unknown"]

ACTS: Final[tuple[Act, ...]] = get_args(Act)
CERTAINTIES: Final[tuple[Certainty, ...]] = get_args(Certainty)
STAGES: Final[tuple[Stage, ...]] = get_args(Stage)
CONFLICT_KINDS: Final[tuple[ConflictKind, ...]] = get_args(ConflictKind)
DECISION_KINDS: Final[tuple[DecisionKind, ...]] = get_args(DecisionKind)
ROWS: Final[tuple[ReportKind, ...]] = ("table", "dataset")
"""Kinds of reports whose text is rows: never compared as copies (rule 4)."""
