"""``intendance plan``: from a scenario folder to a plan, and questions about it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Final

import click

_MAKE: Final = "make"
COMMANDS: Final[dict[str, str]] = {
    "check": "check",
    "fill": "fill",
    "case": "case",
    "sweep": "sweep",
    "verify": "verify",
    "why": "why",
    "ramps": "ramps",
    "pooling": "pooling",
    "compare": "compare",
}
"""Each sub-command of ``plan`` and its module in ``_plan``; without one a plan is made."""


class _Plan(click.Group):
    """Makes a plan of the folder that is named, unless a sub-command is."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in (*COMMANDS, *ctx.help_option_names):
            args = [_MAKE, *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return [_MAKE, *COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        module = _MAKE if cmd_name == _MAKE else COMMANDS.get(cmd_name)
        if module is None:
            return None
        found: click.Command = getattr(import_module(f"intendance.cli._plan.{module}"), module)
        return found

    def collect_usage_pieces(self, ctx: click.Context) -> Sequence[str]:  # type: ignore[override]
        return ["FOLDER|COMMAND", *super().collect_usage_pieces(ctx)[:1]]


@click.group(cls=_Plan)
def plan() -> None:
    """Plan orders, production, ramp-ups, transfers and backfills from a scenario folder.

    'intendance plan FOLDER' makes the plan (the command 'make', whose name can be left out).
    """
