"""A scenario folder to a checked ``Scenario``, and everything that is wrong with one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from intendance.planning._inputs.assumed import assumptions, warnings
from intendance.planning._inputs.names import name_problems
from intendance.planning._inputs.problems import Problem
from intendance.planning._inputs.structure import structure_problems
from intendance.planning._inputs.tables import REQUIRED, ROWS, SETTINGS
from intendance.planning._inputs.values import settings_problems, value_problems
from intendance.planning._scenario import Assumption, Scenario, Settings
from intendance.tables import FORMATS, nearest, read_table
from intendance.terms import IntendanceError


class Checkup(msgspec.Struct, frozen=True):
    """What ``plan check`` finds: every problem, and what is assumed where nothing is said."""

    problems: tuple[Problem, ...]
    assumptions: tuple[Assumption, ...]
    warnings: tuple[Assumption, ...]


def load_scenario(folder: Path) -> Scenario:
    """The scenario in ``folder``: ``scenario.toml`` and a CSV, XLSX or Parquet file a table.

    Raises the first problem that ``check_folder`` finds, as an error with its code:
    ``plan.missing``, ``plan.unknown-file``, ``plan.settings``, ``plan.unknown-name``,
    ``plan.duplicate``, ``plan.component``, ``plan.value``, ``plan.month``, ``plan.cycle``,
    ``plan.conflict``, or one of the codes of ``read_table``.
    """
    scenario, problems = _read(folder)
    if scenario is None or problems:
        raise problems[0].error()
    return scenario


def check_folder(folder: Path) -> Checkup:
    """Everything that is wrong with a scenario folder, and what is assumed for what it lacks."""
    scenario, problems = _read(folder)
    if scenario is None:
        return Checkup(tuple(problems), (), ())
    return Checkup(tuple(problems), scenario.assumptions, scenario.warnings)


def check_scenario(scenario: Scenario) -> list[Problem]:
    """Everything that is wrong with a scenario, wherever it came from."""
    found = list(settings_problems(scenario))
    if found:
        return found
    found = [*name_problems(scenario), *value_problems(scenario)]
    return found or list(structure_problems(scenario))


def with_assumptions(scenario: Scenario) -> Scenario:
    """The scenario with its assumptions and warnings filled in."""
    return msgspec.structs.replace(
        scenario,
        assumptions=tuple(assumptions(scenario)),
        warnings=tuple(warnings(scenario)),
    )


def _read(folder: Path) -> tuple[Scenario | None, list[Problem]]:
    if not folder.is_dir():
        got = "a file" if folder.exists() else "nothing there"
        problem = Problem("plan.missing", str(folder), 0, "", "a scenario folder", got)
        return None, [problem]
    files, problems = _files(folder)
    settings, wrong = _settings(folder)
    problems += wrong
    tables: dict[str, Any] = {}
    for name, path in files.items():
        try:
            tables[name] = tuple(read_table(path, ROWS[name]))
        except IntendanceError as fault:
            problems.append(
                Problem(fault.code, fault.where, 0, "", fault.expected, fault.got, fault.remedy)
            )
    if settings is None:
        return None, problems
    absent: dict[str, Any] = dict.fromkeys(REQUIRED, ())
    scenario = Scenario(settings=settings, **(absent | tables))
    if problems:
        # Names can't be told while a table is unknown; cells can.
        cells = list(settings_problems(scenario)) or list(value_problems(scenario))
        return None, problems + cells
    problems += check_scenario(scenario)
    return (scenario if problems else with_assumptions(scenario)), problems


def _files(folder: Path) -> tuple[dict[str, Path], list[Problem]]:
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    for path in sorted(folder.iterdir()):
        if path.name == SETTINGS or path.name.startswith(".") or path.is_dir():
            continue
        if path.suffix.lower() in (".md", ".txt"):
            continue  # notes beside the tables
        problems += _misplaced(path, files)
        if path.stem in ROWS and path.suffix.lower() in FORMATS:
            files.setdefault(path.stem, path)
    for name in REQUIRED:
        if name not in files:
            expected = f"a table {name} (.csv, .xlsx or .parquet)"
            remedy = "Write one; 'intendance template plan' makes an empty folder to start from."
            problems.append(Problem("plan.missing", str(folder), 0, "", expected, "none", remedy))
    return files, problems


def _misplaced(path: Path, files: dict[str, Path]) -> Iterator[Problem]:
    if path.stem not in ROWS or path.suffix.lower() not in FORMATS:
        remedy = nearest(path.stem, ROWS)
        expected = "a table of a scenario, " + ", ".join(ROWS)
        yield Problem("plan.unknown-file", str(path), 0, "", expected, repr(path.name), remedy)
    elif path.stem in files:
        got = f"{files[path.stem].name} and {path.name}"
        yield Problem("plan.duplicate", str(path), 0, "", "one file a table", got)


def _settings(folder: Path) -> tuple[Settings | None, list[Problem]]:
    path = folder / SETTINGS
    expected, field = "settings as docs/plan-inputs.md describes them", ""
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Settings), []
    except FileNotFoundError:
        remedy = "Write one; 'intendance template plan' makes an empty folder to start from."
        return None, [Problem("plan.missing", str(folder), 0, "", SETTINGS, "none", remedy)]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        got = str(fault)
    except msgspec.ValidationError as fault:
        message, _, place = str(fault).partition(" - at `$")
        got, field = message, place.strip("`.")
    return None, [Problem("plan.settings", str(path), 0, field, expected, got)]
