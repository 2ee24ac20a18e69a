"""Two sources matched line by line, each match open to a decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations
from typing import Final, Literal

import msgspec

from intendance.exchange._reconcile.compare import Compared, Reason, compare, least
from intendance.exchange._reconcile.sides import Told, days, gap, reports_of, told
from intendance.ledger import TRANSLATION, Filter, Ledger
from intendance.terms import Decision, IntendanceError, Interval, Money, short_hash

Verdict = Literal["agrees", "differs", "unknown", "only-a", "only-b"]
VERDICTS: Final[tuple[Verdict, ...]] = ("agrees", "differs", "unknown", "only-a", "only-b")

_SCOPE: Final = 31
"""Days before the first and after the last line of the smaller source that belong to its time."""


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """A line of A and a line of B that speak of one thing, or a line that only one of them has.

    ``verdict``: the figures agree, differ (``figures`` has both), or at least one is unknown.
    ``score`` and ``reasons`` say why they are matched; ``lost`` what one of them has lost
    (``b:over``: A says "over", B the bare number). ``settled`` is ``confirmed`` or ``refused``
    (of a line that would otherwise be matched) by the decision ``decision``.
    """

    id: str
    verdict: Verdict
    donors: tuple[str, ...]
    item: str | None
    a: Told | None = None
    b: Told | None = None
    stage: str | None = None
    figures: tuple[Interval | Money | None, Interval | Money | None] = (None, None)
    lost: tuple[str, ...] = ()
    score: Decimal | None = None
    reasons: tuple[Reason, ...] = ()
    settled: Literal["confirmed", "refused"] | None = None
    decision: str | None = None


class Reconciled(msgspec.Struct, frozen=True):
    """All matches, and how many lines of each side lie outside what the other speaks of."""

    matches: list[Match]
    counts: dict[Verdict, int]
    outside_a: int
    outside_b: int


def reconcile(
    ledger: Ledger,
    a: str,
    b: str,
    *,
    filter: Filter = Filter(),  # noqa: A002, B008  # a frozen struct
    as_of: str | None = None,
    recorded: str | None = None,
    whole: bool = False,
) -> Reconciled:
    """Match what ``a`` and ``b`` say: two data sets, or one source and another, or ``reports``.

    Each is a report's identifier, a part of its publisher, title or address, or ``reports`` for
    all that are no data sets. Lines that lie outside what the other speaks of (another donor, or
    more than 31 days before its first or after its last line) are counted and left out, unless
    ``whole``.

    A merge decision that names a statement of either line confirms a match, a split refuses it.
    Raises IntendanceError ``filter.invalid``.
    """
    reports = ledger.reports(as_of=as_of, recorded=recorded)
    of_a = reports_of(ledger, a, reports)
    of_b = reports_of(ledger, b, reports) - of_a
    if not of_b:
        raise IntendanceError(
            "filter.invalid",
            expected="two sources",
            got="twice the same",
            where="reconcile",
            remedy="Name a report or data set on each side that the other does not hold.",
        )
    extract = ledger.extract(filter, as_of, recorded)
    all_a, all_b = told(extract, of_a), told(extract, of_b)
    mine = all_a if whole else _inside(all_a, all_b)
    theirs = all_b if whole else _inside(all_b, all_a)
    settled = _Settled(ledger.decisions())
    matches = list(_matched(mine, theirs, settled, ledger))
    counts = {verdict: sum(each.verdict == verdict for each in matches) for verdict in VERDICTS}
    return Reconciled(matches, counts, len(all_a) - len(mine), len(all_b) - len(theirs))


def _inside(lines: list[Told], others: list[Told]) -> list[Told]:
    """The lines of a source that the other one could speak of."""
    donors = {donor for each in others for donor in each.donors}
    known = [found for each in others if not each.past and (found := days(each.time)) is not None]
    known = known or [found for each in others if (found := days(each.time)) is not None]
    if not known:
        return [each for each in lines if donors.intersection(each.donors)]
    first, last = min(found[0] for found in known), max(found[1] for found in known)
    inside = []
    for each in lines:
        mine = days(each.time)
        near = mine is None or (
            (first - mine[1]).days <= _SCOPE and (mine[0] - last).days <= _SCOPE
        )
        if near and donors.intersection(each.donors):
            inside.append(each)
    return inside


class _Settled:
    """Which pairs of statements decisions in force put together or keep apart."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self._merged: dict[frozenset[str], str] = {}
        self._split: dict[frozenset[str], str] = {}
        for each in decisions:
            if each.undone_by is not None or each.value == TRANSLATION:
                continue
            if each.kind == "merge":
                for pair in combinations(each.statements, 2):
                    self._merged[frozenset(pair)] = each.id
                    self._split.pop(frozenset(pair), None)
            elif each.kind == "split":
                for one, other in combinations(_groups(each), 2):
                    for pair in ((x, y) for x in one for y in other):
                        self._split[frozenset(pair)] = each.id
                        self._merged.pop(frozenset(pair), None)

    def of(self, a: Told, b: Told) -> tuple[Literal["confirmed", "refused"] | None, str | None]:
        """What was decided about two lines, and by which decision."""
        if not self._merged and not self._split:
            return None, None
        pairs = [frozenset((x, y)) for x in a.statements for y in b.statements]
        for pair in pairs:
            if pair in self._split:
                return "refused", self._split[pair]
        for pair in pairs:
            if pair in self._merged:
                return "confirmed", self._merged[pair]
        return None, None


def _groups(decision: Decision) -> list[tuple[str, ...]]:
    """The groups that a split keeps apart; its value says how many statements each has."""
    sizes = [int(size) for size in (decision.value or "").split("+") if size.isdigit()]
    if not sizes:
        return [(said,) for said in decision.statements]
    found, at = [], 0
    for size in sizes:
        found.append(decision.statements[at : at + size])
        at += size
    return found


class _Pair(msgspec.Struct):
    a: int
    b: int
    compared: Compared
    settled: Literal["confirmed", "refused"] | None
    decision: str | None


def _matched(
    mine: list[Told], theirs: list[Told], settled: _Settled, ledger: Ledger
) -> Iterator[Match]:
    pairs = list(_pairs(mine, theirs, settled, ledger))
    refused = {(each.a, each.b): each for each in pairs if each.settled == "refused"}
    taken_a: dict[int, _Pair] = {}
    taken_b: set[int] = set()
    open_pairs = [each for each in pairs if each.settled != "refused"]
    for each in sorted(open_pairs, key=lambda pair: _rank(pair, mine, theirs)):
        if each.a not in taken_a and each.b not in taken_b:
            taken_a[each.a] = each
            taken_b.add(each.b)
    for at, line in enumerate(mine):
        pair = taken_a.get(at)
        if pair is not None:
            yield _match(line, theirs[pair.b], pair)
        else:
            yield _alone("only-a", line, _refusal(refused, a=at))
    for at, line in enumerate(theirs):
        if at not in taken_b:
            yield _alone("only-b", line, _refusal(refused, b=at))


def _pairs(
    mine: list[Told], theirs: list[Told], settled: _Settled, ledger: Ledger
) -> Iterator[_Pair]:
    by_donor: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(theirs):
        for donor in line.donors:
            by_donor[donor].append(at)
    for number, line in enumerate(mine):
        near = sorted({at for donor in line.donors for at in by_donor[donor]})
        for at in near:
            decided, decision = settled.of(line, theirs[at])
            compared = compare(line, theirs[at], ledger.catalogue)
            if compared is None and decided == "confirmed":
                compared = Compared(Decimal(0), (), "unknown")
            if compared is None or (decided is None and compared.score < least()):
                continue
            yield _Pair(number, at, compared, decided, decision)


def _rank(pair: _Pair, mine: list[Told], theirs: list[Told]) -> tuple[object, ...]:
    """What is confirmed first, then the most alike, then the nearest in time, then in order."""
    apart = gap(mine[pair.a].time, theirs[pair.b].time)
    return (
        pair.settled != "confirmed",
        -pair.compared.score,
        10**6 if apart is None else apart,
        mine[pair.a].statements,
        theirs[pair.b].statements,
    )


def _refusal(
    refused: dict[tuple[int, int], _Pair], *, a: int | None = None, b: int | None = None
) -> str | None:
    found = [each for (x, y), each in sorted(refused.items()) if a in (x,) or b in (y,)]
    return found[0].decision if found else None


def _match(a: Told, b: Told, pair: _Pair) -> Match:
    compared = pair.compared
    return Match(
        id="x" + short_hash((a.statements, b.statements)),
        verdict=compared.agreement,
        donors=a.donors,
        item=a.item or b.item,
        a=a,
        b=b,
        stage=compared.stage,
        figures=compared.figures,
        lost=compared.lost,
        score=compared.score,
        reasons=compared.reasons,
        settled=pair.settled,
        decision=pair.decision,
    )


def _alone(verdict: Verdict, line: Told, refusal: str | None) -> Match:
    first = verdict == "only-a"
    known = [each for each in line.quantities.values() if each.known]
    figure = known[0] if known else line.money
    return Match(
        id="x" + short_hash((verdict, line.statements)),
        verdict=verdict,
        donors=line.donors,
        item=line.item,
        a=line if first else None,
        b=None if first else line,
        figures=(figure, None) if first else (None, figure),
        settled="refused" if refusal else None,
        decision=refusal,
    )
