"""Small scenarios drawn at random: every kind of row appears in some of them."""

from __future__ import annotations

from random import Random

from intendance.planning import Scenario, Settings
from intendance.planning import _rows as rows

NATIONS = ("ALAND", "BOREA", "CELIA")


def month(start: int, number: int) -> str:
    year, rest = divmod(2024 * 12 + start + number, 12)
    return f"{year:04d}-{rest + 1:02d}"


def scenario(seed: int, *, integers: bool = True, floors: bool = True) -> Scenario:
    """A scenario of at most three nations, three items and five months."""
    draw = Random(seed)
    months = draw.randint(2, 5)
    start = draw.choice([0, 9, 10])
    nations = NATIONS[: draw.randint(1, 3)]
    ends = ["shell", "mine", "tank"][: draw.randint(1, 3)]
    with_parts = draw.random() < 0.4

    def some(chance: float) -> bool:
        return draw.random() < chance

    def amount(most: int = 20) -> float:
        return float(draw.randint(0, most))

    def when() -> str:
        return month(start, draw.randrange(months))

    items = tuple(
        rows.Item(
            name,
            price=float(draw.randint(1, 9)),
            weight=float(draw.randint(1, 3)) if some(0.3) else None,
            holding=draw.choice([0.0, 0.0, 0.5, 1.0]),
            shelf_life=draw.randint(0, 3) if some(0.25) else None,
            category=draw.choice(["", "ammunition"]),
        )
        for name in ends
    )
    if with_parts:
        items += (rows.Item("powder", 1.0, kind="component", holding=draw.choice([0.0, 0.25])),)
    lines = []
    for k in range(draw.randint(1, 3)):
        capacity = amount(15)
        for item in draw.sample([i.item for i in items], draw.randint(1, min(2, len(items)))):
            lines += [
                rows.Line(
                    f"line-{k}", item, capacity, lead=draw.randint(0, 2),
                    use=draw.choice([1.0, 1.0, 2.0]),
                    batch=amount(6) if integers and some(0.3) else 0.0,
                    setup_cost=amount(9) if integers and some(0.3) else 0.0,
                    setup_time=amount(3) if integers and some(0.2) else 0.0,
                    qualification=draw.choice([0, 0, 0, 1]),
                )
            ]  # fmt: skip
    names = sorted({line.line for line in lines})
    made = [line.item for line in lines if line.item in ends]
    frameworks: tuple[rows.Framework, ...] = ()
    covered: tuple[rows.FrameworkItem, ...] = ()
    priced: tuple[rows.PriceBand, ...] = ()
    if made and integers and some(0.5):
        frameworks = (
            rows.Framework(
                "pact", members=tuple(draw.sample(nations, 1)) if some(0.3) else (),
                start=when() if some(0.2) else "",
                minimum=amount(12) if some(0.5) else 0.0,
                ceiling=10.0 + amount(20) if some(0.4) else None,
                ceiling_money=20.0 + amount(80) if some(0.2) else None,
                fixed_cost=amount(9) if some(0.5) else 0.0,
                kind=draw.choice(["all-units", "incremental"]),
            ),
        )  # fmt: skip
        covered = tuple(rows.FrameworkItem("pact", item) for item in sorted(set(made))[:2])
        if some(0.7):
            first = 1.0 + amount(8)
            priced = tuple(
                rows.PriceBand("pact", covered[0].item, first * (k + 1), 3.0 / (k + 1))
                for k in range(draw.randint(1, 2))
            )
    elif made and some(0.3):
        frameworks = (rows.Framework("pact", ceiling=amount(20)),)
        covered = (rows.FrameworkItem("pact", made[0]),)
    swaps = some(0.25)
    budgets = tuple(
        rows.Budget(nation, year, amount(150)) for nation in nations if some(0.5)
        for year in range(2024, 2027) if some(0.8)
    )  # fmt: skip
    return Scenario(
        settings=Settings(
            name=f"random {seed}", start=month(start, 0), months=months,
            late=draw.choice(["back-order", "back-order", "lost"]),
            opening=draw.choice(["low", "middle", "high"]),
        ),
        nations=tuple(rows.Nation(name, weight=float(draw.randint(1, 2))) for name in nations),
        items=items,
        requests=tuple(
            rows.Request(draw.choice(nations), draw.choice(ends), when(), amount(),
                         draw.randint(1, 4))
            for _ in range(draw.randint(1, 4))
        ),
        lines=tuple(lines),
        stocks=tuple(
            rows.Stock(draw.choice(nations), draw.choice([i.item for i in items]), low,
                       high=low + 4.0 if some(0.3) else None, age=draw.randint(0, 2))
            for low in [amount(15) for _ in range(draw.randint(0, 3))]
        ),
        targets=tuple(
            rows.Target(nation, item, when(), target=amount(),
                        floor=amount(8) if floors and some(0.15) else 0.0)
            for nation in nations for item in ends if some(0.4)
        ),
        expenditure=tuple(
            rows.Expenditure(draw.choice(nations), draw.choice(ends), when(), amount(5))
            for _ in range(draw.randint(0, 1))
        ),
        owed=tuple(
            rows.Owed(draw.choice(nations), draw.choice([i.item for i in items]), when(), amount(9))
            for _ in range(draw.randint(0, 2))
        ),
        capacities=tuple(
            rows.Capacity(draw.choice(names), when(), amount(15))
            for _ in range(draw.randint(0, 2))
        ),
        ramps=tuple(
            rows.Ramp(f"ramp-{k}", draw.choice(names), draw.randint(0, 2), amount(20),
                      amount(9) + 1.0, count=draw.randint(1, 2),
                      paid_by=draw.choice(["", draw.choice(nations)]),
                      earliest=when() if some(0.3) else "")
            for k in range(draw.randint(0, 2) if integers else 0)
        ),
        components=tuple(
            rows.Component(name, "powder", draw.choice([0.5, 1.0, 2.0]))
            for name in ends if with_parts and some(0.7)
        ),
        price_index=tuple(
            rows.PriceIndex(draw.choice(["*", *ends]), when(), draw.choice([1.1, 0.9, 1.5]))
            for _ in range(draw.randint(0, 2))
        ),
        payments=(rows.Payment("*", -1, 0.5), rows.Payment("*", draw.choice([1, 12]), 0.5))
        if some(0.4) else (),
        budgets=budgets,
        transfers=tuple(
            rows.TransferRule(
                draw.choice(["*", *nations]), draw.choice(["*", *nations]),
                draw.choice(["*", "*", *ends]), allowed=some(0.8),
                # A unit that is passed round within a month would count as a replacement.
                lead=1 if swaps else draw.choice([0, 0, 1]),
                cost=draw.choice([0.0, 0.1, 1.0]),
            )
            for _ in range(draw.randint(0, 3))
        ),
        backfills=(rows.Backfill(draw.choice(nations), ends[0], ends[-1], 1.5),)
        if swaps else (),
        absorption=(
            rows.Absorption(draw.choice(nations), amount(15), item=draw.choice(["*", *ends])),
        )
        if some(0.25) else (),
        frameworks=frameworks, framework_items=covered, price_bands=priced,
    )  # fmt: skip
