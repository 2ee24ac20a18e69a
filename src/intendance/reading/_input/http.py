"""What HTTP wrapped a body in: chunks and compression, taken off up to the limits."""

from __future__ import annotations

import re
import zlib

import brotli

from intendance.reading._input.limits import Limits
from intendance.reading._input.raw import unpack
from intendance.terms import IntendanceError

_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_STEP = 1 << 18
_LAYERS = 3  # encodings on top of one another, at most
_GZIP = b"\x1f\x8b"
_NONE = ("", "identity", "none")


def unwrap(data: bytes, transfer: str, encoding: str, where: str, limits: Limits) -> bytes:
    """The body as it was meant: without chunks, without compression (gzip, deflate, br).

    Archives often hold a body that was unwrapped already while its headers still say otherwise:
    what does not begin as the header says is taken as it stands. Raises IntendanceError
    ``input.too-large``, ``input.truncated``, ``input.unreadable``, or ``input.encoding`` for a
    compression that is not known.
    """
    if "chunked" in transfer.lower():
        data = unchunk(data, where)
    layers = [name for each in encoding.lower().split(",") if (name := each.strip()) not in _NONE]
    if len(layers) > _LAYERS:
        raise IntendanceError(
            "input.encoding",
            expected=f"at most {_LAYERS} content encodings",
            got=str(len(layers)),
            where=where,
        )
    for name in reversed(layers):
        data = _decompress(name, data, where, limits)
    return data


def unchunk(data: bytes, where: str) -> bytes:
    """The body of a chunked message (RFC 9112, 7.1); one that has no chunks is left as it is."""
    out: list[bytes] = []
    position = 0
    while True:
        head = _CHUNK.match(data, position)
        if head is None:
            if not position:
                return data
            raise _cut("a chunk's length", f"none at byte {position}", where)
        size = int(head[1], 16)
        if not size:
            return b"".join(out)
        end = head.end() + size
        if end > len(data):
            raise _cut(f"a chunk of {size} bytes", f"{len(data) - head.end()}", where)
        out.append(data[head.end() : end])
        position = end + 1 if data[end : end + 1] == b"\n" else end + 2


def _decompress(name: str, data: bytes, where: str, limits: Limits) -> bytes:
    if name in ("gzip", "x-gzip"):
        return unpack(data, where, limits)
    if name == "deflate":
        return _inflate(data, where, limits)
    if name == "br":
        return _brotli(data, where, limits)
    raise IntendanceError(
        "input.encoding", expected="gzip, deflate or br", got=repr(name[:40]), where=where
    )


def _inflate(data: bytes, where: str, limits: Limits) -> bytes:
    """Deflate with the header that the standard asks for, or without, as some servers send it."""
    if data[:2] == _GZIP:
        return unpack(data, where, limits)
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        stream = zlib.decompressobj(wbits=bits)
        try:
            out = stream.decompress(data, limits.max_bytes + 1)
        except zlib.error:
            continue
        _bounded(len(data), len(out), where, limits)
        if not stream.eof:
            raise _cut("deflate data with its end", "data that stops early", where)
        return out
    if data.lstrip()[:1] == b"<":
        return data
    raise _damaged("intact deflate data", where)


def _brotli(data: bytes, where: str, limits: Limits) -> bytes:
    stream = brotli.Decompressor()
    out = bytearray()
    piece = data
    try:
        while not stream.is_finished():
            part = stream.process(piece, output_buffer_limit=_STEP)
            piece = b""
            if not part and stream.can_accept_more_data():
                break
            out += part
            _bounded(len(data), len(out), where, limits)
    except brotli.error:
        if not out and data.lstrip()[:1] == b"<":
            return data
        raise _damaged("intact Brotli data", where) from None
    if not stream.is_finished():
        raise _cut("Brotli data with its end", "data that stops early", where)
    return bytes(out)


def _bounded(packed: int, unpacked: int, where: str, limits: Limits) -> None:
    if unpacked > limits.max_bytes:
        raise IntendanceError(
            "input.too-large",
            expected=f"at most {limits.max_bytes} bytes a report",
            got="more once unpacked",
            where=where,
        )
    if unpacked > limits.ratio_from and unpacked > packed * limits.max_ratio:
        raise IntendanceError(
            "input.too-large",
            expected=f"a compressed body that grows at most {limits.max_ratio} times",
            got=f"{unpacked} bytes out of {packed} so far",
            where=where,
            remedy="Unpack it yourself if you trust it.",
        )


def _damaged(expected: str, where: str) -> IntendanceError:
    return IntendanceError("input.unreadable", expected=expected, got="other bytes", where=where)


def _cut(expected: str, got: str, where: str) -> IntendanceError:
    return IntendanceError("input.truncated", expected=expected, got=got, where=where)
