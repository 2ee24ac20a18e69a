"""What the listings of the API have in common: filters, clocks, cursors, streams."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

import msgspec

from intendance.ledger import Filter
from intendance.terms import IntendanceError
from intendance.web._types import Listing, ViewContext

_FILTER: Final = ("donor", "recipient", "item", "stage", "since", "until", "text")
_PAGING: Final = ("cursor", "limit", "stream")
_AT_ONCE: Final = 500
"""Rows of a stream that are asked for at a time."""

_R = TypeVar("_R", bound=msgspec.Struct)

Asked = Mapping[str, Any]


def filter_of(asked: Asked) -> Filter:
    """The filter that a listing was asked for."""
    return Filter(
        **{name: asked.get(name) for name in _FILTER},
        candidates=not asked.get("live", False),
    )


def paged(
    context: ViewContext,
    asked: Asked,
    page: Callable[[str, int], Sequence[_R]],
    labels: Callable[[Sequence[Any]], Sequence[Any]] | None = None,
    name: Callable[[_R], str] | None = None,
) -> Listing:
    """One page of a listing, or with ``stream`` all of it page by page.

    ``page`` gives up to so many rows behind an identifier, sorted by it: what arrives meanwhile
    moves no row from one page to another. Raises IntendanceError ``web.cursor``.
    """
    named: Callable[[_R], str] = name or _id
    mark = _mark(context.route, asked)
    after = _opened(asked.get("cursor"), mark)
    if asked.get("stream"):
        # The first rows are asked for here: what is refused is refused before anything is sent.
        first: Sequence[_R] = page(after, _AT_ONCE)
        rows_of: Iterator[_R] = _all(page, first, named)
        return Listing(rows_of, stream=True, labels=labels)
    limit = int(asked["limit"])
    rows = page(after, limit + 1)
    more = _closed(named(rows[limit - 1]), mark) if len(rows) > limit else None
    return Listing(rows[:limit], more, labels=labels)


def sliced(
    rows: Sequence[_R], name: Callable[[_R], str] | None = None
) -> Callable[[str, int], Sequence[_R]]:
    """Pages of rows that are all at hand."""
    key = name or _id
    ordered = sorted(rows, key=key)

    def page(after: str, limit: int) -> Sequence[_R]:
        return [each for each in ordered if key(each) > after][:limit]

    return page


def _all(
    page: Callable[[str, int], Sequence[_R]], rows: Sequence[_R], name: Callable[[_R], str]
) -> Iterator[_R]:
    while rows:
        yield from rows
        if len(rows) < _AT_ONCE:
            return
        rows = page(name(rows[-1]), _AT_ONCE)


def _id(row: Any) -> str:
    return str(row.id)


def _mark(route: str, asked: Asked) -> str:
    """What tells one listing from another: a cursor of the one is none of the other."""
    given = {name: value for name, value in asked.items() if name not in _PAGING}
    body = msgspec.json.encode([route, sorted((name, str(each)) for name, each in given.items())])
    return hashlib.sha256(body).hexdigest()[:12]


def _closed(last: str, mark: str) -> str:
    return base64.urlsafe_b64encode(f"{mark}{last}".encode()).decode().rstrip("=")


def _opened(cursor: str | None, mark: str) -> str:
    if cursor is None:
        return ""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        found = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeError):
        found = ""
    if not found.startswith(mark):
        raise IntendanceError(
            "web.cursor", expected="the cursor of a page of this very listing",
            got=repr(cursor[:60]), where="'cursor'",
        )  # fmt: skip
    return found.removeprefix(mark)
