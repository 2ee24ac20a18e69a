"""The report of a plan as a page: how good it is, what to decide, what stays short and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

from intendance.cli._plan.facts import Facts
from intendance.cli._plan.numbers import figure, share
from intendance.cli._plan.quality import quality_table
from intendance.planning import Assumption
from intendance.render import (
    Column,
    Figure,
    Language,
    Line,
    Page,
    Row,
    Section,
    Table,
    retold,
    text,
)

DEFAULT_ROWS: Final = 20
"""How many rows a table of the report has; the rest is counted and stands in the CSV files."""

Cell = str | float | bool | None


def plan_page(
    facts: Facts, figures: Mapping[str, Figure], language: Language, rows: int = DEFAULT_ROWS
) -> Page:
    """The report in ``language``; ``figures`` are the charts by name."""
    report = _Report(facts, language, rows)
    settings = facts.scenario.settings
    last = facts.horizon.name(settings.months - 1)
    return Page(
        title=text("plan.title", language, name=settings.name),
        language=language,
        facts=(
            text("plan.period", language, start=settings.start, end=last, months=settings.months),
            text(f"plan.status-{facts.plan.status}", language, limit=facts.plan.limit),
            text("plan.checked", language),
            text("plan.inputs", language, hash=facts.plan.inputs, method=facts.plan.method),
        ),
        sections=tuple(
            section
            for section in (
                report.quality(),
                report.ramps(),
                report.contracts(),
                report.call_offs(),
                report.charted("stocks", figures),
                report.charted("lines", figures),
                report.charted("unmet", figures),
                report.shortfalls(),
                report.transfers(),
                report.swaps(),
                report.money(),
                report.warnings(),
                report.assumptions(),
            )
            if section is not None
        ),
        foot=text("plan.foot", language),
    )


class _Report:
    """Makes the sections of one report in one language."""

    def __init__(self, facts: Facts, language: Language, rows: int) -> None:
        self._facts = facts
        self._language = language
        self._rows = rows
        self._money = facts.scenario.settings.currency

    def quality(self) -> Section:
        """Each level's value, its proved bound and the gap between them."""
        return Section(
            title=text("plan.section-quality", self._language),
            intro=text("plan.intro-quality", self._language, currency=self._money),
            table=quality_table(self._facts.scenario, self._facts.plan, self._language),
        )

    def ramps(self) -> Section | None:
        """Which ramps to decide, when, and who pays."""
        ramps = {row.ramp: row for row in self._facts.scenario.ramps}
        rows = [
            (
                made.ramp,
                made.line,
                made.month,
                made.works or text("plan.after", self._language),
                made.count,
                made.count * ramps[made.ramp].capacity,
                made.count * ramps[made.ramp].cost,
                ramps[made.ramp].paid_by or text("plan.shared", self._language),
            )
            for made in sorted(self._facts.plan.decisions.ramps, key=lambda row: row.month)
            if made.count
        ]
        heads = ("ramp", "line", "month", "works", "count", "capacity", "cost", "payer")
        return self._section("ramps", heads, rows) if self._facts.scenario.ramps else None

    def contracts(self) -> Section | None:
        """Framework contracts: ceiling, firm part, options, and each nation's share."""
        shares: dict[str, list[str]] = {}
        for part in self._facts.shares:
            shares.setdefault(part.framework, []).append(
                f"{part.nation} {part.item} {self._share(part.share)}"
            )
        rows = [
            (
                row.framework,
                row.ceiling if row.ceiling_money is None else row.ceiling_money,
                row.firm,
                row.firm_money,
                row.options,
                row.options_money,
                ", ".join(shares.get(row.framework, ())) or text("plan.unused", self._language),
            )
            for row in self._facts.contracts
        ]
        heads = ("framework", "ceiling", "firm", "firm-money", "options", "options-money", "shares")
        return self._section("contracts", heads, rows) if rows else None

    def call_offs(self) -> Section | None:
        """Firm orders and options by the month in which they are to be signed."""
        rows = [
            (
                row.date,
                row.framework,
                row.item,
                row.nation,
                text("plan.firm" if row.firm else "plan.option", self._language),
                row.quantity,
                row.money,
            )
            for row in sorted(self._facts.call_offs, key=lambda row: (row.date, row.framework))
        ]
        heads = ("month", "framework", "item", "nation", "part", "quantity", "money")
        return self._section("call-offs", heads, rows) if rows else None

    def charted(self, name: str, figures: Mapping[str, Figure]) -> Section | None:
        """A chart in a section of its own."""
        if name not in figures:
            return None
        return Section(title=text(f"plan.section-{name}", self._language), figures=(figures[name],))

    def shortfalls(self) -> Section:
        """The largest shortfalls by money, each with the limits behind it."""
        prices = {row.item: row.price for row in self._facts.scenario.items}
        chains: dict[tuple[str, str, str, str], list[str]] = {}
        for cause in self._facts.causes:
            key = cause.nation, cause.item, cause.month, cause.kind
            chains.setdefault(key, []).append(
                retold(cause.text, self._language) or f"{cause.limit} {cause.where}"
            )
        ordered = sorted(
            self._facts.shortfalls,
            key=lambda row: (row.kind != "unmet", -row.quantity * prices[row.item]),
        )
        rows = [
            (
                row.nation,
                row.item,
                row.month,
                text(f"plan.kind-{row.kind}", self._language),
                row.quantity,
                "; ".join(chains.get((row.nation, row.item, row.month, row.kind), ())),
            )
            for row in ordered
        ]
        heads = ("nation", "item", "month", "kind", "quantity", "causes")
        if not rows:
            return Section(
                title=text("plan.section-shortfalls", self._language),
                intro=text("plan.none-shortfalls", self._language),
            )
        return self._section("shortfalls", heads, rows)

    def transfers(self) -> Section | None:
        """Who sends what to whom, added up over the months."""
        sums: dict[tuple[str, str, str, str], list[float | str]] = {}
        for row in self._facts.plan.decisions.transfers:
            key = row.sender, row.recipient, row.item, row.consent
            total = sums.setdefault(key, [0.0, row.month, row.month])
            total[0] = float(total[0]) + row.quantity
            total[1] = min(str(total[1]), row.month)
            total[2] = max(str(total[2]), row.month)
        rows = [
            (*key[:3], *total, key[3] or text("plan.no-consent", self._language))
            for key, total in sorted(sums.items())
        ]
        heads = ("sender", "recipient", "item", "quantity", "first", "last", "consent")
        return self._section("transfers", heads, rows) if rows else None

    def swaps(self) -> Section | None:
        """What was given against backfills by the end."""
        last = self._facts.horizon.name(self._facts.horizon.months - 1)
        rows = [
            (row.nation, row.gives, row.given, row.gets, row.arrived, row.released)
            for row in self._facts.swaps
            if row.month == last
        ]
        heads = ("nation", "gives", "given", "gets", "arrived", "released")
        return self._section("swaps", heads, rows) if rows else None

    def money(self) -> Section | None:
        """What each nation pays in each year, beside its budget."""
        rows = [
            (
                row.nation,
                str(row.year),
                row.orders,
                row.transfers,
                row.ramps,
                row.setups + row.frameworks,
                row.total,
                row.budget if row.budget is not None else text("plan.no-limit", self._language),
            )
            for row in self._facts.money
        ]
        heads = ("nation", "year", "orders", "moves", "ramp-cost", "fixed", "total", "budget")
        return self._section("money", heads, rows) if rows else None

    def warnings(self) -> Section | None:
        """What the reader has to know before acting on the plan."""
        return self._listed("warnings", self._facts.plan.warnings)

    def assumptions(self) -> Section | None:
        """What was assumed because the inputs leave it open (P20)."""
        return self._listed("assumptions", self._facts.plan.assumptions)

    def _listed(self, name: str, found: Sequence[Assumption]) -> Section | None:
        if not found:
            return None
        lines = [
            Line(text=f"{each.rule} {each.where}: {retold(each.text, self._language)}")
            for each in found
        ]
        return Section(
            title=text(f"plan.section-{name}", self._language),
            lines=(*lines[: self._rows], *self._rest(len(lines))),
        )

    def _section(self, name: str, heads: Sequence[str], rows: Sequence[Iterable[Cell]]) -> Section:
        shown = [tuple(row) for row in rows[: self._rows]]
        columns = tuple(
            Column(text(f"plan.head-{head}", self._language), align=_align(shown, at))
            for at, head in enumerate(heads)
        )
        table = Table(columns, [Row(tuple(self._cell(cell) for cell in row)) for row in shown])
        return Section(
            title=text(f"plan.section-{name}", self._language),
            intro=text(f"plan.intro-{name}", self._language, currency=self._money),
            table=table,
            lines=self._rest(len(rows)),
        )

    def _rest(self, count: int) -> tuple[Line, ...]:
        left = count - self._rows
        return (Line(text=text("plan.more", self._language, count=left)),) if left > 0 else ()

    def _cell(self, cell: Cell) -> str:
        if cell is None:
            return "–"
        return cell if isinstance(cell, str) else figure(float(cell), self._language)

    def _share(self, value: float) -> str:
        return share(value, self._language)


def _align(rows: Sequence[tuple[Cell, ...]], at: int) -> Literal["left", "right"]:
    numbers = all(not isinstance(row[at], str) for row in rows)
    return "right" if numbers else "left"
