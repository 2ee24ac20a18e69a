"""Reports and statements with a known truth, from one seed, as readings for the ledger.

A report is written because something happened to one package (announced, contracted, a batch
delivered), mostly within days, some months later; it speaks of some of the package's deals and
often looks back on an earlier package. One in eight is republished elsewhere under a line of its
own, a few days later. Each report follows from the seed and its number alone.

The truth of a statement is the deal (or, for a sum of money alone, the package) it was drawn from.
Statements about several deals at once ("bringing the total to", "the allies have sent") and about
no deal (stocks, deployments) have none: both linkers see the former; neither is scored on either.

Two truths are scored: *all*, and *named*, the statements that name a kind, donors and a recipient,
or a sum of money with its parties; the others say less than a linker needs to be right.

Which choices could favour whom:

- For our rules: donors, recipient and item are identifiers from one catalogue, as our reader gives
  them, so that a block key is mostly right; nations are never misspelt; rule 6's trees are those of
  the same catalogue; the acts map to stages as in our data files. An increment says so (``basis``)
  in 45 % of the cases where an earlier deal of the same kind exists.
- For the peer: a class mentioned in place of the kind, one donor named of several, a donor or
  recipient left out, and a wrong kind all count as the deal they were drawn from, although our
  rules keep them apart on purpose (rules 2, 6 and 9). The peer is given our catalogue's root and
  class of each item as columns, and the threshold that is best for it by the truth itself.
- Against both: several deals of one donor, recipient and kind within weeks; 43 % of the figures
  missing; contradictory, rounded and open figures; undated reports; months in place of days.
- Size: deals grow as the 3/4 power of statements (a larger corpus repeats more than it adds), over
  the same years and the same donors, so that blocks grow denser with size. Of 10,000 statements'
  deals 21 % repeat donors, recipient and kind of an earlier one, of 100,000's 41 %, of 1,000,000's
  63 %; of the tracker's military lines a third (same donor and words) to a half (same donor and
  kind of item) do. Accuracy at 1,000,000 is a strain that the world does not yet offer.
"""

from __future__ import annotations

import hashlib
import random
from bisect import bisect
from collections.abc import Iterator
from datetime import date
from typing import Final

import msgspec
from _sayings import Draft, Sayings
from _world import LAST_DAY, World

from intendance.catalogue import Catalogue, load_catalogue
from intendance.terms import (
    UNKNOWN_TIME,
    Reading,
    Report,
    Statement,
    TimeSpan,
    span_of,
    statement_id,
)

READER: Final = "bench-1"
_CATALOGUE: Final = "bench"
_WORDS: Final = """
    the of to a in on for with by at from that this it was will has had been more less new old
    government ministry parliament budget minister spokesman week month year meeting partners
    support plan report paper source talks border winter spring summer autumn public debate vote
    committee office capital visit call statement answer question part line list page number
""".split()  # noqa: SIM905
_OUTLETS: Final = 60


class Told(msgspec.Struct, frozen=True):
    """A reading, and for each of its statements the deal that it was drawn from (None: none)."""

    reading: Reading
    truth: tuple[str | None, ...]


class _Plan(msgspec.Struct, frozen=True):
    """A report to be: about which package, on which day, with how many statements.

    ``of`` is the number of the report that it repeats; -1 for a report of its own.
    """

    number: int
    package: int
    day: int
    count: int
    of: int


class Corpus:
    """``size`` statements to be stored, and two batches of ``extra`` to be added afterwards.

    ``late`` are the last reports by date (a day's news), ``strewn`` are drawn from all years.
    """

    def __init__(self, size: int, seed: int = 1, extra: int = 1000) -> None:
        self.size, self.seed, self.extra = size, seed, extra
        self.catalogue = load_catalogue()
        self.world = World(self.catalogue, seed, max(20, round(1.67 * size**0.75)))
        self._sayings = Sayings(self.world)
        self._plans = self._planned()
        order = sorted(self._plans, key=lambda each: (each.day, each.number))
        chance = random.Random(f"batches {seed}")
        late = _until(reversed(order), extra)
        rest = order[: len(order) - len(late)]
        strewn = _until(iter(chance.sample(rest, len(rest))), extra)
        taken = {each.number for each in strewn}
        self._parts = {
            "stored": [each for each in rest if each.number not in taken],
            "late": late,
            "strewn": strewn,
        }

    def stored(self) -> Iterator[Told]:
        """The reports to be stored first, by date."""
        return self._told("stored", self.size)

    def batch(self, name: str) -> list[Told]:
        """The reports of the batch ``late`` or ``strewn``."""
        return list(self._told(name, self.extra))

    def _told(self, name: str, limit: int) -> Iterator[Told]:
        left = limit
        for plan in self._parts[name]:
            told = self._write(plan)
            if len(told.truth) > left:
                told = Told(
                    msgspec.structs.replace(
                        told.reading, statements=told.reading.statements[:left]
                    ),
                    told.truth[:left],
                )
            left -= len(told.truth)
            yield told
            if left <= 0:
                return

    def _planned(self) -> list[_Plan]:
        chance = random.Random(f"reports {self.seed}")
        plans: list[_Plan] = []
        wanted, found = self.size + 2 * self.extra + 100, 0
        weights = self.world.weights
        while found < wanted:
            number = len(plans)
            if plans and chance.random() < 0.12:
                first = plans[-1 - int(chance.random() * min(20, number))]
                of = first.number if first.of < 0 else first.of
                first = plans[of]
                day = min(LAST_DAY, first.day + int(chance.expovariate(0.7)))
                plans.append(_Plan(number, first.package, day, first.count, of))
            else:
                package = self.world.packages[bisect(weights, chance.random() * weights[-1])]
                count = 1 + min(11, int(chance.expovariate(0.45)))
                day = self._sayings.report_day(package, chance)
                plans.append(_Plan(number, package.number, day, count, -1))
            found += plans[-1].count
        return plans

    def _write(self, plan: _Plan) -> Told:
        first = plan if plan.of < 0 else self._plans[plan.of]
        chance = random.Random(self.seed * 1_000_003 + first.number)
        drafts = self._sayings.of_report(self.world.packages[first.package], first.day,
                                         first.count, chance)  # fmt: skip
        dated = _published(first.day, chance)
        pieces: list[str] = []
        for draft in drafts:
            pieces += [filler(chance), draft.quote]
        pieces.append(filler(chance))
        if plan.of >= 0:
            chance = random.Random(self.seed * 1_000_003 + plan.number)
            pieces[0] = f"{' '.join(chance.choices(_WORDS, k=6)).capitalize()}. {pieces[0]}"
            dated = _published(plan.day, chance)
        outlet = f"Example Outlet {int(_OUTLETS * chance.random() ** 2)}"
        return _reading(plan.number, pieces, drafts, dated, outlet)


def named(said: Statement, catalogue: Catalogue) -> bool:
    """Whether a statement names a kind (or only money), who gives and who gets."""
    what = said.item is None or catalogue.is_kind(said.item)
    taken = said.act in ("receive", "request", "need")
    gives, gets = (said.suppliers, said.actors) if taken else (said.actors, said.recipients)
    asks = said.act in ("request", "need")
    return what and bool(gets) and (asks or bool(gives))


def _until(plans: Iterator[_Plan], count: int) -> list[_Plan]:
    """The first plans with ``count`` statements between them."""
    found: list[_Plan] = []
    for plan in plans:
        found.append(plan)
        count -= plan.count
        if count <= 0:
            break
    return found


def filler(chance: random.Random) -> str:
    """Two sentences about nothing; no two reports have them alike."""
    words = chance.choices(_WORDS, k=26)
    return f"{' '.join(words[:12]).capitalize()}. {' '.join(words[12:]).capitalize()}."


def _published(day: int, chance: random.Random) -> TimeSpan:
    draw = chance.random()
    if draw < 0.1:
        return UNKNOWN_TIME
    text = date.fromordinal(day).isoformat()
    return span_of(text[:7] if draw < 0.13 else text)


def _reading(
    number: int, pieces: list[str], drafts: list[Draft], dated: TimeSpan, outlet: str
) -> Told:
    text = " ".join(pieces)
    hash_ = hashlib.sha256(text.encode()).hexdigest()
    report = Report(
        id="r" + hash_[:20],
        kind="article",
        address=f"https://example.org/{number}",
        raw_hash=hashlib.sha256(f"raw {number}".encode()).hexdigest(),
        text_hash=hash_,
        publisher=outlet,
        published=dated,
        date_from="text" if dated.known else "unknown",
        language="en",
    )
    at, found = 0, []
    for piece, draft in zip(pieces[::2], drafts, strict=False):
        start = at + len(piece) + 1
        at = start + len(draft.quote) + 1
        found.append(_statement(report.id, text, start, draft))
    reading = Reading(
        report=report, text=text, statements=tuple(found), reader=READER, catalogue=_CATALOGUE
    )
    return Told(reading, tuple(draft.truth for draft in drafts))


def _statement(report: str, text: str, start: int, draft: Draft) -> Statement:
    end = start + len(draft.quote)
    said = Statement(
        report=report,
        quote=draft.quote,
        prefix=text[max(0, start - 32) : start],
        suffix=text[end : end + 32],
        start=start,
        end=end,
        rule="bench",
        language="en",
        **draft.fields,
    )
    return msgspec.structs.replace(said, id=statement_id(said))
