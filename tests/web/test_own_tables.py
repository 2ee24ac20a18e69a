"""Inventories and rates that a nation supplies: its own to see, unless it says otherwise."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.web.guarded import Client, add_users, bearer, make_ledger, readings, serving

from intendance.sustainment import write_fleet_template
from intendance.web import Settings, build_app

INVENTORY = "nation,item,month,low,high\nFRA,caesar,2023-01,70,76\nFRA,leopard-2a6,2023-01,1,\n"
REQUIREMENT = "nation,item,year,units\nFRA,caesar,2023,100\n"
Guarded = tuple[Client, dict[str, dict[str, str]]]


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Guarded]:
    """A server with users of two nations."""
    users = [
        ("fra", "analyst", ("FRA",), False), ("look", "reader", ("FRA",), False),
        ("deu", "analyst", ("DEU",), False), ("nobody", "analyst", (), False),
        ("chief", "administrator", (), True),
    ]  # fmt: skip
    tokens = add_users(tmp_path / "a.access", users)
    database = make_ledger(tmp_path / "a.db", readings()[:2])
    with serving(database, tmp_path / "a.access") as client:
        yield client, {name: bearer(secret) for name, secret in tokens.items()}


def _send(client: Client, kind: str, words: str, headers: Any = None, **fields: Any) -> Any:
    body = {"text": words, "name": f"{kind}.csv", "kind": kind, **fields}
    return client.post("/api/v1/imports", json=body, headers=headers)


def _waited(client: Client, answer: Any, headers: Any = None) -> dict[str, Any]:
    assert answer.status_code == 202, answer.text
    for _ in range(600):
        found: dict[str, Any] = client.get(answer.headers["location"], headers=headers).json()
        if found["state"] not in ("waiting", "running"):
            return found
        time.sleep(0.05)
    raise AssertionError("it never ended")


def _kept(client: Client, kind: str, words: str, headers: Any = None, **fields: Any) -> Any:
    found = _waited(client, _send(client, kind, words, headers, **fields), headers)
    assert found["state"] == "previewed", found
    settle = client.post(f"/api/v1/imports/{found['id']}", json={}, headers=headers)
    assert _waited(client, settle, headers)["state"] == "done"
    return found


_ASKED = "/nations/positions.csv?nation=FRA&item=caesar&at=2023-02"


def test_an_inventory_has_its_owners_marking_and_so_has_what_is_derived(guarded: Guarded) -> None:
    client, who = guarded
    before = {name: client.get(_ASKED, headers=who[name]).text for name in who}
    found = _kept(client, "inventory", INVENTORY, who["fra"])
    assert found["marking"] == [["FRA"]]
    assert (found["rows"], found["new"]) == (2, 2)
    _kept(client, "requirement", REQUIREMENT, who["fra"])
    for name in ("deu", "nobody"):
        assert client.get(_ASKED, headers=who[name]).text == before[name]
    for name in ("fra", "look", "chief"):
        answer = client.get(_ASKED, headers=who[name])
        assert ",70,76," in answer.text.splitlines()[1]
        assert answer.text.splitlines()[1].endswith(",FRA")
        assert answer.headers["intendance-marking"] == "FRA"
    about = client.get(_ASKED.replace(".csv", ".metadata.json"), headers=who["look"]).json()
    assert about["marking"] == [["FRA"]]
    rows = client.get(f"/imports/{found['id']}/rows.csv", headers=who["fra"]).text.splitlines()
    assert rows[0] == "row,what,fields,quote,marking"
    assert all(each.endswith(",FRA") for each in rows[1:])


def test_who_may_see_a_table_can_be_said(guarded: Guarded) -> None:
    client, who = guarded
    empty = client.get(_ASKED, headers=who["nobody"]).text
    _kept(client, "inventory", INVENTORY, who["fra"], marking=["FRA", "DEU"])
    assert ",70,76," in client.get(_ASKED, headers=who["deu"]).text
    assert client.get(_ASKED, headers=who["nobody"]).text == empty
    _kept(client, "inventory", INVENTORY, who["fra"], audience="everybody")
    assert ",70,76," in client.get(_ASKED, headers=who["nobody"]).text


def test_one_of_no_nation_must_say_who_may_see_a_table(guarded: Guarded) -> None:
    client, who = guarded
    answer = _send(client, "inventory", INVENTORY, who["nobody"])
    assert answer.status_code == 422
    assert answer.json()["remedy"] == "Say who may see it."


def test_a_table_is_compared_with_the_one_that_it_takes_the_place_of(tmp_path: Path) -> None:
    database = make_ledger(tmp_path / "a.db", readings()[:2])
    with Client(build_app(Settings(database=database)), base_url="http://127.0.0.1") as client:
        _kept(client, "inventory", INVENTORY)
        other = "nation,item,month,low,high\nFRA,caesar,2023-01,60,76\nDEU,caesar,2023-01,2,\n"
        found = _waited(client, _send(client, "inventory", other))
        counts = [found[name] for name in ("new", "changed", "same", "gone")]
        assert counts == [1, 1, 0, 1]
        rows = client.get(f"/api/v1/imports/{found['id']}/rows").json()["records"]
        changed = next(each for each in rows if each["what"] == "changed")
        assert changed["fields"] == [{"field": "low", "before": "70", "after": "60"}]
        wrong = _waited(client, _send(client, "inventory", INVENTORY.replace("70", "-7")))
        assert wrong["state"] == "failed"
        assert wrong["error"]["code"] == "forces.value"
        lone = _waited(client, _send(client, "requirement", REQUIREMENT.replace("FRA", "POL")))
        assert lone["error"]["message"] == (
            "Expected an inventory of each nation and item, got none for 1 rows"
            " - at requirement.csv"
        )


def test_rates_of_failures_make_readiness_for_those_of_the_owner(
    guarded: Guarded, tmp_path: Path
) -> None:
    client, who = guarded
    write_fleet_template(tmp_path / "fleets")
    before = {name: client.get("/readiness/fleets.csv", headers=who[name]).text for name in who}
    for kind in ("fleets", "parts", "rates", "shops", "spares"):
        words = (tmp_path / "fleets" / f"{kind}.csv").read_text(encoding="utf-8")
        assert client.get("/readiness/fleets.csv", headers=who["look"]).text == before["look"] or (
            kind == "spares"
        )
        assert _kept(client, kind, words, who["fra"])["marking"] == [["FRA"]]
    seen = client.get("/readiness/fleets.csv", headers=who["look"])
    assert len(seen.text.splitlines()) > 1
    assert all(each.endswith(",FRA") for each in seen.text.splitlines()[1:])
    for name in ("deu", "nobody"):
        assert client.get("/readiness/fleets.csv", headers=who[name]).text == before[name]


NUMBERS = {
    "price": "item,price,currency,date,kind,source\ncaesar,5000000,EUR,2023,book,a test\n",
    "exchange-rate": "date,currency,per_euro,source\n2023,USD,1.08,a test\n",
    "line": "line,item,capacity\nplant,155mm-shell,3000\n",
    "budget": "nation,year,amount\nFRA,2026,700000000\n",
}


@pytest.mark.parametrize("kind", NUMBERS)
def test_prices_rates_lines_and_budgets_have_their_owners_marking(
    guarded: Guarded, kind: str
) -> None:
    client, who = guarded
    nothing = client.get("/api/v1/supplied", headers=who["deu"]).text
    found = _kept(client, kind, NUMBERS[kind], who["fra"])
    assert (found["marking"], found["new"]) == ([["FRA"]], 1)
    for name in ("fra", "look", "chief"):
        kept = client.get("/api/v1/supplied", headers=who[name]).json()["records"]
        assert [(each["id"], each["rows"]) for each in kept] == [(f"{kind}:FRA", 1)]
        assert kept[0]["marking"] == [["FRA"]]
        one = client.get(f"/api/v1/supplied/{kind}:FRA", headers=who[name])
        assert one.headers["intendance-marking"] == "FRA"
        assert len(one.json()["rows"]) == 1
    for name in ("deu", "nobody"):
        assert client.get("/api/v1/supplied", headers=who[name]).text == nothing
        hidden = client.get(f"/api/v1/supplied/{kind}:FRA", headers=who[name])
        absent = client.get(f"/api/v1/supplied/{kind}:POL", headers=who[name])
        assert hidden.status_code == absent.status_code == 404
        assert hidden.text == absent.text.replace("POL", "FRA")
    lines = client.get("/add/supplied.csv", headers=who["fra"]).text.splitlines()
    assert lines[1].startswith(f"{kind},FRA,1,")
    assert lines[1].endswith(",FRA")
    again = _waited(client, _send(client, kind, NUMBERS[kind], who["fra"]), who["fra"])
    assert (again["new"], again["same"]) == (0, 1)


@pytest.mark.parametrize(
    ("kind", "wrong", "told"),
    [
        ("price", ("5000000", "0"), "Expected a price above zero, got 0"),
        ("price", ("caesar", "no such gun"), "an item of the catalogue"),
        (
            "exchange-rate",
            ("USD", "usd"),
            "Expected a currency of three capital letters, got 'usd'",
        ),
        ("line", ("3000", "-1"), "Expected a number that is not below zero, got -1.0"),
        ("budget", ("700000000", "nan"), "number"),
    ],
)
def test_a_figure_that_no_reckoning_could_use_is_refused(
    tmp_path: Path, kind: str, wrong: tuple[str, str], told: str
) -> None:
    database = make_ledger(tmp_path / "a.db", readings()[:1])
    with Client(build_app(Settings(database=database)), base_url="http://127.0.0.1") as client:
        found = _waited(client, _send(client, kind, NUMBERS[kind].replace(*wrong)))
        assert found["state"] == "failed", found
        assert told in found["error"]["message"]
        assert client.get("/api/v1/supplied").json()["records"] == []
