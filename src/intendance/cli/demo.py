"""``intendance demo``: the main job on reports that come with the program."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path
from typing import Final

import click

from intendance.api import Books, open_ledger
from intendance.cli._account import DEFAULT_ROWS
from intendance.cli._failures import report, writing
from intendance.cli._filters import Asked
from intendance.cli._options import json_option
from intendance.cli._output import Output
from intendance.cli._quotes import Quotes
from intendance.cli._views import commitment_table, conflict_table
from intendance.cli.brief import write_brief
from intendance.cli.read import again, status_of, summary
from intendance.cli.why import show_why
from intendance.ledger import Filter
from intendance.render import text
from intendance.terms import Commitment

_KEPT: Final = (".db", ".db-wal", ".db-shm")


@click.command()
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo-output"),
    show_default=True,
    help="Where the demo's reports, ledger and brief go.",
)
@json_option
def demo(out: Path, output: Output) -> int:
    """Read the demo reports into a fresh ledger and show what they come to."""
    reports = out / "reports"
    with writing(str(out)):
        _lay_out(out, reports)
    with open_ledger(out / "demo.db") as ledger:
        outcome = ledger.read(reports)
        for record in outcome.skipped:
            report(again(record), as_json=output.as_json)
        if output.as_json:
            output.one(outcome)
            return status_of(outcome)
        _step(output, f"intendance read {reports} --db {out / 'demo.db'}")
        output.lines(summary(outcome, output.language))
        _show(ledger, out, output)
    return status_of(outcome)


def _show(ledger: Books, out: Path, output: Output) -> None:
    language = output.language
    found = ledger.commitments(Filter(candidates=False))
    _step(output, "intendance commitments --live")
    output.table(commitment_table(found, language))
    conflicts = ledger.conflicts()
    _step(output, "intendance conflicts")
    held = {each.id: each for each in found}
    notes = Quotes(ledger, output, wanted=True).of_conflicts(conflicts)
    output.table(conflict_table(conflicts, held, language, notes))
    if chosen := _telling(found):
        _step(output, f"intendance why {chosen.id[:10]}")
        show_why(ledger.why(chosen.id), output)
    _step(output, f"intendance brief --language {language} --out {out}")
    paths = write_brief(ledger, Asked(), out, DEFAULT_ROWS, language)
    output.lines(text("brief.written", language, path=str(path)) for path in paths)


def _telling(found: list[Commitment]) -> Commitment | None:
    """The commitment that shows most: in conflict before others, then the one with most stages."""
    ranked = sorted(found, key=lambda each: (-len(each.conflicts), -len(each.stages), each.id))
    return ranked[0] if ranked else None


def _step(output: Output, command: str) -> None:
    output.lines(["", f"$ {command}"])


def _lay_out(out: Path, reports: Path) -> None:
    """Copies the packaged reports out, and makes way for a fresh ledger."""
    reports.mkdir(parents=True, exist_ok=True)
    for suffix in _KEPT:
        (out / f"demo{suffix}").unlink(missing_ok=True)
    for each in resources.files("intendance.demo").joinpath("reports").iterdir():
        with resources.as_file(each) as source:
            shutil.copyfile(source, reports / each.name)
