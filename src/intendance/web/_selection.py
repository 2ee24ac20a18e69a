"""The commitments that a query lets through: pages, facets and totals counted in columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np

from intendance.terms import CERTAINTIES, STAGES
from intendance.web._columns import MEASURED, Array, Columns, Words, ordinal

if TYPE_CHECKING:
    from intendance.catalogue import Catalogue

_T = TypeVar("_T")

FACETS: Final = (
    "donor", "recipient", "class", "item", "stage", "certainty", "witnesses", "year", "conflict",
)  # fmt: skip
ORDERS: Final = ("id", "best", "latest", "earliest", "witnesses", "due")
"""Selections that are kept: each holds some bytes for every commitment."""
_YEARS: Final = np.array([ordinal(f"{year}-01-01") for year in range(1900, 2201)])
"""The ordinals of the first days of years."""
_UNIX: Final = ordinal("1970-01-01")


class Selection:
    """The commitments that a query lets through, at one instant."""

    def __init__(self, columns: Columns, masks: dict[str, Array], catalogue: Catalogue) -> None:
        self.columns = columns
        self._masks = masks
        self._catalogue = catalogue
        self._rows: Array | None = None
        self._counts: dict[str, list[tuple[str, int]]] = {}
        self._kept: dict[tuple[str, str], Any] = {}

    @property
    def rows(self) -> Array:
        """The rows let through, in the order of identifiers."""
        if self._rows is None:
            self._rows = self._without(None)
        return self._rows

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.rows)

    def page(self, limit: int, after: str | None = None, order: str = "id") -> list[str]:
        """``limit`` identifiers behind ``after``, in one of ORDERS."""
        rows = self.rows
        if order == "id":
            if after is not None:
                at = self.columns.place(after)
                if at < len(self.columns) and self.columns.id_of(at) == after:
                    at += 1
                rows = rows[np.searchsorted(rows, at):]  # fmt: skip
            return [self.columns.id_of(int(at)) for at in rows[:limit]]
        keys = _sort_keys(self.columns, order)[rows]
        if after is not None:
            behind = _behind(self.columns, rows, keys, order, after)
            rows, keys = rows[behind], keys[behind]
        if len(rows) > 4 * limit:
            cut = np.partition(keys, limit)[limit]
            rows, keys = rows[keys <= cut], keys[keys <= cut]
        chosen = rows[np.lexsort((rows, keys))][:limit]
        return [self.columns.id_of(int(at)) for at in chosen]

    def part(self, first: int, limit: int, order: str = "best") -> list[str]:
        """``limit`` identifiers from the row ``first`` on, in one of ORDERS."""
        rows = self.rows
        keys = rows if order == "id" else _sort_keys(self.columns, order)[rows]
        last = first + limit
        if len(rows) > 4 * last:
            cut = np.partition(keys, last)[last]
            rows, keys = rows[keys <= cut], keys[keys <= cut]
        chosen = rows[np.lexsort((rows, keys))][first:last]
        return [self.columns.id_of(int(at)) for at in chosen]

    def reached(self, name: str, until: int = 0) -> list[tuple[str, list[int]]]:
        """How many live commitments of each ``donor`` or ``class`` (the nearest) reached each
        stage of MEASURED, most first; with ``until`` (an ordinal) not those that it dates later."""
        return self._once(("reached", f"{name} {until}"), lambda: self._reached(name, until))

    def months(self, until: int = 0) -> list[tuple[str, list[int]]]:
        """How many live commitments reached each stage of MEASURED in each month; a stage without
        a date in that in which it was first reported."""
        return self._once(("months", str(until)), lambda: self._months(until))

    def largest(self, limit: int) -> list[str]:
        """The live, specific commitments of the ``limit`` largest groups of one donor (or several
        jointly), recipient and kind."""
        return self._once(("largest", str(limit)), lambda: self._largest(limit))

    def kept(self, name: str, stamp: bytes, work: Callable[[], _T]) -> _T:
        """What ``work`` gives, or gave last under this name with the same stamp."""
        held = self._kept.get((name, "stamp"))
        if held is None or held[0] != stamp:
            held = self._kept[name, "stamp"] = (stamp, work())
        found: _T = held[1]
        return found

    def _once(self, key: tuple[str, str], work: Callable[[], _T]) -> _T:
        if key not in self._kept:
            self._kept[key] = work()
        found: _T = self._kept[key]
        return found

    def _bits(self, until: int) -> Array:
        """The stages of MEASURED that each commitment let through has reached, as bits."""
        here = self._here
        bits: Array = self.columns["reached"][here]
        if until:
            bits = bits.copy()
            for at, stage in enumerate(MEASURED):
                bits[self.columns[f"{stage}_day"][here] > until] &= 0xFF ^ (1 << at)
        return bits

    def _reached(self, name: str, until: int) -> list[tuple[str, list[int]]]:
        column, words = ("donors", self.columns.words.donors)
        if name == "class":
            column, words = ("item", self.columns.words.item)
        here, bits = self._here, 1 << len(MEASURED)
        keys = self.columns[column][here].astype(np.int32) * bits + self._bits(until)
        counts = np.bincount(keys, minlength=bits * len(words.values)).reshape(-1, bits)
        marks = np.arange(bits)
        stages = [counts[:, (marks >> bit & 1) > 0].sum(axis=1) for bit in range(len(MEASURED))]
        found: dict[str, list[int]] = {}
        for bit, each in enumerate(stages):
            for word, count in words.counted(each).items():
                key = word if name == "donor" else self._catalogue.class_of(word) or ""
                found.setdefault(key, [0] * len(MEASURED))[bit] += count
        return sorted(found.items(), key=lambda each: (-sum(each[1]), each[0]))

    @property
    def _here(self) -> Any:
        """The rows let through, as what takes them out of a column soonest."""
        return slice(None) if len(self.rows) == len(self.columns) else self.rows

    def _months(self, until: int) -> list[tuple[str, list[int]]]:
        found: dict[str, list[int]] = {}
        here = self._here
        reached = self._bits(until)
        for bit, stage in enumerate(MEASURED):
            days = self.columns[f"{stage}_day"][here][(reached >> bit & 1) > 0]
            counts = np.bincount(days, minlength=1)[1:]
            known = np.flatnonzero(counts)
            months = (known + 1 - _UNIX).astype("datetime64[D]").astype("datetime64[M]").astype(str)
            for month, count in zip(months, counts[known], strict=True):
                found.setdefault(str(month), [0] * len(MEASURED))[bit] += int(count)
        return sorted(found.items())

    def _largest(self, limit: int) -> list[str]:
        columns = self.columns
        rows = self.rows[columns["live"][self.rows] & ~columns["general"][self.rows]]
        names = [self._catalogue.class_of(each[0]) or "" for each in columns.words.item.values]
        places = {name: at for at, name in enumerate(sorted(set(names)))}
        kinds = np.array([places[name] for name in names] or [0], dtype=np.int64)
        parties = len(columns.words.recipient.values)
        keys = columns["donors"][rows].astype(np.int64) * parties + columns["recipient"][rows]
        keys = keys * max(1, len(places)) + kinds[columns["item"][rows]]
        groups, sizes = _sizes(keys)
        chosen = np.sort(groups[np.argsort(-sizes, kind="stable")[:limit]])
        inside = np.minimum(np.searchsorted(chosen, keys), max(0, len(chosen) - 1))
        held = chosen[inside] == keys if len(chosen) else np.zeros(0, dtype=bool)
        return [columns.id_of(int(at)) for at in rows[held]]

    def facet(self, name: str) -> list[tuple[str, int]]:
        """The values of one of FACETS with their counts, most first.

        Counted over what the rest of the query lets through, so that another value can be chosen.
        """
        if name not in self._counts:
            own = "item" if name == "class" else "days" if name == "year" else name
            rows = self.rows if own not in self._masks else self._without(own)
            counts = _COUNTED[name](self, rows)
            self._counts[name] = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        return self._counts[name]

    def _without(self, name: str | None) -> Array:
        masks = [mask for each, mask in self._masks.items() if each != name]
        if not masks:
            return np.arange(len(self.columns), dtype=np.int32)
        passing = np.logical_and.reduce(masks) if len(masks) > 1 else masks[0]
        return np.flatnonzero(passing).astype(np.int32)

    def of_words(self, rows: Array, words: Words, name: str) -> dict[str, int]:
        """How many rows each word is in."""
        return words.counted(np.bincount(self.columns[name][rows], minlength=len(words.values)))

    def of_classes(self, rows: Array) -> dict[str, int]:
        """How many rows are of each class."""
        found: dict[str, int] = {}
        for item, count in self.of_words(rows, self.columns.words.item, "item").items():
            for each in {*self._catalogue.classes(item)}:
                found[each] = found.get(each, 0) + count
        return found


_DENSE: Final = 1 << 24


def _sizes(keys: Array) -> tuple[Array, Array]:
    """The keys that there are, ascending, and how often each is there."""
    if not len(keys) or int(keys.max()) > _DENSE:
        groups, sizes = np.unique(keys, return_counts=True)
        return groups, sizes
    counts = np.bincount(keys)
    groups = np.flatnonzero(counts)
    return groups, counts[groups]


def _bits(selection: Selection, rows: Array, name: str, words: Iterable[str]) -> dict[str, int]:
    counts = np.bincount(selection.columns[name][rows])
    found = {}
    for at, word in enumerate(words):
        number = int(sum(int(counts[mask]) for mask in np.flatnonzero(counts) if mask >> at & 1))
        if number:
            found[word] = number
    return found


def _by_witnesses(selection: Selection, rows: Array) -> dict[str, int]:
    counts = np.bincount(np.minimum(selection.columns["witnesses"][rows], 9))
    # "2" counts those with two or more, as the filter takes it.
    return {str(n): int(counts[n:].sum()) for n in range(1, len(counts)) if counts[n:].any()}


def _by_year(selection: Selection, rows: Array) -> dict[str, int]:
    days = selection.columns["last"][rows]
    years = np.searchsorted(_YEARS, days[days > 0], side="right") + 1899
    counts = np.bincount(years, minlength=1)
    return {str(year): int(counts[year]) for year in np.flatnonzero(counts)}


def _by_conflict(selection: Selection, rows: Array) -> dict[str, int]:
    number = int(np.count_nonzero(selection.columns["conflicts"][rows]))
    counts = {"true": number, "false": len(rows) - number}
    return {name: count for name, count in counts.items() if count}


_COUNTED: Final[dict[str, Any]] = {
    "donor": lambda s, rows: s.of_words(rows, s.columns.words.donors, "donors"),
    "recipient": lambda s, rows: s.of_words(rows, s.columns.words.recipient, "recipient"),
    "item": lambda s, rows: s.of_words(rows, s.columns.words.item, "item"),
    "class": lambda s, rows: s.of_classes(rows),
    "stage": lambda s, rows: _bits(s, rows, "stages", STAGES),
    "certainty": lambda s, rows: _bits(s, rows, "certain", CERTAINTIES),
    "witnesses": _by_witnesses,
    "year": _by_year,
    "conflict": _by_conflict,
}


def _sort_keys(columns: Columns, order: str) -> Array:
    if order == "best":
        # What is live before what is inferred, what is specific before general, then by witnesses.
        keys = (~columns["live"]).astype(np.int32) << 10
        keys += columns["general"].astype(np.int32) << 9
        return keys + 255 - columns["witnesses"]
    if order == "earliest":
        first: Array = columns["first"]
        return np.where(first == 0, np.iinfo(np.int32).max, first)
    if order == "due":
        due: Array = columns["due"]
        return np.where(due == 0, np.iinfo(np.int32).max, due)
    if order == "witnesses":
        return -columns["witnesses"].astype(np.int32)
    return -columns["last"]


def _behind(columns: Columns, rows: Array, keys: Array, order: str, after: str) -> Array:
    """Which rows come behind ``after``, whose key is looked up; none where it is gone."""
    at = columns.place(after)
    if at >= len(columns) or columns.id_of(at) != after:
        return np.zeros(len(rows), dtype=bool)
    key = _sort_keys(columns, order)[at]
    behind: Array = (keys > key) | ((keys == key) & (rows > at))
    return behind
