"""What units cost, and which framework and band an order goes under (P9, P14)."""

from __future__ import annotations

from collections import defaultdict

from intendance.planning._plan import OrderRow
from intendance.planning._rows import Framework, PriceBand
from intendance.planning.checker._books import Books


def check_prices(books: Books) -> None:
    """P9, P14: month of contract, framework and price of each order."""
    leads = shortest_leads(books)
    indices = {item: price_indices(books, item) for item in books.items}
    for row in books.decisions.orders:
        where = f"{row.nation} {row.item} {row.month}"
        if row.item not in books.items or not books.horizon.inside(books.horizon.number(row.month)):
            continue
        contract = max(0, books.horizon.number(row.month) - leads.get(row.item, 0))
        if row.contract != books.horizon.name(contract):
            books.findings.wrong("P9", where, f"contracted in {row.contract}")
        framework = framework_for(books, row)
        if row.framework != (framework.framework if framework else ""):
            books.findings.wrong("P14", where, f"ordered under {row.framework or 'no framework'}")
            continue
        listed = bands(books, row.framework, row.item)
        if not 0 <= row.band < len(listed):
            books.findings.wrong("P14", where, f"price band {row.band}")
            continue
        price = listed[row.band].price * indices[row.item][contract]
        books.findings.equal("P9", where, row.price, price, "the price")


def framework_for(books: Books, row: OrderRow) -> Framework | None:
    """The framework that an order goes under, if any (P14)."""
    covered = {f.framework for f in books.scenario.framework_items if f.item == row.item}
    month = books.horizon.number(row.month)
    for framework in books.scenario.frameworks:
        start = books.horizon.number(framework.start) if framework.start else 0
        last = books.horizon.number(framework.until) if framework.until else books.horizon.months
        if (
            framework.framework in covered
            and start <= month <= last
            and (not framework.members or row.nation in framework.members)
        ):
            return framework
    return None


def bands(books: Books, framework: str, item: str) -> list[PriceBand]:
    """Price bands, lowest first; the list price is the band from 0 where none starts there."""
    listed = sorted(
        (
            row
            for row in books.scenario.price_bands
            if row.framework == framework and row.item == item
        ),
        key=lambda row: row.quantity,
    )
    if not listed or listed[0].quantity > 0:
        price = books.items[item].price
        listed.insert(0, PriceBand(framework=framework, item=item, quantity=0.0, price=price))
    return listed


def check_frameworks(books: Books) -> None:
    """P14: used or not, minimum, ceilings, and bands by pooled quantity."""
    outcomes = {(row.framework, row.item): row for row in books.decisions.frameworks}
    for framework in books.scenario.frameworks:
        name = framework.framework
        rows = [row for row in books.decisions.orders if row.framework == name]
        items = [f.item for f in books.scenario.framework_items if f.framework == name]
        stated = [outcomes[name, item] for item in items if (name, item) in outcomes]
        if len(stated) != len(items) or len({row.used for row in stated}) != 1:
            books.findings.wrong("P14", name, "its outcome is not stated for each item")
            continue
        total = sum(row.quantity for row in rows)
        if not stated[0].used:
            books.findings.most("P14", name, total, 0.0, "orders under an unused framework")
            continue
        books.findings.least("P14", name, total, framework.minimum, "the pooled quantity")
        if framework.ceiling is not None:
            books.findings.most("P14", name, total, framework.ceiling, "the pooled quantity")
        if framework.ceiling_money is not None:
            money = sum(row.quantity * row.price for row in rows)
            books.findings.most("P14", name, money, framework.ceiling_money, "the money ordered")
        for outcome in stated:
            _check_bands(books, framework, outcome.item, outcome.quantity, outcome.band)


def _check_bands(books: Books, framework: Framework, item: str, stated: float, band: int) -> None:
    listed = bands(books, framework.framework, item)
    where = f"{framework.framework} {item}"
    by_band: defaultdict[int, float] = defaultdict(float)
    for row in books.decisions.orders:
        if row.framework == framework.framework and row.item == item:
            by_band[row.band] += row.quantity
    total = sum(by_band.values())
    books.findings.equal("P14", where, stated, total, "the pooled quantity")
    if framework.kind == "all-units":
        if any(quantity and key != band for key, quantity in by_band.items()):
            books.findings.wrong("P14", where, "orders in two bands at once")
        books.findings.least("P14", where, total, listed[band].quantity, "the pooled quantity")
        if band + 1 < len(listed):
            limit = listed[band + 1].quantity
            books.findings.most("P14", where, total, limit, "the pooled quantity in its band")
        return
    for number, priced in enumerate(listed):
        upper = listed[number + 1].quantity if number + 1 < len(listed) else float("inf")
        filled = min(max(0.0, total - priced.quantity), upper - priced.quantity)
        books.findings.equal("P14", where, by_band[number], filled, f"what is in band {number}")


def shortest_leads(books: Books) -> dict[str, int]:
    """The shortest lead of the lines of each item that is made (P9)."""
    leads: dict[str, int] = {}
    for line in books.scenario.lines:
        leads[line.item] = min(line.lead, leads.get(line.item, line.lead))
    return leads


def price_indices(books: Books, item: str) -> list[float]:
    """The price index by month: before the item's own first row that of ``*``, else 1 (P9)."""
    of_all = [(r.month, r.index) for r in books.scenario.price_index if r.item == "*"]
    own = [(r.month, r.index) for r in books.scenario.price_index if r.item == item]
    indices = books.horizon.steps(of_all, 1.0)
    first = min((books.horizon.number(month) for month, _ in own), default=books.horizon.months)
    return indices[: max(0, first)] + books.horizon.steps(own, 1.0)[max(0, first) :]
