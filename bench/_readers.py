"""One reader in a process of its own: `python bench/_readers.py NAME`, commands on standard input.

A command is a line of JSON, so is its answer. Texts and models are loaded before the first answer;
what is timed is reading alone. NAME: ours, full, ner (spaCy with all of its model, with no more
than its names).
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from _texts import Mention, claims, dense, mixed, page, seeds
from accuracy import Score, match

MODEL = "fr_core_news_sm"
BATCHES = (32, 128, 1000)  # of spaCy's nlp.pipe: the fastest of them is used for each stream


class Side(Protocol):
    """A reader: what it is timed on, and how well it does."""

    def run(self, texts: list[str]) -> None:
        """Read the texts."""

    def quality(self) -> dict[str, Any]:
        """What it finds in the annotated articles."""


class Ours:
    """Intendance's reader."""

    def __init__(self) -> None:
        from intendance.reading import Reader

        self.reader = Reader()
        self.documents: dict[int, list[Any]] = {}

    def run(self, texts: list[str]) -> None:
        """Read the texts, one after the other, as the documents that extraction gives."""
        documents = self.documents.get(id(texts))
        if documents is None:
            from intendance.reading._input import document_from_bytes

            documents = [document_from_bytes(each.encode(), "") for each in texts]
            self.documents[id(texts)] = documents
        for each in documents:
            self.reader.read_document(each)

    def from_text(self, texts: list[str]) -> None:
        """The same with the making of documents: encoding, leading date, boilerplate."""
        for each in texts:
            self.reader.read_text(each)

    def quality(self) -> dict[str, Any]:
        """Scores of the annotated articles; mentions inside statements that fill their field."""
        wanted, mapping, mentions = claims()
        texts, score = dense(), Score()
        found = dict.fromkeys(mentions, False)
        for document, each in enumerate(wanted):
            said = list(self.reader.read_text(texts[document]).statements)
            score.add(each, *match(self.reader, mapping, each, said))
            for mention in mentions:
                if mention.document == document:
                    found[mention] = any(_fills(one, mention) for one in said)
        return {"score": score.told(), "mentions": _shares(found)}

    def other(self, seed: int, count: int) -> dict[str, Any]:
        """What is read in the general part of a stream, and whether the dense part is as alone."""
        stream = mixed(count, seed)
        said = [each for flag, text in stream if not flag for each in self._read(text)]
        worth = self._worth([text for flag, text in stream if not flag])
        return {"statements": len(said), "live": sum(each.live for each in said), "worth": worth}

    def _read(self, text: str) -> Any:
        return self.reader.read_text(text).statements

    def _worth(self, texts: list[str]) -> dict[str, int]:
        from intendance.reading._text import fold_case, normalise

        counts = {"none": 0, "light": 0, "full": 0}
        for text in texts:
            worth = self.reader._trigger.worth(fold_case(normalise(text)))  # noqa: SLF001
            counts["full" if worth.whole else "light" if worth.places else "none"] += 1
        return counts

    def pages(self) -> dict[str, Any]:
        """Seconds of making documents of HTML pages, and the sizes; no reading."""
        from intendance.reading._input import document_from_bytes

        pages = [page(text, number) for number, text in enumerate(dense() * 4)]
        seconds = []
        for _ in range(5):
            start = time.process_time()
            documents = [document_from_bytes(each, "page.html") for each in pages]
            seconds.append(time.process_time() - start)
        kept = sum(
            text.split(". ")[1][:60] in each.text
            for text, each in zip(dense() * 4, documents, strict=True)
        )
        related = sum("À lire aussi" in each.text for each in documents)
        return {
            "pages": len(pages), "seconds": sorted(seconds)[2], "kept": kept, "related": related,
            "bytes": sum(map(len, pages)), "characters": sum(len(each.text) for each in documents),
        }  # fmt: skip


class Spacy:
    """spaCy's French pipeline; ``names`` keeps only what its named entities need."""

    def __init__(self, *, names: bool) -> None:
        import spacy

        self.pipeline = spacy.load(MODEL)
        if names:
            every = [each for each in self.pipeline.pipe_names if each != "ner"]
            self.pipeline = spacy.load(MODEL, exclude=every)
        self.batch: dict[int, int] = {}
        self.filter: Callable[[str], Iterator[str]] | None = None

    def run(self, texts: list[str]) -> None:
        """Read the texts with nlp.pipe, with the batch size that is fastest for them."""
        size = self.batch.get(id(texts))
        if size is None:
            size = min(BATCHES, key=lambda each: _seconds(lambda: self._pipe(texts, each)))
            self.batch[id(texts)] = size
        self._pipe(texts, size)

    def _pipe(self, texts: list[str], size: int) -> None:
        for _ in self.pipeline.pipe(texts, batch_size=size):
            pass

    def quality(self) -> dict[str, Any]:
        """The mentions that one of its names overlaps, whatever the name's kind."""
        wanted, _, mentions = claims()
        read = list(self.pipeline.pipe(dense()[: len(wanted)]))
        found = {
            each: any(
                name.start_char < each.end and each.start < name.end_char
                for name in read[each.document].ents
            )
            for each in mentions
        }
        return {"mentions": _shares(found)}


class Filter:
    """The sentences that hold a name of equipment in the language: one automaton, no grammar."""

    def __init__(self) -> None:
        import re

        import daachorse

        from intendance.catalogue import load_catalogue

        words = {
            form.text.lower()
            for form in load_catalogue().forms()
            if form.table in ("kind", "class") and form.language in ("fr", "*")
        }
        self.automaton = daachorse.CharwiseDoubleArrayAhoCorasick(sorted(words))
        self.sentences = re.compile(r"[^.!?\n]+[.!?\n]*")

    def __call__(self, text: str) -> Iterator[str]:
        low = text.lower()
        for sentence in self.sentences.finditer(text):
            if self._passes(low[sentence.start() : sentence.end()]):
                yield sentence[0].strip()

    def _passes(self, sentence: str) -> bool:
        for start, end, _ in self.automaton.find_overlapping(sentence):
            if start and sentence[start - 1].isalnum():
                continue
            if not sentence[end : end + 1].isalnum() or sentence[end : end + 2] in (
                "s ",
                "s.",
                "s,",
            ):
                return True
        return False


def _fills(said: Any, mention: Mention) -> bool:
    """Whether a statement covers a mention and has something in the field that it is for."""
    if not (said.start < mention.end and mention.start < said.end):
        return False
    if mention.kind == "nation":
        return bool(said.actors or said.recipients or said.suppliers)
    if mention.kind == "item":
        return said.item is not None
    return said.quantity.low is not None or said.money is not None


def _shares(found: dict[Mention, bool]) -> dict[str, list[int]]:
    return {
        kind: [
            sum(hit for mention, hit in found.items() if mention.kind == kind),
            sum(mention.kind == kind for mention in found),
        ]
        for kind in ("nation", "figure", "item")
    }


def _seconds(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


class _Desk:
    """Answers commands for one side."""

    def __init__(self, name: str) -> None:
        self.side: Any = Ours() if name == "ours" else Spacy(names=name == "ner")
        self.streams: dict[str, list[str]] = {}
        self.filter: Filter | None = None

    def answer(self, command: dict[str, Any]) -> Any:
        """The answer to a command."""
        what = command["do"]
        if what == "time":
            texts = self._stream(command)
            start, used = time.perf_counter(), time.process_time()
            if command.get("variant") == "filtered":
                self._filtered(texts)
            elif command.get("variant") == "from text":
                self.side.from_text(texts)
            else:
                self.side.run(texts)
            return [time.process_time() - used, time.perf_counter() - start]
        if what == "peak":
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        if what == "other":
            return self.side.other(command["seed"], command["count"])
        if what == "filter":
            return self._told(self._stream(command))
        return getattr(self.side, what)()

    def _stream(self, command: dict[str, Any]) -> list[str]:
        name = command["stream"]
        if name not in self.streams:
            if name == "mixed":
                texts = [text for _, text in mixed(command["count"], command["seed"])]
            else:
                texts = (seeds() if name == "seeds" else dense()) * command["times"]
            self.streams[name] = texts
            if "batch" in command and isinstance(self.side, Spacy):
                self.side.batch[id(texts)] = command["batch"]
            self.side.run(texts)
            if isinstance(self.side, Spacy) and name == "mixed":
                self._filtered(texts)
        return self.streams[name]

    def _filtered(self, texts: list[str]) -> None:
        """Filter and read; what is kept of each document goes to the pipeline as one text."""
        if self.filter is None:
            self.filter = Filter()
        kept = [" ".join(each) for text in texts if (each := list(self.filter(text)))]
        self.side._pipe(kept, self.side.batch[id(texts)])  # noqa: SLF001

    def _told(self, texts: list[str]) -> list[int]:
        """Sentences, and how many the filter passes."""
        chosen = self.filter or Filter()
        every = sum(len(chosen.sentences.findall(text)) for text in texts)
        return [every, sum(len(list(chosen(text))) for text in texts)]


def main() -> None:
    """Answer until standard input ends."""
    desk = _Desk(sys.argv[1])
    for line in sys.stdin:
        print(json.dumps(desk.answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
