"""Two servers of the same readers: one holds rows that a reader may not see, one never did."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from tests.web.guarded import Client, add_users, bearer, readings, serving

from intendance.api import open_ledger
from intendance.catalogue import load_catalogue
from intendance.ledger import Supplied
from intendance.planning import Round, close_round, open_round
from intendance.terms import DecisionKind
from intendance.web import Access
from intendance.web._demand.markings import own_label
from intendance.web._demand.uploads import put
from intendance.web._markings import Label, sees
from intendance.web._routes import Route, routes
from intendance.web._shelf import Shelf
from intendance.web._users import User
from intendance.web._vault import Vault

GROUPS = ("FRA", "DEU", "POL", "NORDIC")
Write = tuple[Any, Any, Label]
"""Kind, content and label of one write."""

_OPEN: Label = frozenset()
_MARKED: Label = frozenset({frozenset({"NORDIC"})})
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*(Z|\+00:00)?")
_CSRF = re.compile(r'(name="csrf" value=")[^"]*')
_VOLATILE = {"date", "content-length"}


def random_label(chance: random.Random) -> Label:
    """Half of all rows are everybody's; others have one marking or two, of one group or two."""
    if chance.random() < 0.5:
        return frozenset()
    count = chance.choice((1, 1, 1, 2))
    return frozenset(frozenset(chance.sample(GROUPS, chance.randint(1, 2))) for _ in range(count))


def random_writes(folder: Path, chance: random.Random) -> list[Write]:
    """Readings and decisions about them in random order, each with a label; the first is open."""
    held = readings()
    chance.shuffle(held)
    everything = User(name="all", role="reader", full=True)
    writes: list[Write] = []
    with _shelf(folder) as shelf:
        for number, each in enumerate(held):
            # One is everybody's and one is not, so that there is something to show and to hide.
            label = (_OPEN, _MARKED)[number] if number < 2 else random_label(chance)
            _write(shelf, writes, "readings", [each], label)
        settled: tuple[tuple[DecisionKind, str | None], ...] = (
            ("retract", None), ("grade", "B2"), ("grade", "F6"),
        )  # fmt: skip
        for kind, value in settled:
            case = shelf.case_for(everything)
            target = chance.choice(case.books.statements()).id
            made = case.books.would_decide(kind, [target], value, by="A", why="a test")
            _write(shelf, writes, "decision", made, case.label_of_statements(made.statements))
        for nation in ("DEU", "FRA"):
            label = frozenset({frozenset({nation})})
            _write(shelf, writes, "table", _budget(nation), label)
    return writes + random_demand(chance)


def _budget(nation: str) -> Supplied:
    rows = ({"nation": nation, "year": 2026, "amount": 7e8},)
    return Supplied(
        kind="budget", name=nation, file="budget.csv", file_hash=nation.lower(), owner=nation,
        marking=nation, when="", rows=rows,
    )  # fmt: skip


def _write(shelf: Shelf, writes: list[Write], kind: Any, content: Any, label: Label) -> None:
    shelf.write(kind, content, label)
    writes.append((kind, content, label))


def random_demand(chance: random.Random) -> list[Write]:
    """What nations ask for in the rounds of ``rounds_of``, each file with a label or its own."""
    writes: list[Write] = [("demand", ("autumn", "ALAND", 5), frozenset())]
    for name in ("autumn", "spring"):
        for nation in ("DEU", "FRA", "POL"):
            own = frozenset({frozenset({nation})})
            label = own if chance.random() < 0.6 else random_label(chance)
            if chance.random() < 0.8:
                writes.append(("demand", (name, nation, chance.randint(1, 900)), label))
    return writes


def rounds_of(folder: Path, writes: Sequence[Write]) -> Path:
    """A folder with two rounds of those files: autumn, which is closed, and spring."""
    catalogue = load_catalogue()
    nations = ("ALAND", "DEU", "FRA", "POL")
    for name in ("autumn", "spring"):
        open_round(folder / name, Round(name, 2026, 1, nations))
    for kind, content, label in writes:
        if kind == "demand":
            name, nation, number = content
            rows = [{"item": "155mm-shell", "year": 2026, "firm": number, "funding": "funded"}]
            kept = None if label == own_label(catalogue, nation) else label
            put(folder / name, nation, rows, kept)
    output = folder / "output.csv"
    output.write_text("item,year,quantity\n155mm-shell,2026,300\n", encoding="utf-8")
    close_round(folder / "autumn", output, datetime(2026, 11, 23, tzinfo=UTC))
    return folder


@contextmanager
def _shelf(folder: Path) -> Iterator[Shelf]:
    folder.mkdir(parents=True)
    open_ledger(folder / "base.db").close()
    access = Access(folder / "a.access", create=True)
    shelf = Shelf(str(folder / "base.db"), (), Vault(access))
    try:
        yield shelf
    finally:
        shelf.close()
        access.close()


@contextmanager
def server_of(folder: Path, writes: Sequence[Write], users: Sequence[User]) -> Iterator[Asker]:
    """A server of these writes and users."""
    with _shelf(folder) as shelf:
        for kind, content, label in writes:
            if kind != "demand":
                shelf.write(kind, content, label)
    plans = rounds_of(folder / "plans", writes) if any(w[0] == "demand" for w in writes) else None
    rows = [(each.name, each.role, tuple(each.groups), each.full) for each in users]
    tokens = add_users(folder / "a.access", rows)
    with serving(str(folder / "base.db"), folder / "a.access", plans) as client:
        yield Asker(client, tokens)


class Asker:
    """Asks one server as one of its users, and takes times out of the answers."""

    def __init__(self, client: Client, tokens: dict[str, str]) -> None:
        self.client = client
        self._tokens = tokens

    def get(self, user: str, address: str) -> tuple[int, dict[str, str], str]:
        """Status, headers and body."""
        return _plain(self.client.get(address, headers=bearer(self._tokens[user])))

    def post(self, user: str, address: str, body: Any) -> tuple[int, dict[str, str], str]:
        """The same of a JSON request."""
        headers = bearer(self._tokens[user])
        return _plain(self.client.post(address, json=body, headers=headers))

    def ids(self, user: str) -> dict[str, list[str]]:
        """The identifiers that a user sees, by what they are of."""
        found = {}
        for kind in ("reports", "statements", "commitments", "conflicts", "decisions", "packages",
                     "rounds", "supplied"):  # fmt: skip
            _, _, body = self.get(user, f"/api/v1/{kind}?limit=500")
            found[kind] = [each["id"] for each in msgspec.json.decode(body)["records"]]
        return found


def _plain(answer: Any) -> tuple[int, dict[str, str], str]:
    headers = {name: value for name, value in answer.headers.items() if name not in _VOLATILE}
    body = _INSTANT.sub("(then)", _CSRF.sub(r"\1", answer.text))
    return answer.status_code, headers, body


def visible(writes: Sequence[Write], user: User) -> list[Write]:
    """What is left of some writes where those that the user may not see had never been."""
    return [each for each in writes if sees(user, each[2])]


def addresses(ids: dict[str, list[str]], permission: str = "read") -> Iterator[str]:
    """Every address to look at with every file beside it: pages, exports, charts, the API.

    Those of one record for each of ``ids``, whether or not it is there.
    """
    for each in routes():
        if each.method != "GET" or each.permission != permission:
            continue
        for path in _paths(each, ids):
            yield path
            yield from (f"{path.rstrip('/')}/{name}" for name in each.files)
            yield from _asked(each, path)


def _paths(each: Route, ids: dict[str, list[str]]) -> list[str]:
    if "{id}" not in each.path:
        return [each.path]
    known = next((found for name, found in ids.items() if f"/{name}/" in each.path), None)
    wanted = sorted({one for found in ids.values() for one in found}) if known is None else known
    return [each.path.replace("{id}", one) for one in [*wanted, "c" + "0" * 20]]


def _asked(each: Route, path: str) -> Iterator[str]:
    """The address with filters, past days, searches, pages and streams, where it takes them."""
    taken = {parameter.name for parameter in each.parameters if parameter.place == "query"}
    queries = (
        "donor=DEU", "donor=FRA", "recipient=UKR&item=leopard-2a6", "stage=delivered",
        "since=2023-03", "until=2023-04-15", "text=Leopard", "text=Caesar", "as_of=2023-03-05",
        "as_of=2023-05-20&donor=POL", "recorded=2020-01-01", "certainty=done", "witnesses=2",
        "candidates=none", "kind=quantity", "state=all", "live=true", "conflict=true",
        "settled=true", "act=deliver", "limit=1", "stream=true", "page=2", "day=2024-01-01",
    )  # fmt: skip
    for query in queries:
        if {part.partition("=")[0] for part in query.split("&")} <= taken:
            yield f"{path}?{query}"
