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
    made = _Made(seed, integers=integers, floors=floors)
    frameworks, covered, priced = made.frameworks()
    return Scenario(
        settings=made.settings(seed),
        nations=tuple(
            rows.Nation(name, weight=float(made.draw.randint(1, 2))) for name in made.nations
        ),
        items=made.items,
        requests=made.requests(),
        lines=made.lines,
        stocks=made.stocks(),
        targets=made.targets(),
        expenditure=made.expenditure(),
        owed=made.owed(),
        capacities=made.capacities(),
        ramps=made.ramps(),
        components=made.components(),
        price_index=made.price_index(),
        payments=made.payments(),
        budgets=made.budgets(),
        transfers=made.transfers(),
        backfills=made.backfills(),
        absorption=made.absorption(),
        frameworks=frameworks,
        framework_items=covered,
        price_bands=priced,
    )


class _Made:
    """The tables of one random scenario, each drawn when it is asked for."""

    def __init__(self, seed: int, *, integers: bool, floors: bool) -> None:
        self.draw = Random(seed)
        self.integers, self.floors = integers, floors
        self.months = self.draw.randint(2, 5)
        self.start = self.draw.choice([0, 9, 10])
        self.nations = NATIONS[: self.draw.randint(1, 3)]
        self.ends = ["shell", "mine", "tank"][: self.draw.randint(1, 3)]
        self.with_parts = self.draw.random() < 0.4
        self.items = self._items()
        self.lines = self._lines()

    def some(self, chance: float) -> bool:
        return self.draw.random() < chance

    def amount(self, most: int = 20) -> float:
        return float(self.draw.randint(0, most))

    def when(self) -> str:
        return month(self.start, self.draw.randrange(self.months))

    def held(self) -> str:
        return self.draw.choice([item.item for item in self.items])

    def settings(self, seed: int) -> Settings:
        return Settings(
            name=f"random {seed}",
            start=month(self.start, 0),
            months=self.months,
            late=self.draw.choice(["back-order", "back-order", "lost"]),
            opening=self.draw.choice(["low", "middle", "high"]),
        )

    def _items(self) -> tuple[rows.Item, ...]:
        items = tuple(
            rows.Item(
                name,
                price=float(self.draw.randint(1, 9)),
                weight=float(self.draw.randint(1, 3)) if self.some(0.3) else None,
                holding=self.draw.choice([0.0, 0.0, 0.5, 1.0]),
                shelf_life=self.draw.randint(0, 3) if self.some(0.25) else None,
                category=self.draw.choice(["", "ammunition"]),
            )
            for name in self.ends
        )
        if not self.with_parts:
            return items
        holding = self.draw.choice([0.0, 0.25])
        return (*items, rows.Item("powder", 1.0, kind="component", holding=holding))

    def _lines(self) -> tuple[rows.Line, ...]:
        names = [item.item for item in self.items]
        return tuple(
            self._line(f"line-{k}", item, capacity)
            for k in range(self.draw.randint(1, 3))
            for capacity in [self.amount(15)]
            for item in self.draw.sample(names, self.draw.randint(1, min(2, len(names))))
        )

    def _line(self, line: str, item: str, capacity: float) -> rows.Line:
        return rows.Line(
            line,
            item,
            capacity,
            lead=self.draw.randint(0, 2),
            use=self.draw.choice([1.0, 1.0, 2.0]),
            batch=self.amount(6) if self.integers and self.some(0.3) else 0.0,
            setup_cost=self.amount(9) if self.integers and self.some(0.3) else 0.0,
            setup_time=self.amount(3) if self.integers and self.some(0.2) else 0.0,
            qualification=self.draw.choice([0, 0, 0, 1]),
        )

    def frameworks(
        self,
    ) -> tuple[
        tuple[rows.Framework, ...], tuple[rows.FrameworkItem, ...], tuple[rows.PriceBand, ...]
    ]:
        made = [line.item for line in self.lines if line.item in self.ends]
        if made and self.integers and self.some(0.5):
            covered = tuple(rows.FrameworkItem("pact", item) for item in sorted(set(made))[:2])
            return (self._pact(),), covered, self._bands(covered[0].item)
        if made and self.some(0.3):
            pact = rows.Framework("pact", ceiling=self.amount(20))
            return (pact,), (rows.FrameworkItem("pact", made[0]),), ()
        return (), (), ()

    def _pact(self) -> rows.Framework:
        return rows.Framework(
            "pact",
            members=tuple(self.draw.sample(self.nations, 1)) if self.some(0.3) else (),
            start=self.when() if self.some(0.2) else "",
            minimum=self.amount(12) if self.some(0.5) else 0.0,
            ceiling=10.0 + self.amount(20) if self.some(0.4) else None,
            ceiling_money=20.0 + self.amount(80) if self.some(0.2) else None,
            fixed_cost=self.amount(9) if self.some(0.5) else 0.0,
            kind=self.draw.choice(["all-units", "incremental"]),
        )

    def _bands(self, item: str) -> tuple[rows.PriceBand, ...]:
        if not self.some(0.7):
            return ()
        first = 1.0 + self.amount(8)
        return tuple(
            rows.PriceBand("pact", item, first * (k + 1), 3.0 / (k + 1))
            for k in range(self.draw.randint(1, 2))
        )

    def requests(self) -> tuple[rows.Request, ...]:
        return tuple(
            rows.Request(
                self.draw.choice(self.nations),
                self.draw.choice(self.ends),
                self.when(),
                self.amount(),
                self.draw.randint(1, 4),
            )
            for _ in range(self.draw.randint(1, 4))
        )

    def stocks(self) -> tuple[rows.Stock, ...]:
        return tuple(
            rows.Stock(
                self.draw.choice(self.nations),
                self.held(),
                low,
                high=low + 4.0 if self.some(0.3) else None,
                age=self.draw.randint(0, 2),
            )
            for low in [self.amount(15) for _ in range(self.draw.randint(0, 3))]
        )

    def targets(self) -> tuple[rows.Target, ...]:
        return tuple(
            rows.Target(
                nation,
                item,
                self.when(),
                target=self.amount(),
                floor=self.amount(8) if self.floors and self.some(0.15) else 0.0,
            )
            for nation in self.nations
            for item in self.ends
            if self.some(0.4)
        )

    def expenditure(self) -> tuple[rows.Expenditure, ...]:
        return tuple(
            rows.Expenditure(
                self.draw.choice(self.nations),
                self.draw.choice(self.ends),
                self.when(),
                self.amount(5),
            )
            for _ in range(self.draw.randint(0, 1))
        )

    def owed(self) -> tuple[rows.Owed, ...]:
        return tuple(
            rows.Owed(self.draw.choice(self.nations), self.held(), self.when(), self.amount(9))
            for _ in range(self.draw.randint(0, 2))
        )

    def capacities(self) -> tuple[rows.Capacity, ...]:
        names = sorted({line.line for line in self.lines})
        return tuple(
            rows.Capacity(self.draw.choice(names), self.when(), self.amount(15))
            for _ in range(self.draw.randint(0, 2))
        )

    def ramps(self) -> tuple[rows.Ramp, ...]:
        names = sorted({line.line for line in self.lines})
        return tuple(
            rows.Ramp(
                f"ramp-{k}",
                self.draw.choice(names),
                self.draw.randint(0, 2),
                self.amount(20),
                self.amount(9) + 1.0,
                count=self.draw.randint(1, 2),
                paid_by=self.draw.choice(["", self.draw.choice(self.nations)]),
                earliest=self.when() if self.some(0.3) else "",
            )
            for k in range(self.draw.randint(0, 2) if self.integers else 0)
        )

    def components(self) -> tuple[rows.Component, ...]:
        return tuple(
            rows.Component(name, "powder", self.draw.choice([0.5, 1.0, 2.0]))
            for name in self.ends
            if self.with_parts and self.some(0.7)
        )

    def price_index(self) -> tuple[rows.PriceIndex, ...]:
        return tuple(
            rows.PriceIndex(
                self.draw.choice(["*", *self.ends]), self.when(), self.draw.choice([1.1, 0.9, 1.5])
            )
            for _ in range(self.draw.randint(0, 2))
        )

    def payments(self) -> tuple[rows.Payment, ...]:
        if not self.some(0.4):
            return ()
        late = rows.Payment("*", self.draw.choice([1, 12]), 0.5)
        return (rows.Payment("*", -1, 0.5), late)

    def budgets(self) -> tuple[rows.Budget, ...]:
        return tuple(
            rows.Budget(nation, year, self.amount(150))
            for nation in self.nations
            if self.some(0.5)
            for year in range(2024, 2027)
            if self.some(0.8)
        )

    def transfers(self) -> tuple[rows.TransferRule, ...]:
        return tuple(
            rows.TransferRule(
                self.draw.choice(["*", *self.nations]),
                self.draw.choice(["*", *self.nations]),
                self.draw.choice(["*", "*", *self.ends]),
                allowed=self.some(0.8),
                lead=self.draw.choice([0, 0, 1]),
                cost=self.draw.choice([0.0, 0.1, 1.0]),
            )
            for _ in range(self.draw.randint(0, 3))
        )

    def backfills(self) -> tuple[rows.Backfill, ...]:
        pairs = {
            (self.draw.choice(self.nations), self.ends[0], self.draw.choice(self.ends[-2:]))
            for _ in range(self.draw.choice([0, 0, 0, 1, 2]))
        }
        return tuple(rows.Backfill(*pair, self.draw.choice([1.0, 1.5])) for pair in sorted(pairs))

    def absorption(self) -> tuple[rows.Absorption, ...]:
        if not self.some(0.25):
            return ()
        item = self.draw.choice(["*", *self.ends])
        return (rows.Absorption(self.draw.choice(self.nations), self.amount(15), item=item),)
