"""Equipment that the catalogue does not know: still an item, by the words that the text uses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intendance.reading._grammar.claims import Scene
from intendance.reading._grammar.clauses import Subject, clause_start
from intendance.reading._grammar.groups import ActorGroup, ItemGroup
from intendance.reading._grammar.predicates import Predicate
from intendance.reading._tokens import Token
from intendance.terms import UNSPECIFIED

_HANDED: Final = frozenset({"deliver", "equip", "order", "receive"})
_LONGEST: Final = 6


def unknown_items(
    scene: Scene,
    predicate: Predicate,
    subject: Subject,
    parties: tuple[ActorGroup | None, ActorGroup | None],
    end: int,
    listed: bool = False,
) -> list[ItemGroup]:
    """The noun group that is handed over where no word of it is in the catalogue.

    Only between parties that are named, and where the words look like equipment: a designation,
    or a number of something in a sentence that also names equipment. With ``listed`` it is the
    first of a list whose other members are known.
    """
    giver, taker = parties
    if predicate.event not in _HANDED or predicate.voice not in ("active", "passive"):
        return []
    if giver is None or not giver.ids or giver.outlet:
        return []
    if predicate.event in ("deliver", "equip") and (taker is None or not taker.ids):
        return []
    if predicate.voice == "passive":
        start, end = clause_start(scene.analysis, predicate), predicate.first
    else:
        start = predicate.last
    if subject.item is not None:
        return []
    if listed and predicate.voice != "active":
        return []
    group = _noun_group(scene, start, end)
    if group is None or (listed and not _joined(scene, group.last, end)):
        return []
    return [group]


def _joined(scene: Scene, at: int, end: int) -> bool:
    tokens = scene.analysis.tokens
    return at < end and (tokens[at].form == "," or "coordinator" in tokens[at].words)


def _noun_group(scene: Scene, start: int, end: int) -> ItemGroup | None:
    tokens = scene.analysis.tokens
    figure = next((f for f in scene.numbers if start <= f.first <= start + 2), None)
    first = figure.last if figure is not None else start
    while first < end and "determiner" in tokens[first].words:
        first += 1
    last = first
    while last < end and last - first < _LONGEST and _goes_on(tokens, first, last):
        last += 1
    while last > first and tokens[last - 1].preposition is not None:
        last -= 1
    words = tokens[first:last]
    if not words or not words[0].word or any(_no_thing(token) for token in words):
        return None
    if any(amount.first < last and first < amount.last for amount in scene.amounts):
        return None
    counted = figure is not None and figure.interval.high != 1 and bool(scene.analysis.items)
    if not (counted or _designated(words)):
        return None
    begin = figure.first if figure is not None else first
    group = ItemGroup(begin, first, last, None, " ".join(token.form for token in words))
    group.quantity = figure.interval if figure is not None else UNSPECIFIED
    return group


def _goes_on(tokens: Sequence[Token], first: int, at: int) -> bool:
    token = tokens[at]
    if token.actor is not None or token.auxiliaries or token.cues or token.verbs:
        return False
    if token.preposition is not None:
        return token.preposition == "of" and at > first
    return (token.word or token.form == "-") and "coordinator" not in token.words


def _no_thing(token: Token) -> bool:
    """People, units of measure, acts and times are nothing that is handed over."""
    return (
        bool(token.cues) or token.noun is not None or bool(token.verbs)
        or bool(token.words - {"determiner"}) or token.entities != ()
    )  # fmt: skip


def _designated(words: Sequence[Token]) -> bool:
    """ "tourelles Trackfire": a common noun, then a name of capitals or of letters and digits."""
    if words[0].capital or len(words[0].form) < 4:
        return False
    return any(token.capital and token.word and len(token.form) > 1 for token in words[1:])
