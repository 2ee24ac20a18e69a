"""Translations proposed from what two texts share whatever their language (rule 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import Final

import msgspec

from intendance.ledger._filters import Wanted, days_of
from intendance.ledger._settled import Settled
from intendance.ledger._types import Proposal
from intendance.ledger._view import Held, View
from intendance.terms import ROWS, Report

_LEAST_NUMBERS: Final = 2
_COMMON: Final = 50
"""A figure that more reports give than this says nothing about any two of them."""


class _Marks(msgspec.Struct):
    """What of a report survives translation."""

    report: Report
    statements: list[str]
    numbers: set[str]
    names: set[str]
    dates: set[str]


def proposals_of(view: View, settled: Settled) -> list[Proposal]:
    """Pairs of reports in two languages that share figures, names and dates, the likeliest first.

    A pair needs two figures with their items in common, and half of the figures of the report that
    has fewer; what decisions settled is not proposed again. Rows of data sets are left out.
    """
    marks = _marks(view.statements(Wanted()))
    copies = {each.id: each.copy_of or each.id for each in view.reports()}
    settled_pairs = _settled_pairs(marks, settled)
    found = []
    for one, other in _candidates(marks.values()):
        pair = frozenset((one.report.id, other.report.id))
        same = copies[one.report.id] == copies[other.report.id]
        if pair not in settled_pairs and not same:
            proposal = _proposal(one, other)
            if proposal is not None:
                found.append(proposal)
    return sorted(found, key=lambda each: (-each.score, each.one, each.other))


def _marks(held: Iterable[Held]) -> dict[str, _Marks]:
    marks: dict[str, _Marks] = {}
    for each in held:
        if each.report.kind in ROWS:
            continue
        mine = marks.setdefault(each.report.id, _Marks(each.report, [], set(), set(), set()))
        said = each.said
        mine.statements.append(said.id)
        mine.names.update(said.actors, said.recipients, said.suppliers, said.financers)
        mine.dates.update(day for day in (said.time.start, said.time.end) if day)
        if said.quantity.known:
            mine.numbers.add(f"{said.item or '?'} {said.quantity.low} {said.quantity.high}")
        if said.money is not None:
            money = said.money
            mine.numbers.add(f"{money.currency} {money.low} {money.high}")
    return marks


def _candidates(marks: Iterable[_Marks]) -> list[tuple[_Marks, _Marks]]:
    by_number: dict[str, list[_Marks]] = defaultdict(list)
    for each in marks:
        for number in each.numbers:
            by_number[number].append(each)
    pairs: dict[tuple[str, str], tuple[_Marks, _Marks]] = {}
    for group in by_number.values():
        if len(group) <= _COMMON:
            for one, other in combinations(sorted(group, key=lambda m: m.report.id), 2):
                pairs[(one.report.id, other.report.id)] = (one, other)
    return list(pairs.values())


def _proposal(one: _Marks, other: _Marks) -> Proposal | None:
    languages = (one.report.language, other.report.language)
    if "und" in languages or languages[0] == languages[1]:
        return None
    numbers = one.numbers & other.numbers
    if len(numbers) < _LEAST_NUMBERS:
        return None
    if 2 * len(numbers) < min(len(one.numbers), len(other.numbers)):
        return None
    names, dates = one.names & other.names, one.dates & other.dates
    published = set(days_of(one.report.published)) & set(days_of(other.report.published))
    return Proposal(
        one=one.report.id,
        other=other.report.id,
        languages=languages,
        numbers=tuple(sorted(numbers)),
        names=tuple(sorted(names)),
        dates=tuple(sorted(dates)),
        score=3 * len(numbers) + len(names) + 2 * len(dates) + len(published),
    )


def _settled_pairs(marks: dict[str, _Marks], settled: Settled) -> set[frozenset[str]]:
    home = {said: id_ for id_, each in marks.items() for said in each.statements}
    decisions = settled.translations() + settled.translations(refused=True)
    return {frozenset(home[said] for said in each.statements if said in home) for each in decisions}
