"""A row of the tracker as statements: what was announced, delivered, paid and shared."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Final

import msgspec

from intendance.exchange._kiel.donors import Donors
from intendance.exchange._kiel.items import Items, Thing
from intendance.exchange._kiel.line import Fault, Line, amount_of, count_of, date_of, stated
from intendance.exchange._kiel.shares import Share, share_words
from intendance.exchange._kiel.survey import Survey
from intendance.exchange._kiel.words import plain, words
from intendance.ledger import cited_as
from intendance.terms import (
    UNKNOWN_TIME,
    UNSPECIFIED,
    IntendanceError,
    Interval,
    Money,
    Statement,
    TimeSpan,
    at_least,
    exactly,
    money,
)

_PACKAGE: Final = re.compile(r"[A-Z]{2,4}\d+\b")

Make = Callable[..., Statement]
"""Makes a statement of a row: the rule, the columns that it rests on, and its fields."""

HUMANITARIAN = "humanitarian-aid"
FINANCING = "financing"
AID = "military-aid"


@cache
def _inside_pattern() -> re.Pattern[str]:
    found = share_words()
    before = "|".join(map(re.escape, found.inside))
    return re.compile(rf"\b(?:{before})\b[^.;]{{0,{found.reach}}}?\b([A-Z]{{2,4}}\d+)\b")


class Told(msgspec.Struct, gc=False):
    """What a row says before it becomes statements."""

    line: Line
    donor: str
    kind: str
    announced: TimeSpan
    units: Interval
    delivered: Interval
    thing: Thing | None
    share: Share | None
    package: str
    cited: tuple[str, ...]
    currency: str | None


class Teller:
    """Tells rows; ``comma`` is whether decimals may be written with one."""

    def __init__(self, found: Survey, items: Items, donors: Donors, *, comma: bool) -> None:
        self._survey = found
        self._items = items
        self._donors = donors
        self._comma = comma
        self._amounts: set[int] = set()

    def understand(self, line: Line) -> Told:
        """The row's cells as the catalogue's names and as intervals. Raises Fault."""
        if not stated(line.package):
            raise Fault("package", "package", line.package)
        donor = self._donors.of(line.donor)
        if donor is None:
            raise Fault("donor", "donor", line.donor)
        share = self._survey.shares.get(line.number)
        if share is not None and share.sort == "unknown":
            raise Fault("units", "share", line.units)
        cited = (cited_as(line.sources[0]),) if line.sources else ()
        return Told(
            line,
            donor,
            kind_of(line.kind),
            date_of(line.announced),
            count_of(line.units, self._comma, "units"),
            count_of(line.delivered, self._comma, "delivered"),
            self._thing(line),
            share,
            f"kiel:{line.package}",
            cited,
            currency_of(line.currency),
        )

    def _thing(self, line: Line) -> Thing | None:
        if not stated(line.item):
            return None
        found = self._items.of(line.item, line.item_subtype, line.item_type)
        if found.item is None:
            raise Fault("item", "item", line.item)
        return found

    def tell(self, told: Told, make: Make) -> list[Statement]:
        """The statements of a row, the package's own total first; there is always one at least."""
        given = _is_given(told.line.value_source)
        total = self._total(told, make, given=given)
        found = [] if total is None else [total]
        if told.thing is not None:
            self._item(told, make, found, given=given)
        part = self._part(told, make, given=given, whole=total is not None)
        if part is not None:
            found.append(part)
        price = self._price(told, make)
        if price is not None:
            found.append(price)
        return found or [self._bare(told, make)]

    def _total(self, told: Told, make: Make, *, given: bool) -> Statement | None:
        """The package's own total; one that the tracker worked out is an assessment."""
        amount = self._money(told, told.line.total, "total")
        if amount is None:
            return None
        inside = self._inside(told.line)
        act = "assess" if not given else "promise" if inside is None else "allocate"
        return make(
            "kiel:total", ("total", "currency"), act=act, certainty="announced",
            item=typed(told), money=amount, package=told.package, live=given, inside=inside,
        )  # fmt: skip

    def _inside(self, line: Line) -> str | None:
        """The package of which this one's money is a part, by the words of the explanation."""
        # Most explanations have none of the words, or no other package's name: that is seen sooner.
        said = line.explanation
        for word in share_words().inside:
            if word in said:
                break
        else:
            return None
        if all(name == line.package for name in _PACKAGE.findall(said)):
            return None
        for match in _inside_pattern().finditer(said):
            if match[1] != line.package and hash(match[1]) in self._survey.totals:
                return match[1]
        return None

    def _item(self, told: Told, make: Make, found: list[Statement], *, given: bool) -> None:
        """What is given of the thing, and what of that is set aside and delivered."""
        line, thing = told.line, told.thing
        assert thing is not None  # noqa: S101
        fields: dict[str, Any] = {
            "item": HUMANITARIAN if told.kind == "humanitarian" else thing.item,
            "item_text": line.item,
            "unit": thing.unit,
            "package": told.package,
        }
        share = told.share
        if share is not None:
            fields |= _shared(told, share)
        amount = self._own_amount(told) if given else None
        act = "finance" if share is not None and share.giver else "promise"
        found.append(
            make(
                "kiel:item" if share is None else f"kiel:{share.sort}", ("item", "units"),
                act=act, certainty="announced", quantity=told.units, money=amount, **fields,
            )
        )  # fmt: skip
        if _is_allocated(line.donation):
            found.append(
                make(
                    "kiel:allocated", ("item", "units", "donation"), act="allocate",
                    certainty="done", quantity=told.units, **fields,
                )
            )  # fmt: skip
        if told.delivered is not UNSPECIFIED:
            found.append(self._delivered(told, make, fields))

    def _delivered(self, told: Told, make: Make, fields: dict[str, Any]) -> Statement:
        """So many delivered: 0 is "not yet", undisclosed counts where a source says delivered."""
        line, counted = told.line, told.delivered
        sourced = stated(line.delivery_source)
        if told.share is not None and counted.known:
            counted = self._of_share(told, counted)
        none = counted.high == 0
        cited = (cited_as(line.delivery_source),) if sourced else told.cited
        return make(
            "kiel:delivered", ("item", "delivered"), act="deliver", certainty="done",
            polarity="negative" if none else "positive",
            quantity=UNSPECIFIED if none else counted,
            live=counted.known or sourced, attribution=cited, time=UNKNOWN_TIME, **fields,
        )  # fmt: skip

    def _of_share(self, told: Told, counted: Interval) -> Interval:
        """What was delivered of a whole: the sum over its rows, else at least this share."""
        total = self._survey.delivered.get(told.line.number)
        if total is not None:
            return exactly(total, counted.text)
        if told.share is not None and told.share.sort == "joint" and counted.low:
            return at_least(counted.low, counted.text)
        return counted

    def _part(self, told: Told, make: Make, *, given: bool, whole: bool) -> Statement | None:
        """An amount inside a package: what is allocated of it, else what rows were valued at."""
        line = told.line
        if stated(line.allocated):
            amount = self._money(told, line.allocated, "allocated")
            if amount is None or not amount.low:
                return None
            return make(
                "kiel:part", ("allocated", "currency"), act="allocate",
                certainty="done", item=typed(told), money=amount, inside=line.package,
                live=given,
            )  # fmt: skip
        if whole or not stated(line.amount):
            return None
        key = hash((line.package, line.announced, line.amount))
        if key in self._amounts or (told.thing is not None and key not in self._survey.together):
            return None
        self._amounts.add(key)
        amount = self._money(told, line.amount, "amount")
        if amount is None:
            return None
        return make(
            "kiel:part", ("amount", "currency"), act="assess", certainty="announced",
            basis="part", item=typed(told), money=amount, inside=line.package,
        )  # fmt: skip

    def _price(self, told: Told, make: Make) -> Statement | None:
        """The price of one unit that the tracker reckons with, in US dollars."""
        line, thing = told.line, told.thing
        if thing is None or not stated(line.unit_price):
            return None
        price = _amount(line.unit_price, self._comma, "unit_price", "USD")
        if price is None or not price.high:
            return None
        return make(
            "kiel:price", ("item", "unit_price"), act="assess", certainty="announced",
            item=thing.item, item_text=line.item, unit=thing.unit,
            money=price, per=thing.unit or "item", live=False, attribution=(),
        )  # fmt: skip

    def _bare(self, told: Told, make: Make) -> Statement:
        """A row of no item and no amount of its own: aid of which no more is said."""
        line = told.line
        return make(
            "kiel:aid", ("specific", "explanation"), act="promise", certainty="announced",
            item=typed(told) or _service(line.specific) or AID, item_text=line.specific,
            quantity=told.units, package=told.package,
        )  # fmt: skip

    def _own_amount(self, told: Told) -> Money | None:
        """The amount that was given for this row and no other."""
        line = told.line
        if told.share is not None or not stated(line.amount):
            return None
        if hash((line.package, line.announced, line.amount)) in self._survey.together:
            return None
        return self._money(told, line.amount, "amount")

    def _money(self, told: Told, cell: str, field: str) -> Money | None:
        if not stated(cell):
            return None
        if told.currency is None:
            if amount_of(cell, self._comma, field).known:
                raise Fault("currency", "currency", told.line.currency)
            return None
        return _amount(cell, self._comma, field, told.currency)


@lru_cache(maxsize=8192)
def _amount(cell: str, comma: bool, field: str, currency: str) -> Money | None:
    """The money of a cell; None where it states none. Raises Fault."""
    found = amount_of(cell, comma, field)
    return money(found, currency) if found.known else None


@lru_cache(maxsize=4096)
def kind_of(cell: str) -> str:
    """``military``, ``humanitarian`` or ``financial``. Raises Fault."""
    bare = plain(cell)
    for start, kind in words().kinds.items():
        if bare.startswith(start):
            return kind
    raise Fault("kind", "kind", cell)


@lru_cache(maxsize=4096)
def currency_of(cell: str) -> str | None:
    """The ISO 4217 code of a cell; None where it holds none."""
    code = words().currencies.get(plain(cell), cell.strip().upper())
    try:
        return money(UNSPECIFIED, code).currency
    except IntendanceError:
        return None


def typed(told: Told) -> str | None:
    """What humanitarian and financial aid is filed under, outside all military totals."""
    if told.kind == "humanitarian":
        return HUMANITARIAN
    if told.kind == "financial":
        return _service(told.line.specific) or FINANCING
    return None


@lru_cache(maxsize=4096)
def _is_given(said: str) -> bool:
    return not said or plain(said) in words().values["stated"]


@lru_cache(maxsize=4096)
def _is_allocated(donation: str) -> bool:
    return words().donations.get(plain(donation)) == "allocate"


@lru_cache(maxsize=4096)
def _service(specific: str) -> str | None:
    bare = plain(specific)
    return next((item for word, item in words().services.items() if bare.startswith(word)), None)


def _shared(told: Told, share: Share) -> dict[str, Any]:
    """Who pays and who gives a joint donation, and the whole that a share is of."""
    if share.whole is None:
        return {}
    value = told.units.exact
    fields: dict[str, Any] = {"part_of": exactly(share.whole), "basis": "part"}
    if share.sort == "joint":
        fields |= {
            "actors": share.partners,
            "joint": True,
            "financers": share.partners if share.giver else (),
            "suppliers": (share.giver,) if share.giver else (),
        }
    if isinstance(value, Decimal):
        fields["part_of"] = exactly(share.whole, f"{share.whole}")
    return fields
