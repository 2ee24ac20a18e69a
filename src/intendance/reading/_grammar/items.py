"""Item groups: "18 new self-propelled howitzers from A", head and modifiers as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intendance.catalogue import Catalogue
from intendance.reading._grammar.counts import attach_figure, finish_group
from intendance.reading._grammar.groups import CARRIERS, ItemGroup
from intendance.reading._grammar.numbers import Figure
from intendance.reading._grammar.served import without_served
from intendance.reading._grammar.shared_counts import drop_shared_counts
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
    groups = _without_glosses(catalogue, tokens, groups)
    groups = without_served(grammar, catalogue, tokens, groups)
    drop_shared_counts(grammar, catalogue, tokens, groups)
    for group in groups:
        finish_group(grammar, tokens, group)
    return groups


def _without_glosses(
    catalogue: Catalogue, tokens: Sequence[Token], groups: list[ItemGroup]
) -> list[ItemGroup]:
    """ "M72s (portable anti-tank weapons)": a class in brackets behind one of its kinds."""
    kept: list[ItemGroup] = []
    for group in groups:
        before = kept[-1] if kept else None
        if before is not None and 1 <= group.first - before.last <= 3:
            between = tokens[before.last : group.first]
            closes = group.last < len(tokens) and tokens[group.last].form == ")"
            opened = [each for each in between if each.form == "("]
            if closes and opened and not group.quantity.known:
                same = group.item == before.item or catalogue.is_class(group.item or "")
                plain = all(each in opened or (each.word and not each.verbs) for each in between)
                narrower = catalogue.includes(before.item or "", group.item or "")
                if plain and (same or narrower):
                    # "tanks (T-72)" are those; "M577 vehicles (carriers)" are M577s
                    before.item = group.item if narrower else before.item
                    before.last = group.last + 1
                    continue
        kept.append(group)
    return kept


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
    if len(items) < 2:
        return items[0] if items else None
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
    # "missiles for Patriot" is one name of the catalogue
    group.serves = any(grammar.listed(word, "purpose") for word in tokens[at].form.split())
    index = at + 1
    served = ""
    while index < len(tokens) and index - group.last <= 4:
        following = best_item(catalogue, tokens[index])
        if following is None and tokens[index].words & CARRIERS:
            joined = tokens[group.last : index]
            if index > group.last and _serves(grammar, catalogue, group, *joined):
                # "missiles for NASAMS launchers"
                index += 1
                continue
        if following is None:
            if grammar.listed(tokens[index].form, "munition_word") and index == group.last:
                # "12,000 Leopard 2 rounds": no Leopards
                group.item = _munition_of(catalogue, group.item or "", AMMUNITION)
                group.last = index + 1
                break
            if grammar.listed(tokens[index].form, "service_attribute"):
                index += 1
                continue
            between = _between(grammar, tokens[index]) or _whose_weapon(
                grammar, tokens, group.last, index
            )
            if not between and not _adjective_before_kind(catalogue, group, tokens, index):
                break
            index += 1
            continue
        joint = {tokens[place].form for place in range(group.last, index)}
        if served and not joint:
            # "ammunition for Leopard 2 tanks": one weapon, named twice
            group.serves = True
            group.item = _ammunition_for(catalogue, served, following.id)
            group.last = index + 1
            index += 1
            continue
        serves = _serves(grammar, catalogue, group, *tokens[group.last : index])
        served = group.item or "" if serves else ""
        merged = _merged(grammar, catalogue, group, following, joint)
        if merged is None:
            break
        group.item = merged
        group.serves = group.serves or serves
        group.weak = group.weak and following.weak and index - group.last > 2
        group.last = index + 1
        index += 1
    return group


def _serves(grammar: Grammar, catalogue: Catalogue, group: ItemGroup, *joint: Token) -> bool:
    """Whether what follows is the weapon that ammunition is for."""
    head = group.item or ""
    fired = AMMUNITION in catalogue.classes(head) or head in ("spare-parts", "missile", AMMUNITION)
    return fired and any(
        grammar.listed(each.form, "purpose") or grammar.listed(each.form, "of_the")
        for each in joint
    )


def _whose_weapon(grammar: Grammar, tokens: Sequence[Token], last: int, index: int) -> bool:
    """ "ammunition for the A-provided HIMARS": who gave the weapon stands before it."""
    if not any(grammar.listed(token.form, "purpose") for token in tokens[last:index]):
        return False
    pair = tokens[index : index + 2] if tokens[index].actor else tokens[index - 1 : index + 1]
    return len(pair) > 1 and pair[0].actor is not None and any(
        sense.tense == "pp" for sense in pair[1].verbs
    )  # fmt: skip


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
    return (
        grammar.listed(token.form, "name_link")
        or grammar.is_word(token.form, "descriptive")
        or grammar.listed(token.form, "more_behind")
    )


def _merged(
    grammar: Grammar, catalogue: Catalogue, group: ItemGroup, following: Entity, joint: set[str]
) -> str | None:
    """What head and following item make together, or None where they are two things."""
    head = group.item or ""
    purpose = any(grammar.listed(form, "purpose") for form in joint)
    of_the = any(grammar.listed(form, "of_the") for form in joint)
    of_bare = any(grammar.listed(form, "of_bare") for form in joint)
    close = all(form == "-" or grammar.listed(form, "service_attribute") for form in joint)
    if close and "head_last" in grammar.lists and _is_munition(catalogue, following.id):
        # "tank ammunition", "howitzer shells": the last noun is what is counted
        return _munition_of(catalogue, head, following.id)
    if AMMUNITION in catalogue.classes(head) or head in ("spare-parts", "missile"):
        if purpose or of_the or of_bare:
            return _ammunition_for(catalogue, head, following.id)
    if "(" in joint and catalogue.is_class(following.id) and catalogue.includes(following.id, head):
        # "M72s (light anti-tank weapons)": one thing, named twice
        return head
    typed = any(form == "type" or grammar.listed(form, "type_word") for form in joint)
    if (purpose or of_the or "(" in joint) and not typed:
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


def _is_munition(catalogue: Catalogue, item: str) -> bool:
    return AMMUNITION in catalogue.classes(item) or item in ("spare-parts", "missile", "rocket")


def _munition_of(catalogue: Catalogue, weapon: str, munition: str) -> str:
    """What "WEAPON ammunition" is: the weapon's own kind of it where the name says so."""
    if catalogue.includes(munition, weapon) or catalogue.specialises(weapon, munition):
        return weapon
    if munition == "spare-parts":
        return munition
    return _ammunition_for(catalogue, munition, weapon)


def _ammunition_for(catalogue: Catalogue, head: str, weapon: str) -> str:
    """ "munitions for tanks" is tank ammunition where the catalogue has it, never tanks."""
    if head == "spare-parts":
        return head
    if catalogue.includes(AMMUNITION, weapon) or catalogue.includes("missile", weapon):
        return weapon
    if catalogue.is_kind(own := f"{weapon}-missile"):
        return own
    takes = getattr(catalogue.entry(weapon), "takes", ())
    for each in catalogue.classes(weapon):
        narrower = f"{each}-ammunition"
        if catalogue.is_class(narrower) or catalogue.is_kind(narrower):
            fits = not takes or any(catalogue.includes(narrower, other) for other in takes)
            return narrower if fits else head
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
