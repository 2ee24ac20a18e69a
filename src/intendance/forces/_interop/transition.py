"""Complete rounds, and going from an old kind to a new one year by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from intendance.catalogue import Catalogue
from intendance.forces._extra import extra
from intendance.forces._interop.answers import NOTHING, fits, held, percent, plus, takes
from intendance.forces._interop.outcome import Lasts, Rounds, TransitionYear
from intendance.forces._interop.rows import ApprovalRow, TransitionRow
from intendance.forces._types import Position
from intendance.terms import IntendanceError, Interval, Number, subtract

Stocks = dict[str, int]


def complete_rounds(
    found: Iterable[Position], approvals: Sequence[ApprovalRow], catalogue: Catalogue
) -> list[Rounds]:
    """How many complete approved rounds each nation can make up for each gun by itself.

    The most that shells, charges, fuzes and primers allow, by integer optimisation; once with the
    least that is expected of each, once with the most.
    """
    by_nation: dict[tuple[str, str], list[Position]] = defaultdict(list)
    for each in held(found):
        by_nation[(each.nation, each.month)].append(each)
    result = []
    for (nation, month), positions in sorted(by_nation.items()):
        for gun in sorted({row.gun for row in approvals}):
            rows = [_parts(row) for row in approvals if row.gun == gun]
            names = sorted({name for row in rows for name in row})
            least, most = (_stocks(names, positions, end, catalogue) for end in ("low", "high"))
            if not any(most.values()):
                continue
            low, short = _most(rows, least)
            high, _ = _most(rows, most)
            result.append(
                Rounds(
                    nation=nation, gun=gun, month=month,
                    complete=Interval(low, high, state="stated"), short_of=short,
                )
            )  # fmt: skip
    return result


def _parts(row: ApprovalRow) -> tuple[str, ...]:
    named = (row.shell, row.charge, row.fuze, row.primer)
    return tuple(name for name in named if name is not None)


def _stocks(
    names: Sequence[str], positions: Sequence[Position], end: str, catalogue: Catalogue
) -> Stocks:
    found: Stocks = {}
    for name in names:
        ends = [
            getattr(each.expected, end)
            for each in positions
            if catalogue.specialises(each.item, name)
        ]
        # Where nobody states an upper end, what is known is all that can be counted on.
        found[name] = int(sum(one for one in ends if one is not None))
    return found


def _most(rows: Sequence[tuple[str, ...]], stocks: Stocks) -> tuple[int, tuple[str, ...]]:
    """The most rounds, and the parts of which one more would make more, else those used up."""
    np, optimize = extra("numpy"), extra("scipy.optimize")
    names = sorted(stocks)
    use = np.array([[row.count(name) for row in rows] for name in names], dtype=float)

    def most(limits: Stocks) -> int:
        outcome = optimize.milp(
            -np.ones(len(rows)),
            constraints=optimize.LinearConstraint(use, ub=[limits[name] for name in names]),
            integrality=np.ones(len(rows)),
        )
        return round(-float(outcome.fun))

    made = most(stocks)
    short = [name for name in names if most({**stocks, name: stocks[name] + 1}) > made]
    return made, tuple(short or (name for name in names if not stocks[name]))


def transition(
    found: Iterable[Position], rows: Sequence[TransitionRow], catalogue: Catalogue
) -> list[TransitionYear]:
    """Each year of each transition, from the positions at its beginning.

    The old kind fires what it has at the beginning of a year times ``rounds_each``; the ammunition
    is what the nation expects to hold of all that the old kind takes. Raises IntendanceError
    ``forces.value`` where more is retired than there is, ``forces.requirement`` where no inventory
    says what there is of the old kind.
    """
    positions = list(held(found))
    result: list[TransitionYear] = []
    groups: dict[tuple[str, str, str], list[TransitionRow]] = defaultdict(list)
    for row in rows:
        groups[(row.nation, row.old, row.new)].append(row)
    for (nation, old, new), years in groups.items():
        mine = [each for each in positions if each.nation == nation]
        left = _sum(each.expected for each in mine if catalogue.specialises(each.item, old))
        if left is None:
            raise IntendanceError(
                "forces.requirement", expected=f"an inventory row of {nation} {old}", got="none",
                where=years[0].where,
            )  # fmt: skip
        gained = _sum(each.expected for each in mine if catalogue.specialises(each.item, new))
        kinds = takes(old, catalogue)
        rounds = _sum(
            each.expected for each in mine if any(fits(one, each.item, catalogue) for one in kinds)
        )
        result += _years(years, left, gained or NOTHING, rounds or NOTHING)
    return result


def _years(
    years: Sequence[TransitionRow], left: Interval, gained: Interval, rounds: Interval
) -> list[TransitionYear]:
    result = []
    crews = gained
    short: Lasts = "yes"
    for row in years:
        if left.high is not None and row.retire > left.high:
            raise IntendanceError(
                "forces.value", expected=f"at most what is left, {left.high}", got=str(row.retire),
                where=f"{row.where}, field 'retire'",
            )  # fmt: skip
        needed = _times(left, row.rounds_each)
        short = _worse(short, _lasts(rounds, needed))
        rounds = subtract(rounds, needed)
        left = subtract(left, _exactly(row.retire))
        gained = plus(gained, _exactly(row.receive + row.build))
        crews = plus(crews, _exactly(row.train))
        result.append(
            TransitionYear(
                nation=row.nation, old=row.old, new=row.new, year=row.year, old_held=left,
                new_held=gained, crewed=_least(gained, crews), new_percent=percent(gained, left),
                rounds_needed=needed, rounds_left=rounds, lasts=short,
            )
        )  # fmt: skip
    return result


def _sum(parts: Iterable[Interval]) -> Interval | None:
    found: Interval | None = None
    for each in parts:
        found = each if found is None else plus(found, each)
    return found


def _plain(value: Decimal | int) -> Number:
    whole = Decimal(value)
    return int(whole) if whole == whole.to_integral_value() else whole.normalize()


def _exactly(value: Decimal) -> Interval:
    return Interval(_plain(value), _plain(value), state="stated")


def _times(held_: Interval, each: Decimal) -> Interval:
    low = None if held_.low is None else _plain(held_.low * each)
    high = None if held_.high is None else _plain(held_.high * each)
    return Interval(low, high, state=held_.state)


def _least(one: Interval, other: Interval) -> Interval:
    low = min(one.low or 0, other.low or 0)
    highs = [each for each in (one.high, other.high) if each is not None]
    return Interval(low, min(highs, default=None), state="stated")


def _lasts(rounds: Interval, needed: Interval) -> Lasts:
    if needed.high is not None and rounds.low is not None and rounds.low >= needed.high:
        return "yes"
    if rounds.high is not None and needed.low is not None and rounds.high < needed.low:
        return "no"
    return "maybe"


def _worse(one: Lasts, other: Lasts) -> Lasts:
    order: tuple[Lasts, ...] = ("no", "maybe", "yes")
    return min(one, other, key=order.index)
