"""How alike two lines are: a score with its reasons, and whether their figures agree."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from intendance.catalogue import Catalogue
from intendance.exchange._reconcile.sides import Told, days, gap
from intendance.terms import Interval, Money, Number

Agreement = Literal["agrees", "differs", "unknown"]
Part = Literal["donor", "item", "quantity", "time"]


class Reason(msgspec.Struct, frozen=True):
    """One part of a score: how alike (0 to 1), and why in a word of the program's texts."""

    part: Part
    score: Decimal
    why: str


class Compared(msgspec.Struct, frozen=True):
    """Two lines that can be one: the score (0 to 1), its reasons, how the figures stand.

    ``stage`` is the one whose figures were compared; ``lost`` what one figure says that the other
    has lost: ``a`` or ``b`` and "over", "under", "about" or "range".
    """

    score: Decimal
    reasons: tuple[Reason, ...]
    agreement: Agreement
    stage: str | None = None
    figures: tuple[Interval | Money | None, Interval | Money | None] = (None, None)
    lost: tuple[str, ...] = ()


class _Rules(msgspec.Struct, frozen=True):
    weights: dict[Part, Decimal]
    items: dict[str, Decimal]
    quantities: dict[str, Decimal]
    limits: dict[str, str | int]


@cache
def _rules() -> _Rules:
    source = resources.files("intendance.exchange").joinpath("data", "reconcile.toml")
    found = tomllib.loads(source.read_text(encoding="utf-8"))
    return msgspec.convert(found, _Rules)


def least() -> Decimal:
    """The score from which two lines are taken for one."""
    return Decimal(_rules().limits["least"])


def compare(a: Told, b: Told, catalogue: Catalogue) -> Compared | None:
    """How alike two lines are; None where they can't be one."""
    donor, item, time = _donor(a, b), _item(a, b, catalogue), _time(a, b)
    if donor is None or item is None or time is None:
        return None
    stage, figures = _figures(a, b)
    agreement, quantity, lost = _agreement(*figures)
    reasons = (donor, item, quantity, time)
    score = sum((_rules().weights[each.part] * each.score for each in reasons), Decimal(0))
    return Compared(score.quantize(Decimal("0.001")), reasons, agreement, stage, figures, lost)


def _donor(a: Told, b: Told) -> Reason | None:
    one, other = set(a.donors), set(b.donors)
    if not one & other or (a.recipient and b.recipient and a.recipient != b.recipient):
        return None
    score = Decimal(len(one & other)) / len(one | other)
    return Reason("donor", score, "same" if score == 1 else "some")


def _item(a: Told, b: Told, catalogue: Catalogue) -> Reason | None:
    one, other = a.item, b.item
    if one == other:
        if one is None and (a.money is None or b.money is None):
            return None
        return Reason("item", _rules().items["same"], "same")
    if one is None or other is None:
        return _aid(a, b)
    if catalogue.specialises(one, other) or catalogue.specialises(other, one):
        return Reason("item", _rules().items["specialises"], "specialises")
    for wide, narrow in ((one, other), (other, one)):
        if catalogue.is_class(wide) and catalogue.includes(wide, narrow):
            classes = [each for each in catalogue.classes(narrow) if each != narrow]
            why = "in_class" if classes[:1] == [wide] else "in_wider_class"
            return Reason("item", _rules().items[why], why)
    return None


def _aid(a: Told, b: Told) -> Reason | None:
    """An amount of no named item and the same amount of aid ("in security assistance")."""
    counted = any(each.known for side in (a, b) for each in side.quantities.values())
    if counted or a.money is None or b.money is None or _agreement(a.money, b.money)[0] != "agrees":
        return None
    return Reason("item", _rules().items["amount"], "amount")


def _time(a: Told, b: Told) -> Reason | None:
    """What was delivered by a day was announced before it; two announcements lie close together."""
    limits = _rules().limits
    apart = gap(a.time, b.time)
    if apart is None:
        return Reason("time", Decimal("0.5"), "unknown")
    window = int(limits["announced_days"])
    why = "days"
    if a.past != b.past:
        announced, done = (b, a) if a.past else (a, b)
        first, last = days(announced.time), days(done.time)
        if first is None or last is None or last[1] <= first[0]:
            return None
        window, why = int(limits["delivered_days"]), "delivered"
    elif a.past:
        window = int(limits["delivered_days"])
    if apart > window:
        return None
    score = (1 - Decimal(apart) / (window + 1)).quantize(Decimal("0.001"))
    return Reason("time", score, f"{why}:{apart}" if apart else "same")


_PAIRS = (
    ("promised", "promised"), ("contracted", "contracted"), ("delivered", "delivered"),
    ("allocated", "allocated"), ("promised", "delivered"), ("delivered", "promised"),
    ("promised", "contracted"), ("contracted", "promised"),
)  # fmt: skip


def _figures(
    a: Told, b: Told
) -> tuple[str | None, tuple[Interval | Money | None, Interval | Money | None]]:
    """The figures to compare: of one stage where both have one, of money where there is no item."""
    if a.item is None or (not a.quantities and not b.quantities):
        return "money", (a.money, b.money)
    for one, other in _PAIRS:
        first, second = a.quantities.get(one), b.quantities.get(other)  # type: ignore[call-overload]
        if first is not None and second is not None and first.known and second.known:
            return one if one == other else f"{one}/{other}", (first, second)
    if a.money is not None and b.money is not None:
        return "money", (a.money, b.money)
    return None, (_any(a), _any(b))


def _any(line: Told) -> Interval | Money | None:
    known = [each for each in line.quantities.values() if each.known]
    return known[0] if known else line.money


def _agreement(
    a: Interval | Money | None, b: Interval | Money | None
) -> tuple[Agreement, Reason, tuple[str, ...]]:
    scores = _rules().quantities
    one = a.interval() if isinstance(a, Money) else a
    other = b.interval() if isinstance(b, Money) else b
    same_kind = not (isinstance(a, Money) or isinstance(b, Money)) or (
        isinstance(a, Money) and isinstance(b, Money) and a.currency == b.currency
    )
    if one is None or other is None or not (one.known and other.known and same_kind):
        return "unknown", Reason("quantity", scores["unknown"], "unknown"), ()
    lost = (*_lost(one, other, "b"), *_lost(other, one, "a"))
    if lost or one.overlaps(other):
        return "agrees", Reason("quantity", scores["agrees"], "agrees"), lost
    score = (scores["differs"] * _ratio(one, other)).quantize(Decimal("0.001"))
    return "differs", Reason("quantity", score, "differs"), ()


def _lost(full: Interval, bare: Interval, side: str) -> tuple[str, ...]:
    """What ``full`` says beside the bare number of the other: over, under, about, a range."""
    value = bare.exact
    if value is None or full.exact is not None:
        return ()
    ends = (full.low, full.high)
    if value not in ends:
        return ()
    if ends == (value, value):
        return (f"{side}:about",) if full.approx else ()
    if full.high is None:
        return (f"{side}:over" if full.low_open else f"{side}:at_least",)
    if full.low is None:
        return (f"{side}:under" if full.high_open else f"{side}:at_most",)
    return (f"{side}:range",)


def _ratio(one: Interval, other: Interval) -> Decimal:
    """The smaller of two figures against the greater, at the ends that are nearest."""
    first = [Decimal(end) for end in _ends(one)]
    second = [Decimal(end) for end in _ends(other)]
    pairs = [(min(x, y), max(x, y)) for x in first for y in second]
    return max((low / high for low, high in pairs if high), default=Decimal(0))


def _ends(figure: Interval) -> list[Number]:
    return [end for end in (figure.low, figure.high) if end is not None]
