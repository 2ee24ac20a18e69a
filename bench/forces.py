"""Positions of a million commitments, beside the same query in DuckDB in the same run.

``python bench/forces.py`` makes commitments of 40 nations in 2,000 items and an inventory of every
nation's item, as Parquet files; then one process counts the positions of 120 months by
``intendance.forces``, another by one SQL query in DuckDB. Both begin with the files and end with
all figures in memory: stock, expected, promised in and out, on order, received, given, in repair,
fit and overdrawn, as intervals. Each figure is then compared by sums, by weighted sums and by its
unknown ends. Requirements are a look-up a year and are left out of both.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from _measure import Used, machine
from _measure import run as measured
from _positions_sql import FIGURES, positions_sql
from _results import replace_section

from intendance.forces._positions.columns import DRAW, IN, OUT, UNKNOWN, Columns, Stage
from intendance.forces._positions.count import Opening, count
from intendance.forces._positions.steps import Span

HERE = Path(__file__).resolve().parent
START, NOW = 2018 * 12, 2024 * 12 + 5
WEIGHT = 1_000_003


def generate(folder: Path, commitments: int, nations: int, items: int, seed: int) -> None:
    """Write commitments.parquet and inventory.parquet; -1 is an end that nobody stated."""
    rng = np.random.default_rng(seed)
    size = commitments
    donor = rng.integers(0, nations, size)
    recipient = (donor + rng.integers(1, nations, size)) % nations
    # A third of all concerns a tenth of the items: a few kinds are most of what is given.
    popular = rng.random(size) < 1 / 3
    item = np.where(popular, rng.integers(0, items // 10, size), rng.integers(0, items, size))
    first = rng.integers(START, NOW + 1, size)
    promised = rng.random(size) < 0.9
    low = np.where(promised, rng.integers(1, 400, size), 0)
    high = low + np.where(promised & (rng.random(size) < 0.2), rng.integers(1, 50, size), 0)
    vague = promised & (rng.random(size) < 0.05)
    low, high = (
        np.where(vague, UNKNOWN, low),
        np.where(vague | _some(rng, promised, 0.03), UNKNOWN, high),
    )
    dated = promised & (rng.random(size) < 0.6)
    due_from = np.where(dated, first + rng.integers(0, 30, size), -1_000_000)
    due_to = np.where(dated, due_from + rng.integers(0, 6, size), 1_000_000)
    ordered = promised & (rng.random(size) < 0.3)
    given = ~promised | (rng.random(size) < 0.6)
    part = rng.random(size)
    most = np.where(low > 0, low, 50)
    given_low = np.where(given, np.maximum((most * part).astype(np.int64), 1), 0)
    given_high = np.where(_some(rng, given, 0.03), UNKNOWN, given_low)
    given_from = np.where(given, np.minimum(first + rng.integers(0, 20, size), NOW), 1_000_000)
    given_to = np.where(given, np.minimum(given_from + rng.integers(0, 3, size), NOW), 1_000_000)
    pl.DataFrame(
        {
            "donor": donor, "recipient": recipient, "item": item, "first": first,
            "owed_low": low, "owed_high": high, "due_from": due_from, "due_to": due_to,
            "ordered_low": np.where(ordered, low, 0), "ordered_high": np.where(ordered, high, 0),
            "ordered_from": np.where(ordered, first, 1_000_000),
            "given_low": given_low, "given_high": given_high, "given_from": given_from,
            "given_to": given_to, "made": ordered | (rng.random(size) < 0.1),
        }
    ).write_parquet(folder / "commitments.parquet")  # fmt: skip
    pairs = nations * items
    stock = rng.integers(0, 5000, pairs)
    repair = (stock * rng.random(pairs) * 0.4).astype(np.int64)
    pl.DataFrame(
        {
            "pair": np.arange(pairs), "month": rng.integers(START, START + 24, pairs),
            "low": stock, "high": stock + rng.integers(0, 20, pairs), "repair_low": repair,
            "repair_high": repair + rng.integers(0, 5, pairs),
        }
    ).write_parquet(folder / "inventory.parquet")  # fmt: skip


def _some(rng: np.random.Generator, among: Any, share: float) -> Any:
    return among & (rng.random(among.size) < share)


def ours(folder: Path, pairs: int, items: int, months: int) -> dict[str, Any]:
    """Count by intendance.forces; seconds, and what the figures come to."""
    began = time.perf_counter()
    frame = pl.read_parquet(folder / "commitments.parquet")
    stocks = pl.read_parquet(folder / "inventory.parquet")
    openings = [Opening(*row) for row in stocks.iter_rows()]
    found = count(_columns(frame, items), pairs, openings, Span(START, START + months - 1), NOW)
    seconds = time.perf_counter() - began
    sums = {}
    row = np.arange(pairs * months, dtype=np.int64) % WEIGHT
    for name in FIGURES:
        figure = getattr(found, name)
        for end in ("low", "high"):
            values = getattr(figure, end).ravel().astype(np.int64)
            unknown = getattr(figure, f"no_{end}")
            none = np.zeros(values.size, bool) if unknown is None else unknown.ravel()
            values = np.where(none, 0, values)
            sums[f"{name}_{end}"] = [int(values.sum()), int((values * row).sum()), int(none.sum())]
    return {"seconds": seconds, "sums": sums}


def _columns(frame: pl.DataFrame, items: int) -> Columns:
    column = {name: frame[name].to_numpy() for name in frame.columns}
    size = frame.height
    place = np.arange(size)
    into = column["recipient"] * items + column["item"]
    out = column["donor"] * items + column["item"]
    drawn = ~column["made"]
    role = [np.full(size, IN), np.full(size, OUT), np.full(int(drawn.sum()), DRAW)]
    flags = np.zeros(size, np.int8)
    never = np.full(size, 1_000_000)
    return Columns(
        range(size),
        column["first"],
        Stage(column["owed_low"], column["owed_high"], column["due_from"], column["due_to"], flags),
        Stage(
            column["ordered_low"], column["ordered_high"], column["ordered_from"], never, flags
        ),
        Stage(
            column["given_low"], column["given_high"], column["given_from"], column["given_to"],
            flags,
        ),
        np.concatenate([place, place, place[drawn]]),
        np.concatenate([into, out, out[drawn]]),
        np.concatenate(role),
        np.ones(2 * size + int(drawn.sum()), bool),
    )  # fmt: skip


def duckdb(folder: Path, pairs: int, items: int, months: int, threads: int) -> dict[str, Any]:
    """Count by one query of DuckDB into a table in memory; the same sums."""
    import duckdb as peer

    connection = peer.connect()
    connection.execute(f"SET threads={threads}")
    began = time.perf_counter()
    connection.execute(positions_sql(folder, pairs, items, START, months, NOW))
    seconds = time.perf_counter() - began
    sums = {}
    row = f"(pair * {months} + month - {START}) % {WEIGHT}"
    for name in FIGURES:
        for end in ("low", "high"):
            value = f"{name}_{end}"
            found = connection.execute(
                f"SELECT sum({value}), sum({value}::HUGEINT * ({row})), "
                f"count(*) - count({value}) FROM positions"
            ).fetchone()
            sums[value] = [int(each or 0) for each in found or ()]
    return {"seconds": seconds, "sums": sums}


def run(options: argparse.Namespace) -> None:
    """Both in processes of their own, compared, and written to RESULTS.md."""
    size = (options.nations, options.items, options.months)
    found: dict[str, list[tuple[dict[str, Any], Used]]] = {"ours": [], "duckdb": []}
    with tempfile.TemporaryDirectory() as name:
        generate(Path(name), options.commitments, *size[:2], options.seed)
        for _ in range(options.repeat):
            for who, runs in found.items():
                command = [
                    __file__, "--child", who, "--folder", name,
                    *(f"--{key}={getattr(options, key)}" for key in ("nations", "items", "months")),
                    f"--threads={options.threads}",
                ]  # fmt: skip
                used = measured(command)
                runs.append((json.loads(used.output.splitlines()[-1]), used))
    first, other = found["ours"][0][0]["sums"], found["duckdb"][0][0]["sums"]
    differing = [key for key in first if first[key] != other[key]]
    lines = [
        "## Forces: positions",
        "",
        (
            f"`python bench/forces.py --repeat {options.repeat}`, seed {options.seed}: "
            f"{options.commitments:,} commitments, {size[0]} nations x {size[1]:,} items x "
            f"{size[2]} months ({size[0] * size[1] * size[2]:,} positions of ten intervals each), "
            f"from Parquet files to all figures in memory. {machine()}."
        ),
        "",
        "| by | seconds, each run | processor s, the whole process | peak memory, MiB |",
        "|--|--:|--:|--:|",
        *_rows(found, options.threads),
        "",
        f"Both give the same {len(first)} ends of figures (sum, weighted sum and number of unknown "
        f"ends of each)."
        if not differing
        else f"They differ in {', '.join(differing)}.",
        (
            f"Target: 5 s and 2 GiB. Load at the end: {os.getloadavg()[0]:.1f} (1 means that "
            "nothing else ran)."
        ),
        "",
    ]
    print("\n".join(lines))
    if options.write:
        replace_section(HERE / "RESULTS.md", "forces-positions", lines)
    if differing:
        sys.exit("the two differ")


def _rows(found: dict[str, list[tuple[dict[str, Any], Used]]], threads: int) -> list[str]:
    names = {"ours": "intendance.forces", "duckdb": f"DuckDB, {threads} threads"}
    rows = []
    for who, runs in found.items():
        seconds = ", ".join(f"{each['seconds']:.2f}" for each, _ in runs)
        processor = ", ".join(f"{used.processor:.1f}" for _, used in runs)
        peak = max(used.peak for _, used in runs)
        rows.append(f"| {names[who]} | {seconds} | {processor} | {peak:,.0f} |")
    return rows


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--commitments", type=int, default=1_000_000)
    parser.add_argument("--nations", type=int, default=40)
    parser.add_argument("--items", type=int, default=2_000)
    parser.add_argument("--months", type=int, default=120)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="put the figures into RESULTS.md")
    parser.add_argument("--child", choices=["ours", "duckdb"])
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    pairs = options.nations * options.items
    if options.child == "ours":
        print(json.dumps(ours(options.folder, pairs, options.items, options.months)))
    elif options.child == "duckdb":
        print(
            json.dumps(
                duckdb(options.folder, pairs, options.items, options.months, options.threads)
            )
        )
    else:
        run(options)


if __name__ == "__main__":
    main()
