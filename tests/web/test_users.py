"""Users: signing in and its bounds, sessions, forgery, the audit trail, markings in files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.web.guarded import (
    PASSWORD,
    Client,
    add_users,
    bearer,
    make_ledger,
    readings,
    serving,
)

from intendance.terms import IntendanceError
from intendance.web import Access, Accounts
from intendance.web._taken import Bounds


class Clock:
    """A clock that is put on by hand."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def accounts(tmp_path: Path) -> Iterator[tuple[Accounts, Clock]]:
    """One user, ada, and a clock."""
    add_users(tmp_path / "a.access", [("ada", "analyst", ("FRA",), False)])
    access, clock = Access(tmp_path / "a.access"), Clock()
    yield Accounts(access, clock), clock
    access.close()


Asking = tuple[Client, dict[str, str]]


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    """A server with an open report and one marked for FRA; tokens of its users."""
    folder = tmp_path_factory.mktemp("users")
    users = [
        ("chief", "administrator", (), True), ("warden", "administrator", (), False),
        ("ada", "analyst", ("FRA",), False), ("bob", "reader", (), False),
    ]  # fmt: skip
    tokens = add_users(folder / "a.access", users)
    database = make_ledger(folder / "a.db", readings()[:1])
    with serving(database, folder / "a.access") as client:
        for at, marking in ((3, ["FRA"]), (4, [])):
            body = {"text": readings()[at].text, "address": f"{at}.txt", "published": "2023-05",
                    "marking": marking}  # fmt: skip
            made = client.post("/api/v1/reports", json=body, headers=bearer(tokens["ada"]))
            assert made.status_code == 201, made.text
        yield client, tokens


def _signed_in(client: Client, name: str, password: str = PASSWORD) -> Any:
    page = client.get("/sign-in").text
    found = re.search(r'name="csrf" value="([^"]*)"', page)
    assert found is not None
    body = {"user": name, "password": password, "csrf": found[1]}
    return client.post("/sign-in", data=body, follow_redirects=False)


def test_after_five_wrong_passwords_for_a_name_even_the_right_one_waits(
    accounts: tuple[Accounts, Clock],
) -> None:
    held, clock = accounts
    for number in range(5):
        with pytest.raises(
            IntendanceError, match="Expected a user's name and password, got others"
        ):
            held.sign_in("ada", "wrong", f"10.0.0.{number}")
    with pytest.raises(IntendanceError, match="Expected 5 attempts in 300 seconds at most"):
        held.sign_in("ada", PASSWORD, "10.0.0.9")
    clock.now += 301
    assert held.session(held.sign_in("ada", PASSWORD, "10.0.0.9")) is not None


def test_after_twenty_wrong_names_an_address_waits_and_others_do_not(
    accounts: tuple[Accounts, Clock], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intendance.web._accounts._verified", lambda hashed, given: given == "good")
    held, _ = accounts
    for number in range(20):
        with pytest.raises(IntendanceError, match="got others"):
            held.sign_in(f"nobody-{number}", "wrong", "10.0.0.1")
    with pytest.raises(IntendanceError, match="Expected 5 attempts"):
        held.sign_in("ada", "good", "10.0.0.1")
    assert held.sign_in("ada", "good", "10.0.0.2")


def test_a_session_ends_by_itself_by_signing_out_and_when_its_user_is_changed(
    accounts: tuple[Accounts, Clock], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intendance.web._accounts._verified", lambda *_: True)
    held, clock = accounts
    secrets = [held.sign_in("ada", PASSWORD, "here") for _ in range(3)]
    held.sign_out(secrets[0])
    assert [held.session(each) is None for each in secrets] == [True, False, False]
    held.change("ada", groups=())
    assert held.session(secrets[1]) is None
    late = held.sign_in("ada", PASSWORD, "here")
    clock.now += 12 * 3600 + 1
    assert held.session(late) is None


def test_a_token_ends_by_itself_by_hand_and_with_its_user(
    accounts: tuple[Accounts, Clock],
) -> None:
    held, clock = accounts
    tokens = [held.make_token("ada", "a test", 100.0) for _ in range(2)]
    held.end_token(tokens[0].id, "ada")
    assert held.bearer(tokens[0].secret or "") is None
    assert held.bearer(tokens[1].secret or "") is not None
    clock.now += 101
    assert held.bearer(tokens[1].secret or "") is None
    kept = held.make_token("ada", "a test").secret or ""
    held.change("ada", active=False)
    assert held.bearer(kept) is None


def test_signing_in_by_the_form_opens_the_pages_until_signing_out(asking: Asking) -> None:
    client, _ = asking
    assert _signed_in(client, "bob", "another password").status_code == 401
    answer = _signed_in(client, "bob")
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    page = client.get("/ledger")
    assert page.status_code == 200
    csrf = re.search(r'name="csrf" value="([^"]+)"', page.text)
    assert csrf is not None
    refused = client.post("/sign-out", data={"csrf": "forged"}, follow_redirects=False)
    assert refused.status_code == 403
    assert client.get("/ledger", follow_redirects=False).status_code == 200
    client.post("/sign-out", data={"csrf": csrf[1]}, follow_redirects=False)
    assert client.get("/ledger", follow_redirects=False).status_code == 303
    client.cookies.clear()


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_what_another_sites_page_sends_is_turned_away(
    asking: Asking, headers: dict[str, str]
) -> None:
    client, _ = asking
    assert _signed_in(client, "ada").status_code == 303
    body = {"kind": "grade", "ids": ["x"], "value": "B2", "why": "a test"}
    answer = client.post("/api/v1/decisions", json=body, headers=headers)
    client.cookies.clear()
    assert answer.status_code == 403
    assert answer.json()["code"] == "web.forgery"


def test_the_trail_names_who_wrote_for_administrators_only(asking: Asking) -> None:
    client, tokens = asking
    said = client.get("/api/v1/statements", headers=bearer(tokens["bob"])).json()["records"]
    body = {"kind": "grade", "ids": [said[0]["id"]], "value": "B2", "why": "a test"}
    made = client.post("/api/v1/decisions", json=body, headers=bearer(tokens["ada"])).json()
    assert re.fullmatch(r"analyst-[0-9a-f]{8}", made["by"])
    for user in ("bob", "ada"):
        assert client.get("/api/v1/audit", headers=bearer(tokens[user])).status_code == 403
        for address in ("/api/v1/decisions", f"/decisions/{made['id']}", "/decisions"):
            seen = client.get(address, headers=bearer(tokens["bob"])).text
            assert made["by"] in seen
            assert not re.search(r"\bada\b", seen)
    trail = client.get("/api/v1/audit?limit=500", headers=bearer(tokens["chief"])).json()["records"]
    known = [each for each in trail if made["id"] in each["about"]]
    assert [(each["who"], each["what"], each["outcome"]) for each in known] == [
        ("ada", "grade", "done")
    ]


def test_the_trail_has_no_gap_where_an_act_is_hidden(asking: Asking) -> None:
    client, tokens = asking

    def trail(user: str, query: str) -> list[dict[str, Any]]:
        answer = client.get(f"/api/v1/audit?{query}", headers=bearer(tokens[user]))
        found: list[dict[str, Any]] = answer.json()["records"]
        return found

    made = client.post("/api/v1/tokens", json={"what": "x"}, headers=bearer(tokens["warden"]))
    assert made.status_code == 201
    every, some = trail("chief", "limit=500"), trail("warden", "limit=500")
    assert len(some) < len(every)
    assert all(not each["marking"] for each in some)
    for held in (every, some):
        assert [each["number"] for each in held] == list(range(1, len(held) + 1))
    first = client.get("/api/v1/audit?limit=1", headers=bearer(tokens["warden"])).json()
    rest = trail("warden", f"limit=500&cursor={first['next']}")
    assert first["records"] + rest == some


def test_no_file_of_a_table_drops_a_marking(asking: Asking) -> None:
    client, tokens = asking
    for page, name in (("ledger", "commitments"), ("reports", "reports")):
        files = {
            user: client.get(f"/{page}/{name}.csv", headers=bearer(tokens[user]))
            for user in ("ada", "bob", "chief")
        }
        rows = {user: each.text.strip().splitlines() for user, each in files.items()}
        assert all(held[0].endswith(",marking") for held in rows.values())
        assert sum(row.endswith(",FRA") for row in rows["ada"]) == 1
        assert len(rows["ada"]) == len(rows["bob"]) + 1 == len(rows["chief"])
        assert "FRA" not in {row.rpartition(",")[2] for row in rows["bob"]}
        assert files["ada"].headers["Intendance-Marking"] == "FRA"
        assert "Intendance-Marking" not in files["bob"].headers
    told = client.get("/ledger/commitments.metadata.json", headers=bearer(tokens["ada"])).json()
    assert told["marking"] == [["FRA"]]
    assert "marking" in [each["name"] for each in told["columns"]]


def test_a_total_has_the_markings_of_all_that_its_reader_sees(asking: Asking) -> None:
    client, tokens = asking
    rows = client.get("/totals.csv", headers=bearer(tokens["ada"])).text.strip().splitlines()
    assert len(rows) > 1
    assert all(row.endswith(",FRA") for row in rows[1:])


def test_an_upload_is_bounded_in_all_that_it_comes_to() -> None:
    clock = Clock()
    bounds = Bounds(100, 10.0, clock)
    bounds.check(100, "a")
    with pytest.raises(IntendanceError, match="Expected 100 characters of text at most, got more"):
        bounds.check(1, "a")
    slow = Bounds(100, 10.0, clock)
    clock.now += 11
    with pytest.raises(IntendanceError, match="Expected reports that are read within 10 seconds"):
        slow.check(1, "a")


def test_what_is_left_of_a_marked_report_has_its_marking(tmp_path: Path) -> None:
    users = [
        ("chief", "administrator", (), True), ("ada", "reader", ("FRA",), False),
        ("bob", "reader", (), False),
    ]  # fmt: skip
    tokens = add_users(tmp_path / "a.access", users)
    database = make_ledger(tmp_path / "a.db", readings()[:1])
    with serving(database, tmp_path / "a.access") as client:
        body = {"text": readings()[3].text, "address": "d.txt", "marking": ["FRA"]}
        made = client.post("/api/v1/reports", json=body, headers=bearer(tokens["chief"])).json()
        asked = {"id": made["reports"][0], "ground": "a person's safety"}
        before = client.get("/api/v1/counts", headers=bearer(tokens["bob"])).json()
        answer = client.post("/api/v1/redactions", json=asked, headers=bearer(tokens["chief"]))
        assert answer.status_code == 201, answer.text
        for user, count in (("chief", 1), ("ada", 1), ("bob", 0)):
            found = client.get("/api/v1/tombstones", headers=bearer(tokens[user])).json()["records"]
            assert [each["marking"] for each in found] == [[["FRA"]]] * count
            assert client.get("/api/v1/counts", headers=bearer(tokens[user])).json()["reports"] == 1
        after = client.get("/api/v1/counts", headers=bearer(tokens["bob"])).json()
        assert after == before
        for each in tmp_path.glob("a.access*"):
            assert b"Caesar" not in each.read_bytes(), each.name


def test_an_answer_that_was_kept_is_let_go_of_when_its_user_may_see_less(tmp_path: Path) -> None:
    tokens = add_users(tmp_path / "a.access", [("ada", "analyst", ("FRA",), False)])
    database = make_ledger(tmp_path / "a.db", readings()[:1])
    with serving(database, tmp_path / "a.access") as client:
        body = {"text": readings()[3].text, "address": "d.txt", "marking": ["FRA"]}
        headers = {**bearer(tokens["ada"]), "Idempotency-Key": "one"}
        first = client.post("/api/v1/reports", json=body, headers=headers)
        assert first.status_code == 201
        again = client.post("/api/v1/reports", json=body, headers=headers)
        assert again.headers["Idempotent-Replayed"] == "true"
        access = Access(tmp_path / "a.access")
        Accounts(access).change("ada", groups=())
        access.close()
        later = client.post("/api/v1/reports", json=body, headers=headers)
        assert "Idempotent-Replayed" not in later.headers
