"""Redaction: content taken out for good; a tombstone keeps who, when, on what ground (rule 12)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, delete, or_, select, update

from intendance.ledger import _copies as copies
from intendance.ledger._appearances import sign_again
from intendance.ledger._batch import Batch, get_setting, load_settled
from intendance.ledger._citations import addresses_of, citing_rows
from intendance.ledger._editions import data_sets
from intendance.ledger._engine import Store
from intendance.ledger._identify import identify
from intendance.ledger._intake import blocks_of_reports
from intendance.ledger._place import replace_statements
from intendance.ledger._refold import refold
from intendance.ledger._rows import delete_in, fetch_in, insert
from intendance.ledger._schema import (
    appearance,
    assignment,
    band,
    cited,
    citing,
    conflict,
    copy_edge,
    decision,
    former,
    link,
    outlet,
    reading,
    rejected,
    report,
    report_text,
    setting,
    signature,
    statement,
    tombstone,
)
from intendance.ledger._settled import REDACTED, date_in
from intendance.ledger._state import text_of
from intendance.ledger._types import Tombstone
from intendance.ledger._withheld import withhold
from intendance.terms import ROWS, Decision, IntendanceError, Report, Statement, canonical

BLOCK: Final = "\u2588"
"""What stands in a text for each character taken out."""


def redact(batch: Batch, id_: str, by: str, ground: str) -> Tombstone:
    """Take a report out, or a statement with every other that overlaps its words."""
    for field, words in (("by", by), ("ground", ground)):
        if not words.strip():
            raise IntendanceError(
                "decision.invalid", expected=f"words for '{field}'", got="none", where="redact"
            )
    found = identify(batch.connection, id_, ("report", "statement"))
    if found.kind == "report":
        number, gone = _report(batch.connection, found.id), None
    else:
        number, gone = _overlapping(batch.connection, found.id)
    report_id = _id_of(batch.connection, number)
    stone = Tombstone(
        id=found.id,
        report=report_id,
        by=by,
        when=batch.when,
        ground=ground,
        touched=_touched(batch.connection, number, gone),
        copies=_copies_of(batch.connection, number),
    )
    batch.soil(blocks_of_reports(batch, _mates(batch.connection, number)))
    sets = data_sets(batch.connection)
    if number in sets:
        batch.soil(blocks_of_reports(batch, sets))
    batch.renew(citing_rows(batch.connection, addresses_of(batch.connection, number)))
    text = _compared(batch.connection, number) if gone is None else None
    if gone is None:
        _take_report(batch, number)
    else:
        _take_statements(batch, number, gone)
    insert(
        batch.connection,
        tombstone,
        [(stone.id, stone.report, batch.number, canonical(stone).decode())],
    )
    if text is not None:
        withhold(batch.connection, stone.id, text)
    batch.connection.execute(delete(outlet))
    batch.set("sweep", True)
    refold(batch)
    return stone


def finish(store: Store) -> None:
    """Write the database anew where a redaction asked for it, also one that was cut short."""
    if store.read_only:
        return
    with store.reading() as connection:
        due = get_setting(connection, "sweep")
    if due:
        store.sweep()
        with store.writing() as connection:
            connection.execute(delete(setting).where(setting.c.name == "sweep"))


def tombstones(connection: Connection) -> list[Tombstone]:
    """All tombstones, in order of time."""
    decoder = msgspec.json.Decoder(Tombstone)
    bodies = connection.execute(select(tombstone.c.body)).scalars()
    return sorted((decoder.decode(body) for body in bodies), key=lambda each: (each.when, each.id))


def _report(connection: Connection, id_: str) -> int:
    query = select(report.c.number).where(report.c.id == id_)
    number: int = connection.execute(query).scalar_one()
    return number


def _compared(connection: Connection, number: int) -> str | None:
    """The text that a report is shown with; None where it is a row of a data set."""
    query = select(report.c.id).where((report.c.number == number) & report.c.kind.not_in(ROWS))
    id_ = connection.execute(query).scalar()
    return None if id_ is None else text_of(connection, id_)


def _id_of(connection: Connection, number: int) -> str:
    query = select(report.c.id).where(report.c.number == number)
    id_: str = connection.execute(query).scalar_one()
    return id_


def _overlapping(connection: Connection, id_: str) -> tuple[int, list[Any]]:
    """The report of a statement, and the rows of all its statements with words in common."""
    query = select(statement.c.number, statement.c.id, statement.c.report, statement.c.body)
    first = connection.execute(query.where(statement.c.id == id_)).first()
    assert first is not None  # noqa: S101
    said = msgspec.json.decode(first.body, type=Statement)
    rows = connection.execute(query.where(statement.c.report == first.report)).all()
    return first.report, [row for row in rows if row.id == id_ or _meets(row.body, said)]


def _meets(body: str, said: Statement) -> bool:
    other = msgspec.json.decode(body, type=Statement)
    return other.start < said.end and said.start < other.end


def _statements(connection: Connection, number: int) -> list[Any]:
    query = select(statement.c.number, statement.c.id, statement.c.body)
    return list(connection.execute(query.where(statement.c.report == number)))


def _touched(connection: Connection, number: int, gone: Sequence[Any] | None) -> tuple[str, ...]:
    rows = _statements(connection, number) if gone is None else gone
    query = select(assignment.c.commitment)
    inside = {
        row.commitment
        for row in fetch_in(connection, query, assignment.c.statement, [r.number for r in rows])
    }
    conflicts = fetch_in(connection, select(conflict.c.id), conflict.c.commitment, inside)
    return tuple(sorted(inside | {row.id for row in conflicts}))


def _copies_of(connection: Connection, number: int) -> tuple[str, ...]:
    rows = fetch_in(connection, select(report.c.id), report.c.number, _mates(connection, number))
    own = _id_of(connection, number)
    return tuple(sorted(row.id for row in rows if row.id != own))


def _mates(connection: Connection, number: int) -> set[int]:
    query = select(report.c.component).where(report.c.number == number)
    return copies.members_of(connection, [connection.execute(query).scalar_one()])


def _take_report(batch: Batch, number: int) -> None:
    connection = batch.connection
    mates = _mates(connection, number) - {number}
    _drop(batch, _statements(connection, number))
    hashes = select(appearance.c.raw_hash).where(appearance.c.report == number)
    connection.execute(delete(rejected).where(rejected.c.file_hash.in_(hashes)))
    for table in (reading, report_text, appearance, signature, band, cited):
        connection.execute(delete(table).where(table.c.report == number))
    edges = or_(copy_edge.c.one == number, copy_edge.c.other == number)
    connection.execute(delete(copy_edge).where(edges))
    connection.execute(delete(report).where(report.c.number == number))
    copies.recompute(connection, mates)


def _take_statements(batch: Batch, number: int, gone: Sequence[Any]) -> None:
    """Blot the words out of the report's texts, and out of what stands around other quotes."""
    connection = batch.connection
    spans = [msgspec.json.decode(row.body, type=Statement) for row in gone]
    _drop(batch, gone)
    words = {each.quote for each in spans}
    query = select(report_text.c.hash, report_text.c.text).where(report_text.c.report == number)
    for row in connection.execute(query).all():
        text = _blotted(row.text.decode("utf-8", "surrogatepass"), words)
        where = (report_text.c.report == number) & (report_text.c.hash == row.hash)
        data = text.encode("utf-8", "surrogatepass")
        connection.execute(update(report_text).where(where).values(text=data))
    for row in _statements(connection, number):
        body = _blotted_around(row.body, spans)
        connection.execute(
            update(statement).where(statement.c.number == row.number).values(body=body)
        )
    _blot_appearances(connection, number, words)
    sign_again(connection, {number})


def _blot_appearances(connection: Connection, number: int, words: Iterable[str]) -> None:
    query = select(appearance.c.number, appearance.c.body).where(appearance.c.report == number)
    for row in connection.execute(query).all():
        shown = msgspec.json.decode(row.body, type=Report)
        title = None if shown.title is None else _blotted(shown.title, words)
        body = canonical(msgspec.structs.replace(shown, title=title)).decode()
        where = appearance.c.number == row.number
        connection.execute(update(appearance).where(where).values(body=body))


def _blotted(text: str, words: Iterable[str]) -> str:
    for each in sorted(words, key=len, reverse=True):
        if each:
            text = text.replace(each, BLOCK * len(each))
    return text


def _blotted_around(body: str, spans: Sequence[Statement]) -> str:
    """A statement whose prefix and suffix show nothing of the redacted spans."""
    said = msgspec.json.decode(body, type=Statement)
    prefix, suffix = list(said.prefix), list(said.suffix)
    for span in spans:
        for where in range(span.start, span.end):
            before = where - (said.start - len(prefix))
            after = where - said.end
            if 0 <= before < len(prefix):
                prefix[before] = BLOCK
            if 0 <= after < len(suffix):
                suffix[after] = BLOCK
    changed = msgspec.structs.replace(said, prefix="".join(prefix), suffix="".join(suffix))
    return canonical(changed).decode()


def _drop(batch: Batch, rows: Sequence[Any]) -> None:
    connection = batch.connection
    numbers = [row.number for row in rows]
    ids = {row.id for row in rows}
    for column in (
        link.c.statement,
        assignment.c.statement,
        citing.c.statement,
        statement.c.number,
    ):
        delete_in(connection, column, numbers)
    delete_in(connection, former.c.statement, ids)
    others = _silence(connection, ids)
    batch.settled = load_settled(connection)
    replace_statements(batch, others - ids)


def _silence(connection: Connection, ids: set[str]) -> set[str]:
    """Take the words out of decisions that name a redacted statement; that they were made stays.

    Gives all statements that a correction among them named: they are corrected no longer.
    """
    corrected: set[str] = set()
    for body in connection.execute(select(decision.c.body)).scalars().all():
        each = msgspec.json.decode(body, type=Decision)
        if ids.isdisjoint(each.statements):
            continue
        fields = each.kind == "correct" and date_in(each) is None
        value = REDACTED if fields else each.value
        corrected.update(each.statements if fields else ())
        quiet = msgspec.structs.replace(each, why=REDACTED, value=value)
        connection.execute(
            update(decision).where(decision.c.id == each.id).values(body=canonical(quiet).decode())
        )
    return corrected
