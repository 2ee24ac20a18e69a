"""``intendance reconcile``: two sources line by line."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import click
import msgspec

from intendance.api import Books
from intendance.cli._cells import joined, short, view_table
from intendance.cli._filters import Asked, filter_options, ledger_options
from intendance.cli._options import output_options
from intendance.cli._output import Output
from intendance.exchange import Match
from intendance.exchange import reconcile as reconciled
from intendance.render import (
    Language,
    Row,
    Table,
    date_short,
    interval_cell,
    money_text,
    number_text,
    text,
)
from intendance.terms import Interval, Money, Number


class MatchRow(msgspec.Struct, frozen=True, kw_only=True):
    """A match in a spreadsheet; ``statement_a`` and ``statement_b`` are what a decision names."""

    id: str
    verdict: str
    donors: tuple[str, ...]
    item_a: str | None
    item_b: str | None
    stage: str | None
    a_low: Number | None
    a_high: Number | None
    b_low: Number | None
    b_high: Number | None
    currency: str | None
    lost: tuple[str, ...]
    score: Decimal | None
    reasons: tuple[str, ...]
    settled: str | None
    decision: str | None
    statement_a: str | None
    statement_b: str | None
    row_a: str | None
    row_b: str | None
    from_a: str | None
    from_b: str | None


@click.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option("--all", "whole", is_flag=True, help="Also lines outside what the other speaks of.")
@ledger_options
@filter_options
@output_options
def reconcile(a: str, b: str, whole: bool, ledger: Books, asked: Asked, output: Output) -> None:
    """Match what the sources A and B say, line by line: agrees, differs, only in A, only in B.

    A source is a report's identifier, a part of a publisher, title or address (a data set's name
    or file), or 'reports' for all that are no data sets. Confirm a match with 'decide merge' and
    refuse it with 'decide split', naming a statement of either side.
    """
    found = reconciled(
        ledger,
        a,
        b,
        filter=asked.filter,
        as_of=asked.as_of,
        recorded=asked.recorded,
        whole=whole,
    )
    output.records(
        Match,
        found.matches,
        lambda rows: _table(rows, output.language),
        "none.matches",
        sheet=(MatchRow, match_row),
    )
    if output.for_people:
        language = output.language
        names = {name: name.replace("-", "_") for name in found.counts}
        counts = ", ".join(
            f"{text(f'verdict.{names[name]}', language)} {count}"
            for name, count in found.counts.items()
        )
        output.say(counts)
        if found.outside_a or found.outside_b:
            output.say(text("reconcile.outside", language, a=found.outside_a, b=found.outside_b))


def match_row(each: Match) -> MatchRow:
    """A match as a row of a spreadsheet."""
    one, other = each.figures
    currency = next((f.currency for f in each.figures if isinstance(f, Money)), None)
    a, b = each.a, each.b
    return MatchRow(
        id=each.id,
        verdict=each.verdict,
        donors=each.donors,
        item_a=None if a is None else a.item,
        item_b=None if b is None else b.item,
        stage=each.stage,
        a_low=None if one is None else one.low,
        a_high=None if one is None else one.high,
        b_low=None if other is None else other.low,
        b_high=None if other is None else other.high,
        currency=currency,
        lost=each.lost,
        score=each.score,
        reasons=tuple(f"{r.part} {r.score} {r.why}" for r in each.reasons),
        settled=each.settled,
        decision=each.decision,
        statement_a=None if a is None else a.statements[0],
        statement_b=None if b is None else b.statements[0],
        row_a=None if a is None else a.source_row,
        row_b=None if b is None else b.source_row,
        from_a=None if a is None else a.time.start,
        from_b=None if b is None else b.time.start,
    )


def _table(rows: Sequence[Match], language: Language) -> Table:
    names = ("verdict", "donors", "item", "a", "b", "when", "score", "statement_a", "statement_b",
             "reasons")  # fmt: skip
    return view_table(names, (_row(each, language) for each in rows), language)


def _row(each: Match, language: Language) -> Row:
    a, b = each.a, each.b
    items = dict.fromkeys(side.item for side in (a, b) if side is not None and side.item)
    told = [_reason(reason.part, reason.why, language) for reason in each.reasons]
    told += [_lost(lost, language) for lost in each.lost]
    if each.settled:
        told.append(text(f"reconcile.{each.settled}", language, decision=short(each.decision)))
    side = a or b
    return Row(
        (
            text(f"verdict.{each.verdict.replace('-', '_')}", language),
            joined(each.donors),
            " / ".join(items),
            _figure(each.figures[0], language) if a is not None else "",
            _figure(each.figures[1], language) if b is not None else "",
            "" if side is None else date_short(side.time),
            "" if each.score is None else number_text(each.score, language),
            "" if a is None else short(a.statements[0]),
            "" if b is None else short(b.statements[0]),
            "; ".join(one for one in told if one),
        )
    )


def _figure(figure: Interval | Money | None, language: Language) -> str:
    if figure is None:
        return "?"
    return (
        money_text(figure, language)
        if isinstance(figure, Money)
        else interval_cell(figure, language)
    )


def _reason(part: str, why: str, language: Language) -> str:
    """What is not plain to see in the columns: another kind, days between, other donors."""
    name, _, number = why.partition(":")
    if name in ("same", "agrees", "differs"):
        return ""
    return text(f"alike.{part}_{name}", language, count=int(number or 0))


def _lost(lost: str, language: Language) -> str:
    side, _, what = lost.partition(":")
    return text("reconcile.lost", language, side=side.upper(), what=text(f"lost.{what}", language))
