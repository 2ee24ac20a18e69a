"""What a plan comes to, month by month, from the same sums that the checker makes."""

from __future__ import annotations

import msgspec

from intendance.planning._plan import Decisions
from intendance.planning._scenario import Scenario
from intendance.planning.checker._books import Books, Place
from intendance.planning.checker._findings import Findings
from intendance.planning.checker._horizon import Horizon
from intendance.planning.checker._industry import check_industry
from intendance.planning.checker._stocks import (
    Queue,
    asked_demand,
    counted_of,
    floors_of,
    released_of,
    steps_of,
    waiting_demand,
)


class Recount(msgspec.Struct, frozen=True):
    """Monthly values by place (nation, item), by queue of demand, and of common components.

    ``stock`` is at the month's end; ``waiting`` what is still owed (or, where demand lapses, lost
    in the month); ``floor`` is what rule P4 asks, before backfills; ``released`` what they free;
    ``counted`` the units of what a backfill waits for that count for it (P11).
    """

    horizon: Horizon
    stock: dict[Place, list[float]]
    asked: dict[Queue, list[float]]
    waiting: dict[Queue, list[float]]
    target: dict[Place, list[float]]
    floor: dict[Place, list[float]]
    released: dict[Place, list[float]]
    counted: dict[Place, list[float]]
    common: dict[str, list[float]]


def recount(scenario: Scenario, decisions: Decisions) -> Recount:
    """The monthly figures of a plan, recomputed from its rows alone."""
    books = Books(scenario, decisions, Findings())
    floor = floors_of(books)
    return Recount(
        horizon=books.horizon,
        stock={place: books.stock(place) for place in books.places()},
        asked=asked_demand(books),
        waiting=waiting_demand(books),
        target=steps_of(books, "target"),
        floor=floor,
        released={place: released_of(books, place) for place in floor},
        counted={
            (row.nation, row.gets): counted_of(books, (row.nation, row.gets))
            for row in scenario.backfills
        },
        common=check_industry(books),
    )
