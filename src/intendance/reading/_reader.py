"""The reader: a document in, its statements out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from typing import Final

import msgspec

from intendance.catalogue import Catalogue, load_catalogue
from intendance.reading._discourse import Frame, Memory, read_speech
from intendance.reading._grammar.claims import Scene
from intendance.reading._grammar.extras import finish_scene
from intendance.reading._grammar.frames import frame_claims, heading_frame
from intendance.reading._grammar.sentence import analyse
from intendance.reading._grammar.states import state_claims
from intendance.reading._grammar.transfers import transfer_claims
from intendance.reading._input import Document, document_from_bytes, language_of, possible_languages
from intendance.reading._language import LANGUAGES, Grammar, load_grammar
from intendance.reading._links import link_statements
from intendance.reading._statements import Draft, make, near_swaps, pack, resolve
from intendance.reading._text import (
    Sentence,
    fold_case,
    normalise,
    one_script,
    split_sentences,
)
from intendance.reading._tokens import Hit, Lexicon, tokenise
from intendance.reading._watch import Explanation, Watch
from intendance.terms import MAX_DIGITS, Reading, Report, Statement, TimeSpan, digest, with_id

VERSION: Final = "1"
"""Goes up with every change of the reader's code or data that can change a statement."""

_BODIES: Final = frozenset({"nation", "organisation"})
_FRAMING: Final = frozenset({"deliver", "promise", "order", "frame", "allocate", "plan", "request"})
_DIGITS: Final = re.compile(r"\d{1,3}(?:[ .,]\d{3}){6,}(?!\d)|\d{19,}")
_WORD: Final = re.compile(r"[^\W\d_]+")
_MAX_SENTENCE: Final = 4000
"""Characters; a longer "sentence" is a table or a list without ends, and is passed over."""


class Reader:
    """Reads documents with one catalogue; holds the automata, and is made once per process."""

    def __init__(self, catalogue: Catalogue | None = None) -> None:
        self.catalogue = catalogue if catalogue is not None else load_catalogue()
        self.version = VERSION
        self._lexicons: dict[str, Lexicon] = {}

    def read_text(
        self, text: str, *, address: str = "", published: TimeSpan | None = None
    ) -> Reading:
        """The reading of a plain text (as of a text file with these characters).

        ``published`` is used where the text does not say when it was published.
        """
        data = text.encode("utf-8", "surrogatepass")
        return self.read_document(document_from_bytes(data, address, published=published))

    def explain(self, document: Document) -> Explanation:
        """The reading of a document with what the reader saw in it, sentence by sentence.

        For a sentence with a trigger and no statement, the reason why there is none.
        """
        watch = Watch(document.skip)
        return watch.explanation(self._read(document, watch, None))

    def read_document(self, document: Document, check: Callable[[], None] | None = None) -> Reading:
        """The reading of one document: report, text, statements, and what was passed over.

        ``check`` is called before each sentence; what it raises ends the reading.
        """
        return self._read(document, None, check)

    def _read(
        self, document: Document, watch: Watch | None, check: Callable[[], None] | None
    ) -> Reading:
        text_hash = hash_text(document.text)
        report_id = "r" + text_hash[:20]
        low_text = normalise(document.text)
        language = language_of(document)
        if language not in LANGUAGES and document.language is None:
            language = _likeliest(low_text) or language
        statements: tuple[Statement, ...] = ()
        notes: list[str] = list(document.notes)
        if language in LANGUAGES:
            statements = self._statements(
                document, low_text, language, report_id, notes, watch, check
            )
        else:
            notes.append(f"language {language}: no grammar yet, nothing read")
        report = Report(
            id=report_id,
            kind=document.kind,
            address=document.address,
            raw_hash=document.raw_hash,
            text_hash=text_hash,
            publisher=document.publisher,
            published=document.published,
            date_from=document.date_from,
            language=language,
            title=document.title,
            terms=document.terms,
            statements=len(statements),
        )
        return Reading(
            report=report,
            text=document.text,
            statements=statements,
            reader=self.version,
            catalogue=self.catalogue.hash,
            notes=tuple(notes),
        )

    def _statements(
        self,
        document: Document,
        normal: str,
        language: str,
        report: str,
        notes: list[str],
        watch: Watch | None,
        check: Callable[[], None] | None,
    ) -> tuple[Statement, ...]:
        grammar = load_grammar(language)
        normal = one_script(normal)
        low = fold_case(normal)
        hits = self._lexicon(language, grammar).hits(normal, low)
        starts = [hit.start for hit in hits]
        memory = Memory(self.catalogue)
        context = frozenset(
            each.id
            for entities in {hit.entities for hit in hits}
            for each in entities
            if each.table in _BODIES
        )
        drafts: list[Draft] = []
        for sentence in split_sentences(normal, document.skip):
            if check is not None:
                check()
            memory.sentence += 1
            inside = hits[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            if sentence.end - sentence.start > _MAX_SENTENCE:
                notes.append(
                    f"characters {sentence.start}-{sentence.end}: no sentence, passed over"
                )
                if watch is not None:
                    watch.too_long(sentence)
                continue
            notes += _huge_numbers(low, sentence)
            drafts.extend(
                self._sentence(
                    grammar, document, normal, low, sentence, inside, memory, context, watch
                )
            )
        topic = memory.topic()
        made = [
            make(self.catalogue, draft, document.text, report, grammar, topic) for draft in drafts
        ]
        made = [with_id(each) for each in made]
        linked = link_statements(self.catalogue, drafts, made)
        return tuple(sorted(_distinct(linked), key=lambda each: (each.start, each.end, each.id)))

    def _sentence(
        self,
        grammar: Grammar,
        document: Document,
        normal: str,
        low: str,
        sentence: Sentence,
        hits: list[Hit],
        memory: Memory,
        context: frozenset[str],
        watch: Watch | None,
    ) -> list[Draft]:
        if not hits and not memory.fresh and memory.frame is None:
            return []
        if memory.frame is None and _says_nothing(grammar, low, sentence, hits, memory):
            memory.pass_over(normal[sentence.start : sentence.end])
            if watch is not None:
                watch.passed(sentence, hits, normal)
            return []
        tokens = tokenise(grammar, normal, low, sentence.start, sentence.end, hits)
        scene = analyse(grammar, self.catalogue, tokens, document.published, context)
        speech = read_speech(scene.analysis, memory, normal[sentence.start : sentence.end])
        scene.claims = transfer_claims(scene)
        scene.claims += state_claims(self.catalogue, scene)
        scene.claims += frame_claims(self.catalogue, scene, memory, sentence.bullet)
        claims = finish_scene(self.catalogue, scene, scene.claims)
        drafts = [
            resolve(self.catalogue, scene, claim, speech, memory, order)
            for order, claim in enumerate(claims)
        ]
        near_swaps(scene, drafts)
        pack(drafts, memory, document.published)
        for draft in drafts:
            if draft.actor_from == "anaphora":
                memory.took_part(draft.actors)
        for draft in drafts:
            if draft.recipient_from == "said" and draft.claim.act not in ("order", "frame"):
                memory.received(draft.recipients)
        _open_frame(memory, scene, drafts, normal[sentence.start : sentence.end])
        sellers = frozenset(each for claim in claims for each in claim.suppliers)
        if watch is not None:
            watch.read(sentence, scene, normal)
        memory.hear(scene.analysis.actors, scene.analysis.items, sellers)
        return drafts

    def _lexicon(self, language: str, grammar: Grammar) -> Lexicon:
        found = self._lexicons.get(language)
        if found is None:
            found = self._lexicons[language] = Lexicon(grammar, self.catalogue)
        return found


def _huge_numbers(low: str, sentence: Sentence) -> list[str]:
    """A note for each number that is beyond what the ledger keeps exactly: it is not guessed."""
    return [
        f"number.too-large: {match[0][:60]} at characters {match.start()} to {match.end()}"
        for match in _DIGITS.finditer(low, sentence.start, sentence.end)
        if sum(char.isdigit() for char in match[0]) > MAX_DIGITS
    ]


def _likeliest(normal: str) -> str | None:
    """The language whose function words a text too short to be told otherwise has most of."""
    possible = possible_languages(normal)
    if len(possible) < 2:
        return possible[0] if possible else None
    words = _WORD.findall(fold_case(normal))
    scores = sorted(
        (
            (sum(load_grammar(code).function_word(word) for word in words), code)
            for code in possible
        ),
        reverse=True,
    )
    (best, code), (second, _), *_rest = scores
    return code if best >= 2 and best > second else None


def _open_frame(memory: Memory, scene: Scene, drafts: list[Draft], text: str) -> None:
    """Keeps the act of this sentence for a list that follows, or for "the package includes"."""
    colon = text.rstrip().endswith(":")
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
    elif colon and memory.frame is not None:
        memory.frame = msgspec.structs.replace(memory.frame, open=True, sentence=memory.sentence)


def _mentioned(draft: Draft) -> bool:
    """ "direct transfers of equipment": a noun that nothing governs opens no list."""
    predicate = draft.claim.predicate
    return predicate is not None and predicate.voice == "noun" and predicate.mode == "noun"


def _says_nothing(
    grammar: Grammar, low: str, sentence: Sentence, hits: list[Hit], memory: Memory
) -> bool:
    """Whether a sentence without a name has no word that could make a claim or a speaker.

    Told from its words alone, since most sentences of most texts are of other things.
    """
    if any(hit.entities for hit in hits):
        return False
    wanted = grammar.act_words if memory.silent else grammar.governing_words
    return wanted.isdisjoint(_WORD.findall(low, sentence.start, sentence.end)) and not any(
        low[hit.start : hit.end] in wanted for hit in hits
    )


def hash_text(text: str) -> str:
    """SHA-256 of the normalised text: white space folded, quotes and dashes alike."""
    return digest(" ".join(normalise(text).split()).encode("utf-8", "surrogatepass"))


def _distinct(statements: list[Statement]) -> list[Statement]:
    found: dict[str, Statement] = {}
    for statement in statements:
        found.setdefault(statement.id, statement)
    return list(found.values())
