"""The application: routes from the one table, files beside pages, the error envelope."""

from __future__ import annotations

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from intendance.render import LANGUAGES, has_text
from intendance.terms import ErrorRecord
from intendance.web._failures import statuses
from intendance.web._routes import Route, routes, routes_in, view_of

Client = TestClient[Litestar]


@pytest.mark.parametrize("each", routes(), ids=lambda each: each.name)
def test_every_route_has_its_view_and_its_words_in_every_language(each: Route) -> None:
    assert all(has_text(each.text, language) for language in LANGUAGES)
    assert each.kind == "static" or callable(view_of(each))


@pytest.mark.parametrize(
    "each",
    [each for each in routes() if each.kind == "page" and "{" not in each.path],
    ids=lambda each: each.name,
)
def test_every_page_answers_with_all_its_files(client: Client, each: Route) -> None:
    page = client.get(each.path)
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    for name in each.files:
        answer = client.get(f"{each.path.rstrip('/')}/{name}")
        assert answer.status_code == 200, name
        if name.endswith("metadata.json"):
            keys = {"title", "columns", "source", "as_of", "cite", "terms"}
            assert keys <= set(answer.json())


def test_what_is_not_in_the_table_cannot_be_reached(client: Client) -> None:
    for path in ("/nothing", "/api/v1", "/api/v1/nothing", "/schema", "/static/../routes.toml"):
        answer = client.get(path)
        assert answer.status_code == 404
        error = msgspec.json.decode(answer.content, type=ErrorRecord)
        assert error.code == "web.absent"
        assert error.message == (
            "Expected an address that there is, got one that there is not - at the request"
        )


def test_another_method_is_refused(client: Client) -> None:
    answer = client.post("/ledger")
    assert answer.status_code == 405
    assert answer.json()["message"] == (
        "Expected a method that this address takes, got another - at the request"
    )


def test_a_parameter_that_the_route_does_not_have_is_refused(client: Client) -> None:
    answer = client.get("/api/v1/commitments?colour=red")
    assert answer.status_code == 400
    assert answer.json()["message"] == (
        "Expected a parameter of this route, got one that it does not have - at 'colour'"
    )


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("donor=a&donor=b", "Expected one value, got 2 - at 'donor'"),
        (f"donor={'x' * 201}", "Expected 200 characters at most, got 201 - at 'donor'"),
        ("donor=%00", "Expected text, got text with a NUL - at 'donor'"),
        (
            "stage=lost",
            (
                "Expected one of requested, considered, promised, allocated, contracted, produced, "
                "delivered, refused, withdrawn, got 'lost' - at 'stage'"
            ),
        ),
    ],
)
def test_a_wrong_value_is_refused(client: Client, query: str, message: str) -> None:
    answer = client.get(f"/api/v1/commitments?{query}")
    assert answer.status_code == 400
    assert answer.json()["message"] == message


def test_every_answer_says_what_a_browser_may_load(client: Client) -> None:
    for path in ("/", "/api/v1/commitments", "/nothing"):
        policy = client.get(path).headers["content-security-policy"]
        assert policy.startswith("default-src 'self'; ")
        assert "unsafe" not in policy


def test_every_status_is_of_a_code_that_there_is() -> None:
    from intendance.terms import error_kinds

    assert set(statuses()) <= set(error_kinds())
    assert {code for code in error_kinds() if code.startswith("web.")} - set(statuses()) == {
        "web.extra-missing",
        "web.exposed",
        "web.address",
    }


def test_two_routes_of_one_address_are_a_slip() -> None:
    row = {"name": "one", "path": "/", "permission": "open", "text": "web.overview"}
    with pytest.raises(ValueError, match="twice"):
        routes_in({"parameter": {}, "group": {}, "route": [row, {**row, "name": "two"}]})


def test_a_link_leads_to_a_route() -> None:
    link = {"route": "two", "parameter": "id", "value": "x"}
    row = {"name": "one", "path": "/", "permission": "open", "text": "a", "links": [link]}
    with pytest.raises(ValueError, match="route one: no route two"):
        routes_in({"parameter": {}, "group": {}, "route": [row]})
