"""The demo reports load as documents, are what their README says, and are worded by us."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from intendance.demo import report_files
from intendance.ledger._minhash import alike, shingles
from intendance.reading._input import Document, document_from_bytes, language_of

REPORTS = {each.name: each for each in report_files()}
COPY = ("en-2023-02-08-leopard-1-joint.md", "en-2023-02-09-leopard-1-joint-copy.md")
UNDATED = {"fr-sans-date-leopard-quatorze.txt", "en-undated-leopard-eighteen.txt"}
SHARED = Path(os.environ.get("INTENDANCE_SHARED", Path(__file__).parents[3] / "shared"))
RUN = 8


def load(name: str) -> Document:
    return document_from_bytes(REPORTS[name].read_bytes(), name)


def report_words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def runs(text: str) -> set[tuple[str, ...]]:
    words = report_words(text)
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def kept(document: Document) -> str:
    text = list(document.text)
    for start, end in document.skip:
        text[start:end] = " " * (end - start)
    return "".join(text)


def test_there_are_fourteen_sorted_by_name_in_three_languages_and_formats() -> None:
    names = [each.name for each in report_files()]
    assert names == sorted(names)
    assert len(names) == 14
    assert Counter(name[:2] for name in names) == {"fr": 6, "en": 5, "de": 3}
    assert Counter(name.rpartition(".")[2] for name in names) == {"txt": 6, "md": 5, "html": 3}


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_a_report_loads_without_a_note_and_in_its_language(name: str) -> None:
    document = load(name)
    assert document.notes == ()
    assert language_of(document) == name[:2]
    kinds = {"txt": "article", "md": "markdown", "html": "page"}
    assert document.kind == kinds[name.rpartition(".")[2]]
    assert len(report_words(kept(document))) > 60


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_a_report_is_dated_as_its_name_says(name: str) -> None:
    document = load(name)
    stated = re.match(r"[a-z]{2}-(\d{4}-\d\d-\d\d)-", name)
    if stated is None:
        assert name in UNDATED
        assert not document.published.known
        assert document.date_from == "unknown"
        return
    assert (document.published.start, document.published.end) == (stated[1], stated[1])
    assert document.date_from == ("text" if name.endswith(".txt") else "metadata")


@pytest.mark.parametrize("name", [name for name in sorted(REPORTS) if not name.endswith(".txt")])
def test_pages_and_markdown_say_who_published_them_where_and_on_what_terms(name: str) -> None:
    document = load(name)
    assert document.title
    assert document.publisher is not None
    assert "demo" in document.publisher.casefold().replace("é", "e")
    assert document.address.startswith("https://")
    assert ".example.org/" in document.address
    assert document.terms == "Apache-2.0"


@pytest.mark.parametrize(
    ("name", "inside", "outside"),
    [
        (
            "fr-2022-10-12-iris-t-premier-systeme.html",
            "attend toujours ses propres exemplaires",
            ("Accueil", "Trois lanceurs exposés", "quatre lanceurs Hawk"),
        ),
        (
            "de-2022-12-20-ringtausch-slowakei.html",
            "nicht zuverlässig ist",
            ("Politik", "Tieflader", "40 Marder"),
        ),
        (
            "fr-2024-03-13-initiative-tcheque.html",
            "en ont signé la déclaration",
            ("Accueil", "image d’illustration", "pourquoi l’Europe est en retard"),
        ),
    ],
)
def test_menu_caption_and_related_links_are_no_part_of_a_page(
    name: str, inside: str, outside: tuple[str, ...]
) -> None:
    text = kept(load(name))
    assert inside in text
    assert [words for words in outside if words in text] == []
    source = REPORTS[name].read_text(encoding="utf-8")
    assert [words for words in outside if words not in source] == []


def test_nothing_of_a_plain_text_is_taken_for_boilerplate() -> None:
    for name in REPORTS:
        if name.endswith(".txt"):
            document = load(name)
            assert [document.text[start:end] for start, end in document.skip[1:]] == []
            leading = [document.text[start:end] for start, end in document.skip[:1]]
            assert all(re.fullmatch(r"date \d{4}-\d\d-\d\d\s*", words) for words in leading)


def test_the_copy_repeats_its_original_under_another_publisher_and_no_other_report_does() -> None:
    original, copy = load(COPY[0]), load(COPY[1])
    assert original.text != copy.text
    assert original.publisher != copy.publisher
    found = {name: shingles(load(name).text) for name in REPORTS}
    repeats = {
        (one, other)
        for one in REPORTS
        for other in REPORTS
        if one < other and alike(found[one], found[other])[0]
    }
    assert repeats == {COPY}


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the seeds are not here")
def test_no_run_of_eight_words_is_a_seed_s() -> None:
    seeds: set[tuple[str, ...]] = set()
    for path in sorted((SHARED / "seeds").iterdir()):
        seeds |= runs(path.read_text(encoding="utf-8"))
    assert seeds
    for name in REPORTS:
        assert runs(REPORTS[name].read_text(encoding="utf-8")) & seeds == set(), name
