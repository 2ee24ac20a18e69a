"""Entities and annotations in the standards of others; contracts are in `test_ocds.py`."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import intendance
from intendance.api import Books
from intendance.exchange import export, read_kiel

# What FollowTheMoney 4 knows of the schemata that the export uses.
SCHEMATA = {
    "Article": {"title", "sourceUrl", "fileName", "publisher", "date", "language", "notes"},
    "PublicBody": {"name", "country"},
    "Company": {"name", "country"},
    "Organization": {"name", "country"},
    "Project": {"name", "status", "amount", "currency"},
    "ProjectParticipant": {"project", "participant", "role"},
    "Contract": {"name", "title", "status", "authority", "amount", "currency", "contractDate"},
    "ContractAward": {"contract", "supplier"},
    "Documentation": {"document", "entity", "role", "summary", "recordId"},
}
REQUIRED = {
    "PublicBody": {"name"}, "Company": {"name"}, "Organization": {"name"},
    "Contract": {"title"}, "ContractAward": {"contract", "supplier"},
    "Documentation": {"document", "entity"},
}  # fmt: skip
REFERENCES = {"project", "participant", "authority", "contract", "supplier", "document", "entity"}


@pytest.fixture
def entities(books: Books, tmp_path: Path) -> dict[str, dict[str, Any]]:
    export(books, "ftm", tmp_path / "entities.json", language="fr")
    lines = (tmp_path / "entities.json").read_text("utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    assert len({each["id"] for each in found}) == len(found)
    return {each["id"]: each for each in found}


def test_entities_are_what_the_model_knows(entities: dict[str, dict[str, Any]]) -> None:
    for each in entities.values():
        names = set(each["properties"])
        assert names <= SCHEMATA[each["schema"]], each
        assert REQUIRED.get(each["schema"], set()) <= names, each
        for name, values in each["properties"].items():
            assert values
            assert all(isinstance(value, str) and value for value in values), each
            if name in REFERENCES:
                assert all(value in entities for value in values), each


def test_entities_say_who_gives_what(books: Books, entities: dict[str, dict[str, Any]]) -> None:
    kinds = Counter(each["schema"] for each in entities.values())
    assert kinds["Contract"] + kinds["Project"] == len(books.commitments())
    assert kinds["Contract"] == 3
    assert kinds["Article"] == len(books.reports())
    assert entities["actor-DEU"]["properties"] == {"name": ["Allemagne"], "country": ["de"]}
    donors = {
        each["properties"]["participant"][0]
        for each in entities.values()
        if each["schema"] == "ProjectParticipant" and each["properties"]["role"] == ["donor"]
    }
    assert {"actor-DNK", "actor-NLD", "actor-POL"} <= donors
    quotes = [
        e["properties"]["summary"] for e in entities.values() if e["schema"] == "Documentation"
    ]
    assert len(quotes) == len(books.statements())


def test_every_annotation_selects_its_words(books: Books, tmp_path: Path) -> None:
    export(books, "annotations", tmp_path / "notes.json")
    found = json.loads((tmp_path / "notes.json").read_text("utf-8"))
    assert found["@context"] == "http://www.w3.org/ns/anno.jsonld"
    items = found["first"]["items"]
    assert found["total"] == len(items) == len(books.statements())
    assert len({item["id"] for item in items}) == len(items)
    held = {each.id: each for each in books.statements()}
    reports = {each.id: each for each in books.reports()}
    for item in items:
        said = held[item["id"].removeprefix("urn:intendance:statement:")]
        quote, place = item["target"]["selector"]
        text = books.text(said.report)
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert text[: place["start"]].endswith(quote["prefix"])
        assert text[place["end"] :].startswith(quote["suffix"])
        assert item["target"]["source"] == reports[said.report].address
        assert item["target"].get("rights") == reports[said.report].terms
        assert item["body"]["value"].startswith(said.act)


def test_a_data_set_leaves_as_the_cells_that_statements_rest_on(
    kiel_file: Callable[..., Path], tmp_path: Path
) -> None:
    """Whole rows, statement by statement, would be the table itself."""
    row = {"Items": "Leopard 2 tank", "Type of Item": "Heavy weapon", "No. of Units": "3"}
    path = kiel_file([row, row | {"ID": "LUM2", "Items": "x" * 400}])
    with intendance.open_ledger(tmp_path / "rows.db") as ledger:
        ledger.add(read_kiel(path, ledger.catalogue))
        export(ledger, "csv", tmp_path / "tables", tables=["statements"])
        export(ledger, "annotations", tmp_path / "notes.json")
        export(ledger, "ftm", tmp_path / "entities.json")
        export(ledger, "package", tmp_path / "package")
    for name in ("tables/statements.csv", "notes.json", "entities.json"):
        assert "An invented row." not in (tmp_path / name).read_text()
    assert "An invented row." in (tmp_path / "package" / "statements.csv").read_text()
    with (tmp_path / "tables" / "statements.csv").open(newline="") as stream:
        quotes = {said["source_row"]: said["quote"] for said in csv.DictReader(stream)}
    assert quotes["row 2: Items, No. of Units"] == "Items: Leopard 2 tank | No. of Units: 3"
    long = quotes["row 3: Items, No. of Units"]
    assert (len(long), long[-1]) == (300, "…")
    notes = json.loads((tmp_path / "notes.json").read_text())["first"]["items"]
    assert {"row=2", "row=3"} == {
        selector["value"] for note in notes for selector in note["target"]["selector"]
    }
    assert notes[0]["target"]["selector"][0]["conformsTo"] == "http://tools.ietf.org/rfc/rfc7111"
