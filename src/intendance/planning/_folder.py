"""A plan as a folder: its summary, its tables, and the scenario that it was made from."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import msgspec

from intendance.planning._outcome.tables import DECIDED, decisions_of, plan_tables
from intendance.planning._plan import CertificateRow, Levels, Plan, PlanSummary
from intendance.planning._scenario import Scenario
from intendance.planning.checker import TOLERANCE, check_plan
from intendance.tables import read_table, write_csv
from intendance.terms import IntendanceError

SUMMARY: Final = "plan.json"
SCENARIO: Final = "scenario.json"


def write_plan(scenario: Scenario, plan: Plan, folder: Path) -> list[Path]:
    """Writes ``plan.json``, ``scenario.json`` and a CSV file for each table; gives their paths.

    The folder is made beside its place and moved there when it is whole. A folder that holds a
    plan is replaced; one that holds anything else is an error, ``plan.folder``. Files that can't
    be written raise OSError.
    """
    _free(folder)
    new = folder.with_name(f".{folder.name}.new")
    if new.exists():
        shutil.rmtree(new)
    new.mkdir(parents=True)
    (new / SUMMARY).write_bytes(_pretty(summary_of(scenario, plan)))
    (new / SCENARIO).write_bytes(_pretty(scenario))
    for name, (kind, rows) in plan_tables(scenario, plan).items():
        (new / f"{name}.csv").write_text(write_csv(rows, kind), encoding="utf-8")
    names = sorted(path.name for path in new.iterdir())
    _swap(new, folder)
    return [folder / name for name in names]


def read_plan(folder: Path) -> tuple[Scenario, Plan]:
    """The scenario and the plan in a folder, checked anew.

    Raises ``plan.folder`` where the folder holds no plan, or one that is damaged, and
    ``plan.changed`` where its rows no longer come to the levels that its summary states.
    """
    try:
        summary = msgspec.json.decode((folder / SUMMARY).read_bytes(), type=PlanSummary)
        scenario = msgspec.json.decode((folder / SCENARIO).read_bytes(), type=Scenario)
    except (OSError, msgspec.DecodeError) as fault:
        raise IntendanceError(
            "plan.folder",
            expected=f"a folder that 'intendance plan' wrote, with {SUMMARY} and {SCENARIO}",
            got=str(fault),
            where=str(folder),
        ) from None
    rows = {name: read_table(folder / f"{name}.csv", kind) for name, kind in DECIDED.items()}
    shared = {field: getattr(summary, field) for field in summary.__struct_fields__}
    del shared["name"]
    plan = Plan(
        **shared,
        decisions=decisions_of(rows),
        certificate=tuple(read_table(folder / "certificate.csv", CertificateRow)),
        assumptions=tuple(scenario.assumptions),
        warnings=tuple(scenario.warnings),
    )
    _unchanged(scenario, plan, folder)
    return scenario, plan


def summary_of(scenario: Scenario, plan: Plan) -> PlanSummary:
    """What ``plan.json`` holds: how good the plan is, and how it was made."""
    fields = {field: getattr(plan, field) for field in PlanSummary.__struct_fields__[1:]}
    return PlanSummary(name=scenario.settings.name, **fields)


def _unchanged(scenario: Scenario, plan: Plan, folder: Path) -> None:
    verdict = check_plan(scenario, plan.decisions)
    stated, found = plan.objective, verdict.levels
    differs = [
        f"{name} {getattr(found, name):g} instead of {getattr(stated, name):g}"
        for name in Levels.__struct_fields__
        if abs(getattr(found, name) - getattr(stated, name))
        > TOLERANCE * max(1.0, abs(getattr(stated, name)))
    ]
    broken = [f"{each.rule} at {each.where}: {each.text}" for each in verdict.violations[:1]]
    if differs or broken:
        raise IntendanceError(
            "plan.changed",
            expected="the rows that the plan was written with",
            got="; ".join(broken + differs),
            where=str(folder),
        )


def _free(folder: Path) -> None:
    if folder.exists() and not (folder / SUMMARY).is_file():
        if folder.is_dir() and not any(folder.iterdir()):
            return
        raise IntendanceError(
            "plan.folder",
            expected="a new folder, an empty one or one that holds a plan",
            got="other files" if folder.is_dir() else "a file",
            where=str(folder),
            remedy="Name another folder with --out.",
        )


def _swap(new: Path, folder: Path) -> None:
    old = folder.with_name(f".{folder.name}.old")
    if folder.exists():  # else what lies at old is the only copy until the next line is done
        shutil.rmtree(old, ignore_errors=True)
        folder.rename(old)
    new.rename(folder)
    if old.exists():
        shutil.rmtree(old)


def _pretty(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"
