"""Past days of a ledger that is too large to be folded for each page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient

from intendance.ledger import Ledger
from intendance.web import Settings, build_app

DAY = "2023-02-10"


@pytest.fixture
def large(demo_address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient[Any]]:
    """The demo as if it were a large ledger, where nothing may be folded whole."""
    monkeypatch.setattr("intendance.web._views._large.MANY", 0)

    def whole(*_: Any, **__: Any) -> Any:
        raise AssertionError("all of it was folded")

    with TestClient(build_app(Settings(database=demo_address))) as client:
        client.get("/")
        monkeypatch.setattr(Ledger, "brief", whole)
        yield client


def _counts(client: TestClient[Any], address: str) -> dict[tuple[str, str], int]:
    lines = client.get(address).text.splitlines()
    rows = [json.loads(each) for each in lines]
    return {(each["id"], each["stage"]): each["count"] for each in rows}


def test_the_overview_of_a_past_day_counts_what_was_spoken_of_by_then(
    large: TestClient[Any],
) -> None:
    page = large.get(f"/?as_of={DAY}", headers={"Accept-Language": "en"})
    assert page.status_code == 200
    assert "A large ledger on a past day" in page.text
    now = _counts(large, "/donors.json")
    then = _counts(large, f"/donors.json?as_of={DAY}")
    assert sum(then.values()) < sum(now.values())
    assert all(count <= now[key] for key, count in then.items())
    assert _counts(large, "/donors.json?as_of=2100-01-01") == now
    months = [json.loads(each) for each in large.get(f"/months.json?as_of={DAY}").text.splitlines()]
    assert months
    assert max(each["month"] for each in months) <= DAY
    lines = large.get(f"/totals.json?as_of={DAY}").text.splitlines()
    assert 0 < len(lines) <= len(large.get("/totals.json").text.splitlines())
    assert large.get(f"/?as_of={DAY}&recorded=2100-01-01T00:00:00Z").status_code == 400


def test_statements_of_an_act_come_in_pages_and_of_a_past_day_only_where_they_are_few(
    large: TestClient[Any], demo_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intendance.web._api.sources._AT_ONCE", 3)
    with TestClient(build_app(Settings(database=demo_address))) as small:
        everything = small.get("/api/v1/statements?limit=500").json()["records"]
    wanted = [each["id"] for each in everything if each["act"] == "deliver"]
    found: list[str] = []
    address = "/api/v1/statements?act=deliver&limit=2"
    cursor: str | None = ""
    while cursor is not None:
        page = large.get(address + (f"&cursor={cursor}" if cursor else "")).json()
        found += [each["id"] for each in page["records"]]
        cursor = page["next"]
    assert found == wanted
    assert len(wanted) > 4
    refused = large.get(f"/api/v1/statements?as_of={DAY}&item=leopard-2")
    assert (refused.status_code, refused.json()["message"]) == (
        400,
        (
            "Expected no past day, for the statements of more than 0 commitments, got one"
            " - at the filter"
        ),
    )


@pytest.mark.parametrize(
    "path", ["/conflicts", "/api/v1/commitments", "/api/v1/conflicts", "/api/v1/packages"]
)
def test_a_past_day_of_all_of_it_is_refused_and_of_a_part_is_answered(
    large: TestClient[Any], demo_address: str, path: str
) -> None:
    refused = large.get(f"{path}?as_of={DAY}&donor=DEU")
    assert refused.status_code == 400
    assert refused.json()["message"] == (
        "Expected a recipient or an item, for a past day of more than 0 commitments, got neither"
        " - at the filter"
    )
    assert large.get(path).status_code == 200
    part = f"{path}?as_of={DAY}&item=leopard-2"
    with TestClient(build_app(Settings(database=demo_address))) as small:
        if path.startswith("/api"):
            assert large.get(part).json() == small.get(part).json()
        else:
            assert large.get(part).status_code == small.get(part).status_code == 200
