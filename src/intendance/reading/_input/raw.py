"""The bytes of a report: read up to a limit, unpacked up to a limit."""

from __future__ import annotations

import hashlib
import os
import zlib
from typing import BinaryIO

from intendance.reading._input.limits import DEFAULT_LIMITS, Limits
from intendance.terms import IntendanceError

_GZIP = b"\x1f\x8b\x08"
_CHUNK = 1 << 18
_MEMBERS = 1_000  # block-wise packers make some 300 for the largest report


def raw_hash(data: bytes) -> str:
    """SHA-256 of a file's bytes as they stand on the disk, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_file(path: str | bytes, where: str, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The bytes of a file, never more than the limit.

    Raises IntendanceError ``input.missing``, ``input.unreadable`` or ``input.too-large``.
    """
    try:
        with open(path, "rb", buffering=0) as file:
            if os.fstat(file.fileno()).st_size > limits.max_bytes:
                raise _too_large(limits, where)
            return read_stream(file, where, limits)
    except FileNotFoundError:
        raise missing(where) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise unreadable(error, where) from None


def read_stream(stream: BinaryIO, where: str, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """All that a stream holds; stops at the limit with ``input.too-large``."""
    parts: list[bytes] = []
    size = 0
    try:
        while part := stream.read(_CHUNK):
            size += len(part)
            if size > limits.max_bytes:
                raise _too_large(limits, where)
            parts.append(part)
    except (OSError, ValueError) as error:
        raise unreadable(error, where) from None
    return parts[0] if len(parts) == 1 else b"".join(parts)


def unpack(data: bytes, where: str, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The content of gzip data (one or several members); other data unchanged.

    Raises IntendanceError ``input.truncated`` where the data ends early, ``input.too-large``
    where it unpacks to more than the limits allow, ``input.unreadable`` where it is damaged.
    """
    if not data.startswith(_GZIP):
        return data
    out = bytearray()
    position = 0
    for _ in range(_MEMBERS):
        position = _unpack_member(data, position, out, where, limits)
        if not data.startswith(_GZIP, position):
            return bytes(out)  # the end, or padding
    raise IntendanceError(
        "input.too-large",
        expected=f"a gzip file of at most {_MEMBERS} members",
        got="more",
        where=where,
        remedy="Unpack it yourself if you trust it.",
    )


def _unpack_member(data: bytes, position: int, out: bytearray, where: str, limits: Limits) -> int:
    """Unpack the gzip member at ``position`` to the end of ``out``; where the next one begins."""
    member = zlib.decompressobj(wbits=31)
    try:
        while not member.eof and position < len(data):
            piece = data[position : position + _CHUNK]
            position += len(piece)
            while piece and not member.eof:
                out += member.decompress(piece, _CHUNK)
                piece = member.unconsumed_tail
                _check_growth(len(data), len(out), limits, where)
    except zlib.error as error:
        raise IntendanceError(
            "input.unreadable", expected="an intact gzip file", got=str(error), where=where
        ) from None
    if not member.eof:
        raise IntendanceError(
            "input.truncated",
            expected="a gzip file with its end",
            got=f"one that stops after {len(out)} unpacked bytes",
            where=where,
        )
    return position - len(member.unused_data)


def _check_growth(packed: int, unpacked: int, limits: Limits, where: str) -> None:
    if unpacked > limits.max_bytes:
        raise _too_large(limits, where, "once unpacked")
    if unpacked > limits.ratio_from and unpacked > packed * limits.max_ratio:
        raise IntendanceError(
            "input.too-large",
            expected=f"a compressed file that grows at most {limits.max_ratio} times",
            got=f"{unpacked} bytes out of {packed} so far",
            where=where,
            remedy="Unpack it yourself if you trust it.",
        )


def missing(where: str) -> IntendanceError:
    """The error for a path that does not exist."""
    return IntendanceError(
        "input.missing", expected="an existing file or folder", got="none", where=where
    )


def unreadable(error: Exception, where: str) -> IntendanceError:
    """The error for a file that the system does not let us read."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return IntendanceError(
        "input.unreadable", expected="a readable file", got=f"'{reason}'", where=where
    )


def _too_large(limits: Limits, where: str, when: str = "") -> IntendanceError:
    return IntendanceError(
        "input.too-large",
        expected=f"at most {limits.max_bytes} bytes a report",
        got=f"more {when}".rstrip(),
        where=where,
    )
