"""Web archives of our own making."""

from __future__ import annotations

import gzip

HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def record(
    number: int,
    body: bytes = b"<p>Two guns.</p>",
    *,
    head: bytes = HTML,
    kind: str = "response",
    length: int | None = None,
    version: bytes = b"WARC/1.1",
    extra: bytes = b"",
) -> bytes:
    """One record; ``length`` is the one that it states, where that is not its true one."""
    http = head + b"\r\n" if head else b""
    media = b"application/http; msgtype=response" if head else b"text/html"
    size = len(http) + len(body) if length is None else length
    return (
        version
        + f"\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://example.org/{number}\r\n".encode()
        + b"WARC-Date: 2024-02-03T04:05:06Z\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
        + b"Content-Type: " + media + f"\r\nContent-Length: {size}\r\n".encode()
        + extra + b"\r\n" + http + body + b"\r\n\r\n"
    )  # fmt: skip


def packed(*records: bytes) -> bytes:
    """The records as gzip members."""
    return b"".join(gzip.compress(each, mtime=0) for each in records)
