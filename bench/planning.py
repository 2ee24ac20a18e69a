"""Plans beside one-piece HiGHS: the linear family, kind and hostile coalitions.

    python bench/planning.py [--sizes 44k,280k] [--families base,...] [--seeds 5] [--write]

Each plan is checked by plain NumPy (`_large/_check.py`); each peer runs in a process of its own on
the same cores, stopped at the limit, where "not finished" is a lower bound of its time.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from _measure import machine
from _results import replace_section

from intendance.planning._large._families import FAMILIES, generated
from intendance.planning._large._matrix import programme
from intendance.planning._large._solve_large import solve_large

SIZES = {
    "44k": (8, 20, 36),
    "280k": (16, 50, 48),
    "1.4M": (32, 100, 60),
    "14M": (32, 1000, 60),
}
PEERS = {"IPX": "ipx", "HiPO": "hipo", "PDLP": "pdlp"}


def peer(size: str, family: str, seed: int, solver: str, limit: float, gap: float) -> None:
    """One run of HiGHS on the whole; prints its status, value and seconds as JSON."""
    import highspy

    model = programme(generated(*SIZES[size], seed=seed, family=family))  # type: ignore[arg-type]
    engine = highspy.Highs()
    engine.setOptionValue("output_flag", False)
    engine.setOptionValue("solver", solver)
    engine.setOptionValue("run_crossover", "off")
    engine.setOptionValue("time_limit", limit)
    if gap:
        engine.setOptionValue("ipm_optimality_tolerance", gap)
        engine.setOptionValue("pdlp_optimality_tolerance", gap)
    matrix = model.matrix.tocsc()
    engine.passModel(
        len(model.cost),
        len(model.row_low),
        matrix.nnz,
        int(highspy.MatrixFormat.kColwise),
        int(highspy.ObjSense.kMinimize),
        model.constant,
        model.cost,
        model.low,
        model.high,
        model.row_low,
        model.row_high,
        matrix.indptr.astype(np.int32),
        matrix.indices.astype(np.int32),
        matrix.data,
        np.zeros(len(model.cost), dtype=np.int32),
    )
    start, worked = time.monotonic(), time.process_time()
    engine.run()
    print(
        json.dumps(
            {
                "status": str(engine.getModelStatus()),
                "value": engine.getInfo().objective_function_value,
                "seconds": time.monotonic() - start,
                "worked": time.process_time() - worked,
            }
        )
    )


def beside(size: str, family: str, seed: int, name: str, limit: float, gap: float) -> Any:
    """A peer's run in a process of its own, ended a minute after its limit."""
    command = [sys.executable, __file__, "--peer", size, family, str(seed), PEERS[name]]
    command += ["--limit", str(limit), "--gap", str(gap)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=limit + 60, check=False
        )
        return json.loads(done.stdout.splitlines()[-1])
    except (subprocess.TimeoutExpired, IndexError, ValueError):
        return {"status": "not finished", "value": None, "seconds": limit, "worked": limit}


def ours(size: str, family: str, seeds: int, gap: float, seconds: float) -> dict[str, Any]:
    """Our runs of all seeds: medians, the last curve, the worst violation."""
    runs, worked = [], []
    for seed in range(seeds):
        instance = generated(*SIZES[size], seed=seed, family=family)  # type: ignore[arg-type]
        start = time.process_time()
        plan = solve_large(instance, gap=gap, seconds=seconds)
        worked.append(time.process_time() - start)
        runs.append(plan)
        ends = f"{plan.bound:.6g} to {plan.found.value:.6g}" if plan.found else f"{plan.bound:.6g}"
        print(f"{size} {family} {seed}: {plan.gap:.4f} in {plan.seconds:.1f} s, {ends}", flush=True)
    return {
        "size": size,
        "family": family,
        "seeds": seeds,
        "columns": runs[0].columns,
        "gap": median(each.gap for each in runs),
        "seconds": median(each.seconds for each in runs),
        "worked": median(worked),
        "widest": max(each.gap for each in runs),
        "worst": max(each.found.worst if each.found else np.inf for each in runs),
        "ends": [(each.bound, each.found.value if each.found else np.inf) for each in runs],
        "curve": runs[0].curve,
    }


def lines(rows: list[dict[str, Any]], peers: list[dict[str, Any]], arguments: Any) -> list[str]:
    """The section of RESULTS.md."""
    command = f"--sizes {arguments.sizes} --families {arguments.families}"
    load = Path("/proc/loadavg").read_text().split()[0]
    found = [
        "## Plans: the linear family",
        "",
        f"`python bench/planning.py {command} --seeds {arguments.seeds}`. {machine()}.",
        f"Load at the end: {load} (1 means that nothing else ran).",
        f"Stopped at a proved gap of {arguments.gap:.1%} or after {arguments.seconds:.0f} s;",
        "medians over seeds; compiling is not counted.",
        "",
        "| size | family | columns | seconds | of processor | gap | widest | worst violation |",
        "|--|--|--:|--:|--:|--:|--:|--:|",
    ]
    found.extend(
        f"| {row['size']} | {row['family']} | {row['columns']:,} | {row['seconds']:.1f} "
        f"| {row['worked']:.1f} | {row['gap']:.2%} | {row['widest']:.2%} | {row['worst']:.1e} |"
        for row in rows
    )
    found += [
        "",
        "| size | family | seed 0 by | status | seconds | of processor | from our lower | upper |",
    ]
    found += ["|--|--|--|--|--:|--:|--:|--:|"]
    for row in peers:
        value, (low, high) = row["value"], row["ends"]
        whole = row["status"].endswith("kOptimal")
        ends = f"{value / low - 1:.2%} | {high / value - 1:.2%}" if whole else "- | -"
        seconds = f"{row['seconds']:.1f}" if whole else f"> {row['seconds']:.0f}"
        found.append(
            f"| {row['size']} | {row['family']} | {row['peer']} | {row['status'].split('.')[-1]} "
            f"| {seconds} | {row['worked']:.1f} | {ends} |"
        )
    for row in rows:
        curve = [(s, lo, up) for s, lo, up in row["curve"] if np.isfinite(up)]
        step = max(1, len(curve) // 6)
        told = ", ".join(f"{(up - lo) / up:.2%} at {s:.1f} s" for s, lo, up in curve[::step])
        found.append(f"- {row['size']} {row['family']}, gap against time (seed 0): {told}.")
    return [*found, ""]


def main() -> None:
    """Runs what is asked for and prints it, or writes it into RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="44k,280k")
    parser.add_argument("--families", default=",".join(FAMILIES))
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--gap", type=float, default=0.005)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--limit", type=float, default=600.0)
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--peer", nargs=4)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    if arguments.peer:
        size, family, seed, solver = arguments.peer
        peer(size, family, int(seed), solver, arguments.limit, arguments.gap)
        return
    for _ in range(2):  # The first call may compile for longer than it is given.
        solve_large(generated(2, 3, 30, seed=0, family="scarce"), gap=1e-9, seconds=2.0)
    rows, others = [], []
    for size in arguments.sizes.split(","):
        for family in arguments.families.split(","):
            row = ours(size, family, arguments.seeds, arguments.gap, arguments.seconds)
            rows.append(row)
            for name in filter(None, arguments.peers.split(",")):
                found = beside(size, family, 0, name, arguments.limit, 0.0)
                print(name, found, flush=True)
                others.append(
                    {"size": size, "family": family, "peer": name, "ends": row["ends"][0], **found}
                )
    told = lines(rows, others, arguments)
    print("\n".join(told))
    if arguments.write:
        replace_section(Path(__file__).with_name("RESULTS.md"), "planning-linear", told)


if __name__ == "__main__":
    main()
