"""Files of data from a page and over the API: looked at row by row, written once."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.web.guarded import PASSWORD, Client, add_users, bearer, make_ledger, readings, serving

from intendance.api import open_ledger
from intendance.exchange import Bounds
from intendance.web import Settings, build_app
from intendance.web._imports import steps
from intendance.web._imports.kinds import import_kinds
from intendance.web._jobs import JOBS
from intendance.web._routes import route

FIRST = (
    "donor,for,what,n,status\n"
    "Norway,Ukraine,Leopard 2A4,8,delivered\n"
    "Sweden,Ukraine,CV90,50,promised\n"
    "Atlantis,Ukraine,CV90,5,promised\n"
)
SECOND = (
    "donor,for,what,n,status\n"
    "Norway,Ukraine,Leopard 2A4,8,delivered\n"
    "Sweden,Ukraine,CV90,40,promised\n"
    "Spain,Ukraine,Leopard 2A4,10,promised\n"
)
MAPPING = """
name = "ours"
publisher = "An office"
title = "Transfers"
[columns]
actor = "donor"
recipient = "for"
item = "what"
quantity = "n"
act = "status"
[acts]
delivered = "deliver"
promised = "promise"
"""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Client]:
    """A server without users, over three reports."""
    database = make_ledger(tmp_path / "a.db", readings()[:3])
    with Client(build_app(Settings(database=database)), base_url="http://127.0.0.1") as client:
        client.headers["Accept-Language"] = "en"
        yield client


def _begin(client: Client, words: str, **fields: Any) -> Any:
    headers = fields.pop("headers", {})
    body = {"text": words, "name": "ours.csv", "kind": "table", "mapping": MAPPING,
            "published": "2024-06-01", **fields}  # fmt: skip
    body = {name: value for name, value in body.items() if value is not None}
    return client.post("/api/v1/imports", json=body, headers=headers)


def _waited(client: Client, answer: Any, headers: Any = None) -> dict[str, Any]:
    assert answer.status_code == 202, answer.text
    address = answer.headers["location"]
    for _ in range(600):
        found: dict[str, Any] = client.get(address, headers=headers).json()
        if found["state"] not in ("waiting", "running"):
            return found
        time.sleep(0.05)
    raise AssertionError("it never ended")


def _written(client: Client, found: dict[str, Any], headers: Any = None) -> dict[str, Any]:
    address = f"/api/v1/imports/{found['id']}"
    return _waited(client, client.post(address, json={}, headers=headers), headers)


def _counts(client: Client, headers: Any = None) -> Any:
    return client.get("/api/v1/counts", headers=headers).json()


def _records(client: Client, found: dict[str, Any], name: str) -> Any:
    return client.get(f"/api/v1/imports/{found['id']}/{name}").json()["records"]


def test_the_kinds_are_those_of_the_table_of_routes() -> None:
    for name in ("import-begin", "api-import-begin"):
        kind = next(each for each in route(name).parameters if each.name == "kind")
        assert kind.choices == tuple(import_kinds())


def test_a_file_is_looked_at_and_nothing_is_written_until_it_is_said(own: Client) -> None:
    before = _counts(own)
    found = _waited(own, _begin(own, FIRST))
    assert found["state"] == "previewed"
    assert (found["rows"], found["new"], found["same"]) == (3, 2, 0)
    assert (found["changed"], found["gone"], found["rejected"]) == (0, 0, 1)
    assert found["reasons"] == {"donor": 1}
    assert found["commitments"] == {"new": 2}
    aside = _records(own, found, "rejected")
    assert [(each["row"], each["column"], each["got"]) for each in aside] == [
        (4, "donor", "Atlantis")
    ]
    assert _counts(own) == before
    done = _written(own, found)
    assert done["state"] == "done"
    assert _counts(own)["statements"] == before["statements"] + 2
    assert _counts(own)["commitments"] == before["commitments"] + 2


def test_a_second_edition_says_which_rows_are_new_changed_the_same_and_gone(own: Client) -> None:
    _written(own, _waited(own, _begin(own, FIRST)))
    again = _waited(own, _begin(own, FIRST))
    assert (again["same"], again["new"], again["commitments"]) == (2, 0, {})
    lesser = SECOND.replace("Norway,Ukraine,Leopard 2A4,8,delivered\n", "")
    found = _waited(own, _begin(own, lesser, published="2024-07-01"))
    assert (found["new"], found["changed"], found["same"], found["gone"]) == (1, 1, 0, 1)
    rows = {each["what"]: each for each in _records(own, found, "rows")}
    assert rows["changed"]["fields"] == [{"field": "units", "before": "50", "after": "40"}]
    assert (rows["new"]["donors"], rows["new"]["item"]) == (["ESP"], "leopard-2a4")
    assert rows["gone"]["donors"] == ["NOR"]
    changes = {each["what"]: each for each in _records(own, found, "changes")}
    changed = changes["changed"]
    assert (changed["now"]["donors"], changed["then"]["donors"]) == (["SWE"], ["SWE"])
    assert changes["new"]["then"]["donors"] == ["ESP"]


def test_what_was_looked_at_is_written_once_however_often_it_is_said(own: Client) -> None:
    found = _waited(own, _begin(own, SECOND))
    address = f"/api/v1/imports/{found['id']}"
    version = own.get("/api/v1/counts").json()
    threads = [
        threading.Thread(target=lambda: own.post(address, json={})) for _ in range(6)
    ]  # fmt: skip
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    done = _waited(own, own.post(address, json={}))
    assert done["state"] == "done"
    assert _counts(own)["reports"] == version["reports"] + 1
    after = _counts(own)
    assert _written(own, found)["state"] == "done"
    assert _counts(own) == after


def test_an_idempotency_key_begins_one_import(own: Client) -> None:
    one, other = (
        _begin(own, FIRST, headers={"Idempotency-Key": "k1"}).json()["id"] for _ in range(2)
    )
    assert one == other


def test_without_a_mapping_a_first_one_is_guessed_and_mended(own: Client) -> None:
    words = FIRST.replace("donor,for,what,n,status", "Donor,Recipient,Item,Quantity,status")
    found = _waited(own, _begin(own, words, mapping=None))
    assert found["state"] == "asks"
    assert 'actor = "Donor"' in found["mapping"]
    address = f"/api/v1/imports/{found['id']}"
    refused = own.post(address, json={})
    assert refused.status_code == 400
    assert refused.json()["message"] == "Expected a mapping, got none - at 'mapping'"
    bad = _waited(own, own.post(address, json={"mapping": "name = "}))
    assert bad["state"] == "asks"
    assert bad["error"]["code"] == "import.mapping"
    good = _waited(own, own.post(address, json={"mapping": found["mapping"]}))
    assert good["state"] == "previewed"
    assert good["new"] == 2


@pytest.mark.parametrize(
    ("words", "name", "code"),
    [
        ("donor,for,what,n,status\n", "a.csv", "import.empty"),
        ("nothing of the kind\n1\n", "a.csv", "import.header"),
        ("PK\x03\x04 half an archive", "a.xlsx", "table.unreadable"),
        ("PAR1 half a file", "a.parquet", "table.unreadable"),
        ("", "a.csv", None),
    ],
)
def test_a_bad_file_is_told_and_leaves_nothing(
    own: Client, words: str, name: str, code: str | None
) -> None:
    before = _counts(own)
    answer = _begin(own, words, name=name, kind="sipri" if code == "import.header" else "table")
    if code is None:
        assert answer.status_code == 400
        assert answer.json()["code"] == "web.parameter"
        return
    found = _waited(own, answer)
    assert found["state"] in ("failed", "asks")
    assert found["error"]["code"] == code
    assert "spool" not in str(found["error"])
    assert _counts(own) == before


def test_more_rows_than_a_page_takes_and_too_long_a_reading_are_told(
    own: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "BOUNDS", Bounds(rows=2))
    found = _waited(own, _begin(own, FIRST))
    assert found["error"]["message"] == "Expected 2 rows at most, got more - at ours.csv"
    monkeypatch.setattr(steps, "BOUNDS", Bounds(seconds=0.05))
    found = _waited(own, _begin(own, FIRST))
    assert found["error"]["code"] == "input.slow"
    monkeypatch.setattr(steps, "BOUNDS", Bounds(memory=60 << 20))
    found = _waited(own, _begin(own, FIRST))
    assert found["error"]["message"] == (
        "Expected a file that 62,914,560 bytes of memory hold, got more - at ours.csv"
    )


def test_a_workbook_that_unpacks_to_too_much_is_refused(own: Client) -> None:
    import io
    import zipfile

    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 300_000_000)
    files = {"file": ("bomb.xlsx", held.getvalue(), "application/octet-stream")}
    form = {"kind": "kiel", "csrf": _csrf(own)}
    found = _waited(own, own.post("/api/v1/imports", data=form, files=files))
    assert found["error"]["code"] == "table.too-large"


def test_a_kind_a_name_and_a_marking_that_are_none_are_refused(own: Client) -> None:
    assert _begin(own, FIRST, kind="other").status_code == 400
    marked = _begin(own, FIRST, marking=["FRA"])
    assert marked.status_code == 422
    assert marked.json()["message"] == (
        "Expected none: this server has no users (--auth), got 'FRA' - at a marking"
    )
    both = own.post("/api/v1/imports", json={"kind": "kiel"})
    assert both.json()["message"] == "Expected a file or a text, got both or neither - at 'file'"


def _csrf(own: Client) -> str:
    found = re.search(r'name="csrf" value="([^"]*)"', own.get("/add").text)
    assert found is not None
    return found[1]


def _page(own: Client, address: str) -> str:
    for _ in range(600):
        page = own.get(address).text
        if "<progress" not in page:
            return page
        time.sleep(0.05)
    raise AssertionError("it never ended")


def test_the_page_shows_what_a_file_would_change_and_its_tables_are_files(own: Client) -> None:
    files = {"file": ("../../ours.csv", FIRST.encode(), "text/csv"),
             "mapping": ("m.toml", MAPPING.encode(), "text/plain")}  # fmt: skip
    form = {"csrf": _csrf(own), "kind": "table", "published": "2024-06-01", "audience": ""}
    answer = own.post("/imports", data=form, files=files, follow_redirects=False)
    assert answer.status_code == 303
    address = answer.headers["location"]
    page = _page(own, address)
    assert "Rows read: 3. New: 2, changed: 0, the same: 0; set aside: 1." in page
    assert "no nation or organisation of that name" in page
    assert "Write it, without the rows set aside (1)" in page
    aside = own.get(f"{address}/rejected.csv").text.splitlines()
    assert aside == ["row,column,reason,got", "4,donor,donor,Atlantis"]
    assert len(own.get(f"{address}/rows.json").text.splitlines()) == 2
    assert own.get(f"{address}/changes.metadata.json").json()["title"] == "What it would change"
    own.post(address, data={"csrf": form["csrf"]})
    page = _page(own, address)
    assert "Written. Rows read: 3, statements: 2, rows set aside: 1." in page
    assert own.post(address, data={"csrf": "another"}).status_code == 403


def test_an_import_that_is_kept_no_more_is_told(own: Client) -> None:
    found = _waited(own, _begin(own, FIRST))
    JOBS.forget()
    for answer in (own.get(f"/api/v1/imports/{found['id']}"),
                   own.post(f"/api/v1/imports/{found['id']}", json={}),
                   own.get(f"/imports/{found['id']}")):  # fmt: skip
        assert answer.status_code == 404
        assert answer.json()["code"] == "id.unknown"


def test_a_write_that_fails_leaves_nothing_and_may_be_tried_again(
    own: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from intendance.terms import IntendanceError
    from intendance.web._shelf import Shelf

    found = _waited(own, _begin(own, FIRST))
    before = _counts(own)

    def full(*_: Any) -> None:
        raise IntendanceError("ledger.full", expected="room", got="none", where="a test")

    with monkeypatch.context() as patched:
        patched.setattr(Shelf, "bring", full)
        tried = _written(own, found)
    assert tried["state"] == "previewed"
    assert tried["error"]["code"] == "ledger.full"
    assert _counts(own) == before
    assert _written(own, found)["state"] == "done"


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[tuple[Client, dict[str, dict[str, str]]]]:
    """A server with users of several nations."""
    users = [
        ("fra", "analyst", ("FRA",), False), ("deu", "analyst", ("DEU",), False),
        ("nobody", "analyst", (), False), ("look", "reader", ("FRA",), False),
        ("chief", "administrator", (), True),
    ]  # fmt: skip
    tokens = add_users(tmp_path / "a.access", users)
    database = make_ledger(tmp_path / "a.db", readings()[:2])
    with serving(database, tmp_path / "a.access") as client:
        yield client, {name: bearer(secret) for name, secret in tokens.items()}


Guarded = tuple[Client, dict[str, dict[str, str]]]


def test_another_users_import_is_as_none(guarded: Guarded) -> None:
    client, who = guarded
    found = _waited(client, _begin(client, FIRST, headers=who["fra"]), who["fra"])
    paths = ("", "/rows", "/rejected", "/changes")
    for name in ("deu", "chief", "nobody"):
        for path in paths:
            address = f"/api/v1/imports/{found['id']}{path}"
            one = client.get(address, headers=who[name])
            other = client.get(address.replace(found["id"], "x" * 22), headers=who[name])
            assert one.status_code == other.status_code == 404
            assert one.text.replace(found["id"], "x" * 22) == other.text
        page = f"/imports/{found['id']}"
        for address in (page, f"{page}/rows.csv", f"{page}/rejected.json"):
            assert client.get(address, headers=who[name]).status_code == 404
        answer = client.post(f"/api/v1/imports/{found['id']}", json={}, headers=who[name])
        assert answer.status_code == 404
    assert client.get(f"/imports/{found['id']}", headers=who["look"]).status_code == 403
    assert _begin(client, FIRST, headers=who["look"]).status_code == 403


def test_a_marked_import_is_seen_by_its_groups_alone(guarded: Guarded, tmp_path: Path) -> None:
    client, who = guarded
    before = {name: client.get("/api/v1/commitments", headers=who[name]).text for name in who}
    answer = _begin(client, FIRST, headers=who["fra"], marking=["FRA"])
    found = _waited(client, answer, who["fra"])
    assert found["marking"] == [["FRA"]]
    rows = client.get(f"/api/v1/imports/{found['id']}/rows", headers=who["fra"]).json()["records"]
    assert {str(each["marking"]) for each in rows} == {"[['FRA']]"}
    file = client.get(f"/imports/{found['id']}/rejected.csv", headers=who["fra"])
    assert file.text.splitlines()[1] == "4,donor,donor,Atlantis,FRA"
    assert file.headers["intendance-marking"] == "FRA"
    assert _written(client, found, who["fra"])["state"] == "done"
    for name in ("deu", "nobody"):
        assert client.get("/api/v1/commitments", headers=who[name]).text == before[name]
    seen = client.get("/api/v1/commitments?donor=SWE", headers=who["look"]).json()["records"]
    assert [each["marking"] for each in seen] == [[["FRA"]]]
    trail = client.get("/api/v1/audit", headers=who["chief"]).json()["records"]
    acts = [(each["who"], each["outcome"]) for each in trail if each["what"] == "import"]
    assert acts == [("fra", "done")]
    with open_ledger(tmp_path / "a.db") as books:
        assert books.rejected() == []
        assert books.commitments() != []
        assert not any("SWE" in each.donors for each in books.commitments())


def test_an_owner_of_no_nation_must_say_who_may_see_it(guarded: Guarded) -> None:
    client, who = guarded
    answer = _begin(client, FIRST, headers=who["nobody"], audience="owner")
    assert answer.status_code == 422
    assert answer.json()["message"] == (
        "Expected a user of a nation, whose marking it has by default, got one of none"
        " - at a marking"
    )
    mixed = _begin(client, FIRST, headers=who["fra"], audience="owner", marking=["DEU"])
    assert mixed.json()["message"] == (
        "Expected no nations or groups, where everybody or the owner is to see it, got 'DEU'"
        " - at a marking"
    )
    owned = _waited(client, _begin(client, FIRST, headers=who["fra"], audience="owner"), who["fra"])
    assert owned["marking"] == [["FRA"]]


def test_a_session_that_ended_sees_no_import(guarded: Guarded) -> None:
    client, who = guarded
    found = _waited(client, _begin(client, FIRST, headers=who["fra"]), who["fra"])
    assert client.get(f"/imports/{found['id']}", follow_redirects=False).status_code == 303
    form = {"user": "deu", "password": PASSWORD, "csrf": _sign_in_token(client)}
    client.post("/sign-in", data=form)
    assert client.get(f"/imports/{found['id']}").status_code == 404


def _sign_in_token(client: Client) -> str:
    found = re.search(r'name="csrf" value="([^"]*)"', client.get("/sign-in").text)
    assert found is not None
    return found[1]
