"""Readiness at size: back-orders of 10,000 items at 50 bases, and their whole spares curve.

    python bench/sustainment.py [--items 10000] [--bases 50] [--peer-items 100]
        [--rates 0.4,4] [--write]

One core: nothing here uses threads, as processor seconds no higher than wall-clock show. Items are
drawn from seed 1: failures a year at each base log-normal around each of --rates (a spread of
three, and of one and a half from base to base), depot repair 20 to 90 days, shipping 5 to 20,
prices log-normal around 3,000. The peer is the textbook's way in plain SciPy: distributions of
``scipy.stats`` summed term by term, item by item and base by base; it is run on fewer items in the
same run, and compared on those.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from _measure import machine
from _results import replace_section
from scipy import stats

from intendance.sustainment import item_backorders, poisson_backorders
from intendance.sustainment._spares.flat import item_points
from intendance.sustainment._spares.grid import Items
from intendance.sustainment._spares.merge import Options, merged

REACH = 4.0


def drawn(items: int, bases: int, rate: float) -> dict[str, Any]:
    """Items and bases from one seed."""
    chance = np.random.default_rng(1)
    level = chance.lognormal(np.log(rate), np.log(3.0), items) / 365
    demand = level[:, None] * chance.lognormal(0.0, np.log(1.5), (items, bases))
    found = {
        "demand": demand,
        "depot_repair": chance.uniform(20, 90, items),
        "shipping": chance.uniform(5, 20, bases),
        "price": np.round(chance.lognormal(np.log(3000), 1.2, items), 2),
    }
    pipeline = demand.sum(axis=1) * found["depot_repair"]
    found["depot_stock"] = chance.poisson(pipeline)
    found["base_stock"] = chance.poisson(demand * 30)
    return found


def timed(call: Callable[[], Any]) -> tuple[float, float, Any]:
    """Wall and processor seconds of a call, and what it gives."""
    wall, used = time.monotonic(), time.process_time()
    found = call()
    return time.monotonic() - wall, time.process_time() - used, found


def whole_curve(case: dict[str, Any]) -> Any:
    """From no spares at all to where nothing is worth buying."""
    demand = case["demand"]
    total = demand.sum(axis=1)
    own = demand * case["shipping"]
    count, bases = demand.shape
    pipeline = total * case["depot_repair"]
    items = Items(
        depot_mean=pipeline,
        depot_variance=pipeline,
        share=demand / total[:, None],
        own=own,
        own_variance=own,
        depot_weight=np.zeros(count),
        depot_held=np.zeros(count),
        held=np.zeros((count, bases)),
    )
    systems = 20.0 * bases
    fitted = np.full(count, systems)
    family, bought, owed = item_points(items, fitted, REACH)
    return merged(
        Options(
            family=family,
            choice=bought,
            cost=bought * case["price"][family],
            owed=owed,
            fitted=fitted,
            quantity=np.ones(count),
            system=np.zeros(count, dtype=np.int64),
            number=np.array([systems]),
        )
    )


def peer_backorders(case: dict[str, Any], items: int) -> np.ndarray[Any, Any]:
    """VARI-METRIC by scipy.stats, item by item and base by base."""
    found = np.zeros((items, case["demand"].shape[1]))
    for item in range(items):
        rates = case["demand"][item]
        total, held = rates.sum(), int(case["depot_stock"][item])
        depot = stats.poisson(total * case["depot_repair"][item])
        top = int(depot.ppf(1 - 1e-12)) + 2
        over = np.maximum(np.arange(top) - held, 0)
        chances = depot.pmf(np.arange(top))
        owed, square = (over * chances).sum(), (over**2 * chances).sum()
        for base, rate in enumerate(rates):
            share, own = rate / total, rate * case["shipping"][base]
            mean = own + share * owed
            variance = own + share * (1 - share) * owed + share**2 * (square - owed**2)
            stock = int(case["base_stock"][item, base])
            chance = mean / variance
            unit = (
                stats.nbinom(mean * chance / (1 - chance), chance)
                if variance > mean * (1 + 1e-12)
                else stats.poisson(mean)
            )
            found[item, base] = mean - sum(unit.sf(each) for each in range(stock))
    return found


def measured(asked: argparse.Namespace, rate: float) -> list[str]:
    """One table of results."""
    case = drawn(asked.items, asked.bases, rate)
    given = [
        case[name] for name in ("demand", "depot_repair", "shipping", "depot_stock", "base_stock")
    ]
    poisson = timed(
        lambda: poisson_backorders(case["demand"] * case["shipping"], case["base_stock"])
    )
    metric = timed(lambda: item_backorders(*given, method="metric"))
    vari = timed(lambda: item_backorders(*given))
    curve = timed(lambda: whole_curve(case))
    peer = timed(lambda: peer_backorders(case, asked.peer_items))
    apart = float(np.abs(peer[2] - vari[2][: asked.peer_items]).max())
    steps = curve[2]
    times = peer[0] * asked.items / asked.peer_items / vari[0]
    rows = [
        ("Poisson back-orders", poisson, 1.0),
        ("METRIC, two echelons", metric, 1.0),
        ("VARI-METRIC, two echelons", vari, 5.0),
        ("the whole spares curve", curve, 30.0),
    ]
    table = [
        f"| {name} | {wall:.2f} | **{used:.2f}** | "
        + (f"met: {target:g} s |" if used <= target else f"missed: {target:g} s |")
        for name, (wall, used, _), target in rows
    ]
    said = (
        f"The peer's back-orders differ from ours by at most {apart:.1e}. The curve has "
        f"{steps.cost.size:,} steps, from {steps.backorders[0]:,.0f} back-orders to "
        f"{steps.backorders[-1]:.3f}."
    )
    return [
        f"About {rate:g} failures a year of each item at each base:",
        "",
        "| what | seconds | processor seconds | target |",
        "|--|--:|--:|--|",
        *table,
        (
            f"| scipy.stats, VARI-METRIC, {asked.peer_items:,} items | {peer[0]:.2f} "
            f"| {peer[1]:.2f} | {times:,.0f} times as long an item |"
        ),
        "",
        said,
        "",
    ]


def main() -> None:
    """Runs and prints, or writes the section of RESULTS.md."""
    options = argparse.ArgumentParser()
    options.add_argument("--items", type=int, default=10_000)
    options.add_argument("--bases", type=int, default=50)
    options.add_argument("--peer-items", type=int, default=100)
    options.add_argument("--rates", default="0.4,4")
    options.add_argument("--write", action="store_true")
    asked = options.parse_args()
    load = Path("/proc/loadavg").read_text().split()[0]
    tables = [measured(asked, float(rate)) for rate in asked.rates.split(",")]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = [
        "## Readiness: back-orders and spares",
        "",
        (
            f"`python bench/sustainment.py`, {asked.items:,} items at {asked.bases} bases, one "
            f"core. {machine()}, load average {load}; peak memory {peak:,.0f} MiB."
        ),
        "Targets are of one core: they are held against processor seconds, the machine being",
        "shared with other work (its load stands above).",
        "",
        *(line for table in tables for line in table),
    ]
    print("\n".join(lines))
    if asked.write:
        replace_section(Path(__file__).parent / "RESULTS.md", "sustainment", lines)


if __name__ == "__main__":
    main()
