"""The answers: from positions and tables to shares, support, chains, rounds, transitions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

from intendance.catalogue import Catalogue
from intendance.forces._interop.outcome import Chain, Missing, Share, Support
from intendance.forces._interop.rows import ChainRow
from intendance.forces._types import Position
from intendance.terms import Interval, Number

_STANDARDS: Final = ("nato", "soviet", "own")
_TENTH: Final = Decimal("0.1")
NOTHING: Final = Interval(0, 0, state="stated")


def shares(found: Iterable[Position], catalogue: Catalogue) -> list[Share]:
    """By nation, class and month: what is held in each standard, and its share of the whole."""
    groups: dict[tuple[str, str, str], list[Position]] = defaultdict(list)
    for each in held(found):
        groups[(each.nation, catalogue.class_of(each.item) or "", each.month)].append(each)
    return [_share(*key, positions, catalogue) for key, positions in sorted(groups.items())]


def held(found: Iterable[Position]) -> Iterable[Position]:
    """The positions of which something may be held and an inventory says so."""
    for each in found:
        if each.stock.known and not each.expected.high == each.stock.high == 0:
            yield each


def _share(
    nation: str, class_: str, month: str, found: Sequence[Position], catalogue: Catalogue
) -> Share:
    sums = dict.fromkeys((*_STANDARDS, ""), NOTHING)
    for each in found:
        standard = catalogue.kinds[each.item].standard or ""
        sums[standard] = plus(sums[standard], each.expected)
    percents = {
        f"{name}_percent": percent(
            sums[name], total([one for other, one in sums.items() if other != name])
        )
        for name in _STANDARDS
    }
    return Share(
        nation=nation, class_=class_, month=month, nato=sums["nato"], soviet=sums["soviet"],
        own=sums["own"], unstated=sums[""], **percents,
    )  # fmt: skip


def plus(one: Interval, other: Interval) -> Interval:
    """The sum of two quantities, ends that are not stated left open."""
    low = None if one.low is None or other.low is None else one.low + other.low
    high = None if one.high is None or other.high is None else one.high + other.high
    known = low is not None or high is not None
    return Interval(low, high, approx=one.approx or other.approx,
                    state="stated" if known else "unspecified")  # fmt: skip


def total(parts: Iterable[Interval]) -> Interval:
    """The sum of some quantities."""
    found = NOTHING
    for each in parts:
        found = plus(found, each)
    return found


def percent(part: Interval, rest: Interval) -> Interval:
    """The part in percent of part and rest, to a tenth, the ends rounded outwards."""
    low = _quotient(part.low or 0, rest.high, ROUND_FLOOR)
    high = Decimal(100) if part.high is None else _quotient(part.high, rest.low or 0, ROUND_CEILING)
    if part.low in (None, 0) and part.high is None:
        low = Decimal(0)
    if low is None or high is None:
        return Interval()
    return Interval(_plain(low), _plain(high), state="stated")


def _quotient(part: Number, rest: Number | None, rounding: str) -> Decimal | None:
    if rest is None:
        return Decimal(0)
    if part + rest == 0:
        return Decimal(0)
    return (Decimal(100) * part / (Decimal(part) + rest)).quantize(_TENTH, rounding)


def _plain(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else value.normalize()


def fits(wanted: str, item: str, catalogue: Catalogue) -> bool:
    """Whether ``item`` is of the kind or in the class ``wanted``."""
    return catalogue.specialises(item, wanted) or catalogue.includes(wanted, item)


def takes(gun: str, catalogue: Catalogue) -> tuple[str, ...]:
    """What a kind fires: as it says, or else as the nearest kind that it specialises says."""
    line = (gun, *catalogue.ancestors(gun))
    found = (catalogue.kinds[one].takes for one in line if one in catalogue.kinds)
    return next((one for one in found if one), ())


def support(
    found: Iterable[Position], chains: Sequence[ChainRow], catalogue: Catalogue
) -> list[Support]:
    """Who can fire, fuel or repair whose; with its own rounds a nation stands there too."""
    positions = list(held(found))
    result = []
    for user in positions:
        kinds = takes(user.item, catalogue)
        for nation in positions:
            if any(fits(kind, nation.item, catalogue) for kind in kinds):
                result.append(_supports("fire", nation, nation.item, user, nation.expected))
            if nation.nation == user.nation:
                continue
            if catalogue.root(nation.item) == catalogue.root(user.item) and _fixed(user, catalogue):
                root = catalogue.root(user.item)
                result.append(_supports("repair", nation, root, user, nation.expected))
            fuels = _of(user.item, "fuel", chains, catalogue)
            shared = fuels & _of(nation.item, "fuel", chains, catalogue)
            result += [_supports("fuel", nation, fuel, user, Interval()) for fuel in shared]
    unique = {(e.kind, e.nation, e.item, e.user, e.for_): e for e in result}
    return [unique[key] for key in sorted(unique)]


def _fixed(position: Position, catalogue: Catalogue) -> bool:
    """Whether an item is something that is repaired, not fired."""
    return "ammunition" not in catalogue.classes(position.item)


def _supports(
    kind: str, nation: Position, item: str, user: Position, quantity: Interval
) -> Support:
    return Support(
        kind=kind,  # type: ignore[arg-type]
        nation=nation.nation, item=item, user=user.nation, for_=user.item, quantity=quantity,
    )  # fmt: skip


def _of(item: str, kind: str, chains: Sequence[ChainRow], catalogue: Catalogue) -> set[str]:
    return {row.chain for row in chains if row.kind == kind and fits(row.item, item, catalogue)}


def supply_chains(
    found: Iterable[Position], chains: Sequence[ChainRow], catalogue: Catalogue
) -> list[Chain]:
    """The distinct supply chains of each nation's fleet.

    What it fires and what it is built on come from the catalogue, unless the table names chains of
    that kind for the item; fuel and training from the table alone.
    """
    costs = {(row.kind, row.chain): row.cost_per_year for row in chains}
    needed: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for each in held(found):
        if not _fixed(each, catalogue):
            continue
        for kind in ("ammunition", "fuel", "parts", "training"):
            for chain in _of(each.item, kind, chains, catalogue) or _known(
                each.item, kind, catalogue
            ):
                needed[(each.nation, kind, chain)].add(each.item)
    return [
        Chain(
            nation=nation, kind=kind, chain=chain, items=tuple(sorted(items)),  # type: ignore[arg-type]
            cost_per_year=costs.get((kind, chain)),  # type: ignore[arg-type]
        )
        for (nation, kind, chain), items in sorted(needed.items())
    ]  # fmt: skip


def _known(item: str, kind: str, catalogue: Catalogue) -> set[str]:
    if kind == "ammunition":
        return {catalogue.root(one) for one in takes(item, catalogue)}
    return {catalogue.root(item)} if kind == "parts" else set()


def missing(found: Iterable[Position], catalogue: Catalogue) -> list[Missing]:
    """What is not of NATO standard, or of none that is stated, with what could replace it."""
    result = []
    for each in held(found):
        standard = catalogue.kinds[each.item].standard
        if standard == "nato" or each.expected.high == 0:
            continue
        line = (each.item, *catalogue.ancestors(each.item))
        able = [
            kind.id
            for kind in catalogue.kinds.values()
            if kind.standard == "nato" and any(one in kind.replaces for one in line)
        ]
        rounds = sorted({one for kind in able for one in takes(kind, catalogue)})
        result.append(
            Missing(
                nation=each.nation, item=each.item, month=each.month,
                standard=standard or "unstated", expected=each.expected,
                replaced_by=tuple(sorted(able)), ammunition=tuple(rounds),
            )
        )  # fmt: skip
    return result
