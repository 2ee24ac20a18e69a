"""W6 from outside: a server with rows that a reader may not see answers that reader, byte for byte,
as the same server answers that never had them (but for times)."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from tests.web.guarded import readings
from tests.web.twins import GROUPS, Asker, addresses, random_writes, server_of, visible

from intendance.web._users import ROLES, Role, User
from intendance.web._vault import Marked, Vault


def _reader(chance: random.Random, role: Role) -> User:
    return User(name="u", role=role, groups=frozenset(chance.sample(GROUPS, chance.randint(0, 2))))


def _merged(one: dict[str, list[str]], other: dict[str, list[str]]) -> dict[str, list[str]]:
    return {kind: sorted({*found, *other[kind]}) for kind, found in one.items()}


def _looked(
    with_hidden: Asker,
    without: Asker,
    found: dict[str, list[str]],
    chance: random.Random,
    most: int,
) -> int:
    every = [
        address
        for permission in ("read", "write", "administer")
        for address in addresses(found, permission)
        if not address.startswith(("/add/", "/api/v1/tokens", "/api/v1/users"))
    ]
    chosen = every if len(every) <= most else chance.sample(every, most)
    for address in chosen:
        assert with_hidden.get("u", address) == without.get("u", address), address
    return len(chosen)


def _refused(with_hidden: Asker, without: Asker, found: dict[str, list[str]]) -> int:
    """Writes that name rows, hidden, seen or absent: those that fail, fail alike."""
    asked: list[tuple[str, Any]] = [
        ("/api/v1/decisions", {"kind": "grade", "ids": [one], "value": "Z9", "why": "a test"})
        for held in found.values()
        for one in held
    ]
    asked += [
        ("/api/v1/statements", {"report": one, "quote": "no such words", "fields": {"act": "need"}})
        for one in found["reports"]
    ]
    asked += [(f"/api/v1/decisions/{one}/undo", {"why": ""}) for one in found["decisions"]]
    for address, body in asked:
        one, other = with_hidden.post("u", address, body), without.post("u", address, body)
        assert one == other, (address, body)
        assert one[0] >= 400
    return len(asked)


def _uploaded(with_hidden: Asker, without: Asker) -> int:
    """The very reports that are hidden, previewed and then read, are news as any other."""
    count = 0
    for each in readings():
        for dry in (True, False):
            body = {"text": each.text, "address": each.report.address, "dry": dry,
                    "published": each.report.published.start}  # fmt: skip
            one = with_hidden.post("u", "/api/v1/reports", body)
            assert one == without.post("u", "/api/v1/reports", body), each.report.address
            assert one[0] in (200, 201)
            count += 1
    return count


def _differential(folder: Path, seed: int, role: Role, most: int) -> int:
    """Random rows and markings, one reader; gives how many answers were compared."""
    chance = random.Random(seed)
    writes = random_writes(folder / "all", chance)
    chief = User(name="chief", role="administrator", full=True)
    user = _reader(chance, role)
    while len(left := visible(writes, user)) == len(writes):
        user = _reader(chance, role)
    with (
        server_of(folder / "with", writes, [user, chief]) as with_hidden,
        server_of(folder / "without", left, [user, chief]) as without,
    ):
        found = _merged(with_hidden.ids("chief"), without.ids("u"))
        assert with_hidden.ids("chief") != with_hidden.ids("u")
        count = _looked(with_hidden, without, found, chance, most)
        if role != "reader":
            count += _refused(with_hidden, without, found)
            count += _uploaded(with_hidden, without)
            count += _looked(with_hidden, without, found, chance, most)
    return count


def test_hidden_rows_change_no_answer(tmp_path: Path) -> None:
    assert _differential(tmp_path, 2, "administrator", 80) > 150


def test_one_row_that_shows_through_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The comparison can fail: here every reader is shown what is marked for one group."""
    seen_by = Vault.seen_by

    def leaking(vault: Vault, user: User) -> list[Marked]:
        more = [each for each in vault.all() if frozenset({"NORDIC"}) in each.label]
        held = {each.number: each for each in [*more, *seen_by(vault, user)]}
        return [held[number] for number in sorted(held)]

    monkeypatch.setattr(Vault, "seen_by", leaking)
    with pytest.raises(AssertionError):
        _differential(tmp_path, 1, "reader", 40)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 130))
def test_hidden_rows_change_no_answer_of_many_servers(tmp_path: Path, seed: int) -> None:
    assert _differential(tmp_path, seed, ROLES[seed % len(ROLES)], 100_000) > 300
