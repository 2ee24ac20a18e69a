"""Requests against offers: covered, partly, open; each offer once, by priority."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from intendance.catalogue import load_catalogue
from intendance.forces import Match, Priority, Supplied, read_priorities
from intendance.forces._inputs.rows import Held, Required
from intendance.forces._match import match_of
from intendance.terms import (
    Commitment,
    IntendanceError,
    Interval,
    StageState,
    TimeSpan,
    at_least,
    exactly,
)

MONTH = 2024 * 12


def made(id_: str, item: str | None, **stages: Any) -> tuple[Commitment, str]:
    """A commitment to Ukraine; a stage is a number, an interval or a whole state."""
    general = stages.pop("general", False)
    known = {
        name: each if isinstance(each, StageState)
        else StageState(each if isinstance(each, Interval) else exactly(each))
        for name, each in stages.items()
    }  # fmt: skip
    donors = () if set(known) == {"requested"} else ("DEU",)
    one = Commitment(
        id=id_, anchor=f"s-{id_}", donors=donors, recipient="UKR", item=item, general=general,
        stages=known, furthest_stage=None,  # type: ignore[arg-type]
    )  # fmt: skip
    return one, "2024-03-01"


def matched(
    asked: list[Any], offers: list[Any], priorities: Any = (), supplied: Any = None
) -> list[Match]:
    return match_of(
        asked, [*asked, *offers], load_catalogue(), supplied or Supplied(), priorities, "2024-06-30"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("requested", "promised", "state", "left"),
    [
        (7, None, "open", exactly(7)),
        (7, 3, "partly", exactly(4)),
        (7, 7, "covered", exactly(0)),
        (7, 9, "covered", exactly(0)),
        (7, at_least(2), "partly", Interval(0, 5, state="stated")),
        (7, Interval(), "partly", Interval(0, 7, state="stated")),
        (Interval(), 3, "partly", Interval()),
        (Interval(), None, "open", Interval()),
    ],
)
def test_what_is_covered(requested: Any, promised: Any, state: str, left: Interval) -> None:
    offers = [] if promised is None else [made("o", "patriot", promised=promised)]
    (found,) = matched([made("r", "patriot", requested=requested)], offers)
    assert (found.state, found.left) == (state, left)
    assert found.offers == (() if promised is None else ("o",))


def test_an_offer_counts_once_and_priority_goes_first() -> None:
    asked = [
        made("a", "air-defence", requested=5, general=True),
        made("b", "patriot", requested=4),
    ]
    offers = [made("o", "patriot", promised=6)]
    by_id = {each.request: each for each in matched(asked, offers)}
    assert (by_id["a"].state, by_id["b"].covered) == ("covered", exactly(1))
    ranks = [Priority("patriot", 1), Priority("air-defence", 2)]
    first, second = matched(asked, offers, ranks)
    assert (first.request, first.priority, first.state) == ("b", 1, "covered")
    assert (second.priority, second.covered) == (2, exactly(2))


def test_wider_offers_and_other_kinds_do_not_answer() -> None:
    asked = [made("r", "leopard-2a6", requested=10)]
    (found,) = matched(asked, [made("o", "leopard-2", promised=10), made("p", "t-72", promised=9)])
    assert (found.state, found.offers) == ("open", ())


def test_what_had_come_before_the_request_answers_nothing() -> None:
    old = StageState(exactly(5), time=TimeSpan("2023-01-01", "2023-01-31"))
    (found,) = matched([made("r", "patriot", requested=3)], [made("o", "patriot", delivered=old)])
    assert found.state == "open"
    new = StageState(exactly(5), time=TimeSpan("2024-04-01", "2024-04-30"))
    (found,) = matched([made("r", "patriot", requested=3)], [made("o", "patriot", delivered=new)])
    assert (found.state, found.delivered) == ("covered", exactly(5))


def test_general_offers_are_named_and_never_summed() -> None:
    wide = made("g", "air-defence", promised=8, general=True)
    (found,) = matched([made("r", "patriot", requested=3)], [wide])
    assert (found.state, found.offers, found.may_answer) == ("open", (), ("g",))


def test_candidates_and_excluded_matters_are_no_offers() -> None:
    one, first = made("o", "patriot", promised=8)
    (found,) = matched(
        [made("r", "patriot", requested=3)],
        [(msgspec.structs.replace(one, live=False), first), made("n", "training", promised=9)],
    )
    assert (found.state, found.offers) == ("open", ())


def test_who_holds_more_than_its_floor() -> None:
    def stock(nation: str, number: int) -> Held:
        amount = Decimal(number)
        return Held(nation, "patriot", MONTH, amount, amount, None, None, f"i.csv:{number}")

    def floor(nation: str, number: int) -> Required:
        return Required(nation, "patriot", MONTH, None, None, Decimal(number), "r.csv:2")

    tables = Supplied(
        (stock("POL", 9), stock("FRA", 3), stock("NLD", 4), stock("UKR", 2), stock("ITA", 5)),
        (floor("POL", 4), floor("FRA", 3), floor("ITA", 6)),
    )
    (found,) = matched([made("r", "patriot", requested=3)], [], (), tables)
    assert [(each.nation, each.above) for each in found.holders] == [
        ("POL", exactly(5)), ("NLD", Interval()),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "code", "words"),
    [
        ("patriot,0\n", "forces.value", "Expected 1 or more, got 0 - at p.csv, row 2, field 'prio"),
        ("carpet,1\n", "forces.unknown-name", "Expected a kind or class of the catalogue, got 'c"),
        ("patriot,1\npatriot,2\n", "forces.duplicate", "got patriot a second time - at p.csv, row"),
    ],
)
def test_wrong_priorities(tmp_path: Path, rows: str, code: str, words: str) -> None:
    path = tmp_path / "p.csv"
    path.write_text("item,priority\n" + rows, encoding="utf-8")
    with pytest.raises(IntendanceError) as caught:
        read_priorities(path, load_catalogue())
    assert caught.value.code == code
    assert words in str(caught.value)
