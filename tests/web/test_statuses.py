"""Every error that a room can raise has a status of its own; 500 is for defects alone."""

from __future__ import annotations

import ast
import shutil
import tomllib
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

import intendance
from intendance.forces import write_air_template
from intendance.planning import Round, open_round
from intendance.sustainment import write_fleet_template
from intendance.terms import IntendanceError
from intendance.web import Settings, build_app
from intendance.web._failures import status_of, statuses

ROOT = Path(intendance.__file__).parent
FAULTS = {"internal"}
"""The codes that say that the program is at fault."""


def _codes() -> set[str]:
    source = resources.files("intendance.terms").joinpath("errors.toml").read_text("utf-8")
    return set(tomllib.loads(source))


def _raised() -> dict[str, set[str]]:
    """The codes that stand in the rooms which the pages use, all but the command line's."""
    known = _codes()
    found: dict[str, set[str]] = {}
    for path in sorted(ROOT.rglob("*.py")):
        if path.relative_to(ROOT).parts[0] == "cli":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and node.value in known:
                found.setdefault(str(node.value), set()).add(path.name)
    return found


def _error(code: str) -> IntendanceError:
    return IntendanceError(code, expected="one", got="another", where="a test")


def test_every_code_that_a_room_raises_has_a_status() -> None:
    raised = _raised()
    assert len(raised) > 120
    without = {code: raised[code] for code in raised if status_of(_error(code)) == 500}
    assert set(without) == FAULTS, without


def test_the_table_of_statuses_names_codes_that_there_are() -> None:
    assert set(statuses()) <= _codes()
    assert all(400 <= status < 600 for status in statuses().values())
    assert {code for code, status in statuses().items() if status == 500} == FAULTS


INVENTORY = "nation,item,month,low,high\nFRA,caesar,2026-01,10,12\n"
REQUIREMENTS = "nation,item,year,units\nFRA,caesar,2026,20\n"


def _inventory(words: str) -> Callable[[Path], None]:
    def broken(folder: Path) -> None:
        (folder / "inventory.csv").write_text(words, encoding="utf-8")

    return broken


def _requirement(words: str) -> Callable[[Path], None]:
    def broken(folder: Path) -> None:
        _inventory(INVENTORY)(folder)
        (folder / "requirements.csv").write_text(words, encoding="utf-8")

    return broken


def _air_defence(name: str, old: str, new: str) -> Callable[[Path], None]:
    def broken(folder: Path) -> None:
        write_air_template(folder / "air-defence")
        _mend(folder / "air-defence" / name, old, new)

    return broken


def _fleets(name: str, old: str, new: str) -> Callable[[Path], None]:
    def broken(folder: Path) -> None:
        write_fleet_template(folder / "fleets")
        _mend(folder / "fleets" / name, old, new)

    return broken


def _mend(path: Path, old: str, new: str) -> None:
    if not old:
        path.write_text(new, encoding="utf-8")
    elif not new:
        path.unlink()
    else:
        words = path.read_text(encoding="utf-8")
        assert old in words
        path.write_text(words.replace(old, new), encoding="utf-8")


FORCES = ("/nations", "/nations/FRA", "/interoperability", "/match", "/nations/positions.csv")
BROKEN: list[tuple[Callable[[Path], None], tuple[str, ...], str]] = [
    (_inventory(INVENTORY.replace("FRA", "Atlantis")), FORCES, "forces.unknown-name"),
    (_inventory(INVENTORY.replace("caesar", "no such gun")), FORCES, "forces.unknown-name"),
    (_inventory(INVENTORY.replace("10,12", "-1,12")), FORCES, "forces.value"),
    (_inventory(INVENTORY + INVENTORY.splitlines()[1] + "\n"), FORCES, "forces.duplicate"),
    (_inventory(INVENTORY.replace("2026-01", "2026-19")), FORCES, "date.invalid"),
    (_inventory("nation,item\n"), FORCES, "table.column"),
    (_requirement(REQUIREMENTS.replace("FRA", "Atlantis")), FORCES, "forces.unknown-name"),
    (_requirement(REQUIREMENTS.replace(",20", ",-20")), FORCES, "forces.value"),
    (_air_defence("more.csv", "", "a,b\n"), ("/air-defence",), "air-defence.unknown-file"),
    (_fleets("more.csv", "", "a,b\n"), ("/readiness",), "sustainment.unknown-file"),
    (_fleets("fleets.csv", "x", ""), ("/readiness",), "sustainment.missing"),
]


@pytest.mark.parametrize(("broken", "pages", "code"), BROKEN)
def test_a_folder_of_forces_that_cannot_be_shown_is_told_and_is_no_fault(
    demo_address: str,
    tmp_path: Path,
    broken: Callable[[Path], None],
    pages: tuple[str, ...],
    code: str,
) -> None:
    broken(tmp_path)
    settings = Settings(database=demo_address, forces=tmp_path)
    with TestClient(build_app(settings)) as client:
        told = {page: client.get(page) for page in pages}
        codes = {page: answer.json()["code"] for page, answer in told.items()
                 if answer.status_code != 200}  # fmt: skip
        assert codes
        assert {page: told[page].status_code for page in codes} == dict.fromkeys(codes, 503)
        assert code in codes.values(), codes
        assert not any("retry-after" in told[page].headers for page in codes)
        page = client.get(next(iter(codes)), headers={"Accept": "text/html"})
        assert "<h1>" in page.text
        # All else is shown as ever.
        assert client.get("/").status_code == 200


def test_a_folder_of_plans_that_cannot_be_shown_is_told_and_is_no_fault(
    demo_address: str, plans: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "plans"
    shutil.copytree(plans, folder)
    settings = Settings(database=demo_address, plans=folder)
    with TestClient(build_app(settings)) as client:
        assert client.get("/plans").status_code == 200

        def failed(path: str) -> Any:
            answer = client.get(path)
            assert answer.status_code == 503, answer.text
            return answer.json()["code"]

        orders = folder / "low-stocks" / "orders.csv"
        kept = orders.read_text(encoding="utf-8")
        orders.write_text("".join(kept.splitlines(keepends=True)[:-1]), encoding="utf-8")
        summary = folder / "low-stocks" / "plan.json"
        words = summary.read_text(encoding="utf-8")
        summary.write_text("{", encoding="utf-8")
        assert failed("/plans/low-stocks") == "plan.folder"
        summary.write_text(words, encoding="utf-8")
        assert failed("/plans/low-stocks") == "plan.changed"
        orders.write_text(kept, encoding="utf-8")
        open_round(folder / "autumn", Round("autumn", 2026, 1, ("ALAND",)))
        assert client.get("/plans").status_code == 200
        (folder / "autumn" / "round.toml").write_text("name = 3", encoding="utf-8")
        assert failed("/plans") == "demand.settings"
        assert failed("/api/v1/rounds") == "demand.settings"
