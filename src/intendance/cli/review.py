"""``intendance review``: the statements that the reader is least sure of, one by one."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Final

import click
import msgspec

from intendance.api import Books, fields_of
from intendance.cli._filters import Asked, filter_options, ledger_options
from intendance.cli._options import output_options
from intendance.cli._output import Output
from intendance.cli._quotes import Quotes
from intendance.cli._views import statement_table
from intendance.cli.decide import ANALYST
from intendance.ledger import assumptions
from intendance.render import text
from intendance.terms import IntendanceError, Statement

_WEIGHT: Final = {
    act: weight
    for weight, acts in enumerate((
        ("deliver", "receive", "backfill"),
        ("order", "frame", "allocate", "produce"),
        ("promise", "refuse", "reimburse", "finance", "train"),
    ))
    for act in acts
}  # fmt: skip
"""What would move a figure most comes first."""

_ANSWERS: Final = "acsrq"


@click.command()
@ledger_options
@filter_options
@click.option("--by", metavar="NAME", envvar=ANALYST, help="Who reviews; needed to decide.")
@click.option(
    "--list", "listed", is_flag=True, help="List what waits for review instead of asking."
)
@click.option("--limit", metavar="N", type=click.IntRange(1), help="At most so many statements.")
@output_options
def review(
    ledger: Books, asked: Asked, by: str | None, listed: bool, limit: int | None, output: Output
) -> None:
    """Walk through statements that are candidates or rest on something inferred.

    Each is shown with its words; the answer is a decision with your name: accept it as it is,
    correct a field of it, or retract it. What was decided does not come again.
    """
    waiting = in_review(ledger, asked)[:limit]
    notes = Quotes(ledger, output, wanted=True).of_statements(waiting)
    if listed or not output.for_people or not waiting:
        output.records(
            Statement,
            waiting,
            lambda rows: statement_table(rows, output.language, notes),
            "none.review",
        )
        return
    if not by:
        raise IntendanceError(
            "setting.invalid", expected="--by NAME, or --list", got="neither", where="review"
        )
    for number, each in enumerate(waiting, start=1):
        output.say(f"{number}/{len(waiting)}")
        output.table(statement_table([each], output.language, notes))
        output.lines(_doubts(each, output), "  ")
        if not _settle(ledger, each, by, output):
            return


def in_review(ledger: Books, asked: Asked) -> list[Statement]:
    """The statements of low confidence that no decision names, those that weigh most first."""
    decided = {one for each in ledger.decisions() if each.undone_by is None
               for one in each.statements}  # fmt: skip
    found = [
        each
        for each in ledger.statements(asked.filter, asked.as_of, asked.recorded)
        if each.id not in decided and each.author is None and _unsure(each)
    ]
    return sorted(found, key=lambda each: (_WEIGHT.get(each.act, len(_WEIGHT)), each.id))


def _unsure(each: Statement) -> bool:
    inferred = "said" not in (each.item_from, each.recipient_from)
    return not each.live or inferred or each.recipient_from == "inferred"


def _doubts(each: Statement, output: Output) -> Iterator[str]:
    for one in assumptions(each):
        yield f"{one.what}: {one.reason}"
    if each.recipient_from == "inferred" and each.recipients:
        yield text("review.recipient", output.language, names=", ".join(each.recipients))


def _settle(ledger: Books, each: Statement, by: str, output: Output) -> bool:
    """Asks until a statement is settled or left; whether to go on."""
    while True:
        answer = _asked(text("review.ask", output.language)).strip().casefold()[:1]
        if answer not in _ANSWERS or not answer:
            continue
        if answer == "a" and not (each.actors and (each.item or each.money)):
            output.say(text("review.bare", output.language))
            continue
        if answer in "sq":
            return answer == "s"
        try:
            _decide(ledger, each, by, answer, output)
        except IntendanceError as error:
            output.say(error.message)
            continue
        return True


def _decide(ledger: Books, each: Statement, by: str, answer: str, output: Output) -> None:
    if answer == "r":
        why = _asked(text("review.why", output.language))
        ledger.decide("retract", [each.id], by=by, why=why)
        return
    fields: dict[str, object] = {"live": True}
    if answer == "c":
        given: Sequence[str] = _asked(text("review.fields", output.language)).split(";")
        fields |= fields_of([part.strip() for part in given if part.strip()])
    why = _asked(text("review.why", output.language))
    value = msgspec.json.encode(fields).decode()
    ledger.decide("correct", [each.id], value, by=by, why=why)


def _asked(question: str) -> str:
    click.echo(question + " ", nl=False, err=True)
    line = sys.stdin.readline()
    return line.rstrip("\n") if line else "q"
