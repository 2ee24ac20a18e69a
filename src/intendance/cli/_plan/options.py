"""Options that several commands of planning share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from intendance.cli._plan.numbers import Share

_F = TypeVar("_F", bound=Callable[..., Any])


def gap_option(default: str) -> Callable[[_F], _F]:
    """``--gap``, with its default."""
    return click.option(
        "--gap",
        metavar="SHARE",
        type=Share(),
        default=default,
        show_default=True,
        help="Stop when no plan can be better by more than this share (1% or 0.01).",
    )


time_option = click.option(
    "--time",
    "seconds",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    help="Stop each plan after so long, with the best that is checked.",
)


def workers_options(command: _F) -> _F:
    """``--jobs`` and ``--scheduler``, for plans that are made beside each other."""
    jobs = click.option(
        "--jobs",
        metavar="N",
        type=click.IntRange(1, 1024),
        default=1,
        show_default=True,
        help="Processes.",
    )
    scheduler = click.option(
        "--scheduler", metavar="ADDRESS", help="Plan on the Dask cluster with this scheduler."
    )
    return jobs(scheduler(command))
