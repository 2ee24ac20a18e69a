"""Two editions of a data set, row by row: matched by what they say, as identifiers don't last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Final

import msgspec

from intendance.terms import Interval, Money, Statement

_ITEMS: Final = ("item", "joint", "own", "measure", "aid", "line")


class Entry(msgspec.Struct, frozen=True):
    """What one row says, as far as another edition may say it again."""

    row: str
    donors: tuple[str, ...]
    item: str | None
    item_text: str
    announced: tuple[str | None, str | None]
    units: str
    delivered: str
    money: str
    source: str


class Change(msgspec.Struct, frozen=True):
    """One field of a matched row that the newer edition tells otherwise."""

    old_row: str
    new_row: str
    field: str
    before: str
    after: str


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """How two editions differ: pairs of rows, changes, rows of one edition alone."""

    matched: int
    changed: int
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]
    changes: tuple[Change, ...]


_Key = Callable[[Entry], Hashable]

_STEPS: Final[tuple[_Key, ...]] = (
    lambda e: (e.donors, e.item_text, e.announced, e.units, e.delivered, e.money, e.source),
    lambda e: (e.donors, e.item_text, e.announced, e.units, e.money),
    lambda e: (e.donors, e.item_text, e.announced, e.units),
    lambda e: (e.donors, e.item, e.announced, e.units, e.money),
    lambda e: (e.donors, e.item_text, e.announced, e.source),
    lambda e: (e.donors, e.item, e.units, e.source),
    lambda e: (e.donors, e.item_text, e.announced),
    lambda e: (e.donors, e.item_text, e.units),
    lambda e: (e.donors, e.item, e.announced),
    lambda e: (e.donors, e.item_text, e.source),
    lambda e: (e.donors, e.item, e.source),
    lambda e: (e.donors, e.item_text or e),
)
"""What makes two rows one, from all that they say to the least that still tells them apart."""

_FIELDS: Final = ("item_text", "announced", "units", "delivered", "money", "source")


def entries(statements: Iterable[Statement]) -> list[Entry]:
    """The rows that statements of one edition were made of, in order."""
    rows: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for said in statements:
        if said.source_row is not None:
            rows[said.report, said.source_row.split(":", 1)[0]].append(said)
    return [_entry(row, found) for (_, row), found in rows.items()]


def compare_editions(old: Iterable[Statement], new: Iterable[Statement]) -> Compared:
    """Match the rows of two editions, each once, the most alike first."""
    left, right = entries(old), entries(new)
    pairs: list[tuple[Entry, Entry]] = []
    for step in _STEPS:
        waiting: dict[Hashable, list[Entry]] = defaultdict(list)
        for each in left:
            waiting[step(each)].append(each)
        rest = []
        taken: set[int] = set()
        for each in right:
            fits = waiting.get(step(each))
            if fits:
                first = fits.pop(0)
                taken.add(id(first))
                pairs.append((first, each))
            else:
                rest.append(each)
        left, right = [each for each in left if id(each) not in taken], rest
    changes = [change for one, other in pairs for change in _changes(one, other)]
    return Compared(
        matched=len(pairs),
        changed=len({(each.old_row, each.new_row) for each in changes}),
        only_old=tuple(each.row for each in left),
        only_new=tuple(each.row for each in right),
        changes=tuple(changes),
    )


def _changes(one: Entry, other: Entry) -> Iterable[Change]:
    for field in _FIELDS:
        before, after = getattr(one, field), getattr(other, field)
        if before != after:
            yield Change(one.row, other.row, field, _shown(before), _shown(after))


def _entry(row: str, said: Sequence[Statement]) -> Entry:
    telling = next((s for s in said if s.rule.split(":")[-1] in _ITEMS), said[0])
    delivered = next((s for s in said if s.act == "deliver"), None)
    return Entry(
        row,
        telling.actors,
        telling.item,
        telling.item_text,
        (telling.time.start, telling.time.end),
        _number(telling.quantity),
        "" if delivered is None else "none" if delivered.polarity == "negative"
        else _number(delivered.quantity),
        "; ".join(sorted({_money(s.money) for s in said if s.money and s.per is None})),
        telling.attribution[-1] if telling.attribution else "",
    )  # fmt: skip


def _number(figure: Interval) -> str:
    if not figure.known:
        return figure.state
    return str(figure.low) if figure.low == figure.high else f"{figure.low}-{figure.high}"


def _money(amount: Money) -> str:
    return f"{amount.low} {amount.currency}"


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return " - ".join(each or "?" for each in value)
    return str(value)
