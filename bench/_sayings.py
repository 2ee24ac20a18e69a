"""What a report says of a deal on a day: which event, which words, how exact, how wrong."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from typing import Any, Final

import msgspec
from _world import CURRENCY, FIRST_DAY, LAST_DAY, Deal, Package, World

from intendance.terms import (
    UNDISCLOSED,
    Interval,
    Money,
    TimeSpan,
    at_least,
    between,
    exactly,
    span_of,
)

_AROUND: Final = ("hold", "deploy", "assess", "deplete")
_ALLIES: Final = ("allies", "nato-allies", "eu-members", "western-allies")


class Draft(msgspec.Struct, frozen=True):
    """A statement without its place: fields, words, and the deal that it was drawn from."""

    fields: dict[str, Any]
    quote: str
    truth: str | None


class Sayings:
    """Draws statements about the deals of a world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._catalogue = world.catalogue
        self._below: dict[str, list[str]] = {}
        for kind in world.catalogue.kinds:
            for wide in world.catalogue.ancestors(kind):
                self._below.setdefault(wide, []).append(kind)
        self._officials = sorted(world.catalogue.officials)
        self._outlets = sorted(world.catalogue.outlets)

    def report_day(self, package: Package, chance: random.Random) -> int:
        """When a report about the package appears: after one of its events."""
        deal = self._world.deals[chance.choice(package.deals)]
        events = [deal.promised, *(day for day, _ in deal.deliveries)]
        if deal.contracted is not None:
            events.append(deal.contracted)
        start = package.day if chance.random() < 0.5 else chance.choice(events)
        draw = chance.random()
        late = chance.expovariate(1 / 2 if draw < 0.6 else 1 / 30)
        if draw > 0.9:
            late = chance.random() * max(1, LAST_DAY - start)
        return max(FIRST_DAY, min(LAST_DAY, start + int(late)))

    def of_report(
        self, package: Package, day: int, count: int, chance: random.Random
    ) -> list[Draft]:
        """``count`` statements of one report: most about one package, some about an earlier one."""
        about = list(package.deals)
        chance.shuffle(about)
        past = self._world.recent(package, chance) if chance.random() < 0.35 else package
        drafts = []
        for number in range(count):
            draw = chance.random()
            if draw < 0.04:
                drafts.append(self._around(chance))
            elif draw < 0.09 and package.money is not None:
                drafts.append(self._sum(package, chance))
            else:
                looks_back = number >= len(about) or draw > 0.85
                pool = past.deals if looks_back else about
                deal = self._world.deals[
                    chance.choice(pool) if looks_back else about[number]
                ]  # fmt: skip
                drafts.append(self._about(deal, day, chance))
        return drafts

    def _around(self, chance: random.Random) -> Draft:
        deal = chance.choice(self._world.deals)
        actor = chance.choice(deal.donors or (deal.recipient,))
        fields = {
            "act": chance.choice(_AROUND), "certainty": "done", "actors": (actor,),
            "item": deal.kind, "quantity": exactly(chance.randint(1, 200)),
        }  # fmt: skip
        return Draft(fields, f"{actor} has {deal.kind} of its own, it is said.", None)

    def _sum(self, package: Package, chance: random.Random) -> Draft:
        deal = self._world.deals[package.deals[0]]
        fields: dict[str, Any] = {
            "act": chance.choice(("promise", "promise", "finance")), "certainty": "announced",
            "actors": deal.donors, "recipients": (deal.recipient,), "joint": len(deal.donors) > 1,
            "money": _amount(package.money or 1, deal.donors, chance),
        }  # fmt: skip
        if chance.random() < 0.3:
            fields["package"] = package.name
        text = f"{'/'.join(deal.donors)} put up {package.money} million for {deal.recipient}."
        return Draft(fields, text, f"p{package.number}")

    def _about(self, deal: Deal, day: int, chance: random.Random) -> Draft:
        fields, truth = self._event(deal, day, chance)
        if self._parties(fields, deal, chance):
            truth = None
        fields["item"] = self._item(deal.kind, chance)
        if (
            deal.money is not None
            and fields["act"] in ("promise", "order")
            and chance.random() < 0.5
        ):
            fields["money"] = _amount(deal.money, deal.donors, chance)
        if fields["act"] == "promise" and chance.random() < 0.15:
            name = self._world.packages[deal.package].name
            fields["package"] = name if chance.random() < 0.8 else f"package-of-{name[-10:-3]}"
        if chance.random() < 0.15:
            fields["attribution"] = (chance.choice(self._outlets),)
        if chance.random() < 0.2:
            fields["speaker"] = chance.choice(self._officials)
        if chance.random() < 0.05:
            fields["live"], fields["item_from"] = False, "inferred"
        elif chance.random() < 0.03:
            fields["certainty"] = "hearsay"
        if not fields["actors"] and not fields.get("suppliers"):
            fields["live"] = False
        return Draft(fields, _words(fields), truth)

    def _event(
        self, deal: Deal, day: int, chance: random.Random
    ) -> tuple[dict[str, Any], str | None]:
        """What is told of the deal: mostly the latest that happened, often how it began."""
        truth: str | None = f"d{deal.number}"
        if deal.asked:
            act = chance.choice(("request", "request", "need"))
            figure = _figure(deal.quantity, chance)
            return {"act": act, "certainty": "done", "quantity": figure}, truth
        happened: list[tuple[int, str, int | None]] = [(deal.promised, "promise", deal.quantity)]
        if deal.contracted is not None and deal.contracted <= day:
            happened.append((deal.contracted, "order", deal.quantity))
        happened += [(at, "deliver", count) for at, count in deal.deliveries if at <= day]
        if deal.ended is not None and deal.ended <= day:
            happened.append((deal.ended, "refuse", deal.quantity))
        draw = chance.random()
        at, act, count = happened[-1] if draw < 0.6 else chance.choice(happened)
        if draw > 0.85:
            at, act, count = happened[0]
        known = count if deal.quantity is not None else None
        if act == "promise":
            fields, truth = self._promise(deal, known, day, chance, truth)
        elif act == "deliver":
            fields, truth = self._delivery(deal, known or 1, at, chance, truth)
        elif act == "order":
            fields = {"act": act, "certainty": chance.choice(("done", "done", "under way")),
                      "quantity": _figure(known, chance)}  # fmt: skip
        else:
            fields = {"act": "promise", "certainty": "announced", "polarity": "negative",
                      "quantity": _figure(known, chance)}  # fmt: skip
        if act != "promise" and chance.random() < 0.4:
            fields["time"] = _when(at, chance)
        return fields, truth

    def _promise(
        self, deal: Deal, count: int | None, day: int, chance: random.Random, truth: str | None
    ) -> tuple[dict[str, Any], str | None]:
        act = chance.choice(("promise",) * 8 + ("allocate", "plan"))
        fields: dict[str, Any] = {
            "act": act, "certainty": "planned" if act == "plan" else "announced",
        }  # fmt: skip
        draw = chance.random()
        if deal.earlier and draw < 0.45:
            fields["basis"] = "increment"
        elif deal.earlier and draw > 0.88:
            count = self._all(deal, count)
            fields["basis"], truth = "total", None
        elif draw < 0.02:
            fields["basis"] = "increment"
        fields["quantity"] = _figure(count, chance)
        if chance.random() < 0.2 and deal.deliveries:
            due = max(day, deal.deliveries[-1][0])
            fields["time"] = _when(due, chance)
        return fields, truth

    def _delivery(
        self, deal: Deal, count: int, at: int, chance: random.Random, truth: str | None
    ) -> tuple[dict[str, Any], str | None]:
        receives = chance.random() < 0.12
        fields: dict[str, Any] = {
            "act": "receive" if receives else "deliver",
            "certainty": "under way" if chance.random() < 0.1 else "done",
        }  # fmt: skip
        if deal.quantity is None:
            fields["quantity"] = _figure(None, chance)
            return fields, truth
        before = max((n for day, n in deal.deliveries if day < at), default=0)
        draw = chance.random()
        if draw < 0.35:
            fields["basis"] = "cumulative"
            if deal.earlier and chance.random() < 0.5:
                count, truth = self._all(deal, count) or count, None
            fields["quantity"] = _figure(count, chance)
        elif draw < 0.5 and count < deal.quantity:
            fields["quantity"], fields["part_of"] = exactly(count), exactly(deal.quantity)
            fields["basis"] = "part"
        elif draw < 0.7 and before:
            fields["quantity"], fields["basis"] = _figure(count - before, chance), "increment"
        else:
            fields["quantity"] = _figure(count, chance)
        return fields, truth

    def _all(self, deal: Deal, count: int | None) -> int | None:
        past = [self._world.deals[number].quantity or 0 for number in deal.earlier]
        return None if count is None else count + sum(past)

    def _parties(self, fields: dict[str, Any], deal: Deal, chance: random.Random) -> bool:
        """Who gives to whom, as said; gives whether that is a whole alliance."""
        donors = deal.donors
        if len(donors) > 1 and chance.random() < 0.3:
            donors = (chance.choice(donors),)
        draw = chance.random()
        allied = 0.03 <= draw < 0.04 and not deal.asked
        if draw < 0.03:
            donors = ()
        elif allied:
            donors = (chance.choice(_ALLIES),)
        recipients = () if chance.random() < 0.03 else (deal.recipient,)
        fields["joint"] = len(donors) > 1
        if fields["act"] in ("receive", "request", "need"):
            fields["actors"], fields["suppliers"] = recipients, donors
        else:
            fields["actors"], fields["recipients"] = donors, recipients
        return allied

    def _item(self, kind: str, chance: random.Random) -> str:
        """Mostly the kind itself, else a wider or narrower one, its class, or a wrong one."""
        draw = chance.random()
        wider = self._catalogue.ancestors(kind)
        if draw < 0.2 and wider:
            return wider[0]
        if draw < 0.05 and kind in self._below:
            return chance.choice(self._below[kind])
        if draw < 0.25:
            return kind if draw < 0.2 else self._catalogue.class_of(kind) or kind
        if draw < 0.26 and wider:
            return chance.choice(self._below[wider[0]])
        return kind


def _figure(count: int | None, chance: random.Random) -> Interval:
    """A count as reports give it: exact, rounded, open, wrong, or not at all."""
    draw = chance.random()
    if count is None:
        return UNDISCLOSED if draw < 0.2 else Interval()
    if draw < 0.2:
        return Interval()
    if draw < 0.28 and count > 10:
        return exactly(round(count, 1 - len(str(count))) or count, approx=True)
    if draw < 0.32 and count > 1:
        return at_least(max(1, count - count // 10), above=chance.random() < 0.5)
    if draw < 0.33 and count > 2:
        return between(count - 1, count + 1)
    if draw < 0.36:
        return exactly(max(1, count + chance.choice((-2, -1, 1, 2, count))))
    return exactly(count)


def _when(day: int, chance: random.Random) -> TimeSpan:
    text = date.fromordinal(min(day, LAST_DAY + 400)).isoformat()
    draw = chance.random()
    if draw < 0.15:
        return TimeSpan(text="last week")
    return span_of(text if draw < 0.5 else text[:7] if draw < 0.9 else text[:4])


def _amount(millions: int, donors: tuple[str, ...], chance: random.Random) -> Money:
    value = Decimal(millions)
    approx = chance.random() < 0.25
    if approx:
        value = Decimal(round(millions, 1 - len(str(millions))) or millions)
    currency = CURRENCY.get(donors[0], "EUR") if donors else "EUR"
    if chance.random() < 0.1 and currency != "USD":
        value, currency, approx = Decimal(round(float(value) * 1.08)), "USD", True
    value *= 1_000_000
    return Money(value, value, approx=approx, state="stated", currency=currency)


def _words(fields: dict[str, Any]) -> str:
    quantity: Interval = fields["quantity"]
    count = "some" if quantity.low is None else str(quantity.low)
    more = {"increment": " more", "cumulative": " so far", "total": " in all"}.get(
        fields.get("basis", ""), ""
    )
    who = " and ".join(fields["actors"]) or "They"
    whom = " and ".join(fields.get("recipients", ())) or "there"
    return f"{who}: {fields['act']} {count}{more} {fields['item']}, {whom}, {fields['certainty']}."
