"""Each commitment at each stage as a line with its value, and what the value rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, localcontext
from typing import Final, Literal

import msgspec

from intendance.catalogue import Catalogue
from intendance.exchange._value.days import day_of
from intendance.exchange._value.prices import Price, Prices
from intendance.exchange._value.rates import Index, Rates, UsedRate
from intendance.ledger import Extract, Sourced, unit_family
from intendance.terms import (
    Commitment,
    Interval,
    Money,
    Number,
    Stage,
    StageState,
    Statement,
    hull,
    money,
)

Counted = Literal[
    "stated", "priced", "neither",
    "inside", "ceiling", "sum", "general", "collective", "reimbursement", "backfill",
]  # fmt: skip
"""How a line counts. Only ``stated`` and ``priced`` are summed; what comes after ``neither`` is in
other lines already, or is no further aid: it is shown apart and never added."""

APART: Final = (
    "inside", "ceiling", "sum", "general", "collective", "reimbursement", "backfill"
)  # fmt: skip

_SUMS: Final = ("total", "cumulative")
"""An amount said so is a check on a sum, not an addend (rule 5 of the ledger)."""

_HANDED: Final[tuple[Stage, ...]] = ("produced", "delivered")
"""Stages at which a package's total, an announcement, says nothing of its parts."""

_CENT: Final = Decimal("0.01")


class Line(msgspec.Struct, frozen=True, kw_only=True, rename={"class_": "class"}):
    """A commitment at a stage: how it counts, for how much, and why.

    ``amount`` is in the chosen currency, rounded to cents; ``from_`` says whether it comes from
    amounts that reports state or from prices. ``reason`` says why there is none.
    """

    commitment: str
    donors: tuple[str, ...]
    recipient: str | None
    item: str | None
    class_: str | None
    stage: Stage
    counted: Counted
    amount: Money | None = None
    from_: Literal["stated", "priced"] | None = msgspec.field(name="from", default=None)
    reason: str | None = None
    statements: tuple[str, ...] = ()
    rates: tuple[UsedRate, ...] = ()
    prices: tuple[Price, ...] = ()
    assumptions: tuple[str, ...] = ()


class Worth(msgspec.Struct):
    """An amount in the chosen currency, or why there is none; with what it rests on."""

    amount: Interval | None = None
    reason: str | None = None
    statements: list[str] = []
    rates: list[UsedRate] = []
    prices: list[Price] = []
    assumptions: list[str] = []


class Valuer:
    """Values lines in one currency and, where ``year`` is given, at the prices of that year."""

    def __init__(
        self,
        extract: Extract,
        catalogue: Catalogue,
        *,
        currency: str,
        year: int | None,
        rates: Rates,
        prices: Prices,
        index: Mapping[int, Index],
    ) -> None:
        self._extract = extract
        self._catalogue = catalogue
        self._currency = currency
        self._year = year
        self._rates = rates
        self._prices = prices
        self._index = index
        self._said: dict[str, Sourced] = {each.statement.id: each for each in extract.statements}
        self._by: dict[str, list[Statement]] = defaultdict(list)
        for each in extract.statements:
            if each.commitment is not None:
                self._by[each.commitment].append(each.corrected or each.statement)
        tables = {each.id for each in extract.reports if each.kind == "dataset"}
        self._whole = {
            package.id
            for package in extract.packages
            if package.total and (package.parts or not tables.isdisjoint(package.reports))
        }
        self._parts = {part for package in extract.packages for part in package.parts}
        self._handed = {
            (each.package, stage)
            for each in extract.commitments
            if each.package in self._whole and each.id not in self._parts
            for stage in _HANDED
            for one in (each.stages[stage].money if stage in each.stages else ())
            if one.interval().known
        }

    def lines(self) -> Iterator[Line]:
        """Every stage of every live commitment, in the ledger's order."""
        for each in self._extract.commitments:
            if each.live:
                for stage, state in each.stages.items():
                    if stage not in ("refused", "withdrawn"):
                        yield self._line(each, stage, state)

    def _line(self, each: Commitment, stage: Stage, state: StageState) -> Line:
        stated = self._stated(state)
        worth, source = stated, "stated"
        if stated.amount is None:
            worth, source = self._priced(each, state), "priced"
            if worth.amount is None and stated.reason != "no-amount":
                worth.reason = stated.reason
        apart = self._apart(each, stage) or self._summed(worth)
        counted = apart or (source if worth.amount is not None else "neither")
        item = each.item
        return Line(
            commitment=each.id,
            donors=each.donors,
            recipient=each.recipient,
            item=item,
            class_=None if item is None else self._catalogue.class_of(item),
            stage=stage,
            counted=counted,  # type: ignore[arg-type]  # one of the words of Counted
            amount=None if worth.amount is None else _cents(worth.amount, self._currency),
            from_=source if worth.amount is not None else None,  # type: ignore[arg-type]  # as above
            reason=worth.reason if worth.amount is None else None,
            statements=tuple(worth.statements),
            rates=tuple(worth.rates),
            prices=tuple(worth.prices),
            assumptions=tuple(dict.fromkeys(worth.assumptions)),
        )

    def _apart(self, each: Commitment, stage: Stage) -> Counted | None:
        """Why a line is shown apart; None where it is summed.

        A package's total is what was announced: what was made or handed over of its parts counts
        by itself, unless an amount is said for the whole package at that stage.
        """
        acts = {said.act for said in self._by[each.id] if said.live}
        if acts and acts <= {"reimburse"}:
            return "reimbursement"
        if each.backfill_for or (acts and acts <= {"backfill"}):
            return "backfill"
        if "frame" in acts:
            return "ceiling"
        in_whole = each.package in self._whole
        if in_whole and each.id in self._parts:
            told = stage not in _HANDED or (each.package, stage) in self._handed
            return "inside" if told else None
        if each.general and each.may_include and not in_whole:
            return "general"
        if each.donors and all(donor in self._catalogue.collectives for donor in each.donors):
            return "collective"
        return None

    def _summed(self, worth: Worth) -> Counted | None:
        """``sum`` where the amount is only ever said as the total of what was given before."""
        held = [self._said[one] for one in worth.statements if one in self._said]
        said = [each.corrected or each.statement for each in held]
        sums = said and all(each.money and each.basis in _SUMS for each in said)
        return "sum" if sums else None

    def _stated(self, state: StageState) -> Worth:
        """The amounts that reports state, converted; several currencies are one figure."""
        if not any(amount.interval().known for amount in state.money):
            secret = any(amount.state == "undisclosed" for amount in state.money)
            return Worth(reason="undisclosed" if secret else "no-amount")
        own = [amount for amount in state.money if amount.currency == self._currency]
        found = [self._amount(amount, state) for amount in own or state.money]
        known = [each for each in found if each.amount is not None]
        if not known:
            return found[0]
        made = Worth(amount=hull([each.amount for each in known if each.amount is not None]))
        made.statements = sorted({said for each in known for said in each.statements})
        made.rates = list(dict.fromkeys(rate for each in known for rate in each.rates))
        made.assumptions = [one for each in known for one in each.assumptions]
        if len(known) > 1:
            made.assumptions.append("several-currencies")
        return made

    def _amount(self, amount: Money, state: StageState) -> Worth:
        saying = [self._said[one] for one in state.statements if one in self._said]
        mine = [each for each in saying if _states(each, amount)]
        made = Worth(statements=sorted(each.statement.id for each in mine))
        when = day_of(state.time, mine, made.assumptions)
        if when is None and (amount.currency != self._currency or self._year is not None):
            made.reason = "no-date"
            return made
        self._bring(made, amount.interval(), amount.currency, when)
        return made

    def _priced(self, each: Commitment, state: StageState) -> Worth:
        if each.item is None:
            return Worth(reason="no-amount")
        if not state.quantity.known:
            return Worth(reason=f"quantity-{state.quantity.state}")
        units = self._units(state)
        if len(units) > 1:
            return Worth(reason="units-differ")
        saying = [self._said[one] for one in state.statements if one in self._said]
        made = Worth(statements=sorted(state.statements))
        when = day_of(state.time, saying, made.assumptions)
        year = self._year or (int(when[0][:4]) if when else None)
        if year is None:
            return Worth(reason="no-date")
        found = self._prices.of(each.item, next(iter(units), ""), year, _places(saying))
        if not found:
            return Worth(reason="no-price")
        made.prices = found
        if found[0].item != each.item:
            made.assumptions.append("price-of-wider-kind")
        parts = []
        for price in found:
            high = price.price if price.high is None else price.high
            one = Worth()
            span = (f"{price.date[:4]}-01-01", f"{price.date[:4]}-12-31")
            self._bring(one, Interval(price.price, high, state="stated"), price.currency, span)
            made.rates += [rate for rate in one.rates if rate not in made.rates]
            made.assumptions += one.assumptions
            if one.amount is None:
                made.reason = one.reason
                return made
            parts.append(one.amount)
        made.amount = _times(state.quantity, hull(parts))
        return made

    def _units(self, state: StageState) -> set[str]:
        """What the quantities of a stage count; "" for single items."""
        found = set()
        for one in state.statements:
            held = self._said.get(one)
            said = None if held is None else held.corrected or held.statement
            if said is not None and said.live and said.quantity.known:
                found.add(unit_family(said.unit) or "")
        return found

    def _bring(
        self, made: Worth, amount: Interval, currency: str, when: tuple[str, str] | None
    ) -> None:
        """Bring an amount of those days to the chosen currency and year."""
        factor = Decimal(1)
        with localcontext() as context:
            context.prec = 50
            if currency != self._currency:
                rate = (
                    None if when is None else self._rates.between(currency, self._currency, *when)
                )
                if rate is None:
                    made.reason = "no-rate"
                    return
                made.rates.append(rate)
                factor *= rate.rate
            if self._year is not None and when is not None:
                own = int(when[0][:4])
                now, then = self._index.get(self._year), self._index.get(own)
                if own == self._year:
                    pass
                elif now is None or then is None:
                    made.assumptions.append(f"no-index-{own}")
                else:
                    factor *= now.index / then.index
                    made.assumptions.append(f"index-{own}")
            made.amount = _times(amount, Interval(factor, factor, state="stated"))


def _places(saying: Iterable[Sourced]) -> list[tuple[str, int]]:
    """Where the statements stand, those of the newest report first."""
    newest = sorted(saying, key=lambda each: each.report.published.start or "", reverse=True)
    return [(each.statement.report, each.statement.start) for each in newest]


def _states(each: Sourced, amount: Money) -> bool:
    said = (each.corrected or each.statement).money
    return said is not None and (said.currency, said.low, said.high) == (
        amount.currency, amount.low, amount.high,
    )  # fmt: skip


def _times(one: Interval, other: Interval) -> Interval:
    """The product of two intervals of numbers that are not below nothing."""
    low = None if one.low is None or other.low is None else _product(one.low, other.low)
    high = None if one.high is None or other.high is None else _product(one.high, other.high)
    return Interval(
        low,
        high,
        low is not None and one.low_open,
        high is not None and one.high_open,
        approx=one.approx or other.approx,
        state="stated" if low is not None or high is not None else "unspecified",
    )


def _product(one: Number, other: Number) -> Decimal:
    with localcontext() as context:
        context.prec = 50
        return Decimal(one) * Decimal(other)


def _cents(amount: Interval, currency: str) -> Money:
    ends = [None if end is None else _rounded(end) for end in (amount.low, amount.high)]
    return money(msgspec.structs.replace(amount, low=ends[0], high=ends[1], text=""), currency)


def _rounded(value: Number) -> Decimal:
    with localcontext() as context:
        context.prec = 60
        return Decimal(value).quantize(_CENT)
