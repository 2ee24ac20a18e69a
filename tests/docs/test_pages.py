"""The documentation names every command, option, setting and error code there is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from intendance.cli import COMMANDS, intendance
from intendance.terms import error_kinds

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
SOURCE = ROOT / "src" / "intendance"
PAGES = sorted((*DOCS.glob("*.md"), *ROOT.glob("*.md")))


def _commands() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(intendance, info_name="intendance")
    for name in COMMANDS:
        command = intendance.get_command(context, name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            inner = click.Context(command, info_name=name, parent=context)
            for under in command.list_commands(inner):
                found = command.get_command(inner, under)
                assert found is not None
                yield f"{name} {under}", found


def _page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_every_command_and_option_is_documented() -> None:
    page = _page("commands.md")
    for name, command in _commands():
        _, heading, rest = page.partition(f"\n## intendance {name}\n")
        assert heading, name
        section = rest.partition("\n## ")[0]
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                missing = [each for each in parameter.opts if each not in section]
                assert missing == [], f"{name}: {missing}"


def test_every_command_says_what_it_does() -> None:
    for name, command in _commands():
        assert command.help, name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.name}"


def test_every_error_code_is_documented_with_its_remedy() -> None:
    page = _page("errors.md")
    for kind in error_kinds().values():
        assert f"| {kind.code} | {kind.status} |" in page


def test_every_setting_of_the_environment_is_documented() -> None:
    page = _page("settings.md")
    named = set()
    for path in (*SOURCE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")):
        named |= set(re.findall(r"\"(INTENDANCE_[A-Z]+)\"", path.read_text(encoding="utf-8")))
    assert {"INTENDANCE_DB", "INTENDANCE_DEBUG"} <= named
    assert [name for name in sorted(named) if f"`{name}`" not in page] == []


def test_generated_pages_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "docs.py", "--check"], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_every_link_between_pages_leads_somewhere() -> None:
    links = [
        (page, target)
        for page in PAGES
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    ]
    assert links
    broken = [
        f"{page.name}: {target}"
        for page, target in links
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []


def test_every_direct_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"]]
    for extra in project["optional-dependencies"].values():
        wanted += extra
    page = re.sub(r"[-_ ]", "", _page("dependencies.md")).lower()
    names = [re.split(r"[\[><=~! ]", each)[0] for each in wanted]
    assert [name for name in names if re.sub(r"[-_]", "", name).lower() not in page] == []


@pytest.mark.parametrize(
    ("file", "left_out"), [("requirements.lock", {"bench"}), ("requirements-bench.lock", set())]
)
def test_the_lock_pins_every_dependency_by_hash_and_names_no_place(
    file: str, left_out: set[str]
) -> None:
    lock = (ROOT / file).read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = {line.split("==")[0] for line in lock.splitlines() if re.match(r"[a-z0-9-]+==", line)}
    wanted = [*project["dependencies"]]
    for name, extra in project["optional-dependencies"].items():
        wanted += [] if name in left_out else extra
    names = {re.split(r"[\[><=~! ]", each)[0].lower().replace("_", "-") for each in wanted}
    assert names <= pinned
    entries = re.split(r"\n(?=[a-z0-9])", lock)
    assert all("--hash=sha256:" in entry for entry in entries if "==" in entry)
    assert not re.search(r"https?:|index-url|find-links|file:", lock)


def test_every_room_has_an_import_contract() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    bound = {room for each in contracts for room in each["source_modules"]}
    rooms = {f"intendance.{path.parent.name}" for path in SOURCE.glob("*/__init__.py")}
    free = {"intendance.cli", "intendance.demo"}  # the command line may import any room
    assert rooms - free <= bound
    for contract in contracts:
        (source,) = contract["source_modules"]
        others = (rooms | free) - _imports_of(contract["name"]) - {source}
        assert set(contract["forbidden_modules"]) == others, contract["name"]


def _imports_of(name: str) -> set[str]:
    _, _, rest = name.partition(" imports ")
    return {f"intendance.{word}" for word in re.findall(r"[a-z]+", rest)}


def test_the_python_example_of_the_readme_runs(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "one.txt").write_text(
        "date 2023-01-25\nL'Allemagne a livré quatre chars Leopard 2 à l'Ukraine.\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", example],
        cwd=tmp_path,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    first, second = done.stdout.splitlines()
    assert int(first) == 1
    assert second == "('DEU',) UKR leopard-2 delivered"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_names_a_place_of_one_machine(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"(?<![\w.])/(?:home|root|work|tmp|usr|opt)/", text)


def test_the_examples_of_the_python_page_run(tmp_path: Path) -> None:
    examples = re.findall(r"```python\n(.*?)```", _page("python.md"), re.DOTALL)
    assert len(examples) >= 3
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "one.txt").write_text(
        "L'Allemagne a livré quatre chars Leopard 2 à l'Ukraine.\n", encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", "\n".join(examples)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    counts, german, norwegian, plan, sound, *_ = done.stdout.splitlines()
    assert counts == "1 1 []"
    assert "L'Allemagne a livré quatre chars Leopard 2" in german
    assert norwegian.startswith("deliver ('NOR',) leopard-2 8 True ")
    assert plan.startswith("optimal Levels(unmet=")
    assert sound == "True"
