"""The projection gives what the ledger gives, and keeps step with it."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from litestar.testing import TestClient

from intendance.api import Books, open_ledger
from intendance.ledger import Filter
from intendance.terms import STAGES, Commitment, IntendanceError
from intendance.web import Settings, build_app
from intendance.web._columns import day_of, ordinal
from intendance.web._keeper import Keeper
from intendance.web._projection import Projection, Query
from intendance.web._queue import Queue, in_order
from intendance.web._selection import FACETS, ORDERS


@pytest.fixture(scope="module")
def books(demo_address: str) -> Iterator[Books]:
    with open_ledger(demo_address, create=False) as made:
        yield made


@pytest.fixture(scope="module")
def projection(books: Books) -> Projection:
    return Keeper(books).current()


NAMES = st.sampled_from([None, "DEU", "Ukraine", "SVK", "USA", "european-allies"])
ITEMS = st.sampled_from([None, "leopard-2", "iris-t", "main-battle-tank", "weapons", "artillery"])
DAYS = st.sampled_from([None, "2022", "2023-02", "2024-01-15"])


@settings(max_examples=150, deadline=None)
@given(NAMES, NAMES, ITEMS, st.sampled_from([None, *STAGES]), DAYS, DAYS, st.booleans())
def test_a_query_lets_through_what_the_ledgers_filter_does(
    books: Books,
    projection: Projection,
    donor: str | None,
    recipient: str | None,
    item: str | None,
    stage: object,
    since: str | None,
    until: str | None,
    candidates: bool,
) -> None:
    asked = {
        "donor": donor, "recipient": recipient, "item": item, "stage": stage,
        "since": since, "until": until, "candidates": candidates,
    }  # fmt: skip
    refused: IntendanceError | None = None
    found: list[Commitment] = []
    try:
        found = books.commitments(Filter(**asked))  # type: ignore[arg-type]
    except IntendanceError as error:
        refused = error
    if refused is not None:
        with pytest.raises(IntendanceError) as caught:
            projection.select(Query(**asked))  # type: ignore[arg-type]
        assert caught.value.record() == refused.record()
        return
    chosen = projection.select(Query(**asked))  # type: ignore[arg-type]
    assert chosen.total == len(found)
    for order in ORDERS:
        whole = chosen.page(10_000, None, order)
        assert sorted(whole) == [each.id for each in found]
        paged: list[str] = []
        while page := chosen.page(3, paged[-1] if paged else None, order):
            paged += page
        assert paged == whole
    if donor is None and recipient is None and item is None:
        _check_facets(books, chosen, found, whole_stage=stage is None)


def _check_facets(
    books: Books, chosen: object, found: list[Commitment], *, whole_stage: bool
) -> None:
    counted = {name: dict(chosen.facet(name)) for name in FACETS}  # type: ignore[attr-defined]
    assert counted["donor"] == Counter(donor for each in found for donor in each.donors)
    assert counted["recipient"] == Counter(
        one for each in found for one in (each.recipient or "").split("+") if one
    )
    assert counted["item"] == Counter(each.item for each in found if each.item)
    assert counted["class"] == Counter(
        name for each in found if each.item for name in books.catalogue.classes(each.item)
    )
    if whole_stage:
        assert counted["stage"] == Counter(stage for each in found for stage in each.stages)
    said = {each.id: each for each in books.statements()}
    assert counted["certainty"] == Counter(
        name
        for each in found
        for name in {said["s" + id_[1:]].certainty for id_ in (each.id, *each.former_ids)}
    )


def test_what_fell_due_is_what_the_ledger_calls_overdue(
    books: Books, projection: Projection
) -> None:
    for day in ("2022-06-01", "2023-06-01", "2024-06-01", "2026-11-23"):
        chosen = projection.select(Query(overdue=day))
        assert sorted(chosen.page(10_000)) == sorted(
            each.commitment.id for each in books.overdue(day)
        )


def test_the_projection_keeps_step_with_what_is_written(copied: Path) -> None:
    with open_ledger(copied, create=False) as mine, open_ledger(copied, create=False) as other:
        keeper = Keeper(mine)
        first = keeper.current()
        assert keeper.current() is first
        everything = [each.id for each in mine.commitments()]
        decided = mine.decide("retract", [everything[0]], by="A", why="a test")
        _check_step(mine, keeper)
        mine.undo(decided.id, "A", "a test")
        _check_step(mine, keeper)
        # Another program writes: the projection has to look for what differs.
        other.decide("retract", everything[3:5], by="B", why="a test")
        _check_step(mine, keeper)
        other.decide("merge", everything[6:8], by="B", why="a test")
        mine.decide("retract", [everything[9]], by="B", why="a test")
        _check_step(mine, keeper)
        mine.fold_everything()
        _check_step(mine, keeper)


def test_the_queue_of_conflicts_keeps_step_with_what_is_written(copied: Path) -> None:
    with open_ledger(copied, create=False) as mine, open_ledger(copied, create=False) as other:
        queue = Queue(mine)
        first = queue.current()
        assert [each.settled for each in first] == sorted(each.settled for each in first)
        settled = mine.decide("prefer", [_sides(mine)[0], first[0].id], by="A", why="a test")
        assert next(each for each in queue.current() if each.id == first[0].id).settled
        _check_queue(mine, queue)
        mine.undo(settled.id, "A", "a test")
        assert queue.current() == first
        other.decide("retract", [first[0].commitment], by="B", why="a test")
        assert first[0].id not in {each.id for each in queue.current()}
        _check_queue(mine, queue)
        mine.fold_everything()
        _check_queue(mine, queue)


def _sides(books: Books) -> list[str]:
    """The statements of the first conflict of the queue."""
    first = Queue(books).current()[0].id
    found = next(each for each in books.conflicts() if each.id == first)
    return [said for side in found.sides for said in side.statements]


def _check_queue(books: Books, queue: Queue) -> None:
    assert queue.current() == in_order(books.conflicts())


def test_what_was_counted_holds_where_a_write_changes_nothing_of_it(copied: Path) -> None:
    with open_ledger(copied, create=False) as mine:
        keeper = Keeper(mine)
        counted = keeper.current().select(Query())
        said = mine.statements()[0].id
        mine.decide("grade", [said], "B2", by="A", why="a test")
        assert keeper.current().select(Query()) is counted
        _check_step(mine, keeper)
        everything = [each.id for each in mine.commitments(Filter(candidates=False))]
        mine.decide("retract", everything[:1], by="A", why="a test")
        assert keeper.current().select(Query()) is not counted
        _check_step(mine, keeper)


def _check_step(books: Books, keeper: Keeper) -> None:
    mine, anew = keeper.current(), Keeper(books).current()
    assert mine.version == books.version()
    assert mine.select(Query()).page(10_000) == [each.id for each in books.commitments()]
    for name in FACETS:
        assert mine.select(Query()).facet(name) == anew.select(Query()).facet(name)


def test_only_certainties_that_there_are_can_be_asked_for(projection: Projection) -> None:
    with pytest.raises(IntendanceError) as caught:
        projection.select(Query(certainty="sure"))
    assert caught.value.message == (
        "Expected one of done, under way, announced, planned, conditional, hearsay, denied, "
        "alleged, got 'sure' - at the filter's certainty"
    )


def test_a_day_and_its_number() -> None:
    assert day_of(ordinal("2024-02-29")) == "2024-02-29"
    assert day_of(ordinal(None)) is None


def test_pages_of_reports_conflicts_and_statements_give_each_once(books: Books) -> None:
    reports = _paged(lambda after: books.reports_after(after, 4))
    assert reports == sorted(each.id for each in books.reports())
    statements = _paged(lambda after: books.statements_after(after, 7))
    assert statements == sorted({each.id for each in books.statements()})
    some = Filter(donor="DEU", stage="promised")
    found = _paged(lambda after: books.statements_after(after, 2, some))
    assert found == sorted({each.id for each in books.statements(some)})
    conflicts = _paged(lambda after: books.conflicts_after(after, 1, settled=True))
    assert conflicts == sorted(each.id for each in books.conflicts())


def _paged(page: Callable[[str], Sequence[Any]]) -> list[str]:
    found: list[str] = []
    while rows := page(found[-1] if found else ""):
        found += [each.id for each in rows]
    return found


_ARRAYS = """
import re, sys, threading
import numpy as np
from pathlib import Path
from intendance.web import steady

def held():
    told = Path("/proc/self/status").read_text()
    return int(re.search(r"RssAnon:\\s+(\\d+)", told)[1]) // 1024

kept = []

def work():
    for size in (2, 4, 8, 16, 3, 5, 7, 9) * 4:
        gone = []
        for _ in range(4):
            gone.append(np.ones(size << 17))
            kept.append(bytearray(5000))
        del gone

if sys.argv[1] == "steady":
    steady()
before = held()
threads = [threading.Thread(target=work) for _ in range(4)]
for each in threads:
    each.start()
for each in threads:
    each.join()
print(held() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only there the C library can be told")
def test_large_arrays_are_given_back_when_they_are_let_go() -> None:
    """In processes of their own, for the setting is the process's."""
    left = {}
    for way in ("steady", "as ever"):
        made = subprocess.run(
            [sys.executable, "-c", _ARRAYS, way], capture_output=True, text=True, check=True
        )
        left[way] = int(made.stdout)
    # What is kept comes to 2.5 MiB.
    assert left["steady"] < 12
    assert left["steady"] < left["as ever"]


def test_months_are_the_same_however_they_are_counted(
    demo_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def months() -> list[str]:
        with TestClient(build_app(Settings(database=demo_address))) as client:
            found: list[str] = client.get("/months.json").text.splitlines()
            return found

    with open_ledger(demo_address, create=False) as ledger:
        undated = [
            each for each in ledger.commitments()
            if each.live and any(not state.time.known for state in each.stages.values())
        ]  # fmt: skip
    assert undated
    small = months()
    monkeypatch.setattr("intendance.web._views._large.MANY", 0)
    assert months() == small
    assert len(small) > 10
