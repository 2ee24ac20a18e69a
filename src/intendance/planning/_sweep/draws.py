"""One scenario drawn from what is uncertain: stocks, lead times of ramps, promises."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from intendance.planning._inputs.load import with_assumptions
from intendance.planning._rows import Owed, Record
from intendance.planning._scenario import Assumption, Scenario
from intendance.planning.checker import Horizon

FEWEST: Final = 10
"""A donor with fewer promises on record is given the rate of the whole coalition."""


def draw(scenario: Scenario, seed: int, number: int) -> Scenario:
    """Scenario ``number`` of a sweep: the same seed and number give the same one everywhere.

    Each opening stock is drawn evenly from its interval, each ramp takes one of the setting's
    ``ramp_slips`` longer, and each owed delivery with a donor is on time, late or lost at the
    rates of its record.
    """
    chance = random.Random(f"{seed}/{number}")  # noqa: S311  # no secret
    stocks = tuple(
        row
        if row.high is None
        else msgspec.structs.replace(
            row, low=(value := chance.uniform(row.low, row.high)), high=value
        )
        for row in scenario.stocks
    )
    ramps = tuple(
        msgspec.structs.replace(row, lead=row.lead + chance.choice(scenario.settings.ramp_slips))
        for row in scenario.ramps
    )
    rates = {record.donor: record for record in rates_of(scenario)}
    owed = tuple(_kept(scenario, rates, chance))
    changed = msgspec.structs.replace(scenario, stocks=stocks, ramps=ramps, owed=owed)
    return with_assumptions(changed)


def rates_of(scenario: Scenario) -> list[Record]:
    """Each donor's record, that of the coalition where its own has fewer than ten promises."""
    rows = scenario.records
    known = {row.donor: row for row in rows if row.promises >= FEWEST}
    promises = sum(row.promises for row in rows)
    late = sum(row.late for row in rows)
    whole = Record(
        donor="*",
        promises=promises,
        late=late,
        broken=sum(row.broken for row in rows),
        delay=sum(row.delay * row.late for row in rows) / late if late else 0.0,
    )
    donors = {row.donor for row in scenario.owed if row.donor}
    return [
        known.get(donor, msgspec.structs.replace(whole, donor=donor)) for donor in sorted(donors)
    ]


def sweep_assumptions(scenario: Scenario) -> Iterator[Assumption]:
    """What a sweep takes for granted, and whose record stands in for whose."""
    own = {row.donor: row.promises for row in scenario.records}
    total = sum(own.values())
    for donor in sorted({row.donor for row in scenario.owed if row.donor}):
        count = own.get(donor, 0)
        if not total:
            yield Assumption("P20", f"records {donor}", "no record: its promises are kept on time")
        elif count < FEWEST:
            text = f"{count} promises on record: the coalition's rate is used, of {total} promises"
            yield Assumption("P20", f"records {donor}", text)
        else:
            yield Assumption(
                "P20", f"records {donor}", f"its own rate is used, of {count} promises"
            )
    if any(not row.donor for row in scenario.owed):
        yield Assumption("P20", "owed", "rows without a donor arrive on time")
    slips = ", ".join(map(str, scenario.settings.ramp_slips))
    yield Assumption("P20", "ramp_slips", f"each ramp takes one of {slips} months longer")


def _kept(scenario: Scenario, rates: Mapping[str, Record], chance: random.Random) -> Iterator[Owed]:
    horizon = Horizon(scenario.settings.start, scenario.settings.months)
    for row in scenario.owed:
        luck, wait = chance.random(), chance.random()
        record = rates.get(row.donor)
        if record is None or not record.promises:
            yield row
            continue
        if luck < record.broken / record.promises:
            continue
        if luck < (record.broken + record.late) / record.promises:
            month = horizon.number(row.month) + _delay(record.delay, wait)
            if horizon.inside(month):
                yield msgspec.structs.replace(row, month=horizon.name(month))
            continue
        yield row


def _delay(mean: float, luck: float) -> int:
    """A delay of at least a month with that mean, geometric: a month late is the likeliest."""
    months, left = 1, luck
    stay = 1.0 - 1.0 / max(mean, 1.0)
    while stay > 0 and left < stay and months < _LONGEST:
        left /= stay
        months += 1
    return months


_LONGEST: Final = 600
