"""Markings: who may see a row. Need-to-know labels, not security classifications (docs/web.md)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from intendance.terms import IntendanceError
from intendance.web._users import User

Marking = frozenset[str]
"""The nations and groups that may see a row: one of them is enough."""

Label = frozenset[Marking]
"""All markings of what a row was derived from: each must let a reader through. Empty: everybody."""

EVERYBODY: Final[Label] = frozenset()
_MOST: Final = 100


def sees(user: User, label: Label) -> bool:
    """Whether a user may see what has that label (W1); a marking that names nobody lets nobody."""
    return user.full or all(not marking.isdisjoint(user.groups) for marking in label)


def strictest(labels: Iterable[Label]) -> Label:
    """The label of what is derived from rows of these labels (W4)."""
    return frozenset(marking for label in labels for marking in label)


def marking_of(names: Iterable[str]) -> Marking:
    """The marking that names these; raises IntendanceError ``marking.invalid``."""
    found = frozenset(names)
    for each in found:
        if not each or len(each) > 40 or not each.isascii() or not each.replace("-", "").isalnum():
            raise IntendanceError(
                "marking.invalid", expected="nations and groups of letters, digits and hyphens",
                got=repr(each[:40]), where="a marking",
            )  # fmt: skip
    if not 1 <= len(found) <= _MOST:
        raise IntendanceError(
            "marking.invalid", expected=f"1 to {_MOST} nations and groups", got=str(len(found)),
            where="a marking",
        )  # fmt: skip
    return found


def plain(label: Label) -> list[list[str]]:
    """A label as JSON writes it: sorted lists."""
    return sorted(sorted(marking) for marking in label)


def packed(label: Label) -> str:
    """A label as the file of users keeps it."""
    return msgspec.json.encode(plain(label)).decode()


def unpacked(text: str) -> Label:
    """A label as it was kept; what cannot be read lets nobody through (W2)."""
    try:
        found = msgspec.json.decode(text, type=list[list[str]])
    except msgspec.DecodeError:
        return frozenset({frozenset()})
    return frozenset(frozenset(each) for each in found)


def cell(label: Label) -> str:
    """A label in one cell of a table: ``DEU FRA; NORDIC`` is (DEU or FRA) and NORDIC."""
    return "; ".join(" ".join(each) for each in plain(label))
