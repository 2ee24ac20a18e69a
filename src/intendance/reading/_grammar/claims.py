"""Claims: who does what to whom with which item, drawn from each predicate of a sentence."""

from __future__ import annotations

import msgspec

from intendance.reading._grammar.amounts import Amount
from intendance.reading._grammar.clauses import Analysis
from intendance.reading._grammar.dates import Moment
from intendance.reading._grammar.groups import ActorGroup, ItemGroup
from intendance.reading._grammar.numbers import Figure
from intendance.reading._grammar.predicates import Predicate
from intendance.terms import Act, Certainty, ItemFrom, Polarity


class Claim(msgspec.Struct):
    """A draft statement, by token indexes; discourse fills what the sentence leaves open.

    ``actor_from`` and ``recipient_from`` tell whether the words say it, an anaphor stands for it,
    or it was inferred; ``actor`` and ``recipient`` may be pronouns to be resolved.
    """

    act: Act
    certainty: Certainty
    first: int
    last: int
    rule: str
    polarity: Polarity = "positive"
    actor: ActorGroup | None = None
    actors: tuple[str, ...] = ()
    actor_from: ItemFrom = "said"
    recipients: tuple[str, ...] = ()
    recipient: ActorGroup | None = None
    recipient_from: ItemFrom = "said"
    suppliers: tuple[str, ...] = ()
    financers: tuple[str, ...] = ()
    item: ItemGroup | None = None
    item_text: str = ""
    amount: Amount | None = None
    moment: Moment | None = None
    condition: str | None = None
    predicate: Predicate | None = None
    presupposed: bool = False
    doubtful: str | None = None
    part_of_previous: bool = False
    replaces: ItemGroup | None = None
    replaced_owner: tuple[str, ...] = ()
    package: bool = False
    joint: bool = False
    split: str | None = None
    freed: bool = False


class Scene(msgspec.Struct):
    """A sentence's analysis with its figures and the claims found so far."""

    analysis: Analysis
    amounts: list[Amount]
    moments: list[Moment]
    claims: list[Claim]
    numbers: list[Figure] = []
