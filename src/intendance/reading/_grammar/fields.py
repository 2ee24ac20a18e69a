"""Clauses of a language that ends them with the verb, and where the verbs of each stand.

A sentence is cut at its marks into chunks; a chunk with a finite verb in second or first place is
a main clause, one with a conjunction or a relative pronoun and the verb last a clause below it;
one without a verb goes on with what stands before it, or is the head of what a verb begins after
an insertion ("Norwegen, das ... überlassen hat, schickt nun").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal

import msgspec

from intendance.reading._grammar.attributes import attribute_at
from intendance.reading._grammar.predicates import FINITE
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token

Kind = Literal["main", "below", "relative", "infinitive", "rest"]

_HARD: Final = frozenset({";", ":", '"', "!", "?"})
_SOFT: Final = frozenset({",", "–", "—"})


class Field(msgspec.Struct):
    """One clause: its stretches of tokens, its finite verb, and what it shares with another.

    ``opener`` is the token after which its objects stand: the finite verb of a main clause, the
    conjunction or pronoun of one below it. ``whole`` is the clause whose subject (and whose
    auxiliary, where it has no finite verb) it shares.
    """

    kind: Kind
    ranges: list[tuple[int, int]]
    opener: int
    finite: int | None = None
    whole: Field | None = None

    @property
    def start(self) -> int:
        """Index of the first token."""
        return self.ranges[0][0]

    @property
    def end(self) -> int:
        """Index after the last token."""
        return self.ranges[-1][1]

    def holds(self, index: int) -> bool:
        """Whether the token at ``index`` belongs to this clause."""
        return any(low <= index < high for low, high in self.ranges)

    def indexes(self) -> Iterator[int]:
        """The tokens of the clause, in order."""
        for low, high in self.ranges:
            yield from range(low, high)


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
        field, place = _field(grammar, tokens, chunks, place)
        if field is None:
            _hang(fields, waiting, chunk)
            continue
        if field.kind == "main":
            _take_front(tokens, fields, field, waiting)
        elif field.kind == "infinitive":
            _take_list(fields, field, waiting)
        fields.append(field)
        fields.extend(_conjuncts(grammar, tokens, field))
    _leave(fields, waiting)
    for field in fields:
        if field.kind in ("below", "relative") and field.finite is not None:
            # "während", "bis", "seit" are no prepositions here
            if "relative_article" not in tokens[field.start + 1].words or field.kind == "below":
                tokens[field.start].preposition = None
    return sorted(fields, key=lambda each: each.start)


def field_at(fields: Sequence[Field], index: int) -> Field | None:
    """The clause that the token at ``index`` belongs to."""
    return next((each for each in fields if each.holds(index)), None)


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


def _hang(fields: list[Field], waiting: list[Chunk], chunk: Chunk) -> None:
    """A chunk without a verb goes on with the clause before it, or waits for one."""
    main = next((each for each in reversed(fields) if each.kind != "rest"), None)
    if waiting or main is None or chunk.hard:
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
    if finite is not None and _infinitive_at_end(grammar, tokens, chunk):
        # "überlassen zu haben": what looks like a plural is none
        finite = finite if is_finite(grammar, tokens, finite) else None
    if finite is not None:
        return Field("main", [(first, chunk.last)], finite, finite), place + 1
    if _infinitive_at_end(grammar, tokens, chunk):
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
    if "subordinator" in token.words or grammar.listed(token.form, "also_subordinator"):
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
        finite = _final(grammar, tokens, chunk.last)
        if finite is not None and finite >= low:
            return after + 1, finite
        verb = finite_of(grammar, tokens, low, chunk.last)
        if verb is not None:
            if strict and after == place:
                return after + 1, verb
            break
    return (place + 1, None) if strict else None


def _final(grammar: Grammar, tokens: Sequence[Token], end: int) -> int | None:
    """The finite verb that ends the stretch before ``end``, or ends it before a late addition."""
    last = end - 1
    while last >= 0 and (not tokens[last].word or tokens[last].form == "."):
        last -= 1
    for at in (last, last - 1):
        # "hat liefern wollen", "dass er liefern will und kann"
        if at >= 0 and is_finite(grammar, tokens, at, weak=True):
            if at == last or tokens[last].auxiliaries or tokens[last].verbs:
                return at if at == last else (at if not is_finite(grammar, tokens, last) else last)
    for at in range(last - 1, max(last - 6, 0), -1):
        # "liefern wird an die Ukraine": an addition behind the verb
        if is_finite(grammar, tokens, at) and _non_finite(tokens[at - 1]):
            if tokens[at + 1].preposition is not None or "coordinator" in tokens[at + 1].words:
                return at
    return None


def _non_finite(token: Token) -> bool:
    return any(sense.tense in ("pp", "inf") for sense in token.verbs)


def finite_of(grammar: Grammar, tokens: Sequence[Token], first: int, last: int) -> int | None:
    """The finite verb of ``tokens[first:last]``: one of form, else one of place."""
    weak: int | None = None
    for index in range(first, last):
        if is_finite(grammar, tokens, index):
            return index
        if weak is None and index + 1 < last and is_finite(grammar, tokens, index, weak=True):
            weak = index
    if weak is None and last - first <= 4 and is_finite(grammar, tokens, last - 1, weak=True):
        weak = last - 1
    return weak


def is_finite(grammar: Grammar, tokens: Sequence[Token], at: int, weak: bool = False) -> bool:
    """Whether the word is a finite verb; ``weak`` counts plurals that look like infinitives."""
    token = tokens[at]
    if not token.word or (token.capital and at > 0 and tokens[at - 1].form != '"'):
        return False
    if grammar.listed(token.form, "finite_other"):
        return True
    before = tokens[at - 1] if at else None
    if before is not None and grammar.listed(before.form, "infinitive_mark"):
        return False
    tenses = {sense.tense for sense in token.verbs} | {tense for _, tense in token.auxiliaries}
    if not tenses & FINITE and not (weak and "inf" in tenses and _whole_form(token)):
        return False
    if (
        ("inf" in tenses or "pp" in tenses)
        and not weak
        and not grammar.listed(token.form, "finite_first")
    ):
        return False
    senses = {sense.tense: sense for sense in token.verbs}
    return attribute_at(grammar, tokens, at, senses) is None


def _whole_form(token: Token) -> bool:
    """An infinitive without "zu" inside it."""
    return any(sense.tense == "inf" and sense.lemma == token.form for sense in token.verbs) or bool(
        token.auxiliaries
    )


def _infinitive_at_end(grammar: Grammar, tokens: Sequence[Token], chunk: Chunk) -> bool:
    return any(with_mark(grammar, tokens, at) for at in range(chunk.first, chunk.last))


def with_mark(grammar: Grammar, tokens: Sequence[Token], at: int) -> bool:
    """An infinitive with "zu", before it or inside it."""
    form = tokens[at].form
    joined = any(
        s.tense == "inf" and s.lemma != form and grammar.infixed(form) for s in tokens[at].verbs
    )
    if joined:
        return True
    verbal = any(s.tense == "inf" for s in tokens[at].verbs) or any(
        tense == "inf" for _, tense in tokens[at].auxiliaries
    )
    return verbal and at > 0 and grammar.listed(tokens[at - 1].form, "infinitive_mark")


def _conjuncts(grammar: Grammar, tokens: Sequence[Token], field: Field) -> list[Field]:
    """Cuts "liefert X und bestellt Y" and "hat X geliefert und Y bestellt" in two."""
    found: list[Field] = []
    whole = field
    while (cut := _cut(grammar, tokens, whole)) is not None:
        at, finite = cut
        index = next(i for i, (low, high) in enumerate(whole.ranges) if low <= at < high)
        low, high = whole.ranges[index]
        rest = [(at + 1, high), *whole.ranges[index + 1 :]]
        whole.ranges[index:] = [(low, at)]
        opener = field.opener
        if field.kind == "main":
            opener = finite if finite is not None else at
        part = Field(field.kind, rest, opener, finite, whole=field)
        if field.kind != "main" and finite is not None and field.finite == finite:
            # "dass A X geliefert und Y bestellt hat": one auxiliary, at the end of both
            part.whole = field
        found.append(part)
        whole = part
    return found


def _cut(grammar: Grammar, tokens: Sequence[Token], field: Field) -> tuple[int, int | None] | None:
    """The conjunction at which a second verb group begins, and its finite verb."""
    inside = list(field.indexes())
    for at in inside:
        if "coordinator" not in tokens[at].words or at == inside[0]:
            continue
        before = [index for index in inside if index < at]
        after = [index for index in inside if index > at]
        if not after:
            continue
        if field.kind == "main":
            cut = _main_cut(grammar, tokens, field, before, at, after)
        else:
            cut = _below_cut(grammar, tokens, field, before, at, after)
        if cut is not None:
            return cut
    return None


def _main_cut(
    grammar: Grammar,
    tokens: Sequence[Token],
    field: Field,
    before: Sequence[int],
    at: int,
    after: Sequence[int],
) -> tuple[int, int | None] | None:
    if field.finite is not None and field.finite > at:
        return None
    second = next((i for i in after if is_finite(grammar, tokens, i)), None)
    if second is None and after and is_finite(grammar, tokens, after[0], weak=True):
        second = after[0]
    if second is not None:
        return at, second
    closed = before and _non_finite(tokens[before[-1]])
    ends = any(_non_finite(tokens[i]) for i in after)
    return (at, None) if closed and ends else None


def _below_cut(
    grammar: Grammar,
    tokens: Sequence[Token],
    field: Field,
    before: Sequence[int],
    at: int,
    after: Sequence[int],
) -> tuple[int, int | None] | None:
    if not before or not (tokens[before[-1]].verbs or tokens[before[-1]].auxiliaries):
        return None
    last = _final(grammar, tokens, after[-1] + 1)
    if last is None or last < at:
        return None
    if is_finite(grammar, tokens, before[-1], weak=True):
        if last != field.finite or not _non_finite(tokens[before[-1]]):
            field.finite = before[-1]
        return at, last
    return (at, last) if _non_finite(tokens[before[-1]]) else None
