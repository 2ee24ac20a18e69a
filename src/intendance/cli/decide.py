"""``intendance decide`` and ``undo``: what an analyst settles, and takes back."""

from __future__ import annotations

from typing import Any, Final

import click
import msgspec

from intendance.api import Books
from intendance.cli._filters import ledger_options
from intendance.cli._options import json_option
from intendance.cli._output import Output
from intendance.cli.why import decided
from intendance.terms import DECISION_KINDS, Decision, DecisionKind, IntendanceError

ANALYST: Final = "INTENDANCE_BY"

_KINDS: Final = tuple(kind for kind in DECISION_KINDS if kind != "undo")

_by = click.option("--by", metavar="NAME", envvar=ANALYST, required=True, help="Who decides.")
_why = click.option("--why", metavar="WORDS", required=True, help="On what ground.")


@click.command()
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("identifiers", metavar="ID...", nargs=-1, required=True)
@click.option("--value", metavar="VALUE", help="The grade (B2), or 'translation'.")
@click.option(
    "--set",
    "fields",
    metavar="FIELD=VALUE",
    multiple=True,
    help="With correct: a field and what it really says (quantity=5, recipients=SVK); repeatable.",
)
@_by
@_why
@ledger_options
@json_option
def decide(
    kind: DecisionKind,
    identifiers: tuple[str, ...],
    value: str | None,
    fields: tuple[str, ...],
    by: str,
    why: str,
    ledger: Books,
    output: Output,
) -> None:
    """Settle something about the statements ID, or about all statements of a commitment.

    \b
    merge    they are about one commitment
    split    they are not; what was one commitment each stays together
    prefer   this side of a conflict holds
    retract  the source took it back
    correct  what the statement really says, with --set
    grade    how far the source is trusted: A-F and 1-6, with --value
    """
    if fields:
        value = msgspec.json.encode(dict(map(_field, fields))).decode()
    _tell(ledger.decide(kind, identifiers, value, by=by, why=why), output)


@click.command()
@click.argument("decision", metavar="ID")
@_by
@_why
@ledger_options
@json_option
def undo(decision: str, by: str, why: str, ledger: Books, output: Output) -> None:
    """Lift the decision ID; the undo is a decision too."""
    _tell(ledger.undo(decision, by, why), output)


def _tell(decision: Decision, output: Output) -> None:
    if output.as_json:
        output.one(decision)
    else:
        output.say(decided(decision))


def _field(assignment: str) -> tuple[str, Any]:
    """``quantity=4`` as a name and a value: JSON where it is JSON, else the words themselves."""
    name, sign, value = assignment.partition("=")
    if not sign or not name:
        raise IntendanceError(
            "setting.invalid",
            expected="FIELD=VALUE",
            got=repr(assignment[:80]),
            where="--set",
        )
    try:
        return name, _whole(name, msgspec.json.decode(value.encode()))
    except msgspec.DecodeError:
        return name, _whole(name, value)


def _whole(name: str, value: Any) -> Any:
    """The short ways to write a field: ``quantity=5``, ``recipients=SVK,UKR``, ``money=5 EUR``."""
    if name in ("quantity", "part_of") and isinstance(value, int) and not isinstance(value, bool):
        return {"low": value, "high": value, "text": str(value), "state": "stated"}
    if name in ("actors", "recipients", "suppliers", "financers") and isinstance(value, str):
        return [each.strip() for each in value.split(",") if each.strip()]
    if name == "money" and isinstance(value, str):
        amount, _, currency = value.strip().rpartition(" ")
        return {
            "low": amount, "high": amount, "text": value, "state": "stated", "currency": currency
        }  # fmt: skip
    return value
