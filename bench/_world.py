"""The truth that the bench's statements are drawn from: who promised whom what, what came of it.

Everything follows from one seed. The shape is that of published figures, not of our rules: of the
976 military lines of the Kiel Institute's Ukraine Support Tracker of January 2023, 32 % are one
donor's and 13 % the next one's (here: Zipf with exponent 1.1 over 40 donors); the largest specific
kind has 6 % (Zipf 0.8 over 300 kinds); 43 % state no number; six packages in ten have one line, a
few have dozens.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import Final

import msgspec

from intendance.catalogue import Catalogue

FIRST_DAY: Final = date(2022, 2, 1).toordinal()
LAST_DAY: Final = date(2026, 6, 30).toordinal()
KINDS, DONORS = 300, 40
RECIPIENTS: Final = (
    "UKR", "MDA", "POL", "SVK", "EST", "LVA", "LTU", "ROU", "CZE", "FIN", "GEO", "BIH"
)  # fmt: skip
_DONORS: Final = (
    "USA", "DEU", "GBR", "CZE", "EST", "CAN", "NOR", "LTU", "ESP", "LUX", "NLD", "AUS", "BEL",
    "DNK", "POL", "FRA", "SWE", "FIN", "ITA", "LVA", "SVK", "PRT", "GRC", "SVN", "HRV", "BGR",
    "ROU", "AUT", "IRL", "JPN", "KOR", "TUR", "NZL", "ISL", "MKD", "ALB", "MNE", "CYP", "TWN",
    "HUN",
)  # fmt: skip
_MAIN_RECIPIENT: Final = 0.7
CURRENCY: Final = {"USA": "USD", "GBR": "GBP", "NOR": "NOK", "DNK": "DKK", "SWE": "SEK"}


class Deal(msgspec.Struct, frozen=True):
    """One commitment. Days are ordinals; ``quantity`` None where it was never made public.

    ``deliveries`` are (day, how many by then); ``earlier`` are the deals of the same donors,
    recipient and kind that were promised before; ``ended`` the day on which it was called off.
    """

    number: int
    package: int
    recipient: str
    donors: tuple[str, ...]
    kind: str
    promised: int
    quantity: int | None
    contracted: int | None
    deliveries: tuple[tuple[int, int], ...]
    ended: int | None
    money: int | None
    """Millions of the first donor's currency."""
    asked: bool
    """A request by the recipient; nobody has promised it."""
    earlier: tuple[int, ...]


class Package(msgspec.Struct, frozen=True):
    """What was announced together on ``day``; ``money`` is its total in millions."""

    number: int
    day: int
    deals: tuple[int, ...]
    money: int | None
    name: str


class World:
    """All deals and packages of a seed; ``weights`` how much is written about each package."""

    def __init__(self, catalogue: Catalogue, seed: int, deals: int) -> None:
        self.catalogue = catalogue
        self._chance = random.Random(f"world {seed}")
        self._kinds = self._popular(catalogue)
        self._kind_weights = _zipf(len(self._kinds), 0.8)
        self._donor_weights = _zipf(DONORS, 1.1)
        self._recipient_weights = [
            _MAIN_RECIPIENT, *(w * (1 - _MAIN_RECIPIENT) for w in _shares(len(RECIPIENTS) - 1, 0.7))
        ]  # fmt: skip
        self.deals: list[Deal] = []
        self.packages: list[Package] = []
        self._same: dict[tuple[object, ...], list[int]] = {}
        days = sorted(self._day() for _ in range(deals))
        while len(self.deals) < deals:
            self._announce(days[len(self.deals)])
        self.weights = list(
            accumulate(
                self._chance.lognormvariate(0, 1.2) * math.sqrt(len(each.deals))
                for each in self.packages
            )
        )

    def recent(self, package: Package, chance: random.Random) -> Package:
        """A package announced before, by the like of whom reports look back on."""
        number = max(0, package.number - 1 - int(chance.expovariate(1 / 200)))
        return self.packages[number]

    def _popular(self, catalogue: Catalogue) -> list[str]:
        """300 kinds in an order drawn by lot, whole trees together so that wider kinds exist."""
        roots = sorted({catalogue.root(kind) for kind in catalogue.kinds})
        self._chance.shuffle(roots)
        trees: dict[str, list[str]] = {root: [] for root in roots}
        for kind in sorted(catalogue.kinds):
            trees[catalogue.root(kind)].append(kind)
        # Trees with several kinds are what reports are full of, but they are one in seven; every
        # other place goes to one of them, so that rule 6 has something to do.
        deep = [kind for root in roots if len(trees[root]) > 1 for kind in trees[root]]
        flat = [kind for root in roots if len(trees[root]) == 1 for kind in trees[root]]
        some = deep[: KINDS // 2] + flat[: KINDS - KINDS // 2]
        self._chance.shuffle(some)
        return some

    def _day(self) -> int:
        """More is announced in the first year than later."""
        span = LAST_DAY - FIRST_DAY
        return FIRST_DAY + int(span * self._chance.random() ** 1.4)

    def _announce(self, day: int) -> None:
        chance = self._chance
        recipient = chance.choices(RECIPIENTS, self._recipient_weights)[0]
        asked = chance.random() < 0.06
        donors = self._who(recipient) if not asked else ()
        size = 1 if chance.random() < 0.6 else 2 + int(chance.expovariate(1 / 4))
        if chance.random() < 0.01:
            size = chance.randint(12, 60)
        number = len(self.packages)
        kinds = dict.fromkeys(chance.choices(self._kinds, self._kind_weights, k=size))
        mine = [self._deal(number, recipient, donors, kind, day, asked) for kind in kinds]
        name = "-".join([*donors[:1], date.fromordinal(day).isoformat()]).lower()
        money = max(1, int(chance.lognormvariate(4.5, 1.3))) if chance.random() < 0.5 else None
        self.packages.append(Package(number, day, tuple(mine), money, name))

    def _who(self, recipient: str) -> tuple[str, ...]:
        count = 1 if self._chance.random() > 0.05 else self._chance.randint(2, 4)
        found: dict[str, None] = {}
        while len(found) < count:
            donor = self._chance.choices(_DONORS, self._donor_weights)[0]
            if donor != recipient:
                found[donor] = None
        return tuple(sorted(found))

    def _deal(
        self,
        package: int,
        recipient: str,
        donors: tuple[str, ...],
        kind: str,
        day: int,
        asked: bool,
    ) -> int:
        chance, number = self._chance, len(self.deals)
        # "What was promised" is often a round number, "undisclosed" as often not a number at all.
        quantity = None if chance.random() < 0.3 else _round_number(chance)
        ended = day + chance.randint(5, 300) if chance.random() < 0.02 else None
        contracted = day + int(chance.expovariate(1 / 60)) if chance.random() < 0.35 else None
        same = self._same.setdefault((recipient, donors, kind, asked), [])
        self.deals.append(
            Deal(
                number=number,
                package=package,
                recipient=recipient,
                donors=donors,
                kind=kind,
                promised=day,
                quantity=quantity,
                contracted=None if asked else contracted,
                deliveries=() if asked or ended else self._deliveries(day, quantity),
                ended=None if asked else ended,
                money=max(1, int(chance.lognormvariate(3.2, 1.4)))
                if chance.random() < 0.2
                else None,
                asked=asked,
                earlier=tuple(same),
            )
        )
        same.append(number)
        return number

    def _deliveries(self, day: int, quantity: int | None) -> tuple[tuple[int, int], ...]:
        chance = self._chance
        if chance.random() < 0.2:
            return ()
        batches = 1 if quantity in (None, 1) or chance.random() < 0.5 else chance.randint(2, 5)
        total = quantity or 1
        steps = sorted({max(1, round(total * (n + 1) / batches)) for n in range(batches)})
        found, at = [], day
        for step in steps:
            at += 3 + int(chance.expovariate(1 / 75))
            found.append((at, step))
        return tuple(found)


def _round_number(chance: random.Random) -> int:
    """A count as announcements give it: small ones exact, large ones round."""
    low = int(chance.lognormvariate(2.6, 1.6)) + 1
    if low <= 20 or chance.random() < 0.25:
        return low
    digits = int(10 ** (len(str(low)) - 1))
    return max(1, round(low / digits * 2)) * digits // 2


def _zipf(count: int, exponent: float) -> list[float]:
    return [1 / rank**exponent for rank in range(1, count + 1)]


def _shares(count: int, exponent: float) -> Sequence[float]:
    weights = _zipf(count, exponent)
    return [weight / sum(weights) for weight in weights]
