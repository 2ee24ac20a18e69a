"""``intendance plan check``: what is wrong with a scenario folder, and what it leaves open."""

from __future__ import annotations

from pathlib import Path

import click

from intendance.cli._options import output_options
from intendance.cli._output import Output
from intendance.cli._plan.columns import columns_of
from intendance.planning import Problem, check_folder
from intendance.render import Language, Row, Table, text


@click.command()
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@output_options
def check(folder: Path, output: Output) -> int:
    """Check every table of a scenario folder and say what is missing.

    Exit status 2 where anything is wrong.
    """
    found = check_folder(folder)
    if not output.for_people:
        output.records(Problem, found.problems, lambda each: _problems(each, output.language), "")
        return 2 if found.problems else 0
    if found.problems:
        output.table(_problems(found.problems, output.language))
        return 2
    output.say(text("plan.sound", output.language, path=str(folder)))
    for name, rows in (("assumptions", found.assumptions), ("warnings", found.warnings)):
        if rows:
            output.say("")
            output.say(text(f"plan.section-{name}", output.language))
            output.lines(f"{row.rule} {row.where}: {row.text}" for row in rows)
    return 0


def _problems(found: object, language: Language) -> Table:
    problems = [each for each in found if isinstance(each, Problem)]  # type: ignore[attr-defined]
    heads = ("where", "expected", "got", "remedy", "code")
    columns = columns_of(heads, language, wide=heads)
    rows = [
        Row((each.where, each.expected, each.got, each.remedy or "", each.code))
        for each in problems
    ]
    return Table(columns, rows)
