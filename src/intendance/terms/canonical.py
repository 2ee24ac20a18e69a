"""Canonical JSON: the one byte sequence of a value, and hashes over it (rule 3)."""

from __future__ import annotations

import hashlib

import msgspec

_ENCODER = msgspec.json.Encoder(decimal_format="string")


def canonical(value: object) -> bytes:
    """UTF-8 JSON with keys in declared order, exact integers and decimal strings, no floats."""
    return _ENCODER.encode(value)


def digest(data: bytes) -> str:
    """SHA-256 of ``data`` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def short_hash(value: object) -> str:
    """The first 20 hexadecimal digits of the SHA-256 of the canonical JSON of ``value``."""
    return hashlib.sha256(_ENCODER.encode(value)).hexdigest()[:20]
