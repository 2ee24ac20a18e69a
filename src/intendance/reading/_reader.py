"""The reader: a document in, its statements out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from intendance.catalogue import Catalogue, load_catalogue
from intendance.reading._input import Document, document_from_bytes, language_of, possible_languages
from intendance.reading._language import LANGUAGES, load_grammar
from intendance.reading._text import fold_case, mixed_notes, normalise, one_script
from intendance.reading._tokens import Lexicon
from intendance.reading._trigger import Trigger
from intendance.reading._walk import Walk
from intendance.reading._watch import Explanation, Watch
from intendance.terms import Reading, Report, Statement, TimeSpan, digest

VERSION: Final = "5"
"""Goes up with every change of the reader's code or data that can change a statement."""

_WORD: Final = re.compile(r"[^\W\d_]+")


class Reader:
    """Reads documents with one catalogue; holds the automata, and is made once per process."""

    def __init__(self, catalogue: Catalogue | None = None) -> None:
        self.catalogue = catalogue if catalogue is not None else load_catalogue()
        self.version = VERSION
        self._trigger = Trigger(self.catalogue)
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
        normal = normalise(document.text)
        text_hash = _hash_normal(normal)
        report_id = "r" + text_hash[:20]
        low = fold_case(normal)
        notes: list[str] = list(document.notes)
        statements: tuple[Statement, ...] = ()
        worth = self._trigger.worth(low)
        language = document.language or "und"
        if worth.whole or worth.places:
            language = _language(document, normal)
            if language in LANGUAGES:
                walk = self._walk(document, language, normal, check, watch)
                lexicon = self._lexicon(language)
                only = None if worth.whole else worth.places
                statements = walk.statements(lexicon, report_id, only)
                notes += walk.notes
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

    def _walk(
        self,
        document: Document,
        language: str,
        normal: str,
        check: Callable[[], None] | None,
        watch: Watch | None,
    ) -> Walk:
        grammar = load_grammar(language)
        single = one_script(normal)
        low = fold_case(single)
        walk = Walk(self.catalogue, grammar, document, single, low, check=check, watch=watch)
        walk.notes += mixed_notes(normal, single)
        return walk

    def _lexicon(self, language: str) -> Lexicon:
        found = self._lexicons.get(language)
        if found is None:
            found = Lexicon(load_grammar(language), self.catalogue)
            self._lexicons[language] = found
        return found


def _language(document: Document, normal: str) -> str:
    """The language that is declared, else the one that the words are of."""
    language = language_of(document)
    if language in LANGUAGES or document.language is not None:
        return language
    return _likeliest(normal) or language


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


def _hash_normal(normal: str) -> str:
    """SHA-256 of a normalised text: white space folded, quotes and dashes alike."""
    return digest(" ".join(normal.split()).encode("utf-8", "surrogatepass"))
