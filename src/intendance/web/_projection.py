"""The columns of all commitments in memory: facets and totals that keep step with the ledger."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

import msgspec
import numpy as np

from intendance.terms import CERTAINTIES, STAGES, IntendanceError, Stage, span_of
from intendance.web._columns import (
    MEASURED,
    Array,
    Columns,
    Vocabulary,
    Words,
    all_columns,
    ordinal,
    some_columns,
    split_id,
)

if TYPE_CHECKING:
    from intendance.api import Books
    from intendance.catalogue import Catalogue

FACETS: Final = (
    "donor", "recipient", "class", "item", "stage", "certainty", "witnesses", "year", "conflict",
)  # fmt: skip
ORDERS: Final = ("id", "best", "latest", "earliest", "witnesses", "due")
_REMEMBERED: Final = 64
_YEARS: Final = np.array([ordinal(f"{year}-01-01") for year in range(1900, 2201)])
"""The ordinals of the first days of years."""
_UNIX: Final = ordinal("1970-01-01")


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """Which commitments are wanted; names as in ``ledger.Filter``.

    ``witnesses`` is the least number of them, ``conflict`` whether there is one, ``overdue`` a day
    before which it fell due; ``candidates`` lets through what is not live, ``inferred`` only that.
    """

    donor: str | None = None
    recipient: str | None = None
    item: str | None = None
    stage: Stage | None = None
    certainty: str | None = None
    witnesses: int | None = None
    conflict: bool | None = None
    since: str | None = None
    until: str | None = None
    overdue: str | None = None
    candidates: bool = True
    inferred: bool = False


class Selection:
    """The commitments that a query lets through, at one instant."""

    def __init__(self, columns: Columns, masks: dict[str, Array], catalogue: Catalogue) -> None:
        self.columns = columns
        self._masks = masks
        self._catalogue = catalogue
        self._rows: Array | None = None
        self._counts: dict[str, list[tuple[str, int]]] = {}

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

    def reached(self, name: str) -> list[tuple[str, list[int]]]:
        """How many live commitments of each ``donor`` or ``class`` (the nearest) reached each
        stage of MEASURED, most first."""
        found: dict[str, list[int]] = {}
        for bit, _ in enumerate(MEASURED):
            rows = self.rows[(self.columns["reached"][self.rows] >> bit & 1) > 0]
            if name == "donor":
                counts = self.of_words(rows, self.columns.words.donors, "donors")
            else:
                counts = {}
                items = self.of_words(rows, self.columns.words.item, "item")
                for item, count in items.items():
                    nearest = self._catalogue.class_of(item) or ""
                    counts[nearest] = counts.get(nearest, 0) + count
            for value, count in counts.items():
                found.setdefault(value, [0] * len(MEASURED))[bit] = count
        return sorted(found.items(), key=lambda each: (-sum(each[1]), each[0]))

    def months(self) -> list[tuple[str, list[int]]]:
        """How many live commitments reached each stage of MEASURED in each month; where no day is
        known, in that in which they were first spoken of."""
        found: dict[str, list[int]] = {}
        for bit, stage in enumerate(MEASURED):
            rows = self.rows[(self.columns["reached"][self.rows] >> bit & 1) > 0]
            days = self.columns[f"{stage}_day"][rows]
            days = np.where(days == 0, self.columns["first"][rows], days)
            days = days[days > 0].astype(np.int64) - _UNIX
            names, counts = np.unique(
                days.astype("datetime64[D]").astype("datetime64[M]"), return_counts=True
            )
            for month, count in zip(names.astype(str), counts, strict=True):
                found.setdefault(str(month), [0] * len(MEASURED))[bit] = int(count)
        return sorted(found.items())

    def largest(self, limit: int) -> list[str]:
        """The live, specific commitments of the ``limit`` largest groups of one donor (or several
        jointly), recipient and kind."""
        columns = self.columns
        rows = self.rows[columns["live"][self.rows] & ~columns["general"][self.rows]]
        names = [self._catalogue.class_of(each[0]) or "" for each in columns.words.item.values]
        places = {name: at for at, name in enumerate(sorted(set(names)))}
        kinds = np.array([places[name] for name in names] or [0], dtype=np.int64)
        keys = columns["donors"][rows].astype(np.int64) << 36
        keys += columns["recipient"][rows].astype(np.int64) << 16
        keys += kinds[columns["item"][rows]]
        groups, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
        chosen = np.zeros(len(groups), dtype=bool)
        chosen[np.argsort(-counts, kind="stable")[:limit]] = True
        return [columns.id_of(int(at)) for at in rows[chosen[inverse]]]

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
            return np.arange(len(self.columns))
        return np.flatnonzero(np.logical_and.reduce(masks) if len(masks) > 1 else masks[0])

    def of_words(self, rows: Array, words: Words, name: str) -> dict[str, int]:
        """How many rows each word is in."""
        counts = np.bincount(self.columns[name][rows], minlength=len(words.values))
        found: dict[str, int] = {}
        for code in np.flatnonzero(counts):
            for word in words.values[code]:
                if word:
                    found[word] = found.get(word, 0) + int(counts[code])
        return found

    def of_classes(self, rows: Array) -> dict[str, int]:
        """How many rows are of each class."""
        found: dict[str, int] = {}
        for item, count in self.of_words(rows, self.columns.words.item, "item").items():
            for each in {*self._catalogue.classes(item)}:
                found[each] = found.get(each, 0) + count
        return found


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


class Projection:
    """All commitments of some books as columns, at one instant."""

    def __init__(self, columns: Columns, catalogue: Catalogue, version: int) -> None:
        self.columns = columns
        self.version = version
        self._catalogue = catalogue
        self._known: OrderedDict[Query, Selection] = OrderedDict()

    def select(self, query: Query) -> Selection:
        """What a query lets through; raises IntendanceError ``filter.invalid`` for no name."""
        found = self._known.get(query)
        if found is None:
            found = Selection(self.columns, self._masks(query), self._catalogue)
            self._known[query] = found
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return found

    def _masks(self, query: Query) -> dict[str, Array]:
        columns, words = self.columns, self.columns.words
        masks: dict[str, Array] = {}
        if query.donor is not None:
            name = self._party(query.donor, words.donors, "donor")
            masks["donor"] = _with(words.donors, {name})[columns["donors"]]
        if query.recipient is not None:
            name = self._party(query.recipient, words.recipient, "recipient")
            masks["recipient"] = _with(words.recipient, {name})[columns["recipient"]]
        if query.item is not None:
            wanted = self._items(query.item)
            masks["item"] = _with(words.item, wanted)[columns["item"]]
        if query.stage is not None:
            masks["stage"] = (columns["stages"] & (1 << STAGES.index(query.stage))) > 0
        if query.certainty is not None:
            masks["certainty"] = (columns["certain"] & _sure(query.certainty)) > 0
        if query.witnesses is not None:
            masks["witnesses"] = columns["witnesses"] >= query.witnesses
        if query.conflict is not None:
            masks["conflict"] = (columns["conflicts"] > 0) == query.conflict
        return masks | self._days(query)

    def _days(self, query: Query) -> dict[str, Array]:
        columns = self.columns
        masks: dict[str, Array] = {}
        if not query.candidates:
            masks["live"] = columns["live"]
        if query.inferred:
            masks["live"] = ~columns["live"]
        since = span_of(query.since, "the filter's since").start if query.since else None
        until = span_of(query.until, "the filter's until").end if query.until else None
        if since and until and since > until:
            got = repr(f"{since} after {until}")
            raise _refused("a first day that is not after the last", got, "dates")
        if since:
            masks["days"] = (columns["last"] == 0) | (columns["last"] >= ordinal(since))
        if until:
            early = (columns["first"] == 0) | (columns["first"] <= ordinal(until))
            masks["days"] = masks["days"] & early if "days" in masks else early
        if query.overdue:
            day = ordinal(span_of(query.overdue, "overdue").end)
            masks["overdue"] = (columns["due"] > 0) & (columns["due"] < day)
        return masks

    def _party(self, name: str, words: Words, field: str) -> str:
        try:
            return self._catalogue.resolve(name)
        except IntendanceError:
            if not name or not any(name in each for each in words.values):
                raise _refused("a code or name of the catalogue", repr(name[:80]), field) from None
            return name

    def _items(self, name: str) -> set[str]:
        try:
            top = self._catalogue.resolve(name)
        except IntendanceError:
            if not name or not any(name in each for each in self.columns.words.item.values):
                expected = "an item or class of the catalogue"
                raise _refused(expected, repr(name[:80]), "item") from None
            return {name}
        known = {each for value in self.columns.words.item.values for each in value if each}
        return {
            each for each in known
            if each == top or self._catalogue.specialises(each, top)
            or self._catalogue.includes(top, each)
        }  # fmt: skip


def _with(words: Words, wanted: set[str]) -> Array:
    """Which codes hold any of the words wanted."""
    values = words.values
    return np.array([not wanted.isdisjoint(each) for each in values] or [False], dtype=bool)


def _sure(name: str) -> int:
    if name not in CERTAINTIES:
        raise _refused("one of " + ", ".join(CERTAINTIES), repr(name[:40]), "certainty")
    return 1 << CERTAINTIES.index(name)


def _refused(expected: str, got: str, field: str) -> IntendanceError:
    return IntendanceError(
        "filter.invalid", expected=expected, got=got, where=f"the filter's {field}"
    )


class Keeper:
    """Keeps the projection of some books in step with them; several threads may ask at once."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._words = Vocabulary()
        self._lock = threading.Lock()
        self._waiting: dict[int, frozenset[str] | None] = {}
        self._held: Projection | None = None
        books.watch(self._waiting.__setitem__)

    def current(self) -> Projection:
        """The projection of what the books hold now."""
        with self._lock:
            version = self._books.version()
            held = self._held
            if held is None:
                columns = all_columns(self._books, self._words)
            elif held.version == version:
                return held
            else:
                columns = self._brought(held, version)
            self._held = Projection(columns, self._books.catalogue, version)
            return self._held

    def _brought(self, held: Projection, version: int) -> Columns:
        """The columns with what was written since."""
        batches = range(held.version + 1, version + 1)
        waiting = [self._waiting.pop(each, None) for each in batches]
        touched: set[str] = set()
        for each in waiting:
            if each is None:
                # Somebody else wrote, or everything was folded anew: what differs is looked for.
                touched = self._differing(held.columns)
                break
            touched |= each
        if not touched:
            return held.columns
        come = some_columns(self._books, touched, self._words)
        return held.columns.changed(touched, come)

    def _differing(self, columns: Columns) -> set[str]:
        marks = columns["mark"]
        found: set[str] = set()
        at, size = 0, len(columns)
        for id_, mark in self._books.hashes():
            high, low = split_id(id_)
            key = (high << 16) | low
            while at < size and _key(columns, at) < key:
                found.add(columns.id_of(at))
                at += 1
            if at < size and _key(columns, at) == key:
                if int(marks[at]) != int(mark[:16], 16):
                    found.add(id_)
                at += 1
            else:
                found.add(id_)
        found.update(columns.id_of(rest) for rest in range(at, size))
        return found


def _key(columns: Columns, at: int) -> int:
    return (int(columns["high_id"][at]) << 16) | int(columns["low_id"][at])
