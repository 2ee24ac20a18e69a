"""Score of the reader on held-out passages: `python bench/heldout.py [LANGUAGE] [--half A|B]`.

LANGUAGE is fr, en, de, uk, pl or all. `bench/heldout/README.md` tells where the passages come
from, what is annotated and how a statement is judged. Half A is the passages with an odd number,
half B those with an even one. `--ids` tells what is wrong in which passage, without its words;
`--write` puts the tables of all languages and both halves into RESULTS.md.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from _judge import Judge
from _passages import HALVES, LANGUAGES, passages
from _results import replace_section
from _tally import Tally
from _told import lines, section

from intendance.catalogue import load_catalogue
from intendance.reading import VERSION, Reader

HERE = Path(__file__).resolve().parent


def score(reader: Reader, language: str, half: str | None = None) -> Tally:
    """The tally of a language's passages, of one half or both."""
    tally = Tally(Judge(reader.catalogue))
    for passage in passages(language, half):
        tally.add(passage, reader.read_document(passage.document()).statements)
    return tally


def write(reader: Reader) -> None:
    """Put every language's halves into RESULTS.md."""
    halves = {}
    for half in HALVES:
        every = Tally(Judge(reader.catalogue))
        for language in LANGUAGES:
            halves[language, half] = score(reader, language, half)
            every.merge(halves[language, half])
        halves["all", half] = every
    replace_section(HERE / "RESULTS.md", "heldout", section(halves, VERSION))


def main() -> None:
    """Print the counts; with ``--write`` put the tables into RESULTS.md instead."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("language", nargs="?", default="all", choices=[*LANGUAGES, "all"])
    parser.add_argument(
        "--half", choices=HALVES, help="A (odd numbers and what was seen) or B (even ones)"
    )
    parser.add_argument("--ids", action="store_true", help="tell what is wrong in which passage")
    parser.add_argument("--write", action="store_true", help="write bench/RESULTS.md")
    options = parser.parse_args()
    reader = Reader(load_catalogue())
    if options.write:
        write(reader)
        return
    every = Tally(Judge(reader.catalogue))
    for language in LANGUAGES if options.language == "all" else [options.language]:
        tally = score(reader, language, options.half)
        print("\n".join(lines(language, tally, options.ids)))
        every.merge(tally)
    if options.language == "all":
        print("\n".join(lines("all", every)))


if __name__ == "__main__":
    main()
