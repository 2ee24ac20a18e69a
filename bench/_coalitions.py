"""Seeded scenarios of a coalition of any size: kind ones and hostile ones, with switches.

For tests and benches of what takes a ``Scenario`` or a folder. Plans of millions of columns come
straight as arrays from ``intendance.planning._large._families``, which has the same families.

``python bench/_coalitions.py FOLDER [--size 8x20x36] [--family all] [--seed 0] [--with integers]``
"""

from __future__ import annotations

import argparse
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

import msgspec
import numpy as np

from intendance.planning import Scenario, Settings, with_assumptions, write_scenario
from intendance.planning import _rows as rows

Family = Literal["base", "budgets", "caveats", "single", "uneven", "scarce", "all"]
FAMILIES: Final[tuple[Family, ...]] = get_args(Family)
SIZES: Final = ((8, 20, 36), (16, 50, 48), (32, 100, 60))
"""Nations, items, months: about 44 thousand, 280 thousand and 1.4 million columns."""
SWITCHES: Final = ("integers", "backfills", "absorption", "shelf_life")

START: Final = (2025, 1)
_EIGHT: Final = 8  # nations that the uses in coalition.toml are of


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of thing in data/coalition.toml."""

    name: str
    price: float
    category: str = ""
    use: float = 0.0
    life: int = 0
    old: str = ""
    parts: dict[str, float] = {}


@dataclass(frozen=True)
class World:
    """What all tables are drawn from: use (items, nations) a month, and who may do what."""

    draw: np.random.Generator
    family: Family
    months: int
    nations: list[str]
    kinds: list[Kind]
    names: list[str]
    prices: np.ndarray
    use: np.ndarray

    def has(self, family: Family) -> bool:
        """Whether the trouble of a family is wanted."""
        return self.family in (family, "all")

    def chance(self, share: float) -> bool:
        """True in that share of cases."""
        return bool(self.draw.random() < share)


def coalition(
    nations: int,
    items: int,
    months: int,
    *,
    seed: int = 0,
    family: Family = "base",
    integers: bool = False,
    backfills: bool = False,
    absorption: bool = False,
    shelf_life: bool = False,
) -> Scenario:
    """A coalition with two lines an item, ramps, components, yearly budgets and transfers.

    Families: ``budgets`` unequal ones, ``caveats`` that forbid transfers, ``single`` items that
    one nation alone uses, ``uneven`` nations, a ``scarce`` component, and ``all`` of these.
    Switches: ``integers`` set-ups, batches and framework contracts with bands, minimums, ceilings
    and fixed costs; ``backfills``; ``absorption``; ``shelf_life`` with aged stocks.
    """
    world = _world(nations, items, months, seed, family)
    frameworks, covered, bands = _frameworks(world) if integers else ((), (), ())
    lines, ramps = _industry(world, integers)
    pairs, older, given = _backfills(world) if backfills else ((), (), ())
    return with_assumptions(
        Scenario(
            settings=Settings(
                name=f"coalition {nations}x{items}x{months} {family} {seed}",
                start=month(0),
                months=months,
            ),
            nations=tuple(
                rows.Nation(name, weight=float(world.draw.choice([1.0, 1.0, 2.0])))
                for name in world.nations
            ),
            items=(*_items(world, shelf_life), *older),
            requests=_requests(world),
            lines=lines,
            stocks=(*_stocks(world, shelf_life), *given),
            targets=_targets(world, shelf_life),
            owed=_owed(world),
            ramps=ramps,
            components=_components(world),
            price_index=tuple(
                rows.PriceIndex("*", month(at), round(1.02 ** (at // 12), 4))
                for at in range(12, months, 12)
            ),
            payments=(rows.Payment("*", -6, 0.25), rows.Payment("*", 0, 0.75)),
            budgets=_budgets(world),
            transfers=_transfers(world),
            backfills=pairs,
            absorption=_absorption(world) if absorption else (),
            frameworks=frameworks,
            framework_items=covered,
            price_bands=bands,
        )
    )


def month(number: int) -> str:
    """The month ``number`` after the start."""
    year, rest = divmod(START[0] * 12 + START[1] - 1 + number, 12)
    return f"{year:04d}-{rest + 1:02d}"


def _kinds() -> tuple[list[Kind], list[Kind]]:
    path = Path(__file__).parent / "data" / "coalition.toml"
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple([msgspec.convert(row, Kind) for row in found[name]] for name in ("kind", "part"))


def _world(nations: int, items: int, months: int, seed: int, family: Family) -> World:
    draw = np.random.default_rng([seed, nations, items, months])
    known, _ = _kinds()
    kinds = [known[at % len(known)] for at in range(items)]
    # The first of a kind has its name and about its magnitude, later ones are variants of it.
    names = [
        kind.name + (f"-{at // len(known) + 1}" if at >= len(known) else "")
        for at, kind in enumerate(kinds)
    ]
    vary = np.exp(draw.normal(0.0, 0.3, (2, items)))
    prices = np.round(np.array([kind.price for kind in kinds]) * vary[0], 2)
    size = np.exp(draw.normal(0.0, 1.5 if family in ("uneven", "all") else 0.5, nations))
    share = size * draw.uniform(0.4, 1.6, (items, nations))
    if family in ("single", "all"):
        alone = draw.random(items) < 0.4
        only = draw.integers(nations, size=items)
        share[alone] *= np.arange(nations) == only[alone, None]
    share /= share.sum(axis=1, keepdims=True)
    total = np.array([kind.use for kind in kinds]) * vary[1] * nations / _EIGHT
    width = max(2, len(str(nations)))
    return World(
        draw=draw,
        family=family,
        months=months,
        nations=[f"NATION-{at + 1:0{width}d}" for at in range(nations)],
        kinds=kinds,
        names=names,
        prices=prices,
        use=total[:, None] * share,
    )


def _items(world: World, shelf_life: bool) -> tuple[rows.Item, ...]:
    ends = [
        rows.Item(
            name,
            float(price),
            kind="end",
            category=kind.category,
            holding=round(float(price) * 5e-4, 4),
            shelf_life=min(kind.life, world.months) or None if shelf_life else None,
        )
        for name, price, kind in zip(world.names, world.prices, world.kinds, strict=True)
    ]
    used = {part for kind in world.kinds for part in kind.parts}
    parts = [
        rows.Item(part.name, part.price, kind="component", holding=round(part.price * 5e-4, 4))
        for part in _kinds()[1]
        if part.name in used
    ]
    return (*ends, *parts)


def _requests(world: World) -> tuple[rows.Request, ...]:
    items, nations = world.use.shape
    shape = (items, nations, world.months)
    asked = world.use[:, :, None] * world.draw.gamma(4.0, 0.25, shape)
    asked = np.round(asked * (world.draw.random(shape) < 0.7), 2)
    priority = world.draw.choice([1, 2, 3], (items, nations), p=[0.3, 0.4, 0.3])
    return tuple(
        rows.Request(
            world.nations[n], world.names[i], month(t), float(asked[i, n, t]), int(priority[i, n])
        )
        for i, n, t in np.argwhere(asked > 0)
    )


def _stocks(world: World, aged: bool) -> tuple[rows.Stock, ...]:
    cover = world.draw.uniform(0.5, 6.0, world.use.shape)
    wide = world.draw.random(world.use.shape) < 0.1
    ages = world.draw.integers(0, 24, world.use.shape)
    held = np.round(world.use * cover, 1)
    return tuple(
        rows.Stock(
            world.nations[n],
            world.names[i],
            float(held[i, n]),
            high=round(1.3 * float(held[i, n]), 1) if wide[i, n] else None,
            age=int(ages[i, n]) if aged and world.kinds[i].life else 0,
        )
        for i, n in np.argwhere(held > 0)
    )


def _targets(world: World, aged: bool) -> tuple[rows.Target, ...]:
    """A stock wanted that grows in steps of six months; every fifth of what keeps has a floor."""
    found = []
    for i, n in np.argwhere(world.use > 0):
        cover = world.draw.uniform(2.0, 8.0) * float(world.use[i, n])
        floor = 0.1 * float(world.use[i, n]) if world.chance(0.2) else 0.0
        if aged and world.kinds[i].life:
            floor = 0.0  # what is past its life is written off, floor or none
        for at in range(0, world.months, 6):
            wanted = cover * (0.6 + 0.6 * at / world.months)
            found.append(
                rows.Target(
                    world.nations[n],
                    world.names[i],
                    month(at),
                    target=round(wanted, 1),
                    floor=round(floor, 1),
                )
            )
    return tuple(found)


def _owed(world: World) -> tuple[rows.Owed, ...]:
    arrives = world.draw.random((*world.use.shape, world.months)) < 0.02
    factor = world.draw.uniform(1.0, 4.0, arrives.shape)
    return tuple(
        rows.Owed(
            world.nations[n],
            world.names[i],
            month(t),
            round(float(factor[i, n, t] * world.use[i, n]), 1),
            source="earlier contract",
        )
        for i, n, t in np.argwhere(arrives & (world.use[:, :, None] > 0))
    )


def _industry(world: World, integers: bool) -> tuple[tuple[rows.Line, ...], tuple[rows.Ramp, ...]]:
    """Two lines an item, one a component; together they fall short until they are widened."""
    lines: list[rows.Line] = []
    ramps: list[rows.Ramp] = []
    for i, name in enumerate(world.names):
        need = float(world.use[i].sum() * world.draw.uniform(0.55, 0.95))
        for number, share in enumerate((0.65, 0.35), 1):
            capacity = round(need * share, 2)
            setup = integers and world.chance(0.5)
            lines.append(
                rows.Line(
                    f"{name}-line-{number}",
                    name,
                    capacity,
                    lead=int(world.draw.integers(1, 7)),
                    batch=round(0.2 * capacity, 2) if setup else 0.0,
                    setup_cost=round(0.02 * capacity * float(world.prices[i]), 2) if setup else 0.0,
                    setup_time=round(0.05 * capacity, 2) if setup else 0.0,
                    qualification=int(world.draw.choice([0, 0, 0, 6])) if number > 1 else 0,
                    nation=str(world.draw.choice(world.nations)),
                    maker=f"maker {1 + int(world.draw.integers(12))}",
                )
            )
        if world.chance(0.6):
            ramps.append(_ramp(world, lines[-2], float(world.prices[i])))
    ramps += _parts(world, lines)
    return tuple(lines), tuple(ramps)


def _ramp(world: World, line: rows.Line, price: float) -> rows.Ramp:
    added = round(line.capacity * float(world.draw.uniform(0.2, 0.5)), 2)
    return rows.Ramp(
        f"{line.line}-wider",
        line.line,
        lead=int(world.draw.integers(4, 19)),
        cost=round(added * price * float(world.draw.uniform(3.0, 8.0)), 0),
        capacity=added,
        count=int(world.draw.choice([1, 2])),
        paid_by=str(world.draw.choice(["", str(world.draw.choice(world.nations))])),
    )


def _parts(world: World, lines: list[rows.Line]) -> list[rows.Ramp]:
    use = world.use.sum(axis=1)
    ramps = []
    for part in _kinds()[1]:
        need = sum(
            kind.parts.get(part.name, 0.0) * float(total)
            for kind, total in zip(world.kinds, use, strict=True)
        )
        if need == 0:
            continue
        scarce = world.has("scarce") and part.name == "powder"
        capacity = round(need * (0.4 if scarce else 1.05), 2)
        lines.append(rows.Line(f"{part.name}-works", part.name, capacity, lead=2))
        ramps.append(_ramp(world, lines[-1], part.price))
    return ramps


def _components(world: World) -> tuple[rows.Component, ...]:
    return tuple(
        rows.Component(name, part, quantity)
        for name, kind in zip(world.names, world.kinds, strict=True)
        for part, quantity in kind.parts.items()
    )


def _budgets(world: World) -> tuple[rows.Budget, ...]:
    """What a nation's use would cost in a year, less or more of it."""
    yearly = 12 * (world.use * world.prices[:, None]).sum(axis=0)
    factor = world.draw.uniform(0.7, 1.1, len(world.nations))
    if world.has("budgets"):
        factor *= np.exp(world.draw.normal(-0.3, 0.8, len(world.nations)))
    years = range(START[0], START[0] + -(-world.months // 12))
    return tuple(
        rows.Budget(name, year, round(float(yearly[n] * factor[n]), -3))
        for n, name in enumerate(world.nations)
        for year in years
    )


def _transfers(world: World) -> tuple[rows.TransferRule, ...]:
    """Everybody may give, at half a per cent of the price; a caveat forbids a nation or a pair."""
    found = [
        rows.TransferRule(
            "*", "*", name, consent="letter 1", lead=1, cost=round(float(price) * 0.005, 4)
        )
        for name, price in zip(world.names, world.prices, strict=True)
    ]
    if world.has("caveats"):
        bans = {}
        for i, n in np.argwhere(world.draw.random(world.use.shape) < 0.3):
            pair = world.chance(0.5) and len(world.nations) > 1
            other = world.draw.choice([each for each in world.nations if each != world.nations[n]])
            recipient = str(other) if pair else "*"
            bans[world.nations[n], recipient, world.names[i]] = False
        found += [rows.TransferRule(*key, allowed=allowed) for key, allowed in bans.items()]
    return tuple(found)


def _backfills(
    world: World,
) -> tuple[tuple[rows.Backfill, ...], tuple[rows.Item, ...], tuple[rows.Stock, ...]]:
    """Older kinds that nations hand on as new ones arrive; the stock of them is their floor."""
    pairs: list[rows.Backfill] = []
    older: dict[str, rows.Item] = {}
    held: dict[tuple[str, str], rows.Stock] = {}
    for i, (name, kind) in enumerate(zip(world.names, world.kinds, strict=True)):
        if not kind.old:
            continue
        price = round(0.1 * float(world.prices[i]), 2)
        older.setdefault(kind.old, rows.Item(kind.old, price, category=kind.category))
        for n, nation in enumerate(world.nations):
            if world.use[i, n] > 0 and world.chance(0.6):
                pairs.append(rows.Backfill(nation, kind.old, name, ratio=1.5))
                stock = round(float(world.use[i, n]) * 12, 1)
                held.setdefault((nation, kind.old), rows.Stock(nation, kind.old, stock))
    return tuple(pairs), tuple(older.values()), tuple(held.values())


def _absorption(world: World) -> tuple[rows.Absorption, ...]:
    found = []
    for n, nation in enumerate(world.nations):
        for i, name in enumerate(world.names):
            if world.use[i, n] > 0 and world.chance(0.15):
                most = round(1.5 * float(world.use[i, n]), 2)
                found.append(rows.Absorption(nation, most, item=name))
        armour = sum(
            float(world.use[i, n])
            for i, kind in enumerate(world.kinds)
            if kind.category == "armour"
        )
        if armour > 0 and world.chance(0.5):
            found.append(rows.Absorption(nation, round(1.5 * armour, 2), category="armour"))
    return tuple(found)


def _frameworks(
    world: World,
) -> tuple[tuple[rows.Framework, ...], tuple[rows.FrameworkItem, ...], tuple[rows.PriceBand, ...]]:
    """A contract for about half the items, one in four of them for half of the nations only."""
    contracts: list[rows.Framework] = []
    bands: list[rows.PriceBand] = []
    covered: list[rows.FrameworkItem] = []
    for i, name in enumerate(world.names):
        if not world.chance(0.5):
            continue
        some = world.chance(0.25) and len(world.nations) > 1
        few = world.draw.choice(world.nations, -(-len(world.nations) // 2), replace=False)
        total, price = float(world.use[i].sum()) * world.months, float(world.prices[i])
        contract = f"{name}-contract"
        bounds = world.draw.random(3) < (0.6, 0.4, 0.3)
        contracts.append(
            rows.Framework(
                contract,
                members=tuple(sorted(map(str, few))) if some else (),
                minimum=round(0.1 * total, 1) if bounds[0] else 0.0,
                ceiling=round(0.8 * total, 1) if bounds[1] else None,
                ceiling_money=round(0.7 * total * price, -2) if bounds[2] else None,
                fixed_cost=round(0.005 * total * price, -2),
                kind="incremental" if world.chance(0.3) else "all-units",
            )
        )
        covered.append(rows.FrameworkItem(contract, name))
        for start, factor in ((0.0, 1.0), (0.2, 0.95), (0.5, 0.88)):
            bands.append(
                rows.PriceBand(contract, name, round(start * total, 1), round(factor * price, 2))
            )
    return tuple(contracts), tuple(covered), tuple(bands)


def main() -> None:
    """Writes one scenario as a folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", default="8x20x36", help="nations x items x months")
    parser.add_argument("--family", choices=FAMILIES, default="base")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--with", dest="switches", choices=SWITCHES, nargs="*", default=[])
    given = parser.parse_args()
    size = [int(each) for each in given.size.split("x")]
    switches = dict.fromkeys(given.switches, True)
    scenario = coalition(*size, seed=given.seed, family=given.family, **switches)
    write_scenario(scenario, given.folder)
    print(f"{given.folder}: {scenario.settings.name}, {len(scenario.requests)} requests")


if __name__ == "__main__":
    main()
