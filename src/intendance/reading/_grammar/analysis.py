"""One sentence taken apart, and what can be a subject in it."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from intendance.reading._grammar.field import Field
from intendance.reading._grammar.groups import ActorGroup, ItemGroup
from intendance.reading._grammar.predicates import Predicate
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token


@dataclass(slots=True)
class Analysis:
    """One sentence taken apart; all parts refer to ``tokens`` by index.

    ``fields`` are its clauses where the language shows them by its verbs' places; ``whole`` is
    the sentence that this is one clause of (see ``views``); ``cues`` are those of all its words.
    """

    grammar: Grammar
    tokens: list[Token]
    items: list[ItemGroup]
    actors: list[ActorGroup]
    predicates: list[Predicate]
    fields: list[Field] = field(default_factory=list)
    whole: Analysis | None = None
    cues: frozenset[str] = frozenset()

    def items_between(self, first: int, last: int) -> list[ItemGroup]:
        """Item groups whose head lies in ``tokens[first:last]``."""
        return [each for each in self.items if first <= each.head < last]

    def actors_between(self, first: int, last: int) -> list[ActorGroup]:
        """Actor groups that begin in ``tokens[first:last]``."""
        return [each for each in self.actors if first <= each.first < last]


class Subject(msgspec.Struct):
    """What stands as subject: an actor, an item (passive, "the tanks that"), or nothing found."""

    actor: ActorGroup | None = None
    item: ItemGroup | None = None
    shared: bool = False
