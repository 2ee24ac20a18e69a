"""Clauses of a language that ends them with the verb, and where the verbs of each stand.

A sentence is cut at its marks into chunks; a chunk with a finite verb in second or first place is
a main clause, one with a conjunction or a relative pronoun and the verb last a clause below it;
one without a verb goes on with what stands before it, or is the head of what a verb begins after
an insertion ("Norwegen, das ... überlassen hat, schickt nun").
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from intendance.reading._grammar.attributes import attribute_at
from intendance.reading._grammar.conjuncts import conjuncts
from intendance.reading._grammar.field import Field, Kind, field_at
from intendance.reading._grammar.finite import (
    final_verb,
    finite_of,
    infinitive_within,
    is_finite,
    non_finite,
)
from intendance.reading._language import Grammar, Sense
from intendance.reading._tokens import Token

__all__ = ["Field", "field_at", "read_fields"]

_HARD: Final = frozenset({";", ":", '"', "!", "?"})
_SOFT: Final = frozenset({",", "–", "—"})


class Chunk(msgspec.Struct):
    """Tokens between two marks; ``hard`` where what stood before is over."""

    first: int
    last: int
    hard: bool


def read_fields(grammar: Grammar, tokens: Sequence[Token]) -> list[Field]:
    """The clauses of a sentence, in order of their first token; they don't overlap."""
    chunks = _chunks(grammar, tokens)
    fields: list[Field] = []
    waiting: list[Chunk] = []
    place = 0
    while place < len(chunks):
        chunk = chunks[place]
        if chunk.hard:
            _leave(fields, waiting)
        if _ends_bracket(grammar, tokens, fields, chunk):
            field, place = None, place + 1
        else:
            field, place = _field(grammar, tokens, chunks, place)
        if field is None:
            _hang(tokens, fields, waiting, chunk)
            continue
        if field.kind == "main":
            _take_front(tokens, fields, field, waiting)
        elif field.kind == "infinitive":
            _take_list(fields, field, waiting)
        fields.append(field)
        fields.extend(conjuncts(grammar, tokens, field))
    _leave(fields, waiting)
    for field in fields:
        if field.kind in ("below", "relative") and field.finite is not None:
            # "während", "bis", "seit" are no prepositions here
            if "relative_article" not in tokens[field.start + 1].words or field.kind == "below":
                tokens[field.start].preposition = None
    return sorted(fields, key=lambda each: each.start)


def _ends_bracket(
    grammar: Grammar, tokens: Sequence[Token], fields: Sequence[Field], chunk: Chunk
) -> bool:
    """ "hat 12 X, drei Y und Z übergeben": the participle at the end is of the clause before."""
    main = fields[-1] if fields else None
    if chunk.hard or main is None or main.kind != "main" or main.finite is None:
        return False
    if not tokens[main.finite].auxiliaries or main.whole is not None:
        return False
    verbs = [at for at in main.indexes() if at > main.finite and non_finite(tokens[at])]
    if any(attribute_at(grammar, tokens, at, _senses(tokens[at])) is None for at in verbs):
        return False
    opener = tokens[chunk.first]
    if opener.words & {"subordinator", "relative_subject", "relative_article", "pronoun_third"}:
        return False
    last = chunk.last - 1
    while last > chunk.first and not tokens[last].word:
        last -= 1
    end = chunk.last
    if last - 1 > chunk.first and grammar.listed(tokens[last].form, "closing_cluster"):
        # "sollen X, Y und Z geliefert werden"
        end, last = last, last - 1
    strict = any(is_finite(grammar, tokens, at) for at in range(chunk.first, end))
    marked = infinitive_within(grammar, tokens, chunk.first, chunk.last)
    return not (strict or marked) and last > chunk.first and non_finite(tokens[last])


def _senses(token: Token) -> dict[str, Sense]:
    return {sense.tense: sense for sense in token.verbs}


def _chunks(grammar: Grammar, tokens: Sequence[Token]) -> list[Chunk]:
    chunks: list[Chunk] = []
    first, hard = 0, True
    for index, token in enumerate(tokens):
        mark = token.form in _HARD or token.form in _SOFT
        opens = grammar.listed(token.form, "strict_subordinator") and index > first
        if not (mark or opens):
            continue
        if index > first:
            chunks.append(Chunk(first, index, hard))
            hard = False
        hard = hard or token.form in _HARD
        first = index + 1 if mark else index
    if first < len(tokens):
        chunks.append(Chunk(first, len(tokens), hard))
    return chunks


def _leave(fields: list[Field], waiting: list[Chunk]) -> None:
    """What waited for a verb that never came is a clause without one."""
    fields.extend(Field("rest", [(each.first, each.last)], each.first - 1) for each in waiting)
    waiting.clear()


def _hang(tokens: Sequence[Token], fields: list[Field], waiting: list[Chunk], chunk: Chunk) -> None:
    """A chunk without a verb goes on with the clause before it, or waits for one."""
    main = next((each for each in reversed(fields) if each.kind != "rest"), None)
    if waiting or main is None or (chunk.hard and not _listed_behind(tokens, main, chunk)):
        waiting.append(chunk)
        return
    if main.kind != "main":
        above = next(
            (e for e in reversed(fields) if e.kind == "main" and e.start < main.start), None
        )
        if above is None:
            waiting.append(chunk)
            return
        main = above
    main.ranges.append((chunk.first, chunk.last))


def _listed_behind(tokens: Sequence[Token], main: Field, chunk: Chunk) -> bool:
    """ "Bereits geliefert wurden: 20 Haubitzen": what a colon opens right behind the clause."""
    colon = chunk.first - 1
    return tokens[colon].form == ":" and main.kind == "main" and main.ranges[-1][1] == colon


def _take_front(
    tokens: Sequence[Token], fields: list[Field], field: Field, waiting: list[Chunk]
) -> None:
    """The chunks that waited are the head of the clause whose verb comes first after them."""
    if field.finite == field.start and waiting:
        field.ranges[:0] = [(each.first, each.last) for each in waiting]
        waiting.clear()
        return
    if waiting and _enumerates(tokens, waiting, field):
        field.ranges[:0] = [(each.first, each.last) for each in waiting]
        waiting.clear()
    _leave(fields, waiting)


def _enumerates(tokens: Sequence[Token], waiting: Sequence[Chunk], field: Field) -> bool:
    """ "Polen, Tschechien und Norwegen liefern": the chunks before are of the same list."""
    front = tokens[field.start : field.finite]
    joined = any("coordinator" in token.words for token in front)
    return joined or any(tokens[each.first].preposition for each in waiting)


def _take_list(fields: list[Field], field: Field, waiting: list[Chunk]) -> None:
    """ "plant, 18 Panzer, 20 Haubitzen und Munition zu liefern": the list goes to its verb."""
    if waiting:
        field.ranges[:0] = [(each.first, each.last) for each in waiting]
        waiting.clear()
        return
    before = fields[-1] if fields else None
    while before is not None and len(before.ranges) > 1 and before.finite is not None:
        low, high = before.ranges[-1]
        if high >= field.start or low <= before.finite or low < fields[-1].start:
            break
        before.ranges.pop()
        field.ranges.insert(0, (low, high))
    field.opener = field.start - 1 if field.start else 0


def _field(
    grammar: Grammar, tokens: Sequence[Token], chunks: Sequence[Chunk], place: int
) -> tuple[Field | None, int]:
    """The clause that begins with this chunk, and the chunk after it."""
    chunk = chunks[place]
    first = _after_joint(tokens, chunk)
    opening = _opening(grammar, tokens, first, chunk)
    if opening is not None:
        kind, opener = opening
        end = _closing(grammar, tokens, chunks, place, opener)
        if end is not None:
            after, finite = end
            ranges = [(chunks[each].first, chunks[each].last) for each in range(place, after)]
            return Field(kind, ranges, opener, finite), after
    finite = finite_of(grammar, tokens, first, chunk.last)
    if finite is not None and infinitive_within(grammar, tokens, chunk.first, chunk.last):
        # "überlassen zu haben": what looks like a plural is none
        finite = finite if is_finite(grammar, tokens, finite) else None
    if finite is not None:
        return Field("main", [(first, chunk.last)], finite, finite), place + 1
    if infinitive_within(grammar, tokens, chunk.first, chunk.last):
        ranges = [(first, chunk.last)]
        return Field("infinitive", ranges, max(first - 1, 0)), place + 1
    return None, place + 1


def _after_joint(tokens: Sequence[Token], chunk: Chunk) -> int:
    """ ", und bildet": a conjunction at the head of a chunk is not of the clause."""
    first = chunk.first
    if "coordinator" in tokens[first].words and first + 1 < chunk.last:
        return first + 1
    return first


def _opening(
    grammar: Grammar, tokens: Sequence[Token], first: int, chunk: Chunk
) -> tuple[Kind, int] | None:
    token = tokens[first]
    if "subordinator" in token.words:
        return "below", first
    if grammar.listed(token.form, "also_subordinator") and not _verb_second(
        grammar, tokens, first, chunk.last
    ):
        return "below", first
    if first == 0 or chunk.hard:
        return None
    at = first + 1 if token.preposition is not None else first
    if at + 1 >= chunk.last:
        return None
    pronoun = tokens[at]
    if pronoun.words & {"relative_subject", "relative_object", "relative_other"}:
        return "relative", first
    if "relative_article" in pronoun.words and not _takes_article(grammar, tokens[at + 1]):
        return "relative", first
    return None


def _verb_second(grammar: Grammar, tokens: Sequence[Token], first: int, last: int) -> bool:
    """ "Bis Ende März werden 40 Panzer eintreffen": a time, then the verb, and more behind it."""
    finite = next((at for at in range(first + 1, last) if is_finite(grammar, tokens, at)), None)
    if finite is None:
        return False
    return any(
        tokens[at].word and not tokens[at].verbs and not tokens[at].auxiliaries
        for at in range(finite + 1, last)
    )


def _takes_article(grammar: Grammar, token: Token) -> bool:
    """Whether the word before is this one's article, and no relative pronoun."""
    if token.actor is not None and token.actor.table != "nation":
        return True
    if token.capital and not token.entities and not token.number:
        return True
    return grammar.listed(token.form, "with_article") or "institution" in token.words


def _closing(
    grammar: Grammar, tokens: Sequence[Token], chunks: Sequence[Chunk], place: int, opener: int
) -> tuple[int, int | None] | None:
    """Where a clause with its verb last ends: (chunk after it, its finite verb)."""
    strict = grammar.listed(tokens[opener].form, "strict_subordinator")
    for after in range(place, min(place + 6, len(chunks))):
        chunk = chunks[after]
        if after > place and chunk.hard:
            break
        low = opener + 1 if after == place else chunk.first
        finite = final_verb(grammar, tokens, chunk.last)
        if finite is not None and finite >= low:
            return after + 1, finite
        verb = finite_of(grammar, tokens, low, chunk.last)
        if verb is not None:
            if strict and after == place:
                return after + 1, verb
            break
    return (place + 1, None) if strict else None
