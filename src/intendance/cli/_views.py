"""What people see of each kind of record: which columns, and how a cell reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from intendance.cli._cells import (
    NOTHING,
    amounts,
    figure,
    joined,
    short,
    side_text,
    view_table,
    when,
)
from intendance.ledger import Overdue, Package, Programme, Proposal, Tombstone
from intendance.render import (
    Language,
    Row,
    Table,
    date_short,
    interval_cell,
    money_text,
    text,
)
from intendance.terms import (
    Commitment,
    Conflict,
    Decision,
    Report,
    Side,
    Stage,
    StageState,
    Statement,
)

Notes = Callable[[Any], tuple[str, ...]]


class ConflictRow(msgspec.Struct, frozen=True, kw_only=True):
    """A conflict in a spreadsheet: with whom and what it is about, and its sides as text."""

    id: str
    kind: str
    donors: tuple[str, ...]
    recipient: str | None
    item: str | None
    values: tuple[str, ...]
    sides: tuple[Side, ...]
    commitment: str
    settled_by: str | None


def conflict_row(each: Conflict, commitment: Commitment) -> ConflictRow:
    """A conflict together with what its commitment is about."""
    return ConflictRow(
        id=each.id,
        kind=each.kind,
        donors=commitment.donors,
        recipient=commitment.recipient,
        item=commitment.item,
        values=tuple(side.value for side in each.sides),
        sides=each.sides,
        commitment=each.commitment,
        settled_by=each.settled_by,
    )


def no_notes(_record: object) -> tuple[str, ...]:
    """Nothing under the row."""
    return ()


def commitment_table(
    commitments: Sequence[Commitment], language: Language, notes: Notes = no_notes
) -> Table:
    """Commitments: who, to whom, what, how far, how much; candidates and general ones last."""
    names = (
        "id", "donors", "recipient", "item", "stage", "promised", "delivered", "outstanding",
        "when", "marks",
    )  # fmt: skip
    firm = _firm_orders(commitments)
    rows = (
        _commitment(each, firm.get(each.id, ()), language, notes)
        for each in sorted(commitments, key=_for_people)
    )
    return view_table(names, rows, language)


def conflict_table(
    conflicts: Sequence[Conflict],
    held: dict[str, Commitment],
    language: Language,
    notes: Notes = no_notes,
) -> Table:
    """Conflicts with the values of their sides; ``held`` are their commitments by identifier."""
    names = ("id", "kind", "donors", "recipient", "item", "sides", "commitment", "settled")
    rows = (_conflict(each, held.get(each.commitment), language, notes) for each in conflicts)
    return view_table(names, rows, language)


def statement_table(
    statements: Sequence[Statement], language: Language, notes: Notes = no_notes
) -> Table:
    """Statements: who did what for whom, how sure, and where it stands."""
    names = (
        "id", "act", "certainty", "actors", "recipients", "item", "quantity", "money", "when",
        "report", "marks",
    )  # fmt: skip
    return view_table(names, (_statement(each, language, notes) for each in statements), language)


def report_table(reports: Sequence[Report], language: Language) -> Table:
    """Reports: when, by whom, what, and how much was read from it."""
    names = ("id", "published", "language", "statements", "copy_of", "title", "address")
    rows = (
        Row(
            (
                short(each.id),
                date_short(each.published),
                each.language,
                str(each.statements),
                short(each.copy_of),
                each.title or "",
                each.address,
            )
        )
        for each in reports
    )
    return view_table(names, rows, language)


def package_table(packages: Sequence[Package], language: Language) -> Table:
    """Packages: who, to whom, when, the total of their own, and their parts."""
    names = ("id", "donors", "recipient", "when", "total", "commitments")
    rows = (
        Row(
            (
                short(each.id),
                joined(each.donors),
                each.recipient or "",
                date_short(each.announced),
                amounts(each.total, language),
                str(len(each.parts)),
            )
        )
        for each in packages
    )
    return view_table(names, rows, language)


def programme_table(programmes: Sequence[Programme], language: Language) -> Table:
    """Programmes: kind, parties, horizon, money, and what is linked to them."""
    names = ("id", "kind", "parties", "horizon", "money", "commitments")
    rows = (
        Row(
            (
                each.id if not each.id.startswith("m") or len(each.id) < 20 else short(each.id),
                each.kind,
                joined(each.parties),
                date_short(each.horizon),
                amounts(each.money, language),
                str(len(each.commitments)),
            )
        )
        for each in programmes
    )
    return view_table(names, rows, language)


def overdue_table(overdue: Sequence[Overdue], language: Language, notes: Notes = no_notes) -> Table:
    """What is overdue: by when it was due, and how much of it is outstanding."""
    names = ("id", "donors", "recipient", "item", "due", "promised", "delivered", "outstanding")
    rows = (
        Row(
            (
                short(each.commitment.id),
                joined(each.commitment.donors),
                each.commitment.recipient or "",
                each.commitment.item or "",
                date_short(each.due),
                figure(each.commitment.stages.get("promised"), language),
                figure(each.commitment.stages.get("delivered"), language),
                interval_cell(each.outstanding, language),
            ),
            notes(each.commitment),
        )
        for each in overdue
    )
    return view_table(names, rows, language)


def decision_table(decisions: Sequence[Decision], language: Language) -> Table:
    """Decisions: what, on which statements, by whom, when and why."""
    names = ("id", "kind", "statements", "value", "by", "when", "why", "undone_by")
    rows = (
        Row(
            (
                short(each.id),
                each.kind,
                joined(map(short, each.statements)),
                each.value or "",
                each.by,
                each.when,
                each.why,
                short(each.undone_by),
            )
        )
        for each in decisions
    )
    return view_table(names, rows, language)


def tombstone_table(tombstones: Sequence[Tombstone], language: Language) -> Table:
    """What was redacted, by whom, when and on what ground; never any of its words."""
    names = ("id", "by", "when", "ground", "touched")
    rows = (
        Row((short(each.id), each.by, each.when, each.ground, joined(map(short, each.touched))))
        for each in tombstones
    )
    return view_table(names, rows, language)


def proposal_table(proposals: Sequence[Proposal], language: Language) -> Table:
    """Pairs of reports that may be a text and its translation, with what they share."""
    names = ("one", "other", "languages", "score", "numbers", "names", "dates")
    rows = (
        Row(
            (
                short(each.one),
                short(each.other),
                joined(each.languages),
                str(each.score),
                joined(each.numbers),
                joined(each.names),
                joined(each.dates),
            )
        )
        for each in proposals
    )
    return view_table(names, rows, language)


def _for_people(each: Commitment) -> tuple[object, ...]:
    return (
        not each.live,
        each.general,
        each.donors,
        each.recipient or "",
        each.item or "",
        each.id,
    )


def _firm_orders(commitments: Sequence[Commitment]) -> dict[str, list[Commitment]]:
    """The orders inside each framework that is listed (rule 8: they are part of its ceiling)."""
    found: dict[str, list[Commitment]] = {}
    for each in commitments:
        if each.framework is not None:
            found.setdefault(each.framework, []).append(each)
    return found


def _commitment(
    each: Commitment, firm: Sequence[Commitment], language: Language, notes: Notes
) -> Row:
    stages = each.stages
    owed: tuple[Stage, ...] = ("promised", "contracted", "allocated")
    promised = next((stages[stage] for stage in owed if stage in stages), None)
    stage = text(f"stage.{each.furthest_stage}", language) if each.furthest_stage else ""
    cells = (
        short(each.id),
        joined(each.donors),
        each.recipient or "",
        each.item or "",
        stage,
        _reached(each, promised, language),
        _reached(each, stages.get("delivered"), language),
        interval_cell(each.outstanding, language) if each.outstanding.known else "",
        when(each),
        _marks(each, firm, language),
    )
    return Row(cells, notes(each))


def _reached(each: Commitment, state: StageState | None, language: Language) -> str:
    """The figure of a stage; nothing where no live statement says that it was reached."""
    if state is None or (each.live and not state.witnesses and not state.quantity.known):
        return ""
    return figure(state, language)


def _marks(each: Commitment, firm: Sequence[Commitment], language: Language) -> str:
    """What else is to be known of a commitment, in few words."""
    marks = [
        f"{text('mark.firm', language)} {shown}"
        for order in firm
        if (shown := figure(order.stages.get("contracted"), language))
    ]
    if each.general:
        marks.append(text("mark.general", language))
    if not each.live:
        marks.append(text("mark.candidate", language))
    for key, ids in (
        ("conflicts", each.conflicts),
        ("backfill_for", each.backfill_for),
        ("backfilled_by", each.backfilled_by),
        ("framework", (each.framework,) if each.framework else ()),
        ("decisions", each.decisions),
    ):
        if ids:
            shown = ", ".join(map(short, ids)) if len(ids) <= 2 else str(len(ids))
            marks.append(f"{text(f'mark.{key}', language)} {shown}")
    if each.may_include:
        marks.append(f"{text('mark.may_include', language)} {len(each.may_include)}")
    return "; ".join(marks)


def _conflict(
    each: Conflict, commitment: Commitment | None, language: Language, notes: Notes
) -> Row:
    cells = (
        short(each.id),
        text(f"conflict.{each.kind}", language),
        joined(commitment.donors) if commitment else "",
        (commitment.recipient or "") if commitment else "",
        (commitment.item or "") if commitment else "",
        " ↔ ".join(side_text(each, side, language) for side in each.sides),
        short(each.commitment),
        short(each.settled_by) or text("conflict.open", language),
    )
    return Row(cells, notes(each))


def _statement(each: Statement, language: Language, notes: Notes) -> Row:
    marks = [] if each.live else [text("mark.candidate", language)]
    if each.polarity == "negative":
        marks.append(text("mark.negative", language))
    cells = (
        short(each.id),
        text(f"act.{each.act}", language),
        text(f"certainty.{each.certainty.replace(' ', '_')}", language),
        joined(each.actors),
        joined(each.recipients),
        each.item or (f"“{each.item_text}”" if each.item_text else ""),
        interval_cell(each.quantity, language) if each.quantity.known else "",
        money_text(each.money, language) if each.money else "",
        date_short(each.time) if each.time != NOTHING else "",
        short(each.report),
        "; ".join(marks),
    )
    return Row(cells, notes(each))
