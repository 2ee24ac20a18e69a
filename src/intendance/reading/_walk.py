"""One text, sentence by sentence: what the whole of it remembers, and the drafts it gives."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from intendance.catalogue import Catalogue
from intendance.reading._discourse import Frame, Memory, read_speech
from intendance.reading._grammar.claims import Scene
from intendance.reading._grammar.extras import finish_scene
from intendance.reading._grammar.frames import announced_frame, frame_claims, heading_frame
from intendance.reading._grammar.sentence import analyse
from intendance.reading._grammar.states import state_claims
from intendance.reading._grammar.titles import aid_title, list_heading
from intendance.reading._grammar.transfers import transfer_claims
from intendance.reading._input import Document
from intendance.reading._language import Grammar
from intendance.reading._links import link_statements
from intendance.reading._statements import Draft, make, near_swaps, pack, resolve, take_back
from intendance.reading._text import (
    Sentence,
    left_of,
    masked,
    split_sentences,
    torn_notes,
    torn_numbers,
)
from intendance.reading._tokens import Hit, Lexicon, tokenise
from intendance.reading._watch import Watch
from intendance.terms import MAX_DIGITS, Statement, with_id

_BODIES: Final = frozenset({"nation", "organisation"})
_FRAMING: Final = frozenset({"deliver", "promise", "order", "frame", "allocate", "plan", "request"})
_LONG_FIGURE: Final = re.compile(r"\d[\d .,]{18}")
"""What a number too large to be kept has in it at the very least."""
_DIGITS: Final = re.compile(r"\d{1,3}(?:[ .,]\d{3}){6,}(?!\d)|\d{19,}")
_WORD: Final = re.compile(r"[^\W\d_]+")
_MAX_SENTENCE: Final = 4000
"""Characters; a longer "sentence" is a table or a list without ends, and is passed over."""


class Walk:
    """A walk through one text: ``normal`` and ``low`` are its characters, normalised and small.

    ``notes`` tell what was passed over; ``check`` is called before each sentence, and what it
    raises ends the walk; ``watch`` is shown each sentence where somebody wants to know.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        grammar: Grammar,
        document: Document,
        normal: str,
        low: str,
        *,
        check: Callable[[], None] | None = None,
        watch: Watch | None = None,
    ) -> None:
        self.notes: list[str] = []
        self._catalogue = catalogue
        self._grammar = grammar
        self._document = document
        self._normal = normal
        self._low = low
        self._check = check
        self._watch = watch
        self._memory = Memory(catalogue)
        self._context: frozenset[str] = frozenset()
        self._long_figures = False
        self._last: list[Draft] = []

    def statements(
        self, lexicon: Lexicon, report: str, only: Sequence[int] | None = None
    ) -> tuple[Statement, ...]:
        """The statements; with ``only`` (places), of sentences there that may claim something."""
        skip = self._document.skip
        if only is not None:
            skip = _all_but(self._low, only, skip)
        hits = self._hits(lexicon, () if only is None else skip)
        if hits:
            self._mask()
            hits = settled(self._catalogue, hits)
        self._context = frozenset(
            each.id
            for entities in {id(hit.entities): hit.entities for hit in hits}.values()
            for each in entities
            if each.table in _BODIES
        )
        self._long_figures = _LONG_FIGURE.search(self._low) is not None
        drafts: list[Draft] = []
        starts = [hit.start for hit in hits]
        for sentence in split_sentences(self._normal, skip):
            inside = hits[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            if only is None or self._acts_at(sentence, only):
                drafts += self._looked(sentence, inside)
        topic = self._memory.topic()
        made = [
            with_id(make(self._catalogue, draft, self._document.text, report, self._grammar, topic))
            for draft in drafts
        ]
        linked = link_statements(self._catalogue, drafts, made)
        return tuple(sorted(_distinct(linked), key=lambda each: (each.start, each.end, each.id)))

    def _mask(self) -> None:
        """Figures that do not say what they show are no figures, and noted."""
        spans = torn_numbers(self._document.text)
        if spans:
            self._normal, self._low = masked(self._normal, spans), masked(self._low, spans)
            self.notes += torn_notes(self._document.text, spans)

    def _hits(self, lexicon: Lexicon, skip: tuple[tuple[int, int], ...]) -> list[Hit]:
        """The matches outside the skipped spans alone."""
        if not skip:
            return lexicon.hits(self._normal, self._low)
        return [
            hit._replace(start=hit.start + first, end=hit.end + first)
            for first, last in left_of(len(self._low), skip)
            for hit in lexicon.hits(self._normal[first:last], self._low[first:last])
        ]

    def _acts_at(self, sentence: Sentence, places: Sequence[int]) -> bool:
        at = bisect_left(places, sentence.start)
        if at == len(places) or places[at] >= sentence.end:
            return False
        words = _WORD.findall(self._low, sentence.start, sentence.end)
        return not self._grammar.act_words.isdisjoint(words)

    def _looked(self, sentence: Sentence, hits: list[Hit]) -> list[Draft]:
        if self._check is not None:
            self._check()
        self._memory.sentence += 1
        if sentence.end - sentence.start > _MAX_SENTENCE:
            self.notes.append(
                f"characters {sentence.start}-{sentence.end}: no sentence, passed over"
            )
            if self._watch is not None:
                self._watch.too_long(sentence)
            return []
        if self._long_figures:
            self.notes += _huge_numbers(self._low, sentence)
        memory = self._memory
        if not hits and not memory.fresh and memory.frame is None and memory.title is None:
            return []
        if self._memory.frame is None and self._says_nothing(sentence, hits):
            self._memory.pass_over(self._normal[sentence.start : sentence.end])
            self._last = []
            if self._watch is not None:
                self._watch.passed(sentence, hits, self._normal)
            return []
        return self._read(sentence, hits)

    def _read(self, sentence: Sentence, hits: list[Hit]) -> list[Draft]:
        catalogue, memory, document = self._catalogue, self._memory, self._document
        words = self._normal[sentence.start : sentence.end]
        tokens = tokenise(
            self._grammar, self._normal, self._low, sentence.start, sentence.end, hits
        )
        scene = analyse(self._grammar, catalogue, tokens, document.published, self._context)
        speech = read_speech(scene.analysis, memory, words)
        scene.claims = transfer_claims(scene)
        scene.claims += state_claims(catalogue, scene)
        scene.claims += frame_claims(catalogue, scene, memory, sentence.bullet)
        claims = finish_scene(catalogue, scene, scene.claims)
        drafts = [
            resolve(catalogue, scene, claim, speech, memory, order)
            for order, claim in enumerate(claims)
        ]
        near_swaps(scene, drafts)
        take_back(scene, self._last, drafts)
        self._last = drafts
        pack(drafts, memory, document.published)
        for draft in drafts:
            if draft.actor_from == "anaphora":
                memory.took_part(draft.actors)
        for draft in drafts:
            if draft.recipient_from == "said" and draft.claim.act not in ("order", "frame"):
                memory.received(draft.recipients)
        _open_frame(memory, scene, drafts, words)
        sellers = frozenset(each for claim in claims for each in claim.suppliers)
        if self._watch is not None:
            self._watch.read(sentence, scene, self._normal)
        memory.hear(scene.analysis.actors, scene.analysis.items, sellers)
        return drafts

    def _says_nothing(self, sentence: Sentence, hits: list[Hit]) -> bool:
        """Whether a sentence without a name has no word that could make a claim or a speaker.

        Told from its words alone, since most sentences of most texts are of other things.
        """
        if any(hit.entities for hit in hits) or self._memory.title is not None:
            return False
        grammar, low = self._grammar, self._low
        wanted = grammar.act_words if self._memory.silent else grammar.governing_words
        return wanted.isdisjoint(_WORD.findall(low, sentence.start, sentence.end)) and not any(
            low[hit.start : hit.end] in wanted for hit in hits
        )


def _all_but(
    low: str, places: Sequence[int], skip: tuple[tuple[int, int], ...]
) -> tuple[tuple[int, int], ...]:
    """``skip`` and all paragraphs that none of the places lies in."""
    spans: list[tuple[int, int]] = []
    at = 0
    for place in places:
        if place < at:
            continue
        start = max(low.rfind("\n\n", at, place), at)
        spans.append((at, start))
        end = low.find("\n\n", place)
        at = len(low) if end < 0 else end
    return tuple(sorted((*skip, *spans, (at, len(low)))))


def settled(catalogue: Catalogue, hits: list[Hit]) -> list[Hit]:
    """The hits; of kinds that share a name, the one that the text also names in full.

    "100 Leopards" are Leopard 1 where a Leopard 1 is named elsewhere and no Leopard 2.
    """
    shared = [hit for hit in hits if _kinds_of(hit) > 1]
    if not shared:
        return hits
    named = {each.id for hit in hits if _kinds_of(hit) == 1 for each in hit.entities}
    named |= {wider for each in named for wider in catalogue.ancestors(each)}
    found: list[Hit] = []
    for hit in hits:
        meant = [each for each in hit.entities if each.table == "kind" and each.id in named]
        if len(meant) == 1 and _kinds_of(hit) > 1:
            kept = [each for each in hit.entities if each.table != "kind" or each is meant[0]]
            found.append(hit._replace(entities=tuple(kept)))
        else:
            found.append(hit)
    return found


def _kinds_of(hit: Hit) -> int:
    return sum(each.table == "kind" for each in hit.entities)


def _huge_numbers(low: str, sentence: Sentence) -> list[str]:
    """A note for each number that is beyond what the ledger keeps exactly: it is not guessed."""
    return [
        f"number.too-large: {match[0][:60]} at characters {match.start()} to {match.end()}"
        for match in _DIGITS.finditer(low, sentence.start, sentence.end)
        if sum(char.isdigit() for char in match[0]) > MAX_DIGITS
    ]


def _open_frame(memory: Memory, scene: Scene, drafts: list[Draft], text: str) -> None:
    """Keeps the act of this sentence for a list that follows, or for "the package includes"."""
    colon = text.rstrip().endswith(":")
    memory.title = aid_title(scene) or memory.title
    if memory.title is not None and (said := list_heading(scene)) is not None:
        drafts.clear()
        givers, takers = memory.title
        memory.frame = Frame(*said, givers, takers, True, memory.sentence)
        return
    giving = [
        each
        for each in drafts
        if each.claim.act in _FRAMING and not each.claim.package and not _mentioned(each)
    ]
    if giving:
        last = giving[-1]
        claim = last.claim
        memory.frame = Frame(
            claim.act,
            claim.certainty,
            last.actors,
            last.recipients,
            colon,
            memory.sentence,
            giving[0].package,
        )
        if any(each.claim.act == "promise" and each.item == "military-aid" for each in giving):
            memory.aid = memory.frame
    elif colon and (frame := heading_frame(scene, memory)) is not None:
        memory.frame = frame
    elif not drafts and (package := announced_frame(scene, memory)) is not None:
        memory.frame = package
    elif colon and memory.frame is not None:
        memory.frame = msgspec.structs.replace(memory.frame, open=True, sentence=memory.sentence)


def _mentioned(draft: Draft) -> bool:
    """ "direct transfers of equipment": a noun that nothing governs opens no list."""
    predicate = draft.claim.predicate
    return predicate is not None and predicate.voice == "noun" and predicate.mode == "noun"


def _distinct(statements: list[Statement]) -> list[Statement]:
    found: dict[str, Statement] = {}
    for statement in statements:
        found.setdefault(statement.id, statement)
    return list(found.values())
