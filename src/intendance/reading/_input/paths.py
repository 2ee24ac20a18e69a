"""Where reports come from: files, folders, globs and the standard input."""

from __future__ import annotations

import glob
import os
import stat
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import BinaryIO

import msgspec

from intendance.reading._input._data import table
from intendance.reading._input.limits import DEFAULT_LIMITS, Limits
from intendance.reading._input.raw import missing, read_stream, unreadable
from intendance.reading._input.sniff import is_feed, other_suffixes, suffix_of
from intendance.terms import ErrorRecord, IntendanceError

_WILD = frozenset("*?[")
STANDARD_INPUT = "-"
_HEAD = 8_192  # bytes of an XML file that say whether it is a feed


class Source(msgspec.Struct, frozen=True):
    """One report to be loaded: a file by its path, or bytes at hand (standard input).

    ``address`` is the path as it was found, in Unicode whatever the file system holds.
    """

    address: str
    path: str = ""
    data: bytes | None = None


class Skipped(msgspec.Struct, frozen=True):
    """Something that was named or found and will not be read, and why."""

    address: str
    error: ErrorRecord


def find_sources(
    paths: Sequence[str], stdin: BinaryIO | None = None, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Source | Skipped]:
    """The sources under these paths, in a fixed order: as named, folders sorted by name.

    A path is a file, a folder (with all below it but hidden entries; links are followed, no
    folder is entered twice), a glob (``reports/**/*.txt``) or ``-`` for ``stdin``. What is
    missing, unreadable or of a kind that is no report gives a ``Skipped`` in its place. A path
    that is met twice is given once.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _named(path, stdin, limits):
            key = found.address if isinstance(found, Skipped) else found.path or found.address
            if key not in seen:
                seen.add(key)
                yield found


def _named(path: str, stdin: BinaryIO | None, limits: Limits) -> Iterator[Source | Skipped]:
    if path == STANDARD_INPUT:
        yield _standard_input(stdin, limits)
        return
    try:
        exists = bool(path) and os.path.lexists(path)
        found = (
            [path] if exists or not _WILD & set(path) else sorted(glob.glob(path, recursive=True))
        )
    except ValueError:  # a NUL in the path
        found = []
    if not found or not (exists or _WILD & set(path)):
        yield _skipped(missing(_address(path)))
        return
    for each in found:
        yield from _under(each, set(), named=exists)


def _standard_input(stdin: BinaryIO | None, limits: Limits) -> Source | Skipped:
    if stdin is None:
        return _skipped(missing(STANDARD_INPUT))
    try:
        return Source(STANDARD_INPUT, data=read_stream(stdin, STANDARD_INPUT, limits))
    except IntendanceError as error:
        return _skipped(error)


def _under(path: str, entered: set[tuple[int, int]], *, named: bool) -> Iterator[Source | Skipped]:
    """A file, or all files below a folder, depth first and in order of name."""
    pending = [(path, named)]
    while pending:
        path, named = pending.pop()
        where = _address(path)
        try:
            status = os.stat(path)
            if stat.S_ISDIR(status.st_mode):
                identity = (status.st_dev, status.st_ino)
                if identity not in entered:
                    entered.add(identity)
                    names = sorted((n for n in os.listdir(path) if n[0] != "."), reverse=True)
                    pending.extend((os.path.join(path, name), False) for name in names)
                continue
        except OSError as error:
            yield _skipped(unreadable(error, where))
            continue
        reason = _passed_over(status.st_mode, where) or _no_feed(path, where, named=named)
        # a file that is named is tried whatever its suffix; a pipe would be waited for without end
        if reason is not None and not (named and stat.S_ISREG(status.st_mode)):
            yield _skipped(reason)
        else:
            yield Source(where, path)


def _passed_over(mode: int, where: str) -> IntendanceError | None:
    if not stat.S_ISREG(mode):
        return IntendanceError(
            "input.kind", expected="a regular file", got="a pipe, socket or device", where=where
        )
    what = other_suffixes().get(suffix_of(where))
    if what is None:
        return None
    return IntendanceError("input.kind", expected="text, HTML or Markdown", got=what, where=where)


def _no_feed(path: str, where: str, *, named: bool) -> IntendanceError | None:
    """Why an XML file in a folder is no report, unless it is a feed."""
    if named or suffix_of(where) not in table("formats")["feeds"]["unsure"]:
        return None
    try:
        with open(path, "rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        return unreadable(error, where)
    if head.startswith(b"\x1f\x8b"):
        with suppress(zlib.error):
            head = zlib.decompressobj(wbits=31).decompress(head, _HEAD)
    if is_feed(head):
        return None
    return IntendanceError(
        "input.kind", expected="a report or a feed", got="XML that is none", where=where
    )


def _skipped(error: IntendanceError) -> Skipped:
    return Skipped(error.where, error.record())


def _address(path: str) -> str:
    # File systems hold bytes; an address is characters that can be written as UTF-8.
    return os.fsencode(path).decode("utf-8", "backslashreplace")
