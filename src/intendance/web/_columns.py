"""Commitments as columns: one array a field, sorted by identifier, never changed once made."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from intendance.ledger import Projected
from intendance.terms import CERTAINTIES, STAGES, Commitment, Stage

if TYPE_CHECKING:
    from intendance.api import Books

Array = NDArray[Any]
_Days = Mapping[str, str | None]
Published = Callable[[Iterable[str]], _Days]
"""Gives the days on which statements came out."""

MEASURED: Final[tuple[Stage, ...]] = ("promised", "contracted", "delivered")
"""The stages of which times are kept."""

_KINDS: Final[dict[str, Any]] = {
    "high_id": np.uint64,
    "low_id": np.uint16,
    "mark": np.uint64,
    "donors": np.int32,
    "recipient": np.int32,
    "item": np.int32,
    "stages": np.uint16,
    "certain": np.uint16,
    "witnesses": np.uint8,
    "first": np.int32,
    "last": np.int32,
    "due": np.int32,
    "conflicts": np.uint8,
    "reached": np.uint8,
    "live": np.bool_,
    "general": np.bool_,
    **{f"{stage}_day": np.int32 for stage in MEASURED},
}
_CHUNK: Final = 5_000
_STAGE_BIT: Final[dict[str, int]] = {stage: 1 << at for at, stage in enumerate(STAGES)}
_SURE_BIT: Final[dict[str, int]] = {name: 1 << at for at, name in enumerate(CERTAINTIES)}


class Words:
    """The values of one field by their code; a code never changes its meaning."""

    def __init__(self) -> None:
        self.values: list[tuple[str, ...]] = []
        self._codes: dict[tuple[str, ...], int] = {}
        self._split: tuple[int, list[str], Array, Array] | None = None

    def code(self, value: tuple[str, ...]) -> int:
        """The code of a value, a new one where it is new."""
        found = self._codes.get(value)
        if found is None:
            found = self._codes[value] = len(self.values)
            self.values.append(value)
        return found

    def counted(self, counts: Array) -> dict[str, int]:
        """How many rows each single word is in, given how many have each code."""
        words, codes, places = self._singles()
        held = np.bincount(places, weights=counts[codes], minlength=len(words))
        return {words[at]: int(held[at]) for at in np.flatnonzero(held)}

    def _singles(self) -> tuple[list[str], Array, Array]:
        """The single words, and side by side each code and the place of each word in it."""
        size = len(self.values)
        if self._split is None or self._split[0] != size:
            words: dict[str, int] = {}
            pairs = [
                (code, words.setdefault(word, len(words)))
                for code in range(size)
                for word in self.values[code]
                if word
            ]
            both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
            self._split = (size, list(words), both[:, 0], both[:, 1])
        _, found, codes, places = self._split
        return found, codes, places


class Vocabulary:
    """The words of donors, recipients and items, shared by all columns of some books."""

    def __init__(self) -> None:
        self.donors = Words()
        self.recipient = Words()
        self.item = Words()


class Columns:
    """The commitments of some books at one instant."""

    def __init__(self, fields: dict[str, Array], words: Vocabulary) -> None:
        self.fields = fields
        self.words = words

    def __len__(self) -> int:
        return len(self.fields["high_id"])

    def __getitem__(self, name: str) -> Array:
        return self.fields[name]

    def says_the_same(self, other: Columns) -> bool:
        """Whether another instant's columns are these but for the marks of what was written."""
        return all(
            field is other.fields[name] for name, field in self.fields.items() if name != "mark"
        )

    def id_of(self, at: int) -> str:
        """The identifier of a row."""
        return f"c{int(self['high_id'][at]):016x}{int(self['low_id'][at]):04x}"

    def find(self, ids: Iterable[str]) -> Array:
        """The rows of the identifiers that there are."""
        found = []
        for each in ids:
            at = self.place(each)
            if at < len(self) and self.id_of(at) == each:
                found.append(at)
        return np.array(found, dtype=np.int64)

    def place(self, id_: str) -> int:
        """The row of an identifier, or where it would be."""
        high, low = split_id(id_)
        at = int(np.searchsorted(self["high_id"], np.uint64(high)))
        while at < len(self) and self["high_id"][at] == high and self["low_id"][at] < low:
            at += 1
        return at

    def _with(self, name: str, rows: Array, values: Array) -> Array:
        """A field with other values in some rows; itself where they are none."""
        field = self[name]
        if _same(field[rows], values):
            return field
        made: Array = field.copy()
        made[rows] = values
        return made

    def changed(self, gone: Iterable[str], come: Columns) -> Columns:
        """These columns without the rows ``gone``, with those that have come.

        Most writes change commitments that stay: then only the fields that differ are copied.
        """
        rows = self.find(gone)
        if len(rows) == len(come):
            order = np.lexsort((self["low_id"][rows], self["high_id"][rows]))
            rows = rows[order]
            same = ("high_id", "low_id")
            if all(np.array_equal(self[name][rows], come[name]) for name in same):
                return Columns(
                    {name: self._with(name, rows, come[name]) for name in _KINDS}, self.words
                )
        keep = np.ones(len(self), dtype=bool)
        keep[rows] = False
        places = [self.place(come.id_of(at)) for at in range(len(come))]
        left = np.cumsum(keep)
        into = [int(left[at - 1]) if at else 0 for at in places]
        fields = {
            name: np.insert(self[name][keep], into, come[name]).astype(kind, copy=False)
            for name, kind in _KINDS.items()
        }
        return Columns(fields, self.words)


def _same(one: Array, other: Array) -> bool:
    return np.array_equal(one, other)


def split_id(id_: str) -> tuple[int, int]:
    """An identifier as two numbers that sort as it does."""
    return int(id_[1:17], 16), int(id_[17:21] or "0", 16)


def columns_of(
    rows: Iterable[Projected],
    words: Vocabulary,
    sure: dict[str, int] | None = None,
    expected: int = 0,
    published: Published = dict.fromkeys,
) -> Columns:
    """Columns of rows sorted by identifier; ``sure`` are the certainties of each as bits.

    ``published`` gives the days on which statements came out: a stage without a date has the first.
    ``expected`` is about how many there are: room is made for them once.
    """
    room = max(expected, 16)
    fields = {name: np.empty(room, dtype=kind) for name, kind in _KINDS.items()}
    size = 0
    source = iter(rows)
    while part := list(islice(source, _CHUNK)):
        last = size + len(part)
        if last > room:
            room = max(last, room + room // 4)
            fields = {name: np.resize(field, room) for name, field in fields.items()}
        undated = _undated(part)
        days = published(undated) if undated else {}
        held = [_row(each, words, (sure or {}).get(each.commitment.id, 0), days) for each in part]
        for name, values in zip(_KINDS, zip(*held, strict=True), strict=True):
            fields[name][size:last] = values
        size = last
    if size < room:
        fields = {name: field[:size].copy() for name, field in fields.items()}
    return Columns(fields, words)


def with_certainties(columns: Columns, said: Iterable[tuple[str, str]]) -> Columns:
    """The columns with the certainties that statements of each commitment have."""
    high, low, bits = array("Q"), array("H"), array("H")
    for id_, name in said:
        one, other = split_id(id_)
        high.append(one)
        low.append(other)
        bits.append(_SURE_BIT.get(name, 0))
    certain = np.zeros(len(columns), dtype=np.uint16)
    keys = np.array(high, dtype=np.uint64)
    at = np.searchsorted(columns["high_id"], keys)
    # Two identifiers that begin alike are told apart one by one; there are hardly any.
    inside = at < len(columns)
    at, keys = at[inside], keys[inside]
    lows, values = np.array(low)[inside], np.array(bits)[inside]
    for _ in range(4):
        wrong = (at + 1 < len(columns)) & (columns["high_id"][at] == keys)
        wrong &= columns["low_id"][at] < lows
        if not wrong.any():
            break
        at = at + wrong
    np.bitwise_or.at(certain, at, values)
    return Columns({**columns.fields, "certain": certain}, columns.words)


def all_columns(books: Books, words: Vocabulary) -> Columns:
    """The columns of everything that the books hold."""
    expected = books.counts()["commitments"]
    columns = columns_of(books.projected(), words, None, expected, books.published)
    return with_certainties(columns, books.certainties())


def some_columns(books: Books, ids: Iterable[str], words: Vocabulary) -> Columns:
    """The columns of some commitments, those that there are."""
    rows = sorted(books.projected(ids), key=lambda each: each.commitment.id)
    members = [said for each in rows for said in statements_of(each.commitment)]
    sure: dict[str, int] = {}
    for id_, name in books.certainties(members):
        sure[id_] = sure.get(id_, 0) | _SURE_BIT.get(name, 0)
    return columns_of(rows, words, sure, published=books.published)


def statements_of(each: Commitment) -> list[str]:
    """The statements that are folded into a commitment."""
    return [each.anchor, *("s" + id_[1:] for id_ in each.former_ids)]


def ordinal(day: str | None) -> int:
    """A day as a number, 0 where it is not known."""
    return 0 if day is None else date.fromisoformat(day).toordinal()


def day_of(number: int) -> str | None:
    """The day of a number."""
    return date.fromordinal(number).isoformat() if number else None


def _row(row: Projected, words: Vocabulary, sure: int, published: _Days) -> tuple[Any, ...]:
    each = row.commitment
    high, low = split_id(each.id)
    stages = each.stages
    return (
        high, low, int(row.hash[:16], 16),
        words.donors.code(each.donors),
        words.recipient.code(tuple((each.recipient or "").split("+"))),
        words.item.code((each.item or "",)),
        sum(_STAGE_BIT[stage] for stage in stages),
        sure,
        min(255, max((state.witnesses for state in stages.values()), default=0)),
        ordinal(row.first_day), ordinal(row.last_day), _due(each),
        min(255, len(each.conflicts)), _reached(each), each.live, each.general,
        *_days(each, published),
    )  # fmt: skip


def _days(each: Commitment, published: _Days) -> Sequence[int]:
    """The day of each stage; of one without a date that on which it was first spoken of."""
    found = []
    for stage in MEASURED:
        state = each.stages.get(stage)
        day = None if state is None else state.time.start or state.time.end
        if state is not None and day is None:
            came = [published.get(one) for one in state.statements]
            day = min((one for one in came if one), default=None)
        found.append(ordinal(day))
    return found


def _undated(rows: Iterable[Projected]) -> set[str]:
    """The statements of stages that no report dates."""
    states = [row.commitment.stages.get(stage) for row in rows for stage in MEASURED]
    undated = [s for s in states if s is not None and not (s.time.start or s.time.end)]
    return {one for state in undated for one in state.statements}


def _reached(each: Commitment) -> int:
    """The stages of MEASURED that a live commitment reached by live statements, as bits."""
    if not each.live:
        return 0
    states = [each.stages.get(stage) for stage in MEASURED]
    return sum(1 << at for at, s in enumerate(states) if s is not None and s.witnesses > 0)


def _due(each: Commitment) -> int:
    """When it falls overdue, as ``Ledger.overdue`` has it; 0 where it never does."""
    promised = each.stages.get("promised")
    if promised is None or promised.time.end is None or not each.live:
        return 0
    if "withdrawn" in each.stages:
        return 0
    left = each.outstanding
    if "delivered" in each.stages and not (left.known and (left.high is None or left.high > 0)):
        return 0
    return ordinal(promised.time.end)
