"""A sweep from plans nearby: how many cold plans its scenarios cost, in processor time.

    python bench/_planning_sweep.py [--sizes 4x14x18,8x20x36] [--scenarios 100] [--integers]

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


def row(size: str, arguments: argparse.Namespace) -> str:
    """Plans the scenarios of one size one after the other; what they cost."""
    nations, items, months = map(int, size.split("x"))
    base = coalition(nations, items, months, integers=arguments.integers)
    begun = time.process_time()
    first = solve(draw(base, 1, 0), gap=arguments.gap, time=600.0, jobs=1)
    cold = time.process_time() - begun
    near, worst, last, before, begun = 0, 0.0, 0.0, 0.0, time.process_time()
    for number in range(arguments.scenarios):
        scenario = draw(base, 1, number)
        plan = solve_near(scenario, gap=arguments.gap, time=600.0, jobs=1)
        assert check_plan(scenario, plan.decisions).sound
        near += plan.method.endswith("from a plan nearby")
        worst = max(worst, plan.gap.unmet, plan.gap.shortfall, plan.gap.cost)
        now = time.process_time() - begun
        print(size, number, plan.status, f"{now:.1f} s", plan.method, flush=True)
        if number >= 2:  # by then the basis of a plan nearby is there
            last += now - before
        before = now
    spent = time.process_time() - begun
    each = last / max(1, arguments.scenarios - 2)
    figures = [size, f"{first.columns:,}", str(arguments.scenarios), str(near), f"{worst:.2%}"]
    figures += [f"{cold:.1f} s", f"{spent:.1f} s", f"{spent / cold:.1f}", f"{each:.2f} s"]
    return "| " + " | ".join(figures) + " |"


def main() -> None:
    """Plans scenarios of each size and prints what they cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="4x14x18,8x20x36")
    parser.add_argument("--scenarios", type=int, default=100)
    parser.add_argument("--gap", type=float, default=0.02)
    parser.add_argument("--integers", action="store_true", help="with set-ups, bands, minimums")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    rows = [row(size, arguments) for size in arguments.sizes.split(",")]
    options = f"--sizes {arguments.sizes} --scenarios {arguments.scenarios}"
    options += f" --gap {arguments.gap:g}" + " --integers" * arguments.integers
    told = [
        "## Plans: a sweep from plans nearby",
        "",
        f"`python bench/_planning_sweep.py {options}`. {machine()}.",
        "Processor seconds, one thread, drawing and a second check included.",
        "Cold: one plan from nothing, to the same gap; each later: from the third scenario on.",
        "",
        "| size | columns | scenarios | nearby | widest gap | cold | all | in cold | each later |",
        "|--|--:|--:|--:|--:|--:|--:|--:|--:|",
        *rows,
        "",
    ]
    print("\n".join(told))
    if arguments.write:
        name = "planning-sweep-integers" if arguments.integers else "planning-sweep"
        replace_section(Path(__file__).with_name("RESULTS.md"), name, told)


if __name__ == "__main__":
    main()
