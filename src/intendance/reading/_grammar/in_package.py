"""What stands in a package, told from its side: "shells and radars are also in the package"."""

from __future__ import annotations

from intendance.reading._discourse.memory import Frame, Memory
from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.lists import free_items, listed
from intendance.reading._grammar.objects import with_coordinated
from intendance.reading._grammar.predicates import FINITE
from intendance.reading._tokens import Token

_BETWEEN = 5
"""Tokens between the verb and "in"."""


def in_package(scene: Scene, memory: Memory) -> list[Claim]:
    """Claims of what is said to be in the package that was told of before, by its frame."""
    analysis = scene.analysis
    grammar, tokens = analysis.grammar, analysis.tokens
    if "package_of" not in grammar.lists:
        return []
    place = next(
        (at for at, token in enumerate(tokens) if "package" in token.cues and at > 2), None
    )
    frame = _frame(memory) if place is not None else None
    if place is None or frame is None:
        return []
    link = place - 1
    while link > 0 and place - link <= 3 and not grammar.listed(tokens[link].form, "package_of"):
        link -= 1
    if not grammar.listed(tokens[link].form, "package_of"):
        return []
    verb = _being(tokens, link)
    if verb is None:
        return []
    before = [each for each in analysis.items if each.last <= verb and verb - each.last <= 1]
    items = free_items(scene, with_coordinated(analysis, before[-1:]))
    return listed(scene, frame, items) if items else []


def _frame(memory: Memory) -> Frame | None:
    return memory.current_frame() or memory.announced_package()


def _being(tokens: list[Token], link: int) -> int | None:
    """Where "are" stands in "are (also included) in", with no negation by it."""
    for at in range(link - 1, max(-1, link - 1 - _BETWEEN), -1):
        token = tokens[at]
        if token.cues & {"negation", "ne"} or token.form in (",", ";", ":"):
            return None
        if any(name == "be" and tense in FINITE for name, tense in token.auxiliaries):
            around = tokens[at - 1 : at] + tokens[at + 1 : link]
            return None if any(each.cues & {"negation", "ne"} for each in around) else at
    return None
