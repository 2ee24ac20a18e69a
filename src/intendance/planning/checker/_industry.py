"""Lines, ramps, set-ups, components and what nations take of the output (P5-P8)."""

from __future__ import annotations

from collections import defaultdict

from intendance.planning._rows import Line
from intendance.planning.checker._books import Books, opening

Made = dict[tuple[str, str], list[float]]
"""Units started, by line and item, a value a month."""


def check_industry(books: Books) -> dict[str, list[float]]:
    """P5-P8. Gives the stock of each component at the end of each month."""
    rows = {(row.line, row.item): row for row in books.scenario.lines}
    made, setups = _made(books, rows)
    arrivals = _arrivals(books, rows, made)
    _check_taken(books, arrivals)
    _check_setups(books, rows, made, setups)
    _check_capacity(books, rows, made, setups)
    return _check_components(books, made, arrivals)


def _made(
    books: Books, rows: dict[tuple[str, str], Line]
) -> tuple[Made, set[tuple[str, str, int]]]:
    made: defaultdict[tuple[str, str], list[float]] = defaultdict(
        lambda: [0.0] * books.horizon.months
    )
    setups = set()
    for row in books.decisions.production:
        where = f"{row.line} {row.item} {row.month}"
        month = books.month("P19", where, row.month)
        line = rows.get((row.line, row.item))
        if line is None or month is None:
            books.findings.wrong("P5", where, "no such line for this item, or no such month")
            continue
        books.amount("P5", where, row.quantity)
        if month < line.qualification and row.quantity:
            books.findings.wrong("P5", where, f"started before month {line.qualification}")
        if row.quantity and row.arrives != books.horizon.label(month + line.lead):
            books.findings.wrong("P5", where, f"arrives {row.arrives or 'after the horizon'}")
        made[row.line, row.item][month] += row.quantity
        if row.setup:
            setups.add((row.line, row.item, month))
    return dict(made), setups


def _arrivals(
    books: Books, rows: dict[tuple[str, str], Line], made: Made
) -> dict[str, list[float]]:
    months = books.horizon.months
    arrivals: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * months)
    for key, values in made.items():
        for month, quantity in enumerate(values):
            if month + rows[key].lead < months:
                arrivals[key[1]][month + rows[key].lead] += quantity
    return arrivals


def _check_taken(books: Books, arrivals: dict[str, list[float]]) -> None:
    taken: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * books.horizon.months)
    for (_, item), values in books.ordered.items():
        for month, quantity in enumerate(values):
            taken[item][month] += quantity
    for item, row in books.items.items():
        if row.kind == "end":
            for month in range(books.horizon.months):
                where = f"{item} {books.horizon.name(month)}"
                out = arrivals[item][month]
                books.findings.equal("P5", where, taken[item][month], out, "what nations order")


def _check_setups(
    books: Books,
    rows: dict[tuple[str, str], Line],
    made: Made,
    setups: set[tuple[str, str, int]],
) -> None:
    for key, row in rows.items():
        if not (row.setup_cost or row.setup_time or row.batch):
            continue
        for month, quantity in enumerate(made.get(key, ())):
            where = f"{key[0]} {key[1]} {books.horizon.name(month)}"
            if (*key, month) in setups:
                books.findings.least("P7", where, quantity, row.batch, "the batch")
            else:
                books.findings.most("P7", where, quantity, 0.0, "output without a set-up")


def _check_capacity(
    books: Books,
    rows: dict[tuple[str, str], Line],
    made: Made,
    setups: set[tuple[str, str, int]],
) -> None:
    used: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * books.horizon.months)
    for key, values in made.items():
        for month, quantity in enumerate(values):
            used[key[0]][month] += rows[key].use * quantity
    for line, item, month in setups:
        used[line][month] += rows[line, item].setup_time
    added = _added(books)
    for name, stated in {row.line: row.capacity for row in rows.values()}.items():
        steps = [(r.month, r.capacity) for r in books.scenario.capacities if r.line == name]
        for month, capacity in enumerate(books.horizon.steps(steps, stated)):
            where = f"{name} {books.horizon.name(month)}"
            books.findings.most(
                "P6", where, used[name][month], capacity + added[name][month], "capacity used"
            )


def _added(books: Books) -> defaultdict[str, list[float]]:
    """Capacity that ramps add; each ramp's own limits are checked on the way."""
    ramps = {row.ramp: row for row in books.scenario.ramps}
    added: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * books.horizon.months)
    times: defaultdict[str, int] = defaultdict(int)
    for row in books.decisions.ramps:
        where = f"{row.ramp} {row.month}"
        month = books.month("P6", where, row.month)
        ramp = ramps.get(row.ramp)
        if ramp is None or month is None:
            books.findings.wrong("P6", where, "no such ramp, or no such month")
            continue
        if row.line != ramp.line or row.works != books.horizon.label(month + ramp.lead):
            books.findings.wrong("P6", where, "another line, or another month of effect")
        if ramp.earliest and month < books.horizon.number(ramp.earliest):
            books.findings.wrong("P6", where, f"decided before {ramp.earliest}")
        books.findings.least("P6", where, row.count, 0, "a count")
        times[row.ramp] += row.count
        for later in range(month + ramp.lead, books.horizon.months):
            added[ramp.line][later] += row.count * ramp.capacity
    for name, count in times.items():
        books.findings.most("P6", name, count, ramps[name].count, "times decided")
    return added


def _check_components(
    books: Books, made: Made, arrivals: dict[str, list[float]]
) -> dict[str, list[float]]:
    """P8: stock of components, held in common, is never negative."""
    months = books.horizon.months
    used: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * months)
    for row in books.scenario.components:
        for (_, item), values in made.items():
            if item == row.item:
                for month, quantity in enumerate(values):
                    used[row.component][month] += row.quantity * quantity
    levels: dict[str, list[float]] = {}
    for item, kind in books.items.items():
        if kind.kind != "component":
            continue
        held = sum(
            opening(books.scenario, row.low, row.high)
            for row in books.scenario.stocks
            if row.item == item
        )
        owed = [0.0] * months
        for late in books.scenario.owed:
            if late.item == item:
                owed[books.horizon.number(late.month)] += late.quantity
        levels[item] = []
        for month in range(months):
            held += owed[month] + arrivals[item][month] - used[item][month]
            where = f"{item} {books.horizon.name(month)}"
            books.findings.least("P8", where, held, 0.0, "the common stock")
            levels[item].append(held)
    return levels
