"""Which reports repeat which (rule 4): candidates from bands, verified pairs, components."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from sqlalchemy import Connection, and_, select, update

from intendance.ledger import _minhash as minhash
from intendance.ledger._rows import delete_in, fetch_in, insert
from intendance.ledger._schema import appearance, band, copy_edge, report, report_text, signature

Rank = tuple[str, str, str]
"""(published from, published to, text hash): the least of a component is its representative."""


def rank(published_from: str | None, published_to: str | None, text_hash: str) -> Rank:
    """Where a report stands among its copies; an unknown date comes after all known ones."""
    return (published_from or "~", published_to or "~", text_hash)


def sign(connection: Connection, texts: Mapping[int, str]) -> dict[int, tuple[int, ...]]:
    """Store signatures and bands of new reports (number -> text); no words, no signature."""
    found = {number: minhash.minima(minhash.shingles(text)) for number, text in texts.items()}
    signed = {number: minima for number, minima in found.items() if minima}
    insert(connection, signature, [(n, minhash.pack(minima)) for n, minima in signed.items()])
    keys = {(key, n) for n, minima in signed.items() for key in minhash.band_keys(minima)}
    insert(connection, band, sorted(keys))
    return signed


def join(
    connection: Connection,
    signed: Mapping[int, tuple[int, ...]],
    texts: Mapping[int, str] | None = None,
) -> set[int]:
    """Join newly signed reports to the components of those that they repeat.

    ``texts`` are those that are at hand anyway. Gives the numbers of all reports of every
    component that changed.
    """
    partners = _candidates(connection, signed)
    parties = set(partners) | {other for found in partners.values() for other in found}
    joiner = _Joiner(connection, parties, signed, texts)
    for number in sorted(partners):
        for other in sorted(partners[number]):
            joiner.compare(number, other)
    insert(connection, copy_edge, joiner.edges)
    return joiner.settle()


def recompute(connection: Connection, members: Iterable[int]) -> set[int]:
    """Work the components of ``members`` out anew, after one of their reports went away."""
    numbers = sorted(members)
    for column in (copy_edge.c.one, copy_edge.c.other):
        delete_in(connection, column, numbers)
    for number in numbers:
        connection.execute(update(report).where(report.c.number == number).values(component=number))
    join(connection, _signatures(connection, numbers))
    _represent(connection, numbers)
    return set(numbers)


def members_of(connection: Connection, components: Iterable[int]) -> set[int]:
    """The numbers of all reports in the given components."""
    rows = fetch_in(connection, select(report.c.number), report.c.component, components)
    return {row.number for row in rows}


def split_among(connection: Connection, visible: Sequence[int]) -> list[list[int]]:
    """The components that ``visible`` would form if no other report were there.

    A pure function of the reports named: what was published or held later has no part in it.
    """
    signed = _signatures(connection, visible)
    joiner = _Joiner(connection, set(visible), signed, stored=False)
    for number, found in sorted(_pairs_among(signed).items()):
        for other in sorted(found):
            joiner.compare(number, other)
    for one, other in _told(connection, visible):
        joiner.unite(one, other)
    groups: dict[int, list[int]] = defaultdict(list)
    for number in visible:
        groups[joiner.find(number)].append(number)
    return list(groups.values())


def tie(connection: Connection, groups: Iterable[Sequence[int]]) -> set[int]:
    """Join reports that repeat one another as told, where their texts are not at hand.

    Gives the numbers of all reports of every component that changed.
    """
    changed: set[int] = set()
    for told in groups:
        query = select(report.c.component)
        components = {r.component for r in fetch_in(connection, query, report.c.number, told)}
        if len(components) == 1:
            continue
        ranked = sorted(
            (rank(row.published_from, row.published_to, row.text_hash), row.number, row.component)
            for row in fetch_in(connection, _RANKS, report.c.component, components)
        )
        # A chain in order of date: what was published by some day is always one piece of it.
        numbers = [number for _, number, _ in ranked]
        pairs = {(min(pair), max(pair)) for pair in pairwise(numbers)}
        edges = select(copy_edge.c.one, copy_edge.c.other)
        known = {
            (row.one, row.other) for row in fetch_in(connection, edges, copy_edge.c.one, numbers)
        }
        insert(connection, copy_edge, [(*pair, 0, 0) for pair in sorted(pairs - known)])
        changed |= _label(connection, {0: ranked})
    return changed


def _told(connection: Connection, visible: Sequence[int]) -> list[tuple[int, int]]:
    """The pairs among ``visible`` that were told to be copies (``tie``)."""
    query = select(copy_edge.c.one, copy_edge.c.other).where(copy_edge.c.of == 0)
    wanted = set(visible)
    found = [(row.one, row.other) for row in connection.execute(query)]
    return [(one, other) for one, other in found if one in wanted and other in wanted]


class _Joiner:
    """Union-find over components; a pair is compared only where it could still join something."""

    def __init__(
        self,
        connection: Connection,
        parties: set[int],
        signed: Mapping[int, tuple[int, ...]],
        texts: Mapping[int, str] | None = None,
        *,
        stored: bool = True,
    ) -> None:
        self._connection = connection
        self._texts = texts or {}
        self.edges: list[tuple[int, int, int, int]] = []
        self._signed = dict(signed)
        self._signed.update(_signatures(connection, parties - set(self._signed)))
        self._parent: dict[int, int] = {number: number for number in parties}
        if stored:
            columns = select(report.c.number, report.c.component)
            for row in fetch_in(connection, columns, report.c.number, parties):
                self._parent.setdefault(row.component, row.component)
                self._parent[row.number] = row.component
        self._shingles = lru_cache(maxsize=512)(self._load_shingles)
        self._joined: set[int] = set()

    def find(self, number: int) -> int:
        """The root of the component that ``number`` is in now."""
        while (above := self._parent[number]) != number:
            self._parent[number] = self._parent[above]
            number = above
        return number

    def compare(self, one: int, other: int) -> None:
        """Join the components of two reports where one repeats the other."""
        first, second = self.find(one), self.find(other)
        if first == second or not minhash.promising(self._signed[one], self._signed[other]):
            return
        same, shared, union = minhash.alike(self._shingles(one), self._shingles(other))
        if same:
            self._parent[max(first, second)] = min(first, second)
            self._joined |= {first, second}
            self.edges.append((min(one, other), max(one, other), shared, union))

    def unite(self, one: int, other: int) -> None:
        """Join the components of two reports that are known to be copies."""
        first, second = self.find(one), self.find(other)
        self._parent[max(first, second)] = min(first, second)

    def settle(self) -> set[int]:
        """Write the new components down, each under its representative."""
        old = members_of(self._connection, self._joined)
        return _relabel(self._connection, old, self)

    def group(self, number: int, component: int) -> int:
        """The root of a report that took part, or whose component did."""
        return self.find(number if number in self._parent else component)

    def _load_shingles(self, number: int) -> frozenset[int]:
        text = self._texts.get(number)
        if text is not None:
            return minhash.shingles(text)
        query = (
            select(report_text.c.text)
            .join(appearance, and_(appearance.c.report == report_text.c.report,
                                   appearance.c.text == report_text.c.hash))
            .join(report, report.c.appearance == appearance.c.number)
            .where(report.c.number == number)
        )  # fmt: skip
        data: bytes = self._connection.execute(query).scalar_one()
        return minhash.shingles(data.decode("utf-8", "surrogatepass"))


def _relabel(connection: Connection, numbers: set[int], joiner: _Joiner) -> set[int]:
    groups: dict[int, list[tuple[Rank, int, int]]] = defaultdict(list)
    for row in fetch_in(connection, _RANKS, report.c.number, numbers):
        where = rank(row.published_from, row.published_to, row.text_hash)
        groups[joiner.group(row.number, row.component)].append((where, row.number, row.component))
    return _label(connection, groups)


def _represent(connection: Connection, numbers: Iterable[int]) -> set[int]:
    """Give the components of ``numbers`` the right representative after a date changed."""
    components = {
        row.component
        for row in fetch_in(connection, select(report.c.component), report.c.number, numbers)
    }
    groups: dict[int, list[tuple[Rank, int, int]]] = defaultdict(list)
    for row in fetch_in(connection, _RANKS, report.c.component, components):
        where = rank(row.published_from, row.published_to, row.text_hash)
        groups[row.component].append((where, row.number, row.component))
    return _label(connection, groups)


represent = _represent

_RANKS = select(
    report.c.number,
    report.c.component,
    report.c.published_from,
    report.c.published_to,
    report.c.text_hash,
)


def _label(
    connection: Connection, groups: Mapping[int, Sequence[tuple[Rank, int, int]]]
) -> set[int]:
    changed: set[int] = set()
    for members in groups.values():
        _, representative, _ = min(members)
        moved = [number for _, number, component in members if component != representative]
        if moved:
            changed |= {number for _, number, _ in members}
            connection.execute(
                update(report).where(report.c.number.in_(moved)).values(component=representative)
            )
    return changed


def _candidates(
    connection: Connection, signed: Mapping[int, tuple[int, ...]]
) -> dict[int, set[int]]:
    wanted: dict[int, list[int]] = defaultdict(list)
    for number, minima in signed.items():
        for key in minhash.band_keys(minima):
            wanted[key].append(number)
    partners: dict[int, set[int]] = defaultdict(set)
    rows = fetch_in(connection, select(band.c.key, band.c.report), band.c.key, wanted)
    for key, other in map(tuple, rows):
        for number in wanted[key]:
            if number != other:
                partners[number].add(other)
    return partners


def _pairs_among(signed: Mapping[int, tuple[int, ...]]) -> dict[int, set[int]]:
    buckets: dict[int, list[int]] = defaultdict(list)
    for number, minima in signed.items():
        for key in minhash.band_keys(minima):
            buckets[key].append(number)
    partners: dict[int, set[int]] = defaultdict(set)
    for found in buckets.values():
        for number in found:
            partners[number].update(other for other in found if other < number)
    return partners


def _signatures(connection: Connection, numbers: Iterable[int]) -> dict[int, tuple[int, ...]]:
    columns = select(signature.c.report, signature.c.minima)
    return {
        row.report: minhash.unpack(row.minima)
        for row in fetch_in(connection, columns, signature.c.report, numbers)
    }
