"""The command ``intendance``: its sub-commands, loaded only when they are called."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from keyword import iskeyword
from typing import Final

import click

from intendance.cli._failures import guarded
from intendance.cli._output import prepare

COMMANDS: Final[dict[str, str]] = {
    "read": "read",
    "commitments": "listings",
    "conflicts": "listings",
    "statements": "listings",
    "reports": "listings",
    "packages": "listings",
    "programmes": "listings",
    "overdue": "listings",
    "decisions": "listings",
    "proposals": "listings",
    "tombstones": "listings",
    "why": "why",
    "explain": "explain",
    "review": "review",
    "add": "decide",
    "decide": "decide",
    "undo": "decide",
    "import": "import_",
    "rejected": "rejected",
    "supplied": "supplied",
    "reread": "keep",
    "verify": "keep",
    "redact": "keep",
    "catalogue": "catalogue",
    "errors": "errors",
    "position": "position",
    "match": "match",
    "interoperability": "interoperability",
    "brief": "brief",
    "export": "export",
    "value": "value",
    "reconcile": "reconcile",
    "plan": "plan",
    "template": "template",
    "demand": "demand",
    "readiness": "readiness",
    "under-repair": "readiness",
    "spares": "spares",
    "air-defence": "air_defence",
    "backorders": "backorders",
    "demo": "demo",
    "serve": "serve",
    "user": "user",
}
"""Each sub-command and the module of this room that holds it."""


class _Commands(click.Group):
    """Looks sub-commands up in COMMANDS, so that ``--help`` or a listing loads no reader."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        room = COMMANDS.get(cmd_name)
        if room is None:
            return None
        name = cmd_name.replace("-", "_")
        name = f"{name}_" if iskeyword(name) else name
        found: click.Command = getattr(import_module(f"intendance.cli.{room}"), name)
        return found


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("intendance"), prog_name="intendance")
def intendance() -> None:
    """Keeps the books of a coalition's military support.

    Reads reports into a ledger of who promised, ordered and delivered what: every line with the
    sentence that says so, and with what contradicts it.
    """


def run(arguments: Sequence[str]) -> int:
    """Runs one command line (without the program's name) and gives its exit status."""
    given = list(arguments) or ["--help"]

    def call() -> int | None:
        found = intendance.main(given, prog_name="intendance", standalone_mode=False)
        return found if isinstance(found, int) else None

    return guarded(call, given)


def main() -> None:
    """The console script: never a traceback for what a user did."""
    prepare()
    sys.exit(run(sys.argv[1:]))
