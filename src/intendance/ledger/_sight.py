"""Which reports a view of another time sees, how they looked then, and what they repeated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from intendance.ledger._appearances import appearance_rank
from intendance.ledger._batch import get_setting
from intendance.ledger._copies import rank, split_among
from intendance.ledger._dates import dates_of, redated
from intendance.ledger._evidence import Source
from intendance.ledger._intake import folded_readings
from intendance.ledger._rows import fetch_in
from intendance.ledger._schema import appearance, reading, report, statement
from intendance.ledger._settled import Settled
from intendance.terms import Report, short_hash


class Seen(msgspec.Struct, frozen=True):
    """A report as the view sees it: which readings are folded, and what it repeats."""

    readings: frozenset[int]
    source: Source


class Sight:
    """What was published until ``as_of`` and held until batch ``upto``.

    ``seen`` has, for every report that was looked at, how it looked; None for one not there yet.
    """

    def __init__(
        self, connection: Connection, settled: Settled, as_of: str | None, upto: int | None
    ) -> None:
        self._connection = connection
        self._settled = settled
        self._as_of = as_of
        self._upto = upto
        folded = get_setting(connection, "folded", upto)
        self._version = None if folded is None else (folded[0], folded[1])
        self._dates = dates_of(connection, settled)
        self.seen: dict[int, Seen | None] = {}

    def look(self, numbers: Iterable[int]) -> None:
        """Find out how the view sees reports that it has not looked at."""
        missing = {number for number in numbers if number not in self.seen}
        if not missing:
            return
        everyone = self._with_mates(missing)
        shown = self._shown(everyone)
        heads = self._heads(everyone, shown)
        readings = self._readings(everyone, shown)
        for number in everyone:
            if number not in shown:
                self.seen[number] = None
                continue
            head = heads[number]
            source = Source(shown[number][0], head, shown[head][0])
            self.seen[number] = Seen(frozenset(readings.get(number, ())), source)

    def _with_mates(self, numbers: set[int]) -> dict[int, int]:
        """The reports of all components that share a witness with some reports -> component."""
        query = select(report.c.number, report.c.component)
        wanted, everyone = set(numbers), dict[int, int]()
        while wanted - everyone.keys():
            rows = fetch_in(self._connection, query, report.c.number, wanted - everyone.keys())
            components = {row.component for row in rows}
            mates = fetch_in(self._connection, query, report.c.component, components)
            everyone.update({row.number: row.component for row in mates})
            for tied in self._translations:
                if not tied.isdisjoint(everyone):
                    wanted |= tied
        return everyone

    @cached_property
    def _translations(self) -> list[set[int]]:
        """The reports of each translation that was accepted."""
        decisions = self._settled.translations()
        ids = {said for each in decisions for said in each.statements}
        home = {
            row.id: row.report
            for row in fetch_in(
                self._connection, select(statement.c.id, statement.c.report), statement.c.id, ids
            )
        }
        return [{home[said] for said in each.statements if said in home} for each in decisions]

    def _shown(self, numbers: Iterable[int]) -> dict[int, tuple[Report, str]]:
        """How each visible report appeared: its metadata and the hash of its text."""
        query = select(appearance.c.report, appearance.c.text, appearance.c.body)
        if self._upto is not None:
            query = query.where(appearance.c.batch <= self._upto)
        decode = msgspec.json.Decoder(Report).decode
        best: dict[int, tuple[Any, ...]] = {}
        for row in fetch_in(self._connection, query, appearance.c.report, numbers):
            each = decode(row.body)
            key = (*appearance_rank(each), short_hash((each, row.text)), each, row.text)
            best[row.report] = min(best.get(row.report, key), key, key=lambda k: k[:6])
        found = {
            number: (redated(key[-2], self._dates.get(number)), key[-1])
            for number, key in best.items()
        }
        return {n: pair for n, pair in found.items() if self._published(pair[0])}

    def _published(self, each: Report) -> bool:
        last = each.published.end or each.published.start
        return self._as_of is None or last is None or last <= self._as_of

    def _heads(
        self, everyone: dict[int, int], shown: dict[int, tuple[Report, str]]
    ) -> dict[int, int]:
        members: dict[int, list[int]] = defaultdict(list)
        whole: dict[int, bool] = defaultdict(lambda: True)
        for number, component in everyone.items():
            if number in shown:
                members[component].append(number)
            else:
                whole[component] = False
        groups: list[list[int]] = []
        for component, visible in members.items():
            same = whole[component] or len(visible) == 1
            groups += [visible] if same else split_among(self._connection, sorted(visible))
        heads = {}
        for group in self._joined(groups):
            head = min(group, key=lambda number: _rank(shown[number][0]))
            heads.update(dict.fromkeys(group, head))
        return heads

    def _joined(self, groups: list[list[int]]) -> list[list[int]]:
        """The components, those joined that hold a text and its translation."""
        for tied in self._translations:
            together = [group for group in groups if not tied.isdisjoint(group)]
            if len(together) > 1:
                groups = [group for group in groups if tied.isdisjoint(group)]
                groups.append([number for group in together for number in group])
        return groups

    def _readings(
        self, numbers: Iterable[int], shown: dict[int, tuple[Report, str]]
    ) -> dict[int, set[int]]:
        query = select(
            reading.c.number, reading.c.report, reading.c.reader, reading.c.catalogue,
            reading.c.text,
        )  # fmt: skip
        if self._upto is not None:
            query = query.where(reading.c.batch <= self._upto)
        rows = [
            row
            for row in fetch_in(self._connection, query, reading.c.report, numbers)
            if row.report in shown
        ]
        texts = {number: text for number, (_, text) in shown.items()}
        return folded_readings(rows, texts, self._version)


def _rank(each: Report) -> tuple[str, str, str]:
    return rank(each.published.start, each.published.end, each.text_hash)
