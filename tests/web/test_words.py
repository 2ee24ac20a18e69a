"""No code of the program stands on a page where a person reads a word."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from html.parser import HTMLParser
from importlib import import_module, resources
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from litestar.testing import TestClient

from intendance.api import open_ledger
from intendance.catalogue import load_catalogue
from intendance.forces import (
    write_air_template,
    write_inventory_template,
    write_priorities_template,
    write_requirements_template,
)
from intendance.ledger import Assumption, Figure
from intendance.ledger._why import assumptions
from intendance.render import LANGUAGES, Language
from intendance.sustainment import write_fleet_template
from intendance.terms import Money, Report, TimeSpan, canonical, span_of
from intendance.web import Settings, build_app
from intendance.web._imports.kinds import import_kinds
from intendance.web._names import Names
from intendance.web._routes import routes
from intendance.web._views._quotes import report_title, source_name
from intendance.web._views._told import (
    assumed,
    assumed_for,
    figure_name,
    figure_value,
    rules_told,
)

_ROOMS = (
    "terms.acts", "terms.interval", "sustainment._rows", "sustainment._two_echelon",
    "forces._interop.rows", "forces._interop.outcome", "forces._match", "forces._types",
    "planning._scenario", "planning._outcome.rows", "planning._demand.rows", "web._jobs",
)  # fmt: skip


def _literals() -> set[str]:
    """The values of every enumeration of the rooms whose answers stand on pages."""
    found: set[str] = set()
    for name in _ROOMS:
        for value in vars(import_module(f"intendance.{name}")).values():
            if get_origin(value) is Literal:
                found |= {each for each in get_args(value) if isinstance(each, str) and each}
    return found


def _texts(language: Language) -> set[str]:
    """Every text of the program in a language, and every name of its catalogue."""
    folder = resources.files("intendance.render").joinpath("data", language)
    known = load_catalogue()
    found = {known.label(each, language) for each in (*known.classes_by_id, *known.kinds)}

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            for each in value.values():
                walk(each)
        else:
            found.add(str(value))

    for each in folder.iterdir():
        if each.name.endswith(".toml"):
            walk(tomllib.loads(each.read_text(encoding="utf-8")))
    return found


CODES = _literals() | set(import_kinds()) | {
    "vehicle", "round", "battery", "piece", "system", "aircraft", "vari-metric", "outstanding",
    "promised quantity", "delivered witnesses", "price_bands",
}  # fmt: skip


class _Seen(HTMLParser):
    """The texts of a page that the program says itself, and the links on it."""

    quoting = ("script", "style", "code", "pre", "blockquote", "article", "svg", "option", "mark")

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self._inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside += tag in self.quoting
        self.links += [value for name, value in attrs if tag == "a" and name == "href" and value]

    def handle_endtag(self, tag: str) -> None:
        self._inside -= tag in self.quoting

    def handle_data(self, data: str) -> None:
        if not self._inside and data.strip():
            self.texts.append(" ".join(data.split()))


@pytest.fixture(scope="module")
def shown(
    demo_address: str, plans: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestClient[Any]]:
    """The demo with forces and plans."""
    folder = tmp_path_factory.mktemp("words") / "forces"
    folder.mkdir()
    for write in (write_inventory_template, write_requirements_template,
                  write_priorities_template):  # fmt: skip
        write(folder)
    write_air_template(folder / "air-defence")
    write_fleet_template(folder / "fleets")
    settings = Settings(database=demo_address, demo=True, forces=folder, plans=plans)
    with TestClient(build_app(settings)) as client:
        yield client


def _pages(client: TestClient[Any], language: str, most: int) -> Iterator[tuple[str, _Seen]]:
    """Pages from every entry of the table of routes on, a few of each sort."""
    todo = [each.path for each in routes() if each.kind == "page" and "{" not in each.path]
    todo.append("/plans/low-stocks/compare?other=high-stocks")
    count: dict[str, int] = {}
    done: set[str] = set()
    while todo:
        address = todo.pop(0)
        sort = re.sub(r"/[a-z]?[0-9a-f]{12,}", "/x", address.split("?")[0])
        if address in done or count.get(sort, 0) >= most:
            continue
        done.add(address)
        answer = client.get(address, headers={"Accept-Language": language, "Accept": "text/html"})
        if "text/html" not in answer.headers["content-type"]:
            continue
        assert answer.status_code == 200, address
        count[sort] = count.get(sort, 0) + 1
        seen = _Seen()
        seen.feed(answer.text)
        yield address, seen
        todo += [each.split("#")[0] for each in seen.links if each.startswith("/")
                 and not re.search(r"\.(csv|json|svg)(\?|$)|^/static|^/api", each)]  # fmt: skip


def _raw(text: str, words: set[str]) -> bool:
    """Whether a text of a page is a code, several of them, or an object of JSON."""
    parts = re.split(r", | · | → ", text)
    codes = all(each in CODES for each in parts) and not words.issuperset(parts)
    return text.startswith('{"') or codes


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_of_the_demo_shows_a_code(shown: TestClient[Any], language: Language) -> None:
    words, pages = _texts(language), 0
    found: dict[str, str] = {}
    for address, seen in _pages(shown, language, 12):
        pages += 1
        for text in seen.texts:
            if _raw(text, words):
                found.setdefault(text, address)
    assert pages > 60
    assert not found


def test_the_walk_finds_a_code_where_one_stands() -> None:
    words = _texts("fr")
    for text in ("exact, vari-metric", "promised quantity", "vehicle", '{"low":"1"}', "said"):
        assert _raw(text, words)
    assert not _raw("promis", words)
    assert not _raw("promised", _texts("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_of_every_table_has_a_heading_in_words(
    shown: TestClient[Any], language: Language
) -> None:
    words, checked = _texts(language), 0
    missing: set[tuple[str, str]] = set()
    ids = {
        kind: shown.get(f"/api/v1/{kind}?limit=1").json()["records"][0]["id"]
        for kind in ("commitments", "conflicts", "reports", "statements", "packages", "programmes",
                     "decisions")
        if shown.get(f"/api/v1/{kind}?limit=1").json()["records"]
    }  # fmt: skip
    ids |= {"plans": "low-stocks", "nations": "ALB"}
    for route in routes():
        id_ = next((one for kind, one in ids.items() if f"/{kind}/" in route.path), None)
        if route.kind != "page" or ("{id}" in route.path and id_ is None):
            continue
        for name in (*route.tables, *route.charts):
            path = f"{route.path.replace('{id}', id_ or '').rstrip('/')}/{name}.metadata.json"
            answer = shown.get(path, headers={"Accept-Language": language})
            if answer.status_code != 200:
                continue
            checked += 1
            missing |= {
                (each["name"], path) for each in answer.json()["columns"]
                if each["title"] == each["name"] and each["name"] not in words
            }  # fmt: skip
    assert checked > 40
    assert not missing


def test_figures_and_assumptions_are_told_in_words() -> None:
    names = Names(load_catalogue(), "fr")
    money = canonical(
        Money(low=Decimal(1_000_000_000), low_open=True, state="stated", currency="EUR")
    ).decode()
    told = [
        (figure_name(each, names, "fr"), figure_value(each, "fr"), rules_told(each, "fr"))
        for each in (
            Figure("promised quantity", "unspecified", (), ("rule 5",)),
            Figure("delivered witnesses", "2", (), ("rule 4",)),
            Figure("contracted money", money, (), ("rule 8",)),
            Figure("outstanding", "1..4", (), ("rule 5",)),
            Figure("outstanding", "4..", ()),
            Figure("outstanding", "about 4", ()),
        )
    ]
    assert told == [
        ("promis : quantité", "non précisé", "règle 5"),
        ("livré : sources indépendantes", "2", "règle 4"),
        ("commandé : montant", "> 1 Md EUR", "règle 8"),
        ("reste dû", "[1 ; 4]", "règle 5"),
        ("reste dû", "≥ 4", ""),
        ("reste dû", "≈ 4", ""),
    ]


def test_every_sentence_of_the_ledger_about_what_is_assumed_has_words(demo_address: str) -> None:
    names = Names(load_catalogue(), "fr")
    with open_ledger(demo_address) as ledger:
        found = [each for said in ledger.statements() for each in assumptions(said)]
    found.append(Assumption("s1", "a candidate, in no total", "inferred"))
    assert len(found) > 20
    english = ("the words around", "kept as said", "a relative time", "in no total", "item ")
    for each in found:
        told = f"{assumed(each, names, 'fr')} | {assumed_for(each, 'fr')}"
        assert not any(words in told for words in english), told


@pytest.mark.parametrize(
    ("publisher", "title", "address", "day", "told"),
    [
        ("A Paper", "A title", "https://a.example/x/1", "2023-01-05", "A title"),
        ("A Paper", None, "https://a.example/x/1", "2023-01-05", "A Paper, 5 January 2023"),
        (None, None, "https://a.example/x/note.html", "2023-01", "note.html, January 2023"),
        (None, None, "", "2023", "a report without a title, 2023"),
        (None, None, "", "", "a report without a title"),
    ],
)
def test_a_report_without_a_title_goes_by_where_and_when_it_came_out(
    publisher: str | None, title: str | None, address: str, day: str, told: str
) -> None:
    report = Report(
        id="r0123456789abcdef0123", kind="article", address=address, publisher=publisher,
        published=span_of(day, "published") if day else TimeSpan(), date_from="text",
        language="en", title=title, raw_hash="a", text_hash="b",
    )  # fmt: skip
    language: Language = "en"
    assert report_title(report, language) == told
    assert report.id[:8] not in source_name(report, language)
