"""The columns of all commitments in memory, and what queries let through of them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import msgspec
import numpy as np

from intendance.terms import CERTAINTIES, STAGES, IntendanceError, Stage, span_of
from intendance.web._columns import Array, Columns, Words, ordinal
from intendance.web._selection import Selection

if TYPE_CHECKING:
    from intendance.catalogue import Catalogue

_REMEMBERED: Final = 16
_OFTEN: Final = 4
"""Selections that are kept: each holds some bytes for every commitment."""


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


class Known:
    """What was selected last; what is asked for often has a place of its own."""

    def __init__(self) -> None:
        self._last: OrderedDict[Query, Selection] = OrderedDict()
        self._often: OrderedDict[Query, Selection] = OrderedDict()

    def find(self, query: Query) -> Selection | None:
        """What was selected by a query."""
        found = self._often.get(query)
        return self._last.get(query) if found is None else found

    def keep(self, query: Query, found: Selection, *, often: bool) -> None:
        """Keeps a selection until enough others have come."""
        held, most = (self._often, _OFTEN) if often else (self._last, _REMEMBERED)
        held[query] = found
        while len(held) > most:
            held.popitem(last=False)


class Projection:
    """All commitments of some books as columns, at one instant."""

    def __init__(
        self,
        columns: Columns,
        catalogue: Catalogue,
        version: int,
        known: Known | None = None,
    ) -> None:
        self.columns = columns
        self.version = version
        self._catalogue = catalogue
        self._known = known or Known()

    def known_for(self, columns: Columns) -> Known | None:
        """What was counted, where later columns hold the same of all that is counted here."""
        return self._known if columns.says_the_same(self.columns) else None

    def select(self, query: Query, *, often: bool = False) -> Selection:
        """What a query lets through; raises IntendanceError ``filter.invalid`` for no name.

        ``often``: it is one of the few that are asked for again and again.
        """
        found = self._known.find(query)
        if found is None:
            found = Selection(self.columns, self._masks(query), self._catalogue)
        elif not often:
            return found
        self._known.keep(query, found, often=often)
        return found

    def stamp(self, ids: Iterable[str]) -> bytes:
        """What is the same for as long as these commitments say the same."""
        stamp: bytes = self.columns["mark"][self.columns.find(ids)].tobytes()
        return stamp

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
