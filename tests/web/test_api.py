"""The API: the same words and shapes as the command line, pages, streams, writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from intendance.api import Books, open_ledger
from intendance.render import json_line
from intendance.web import Settings, build_app
from intendance.web._routes import Route, routes

Client = TestClient[Litestar]
LISTINGS = [
    each for each in routes() if each.many and each.permission == "read" and "{" not in each.path
]
TEXT = "Germany delivered 4 Leopard 2A6 tanks to Ukraine on 3 March 2025."


@pytest.fixture(scope="module")
def books(demo_address: str) -> Iterator[Books]:
    with open_ledger(demo_address, create=False) as made:
        yield made


@pytest.fixture
def own(copied: Path) -> Iterator[Client]:
    """Asks a server of a ledger that may be written to."""
    with TestClient(build_app(Settings(database=str(copied)))) as made:
        yield made


def _records(client: Client, path: str, **asked: Any) -> list[dict[str, Any]]:
    """All records of a listing, page by page."""
    found: list[dict[str, Any]] = []
    cursor = None
    while True:
        answer = client.get(path, params={**asked, **({"cursor": cursor} if cursor else {})})
        assert answer.status_code == 200, answer.text
        body = answer.json()
        found += body["records"]
        cursor = body["next"]
        if cursor is None:
            return found


@pytest.mark.parametrize("route", LISTINGS, ids=lambda each: each.name)
def test_a_listing_is_the_same_in_pages_of_any_size_and_as_a_stream(
    client: Client, route: Route
) -> None:
    if route.name == "api-tokens":
        pytest.skip("only with users")
    whole = _records(client, route.path, limit=500)
    if route.name != "api-catalogue":
        assert _records(client, route.path, limit=3) == whole
    stream = client.get(f"{route.path}?stream=true")
    assert [json.loads(line) for line in stream.text.splitlines()] == whole
    assert stream.headers["content-type"].startswith("application/x-ndjson")


@pytest.mark.parametrize("kind", ["commitments", "statements", "reports", "conflicts", "packages"])
def test_records_are_those_of_the_command_line(client: Client, books: Books, kind: str) -> None:
    rows = sorted(getattr(books, kind)(), key=lambda each: each.id)
    assert _records(client, f"/api/v1/{kind}") == [json.loads(json_line(each)) for each in rows]
    for each in rows[:3]:
        assert client.get(f"/api/v1/{kind}/{each.id}").json() == json.loads(json_line(each))
        answer = client.get(f"/api/v1/why/{each.id}")
        assert answer.json() == json.loads(json_line(books.why(each.id)))


@pytest.mark.parametrize(
    "asked",
    [{"donor": "DEU"}, {"item": "weapons", "live": "true"}, {"since": "2023"}, {"text": "Leopard"},
     {"as_of": "2023-01-31"}, {"stage": "delivered", "recipient": "UKR"}],
    ids=str,
)  # fmt: skip
def test_a_filter_lets_through_what_the_ledgers_does(
    client: Client, books: Books, asked: dict[str, str]
) -> None:
    from intendance.ledger import Filter

    known = {name: value for name, value in asked.items() if name not in ("live", "as_of")}
    wanted = Filter(**known, candidates="live" not in asked)  # type: ignore[arg-type]
    as_of = asked.get("as_of")
    for kind in ("commitments", "statements", "conflicts"):
        rows = getattr(books, kind)(wanted, as_of)
        mine = _records(client, f"/api/v1/{kind}", limit=7, **asked)
        assert [each["id"] for each in mine] == sorted(each.id for each in rows)


def test_facets_and_counts(client: Client, books: Books) -> None:
    facets = client.get("/api/v1/facets?stage=delivered").json()
    assert facets["total"] == len(_records(client, "/api/v1/commitments", stage="delivered"))
    donors = {each["value"]: each["count"] for each in facets["facets"]["donor"]}
    for name, count in donors.items():
        found = _records(client, "/api/v1/commitments", stage="delivered", donor=name)
        assert len(found) == count
    counts = client.get("/api/v1/counts").json()
    assert counts.pop("note") is None
    assert counts == books.counts()


def test_rows_that_arrive_move_none_to_another_page(own: Client) -> None:
    before = _records(own, "/api/v1/statements")
    first = own.get("/api/v1/statements?limit=20").json()
    own.post("/api/v1/reports", json={"text": TEXT, "published": "2025-03-04"})
    rest: list[dict[str, Any]] = []
    cursor = first["next"]
    while cursor:
        page = own.get("/api/v1/statements", params={"limit": 20, "cursor": cursor}).json()
        rest += page["records"]
        cursor = page["next"]
    seen = [each["id"] for each in (*first["records"], *rest)]
    assert len(seen) == len(set(seen))
    assert {each["id"] for each in before} <= set(seen)


@pytest.mark.parametrize("cursor", ["x", "zz", "%FF", "Zm9v", "a" * 400, "é"])
def test_a_broken_cursor_is_refused(client: Client, cursor: str) -> None:
    answer = client.get(f"/api/v1/reports?cursor={cursor}")
    assert answer.status_code == 400
    assert answer.json()["code"] == "web.cursor"
    assert answer.json()["message"].startswith(
        "Expected the cursor of a page of this very listing, got "
    )


def test_a_cursor_of_another_listing_is_refused(client: Client) -> None:
    cursor = client.get("/api/v1/reports?limit=2").json()["next"]
    assert client.get("/api/v1/statements", params={"cursor": cursor}).status_code == 400
    assert client.get("/api/v1/reports", params={"cursor": cursor, "limit": 7}).status_code == 200


def test_a_decision_is_made_and_undone(own: Client) -> None:
    target = own.get("/api/v1/commitments?limit=1&live=true").json()["records"][0]["id"]
    made = own.post("/api/v1/decisions", json={"kind": "retract", "ids": [target], "why": "a slip"})
    assert made.status_code == 201
    assert made.json()["by"] == "analyst"
    assert own.get(made.headers["location"]).status_code == 200
    assert own.get(f"/api/v1/commitments/{target}").json()["live"] is False
    undone = own.post(f"/api/v1/decisions/{made.json()['id']}/undo", json={"why": "no slip"})
    assert undone.status_code == 201
    assert own.get(f"/api/v1/commitments/{target}").json()["live"] is True


def test_the_value_of_a_decision_is_what_its_json_says(own: Client) -> None:
    target = own.get("/api/v1/statements?limit=1").json()["records"][0]["id"]
    body = {"kind": "grade", "ids": [target], "value": "B2", "why": "a known witness"}
    made = own.post("/api/v1/decisions", json=body)
    assert made.status_code == 201
    assert made.json()["value"] == "B2"
    for value in (["B2"], 12, "12"):
        refused = own.post("/api/v1/decisions", json={**body, "value": value})
        assert refused.status_code in (400, 422), refused.text
        assert refused.json()["code"] in ("web.parameter", "decision.invalid")


def test_a_write_with_a_key_is_done_once(own: Client) -> None:
    target = own.get("/api/v1/commitments?limit=1").json()["records"][0]["id"]
    body = {"kind": "retract", "ids": [target], "why": "a slip"}
    key = {"Idempotency-Key": "one"}
    first = own.post("/api/v1/decisions", json=body, headers=key)
    again = own.post("/api/v1/decisions", json=body, headers=key)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["idempotent-replayed"] == "true"
    assert len(_records(own, "/api/v1/decisions")) == 1
    other = own.post("/api/v1/decisions", json={**body, "why": "another"}, headers=key)
    assert other.status_code == 409
    assert other.json()["message"] == (
        "Expected a key of this request's own, got one that came with another request - at "
        "Idempotency-Key"
    )


def test_a_report_is_previewed_then_read_then_added_to(own: Client) -> None:
    body = {"text": TEXT, "published": "2025-03-04"}
    before = own.get("/api/v1/counts").json()
    dry = own.post("/api/v1/reports", json={**body, "dry": True})
    assert dry.status_code == 200
    preview = dry.json()["preview"]
    assert preview["added"]["reports"] == 1
    assert own.get("/api/v1/counts").json() == before
    made = own.post("/api/v1/reports", json=body)
    assert made.status_code == 201
    report = made.json()["reports"][0]
    for each in preview["after"]:
        now = own.get(f"/api/v1/commitments/{each['id']}").json()
        assert now["stages"] == each["stages"]
    assert own.get(f"/api/v1/reports/{report}/text").json()["text"] == TEXT
    fields = {"act": "deliver", "certainty": "done", "actors": ["DEU"], "item": "leopard-2a6"}
    by_hand = own.post(
        "/api/v1/statements", json={"report": report, "quote": "4 Leopard", "fields": fields}
    )
    assert by_hand.status_code == 201
    assert by_hand.json()["author"] == "analyst"
    assert own.get(by_hand.headers["location"]).json()["id"] == by_hand.json()["id"]


def test_a_file_is_uploaded_with_the_token_of_the_page(own: Client) -> None:
    import re

    csrf = re.search(r'name="csrf" value="([^"]+)"', own.get("/").text)
    assert csrf is not None
    files = {"file": ("tanks.txt", TEXT.encode(), "text/plain")}
    refused = own.post("/api/v1/reports", files=files)
    assert refused.status_code == 403
    assert refused.json()["message"] == (
        "Expected the token of the session, got another or none - at the request"
    )
    taken = own.post("/api/v1/reports", files=files, headers={"X-CSRF-Token": csrf[1]})
    assert taken.status_code == 201
    held = own.get(f"/api/v1/reports/{taken.json()['reports'][0]}").json()
    assert held["address"] == "tanks.txt"


def test_what_is_explained_is_not_stored(own: Client) -> None:
    before = own.get("/api/v1/counts").json()
    answer = own.post("/api/v1/explain", json={"text": TEXT})
    assert answer.status_code == 200
    assert [each["item"] for each in answer.json()["statements"]] == ["leopard-2a6"]
    assert own.get("/api/v1/counts").json() == before


def test_the_description_is_openapi_3_1_and_names_every_route(client: Client) -> None:
    spec = client.get("/api/v1/openapi.json").json()
    assert spec["openapi"].startswith("3.1.")
    named = {
        operation["operationId"]: operation
        for path in spec["paths"].values()
        for operation in path.values()
    }
    api = [each for each in routes() if each.kind == "api"]
    assert set(named) == {each.name.removeprefix("api-") for each in api}
    assert len(api) == len(named)
    for each in api:
        operation = named[each.name.removeprefix("api-")]
        good = operation["responses"][str(each.status)]
        for link in good.get("links", {}).values():
            target = named[link["operationId"]]
            known = {parameter["name"] for parameter in target["parameters"]}
            assert set(link["parameters"]) <= known


def test_an_entry_of_the_catalogue_is_as_on_the_command_line(client: Client) -> None:
    found = client.get("/api/v1/catalogue", params={"name": "Léopard 2A6"})
    if found.status_code == 422:
        found = client.get("/api/v1/catalogue", params={"name": "Leopard 2A6"})
    record = found.json()["records"][0]
    assert record["id"] == "leopard-2a6"
    assert client.get("/api/v1/catalogue/leopard-2a6").json() == record
    assert client.get("/api/v1/catalogue/nothing-of-the-kind").status_code == 404


@pytest.mark.parametrize(
    ("content", "kind", "status", "message"),
    [
        (b'{"text": ', "application/json", 400, "Expected a JSON object, got Input data was"),
        (b"[1]", "application/json", 400, "Expected a JSON object, got JSON that is no object"),
        (b"text", "text/plain", 415, "Expected application/json or a form, got 'text/plain'"),
        (b"{}", "application/json", 400, "Expected a file or a text, got neither - at 'file'"),
        (b'{"text": 1}', "application/json", 400, "Expected a text, got int - at 'text'"),
        (b'{"text": "x", "dry": 7}', "application/json", 400, "Expected a flag, got int - at"),
        (b'{"text": "x", "dry": "si"}', "application/json", 400, "Expected true or false, got"),
        (b'{"file": ["x"]}', "application/json", 400, "Expected a file, got something else"),
    ],
)
def test_a_body_that_is_wrong_is_refused(
    own: Client, content: bytes, kind: str, status: int, message: str
) -> None:
    answer = own.post("/api/v1/reports", content=content, headers={"content-type": kind})
    assert answer.status_code == status, answer.text
    assert answer.json()["message"].startswith(message)


def test_numbers_beyond_what_is_counted_are_refused(client: Client) -> None:
    for given in ("9" * 19, "-1", "0", "501", "1e3", "٣", "0x10"):
        answer = client.get("/api/v1/reports", params={"limit": given})
        assert answer.status_code == 400
    beyond = client.get("/api/v1/reports", params={"limit": "9" * 30}).json()["message"]
    assert beyond == (
        f"Expected a whole number of 18 digits at most, got '{'9' * 30}' - at 'limit'"
    )
    least = client.get("/api/v1/reports?limit=0").json()["message"]
    assert least == "Expected a number from 1 to 500, got 0 - at 'limit'"


def test_fields_must_be_an_object(own: Client) -> None:
    report = own.get("/api/v1/reports?limit=1").json()["records"][0]["id"]
    body = {"report": report, "quote": "a", "fields": "4"}
    answer = own.post("/api/v1/statements", json=body)
    assert answer.status_code == 400
    assert answer.json()["message"] == "Expected an object, got str - at 'fields'"
    broken = own.post("/api/v1/statements", json={**body, "fields": "{"})
    assert broken.json()["message"] == "Expected an object, got str - at 'fields'"


def test_every_answer_is_read_back(client: Client) -> None:
    from intendance.terms import Commitment

    found = client.get("/api/v1/commitments").json()["records"]
    for each in found:
        msgspec.convert(each, Commitment)


@pytest.mark.parametrize("kind", ["commitments", "statements", "conflicts", "packages"])
def test_a_stream_that_is_refused_is_refused_before_it_begins(client: Client, kind: str) -> None:
    answer = client.get(f"/api/v1/{kind}?recipient=nowhere+at+all&stream=true")
    assert answer.status_code == 400
    assert answer.json()["code"] == "filter.invalid"
