"""What the user sees when something fails: one line that says what, where and what to do."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import click

from intendance.render import json_line, visible
from intendance.terms import IntendanceError

DEBUG: Final = "INTENDANCE_DEBUG"
_BROKEN_PIPE: Final = 141  # what a shell reports of a process that SIGPIPE ended
_INTERRUPTED: Final = 130


class Unheard(Exception):  # noqa: N818  # no error: click would make one of a BrokenPipeError
    """Whoever read our standard output stopped listening."""


def wants_json(arguments: list[str]) -> bool:
    """Whether the call asks for JSON, as far as can be told before it is parsed."""
    before = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return "--json" in before


def error_line(error: IntendanceError, *, as_json: bool) -> str:
    """The error as one line for standard error, its end included."""
    if as_json:
        return json_line(error.record())
    return visible(f"error {error.code}: {error.message}. {error.remedy}") + "\n"


def report(error: IntendanceError, *, as_json: bool) -> None:
    """Writes the error to standard error."""
    sys.stderr.write(error_line(error, as_json=as_json))
    sys.stderr.flush()


def guarded(run: Callable[[], int | None], arguments: list[str]) -> int:
    """Runs a command to its exit status; whatever it raises becomes one line and a status.

    A reader that stopped listening (``| head``) is no failure: nothing is said, the status is 141.
    """
    try:
        status = run() or 0
        sys.stdout.flush()
    except (Unheard, BrokenPipeError):
        _let_go_of_stdout()
        return _BROKEN_PIPE
    except (click.exceptions.Exit, SystemExit) as stop:
        code = stop.exit_code if isinstance(stop, click.exceptions.Exit) else stop.code
        return code if isinstance(code, int) else 1
    except (click.Abort, KeyboardInterrupt):
        report(_stopped(), as_json=wants_json(arguments))
        return _INTERRUPTED
    except Exception as fault:  # noqa: BLE001  # the last line of defence: no traceback for users
        error = told(fault)
        if error.code == "internal" and os.environ.get(DEBUG):
            traceback.print_exception(fault)
        report(error, as_json=wants_json(arguments))
        return error.status
    return status


def told(fault: Exception) -> IntendanceError:
    """Any exception as the error that the user is told."""
    if isinstance(fault, IntendanceError):
        return fault
    if isinstance(fault, click.ClickException):
        return _misuse(fault)
    if isinstance(fault, MemoryError):
        got = "no memory left"
    else:
        got = f"{type(fault).__name__}: {fault}"[:300]
    last = traceback.extract_tb(fault.__traceback__)
    where = f"{os.path.basename(last[-1].filename)}, line {last[-1].lineno}" if last else "start"
    return IntendanceError("internal", expected="the command to finish", got=got, where=where)


@contextmanager
def writing(where: str) -> Iterator[None]:
    """Turns a failed write to ``where`` into ``output.unwritable``, a closed pipe into Unheard."""
    try:
        yield
    except BrokenPipeError:
        raise Unheard from None
    except OSError as fault:
        raise IntendanceError(
            "output.unwritable",
            expected="a place that can be written to",
            got=fault.strerror or str(fault),
            where=where,
        ) from fault


def _misuse(fault: click.ClickException) -> IntendanceError:
    context = fault.ctx if isinstance(fault, click.UsageError) else None
    command = context.command_path if context else "intendance"
    return IntendanceError(
        "setting.invalid",
        expected=f"a call as '{command} --help' describes it",
        got=fault.format_message().rstrip(".").replace("\n", " "),
        where="the command line",
        remedy=f"See '{command} --help'.",
    )


def _stopped() -> IntendanceError:
    return IntendanceError(
        "interrupted",
        expected="the command to finish",
        got="an interruption",
        where="the keyboard",
    )


def _let_go_of_stdout() -> None:
    """Keeps the interpreter from complaining when it flushes a closed pipe at its end."""
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
