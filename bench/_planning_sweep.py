"""A sweep from plans nearby: how many cold plans its scenarios cost, in processor time.

    python bench/_planning_sweep.py [--size 8x20x36] [--scenarios 100] [--gap 0.02] [--integers]

Every plan passes the checker inside ``solve_near`` and proves its gap. The cold plan is that of the
first scenario, solved by ``solve`` to the same gap; one thread each.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from _coalitions import coalition
from _measure import machine
from _results import replace_section

from intendance.planning import check_plan, solve, solve_near
from intendance.planning._sweep.draws import draw


def main() -> None:
    """Plans the scenarios one after the other and prints what they cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="8x20x36")
    parser.add_argument("--scenarios", type=int, default=100)
    parser.add_argument("--gap", type=float, default=0.02)
    parser.add_argument("--integers", action="store_true", help="with set-ups, bands, minimums")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    nations, items, months = map(int, arguments.size.split("x"))
    base = coalition(nations, items, months, integers=arguments.integers)
    begun = time.process_time()
    first = solve(draw(base, 1, 0), gap=arguments.gap, time=600.0, jobs=1)
    cold = time.process_time() - begun
    near, worst, begun = 0, 0.0, time.process_time()
    for number in range(arguments.scenarios):
        scenario = draw(base, 1, number)
        plan = solve_near(scenario, gap=arguments.gap, time=600.0, jobs=1)
        assert check_plan(scenario, plan.decisions).sound
        near += plan.method.endswith("from a plan nearby")
        worst = max(worst, plan.gap.unmet, plan.gap.shortfall, plan.gap.cost)
        print(number, plan.status, f"{time.process_time() - begun:.1f} s", flush=True)
    spent = time.process_time() - begun
    options = f"--size {arguments.size} --scenarios {arguments.scenarios} --gap {arguments.gap:g}"
    options += " --integers" * arguments.integers
    figures = [str(arguments.scenarios), str(near), f"{worst:.2%}", f"{cold:.1f} s"]
    figures += [f"{spent:.1f} s", f"{spent / cold:.1f}"]
    told = [
        "## Plans: a sweep from plans nearby",
        "",
        f"`python bench/_planning_sweep.py {options}`. {machine()}.",
        f"{first.columns:,} columns; processor seconds, one thread, a second check included.",
        "",
        "| scenarios | from plans nearby | widest gap | cold plan | all | in cold plans |",
        "|--:|--:|--:|--:|--:|--:|",
        "| " + " | ".join(figures) + " |",
        "",
    ]
    print("\n".join(told))
    if arguments.write:
        replace_section(Path(__file__).with_name("RESULTS.md"), "planning-sweep", told)


if __name__ == "__main__":
    main()
