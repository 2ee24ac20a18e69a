"""Failures as the error envelope with the right status: the same object as ``--json`` prints."""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http import HTTPStatus
from importlib import resources
from typing import Final

from intendance.terms import IntendanceError

LOG: Final = logging.getLogger("intendance.web")

_BY_STATUS: Final = {404: "web.absent", 405: "web.method", 413: "web.too-large"}


class FolderError(IntendanceError):
    """What the operator's folders hold can't be shown: nobody who asks has done anything wrong."""


@contextmanager
def operators_folder() -> Iterator[None]:
    """Errors of what is read in the block as ``FolderError``, whatever their codes."""
    try:
        yield
    except IntendanceError as fault:
        raise FolderError(
            fault.code, expected=fault.expected, got=fault.got, where=fault.where,
            remedy=fault.remedy,
        ) from fault  # fmt: skip


@cache
def statuses() -> dict[str, int]:
    """The HTTP status of each error code (statuses.toml)."""
    source = resources.files(__package__).joinpath("statuses.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)


def status_of(error: IntendanceError) -> int:
    """The HTTP status that an error is told with."""
    if isinstance(error, FolderError):
        return 503
    if error.code.startswith(("input.", "table.")):
        return 422
    return statuses().get(error.code, 500)


def failure_of(fault: Exception) -> IntendanceError:
    """Any exception as the error that the caller is told; what is a defect goes to the log."""
    if isinstance(fault, IntendanceError):
        return fault
    if isinstance(fault, TimeoutError):
        return IntendanceError(
            "web.slow", expected="a request that arrives within a minute", got="one that did not",
            where="the request",
        )  # fmt: skip
    status = getattr(fault, "status_code", 500)
    if status in _BY_STATUS:
        return plain(status)
    if 400 <= status < 500:
        return IntendanceError(
            "web.body", expected="a request that can be read", got=HTTPStatus(status).phrase,
            where="the request",
        )  # fmt: skip
    LOG.exception("a request failed", exc_info=fault)
    return IntendanceError(
        "internal", expected="an answer", got="a failure of the program", where="the server",
        remedy="Look at the server's log; nothing was half-written.",
    )  # fmt: skip


def plain(status: int) -> IntendanceError:
    """What is said of an address: always the same words, whatever is or isn't behind it."""
    expected, got = {
        404: ("an address that there is", "one that there is not"),
        405: ("a method that this address takes", "another"),
        413: ("a request within the bounds", "one beyond them"),
    }[status]
    return IntendanceError(_BY_STATUS[status], expected=expected, got=got, where="the request")
