"""Item groups: "18 new CAESAR self-propelled howitzers from France", head and modifiers as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intendance.catalogue import Catalogue
from intendance.reading._grammar.groups import ItemGroup
from intendance.reading._grammar.numbers import Figure
from intendance.reading._language import Grammar
from intendance.reading._tokens import Entity, Token
from intendance.terms import Interval, exactly

_CALIBRES: Final = frozenset({100, 105, 120, 122, 125, 130, 152, 155, 203, 227})
_GUNLIKE: Final = frozenset(
    {"artillery", "howitzer", "ammunition", "artillery-ammunition", "mortar"}
)
_AMMUNITION: Final = "ammunition"
_OF: Final = frozenset({"des", "of", "der", "von"})
_REACH: Final = 5
"""How many tokens may stand between a figure and the item that it counts."""


def find_items(
    grammar: Grammar, catalogue: Catalogue, tokens: Sequence[Token], numbers: Sequence[Figure]
) -> list[ItemGroup]:
    """The item groups of a sentence, in order, with their figures."""
    groups: list[ItemGroup] = []
    at = 0
    while at < len(tokens):
        entity = _best(catalogue, tokens[at])
        if entity is None or _mount(tokens, at):
            at += 1
            continue
        group = _group(grammar, catalogue, tokens, at, entity)
        groups.append(group)
        at = group.last
    for figure in numbers:
        _attach(grammar, catalogue, tokens, groups, figure)
    for group in groups:
        _finish(grammar, tokens, group)
    return groups


def names_stock(token: Token) -> bool:
    """ "stocks", "arsenals", "ammunition stockpiles"."""
    return "stock_noun" in token.cues or any(e.id == "military-stocks" for e in token.entities)


def _mount(tokens: Sequence[Token], at: int) -> bool:
    """ "guns mounted on trucks" are guns."""
    return any("mounted" in token.cues for token in tokens[max(0, at - 3) : at])


def _best(catalogue: Catalogue, token: Token) -> Entity | None:
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
        following = _best(catalogue, tokens[index])
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
    following = _best(catalogue, tokens[index + 1]) if index + 1 < len(tokens) else None
    return (
        following is not None
        and catalogue.is_kind(following.id)
        and catalogue.includes(group.item or "", following.id)
    )


def _between(grammar: Grammar, token: Token) -> bool:
    form = token.form
    return (
        form
        in ('"', "(", ")", "type", "modèle", "model", "typs", "vom", "de", "d'", "du", "des", "of")
        or form in ("pour", "for", "für", "les", "le", "la", "l'", "the", "dit", "dits", "appelés")
        or grammar.is_word(form, "descriptive")
    )


def _merged(
    grammar: Grammar, catalogue: Catalogue, group: ItemGroup, following: Entity, joint: set[str]
) -> str | None:
    """What head and following item make together, or None where they are two things."""
    head = group.item or ""
    if _AMMUNITION in catalogue.classes(head) or head in ("spare-parts", "missile"):
        if joint & {"pour", "du", "des", "de", "d'", "for", "für", "of"}:
            return _ammunition_for(catalogue, head, following.id)
    if joint & {"pour", "for", "für", "(", "du", "des"} and "type" not in joint:
        return head if joint & {"pour", "for", "für"} and not catalogue.is_class(head) else None
    if catalogue.is_class(head):
        if catalogue.is_kind(following.id):
            return following.id
        if catalogue.includes(head, following.id):
            return following.id
        if joint & {"de", "d'", "du", "des", "of"} and catalogue.is_class(following.id):
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
    if catalogue.includes(_AMMUNITION, weapon) or catalogue.includes("missile", weapon):
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


def _attach(
    grammar: Grammar,
    catalogue: Catalogue,
    tokens: Sequence[Token],
    groups: list[ItemGroup],
    figure: Figure,
) -> None:
    """Gives the figure to the item group that it counts, if one follows closely."""
    index = figure.last
    while index < len(tokens) and index - figure.last < _REACH:
        group = next((each for each in groups if each.first == index), None)
        if group is not None:
            _count(grammar, catalogue, tokens, group, figure)
            return
        if tokens[index].form in grammar.fractions:
            _share(groups, index)
            return
        if not _may_stand_between(grammar, tokens[index]):
            return
        index += 1


def _share(groups: list[ItemGroup], at: int) -> None:
    """ "a third of the guns": no number of guns is said."""
    for group in groups:
        if 0 <= group.first - at <= 3:
            group.share = True


def _may_stand_between(grammar: Grammar, token: Token) -> bool:
    if "false_unit" in token.cues or not token.word or token.number:
        return False
    if token.form in grammar.numbers or token.auxiliaries or "coordinator" in token.words:
        return False
    if token.form in ("de", "d'", "du", "des", "of", "the", "l'", "la", "le", "von", "der"):
        return True
    if token.preposition is not None or token.entities:
        return token.entities != () and token.actor is not None and token.preposition is None
    return not any(sense.tense in ("pres", "imp", "fut", "cond", "inf") for sense in token.verbs)


def _count(
    grammar: Grammar,
    catalogue: Catalogue,
    tokens: Sequence[Token],
    group: ItemGroup,
    figure: Figure,
) -> None:
    if group.quantity.known or group.garbled:
        return
    words = tokens[figure.first : figure.last]
    single = len(words) == 1 and words[0].form in ("un", "une", "a", "an", "one", "ein", "eine",
                                                   "einen", "einem", "einer")  # fmt: skip
    named = any(_unit_word(grammar, token) for token in tokens[figure.last : group.last])
    if single and not (named or (group.item is not None and catalogue.is_kind(group.item))):
        return
    value = figure.plain
    if _is_calibre(catalogue, tokens, group, figure):
        group.garbled = True
        group.calibre = int(figure.plain or 0)
        group.first = figure.first
        return
    if any(words_between.form in grammar.fractions for words_between in words):
        group.share = True
        return
    group.quantity = figure.interval
    unit = next((_unit_word(grammar, tokens[i]) for i in range(figure.last, group.head + 1)
                 if _unit_word(grammar, tokens[i])), None)  # fmt: skip
    group.unit = unit or group.unit
    group.first = figure.first
    many = _how_many_of(grammar, tokens, figure.first)
    if many is not None:
        group.part_of, group.basis = figure.interval, "part"
        group.quantity = exactly(many[0], tokens[many[1]].form)
        group.first = many[1]


def _how_many_of(grammar: Grammar, tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """ "the first of", "the second of", "three of (the)" right before ``at``: number and place."""
    before = at - 1
    if before < 0:
        return None
    if "first_of" in tokens[before].cues:
        if before and tokens[before - 1].form in grammar.numbers:
            return grammar.numbers[tokens[before - 1].form], before - 1
        return 1, before
    if before and tokens[before].form in _OF:
        word = tokens[before - 1]
        if word.form in grammar.ordinals:
            return 1, before - 1
        if word.form in grammar.numbers:
            return grammar.numbers[word.form], before - 1
        if word.number and word.form.isdecimal() and len(word.form) <= 6:
            return int(word.form), before - 1
    return None


def _unit_word(grammar: Grammar, token: Token) -> str | None:
    for name in ("battery", "system", "set", "squadron", "launcher"):
        if name in token.words:
            return name
    return None


def _is_calibre(
    catalogue: Catalogue, tokens: Sequence[Token], group: ItemGroup, figure: Figure
) -> bool:
    """A bare 155 before guns or shells is a calibre that lost its unit, unless one is also said."""
    if figure.plain not in _CALIBRES or not tokens[figure.first].number:
        return False
    chain = {group.item or "", *catalogue.classes(group.item or "")}
    if not chain & _GUNLIKE:
        return False
    around = tokens[group.head : group.last + 4]
    return not any(token.form in ("mm", "millimètres", "millimeter") for token in around)


def _finish(grammar: Grammar, tokens: Sequence[Token], group: ItemGroup) -> None:
    """What stands around the group: more, rate, each, owner's determiner, share."""
    start, end = group.first, group.last
    inside = tokens[start : group.last]
    after = tokens[end : end + 3]
    if group.quantity.known and any("more" in token.cues for token in [*inside, *after[:1]]):
        group.basis = group.basis or "increment"
    for token in after:
        for period in ("month", "year", "week", "day"):
            if f"rate_{period}" in token.cues:
                group.per = period
    if start > 0:
        before = tokens[start - 1]
        group.possessed = any(
            "possessive_third" in each.words for each in tokens[max(0, start - 2) : start]
        )
        group.each = "each" in before.cues
        group.share = group.share or (
            start > 1
            and before.form in ("de", "d'", "du", "des", "of", "der")
            and tokens[start - 2].form in grammar.fractions
        )


def undisclosed(group: ItemGroup) -> None:
    """Marks that the report says the number is not told."""
    group.quantity = Interval(state="undisclosed")
