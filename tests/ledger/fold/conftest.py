"""A kit for the fold: a small catalogue, statements in few words, random evidence."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import strategies as st

from intendance.ledger._fold import Evidence, Folded, fold_all, fold_block
from intendance.terms import (
    ACTS,
    CERTAINTIES,
    UNKNOWN_TIME,
    UNSPECIFIED,
    Commitment,
    Conflict,
    Decision,
    Interval,
    Link,
    Money,
    Statement,
    TimeSpan,
    at_least,
    between,
    decision_id,
    exactly,
    money,
    span_of,
    with_id,
)

WIDER = {
    "iris-t-slm": "iris-t",
    "iris-t-sls": "iris-t",
    "leopard-2a4": "leopard-2",
    "leopard-2a6": "leopard-2",
    "leopard-2a6m": "leopard-2a6",
}
CLASSES = {"weapons": (), "heavy-weapons": ("weapons",), "nuclear-weapon": ()}
TABLES = {
    "rheinmetall": "maker",
    "politico": "outlet",
    "agence-nord": "outlet",
    "jens-berg": "official",
}


class SmallEntry:
    """An entry of which only the table matters."""

    def __init__(self, table: str) -> None:
        self.table = table


class SmallCatalogue:
    """What the fold asks a catalogue, for a handful of kinds."""

    def entry(self, name: str) -> SmallEntry | None:
        return SmallEntry(TABLES[name]) if name in TABLES else None

    def ancestors(self, item: str) -> tuple[str, ...]:
        wide = WIDER.get(item)
        return (wide, *self.ancestors(wide)) if wide else ()

    def root(self, item: str) -> str:
        return (item, *self.ancestors(item))[-1]

    def classes(self, item: str) -> tuple[str, ...]:
        return (item, *CLASSES[item]) if item in CLASSES else ()

    def is_class(self, item: str) -> bool:
        return item in CLASSES

    def known(self, name: str) -> str | None:
        return "politico" if name == "Politico" else None


def interval(value: Any) -> Interval:
    """4, (1, 4), "3+" and intervals as they are."""
    if isinstance(value, Interval):
        return value
    if value is None:
        return UNSPECIFIED
    if isinstance(value, tuple):
        return between(*value)
    if isinstance(value, str):
        return at_least(int(value.rstrip("+")))
    return exactly(value)


class Kit:
    """Says things, dates them and folds them."""

    def __init__(self) -> None:
        self.catalogue = SmallCatalogue()
        self._count = 0

    def say(self, act: Any, quantity: Any = None, **fields: Any) -> Statement:
        """A statement of Germany's to Ukraine about iris-t, in a report of its own."""
        self._count += 1
        usual: dict[str, Any] = {"report": f"r{self._count:05}", "certainty": "done"}
        usual |= {"actors": ("DEU",), "recipients": ("UKR",), "item": "iris-t"}
        fields = usual | fields
        if isinstance(fields.get("time"), str):
            fields["time"] = span_of(fields["time"])
        if "part_of" in fields:
            fields["part_of"] = interval(fields["part_of"])
        return with_id(Statement(act=act, quantity=interval(quantity), **fields))

    def on(self, published: str | None, statement: Statement, witness: str = "") -> Evidence:
        """The statement in a report of that day, or an undated one."""
        span = UNKNOWN_TIME if published is None else span_of(published)
        return Evidence(statement, span, statement.report, witness or statement.report)

    def fold(self, *evidence: Evidence, decisions: tuple[Decision, ...] = ()) -> Folded:
        """The fold of whatever blocks these are."""
        return fold_all(evidence, decisions, self.catalogue)

    def block(self, *evidence: Evidence, decisions: tuple[Decision, ...] = ()) -> Folded:
        """The fold of one group of blocks."""
        return fold_block(evidence, decisions, self.catalogue)

    def one(self, *evidence: Evidence, decisions: tuple[Decision, ...] = ()) -> Commitment:
        """The only commitment that comes out."""
        (commitment,) = self.fold(*evidence, decisions=decisions).commitments
        return commitment

    def conflict(self, *evidence: Evidence, decisions: tuple[Decision, ...] = ()) -> Conflict:
        """The only conflict that comes out."""
        (conflict,) = self.fold(*evidence, decisions=decisions).conflicts
        return conflict

    def decide(self, kind: Any, *statements: Statement, **fields: Any) -> Decision:
        """A decision; ``when`` is a minute of one day."""
        usual: dict[str, Any] = {"by": "analyst", "why": "a test", "when": 0}
        fields = usual | fields
        fields["when"] = f"2024-05-01T10:{fields['when']:02}:00Z"
        named = tuple(each.id for each in statements)
        made = Decision(kind=kind, statements=named, **fields)
        return Decision(**{**_fields(made), "id": decision_id(made)})

    def euros(self, low: str, high: str | None = None) -> Money:
        """An amount in euros."""
        return self.amount("EUR", low, high)

    def amount(self, currency: str, low: str, high: str | None = None) -> Money:
        """An amount of money."""
        return money(between(Decimal(low), Decimal(high or low)), currency)

    def part_of(self, framework: Statement) -> tuple[Link, ...]:
        """A link to what a statement is part of."""
        return (Link("part_of", framework.id),)

    def evidence(self, largest: int = 12) -> st.SearchStrategy[list[Evidence]]:
        """Random evidence about a few items, donors, days, figures and sources."""
        return st.lists(
            _evidence(), min_size=1, max_size=largest, unique_by=lambda each: each.statement.id
        )

    def decisions(self, evidence: list[Evidence]) -> st.SearchStrategy[list[Decision]]:
        """Random decisions that name statements of the evidence."""
        named = [each.statement for each in evidence]
        made = st.builds(
            lambda kind, said, when: self.decide(kind, *said, when=when),
            st.sampled_from(["merge", "split", "prefer", "retract"]),
            st.lists(st.sampled_from(named), min_size=1, max_size=3),
            st.integers(0, 59),
        )
        return st.lists(made, max_size=4)


def _fields(decision: Decision) -> dict[str, Any]:
    return {name: getattr(decision, name) for name in Decision.__struct_fields__}


_DAYS = ("2022-10-12", "2022-10-13", "2022-11-05", "2023-02", "2023", "2023-03-20", None)
_FIGURES = (None, 1, 2, 4, 4, 10, (1, 4), "3+", exactly(4, approx=True))
_AMOUNTS = (None, None, None, ("EUR", "1000"), ("EUR", "2400"), ("USD", "1080"))


@st.composite
def _evidence(draw: st.DrawFn) -> Evidence:
    amount = draw(st.sampled_from(_AMOUNTS))
    quantity = interval(draw(st.sampled_from(_FIGURES)))
    said = Statement(
        report=f"r{draw(st.integers(0, 9))}",
        act=draw(st.sampled_from(["promise", "deliver", "deliver", "order", "refuse", *ACTS])),
        certainty=draw(st.sampled_from(["done", "done", "announced", *CERTAINTIES])),
        polarity=draw(st.sampled_from(["positive", "positive", "positive", "negative"])),
        actors=draw(st.sampled_from([("DEU",), ("DEU",), ("DEU", "NLD")])),
        recipients=draw(st.sampled_from([("UKR",), ("UKR",), ()])),
        item=draw(st.sampled_from(["iris-t", "iris-t-slm", "iris-t-sls", "iris-t-slm", None])),
        quantity=quantity,
        unit=draw(st.sampled_from([None, None, None, "system", "battery"])),
        part_of=draw(st.sampled_from([None, None, None, exactly(4), exactly(8)])),
        basis=draw(st.sampled_from([None, None, "increment", "total", "part", "cumulative"])),
        money=None if amount is None else money(exactly(Decimal(amount[1])), amount[0]),
        time=draw(st.sampled_from([UNKNOWN_TIME, UNKNOWN_TIME, *map(_span, _DAYS)])),
        package=draw(st.sampled_from([None, None, None, "p1", "p2"])),
        live=draw(st.sampled_from([True, True, True, False])),
        start=draw(st.integers(0, 3)),
        end=5,
    )
    published = _span(draw(st.sampled_from(_DAYS)))
    # One report has one day of publication and one hash.
    report = f"{said.report}-{published.start}"
    said = with_id(Statement(**{**_said(said), "report": report}))
    return Evidence(said, published, report, draw(st.sampled_from(["w1", "w2", "w3"])))


def _said(statement: Statement) -> dict[str, Any]:
    return {name: getattr(statement, name) for name in Statement.__struct_fields__}


def _span(day: str | None) -> TimeSpan:
    return UNKNOWN_TIME if day is None else span_of(day)


@pytest.fixture(scope="session")
def kit() -> Kit:
    """The kit; it holds nothing that a test could change for another."""
    return Kit()
