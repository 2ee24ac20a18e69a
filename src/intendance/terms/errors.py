"""One kind of error: what was expected, what was found, where, what to do (errors.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

import msgspec


class ErrorKind(msgspec.Struct, frozen=True):
    """One row of errors.toml: a stable code, its meaning, the usual remedy, the exit status."""

    code: str
    meaning: str
    remedy: str
    status: int = 1


class ErrorRecord(msgspec.Struct, frozen=True):
    """An error as one JSON object (design, section 6)."""

    code: str
    message: str
    expected: str
    got: str
    where: str
    remedy: str


@cache
def error_kinds() -> dict[str, ErrorKind]:
    """Every error code the program can raise, by code."""
    text = resources.files(__package__).joinpath("errors.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)
    return {code: ErrorKind(code=code, **fields) for code, fields in rows.items()}


class IntendanceError(Exception):
    """Any error that the program raises on purpose.

    ``code`` must stand in errors.toml; ``remedy`` falls back on the one given there.
    """

    def __init__(
        self, code: str, *, expected: str, got: str, where: str, remedy: str | None = None
    ) -> None:
        kind = error_kinds()[code]
        self.code = code
        self.expected = expected
        self.got = got
        self.where = where
        self.remedy = remedy or kind.remedy
        self.status = kind.status
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """One sentence: expected, got, where."""
        return f"Expected {self.expected}, got {self.got} - at {self.where}"

    def record(self) -> ErrorRecord:
        """The error as the JSON object that ``--json`` prints on standard error."""
        return ErrorRecord(
            code=self.code,
            message=self.message,
            expected=self.expected,
            got=self.got,
            where=self.where,
            remedy=self.remedy,
        )

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        # An error raised in a worker process must cross to the parent whole.
        return _rebuild, (self.code, self.expected, self.got, self.where, self.remedy)


def _rebuild(code: str, expected: str, got: str, where: str, remedy: str) -> IntendanceError:
    return IntendanceError(code, expected=expected, got=got, where=where, remedy=remedy)
