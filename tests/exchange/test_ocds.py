"""Framework contracts and orders against the schema of the standard, and its conventions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest
import referencing
from referencing.jsonschema import DRAFT4

import intendance
from intendance.api import Books
from intendance.demo import report_files
from intendance.exchange import export, read_kiel, read_sipri
from intendance.exchange._data import table
from intendance.ledger import Filter
from intendance.terms import IntendanceError, Link, TimeSpan, between, exactly, money

HERE = Path(__file__).parent
NOW = datetime(2025, 6, 1, tzinfo=UTC)
_URI = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+"
)
# Of the standard's open codelists, what the export may use.
ROLES = {"buyer", "funder", "supplier", "interestedParty"}
RELATIONS = {"framework"}

formats = jsonschema.FormatChecker(formats=())


@formats.checks("date-time")
def _instant(value: object) -> bool:
    """RFC 3339: a day, a time and a zone."""
    if not isinstance(value, str):
        return True
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", value):
        return False
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


@formats.checks("uri")
def _uri(value: object) -> bool:
    """RFC 3986: a scheme, and only the characters that an address may have."""
    return not isinstance(value, str) or _URI.fullmatch(value) is not None


@cache
def schema(name: str) -> dict[str, Any]:
    return json.loads((HERE / "schemas" / f"{name}.json").read_text("utf-8"))


@cache
def validator() -> jsonschema.Draft4Validator:
    release, package = schema("ocds-release-1.1"), schema("ocds-release-package-1.1")
    resources = [(each["id"], DRAFT4.create_resource(each)) for each in (release, package)]
    registry: Any = referencing.Registry().with_resources(resources)
    return jsonschema.Draft4Validator(package, registry=registry, format_checker=formats)


def wrong(package: object) -> list[str]:
    """What the standard refuses of a package."""
    return [f"{list(e.absolute_path)}: {e.message}" for e in validator().iter_errors(package)]


def unknown(value: Any, where: dict[str, Any]) -> Iterator[str]:
    """Fields that the standard does not know, which its schema lets pass."""
    release = schema("ocds-release-1.1")
    if "$ref" in where:
        name = where["$ref"].rpartition("/")[2]
        where = release if name.endswith(".json") else release["definitions"][name]
    if isinstance(value, list):
        for each in value:
            yield from unknown(each, where["items"])
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in where["properties"]:
                yield name
            else:
                yield from unknown(each, where["properties"][name])


def documents(release: dict[str, Any]) -> Iterator[str]:
    for contract in release["contracts"]:
        for each in (
            *contract["documents"],
            *contract.get("implementation", {}).get("documents", []),
        ):
            yield each["id"]


def references(release: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Who is named as what, outside the list of parties."""
    if "buyer" in release:
        yield "buyer", release["buyer"]["id"]
    for award in release["awards"]:
        yield from (("supplier", each["id"]) for each in award.get("suppliers", []))


def sound(package: dict[str, Any], prefix: str) -> list[dict[str, Any]]:
    """The releases of a package that keeps the schema and the conventions."""
    assert wrong(package) == []
    assert list(unknown(package, schema("ocds-release-package-1.1"))) == []
    assert package["version"] == "1.1"
    releases = package["releases"]
    assert len({each["id"] for each in releases}) == len(releases)
    assert len({each["ocid"] for each in releases}) == len(releases)
    ocids = {each["ocid"] for each in releases}
    for release in releases:
        assert release["ocid"].startswith(f"{prefix}-")
        assert "#" not in release["id"]
        parties = {each["id"]: each for each in release["parties"]}
        assert len(parties) == len(release["parties"])
        assert all(each["roles"] and set(each["roles"]) <= ROLES for each in parties.values())
        for role, id_ in references(release):
            assert role in parties[id_]["roles"], (role, id_)
        told = list(documents(release))
        assert told
        assert len(set(told)) == len(told)
        awards = {award["id"] for award in release["awards"]}
        assert all(each["awardID"] in awards for each in release["contracts"])
        for process in release.get("relatedProcesses", []):
            assert set(process["relationship"]) <= RELATIONS
            assert process["identifier"] in ocids
    return releases


def released(books: Books, path: Path, *, whole: bool = True, **more: Any) -> list[dict[str, Any]]:
    """The releases of an export; amounts as decimals."""
    prefix = more.setdefault("ocid_prefix", "ocds-a1b2c3")
    export(books, "ocds", path, now=NOW, force=True, **more)
    releases = sound(json.loads(path.read_text("utf-8")), prefix)
    for value in chain.from_iterable(_values(each) for each in releases):
        assert isinstance(value["amount"], int | float)
    return json.loads(path.read_text("utf-8"), parse_float=Decimal)["releases"]


def _values(release: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for each in (release["tender"], *release["contracts"]):
        if "value" in each:
            yield each["value"]


def _package(**release: Any) -> dict[str, Any]:
    plain = {
        "ocid": "ocds-a1b2c3-1", "id": "1", "date": "2025-06-01T00:00:00Z", "tag": ["contract"],
        "initiationType": "tender",
    }  # fmt: skip
    return {
        "uri": "urn:x:y", "version": "1.1", "publisher": {"name": "X"},
        "publishedDate": "2025-06-01T00:00:00Z", "releases": [plain | release],
    }  # fmt: skip


@pytest.mark.parametrize(
    "release",
    [
        {"date": "2025-06-01"},
        {"date": "2025-02-30T00:00:00Z"},
        {"date": "2025-06-01T00:00:00"},
        {"tag": []},
        {"tag": ["signed"]},
        {"id": ""},
        {"contracts": [{"id": "1"}]},
        {"contracts": [{"id": "1", "awardID": "1", "status": "done"}]},
        {"contracts": [{"id": "1", "awardID": "1", "items": []}]},
        {"contracts": [{"id": "1", "awardID": "1", "value": {"amount": "5", "currency": "EUR"}}]},
        {"contracts": [{"id": "1", "awardID": "1", "value": {"amount": 5, "currency": "XQZ"}}]},
        {"contracts": [{"id": "1", "awardID": "1", "documents": [{"id": "1", "url": "a b"}]}]},
        {"awards": [{"id": "1"}, {"id": "1"}]},
    ],
)
def test_the_schema_bites(release: dict[str, Any]) -> None:
    assert wrong(_package()) == []
    assert len(wrong(_package(**release))) == 1


def test_the_currencies_are_those_of_the_standard() -> None:
    known = schema("ocds-release-1.1")["definitions"]["Value"]["properties"]["currency"]["enum"]
    assert set(table("currencies")["codes"].split()) | {None} == set(known)


def test_a_ceiling_and_its_call_offs_are_not_counted_twice(books: Books, tmp_path: Path) -> None:
    releases = released(books, tmp_path / "ocds.json")
    assert len(releases) == 4
    contracts = [each for release in releases for each in release["contracts"]]
    values = [each["value"]["amount"] for each in contracts if "value" in each]
    assert sum(values) == Decimal("96000000.50")
    ceilings = [each["tender"]["value"] for each in releases if "value" in each["tender"]]
    assert ceilings == [{"amount": 900000000, "currency": "EUR"}]


def test_an_order_names_its_framework(books: Books, tmp_path: Path) -> None:
    releases = released(books, tmp_path / "ocds.json")
    (frame,) = [e for e in releases if "procurementMethodDetails" in e["tender"]]
    assert frame["ocid"].startswith("ocds-a1b2c3-c")
    assert frame["contracts"][0]["dateSigned"] == "2024-02-01T00:00:00Z"
    orders = [each for each in releases if "relatedProcesses" in each]
    assert [order["relatedProcesses"][0]["identifier"] for order in orders] == [frame["ocid"]] * 2
    quantities = sorted(order["contracts"][0]["items"][0]["quantity"] for order in orders)
    assert quantities == [6, 12]
    (document,) = frame["contracts"][0]["documents"]
    assert document["description"].endswith("howitzers. [CC BY 4.0]")
    roles = {party["id"]: party["roles"] for party in frame["parties"]}
    assert roles == {"FRA": ["buyer"], "knds": ["supplier"], "UKR": ["interestedParty"]}


def test_what_is_not_one_number_is_no_quantity(books: Books, tmp_path: Path) -> None:
    releases = released(books, tmp_path / "ocds.json", filter=Filter(donor="Germany"))
    (item,) = releases[0]["contracts"][0]["items"]
    assert "quantity" not in item
    assert item["description"].endswith(" (10–12)")
    assert releases[0]["date"] == "2024-05-31T00:00:00Z"


def test_a_package_without_a_release_is_none(books: Books, tmp_path: Path) -> None:
    with pytest.raises(IntendanceError) as caught:
        export(books, "ocds", tmp_path / "ocds.json", filter=Filter(donor="POL"))
    assert caught.value.message == (
        "Expected a framework contract or an order, as a release package holds one at least, "
        "got none - at export ocds"
    )
    assert not (tmp_path / "ocds.json").exists()


@pytest.mark.parametrize("prefix", ["", "ocds a1", "ocds#1", "-x", "é"])
def test_a_prefix_that_no_address_holds_is_refused(
    books: Books, tmp_path: Path, prefix: str
) -> None:
    with pytest.raises(IntendanceError) as caught:
        export(books, "ocds", tmp_path / "ocds.json", ocid_prefix=prefix)
    assert caught.value.message == (
        "Expected letters, digits and hyphens between them, as in ocds-a1b2c3, "
        f"got {prefix!r} - at export ocds, --ocid-prefix"
    )


def _order(donor: str, item: str, count: int, **more: Any) -> dict[str, Any]:
    return {
        "act": "order", "certainty": "done", "actors": (donor,), "item": item,
        "recipients": ("UKR",), "quantity": exactly(count), **more,
    }  # fmt: skip


def _delivery(donor: str, item: str, count: int, link: str, **more: Any) -> dict[str, Any]:
    return {
        "act": "deliver", "certainty": "done", "actors": (donor,), "item": item,
        "recipients": ("UKR",), "quantity": exactly(count), "basis": "cumulative",
        "links": (Link("part_of", link),), **more,
    }  # fmt: skip


@pytest.fixture
def many(tmp_path: Path, build: ModuleType) -> Iterator[Books]:
    """Orders in several currencies, joint, with deliveries, from odd addresses."""
    norway = build.reading_of(
        [
            (
                "Norway ordered 4 Caesar for 30 million euros.",
                _order("NOR", "caesar", 4, money=money(exactly(Decimal(30_000_000)), "EUR")),
            ),
            (
                "For the 4 Caesar that Norway ordered others say 50 million dollars.",
                _order("NOR", "caesar", 4, money=money(exactly(Decimal(50_000_000)), "USD")),
            ),
        ],
        "2024-03-05", address="https://example.org/é/a b?x=<1>&y=%20#z",
    )  # fmt: skip
    sweden = build.one(
        "Sweden ordered 8 Patriot for about 5.5 billion crowns.",
        _order(
            "SWE", "patriot", 8,
            money=money(exactly(Decimal(5_500_000_000), approx=True), "SEK"),
        ),
        "2024-03-06", address="file:///home/someone/order.txt",
    )  # fmt: skip
    odd = build.one(
        "Latvia ordered 2 NASAMS for between 10 and 12 units of account.",
        _order("LVA", "nasams", 2, money=money(between(10, 12), "XQZ")),
        "2024-03-07",
    )
    pair = build.one(
        "Denmark and the Netherlands together ordered 14 Leopard 2A4.",
        _order("DNK", "leopard-2a4", 14, joint=True) | {"actors": ("DNK", "NLD")},
        "2024-03-08",
    )
    first = pair.statements[0].id
    whole = build.one(
        "All 14 Leopard 2A4 of Denmark and the Netherlands arrived on 1 May.",
        _delivery("DNK", "leopard-2a4", 14, first, joint=True)
        | {"actors": ("DNK", "NLD"), "time": TimeSpan("2024-05-01", "2024-05-01", "on 1 May")},
        "2024-05-02",
    )
    part = build.one(
        "Sweden has delivered 3 of the Patriot by spring.",
        _delivery("SWE", "patriot", 3, sweden.statements[0].id)
        | {"time": TimeSpan("2024-03-01", "2024-05-31", "by spring")},
        "2024-06-01",
    )
    with intendance.open_ledger(tmp_path / "many.db") as ledger:
        ledger.add([norway, sweden, odd, pair, whole, part])
        yield ledger


def _of(releases: list[dict[str, Any]], donor: str) -> dict[str, Any]:
    (found,) = [
        each for each in releases
        if any(p["id"] == donor and "buyer" in p["roles"] for p in each["parties"])
    ]  # fmt: skip
    return found


def test_amounts_that_are_no_value_are_said_in_words(many: Books, tmp_path: Path) -> None:
    releases = released(many, tmp_path / "ocds.json")
    (norway,) = _of(releases, "NOR")["contracts"]
    assert "value" not in norway
    assert norway["description"] == "EUR 30000000; USD 50000000"
    (sweden,) = _of(releases, "SWE")["contracts"]
    assert sweden["value"] == {"amount": 5_500_000_000, "currency": "SEK"}
    assert sweden["description"] == "SEK ~5500000000"
    (latvia,) = _of(releases, "LVA")["contracts"]
    assert "value" not in latvia
    assert latvia["description"] == "XQZ 10–12"


def test_addresses_are_addresses(many: Books, tmp_path: Path) -> None:
    releases = released(many, tmp_path / "ocds.json")
    (norway,) = _of(releases, "NOR")["contracts"]
    assert {each["url"] for each in norway["documents"]} == {
        "https://example.org/%C3%A9/a%20b?x=%3C1%3E&y=%20#z"
    }
    (sweden,) = _of(releases, "SWE")["contracts"]
    assert all("url" not in each for each in sweden["documents"])


def test_deliveries_are_milestones_of_their_order(many: Books, tmp_path: Path) -> None:
    releases = released(many, tmp_path / "ocds.json")
    pair = _of(releases, "NLD")
    assert "buyer" not in pair
    assert pair["tag"] == ["contract", "implementation"]
    (milestone,) = pair["contracts"][0]["implementation"]["milestones"]
    assert (milestone["status"], milestone["dateMet"]) == ("met", "2024-05-01T00:00:00Z")
    (document,) = pair["contracts"][0]["implementation"]["documents"]
    assert document["description"].startswith("All 14 Leopard 2A4")
    assert pair["date"] == "2024-05-02T00:00:00Z"
    (milestone,) = _of(releases, "SWE")["contracts"][0]["implementation"]["milestones"]
    assert milestone["status"] == "partiallyMet"
    assert milestone["description"].endswith(": 3 / 8 (by spring)")
    assert "dateMet" not in milestone
    assert _of(releases, "NOR")["tag"] == ["contract"]


def test_another_content_is_another_release(many: Books, build: ModuleType, tmp_path: Path) -> None:
    before = released(many, tmp_path / "one.json")
    assert released(many, tmp_path / "two.json") == before
    more = build.one(
        "Of the order Sweden has delivered 5 Patriot.",
        _delivery("SWE", "patriot", 5, many.statements(Filter(donor="SWE"))[0].id),
        "2024-06-01",
    )
    many.add([more])
    after = released(many, tmp_path / "three.json")
    old, new = _of(before, "SWE"), _of(after, "SWE")
    assert (old["ocid"], old["date"]) == (new["ocid"], new["date"])
    assert old["id"] != new["id"]
    assert {e["id"] for e in before} - {e["id"] for e in after} == {old["id"]}


def test_what_the_demo_reads_is_valid(tmp_path: Path) -> None:
    with intendance.open_ledger(tmp_path / "demo.db") as ledger:
        ledger.read([Path(str(each)) for each in report_files()])
        for language in ("en", "fr"):
            assert released(ledger, tmp_path / "ocds.json", language=language)


def test_orders_among_the_tracker_s_rows_are_valid(
    kiel_folder: Path, build: ModuleType, tmp_path: Path
) -> None:
    """Rows give and promise; what is ordered comes from reports beside them."""
    order = build.one(
        "Germany ordered 18 howitzers of the type RCH 155.", _order("DEU", "rch-155", 18)
    )
    with intendance.open_ledger(tmp_path / "kiel.db") as ledger:
        ledger.add(read_kiel(kiel_folder / "ust_2022-11.csv", ledger.catalogue))
        register = kiel_folder.parent / "sipri" / "trade_register_ukraine.csv"
        if register.is_file():
            ledger.add(read_sipri(register, ledger.catalogue))
        ledger.add([order])
        assert released(ledger, tmp_path / "ocds.json")
