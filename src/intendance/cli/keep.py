"""``intendance reread``, ``verify`` and ``redact``: keeping a ledger true."""

from __future__ import annotations

import sys

import click

from intendance.api import Books
from intendance.cli._filters import ledger_options
from intendance.cli._options import json_option
from intendance.cli._output import Output
from intendance.cli._progress import progress_bar
from intendance.cli.decide import ANALYST
from intendance.render import text
from intendance.terms import IntendanceError


@click.command()
@click.option("--undo", is_flag=True, help="Go back to the readings that were folded before.")
@ledger_options
@json_option
def reread(undo: bool, ledger: Books, output: Output) -> None:
    """Read all stored reports again with this version of the reader and catalogue.

    Earlier readings stay; from now on the ledger folds the new ones, until --undo.
    """
    if undo:
        version = ledger.undo_reread()
        if output.as_json:
            output.one(version)
        else:
            output.say(
                text("keep.folds", output.language, reader=version.reader, hash=version.catalogue)
            )
        return
    with progress_bar() as progress:
        added = ledger.reread_all(progress=progress)
    if output.as_json:
        output.one(added)
    else:
        output.say(
            text(
                "keep.reread",
                output.language,
                readings=added.readings,
                statements=added.statements,
            )
        )


@click.command()
@click.option("--repair", is_flag=True, help="Store what was folded anew.")
@ledger_options
@json_option
def verify(repair: bool, ledger: Books, output: Output) -> None:
    """Fold everything anew, compare it with what is stored, and check every quote."""
    found = ledger.verify(repair=repair)
    if output.as_json:
        output.one(found)
    else:
        output.lines(
            [
                text(
                    "keep.verified",
                    output.language,
                    statements=found.statements,
                    commitments=found.commitments,
                    conflicts=found.conflicts,
                ),
                text("keep.digest", output.language, digest=found.digest),
            ]
        )
        if found.repaired:
            output.say(text("keep.repaired", output.language, count=len(found.differing)))
    if not found.ok:
        wrong = (*found.differing, *found.misquoted)
        raise IntendanceError(
            "ledger.damaged",
            expected=f"digest {found.digest[:12]} and every quote as it stands in its report",
            got=f"digest {found.stored[:12]}, {len(found.differing)} that differ, "
            f"{len(found.misquoted)} misquoted",
            where=", ".join(wrong[:5]) + (" ..." if len(wrong) > 5 else ""),
        )


@click.command()
@click.argument("identifier", metavar="ID")
@click.option("--by", metavar="NAME", envvar=ANALYST, required=True, help="Who redacts.")
@click.option("--ground", metavar="WORDS", required=True, help="The ground in law or safety.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@ledger_options
@json_option
def redact(identifier: str, by: str, ground: str, yes: bool, ledger: Books, output: Output) -> int:
    """Take the report or statement ID out for good; a tombstone says who, when and why."""
    if not yes:
        if not _sure(text("keep.sure", output.language, id=identifier)):
            output.say(text("keep.kept", output.language, id=identifier))
            return 1
    stone = ledger.redact(identifier, by, ground)
    if output.as_json:
        output.one(stone)
    else:
        output.say(text("keep.redacted", output.language, id=stone.id, count=len(stone.touched)))
    return 0


def _sure(question: str) -> bool:
    """The answer of whoever is asked; where nobody can be, an error says how to go on."""
    try:
        return click.confirm(question, err=True)
    except click.Abort:
        if sys.stdin.isatty():
            raise
        raise IntendanceError(
            "setting.invalid",
            expected="--yes, or an answer on standard input",
            got="neither",
            where="redact",
        ) from None
