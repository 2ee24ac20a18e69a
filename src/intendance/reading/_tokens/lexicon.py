"""The lexicon pass: one automaton over all names of the catalogue and the phrases of a language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import daachorse

from intendance.catalogue import Catalogue, Form
from intendance.reading._language import Grammar
from intendance.reading._text import one_script
from intendance.reading._tokens.compounds import act_heads, compound_start, item_tails
from intendance.reading._tokens.declined import DeclinedForm, declined_forms
from intendance.reading._tokens.hyphens import joined_names, links_of, shared_ends

_GAP: Final = re.compile(r" ?\n[ >]*| {2,}")
"""What a wrapped line leaves between two words of one name."""
_INNER_HYPHEN: Final = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
ITEM_TABLES: Final = frozenset({"kind", "class"})
ACTOR_TABLES: Final = frozenset({"nation", "organisation", "collective", "maker", "official"})


class Entity(NamedTuple):
    """What a form stands for: catalogue table, identifier, and as what (name, adjective).

    ``cases`` are the grammatical cases of the form, where the language marks them.
    """

    table: str
    id: str
    feature: str
    weak: bool
    capital: bool
    cases: str = ""


class Hit(NamedTuple):
    """A match of the lexicon pass; without entities it is a phrase of the grammar."""

    start: int
    end: int
    entities: tuple[Entity, ...]


class Lexicon:
    """The automaton of one language."""

    def __init__(self, grammar: Grammar, catalogue: Catalogue) -> None:
        table: dict[str, list[Entity]] = {}
        for form in catalogue.forms():
            if _fits(form, grammar.code):
                text = one_script(form.text).lower()
                entity = Entity(
                    form.table, form.id, form.feature, form.weak, form.text[:1].isupper()
                )
                entries = table.setdefault(text, [])
                if entity not in entries:
                    entries.append(entity)
        for declined in declined_forms(grammar, catalogue):
            _add_declined(table, declined)
        if "hyphen_loose" in grammar.lists:
            _add_unhyphenated(table)
        for ending in grammar.lists.get("plural_ending", ()):
            _add_plurals(table, ending)
        _add_marks(table)
        for phrase in grammar.phrases:
            table.setdefault(phrase, [])
        self._patterns = sorted(table)
        self._entities = [tuple(table[text]) for text in self._patterns]
        # What is left of each where the text has no capital; None where then nothing is named.
        self._small = [_uncapitalised(entities) for entities in self._entities]
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(self._patterns)

        self._heads = act_heads(grammar)
        self._tails = item_tails(grammar, self._patterns)
        self._not_items = tuple(grammar.lists.get("no_item_start", ()))
        self._purposes = [f" {each} " for each in grammar.lists.get("purpose", ())]
        self._links = links_of(frozenset(grammar.lists.get("shared_end_link", ())))
        self._items = {
            text: index
            for index, text in enumerate(self._patterns)
            if self._links is not None and any(_is_item(each) for each in self._entities[index])
        }

    def hits(self, text: str, low: str) -> list[Hit]:
        """Leftmost-longest matches at word boundaries, capital names only where capitalised."""
        found: list[Hit] = []
        narrow, places = _narrow(low)
        for first, last, index in self._automaton.find_overlapping(narrow):
            start, end = (first, last) if places is None else (places[first], places[last - 1] + 1)
            if not _at_boundary(low, start, end):
                if index in self._tails:
                    begin = compound_start(text, low, start, end, self._not_items)
                    if begin is not None:
                        found.append(Hit(begin, end, self._entities[index]))
                        continue
                linked = self._in_compound(low, start, end, index)
                if linked is None:
                    continue
                end = linked
            entities = self._entities[index] if text[start].isupper() else self._small[index]
            if entities and _ends_small(text, start, end):
                entities = tuple(each for each in entities if each.table != "official") or None
            if entities is not None:
                found.append(Hit(start, end, entities))
        if self._links is not None and "-" in low:
            names = [*joined_names(low, self._items.__contains__)]
            names += shared_ends(low, self._links, self._items.__contains__)
            found.extend(Hit(a, b, self._entities[self._items[name]]) for a, b, name in names)
        return _leftmost_longest(found, low, self._purposes)

    def _in_compound(self, low: str, start: int, end: int, index: int) -> int | None:
        """Where equipment ends that a compound names with an act ("Munitionslieferung")."""
        if not _begins(low, start) or not any(_is_item(each) for each in self._entities[index]):
            return None
        linked = self._heads.match(low, end)
        return linked.end() if linked is not None else None


def _ends_small(text: str, start: int, end: int) -> bool:
    """ "Le maire" opens a sentence: no name of somebody called Le Maire."""
    last = text.rfind(" ", start, end) + 1
    return last > start and text[start].isupper() and text[last].islower()


def _add_declined(table: dict[str, list[Entity]], form: DeclinedForm) -> None:
    """Adds a declined form, or its cases to the entity that has the form already."""
    entity = Entity(
        form.table, form.id, form.feature, form.weak, form.text[:1].isupper(), form.cases
    )
    entries = table.setdefault(one_script(form.text).lower(), [])
    for place, known in enumerate(entries):
        if known[:3] == entity[:3] and known.capital == entity.capital:
            entries[place] = known._replace(cases=known.cases or entity.cases)
            return
    entries.append(entity)


def _add_unhyphenated(table: dict[str, list[Entity]]) -> None:
    """ "surface to air missile" beside "surface-to-air missile"."""
    for text, entities in list(table.items()):
        loose = _INNER_HYPHEN.sub(" ", text)
        if (
            loose != text
            and loose not in table
            and all(each.table == "kind" or each.table == "class" for each in entities)
        ):
            table[loose] = entities


def _add_plurals(table: dict[str, list[Entity]], ending: str) -> None:
    """ "Marders", "Leopard 2s": the plural of a kind's capitalised name, where it is no other's."""
    for text, entities in list(table.items()):
        kinds = [each for each in entities if each.table == "kind" and each.capital]
        last = text[-1:]
        if not kinds or not last.isalnum() or last in ending or f"{text}{ending}" in table:
            continue
        table[f"{text}{ending}"] = kinds


_MARK: Final = re.compile(r"([a-z]+) (\d+)([a-z]\d*)")
"""The name of a kind with number and version ("leopard 2a4")."""


def _add_marks(table: dict[str, list[Entity]]) -> None:
    """ "Leopard-2-A4", "Leopard 2-A4", "Leopard 2 A4" beside "Leopard 2A4"."""
    for text, entities in list(table.items()):
        parts = _MARK.fullmatch(text)
        if parts is None or not any(each.table == "kind" for each in entities):
            continue
        name, number, version = parts.groups()
        for first in (" ", "-"):
            for second in (" ", "-"):
                table.setdefault(f"{name}{first}{number}{second}{version}", entities)
        table.setdefault(f"{name}-{number}{version}", entities)


def _narrow(low: str) -> tuple[str, list[int] | None]:
    """The text with single spaces, and where each of its characters stood; None where it did.

    A list that is wrapped and indented breaks names of several words apart.
    """
    if "\n" not in low and "  " not in low:
        return low, None
    spans = [gap.span() for gap in _GAP.finditer(low)] if "  " in low else _line_ends(low)
    gaps = [(start, end) for start, end in spans if _in_name(low, start, end)]
    if not gaps:
        return low, None
    parts: list[str] = []
    places: list[int] = []
    last = 0
    for start, end in gaps:
        parts += (low[last:start], " ")
        places += range(last, start + 1)
        last = end
    parts.append(low[last:])
    places += range(last, len(low))
    return "".join(parts), places


def _line_ends(low: str) -> list[tuple[int, int]]:
    """The gaps of a text without two spaces in a row: looked for without a pattern, as faster."""
    found: list[tuple[int, int]] = []
    end = 0
    at = low.find("\n")
    while at >= 0:
        start = at - 1 if at > end and low[at - 1] == " " else at
        end = at + 1
        while end < len(low) and low[end] in " >":
            end += 1
        found.append((start, end))
        at = low.find("\n", end)
    return found


def _in_name(low: str, start: int, end: int) -> bool:
    """Whether words stand right before and right after a gap."""
    return start > 0 and end < len(low) and low[start - 1].isalnum() and low[end].isalnum()


def _uncapitalised(entities: tuple[Entity, ...]) -> tuple[Entity, ...] | None:
    small = tuple(each for each in entities if not each.capital)
    return small if small or not entities else None


def _fits(form: Form, language: str) -> bool:
    if form.language in (language, "*"):
        return True
    # Proper designations travel between languages; ordinary words do not.
    return form.language == "en" and (
        form.table in ("kind", "maker", "outlet", "official")
        and (form.text[:1].isupper() or form.text[:1].isdigit())
    )


def _is_item(entity: Entity) -> bool:
    return entity.table in ITEM_TABLES


def _begins(low: str, start: int) -> bool:
    return not (start > 0 and low[start - 1].isalnum())


def _at_boundary(low: str, start: int, end: int) -> bool:
    if start > 0 and low[start - 1].isalnum() and low[start].isalnum():
        return False
    return not (end < len(low) and low[end].isalnum() and low[end - 1].isalnum())


def _leftmost_longest(hits: Iterable[Hit], low: str, purposes: Sequence[str]) -> list[Hit]:
    """No two hits overlap: the leftmost first, the longer at one place.

    A name that a phrase or a shorter name would cut short goes before it ("the system" and "system
    of air defence", "the Ukraine" and "Ukraine Security Assistance Initiative"). Two names of
    equipment that run into each other are one, of the kind named last ("air defence systems
    IRIS-T" and "IRIS-T SLM"), but for what the first is for ("parts for tanks" and "tanks T-72").
    """
    chosen: list[Hit] = []
    for hit in sorted(hits, key=lambda each: (each.start, -each.end)):
        if not chosen or hit.start >= chosen[-1].end:
            chosen.append(hit)
            continue
        last = chosen[-1]
        if hit.end <= last.end or not hit.entities:
            continue
        if _equipment(hit) and _equipment(last):
            serves = any(each in low[last.start : last.end] for each in purposes)
            chosen[-1] = Hit(last.start, hit.end, last.entities if serves else hit.entities)
        elif hit.end - hit.start >= last.end - last.start + bool(last.entities):
            chosen[-1] = hit
    return chosen


def _equipment(hit: Hit) -> bool:
    return any(each.table in ITEM_TABLES for each in hit.entities)
