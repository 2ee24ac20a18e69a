"""The account as a page: which sections, and what each holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from intendance.catalogue import Catalogue
from intendance.cli._account.lines import Lines
from intendance.ledger import Assumption, Brief, Tally
from intendance.render import (
    Column,
    Language,
    Line,
    Page,
    Row,
    Section,
    Table,
    date_text,
    interval_text,
    text,
)
from intendance.terms import Commitment, Report, Stage, TimeSpan

DEFAULT_ROWS: Final = 12
"""How many lines a section of a one-page account has; what is left out is counted."""

OWED: Final[tuple[Stage, ...]] = ("promised", "allocated", "contracted", "delivered")

_HEADS: Final = ("donors", "recipient", "class", "promised", "delivered", "unstated")
_RIGHT: Final = frozenset({"promised", "delivered", "unstated"})


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """What an account tells: the ledger's brief, and what its quotes need to be understood.

    ``reports`` are those that it quotes, by identifier; ``as_of`` the day that it describes, None
    for all that is held.
    """

    brief: Brief
    reports: dict[str, Report]
    assumptions: Sequence[Assumption] = ()
    as_of: TimeSpan | None = None


def account_page(
    account: Account, catalogue: Catalogue, language: Language, rows: int = DEFAULT_ROWS
) -> Page:
    """The account in ``language``, each line with the quotes that it rests on."""
    brief = account.brief
    lines = Lines(brief, account.reports, catalogue, language)
    live = [each for each in brief.commitments if each.live]
    owed = sorted((e for e in live if not e.general and _is_owed(e)), key=_weight)
    general = sorted((e for e in live if e.general and _is_owed(e)), key=_weight)
    sections = (
        _totals(brief, catalogue, language),
        _section("owed", [lines.owed(each) for each in owed], rows, language),
        _section(
            "conflicts",
            [line for one in brief.conflicts for line in lines.conflict(one)],
            rows,
            language,
        ),
        _section(
            "backfills",
            [line for each in brief.backfills for line in lines.backfill(each)],
            rows,
            language,
        ),
        _section(
            "frameworks",
            [line for each in brief.frameworks for line in lines.framework(each)],
            rows,
            language,
        ),
        _section("general", [lines.general(each) for each in general], rows, language),
        _section(
            "assumptions", [lines.assumed(each) for each in account.assumptions], rows, language
        ),
    )
    return Page(
        title=text("brief.title", language),
        language=language,
        facts=_facts(account, language),
        sections=tuple(each for each in sections if each is not None),
        foot=text("brief.foot", language),
    )


def _facts(account: Account, language: Language) -> tuple[str, ...]:
    brief = account.brief
    day = (
        text("brief.as_of", language, day=date_text(account.as_of, language))
        if account.as_of is not None
        else text("brief.all", language)
    )
    counts = {
        "reports": brief.reports,
        "copies": sum(1 for each in account.reports.values() if each.copy_of),
        "commitments": len(brief.commitments),
        "statements": brief.statements,
        "conflicts": len(brief.conflicts),
        "candidates": brief.candidates,
    }
    said = ", ".join(text(f"count.{name}", language, count=count) for name, count in counts.items())
    return (day, f"{said}.")


def _totals(brief: Brief, catalogue: Catalogue, language: Language) -> Section | None:
    specific = [
        each
        for each in brief.lines
        if not each.general and (each.promised.stated or each.promised.unstated)
    ]
    if not specific:
        return None
    columns = tuple(
        Column(text(f"column.{head}", language), "right" if head in _RIGHT else "left")
        for head in _HEADS
    )
    rows = [
        Row(
            (
                ", ".join(catalogue.label(donor, language) for donor in each.donors) or "?",
                catalogue.label(each.recipient, language) if each.recipient else "?",
                catalogue.label(each.item_class, language) if each.item_class else "?",
                _sum(each.promised, language),
                _sum(each.delivered, language),
                str(each.promised.unstated or ""),
            )
        )
        for each in specific
    ]
    return Section(
        title=text("brief.totals", language),
        intro=text("brief.totals_intro", language),
        table=Table(columns, rows),
    )


def _sum(tally: Tally, language: Language) -> str:
    return interval_text(tally.total, language) if tally.stated else ""


def _section(name: str, lines: Sequence[Line], rows: int, language: Language) -> Section | None:
    if not lines:
        return None
    heads = [at for at, line in enumerate(lines) if not line.level]
    cut = heads[rows] if len(heads) > rows else len(lines)
    shown = list(lines[:cut])  # a line keeps all that stands under it
    if len(heads) > rows:
        shown.append(Line(text("brief.more", language, count=len(heads) - rows)))
    return Section(
        title=text(f"brief.{name}", language),
        intro=text(f"brief.{name}_intro", language),
        lines=tuple(shown),
    )


def _is_owed(commitment: Commitment) -> bool:
    return any(stage in commitment.stages for stage in OWED)


def _weight(commitment: Commitment) -> tuple[int, int, str]:
    """What more independent sources tell comes first; the identifier settles the rest."""
    witnesses = sum(state.witnesses for state in commitment.stages.values())
    return (-witnesses, -len(commitment.stages), commitment.id)
