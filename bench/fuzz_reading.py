"""Coverage-guided fuzzing of the reader: `python bench/fuzz_reading.py SECONDS [--again]`.

`make fuzz SECONDS=600` runs it in an environment of its own, with atheris
(docs/dependencies.md). Of any bytes, as a page, a text, an archive or a feed, and of sentences
torn apart (`_splices.py`), it must hold that

- nothing is raised but IntendanceError;
- every quote, prefix and suffix re-slices exactly from the text that the offsets count in;
- `explain` gives the same reading, and accounts for every statement;
- a reading can be written as JSON;
- 100 kB of input take at most two processor seconds.

What breaks a rule is kept in .fuzz/found, once for each place in the code, with its trace;
`--again` reads these anew, without the fuzzer. Exit status 1 where anything was found.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
import traceback
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent / ".fuzz"
SLOW = 2.0  # processor seconds
SMALL = 100_000  # bytes
ADDRESSES = (
    "report.txt", "page.html", "note.md", "report", "feed.xml", "a.warc", "a.warc.gz", "a.txt.gz",
)  # fmt: skip
MEDIA = (None, "text/html", "text/html; charset=iso-8859-1", "text/plain; charset=utf-16")
LANGUAGES = ("fr", "en", "de", "uk", "pl", None)


class BrokenError(Exception):
    """A rule that does not hold of a reading."""


class Target:
    """Reads what bytes mean and holds the reading against the rules."""

    def __init__(self, found: Path) -> None:
        from intendance.reading import Reader

        self.reader = Reader()
        self.found = found
        found.mkdir(parents=True, exist_ok=True)

    def __call__(self, data: bytes) -> None:
        """One input; what it breaks is written down, and the fuzzing goes on."""
        try:
            self.check(data)
        except Exception as error:  # noqa: BLE001 - any exception is what is looked for
            self._keep(data, error)

    def check(self, data: bytes) -> None:
        """Raises what the reader raises, or BrokenError, where a rule does not hold."""
        from intendance.terms import IntendanceError

        if not data:
            return
        mode, rest = data[0], data[1:]
        try:
            if mode < 80:
                self._bytes(mode, rest)
            elif mode < 170:
                self._text(mode, rest)
            elif mode < 240:
                self._document(mode, rest)
            else:
                self._pieces(mode, rest)
        except IntendanceError as error:
            error.record()

    def _bytes(self, mode: int, data: bytes) -> None:
        from intendance.reading._input import document_from_bytes

        address, media = ADDRESSES[mode % len(ADDRESSES)], MEDIA[mode // len(ADDRESSES) % 4]
        started = time.process_time()
        document = document_from_bytes(data, address, media)
        _in_time(started, len(data), "document_from_bytes")
        self._hold(document, written=True)

    def _text(self, mode: int, data: bytes) -> None:
        from _splices import spliced

        from intendance.reading._input import document_from_bytes

        encoded = spliced(data).encode("utf-8", "replace")
        self._hold(document_from_bytes(encoded, ADDRESSES[mode % 4]), written=True)

    def _document(self, mode: int, data: bytes) -> None:
        from _splices import spliced

        from intendance.reading import Document
        from intendance.reading._input import boilerplate

        text = spliced(data)
        language = LANGUAGES[mode % len(LANGUAGES)]
        skip = tuple(boilerplate(text, 0))
        self._hold(
            Document(
                text=text, kind="article", address="", raw_hash="0", language=language, skip=skip
            ),
            written=False,
        )

    def _pieces(self, mode: int, data: bytes) -> None:
        from intendance.reading._input import Piece, document_of, pieces_of
        from intendance.reading._input.paths import Source

        started = time.process_time()
        pieces = list(pieces_of(Source(ADDRESSES[mode % len(ADDRESSES)], data=data)))
        _in_time(started, len(data), "pieces_of")
        for piece in pieces[:20]:
            if isinstance(piece, Piece):
                self._hold(document_of(piece), written=True)

    def _hold(self, document: object, *, written: bool) -> None:
        """Read and explain a document; ``written``: its text is one that can be written down."""
        import msgspec

        size = len(document.text.encode("utf-8", "surrogatepass"))  # type: ignore[attr-defined]
        started = time.process_time()
        reading = self.reader.read_document(document)  # type: ignore[arg-type]
        _in_time(started, size, "read_document")
        text = reading.text
        for said in reading.statements:
            quote = text[said.start : said.end]
            _must(said.quote == quote != "", f"quote of {said.rule}")
            _must(said.prefix == text[max(0, said.start - 32) : said.start], "prefix")
            _must(said.suffix == text[said.end : said.end + 32], "suffix")
        explained = self.reader.explain(document)  # type: ignore[arg-type]
        _must(explained.reading == reading, "another reading when explained")
        told = [each for passage in explained.passages for each in passage.statements]
        _must(sorted(told) == sorted(each.id for each in reading.statements), "unexplained")
        for each in explained.passages:
            _must(0 <= each.start <= each.end <= len(text), "passage outside the text")
            _must(bool(each.statements) or each.reason is not None, "passage without a reason")
        if written:
            msgspec.json.encode(explained)

    def _keep(self, data: bytes, error: BaseException) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        ours = [each for each in frames if "intendance" in each.filename] or frames
        place = f"{type(error).__name__} {Path(ours[-1].filename).name}:{ours[-1].lineno}"
        if isinstance(error, BrokenError):
            place = f"BrokenError {error.args[0]}"
        name = hashlib.sha256(place.encode()).hexdigest()[:12]
        path = self.found / f"{name}.bin"
        if path.exists() and path.stat().st_size <= len(data):
            return
        path.write_bytes(data)
        told = "".join(traceback.format_exception(error))
        path.with_suffix(".txt").write_text(f"{place}\n{told}", "utf-8", "backslashreplace")
        print(f"FOUND {place}: {path}", file=sys.stderr, flush=True)


def _must(holds: bool, rule: str) -> None:
    if not holds:
        raise BrokenError(rule)


def _in_time(started: float, size: int, what: str) -> None:
    used = time.process_time() - started
    if size < SMALL and used > SLOW:
        raise BrokenError(f"slow: {what}", f"{used:.1f} s for {size} bytes")


def seed_corpus(folder: Path) -> None:
    """First inputs: each sentence as text, as a page, as Markdown, in a feed and an archive."""
    from _splices import SENTENCES

    folder.mkdir(parents=True, exist_ok=True)
    for number, sentence in enumerate(SENTENCES):
        page = (
            f"<html lang=fr><head><title>x</title><meta property='article:published_time' "
            f"content='2024-02-0{number % 9 + 1}'></head><body><main><h1>a</h1><p>{sentence}"
            f"</p><ul><li>{sentence}</li></ul></main></body></html>"
        )
        http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}"
        archive = (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/b\r\n"
            "WARC-Date: 2024-02-03T04:05:06Z\r\n"
            "Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http.encode())}\r\n\r\n{http}\r\n\r\n"
        )
        feed = (
            f"<?xml version='1.0'?><rss version='2.0'><channel><title>t</title><item>"
            f"<title>{number}</title><description>{sentence}</description><link>https://a.example/{number}</link>"
            "<pubDate>Sat, 03 Feb 2024 10:00:00 GMT</pubDate></item></channel></rss>"
        )
        note = f"---\ndate: 2024-02-03\nlang: fr\n---\n# a\n\n{sentence}\n"
        inputs = (
            b"\x00" + sentence.encode(), b"\x01" + page.encode(), b"\x02" + note.encode(),
            b"\xf5" + archive.encode(), b"\xf4" + feed.encode(),
            bytes((100, 2, number, 0, number + 3, 2, number + 5, 0, 0, 0, 20, number)),
            bytes((180, 1, number, 1, number + 7, 1, 253, 6, number, 0, 3, 9, number)),
        )  # fmt: skip
        for kind, data in enumerate(inputs):
            (folder / f"seed-{number:02}-{kind}").write_bytes(data)


def fuzz(seconds: int) -> None:
    """Fuzz in this process until libFuzzer ends it."""
    import atheris

    with atheris.instrument_imports(include=["intendance.reading"]):
        import intendance.reading  # noqa: F401

    target = Target(FOLDER / "found")
    corpus = FOLDER / "corpus"
    seed_corpus(corpus)
    arguments = [
        sys.argv[0], f"-max_total_time={seconds}", "-max_len=8192", "-timeout=120",
"-rss_limit_mb=6000", "-report_slow_units=60",
        f"-artifact_prefix={FOLDER}/found/", str(corpus),
    ]  # fmt: skip
    atheris.Setup(arguments, target)
    atheris.Fuzz()


def main() -> int:
    """Fuzz for so many seconds, in child processes: one that dies is a finding, not the end."""
    if "--child" in sys.argv:
        fuzz(int(sys.argv[1]))
        return 0
    found = FOLDER / "found"
    found.mkdir(parents=True, exist_ok=True)
    if "--again" in sys.argv:
        target = Target(found)
        for path in sorted(found.glob("*.bin")) + sorted(found.glob("crash-*")):
            try:
                target.check(path.read_bytes())
                print(f"{path.name}: holds now")
            except Exception as error:  # noqa: BLE001 - as above
                print(f"{path.name}: {type(error).__name__} {error}")
        return 0
    end = time.monotonic() + int(sys.argv[1])
    while (left := int(end - time.monotonic())) > 0:
        done = subprocess.run([sys.executable, __file__, str(left), "--child"], check=False)
        if done.returncode not in (0, 1):
            print(f"the fuzzer's process ended with {done.returncode}", file=sys.stderr)
    findings = [each for each in sorted(found.iterdir()) if each.suffix != ".txt"]
    print(f"{len(findings)} findings in {found}; inputs kept: {len(os.listdir(FOLDER / 'corpus'))}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
