"""The rows of a file beside those of the edition that the ledger holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from intendance.exchange import Change, compare_editions
from intendance.terms import Statement

What = Literal["new", "changed", "gone"]


class FieldChange(msgspec.Struct, frozen=True):
    """One thing that a row tells otherwise than before."""

    field: str
    before: str
    after: str


class RowChange(msgspec.Struct, frozen=True, kw_only=True):
    """One row that is new, tells something otherwise, or is in the file no more."""

    row: str
    what: What
    donors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    item: str | None = None
    fields: tuple[FieldChange, ...] = ()
    quote: str = ""


class RowChanges(msgspec.Struct, frozen=True, kw_only=True):
    """How many rows are new, changed, the same or gone, and each that is not the same."""

    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    rows: tuple[RowChange, ...] = ()


def compared(held: Sequence[Statement], come: Sequence[Statement]) -> RowChanges:
    """The rows that statements of a file were made of, beside those of the edition before it."""
    found = compare_editions(held, come)
    told, before = _rows(come), _rows(held)
    changes: dict[str, list[Change]] = defaultdict(list)
    for each in found.changes:
        changes[each.new_row].append(each)
    rows = [_row(row, "new", told[row]) for row in found.only_new]
    rows += [_row(row, "changed", told[row], several) for row, several in changes.items()]
    rows += [_row(row, "gone", before[row]) for row in found.only_old]
    return RowChanges(
        new=len(found.only_new), changed=found.changed, same=found.matched - found.changed,
        gone=len(found.only_old), rows=tuple(rows),
    )  # fmt: skip


def _rows(said: Iterable[Statement]) -> dict[str, Statement]:
    found: dict[str, Statement] = {}
    for each in said:
        if each.source_row is not None:
            found.setdefault(each.source_row.split(":", 1)[0], each)
    return found


def _row(row: str, what: What, said: Statement, changes: Sequence[Change] = ()) -> RowChange:
    return RowChange(
        row=row.removeprefix("row "),
        what=what,
        donors=said.actors,
        recipients=said.recipients,
        item=said.item,
        fields=tuple(FieldChange(each.field, each.before, each.after) for each in changes),
        quote=said.quote,
    )
