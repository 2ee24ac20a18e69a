"""The demand book: what all nations ask for, each one's share of output and of set-up cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from intendance.planning._demand.rows import (
    TIERS,
    AllottedRow,
    AskedRow,
    Demand,
    Output,
    PooledRow,
    Round,
    SetupRow,
)
from intendance.planning._demand.sharing import WHOLE, Claim, by_rule, proportional

Submissions = Mapping[str, tuple[Demand, ...]]

_CENT: Final = Fraction(1, 100)
_DIGITS: Final = Decimal("0.000001")

RULES: Final = {
    "pro-rata": "Within firm, likely and optional demand output is shared in proportion to what"
    " is asked.",
    "priority": "Within firm, likely and optional demand output goes to delivery priority 1 first,"
    " then 2, and so on; within one priority in proportion to what is asked.",
}
SHARED: Final = (
    "Output meets firm demand first, then likely, then optional.",
    "What is left of an item is offered to those who accept it as a variant, in the same order.",
    "What is not met in a year is not carried into the next.",
)
WHOLES: Final = "Shares of output are whole units, what rounding leaves goes by largest remainder."
SETUP: Final = (
    "The cost of setting up for an item is shared in proportion to what is allotted of it over all"
    " years (asked for it, where nothing is allotted), to the cent."
)


def rules_of(found: Round) -> tuple[str, ...]:
    """In words, how output and cost are shared."""
    return (*SHARED[:1], RULES[found.rule], *SHARED[1:], *([WHOLES] if found.whole else ()), SETUP)


def asked_rows(submissions: Submissions) -> tuple[AskedRow, ...]:
    """Every row of every nation, by nation, item and year."""
    return tuple(
        AskedRow(
            nation,
            row.item,
            row.year,
            row.firm,
            row.likely,
            row.optional,
            row.funding,
            row.priority,
            row.variants,
            row.caveats,
        )
        for nation in sorted(submissions)
        for row in sorted(submissions[nation], key=lambda each: (each.item, each.year))
    )


def shared_out(
    found: Round, asked: tuple[AskedRow, ...], outputs: Iterable[Output]
) -> tuple[tuple[PooledRow, ...], tuple[AllottedRow, ...]]:
    """Demand pooled by item and year, and each nation's share of each item's output."""
    stated = {(row.item, row.year): Fraction(row.quantity) for row in outputs}
    pooled: list[PooledRow] = []
    allotted: list[AllottedRow] = []
    for year in sorted({row.year for row in asked} | {year for _, year in stated}):
        rows = [row for row in asked if row.year == year]
        here = {item: amount for (item, each), amount in stated.items() if each == year}
        claims = [_claim(row) for row in rows]
        given = _allot(found, claims, here)
        allotted += _shares(rows, here, given, year)
        met: defaultdict[str, Fraction] = defaultdict(Fraction)
        taken: defaultdict[str, Fraction] = defaultdict(Fraction)
        for (_, wanted, item), part in given.items():
            met[wanted] += part
            taken[item] += part
        pooled += [
            _pooled(item, year, rows, here.get(item), met[item], taken[item])
            for item in sorted({row.item for row in rows} | set(here))
        ]
    return tuple(pooled), tuple(allotted)


def setup_shares(
    asked: tuple[AskedRow, ...], shares: tuple[AllottedRow, ...], outputs: Iterable[Output]
) -> tuple[SetupRow, ...]:
    """What each nation pays of setting up for each item that costs something."""
    costs: defaultdict[str, Fraction] = defaultdict(Fraction)
    for row in outputs:
        costs[row.item] += Fraction(row.setup_cost)
    found = []
    for item in sorted(name for name, cost in costs.items() if cost > 0):
        parts = _parts(shares, item) or _asked(asked, item)
        total = sum(parts.values(), Fraction(0))
        if total == 0:
            continue
        # The cost as a share of a total that is larger, so that nobody's part is cut off.
        scaled = {nation: part / total * costs[item] * 2 for nation, part in parts.items()}
        amounts = proportional(costs[item], scaled, _CENT)
        for nation in sorted(parts):
            share = _decimal(parts[nation] / total, _DIGITS)
            found.append(SetupRow(nation, item, share, _decimal(amounts[nation], Decimal("0.01"))))
    return tuple(found)


def warnings_of(
    named: set[str], asked: tuple[AskedRow, ...], outputs: tuple[Output, ...]
) -> list[str]:
    """What a reader of the book must know; ``named`` are those who have submitted."""
    said = []
    for row in asked:
        if row.firm > 0 and row.funding != "funded":
            funding = row.funding or "funding not stated"
            said.append(f"{row.nation} {row.item} {row.year}: firm, but {funding}")
    stated = {(row.item, row.year) for row in outputs}
    for item, year in sorted({(row.item, row.year) for row in asked} - stated):
        if outputs:
            said.append(f"{item} {year}: no output is stated; shares are those of the demand")
    if not outputs:
        said.append("No output is stated: shares are those of the demand.")
    paid = {row.item for row in outputs if row.setup_cost > 0}
    wanted = {item for row in asked if _total(row) for item in (row.item, *row.variants)}
    said += [f"{item}: nobody asks for it and shares its set-up" for item in sorted(paid - wanted)]
    empty = named - {row.nation for row in asked if _total(row)}
    return said + [f"{nation} asks for nothing" for nation in sorted(empty)]


def _claim(row: AskedRow) -> Claim:
    wanted = {tier: Fraction(getattr(row, tier)) for tier in TIERS}
    return Claim(row.nation, row.item, row.priority, row.variants, wanted)


def _allot(
    found: Round, claims: list[Claim], stated: Mapping[str, Fraction]
) -> dict[tuple[str, str, str], Fraction]:
    """By nation, wanted item and item that is given instead or is the same."""
    step = WHOLE if found.whole else None
    left = dict(stated)
    given: dict[tuple[str, str, str], Fraction] = {}
    for as_variant in (False, True):
        for item in sorted(left):
            takers = [
                claim
                for claim in claims
                if (item in claim.variants if as_variant else item == claim.item)
            ]
            for (nation, wanted), part in by_rule(left[item], takers, found.rule, step).items():
                given[nation, wanted, item] = part
                left[item] -= part
    return given


def _shares(
    rows: list[AskedRow],
    stated: Mapping[str, Fraction],
    given: Mapping[tuple[str, str, str], Fraction],
    year: int,
) -> Iterator[AllottedRow]:
    for row in rows:
        asked = _total(row)
        if row.item not in stated:
            pool = sum((_total(each) for each in rows if each.item == row.item), Fraction(0))
            share = _decimal(asked / pool, _DIGITS) if pool else Decimal(0)
            yield AllottedRow(row.nation, row.item, row.item, year, _plain(asked), None, share)
        for item in sorted({row.item, *row.variants} & set(stated)):
            part = given.get((row.nation, row.item, item), Fraction(0))
            if item == row.item or part:
                share = _decimal(part / stated[item], _DIGITS) if stated[item] else Decimal(0)
                yield AllottedRow(
                    row.nation, row.item, item, year, _plain(asked), _plain(part), share
                )


def _pooled(
    item: str,
    year: int,
    rows: list[AskedRow],
    output: Fraction | None,
    met: Fraction,
    taken: Fraction,
) -> PooledRow:
    own = [row for row in rows if row.item == item]
    tiers = {tier: _plain(sum((getattr(row, tier) for row in own), Decimal(0))) for tier in TIERS}
    accepted = sum((_total(row) for row in rows if item in row.variants), Fraction(0))
    return PooledRow(
        item,
        year,
        sum(_total(row) > 0 for row in own),
        accepted=_plain(accepted),
        output=None if output is None else _plain(output),
        met=_plain(met) if output is not None or met else None,
        left=None if output is None else _plain(output - taken),
        **tiers,
    )


def _parts(shares: tuple[AllottedRow, ...], item: str) -> dict[str, Fraction]:
    parts: defaultdict[str, Fraction] = defaultdict(Fraction)
    for row in shares:
        if row.item == item and row.quantity:
            parts[row.nation] += Fraction(row.quantity)
    return dict(parts)


def _asked(asked: tuple[AskedRow, ...], item: str) -> dict[str, Fraction]:
    parts: defaultdict[str, Fraction] = defaultdict(Fraction)
    for row in asked:
        if row.item == item and _total(row):
            parts[row.nation] += _total(row)
    return dict(parts)


def _total(row: AskedRow) -> Fraction:
    return Fraction(row.firm + row.likely + row.optional)


def _plain(value: Fraction | Decimal) -> Decimal:
    """Without trailing zeros or an exponent; at six digits where it has no end."""
    exact = _decimal(Fraction(value), _DIGITS)
    return exact.to_integral_value() if exact == exact.to_integral_value() else exact.normalize()


def _decimal(value: Fraction, digits: Decimal) -> Decimal:
    places = Fraction(digits)
    return Decimal(round(value / places)) * digits
