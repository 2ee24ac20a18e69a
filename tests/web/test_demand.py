"""Demand rounds where there are users: each nation's file is its own, unless it says otherwise."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.web.guarded import Client, add_users, bearer, make_ledger, readings, serving
from tests.web.twins import Asker, Write, addresses, rounds_of, server_of, visible

from intendance.planning import read_submission
from intendance.web import Settings, build_app
from intendance.web._demand import seen
from intendance.web._markings import sees
from intendance.web._users import User

FRA, DEU, NORDIC = (frozenset({frozenset({name})}) for name in ("FRA", "DEU", "NORDIC"))
EVERYBODY: frozenset[Any] = frozenset()
WRITES: list[Write] = [
    ("demand", ("autumn", "ALAND", 5), EVERYBODY),
    ("demand", ("autumn", "FRA", 111), FRA),
    ("demand", ("autumn", "DEU", 222), DEU),
    ("demand", ("spring", "FRA", 333), FRA),
    ("demand", ("spring", "POL", 444), NORDIC),
]
USERS = [
    ("fra", "analyst", ("FRA",), False), ("look", "reader", ("FRA",), False),
    ("deu", "analyst", ("DEU",), False), ("both", "analyst", ("DEU", "FRA"), False),
    ("nordic", "reader", ("NORDIC",), False), ("nobody", "analyst", (), False),
    ("chief", "administrator", (), True),
]  # fmt: skip
ROWS = "item,year,firm,likely,funding\n155mm-shell,2026,50,7,planned\n"
Guarded = tuple[Client, dict[str, dict[str, str]], Path]


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Guarded]:
    """A server with users, a closed round and an open one."""
    tokens = add_users(tmp_path / "a.access", USERS)
    database = make_ledger(tmp_path / "a.db", readings()[:1])
    plans = rounds_of(tmp_path / "plans", WRITES)
    with serving(database, tmp_path / "a.access", plans) as client:
        yield client, {name: bearer(secret) for name, secret in tokens.items()}, plans


def _waited(client: Client, address: str, headers: Any = None) -> dict[str, Any]:
    for _ in range(600):
        found: dict[str, Any] = client.get(address, headers=headers).json()
        if found["state"] not in ("waiting", "running"):
            return found
        time.sleep(0.05)
    raise AssertionError("it never ended")


def _looked(client: Client, headers: Any, words: str = ROWS, **fields: Any) -> dict[str, Any]:
    body = {"text": words, "name": "asked.csv", "kind": "demand", **fields}
    answer = client.post("/api/v1/imports", json=body, headers=headers)
    assert answer.status_code == 202, answer.text
    return _waited(client, answer.headers["location"], headers)


def _refused(client: Client, headers: Any, **fields: Any) -> tuple[int, str]:
    body = {"text": ROWS, "name": "asked.csv", "kind": "demand", **fields}
    answer = client.post("/api/v1/imports", json=body, headers=headers)
    return answer.status_code, answer.json()["message"]


def _confirmed(client: Client, found: dict[str, Any], headers: Any) -> dict[str, Any]:
    assert found["state"] == "previewed", found
    answer = client.post(f"/api/v1/imports/{found['id']}", json={}, headers=headers)
    return _waited(client, answer.headers["location"], headers)


def _rows(client: Client, headers: Any, round_: str) -> dict[str, list[str]]:
    """Each row that is seen of a round: nation, quantity and marking."""
    answer = client.get(f"/api/v1/rounds/{round_}/demand", headers=headers)
    if answer.status_code == 404:
        return {}
    return {
        each["nation"]: [each["firm"], *(one for group in each["marking"] for one in group)]
        for each in answer.json()["records"]
    }


def test_a_nations_demand_is_seen_by_its_own_unless_it_was_marked_otherwise(
    guarded: Guarded,
) -> None:
    client, who, _ = guarded
    seen_by = {name: _rows(client, who[name], "autumn") for name in who}
    everybodys = {"ALAND": ["5"]}
    france, germany = {"FRA": ["111", "FRA"]}, {"DEU": ["222", "DEU"]}
    assert seen_by == {
        "fra": everybodys | france, "look": everybodys | france, "deu": everybodys | germany,
        "both": everybodys | france | germany, "nordic": everybodys, "nobody": everybodys,
        "chief": everybodys | france | germany,
    }  # fmt: skip
    spring = {name: _rows(client, who[name], "spring") for name in who}
    assert spring["fra"] == {"FRA": ["333", "FRA"]}
    assert spring["nordic"] == {"POL": ["444", "NORDIC"]}
    assert spring["deu"] == spring["nobody"] == {}
    # One who sees nothing of it and is of none of its nations does not know of the round.
    assert client.get("/api/v1/rounds/spring", headers=who["nobody"]).status_code == 404
    assert client.get("/api/v1/rounds/spring", headers=who["deu"]).status_code == 200


def test_a_total_is_made_of_what_is_seen_and_has_its_strictest_marking(guarded: Guarded) -> None:
    client, who, _ = guarded
    for name, firm, marking in (
        ("fra", "116", "FRA"), ("deu", "227", "DEU"), ("both", "338", "DEU; FRA"),
        ("nobody", "5", ""), ("chief", "338", "DEU; FRA"),
    ):  # fmt: skip
        lines = client.get("/plans/pooled.csv", headers=who[name]).text.splitlines()
        assert len(lines) == 2
        row = dict(zip(lines[0].split(","), lines[1].split(","), strict=True))
        assert (row["firm"], row["marking"]) == (firm, marking)
        told = client.get("/api/v1/rounds/autumn/pooled", headers=who[name]).json()
        assert told["records"][0]["firm"] == firm
        note = None if name == "chief" else "Total over the rows that you may see."
        assert told.get("note") == note
        about = client.get("/plans/pooled.metadata.json", headers=who[name]).json()
        assert about["note"] == note
        # What industry delivers, and so who gets what of it, is the round's keeper's alone.
        shares = client.get("/plans/shares.csv", headers=who[name]).text.splitlines()
        assert (len(shares) > 1) is (name == "chief")
        assert (row["output"] != "") is (name == "chief")
    page = client.get("/plans", headers=who["fra"])
    assert page.headers["intendance-marking"] == "ALA DEU FRA POL; FRA"
    assert "111" in page.text
    assert "222" not in page.text
    assert "Total over the rows that you may see." in page.text


def test_who_has_submitted_is_told_of_those_that_one_may_see(guarded: Guarded) -> None:
    client, who, _ = guarded
    told = {
        name: client.get("/api/v1/rounds/spring", headers=who[name]).json()
        for name in ("fra", "deu", "chief")
    }
    assert (told["fra"]["sent"], told["fra"]["waiting"]) == (["FRA"], [])
    assert (told["deu"]["sent"], told["deu"]["waiting"]) == ([], ["DEU"])
    assert told["chief"]["sent"] == ["FRA", "POL"]
    assert told["chief"]["waiting"] == ["ALAND", "DEU"]


def test_demand_is_uploaded_looked_at_and_put_into_its_round(guarded: Guarded) -> None:
    client, who, plans = guarded
    found = _looked(client, who["deu"], round="spring")
    assert found["state"] == "previewed"
    assert (found["marking"], found["rows"], found["new"]) == ([["DEU"]], 1, 1)
    assert read_submission(plans / "spring", "DEU") is None
    assert _confirmed(client, found, who["deu"])["state"] == "done"
    assert _rows(client, who["deu"], "spring") == {"DEU": ["50", "DEU"]}
    assert "DEU" not in _rows(client, who["fra"], "spring")
    assert _rows(client, who["chief"], "spring")["DEU"] == ["50", "DEU"]
    other = ROWS.replace(",50,", ",60,") + "155mm-shell,2026,1,,\n"
    wrong = _looked(client, who["deu"], other, round="spring")
    assert wrong["error"]["code"] == "demand.value"
    again = _looked(client, who["deu"], ROWS.replace(",50,", ",60,"), round="spring")
    counts = [again[name] for name in ("new", "changed", "same", "gone")]
    assert counts == [0, 1, 0, 0]
    rows = client.get(f"/api/v1/imports/{again['id']}/rows", headers=who["deu"]).json()["records"]
    assert rows[0]["fields"] == [{"field": "firm", "before": "50", "after": "60"}]
    trail = client.get("/api/v1/audit?stream=true", headers=who["chief"]).text
    assert '"demand spring DEU"' in trail
    assert '"what":"submit"' in trail


def test_a_marking_stays_with_the_file_that_it_was_given_to(guarded: Guarded) -> None:
    client, who, plans = guarded
    named = _looked(client, who["fra"], round="spring", marking=["NORDIC"])
    assert named["marking"] == [["NORDIC"]]
    _confirmed(client, named, who["fra"])
    assert _rows(client, who["fra"], "spring") == {}
    assert _rows(client, who["nordic"], "spring")["FRA"] == ["50", "NORDIC"]
    # Another file put there by hand is its nation's own, whatever the one before was.
    path = plans / "spring" / "submissions" / "FRA.csv"
    path.write_text(ROWS.replace(",50,", ",70,"), encoding="utf-8")
    assert _rows(client, who["fra"], "spring") == {"FRA": ["70", "FRA"]}
    assert "FRA" not in _rows(client, who["nordic"], "spring")
    # A marking that can't be read lets nobody through.
    (path.parent / "FRA.marking.json").write_text("[", encoding="utf-8")
    assert _rows(client, who["fra"], "spring") == {}
    assert _rows(client, who["chief"], "spring")["FRA"][0] == "70"


def test_demand_for_others_for_no_round_or_for_a_closed_one_is_refused(guarded: Guarded) -> None:
    client, who, _ = guarded
    assert _refused(client, who["deu"]) == (
        400, "Expected the round that the demand is for, got none - at 'round'",
    )  # fmt: skip
    assert _refused(client, who["deu"], round="spring", nation="FRA") == (
        422, "Expected one of DEU, got 'FRA' - at the round spring",
    )  # fmt: skip
    assert _refused(client, who["both"], round="spring")[0] == 422
    hidden = _refused(client, who["nobody"], round="spring")
    assert hidden == (404, "Expected a round of demand, got 'spring' - at the address")
    assert _refused(client, who["nobody"], round="summer")[1] == hidden[1].replace(
        "spring", "summer"
    )
    assert _refused(client, who["nobody"], round="autumn") == (
        422, "Expected a user of one of its nations, got '' - at the round autumn",
    )  # fmt: skip
    assert _refused(client, who["deu"], round="autumn")[0] == 409
    assert client.post(
        "/api/v1/imports", headers=who["deu"],
        json={"text": "nation,year,amount\nDEU,2026,5\n", "kind": "budget", "round": "spring"},
    ).json()["message"] == (
        "Expected none: only demand is for a round and a nation, got 'spring' - at"
        " 'round' or 'nation'"
    )  # fmt: skip


def test_a_folder_that_cannot_be_written_leaves_the_demand_as_it_was(
    guarded: Guarded, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, who, _ = guarded
    found = _looked(client, who["fra"], round="spring")

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("intendance.web._demand.uploads.submit_demand", full)
    failed = _confirmed(client, found, who["fra"])
    assert failed["error"]["code"] == "ledger.full"
    assert failed["error"]["message"] == (
        "Expected a folder of rounds that can be written to, got No space left on device"
        " - at the round spring"
    )
    assert _rows(client, who["fra"], "spring") == {"FRA": ["333", "FRA"]}


def test_without_users_what_is_uploaded_stays_its_nations_own(tmp_path: Path) -> None:
    database = make_ledger(tmp_path / "a.db", readings()[:1])
    plans = rounds_of(tmp_path / "plans", WRITES)
    settings = Settings(database=database, plans=plans)
    with Client(build_app(settings), base_url="http://127.0.0.1") as client:
        page = client.get("/add").text
        assert 'name="round"' in page
        assert "spring (ALAND, DEU, FRA, POL)" in page
        found = _looked(client, None, round="spring", nation="DEU")
        _confirmed(client, found, None)
    tokens = add_users(tmp_path / "a.access", USERS)
    with serving(database, tmp_path / "a.access", plans) as client:
        assert _rows(client, bearer(tokens["deu"]), "spring") == {"DEU": ["50", "DEU"]}
        assert _rows(client, bearer(tokens["fra"]), "spring") == {"FRA": ["333", "FRA"]}


def _compared(folder: Path, groups: tuple[str, ...], role: str) -> int:
    """Every answer of a server with all files beside one with just those that the user sees."""
    user = User(name="u", role=role, groups=frozenset(groups))  # type: ignore[arg-type]
    chief = User(name="chief", role="administrator", full=True)
    with (
        server_of(folder / "with", WRITES, [user, chief]) as with_hidden,
        server_of(folder / "without", visible(WRITES, user), [user, chief]) as without,
    ):
        ids = {"rounds": ["autumn", "spring"], "supplied": [], "reports": []}
        asked = [
            address
            for permission in ("read", "write")
            for address in addresses(ids, permission)
            if "/rounds" in address or address.startswith(("/plans", "/add"))
        ]
        for address in asked:
            assert with_hidden.get("u", address) == without.get("u", address), address
        return len(asked) + _sent(with_hidden, without)


def _sent(with_hidden: Asker, without: Asker) -> int:
    """Uploads for every nation are refused or taken alike."""
    count = 0
    for round_, nation in itertools.product(("autumn", "spring", "none"), ("DEU", "FRA", "X", "")):
        body = {"text": ROWS, "kind": "demand", "round": round_}
        body |= {"nation": nation} if nation else {}
        one = with_hidden.post("u", "/api/v1/imports", body)
        other = without.post("u", "/api/v1/imports", body)
        assert one[0] == other[0]
        if one[0] >= 400:
            assert one == other
        count += 1
    return count


@pytest.mark.parametrize(
    ("groups", "role"),
    [((), "reader"), (("FRA",), "analyst"), (("DEU",), "administrator"), (("NORDIC",), "reader"),
     (("DEU", "NORDIC"), "analyst")],
)  # fmt: skip
def test_demand_that_is_hidden_changes_no_answer(
    tmp_path: Path, groups: tuple[str, ...], role: str
) -> None:
    assert _compared(tmp_path, groups, role) > 60


def test_a_file_that_shows_through_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The comparison can fail: here everybody is shown what Germany asks for."""

    def leaking(user: User, label: Any) -> bool:
        return label == DEU or sees(user, label)

    monkeypatch.setattr(seen, "sees", leaking)
    with pytest.raises(AssertionError):
        _compared(tmp_path, ("FRA",), "reader")


def test_the_form_takes_demand_and_shows_it_before_it_is_written(guarded: Guarded) -> None:
    client, who, plans = guarded
    form = client.get("/add", headers=who["fra"]).text
    assert '<option value="spring">spring (FRA)</option>' in form
    assert '<option value="autumn">' not in form
    sent = client.post(
        "/imports", files={"file": ("asked.csv", ROWS, "text/csv")}, headers=who["fra"],
        data={"kind": "demand", "round": "spring", "audience": "owner"}, follow_redirects=False,
    )  # fmt: skip
    assert sent.status_code == 303
    address = sent.headers["location"]
    _waited(client, f"/api/v1{address}", who["fra"])
    shown = client.get(address, headers=who["fra"])
    assert "firm: 50" in shown.text
    assert "Seen by: FRA" in shown.text
    rows = read_submission(plans / "spring", "FRA")
    assert rows is not None
    assert rows[0].firm == 333
    client.post(address, data={"x": "y"}, headers=who["fra"])
    assert _waited(client, f"/api/v1{address}", who["fra"])["state"] == "done"
    assert _rows(client, who["fra"], "spring") == {"FRA": ["50", "FRA"]}


def test_the_listings_of_a_round_are_the_same_in_pages_of_any_size(guarded: Guarded) -> None:
    client, who, _ = guarded
    for name in ("demand", "pooled", "shares"):
        path = f"/api/v1/rounds/autumn/{name}"
        whole = client.get(path, headers=who["chief"]).json()["records"]
        parts, cursor = [], None
        while True:
            asked = {"limit": 1, **({"cursor": cursor} if cursor else {})}
            answer = client.get(path, params=asked, headers=who["chief"]).json()
            parts += answer["records"]
            cursor = answer["next"]
            if cursor is None:
                break
        assert parts == whole
        assert whole
        other = client.get("/api/v1/rounds/spring/demand", params=asked, headers=who["chief"])
        assert other.status_code == (400 if "cursor" in asked else 200)
