"""Who may see what: every route × role × marking, made from the table of routes (W1 to W6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from tests.web.guarded import Client, add_users, bearer, make_ledger, readings, serving
from tests.web.twins import Write, rounds_of

from intendance.web._routes import Route, routes
from intendance.web._users import ROLES, allowed

ALLOWED = {
    "open": {"", "reader", "analyst", "administrator"},
    "read": {"reader", "analyst", "administrator"},
    "write": {"analyst", "administrator"},
    "administer": {"administrator"},
}
"""The rule, written down a second time: the check must agree with it in every case."""

GROUPS: dict[str, tuple[str, ...]] = {
    "none": (),
    "fra": ("FRA",),
    "deu": ("DEU",),
    "both": ("DEU", "FRA"),
}


DEMAND: list[Write] = [
    ("demand", ("autumn", "ALAND", 5), frozenset()),
    *(
        ("demand", (name, nation, number), frozenset({frozenset({nation})}))
        for name in ("autumn", "spring")
        for nation, number in (("DEU", 71), ("FRA", 83))
    ),
]
"""Demand of two nations, each its own to see, and of one that is everybody's."""


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Client, dict[str, str]]]:
    """A server with a marked report, and a token for each role and set of groups."""
    folder = tmp_path_factory.mktemp("matrix")
    users = [
        (f"{role}-{name}", role, groups, False) for role in ROLES for name, groups in GROUPS.items()
    ]
    tokens = add_users(folder / "a.access", [*users, ("chief", "administrator", (), True)])
    database = make_ledger(folder / "a.db", readings()[:3])
    plans = rounds_of(folder / "plans", DEMAND)
    with serving(database, folder / "a.access", plans) as client:
        for marking, at in ((["FRA"], 3), (["DEU"], 4)):
            body = {"text": readings()[at].text, "address": f"{at}.txt", "published": "2023-05",
                    "marking": marking}  # fmt: skip
            made = client.post("/api/v1/reports", json=body, headers=bearer(tokens["chief"]))
            assert made.status_code == 201, made.text
        yield client, tokens


def _send(client: Client, route: Route, token: str | None, **path: str) -> Any:
    address = re.sub(r"\{(\w+)\}", lambda found: path.get(found[1], "c" + "0" * 20), route.path)
    headers = {} if token is None else bearer(token)
    if route.method == "GET":
        return client.get(address, headers=headers, follow_redirects=False)
    # An empty object: what is allowed fails later, for want of its parameters.
    if route.kind == "form":
        return client.post(address, data={"x": "y"}, headers=headers, follow_redirects=False)
    return client.post(address, json={}, headers=headers)


@pytest.mark.parametrize("route", routes(), ids=lambda each: each.name)
def test_every_route_lets_in_the_roles_of_its_permission_and_no_other(
    guarded: tuple[Client, dict[str, str]], route: Route
) -> None:
    client, tokens = guarded
    for role in ("", *ROLES):
        for name in GROUPS if role else ("none",):
            token = tokens[f"{role}-{name}"] if role else None
            answer = _send(client, route, token)
            let_in = role in ALLOWED[route.permission]
            assert allowed(route.permission, role) is let_in
            if let_in and (token is not None or route.method == "GET"):
                assert answer.status_code not in (401, 403), (role, answer.text)
            elif not role and route.kind in ("page", "form") and not let_in:
                assert answer.status_code == 303
                assert answer.headers["location"].startswith("/sign-in?next=")
            elif not let_in:
                assert answer.status_code == (403 if role else 401)
                assert "records" not in answer.text


PAGES = [each for each in routes() if each.files]


@pytest.mark.parametrize("route", PAGES, ids=lambda each: each.name)
def test_no_file_beside_a_page_is_let_out_where_the_page_is_not(
    guarded: tuple[Client, dict[str, str]], route: Route
) -> None:
    client, tokens = guarded
    for file in route.files:
        address = f"{route.path.rstrip('/')}/{file}".replace("{id}", "c" + "0" * 20)
        assert client.get(address, follow_redirects=False).status_code == 303
        for role in ROLES:
            if role not in ALLOWED[route.permission]:
                answer = client.get(address, headers=bearer(tokens[f"{role}-both"]))
                assert answer.status_code == 403


def test_a_permission_or_role_that_is_not_known_is_denied() -> None:
    for permission in ("", "Read", "all", "reader"):
        assert not any(allowed(permission, role) for role in ("", *ROLES))
    for role in ("root", "Reader", "admin"):
        assert not any(allowed(each, role) for each in ALLOWED)


def test_a_token_that_is_none_is_nobodys(guarded: tuple[Client, dict[str, str]]) -> None:
    client, tokens = guarded
    for token in ("", "int_x", tokens["chief"] + "x", tokens["chief"][:-1], "é"):
        answer = client.get(
            "/api/v1/counts", headers={b"Authorization": f"Bearer {token}".encode()}
        )
        assert answer.status_code == 401
        assert answer.json()["message"] == (
            "Expected somebody who is signed in, got nobody - at the request"
        )


def _seen(client: Client, token: str, kind: str) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1/{kind}?limit=500", headers=bearer(token))
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["records"]
    return found


READ = [each for each in routes() if each.method == "GET" and each.permission == "read"]


@pytest.mark.parametrize("route", READ, ids=lambda each: each.name)
def test_whoever_sees_the_same_rows_gets_the_same_answer(
    guarded: tuple[Client, dict[str, str]], route: Route
) -> None:
    """A hidden row's identifier is answered as one that never was, to the letter (W6)."""
    client, tokens = guarded
    hidden = _seen(client, tokens["reader-fra"], "reports")
    marked = [each for each in hidden if each["marking"]]
    assert [each["marking"] for each in marked] == [[["FRA"]]]
    ids = {
        kind: next(each["id"] for each in _seen(client, tokens["reader-fra"], kind)
                   if each["marking"])
        for kind in ("reports", "statements", "commitments")
    }  # fmt: skip
    for id_ in ids.values():
        absent = id_[0] + "0123456789abcdef0123"
        if "{" not in route.path:
            break
        for name in ("none", "deu"):
            one = _send(client, route, tokens[f"reader-{name}"], id=id_, file=id_)
            other = _send(client, route, tokens[f"reader-{name}"], id=absent, file=absent)
            assert one.status_code == other.status_code
            assert one.text.replace(id_, "X") == other.text.replace(absent, "X")
            assert set(one.headers) == set(other.headers)


def test_each_reader_sees_the_rows_of_its_groups(guarded: tuple[Client, dict[str, str]]) -> None:
    client, tokens = guarded
    counts = {name: len(_seen(client, tokens[f"reader-{name}"], "reports")) for name in GROUPS}
    assert counts == {"none": 3, "fra": 4, "deu": 4, "both": 5}
    assert len(_seen(client, tokens["chief"], "reports")) == 5


DEMAND_SEEN = {"none": set(), "fra": {"FRA"}, "deu": {"DEU"}, "both": {"DEU", "FRA"}}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", GROUPS)
def test_each_reader_sees_the_demand_of_its_nations(
    guarded: tuple[Client, dict[str, str]], role: str, name: str
) -> None:
    client, tokens = guarded
    headers = bearer(tokens[f"{role}-{name}"])
    for round_ in ("autumn", "spring"):
        answer = client.get(f"/api/v1/rounds/{round_}/demand", headers=headers)
        told = answer.json().get("records", [])
        wanted = DEMAND_SEEN[name] | ({"ALAND"} if round_ == "autumn" else set())
        assert {each["nation"] for each in told} == wanted
        assert all(each["marking"] in ([[each["nation"]]], []) for each in told)
    lines = client.get("/plans/asked.csv", headers=headers).text.splitlines()[1:]
    assert {each.split(",")[1] for each in lines} == DEMAND_SEEN[name] | {"ALAND"}
    for path in ("/plans", "/plans/pooled.csv", "/plans/asked.json"):
        found = client.get(path, headers=headers).text
        for nation, number in (("DEU", "71"), ("FRA", "83")):
            if nation not in DEMAND_SEEN[name]:
                assert not re.search(rf"\b{number}\b", found), (path, nation)


def test_every_total_without_full_clearance_carries_the_same_note(
    guarded: tuple[Client, dict[str, str]],
) -> None:
    client, tokens = guarded
    for route in (each for each in routes() if each.totals and each.kind == "api"):
        if route.name == "api-brief":
            continue
        notes = {
            client.get(route.path, headers=bearer(tokens[f"reader-{name}"])).json()["note"]
            for name in GROUPS
        }
        assert notes == {"Total over the rows that you may see."}
        chief = client.get(route.path, headers=bearer(tokens["chief"])).json()
        assert chief.get("note") is None
