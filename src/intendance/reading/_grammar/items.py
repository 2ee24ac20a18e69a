"""Item groups: "18 new self-propelled howitzers from A", head and modifiers as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intendance.catalogue import Catalogue
from intendance.reading._grammar.counts import attach_figure, finish_group
from intendance.reading._grammar.groups import ItemGroup
from intendance.reading._grammar.numbers import Figure
from intendance.reading._language import Grammar
from intendance.reading._tokens import Entity, Token

AMMUNITION: Final = "ammunition"


def find_items(
    grammar: Grammar, catalogue: Catalogue, tokens: Sequence[Token], numbers: Sequence[Figure]
) -> list[ItemGroup]:
    """The item groups of a sentence, in order, with their figures."""
    groups: list[ItemGroup] = []
    at = 0
    while at < len(tokens):
        entity = best_item(catalogue, tokens[at]) if tokens[at].item is not None else None
        if entity is None or _mount(tokens, at):
            at += 1
            continue
        group = _group(grammar, catalogue, tokens, at, entity)
        groups.append(group)
        at = group.last
    for figure in numbers:
        attach_figure(grammar, catalogue, tokens, groups, figure)
    for group in groups:
        finish_group(grammar, tokens, group)
    return groups


def names_stock(token: Token) -> bool:
    """ "stocks", "arsenals", "ammunition stockpiles"."""
    return "stock_noun" in token.cues or any(e.id == "military-stocks" for e in token.entities)


def _mount(tokens: Sequence[Token], at: int) -> bool:
    """ "guns mounted on trucks" are guns."""
    return any("mounted" in token.cues for token in tokens[max(0, at - 3) : at])


def best_item(catalogue: Catalogue, token: Token) -> Entity | None:
    """The item that a token names: a kind before a class, the most specific first."""
    items = [
        each
        for each in token.entities
        if each.table in ("kind", "class") and each.id not in ("military-stocks", "programme")
    ]
    if not items:
        return None
    return max(
        items,
        key=lambda each: (
            each.table == "kind",
            -sum(catalogue.specialises(other.id, each.id) for other in items),
            each.id,
        ),
    )


def _group(
    grammar: Grammar, catalogue: Catalogue, tokens: Sequence[Token], at: int, entity: Entity
) -> ItemGroup:
    group = ItemGroup(at, at, at + 1, entity.id, "", weak=entity.weak)
    group.unit = _unit(catalogue, entity.id)
    index = at + 1
    while index < len(tokens) and index - group.last <= 4:
        following = best_item(catalogue, tokens[index])
        if following is None:
            if not _between(grammar, tokens[index]) and not _adjective_before_kind(
                catalogue, group, tokens, index
            ):
                break
            index += 1
            continue
        joint = {tokens[place].form for place in range(group.last, index)}
        merged = _merged(grammar, catalogue, group, following, joint)
        if merged is None:
            break
        group.item = merged
        group.weak = group.weak and following.weak and index - group.last > 2
        group.last = index + 1
        index += 1
    return group


def _adjective_before_kind(
    catalogue: Catalogue, group: ItemGroup, tokens: Sequence[Token], index: int
) -> bool:
    """ "portable systems Stinger": one word that is nothing else, then a kind of that class."""
    token = tokens[index]
    if not token.word or token.verbs or token.preposition or token.cues or token.words:
        return False
    following = best_item(catalogue, tokens[index + 1]) if index + 1 < len(tokens) else None
    return (
        following is not None
        and catalogue.is_kind(following.id)
        and catalogue.includes(group.item or "", following.id)
    )


def _between(grammar: Grammar, token: Token) -> bool:
    return grammar.listed(token.form, "name_link") or grammar.is_word(token.form, "descriptive")


def _merged(
    grammar: Grammar, catalogue: Catalogue, group: ItemGroup, following: Entity, joint: set[str]
) -> str | None:
    """What head and following item make together, or None where they are two things."""
    head = group.item or ""
    purpose = any(grammar.listed(form, "purpose") for form in joint)
    of_the = any(grammar.listed(form, "of_the") for form in joint)
    of_bare = any(grammar.listed(form, "of_bare") for form in joint)
    if AMMUNITION in catalogue.classes(head) or head in ("spare-parts", "missile"):
        if purpose or of_the or of_bare:
            return _ammunition_for(catalogue, head, following.id)
    if (purpose or of_the or "(" in joint) and "type" not in joint:
        return head if purpose and not catalogue.is_class(head) else None
    if catalogue.is_class(head):
        if catalogue.is_kind(following.id):
            return following.id
        if catalogue.includes(head, following.id):
            return following.id
        if (of_bare or of_the) and catalogue.is_class(following.id):
            # "recovery vehicles for tanks": the head is what is counted
            return head
        return head if catalogue.includes(following.id, head) and not joint else None
    if catalogue.specialises(following.id, head):
        return following.id
    if catalogue.specialises(head, following.id) or catalogue.is_class(following.id):
        return head if not joint or joint <= {'"', "("} else None
    return None


def _ammunition_for(catalogue: Catalogue, head: str, weapon: str) -> str:
    """ "munitions for tanks" is tank ammunition where the catalogue has it, never tanks."""
    if catalogue.includes(AMMUNITION, weapon) or catalogue.includes("missile", weapon):
        return weapon
    for each in catalogue.classes(weapon):
        narrower = f"{each}-ammunition"
        if catalogue.is_class(narrower) or catalogue.is_kind(narrower):
            return narrower
    return head


def _unit(catalogue: Catalogue, item: str) -> str | None:
    entry = catalogue.entry(item)
    unit = getattr(entry, "unit", None)
    if unit:
        return str(unit)
    for each in catalogue.classes(item):
        unit = getattr(catalogue.entry(each), "unit", None)
        if unit:
            return str(unit)
    return None
