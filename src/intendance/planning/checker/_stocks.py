"""Stock, demand, targets, floors, shelf life and absorption (P1-P4, P11, P13)."""

from __future__ import annotations

from collections import defaultdict
from itertools import accumulate

from intendance.planning._rows import Absorption
from intendance.planning.checker._books import Books, Place, opening

Queue = tuple[str, str, int, str]
"""A nation, an item, a priority and a kind of demand."""


def check_stock(books: Books) -> None:
    """P1: no stock falls below nothing. P4, P11: nor below its floor less what is released."""
    floors = floors_of(books)
    for place in books.places():
        floor = floors.get(place)
        released = released_of(books, place)
        for month, held in enumerate(books.stock(place)):
            where = f"{place[0]} {place[1]} {books.horizon.name(month)}"
            books.findings.least("P1", where, held, 0.0, "stock")
            if floor is not None:
                books.findings.least("P4", where, held, floor[month] - released[month], "stock")


def check_demand(books: Books) -> float:
    """P2: nothing is met that wasn't asked. Gives the level ``unmet`` (P15)."""
    unmet = 0.0
    for queue, waiting in waiting_demand(books).items():
        for month, quantity in enumerate(waiting):
            where = f"{queue[0]} {queue[1]} priority {queue[2]} {books.horizon.name(month)}"
            books.findings.least("P2", where, quantity, 0.0, "unmet demand")
        unmet += priority_weight(books, queue[2]) * item_weight(books, queue[1]) * sum(waiting)
    return unmet


def waiting_demand(books: Books) -> dict[Queue, list[float]]:
    """P2: what each queue still waits for at the end of each month, or has lost in it."""
    asked = asked_demand(books)
    met: defaultdict[Queue, list[float]] = defaultdict(lambda: [0.0] * books.horizon.months)
    for row in books.decisions.met:
        queue: Queue = (row.nation, row.item, row.priority, row.kind)
        if queue not in asked:
            books.findings.wrong("P2", " ".join(map(str, queue)), "met but never asked for")
        elif books.horizon.inside(month := books.horizon.number(row.month)):
            met[queue][month] += row.quantity
    late = books.scenario.settings.late == "back-order"
    waiting = {}
    for queue, wanted in asked.items():
        open_ = [asks - gets for asks, gets in zip(wanted, met[queue], strict=True)]
        waiting[queue] = list(accumulate(open_)) if late and queue[3] == "request" else open_
    return waiting


def check_targets(books: Books) -> float:
    """P3: the level ``shortfall`` (P15), recomputed."""
    weights = {row.nation: row.weight for row in books.scenario.nations}
    total = 0.0
    for place, wanted in steps_of(books, "target").items():
        missing = sum(
            max(0.0, target - held) for target, held in zip(wanted, books.stock(place), strict=True)
        )
        total += missing * weights[place[0]] * item_weight(books, place[1])
    return total


def check_shelf_life(books: Books) -> None:
    """P13: by the end of its life a unit has been met, sent or written off, oldest first."""
    for place in books.places():
        life = books.items[place[1]].shelf_life
        if life is None:
            if any(books.expired.get(place, ())):
                books.findings.wrong("P13", " ".join(place), "written off without a shelf life")
            continue
        gone = accumulate(
            sum(flow[place][month] for flow in (books.met, books.sent, books.expired))
            for month in range(books.horizon.months)
        )
        due = accumulate(falling_due(books, place, life))
        for month, (out, needed) in enumerate(zip(gone, due, strict=True)):
            where = f"{place[0]} {place[1]} {books.horizon.name(month)}"
            books.findings.least("P13", where, out, needed, "what has left")


def check_absorption(books: Books) -> None:
    """P13: what a nation orders and receives in a month stays within what it can take."""
    for row in books.scenario.absorption:
        taken = [0.0] * books.horizon.months
        for flow in (books.ordered, books.received):
            for place, values in flow.items():
                if place[0] == row.nation and covers(books, row, place[1]):
                    taken = [sum(pair) for pair in zip(taken, values, strict=True)]
        for month in range(books.horizon.months):
            where = f"{row.nation} {row.category or row.item} {books.horizon.name(month)}"
            books.findings.most("P13", where, taken[month], row.quantity, "what arrives")


def item_weight(books: Books, item: str) -> float:
    """An item's weight in the objective: its own, else its price (P15)."""
    row = books.items[item]
    return row.price if row.weight is None else row.weight


def covers(books: Books, limit: Absorption, taken: str) -> bool:
    """Whether a limit of absorption is about an item (P13)."""
    if limit.category:
        return books.items[taken].category == limit.category
    return limit.item in ("*", taken)


def falling_due(books: Books, place: Place, life: int) -> list[float]:
    """Units whose last month this is; those already past it count in month 0."""
    due = [0.0] * books.horizon.months
    for row in books.scenario.stocks:
        if (row.nation, row.item) == place and life - row.age < books.horizon.months:
            due[max(0, life - row.age)] += opening(books.scenario, row.low, row.high)
    for flow in (books.owed, books.ordered, books.received):
        for month, quantity in enumerate(flow[place]):
            if month + life < books.horizon.months:
                due[month + life] += quantity
    return due


def steps_of(books: Books, field: str) -> dict[Place, list[float]]:
    """Targets or floors by place, a value a month."""
    rows: defaultdict[Place, list[tuple[str, float]]] = defaultdict(list)
    for row in books.scenario.targets:
        rows[row.nation, row.item].append((row.month, getattr(row, field)))
    return {place: books.horizon.steps(found, 0.0) for place, found in rows.items()}


def floors_of(books: Books) -> dict[Place, list[float]]:
    """Floors by place; a nation that gives against a backfill has its opening stock as one."""
    floors = steps_of(books, "floor")
    for row in books.scenario.backfills:
        place = row.nation, row.gives
        floors.setdefault(place, [books.opening.get(place, 0.0)] * books.horizon.months)
    return floors


def released_of(books: Books, place: Place) -> list[float]:
    """P11: what backfills that have arrived set free, month by month."""
    free = [0.0] * books.horizon.months
    for row in books.scenario.backfills:
        if (row.nation, row.gives) != place:
            continue
        for month, counted in enumerate(counted_of(books, (row.nation, row.gets))):
            free[month] += row.ratio * counted
    return free


def counted_of(books: Books, place: Place) -> list[float]:
    """P11: the units ordered and received so far that were not sent on, month by month."""
    counted = []
    arrived, kept = 0.0, books.opening.get(place, 0.0)
    for month in range(books.horizon.months):
        came = books.ordered[place][month] + books.received[place][month]
        arrived += came
        kept += books.owed[place][month] + came - books.sent[place][month]
        counted.append(min(arrived, kept))
    return counted


def asked_demand(books: Books) -> dict[Queue, list[float]]:
    """What each queue is asked for, month by month (P2)."""
    months = books.horizon.months
    asked: defaultdict[Queue, list[float]] = defaultdict(lambda: [0.0] * months)
    for row in books.scenario.requests:
        queue = row.nation, row.item, row.priority, "request"
        asked[queue][books.horizon.number(row.month)] += row.quantity
    series: defaultdict[Queue, list[tuple[str, float]]] = defaultdict(list)
    for used in books.scenario.expenditure:
        queue = used.nation, used.item, used.priority, "expenditure"
        series[queue].append((used.month, used.quantity))
    for queue, rows in series.items():
        asked[queue] = books.horizon.steps(rows, 0.0)
    return dict(asked)


def priority_weight(books: Books, priority: int) -> float:
    """What a unit of that priority counts (P15)."""
    weights = books.scenario.settings.priority_weights
    return weights[min(priority, len(weights)) - 1]
