"""The rules P1-P15 once more, written out one by one for small scenarios, and solved by scipy.

Nothing here comes from the model that it is compared with: a variable for every pair of nations,
item, month and band, without pools, tightened numbers, or scales.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from scipy import optimize, sparse

from intendance.planning import Scenario

LARGE = 1e3
"""More than any quantity of these scenarios comes to."""

Name = tuple
Sum = dict


@dataclass
class Dense:
    """Variables by name, rows as (sum, lower, upper)."""

    scenario: Scenario
    names: dict[Name, int] = field(default_factory=dict)
    upper: list[float] = field(default_factory=list)
    integer: list[int] = field(default_factory=list)
    rows: list[tuple[Sum, float, float]] = field(default_factory=list)
    costs: dict[str, Sum] = field(default_factory=lambda: defaultdict(lambda: defaultdict(float)))

    def var(self, *name, upper=np.inf, integer=False) -> Name:
        if name not in self.names:
            self.names[name] = len(self.names)
            self.upper.append(upper)
            self.integer.append(int(integer))
        return name

    def row(self, terms, lower=-np.inf, upper=np.inf) -> None:
        total: Sum = defaultdict(float)
        constant = 0.0
        for name, value in terms:
            if name is None:
                constant += value
            else:
                total[name] += value
        self.rows.append((total, lower - constant, upper - constant))

    def charge(self, level, name, value) -> None:
        self.costs[level][name] += value

    def minimise(self, level, gap=1e-9):
        count = len(self.names)
        matrix = sparse.lil_matrix((len(self.rows), count))
        for k, (total, _, _) in enumerate(self.rows):
            for name, value in total.items():
                matrix[k, self.names[name]] = value
        costs = np.zeros(count)
        for name, value in self.costs[level].items():
            costs[self.names[name]] = value
        return optimize.milp(
            costs,
            constraints=optimize.LinearConstraint(
                matrix.tocsr(), [row[1] for row in self.rows], [row[2] for row in self.rows]
            ),
            bounds=optimize.Bounds(0, self.upper),
            integrality=self.integer,
            options={"mip_rel_gap": gap, "presolve": True},
        )


class UndecidedError(Exception):
    """Scipy found no plan for a later level, however the earlier ones were held."""


def optimum(scenario: Scenario) -> tuple[dict[str, float] | None, float]:
    """The best value of each level in its order, and the share to which they can be trusted.

    None where no plan keeps the rules. A row that holds an earlier level misleads branch and bound
    where it is too tight and lets it gain where it is too loose, so both are tried.
    """
    found = []
    for room in (1e-9, 1e-8, 1e-7):
        dense = Dense(scenario)
        write(dense)
        values: dict[str, float] = {}
        for level in scenario.settings.levels:
            result = dense.minimise(level)
            if result.x is None:
                break
            values[level] = float(result.fun)
            terms = list(dense.costs[level].items())
            dense.row(terms, upper=result.fun + room * max(1.0, abs(result.fun)))
        if not values:
            return None, 0.0
        if len(values) == len(scenario.settings.levels):
            found.append(values)
        if found and (room == 1e-8 or not any(dense.integer)):
            break
    if not found:
        raise UndecidedError
    best = min(found, key=lambda values: [round(value, 3) for value in values.values()])
    return best, 1e-5 if any(dense.integer) else 1e-6


def number(scenario, name):
    year, month = name.split("-")
    first_year, first = scenario.settings.start.split("-")
    return (int(year) - int(first_year)) * 12 + int(month) - int(first)


def year_of(scenario, month):
    year, first = scenario.settings.start.split("-")
    return (int(year) * 12 + int(first) - 1 + month) // 12


def at_step(scenario, rows, month, value, before):
    """The value of the row with the latest month not after ``month``."""
    best = None
    for row in rows:
        if number(scenario, row.month) <= month:
            if best is None or number(scenario, row.month) >= number(scenario, best.month):
                best = row
    return before if best is None else getattr(best, value)


def opening(scenario, row):
    high = row.low if row.high is None else row.high
    return {"low": row.low, "high": high, "middle": (row.low + high) / 2}[scenario.settings.opening]


def rule(scenario, sender, recipient, item):
    best = None
    for row in scenario.transfers:
        if (
            row.sender in ("*", sender)
            and row.recipient in ("*", recipient)
            and row.item in ("*", item)
        ):
            rank = (row.item != "*", row.sender != "*", row.recipient != "*")
            if best is None or rank > best[0]:
                best = (rank, row)
    return best[1] if best and best[1].allowed and sender != recipient else None


def bands(scenario, framework, item):
    rows = [(r.quantity, r.price) for r in scenario.price_bands
            if r.framework == framework and r.item == item.item]  # fmt: skip
    rows.sort()
    return rows if rows and rows[0][0] == 0 else [(0.0, item.price), *rows]


def framework_of(scenario, nation, item, month):
    for row in scenario.frameworks:
        first = number(scenario, row.start) if row.start else 0
        last = number(scenario, row.until) if row.until else scenario.settings.months
        covered = any(
            f.framework == row.framework and f.item == item for f in scenario.framework_items
        )
        if covered and first <= month <= last and (not row.members or nation in row.members):
            return row
    return None


def write(d: Dense) -> None:
    s = d.scenario
    months = range(s.settings.months)
    ends = [item for item in s.items if item.kind == "end"]
    nations = [nation.nation for nation in s.nations]
    weight = {i.item: i.price if i.weight is None else i.weight for i in s.items}
    parts: dict = defaultdict(list)  # (flow, nation, item, month) -> terms
    orders = _orders(d, ends, nations, months, parts)
    _transfers(d, ends, nations, months, parts)
    _demand(d, weight, months, parts)
    for item in ends:
        for nation in nations:
            _place(d, nation, item, weight, months, parts)
    _absorption(d, nations, ends, months, parts)
    _industry(d, ends, nations, months, parts)
    _frameworks(d, orders, ends)
    _budgets(d, orders, nations, months)


def _orders(d, ends, nations, months, parts):
    s = d.scenario
    orders = []
    for item in ends:
        lines = [line for line in s.lines if line.item == item.item]
        if not lines:
            continue
        lead = min(line.lead for line in lines)
        for nation in nations:
            for t in months:
                contract = max(0, t - lead)
                own = [row for row in s.price_index if row.item == item.item]
                of_all = [row for row in s.price_index if row.item == "*"]
                index = at_step(s, own, contract, "index", None)
                if index is None:
                    index = at_step(s, of_all, contract, "index", 1.0)
                framework = framework_of(s, nation, item.item, t)
                name = framework.framework if framework else ""
                for band, (_, price) in enumerate(bands(s, name, item) if name else
                                                  [(0.0, item.price)]):  # fmt: skip
                    var = d.var("order", nation, item.item, t, band)
                    orders.append((nation, item.item, t, name, band, price * index, var))
                    parts["in", nation, item.item, t].append((var, 1.0))
                    parts["ordered", item.item, t].append((var, 1.0))
    return orders


def _transfers(d, ends, nations, months, parts):
    s = d.scenario
    for item in ends:
        for sender in nations:
            for recipient in nations:
                row = rule(s, sender, recipient, item.item)
                if row is None:
                    continue
                for t in months:
                    var = d.var("sent", sender, recipient, item.item, t)
                    parts["out", sender, item.item, t].append((var, 1.0))
                    parts["sent", sender, item.item, t].append((var, 1.0))
                    d.charge("cost", var, row.cost)
                    parts["pay", sender, year_of(s, t)].append((var, row.cost))
                    parts["in", recipient, item.item, t + row.lead].append((var, 1.0))
    d.paid = parts


def _demand(d, weight, months, parts):
    s = d.scenario
    queues: dict = {}
    for row in s.requests:
        key = (row.nation, row.item, row.priority, "request")
        queues.setdefault(key, [0.0] * len(months))[number(s, row.month)] += row.quantity
    used = defaultdict(list)
    for row in s.expenditure:
        used[row.nation, row.item, row.priority, "expenditure"].append(row)
    for key, rows in used.items():
        queues[key] = [at_step(s, rows, t, "quantity", 0.0) for t in months]
    scale = s.settings.priority_weights
    for key, asked in queues.items():
        worth = scale[min(key[2], len(scale)) - 1] * weight[key[1]]
        waits = key[3] == "request" and s.settings.late == "back-order"
        for t in months:
            met, unmet = d.var("met", *key, t), d.var("unmet", *key, t)
            before = [(("unmet", *key, t - 1), -1.0)] if waits and t else []
            d.row([(unmet, 1.0), (met, 1.0), *before], asked[t], asked[t])
            d.charge("unmet", unmet, worth)
            parts["out", key[0], key[1], t].append((met, 1.0))


def _place(d, nation, item, weight, months, parts):
    s = d.scenario
    start = sum(opening(s, r) for r in s.stocks if (r.nation, r.item) == (nation, item.item))
    targets = [r for r in s.targets if (r.nation, r.item) == (nation, item.item)]
    swaps = [r for r in s.backfills if (r.nation, r.gives) == (nation, item.item)]
    scale = next(n.weight for n in s.nations if n.nation == nation)
    for t in months:
        stock = d.var("stock", nation, item.item, t)
        owed = sum(r.quantity for r in s.owed
                   if (r.nation, r.item, number(s, r.month)) == (nation, item.item, t))  # fmt: skip
        terms = [(stock, -1.0)]
        if t:
            terms.append((("stock", nation, item.item, t - 1), 1.0))
        if item.shelf_life is not None:
            parts["out", nation, item.item, t].append((d.var("expired", nation, item.item, t), 1))
        terms += parts["in", nation, item.item, t]
        terms += [(name, -value) for name, value in parts["out", nation, item.item, t]]
        given = owed + (0 if t else start)
        d.row(terms, -given, -given)
        d.charge("cost", stock, item.holding)
        if targets:
            target = at_step(s, targets, t, "target", 0.0)
            short = d.var("short", nation, item.item, t)
            d.row([(short, 1.0), (stock, 1.0)], lower=target)
            d.charge("shortfall", short, weight[item.item] * scale)
        if targets or swaps:
            floor = at_step(s, targets, t, "floor", 0.0) if targets else start
            freed = [(_freed(d, nation, row.gets, t, parts), row.ratio) for row in swaps]
            d.row([(stock, 1.0), *freed], lower=floor)
    if item.shelf_life is not None:
        _shelf_life(d, nation, item, months, parts)


def _freed(d, nation, item, t, parts):
    s = d.scenario
    name = d.var("freed", nation, item, t)
    came = [entry for u in range(t + 1) for entry in parts["in", nation, item, u]]
    went = [entry for u in range(t + 1) for entry in parts["sent", nation, item, u]]
    own = sum(opening(s, r) for r in s.stocks if (r.nation, r.item) == (nation, item))
    own += sum(r.quantity for r in s.owed
               if (r.nation, r.item) == (nation, item) and number(s, r.month) <= t)  # fmt: skip
    d.row([(name, 1.0), *((n, -v) for n, v in came)], upper=0.0)
    d.row([(name, 1.0), *((n, -v) for n, v in came), *went], upper=own)
    return name


def _shelf_life(d, nation, item, months, parts):
    s = d.scenario
    for t in months:
        terms = []
        due = 0.0
        for u in range(t + 1):
            terms += parts["out", nation, item.item, u]
            if u + item.shelf_life <= t:
                terms += [(name, -v) for name, v in parts["in", nation, item.item, u]]
        for row in s.stocks:
            if (row.nation, row.item) == (nation, item.item):
                if max(0, item.shelf_life - row.age) <= t:
                    due += opening(s, row)
        for row in s.owed:
            if (row.nation, row.item) == (nation, item.item):
                if number(s, row.month) + item.shelf_life <= t:
                    due += row.quantity
        d.row(terms, lower=due)


def _absorption(d, nations, ends, months, parts):
    for row in d.scenario.absorption:
        for t in months:
            terms = []
            for item in ends:
                fits = item.category == row.category if row.category else row.item in (
                    "*", item.item)  # fmt: skip
                if fits:
                    terms += parts["in", row.nation, item.item, t]
            d.row(terms, upper=row.quantity)


def _industry(d, ends, nations, months, parts):
    s = d.scenario
    arrives: dict = defaultdict(list)
    uses: dict = defaultdict(list)
    spent: dict = defaultdict(list)
    for line in s.lines:
        sets = line.setup_cost or line.setup_time or line.batch
        for t in months:
            made = d.var("made", line.line, line.item, t,
                         upper=0.0 if t < line.qualification else np.inf)  # fmt: skip
            arrives[line.item, t + line.lead].append((made, 1.0))
            uses[line.line, t].append((made, line.use))
            for part in s.components:
                if part.item == line.item:
                    spent[part.component, t].append((made, part.quantity))
            if sets:
                up = d.var("setup", line.line, line.item, t, upper=1, integer=True)
                d.row([(made, 1.0), (up, -LARGE)], upper=0.0)
                d.row([(made, 1.0), (up, -line.batch)], lower=0.0)
                uses[line.line, t].append((up, line.setup_time))
                d.charge("cost", up, line.setup_cost)
                d.paid["shared", year_of(s, t)].append((up, line.setup_cost))
    for item in ends:
        for t in months:
            taken = parts["ordered", item.item, t]
            d.row(taken + [(name, -v) for name, v in arrives[item.item, t]], 0.0, 0.0)
    _capacity(d, months, uses)
    _components(d, months, arrives, spent)


def _components(d, months, arrives, spent):
    s = d.scenario
    for item in s.items:
        if item.kind != "component":
            continue
        for t in months:
            held = d.var("held", item.item, t)
            given = sum(r.quantity for r in s.owed
                        if r.item == item.item and number(s, r.month) == t)  # fmt: skip
            if t == 0:
                given += sum(opening(s, row) for row in s.stocks if row.item == item.item)
            terms = [(held, -1.0), *arrives[item.item, t]]
            terms += [(name, -value) for name, value in spent[item.item, t]]
            if t:
                terms.append((("held", item.item, t - 1), 1.0))
            d.row(terms, -given, -given)
            d.charge("cost", held, item.holding)


def _capacity(d, months, uses):
    s = d.scenario
    for ramp in s.ramps:
        first = number(s, ramp.earliest) if ramp.earliest else 0
        for t in months:
            var = d.var("ramp", ramp.ramp, t, upper=ramp.count if t >= first else 0, integer=True)
            d.charge("cost", var, ramp.cost)
            key = ("pay", ramp.paid_by) if ramp.paid_by else ("shared",)
            d.paid[(*key, year_of(s, t))].append((var, ramp.cost))
        d.row([(("ramp", ramp.ramp, t), 1.0) for t in months], upper=ramp.count)
    for name, stated in {line.line: line.capacity for line in s.lines}.items():
        rows = [row for row in s.capacities if row.line == name]
        for t in months:
            terms = list(uses[name, t])
            for ramp in s.ramps:
                if ramp.line == name:
                    terms += [(("ramp", ramp.ramp, u), -ramp.capacity) for u in months
                              if u + ramp.lead <= t]  # fmt: skip
            d.row(terms, upper=at_step(s, rows, t, "capacity", stated))


def _frameworks(d, orders, ends):
    s = d.scenario
    for row in s.frameworks:
        mine = [o for o in orders if o[3] == row.framework]
        used = d.var("used", row.framework, upper=1, integer=True)
        d.charge("cost", used, row.fixed_cost)
        start = max(0, number(s, row.start) if row.start else 0)
        d.paid["members", row.framework, year_of(s, start)].append((used, row.fixed_cost))
        ceiling = LARGE if row.ceiling is None else row.ceiling
        d.row([*((o[-1], 1.0) for o in mine), (used, -ceiling)], upper=0.0)
        d.row([*((o[-1], 1.0) for o in mine), (used, -row.minimum)], lower=0.0)
        if row.ceiling_money is not None:
            d.row([(o[-1], o[5]) for o in mine], upper=row.ceiling_money)
        for item in ends:
            listed = bands(s, row.framework, item)
            if any(f.framework == row.framework and f.item == item.item
                   for f in s.framework_items) and len(listed) > 1:  # fmt: skip
                _bands(d, row, item, listed, [o for o in mine if o[1] == item.item])


def _bands(d, row, item, listed, mine):
    picks = [d.var("band", row.framework, item.item, b, upper=1, integer=True)
             for b in range(len(listed))]  # fmt: skip
    tops = [low for low, _ in listed[1:]] + [LARGE]
    for band, (low, _) in enumerate(listed):
        terms = [(o[-1], 1.0) for o in mine if o[4] == band]
        if row.kind == "all-units":
            d.row([*terms, (picks[band], -tops[band])], upper=0.0)
            d.row([*terms, (picks[band], -low)], lower=0.0)
        else:
            d.row([*terms, (picks[band], -(tops[band] - low))], upper=0.0)
            if band + 1 < len(listed):
                d.row([*terms, (picks[band + 1], -(tops[band] - low))], lower=0.0)
    if row.kind == "all-units":
        d.row([(name, 1.0) for name in picks], upper=1.0)


def _budgets(d, orders, nations, months):
    s = d.scenario
    limited = {row.nation for row in s.budgets}
    for nation, item, t, _, _, price, var in orders:
        rows = [r for r in s.payments if r.item == item] or [r for r in s.payments if r.item == "*"]
        for after, share in [(r.months, r.share) for r in rows] or [(0, 1.0)]:
            d.charge("cost", var, price * share)
            year = year_of(s, max(0, t + after))
            d.paid["pay", nation, year].append((var, price * share))
    members = {row.framework: row.members or tuple(nations) for row in s.frameworks}
    for key, terms in [(k, v) for k, v in d.paid.items() if k[0] in ("shared", "members")]:
        who = members[key[1]] if key[0] == "members" else nations
        shares = [d.var("share", *key, nation) for nation in who]
        d.row([*terms, *((name, -1.0) for name in shares)], 0.0, 0.0)
        for nation, name in zip(who, shares, strict=True):
            d.paid["pay", nation, key[-1]].append((name, 1.0))
    for key, terms in d.paid.items():
        if key[0] == "pay" and key[1] in limited:
            amount = sum(r.amount for r in s.budgets if (r.nation, r.year) == key[1:])
            d.row(terms, upper=amount)
