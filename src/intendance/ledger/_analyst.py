"""What analysts decide: written down, bound to statements, applied to the blocks it touches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import select

from intendance.catalogue import Catalogue
from intendance.ledger import _copies as copies
from intendance.ledger._batch import Batch, load_settled
from intendance.ledger._dates import redate
from intendance.ledger._editions import data_sets
from intendance.ledger._evidence import translated
from intendance.ledger._fold import check_correction
from intendance.ledger._identify import Identified, identify
from intendance.ledger._intake import blocks_of_reports
from intendance.ledger._place import replace_statements
from intendance.ledger._refold import refold
from intendance.ledger._rows import fetch_in, insert
from intendance.ledger._schema import commitment, conflict, decision, reading, report, statement
from intendance.ledger._settled import PUBLISHED, TRANSLATION, date_in, fields_in, is_translation
from intendance.ledger._view import members
from intendance.terms import (
    DECISION_KINDS,
    Commitment,
    Conflict,
    Decision,
    DecisionKind,
    IntendanceError,
    canonical,
    decision_id,
    span_of,
)

_GRADE: Final = re.compile(r"[A-F][1-6]?|[1-6]")
"""Source A to F and information 1 to 6, the two scales of NATO's AJP-2 for evaluating reports."""

_LEAST: Final = {"merge": 2}
"""How many statements a kind of decision needs, where it is more than one."""


def decide(
    batch: Batch, kind: DecisionKind, ids: Sequence[str], value: str | None, by: str, why: str
) -> Decision:
    """Write a decision down and fold what it touches."""
    if kind == "undo" or kind not in DECISION_KINDS:
        raise _invalid("one of " + ", ".join(k for k in DECISION_KINDS if k != "undo"), kind)
    _check_words(by, why)
    found = [identify(batch.connection, each, _NAMED) for each in ids]
    groups = [_statements(batch, each) for each in found]
    statements = tuple(dict.fromkeys(s for group in groups for s in group))
    if len(statements) < _LEAST.get(kind, 1):
        raise _invalid(f"{_LEAST.get(kind, 1)} statements or more", f"{len(statements)}")
    if kind == "correct" and PUBLISHED in fields_in(value):
        _check_date(fields_in(value), found)
    elif kind == "correct":
        where = "a decision to correct"
        check_names(check_correction(value, where), batch.catalogue, where)
    elif kind == "grade" and not _GRADE.fullmatch(value or ""):
        raise _invalid("a grade: A to F, 1 to 6, or both as B2", repr(value))
    elif kind in ("merge", "split") and value == TRANSLATION:
        _check_reports(batch, statements)
    elif kind != "grade" and value is not None:
        raise _invalid(f"no value with {kind}", repr(value[:80]))
    elif kind == "split" and 1 < len(groups) < len(statements):
        value = "+".join(str(size) for size in _sizes(groups))
    return record(batch, Decision(
        kind=kind, statements=statements, value=value, by=by, when=batch.when, why=why
    ))  # fmt: skip


def _sizes(groups: Sequence[Sequence[str]]) -> list[int]:
    """How many statements each group adds to those before it; what is split stays together."""
    known: set[str] = set()
    sizes = []
    for group in groups:
        fresh = set(group) - known
        known |= fresh
        sizes.append(len(fresh))
    return [size for size in sizes if size]


def check_names(fields: dict[str, Any], catalogue: Catalogue, where: str) -> None:
    """An analyst names only what the catalogue knows: a slip would make books of its own.

    ``where`` names what the fields are of. Raises IntendanceError ``catalogue.unknown``.
    """
    named = [fields.get("item")]
    for field in ("actors", "recipients", "suppliers", "financers"):
        named += fields.get(field) or ()
    for name in named:
        if name is not None and catalogue.entry(str(name)) is None:
            raise IntendanceError(
                "catalogue.unknown",
                expected="identifiers of the catalogue",
                got=repr(str(name)[:80]),
                where=where,
            )


def undo(batch: Batch, id_: str, by: str, why: str) -> Decision:
    """Write down that a decision is lifted and fold what that touches."""
    _check_words(by, why)
    target = identify(batch.connection, id_, ("decision",)).id
    known = {each.id: each for each in batch.settled.shown()}[target]
    if known.undone_by is not None:
        raise _invalid("a decision in force", f"{target}, undone by {known.undone_by}")
    return record(batch, Decision(
        kind="undo", statements=known.statements, value=target, by=by, when=batch.when, why=why
    ))  # fmt: skip


_NAMED: Final = ("statement", "commitment", "conflict", "report")


def record(batch: Batch, draft: Decision) -> Decision:
    """Write a decision down as it is and fold what it touches."""
    made = msgspec.structs.replace(draft, id=decision_id(draft))
    before = _mates(batch)
    body = canonical(made).decode()
    insert(batch.connection, decision, [(made.id, made.kind, batch.number, body)])
    batch.settled = load_settled(batch.connection)
    _apply(batch, made, before)
    refold(batch)
    return made


def take(batch: Batch, decisions: Iterable[Decision]) -> int:
    """Write decisions of another ledger down as they are; gives how many are new. Folds nothing."""
    columns = select(decision.c.id)
    known = set(batch.connection.execute(columns).scalars())
    fresh = [msgspec.structs.replace(e, undone_by=None) for e in decisions if e.id not in known]
    before = _mates(batch)
    rows = [(each.id, each.kind, batch.number, canonical(each).decode()) for each in fresh]
    insert(batch.connection, decision, rows)
    batch.settled = load_settled(batch.connection)
    for each in fresh:
        _apply(batch, each, before)
    return len(fresh)


def _apply(batch: Batch, made: Decision, before: set[int]) -> None:
    """Put everything where a decision that is written down wants it; what it touches is dirty."""
    replace_statements(batch, made.statements)
    about = _meant(batch, made)
    _soil_editions(batch, made)
    if is_translation(about):
        batch.soil(blocks_of_reports(batch, before | _mates(batch)))
    elif date_in(about) is not None:
        _redate(batch, about)


def _soil_editions(batch: Batch, made: Decision) -> None:
    """What is decided on rows of a data set may tell which edition covers a donor."""
    query = select(statement.c.report)
    rows = fetch_in(batch.connection, query, statement.c.id, made.statements)
    sets = data_sets(batch.connection)
    if sets.intersection(row.report for row in rows):
        batch.soil(blocks_of_reports(batch, sets))


def _redate(batch: Batch, about: Decision) -> None:
    """Date the reports anew; who stands for their copies, and so their witness, may change."""
    connection = batch.connection
    query = select(statement.c.report)
    rows = fetch_in(connection, query, statement.c.id, about.statements)
    numbers = {row.report for row in rows}
    redate(connection, batch.settled, numbers)
    copies.represent(connection, numbers)
    query = select(report.c.component)
    components = {r.component for r in fetch_in(connection, query, report.c.number, numbers)}
    mates = copies.members_of(connection, components) | _mates(batch)
    batch.soil(blocks_of_reports(batch, numbers | mates))


def _meant(batch: Batch, made: Decision) -> Decision:
    """The decision that an undo, or the undo of an undo, is about in the end."""
    by_id = {each.id: each for each in batch.settled.all}
    while made.kind == "undo" and made.value in by_id:
        made = by_id[made.value]
    return made


def _mates(batch: Batch) -> set[int]:
    """All reports that share a witness with another through a translation."""
    return copies.members_of(batch.connection, translated(batch.connection, batch.settled))


def _statements(batch: Batch, found: Identified) -> list[str]:
    connection = batch.connection
    if found.kind == "statement":
        return [found.id]
    if found.kind == "commitment":
        body = connection.execute(
            select(commitment.c.body).where(commitment.c.id == found.id)
        ).scalar_one()
        return members(msgspec.json.decode(body, type=Commitment))
    if found.kind == "conflict":
        body = connection.execute(
            select(conflict.c.body).where(conflict.c.id == found.id)
        ).scalar_one()
        sides = msgspec.json.decode(body, type=Conflict).sides
        return sorted({said for side in sides for said in side.statements})
    query = (
        select(statement.c.id)
        .join(reading, reading.c.number == statement.c.reading)
        .join(report, report.c.number == reading.c.report)
        .where((report.c.id == found.id) & (statement.c.active == 1))
        .order_by(statement.c.id)
    )
    return list(connection.execute(query).scalars())


def _check_date(fields: dict[str, Any], found: Sequence[Identified]) -> None:
    """A date of publication is a report's, and corrected alone."""
    if len(fields) > 1:
        raise _invalid("a date of publication alone", ", ".join(sorted(fields)))
    if other := [each.asked for each in found if each.kind != "report"]:
        raise _invalid("reports, for a date of publication", other[0])
    span_of(str(fields[PUBLISHED]), "a date of publication")


def _check_reports(batch: Batch, statements: Sequence[str]) -> None:
    query = select(statement.c.report)
    rows = fetch_in(batch.connection, query, statement.c.id, statements)
    count = len({row.report for row in rows})
    if count != 2:
        raise _invalid("two reports with statements, a text and its translation", f"{count}")


def _check_words(by: str, why: str) -> None:
    for field, words in (("by", by), ("why", why)):
        if not words.strip():
            raise _invalid(f"words for '{field}'", "none")


def _invalid(expected: str, got: str) -> IntendanceError:
    return IntendanceError("decision.invalid", expected=expected, got=got, where="a decision")
