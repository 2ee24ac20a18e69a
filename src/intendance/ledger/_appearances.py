"""Reports as they came out: the same text at several addresses is one report (rule 3).

Which appearance a report is shown with is a pure function of all of them: the earliest published,
then the least by publisher, address and bytes; one without a date comes last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, select, update

from intendance.ledger import _copies as copies
from intendance.ledger._batch import Batch
from intendance.ledger._dates import redate
from intendance.ledger._rows import delete_in, fetch_in, insert
from intendance.ledger._schema import appearance, band, report, report_text, signature
from intendance.terms import ROWS, Reading, Report, canonical, short_hash
from intendance.terms import digest as digest_of


class Excerpt(Reading, frozen=True, kw_only=True):
    """A reading of a report of which only the quotes are at hand (a package without texts).

    ``text`` has them at their places and spaces between; ``text_hash`` is that of the whole text.
    Such a report is never compared with others: which ones it repeats must be told.
    """

    text_hash: str


def hash_of_text(each: Reading) -> str:
    """The hash of the exact text that a reading was made from."""
    if isinstance(each, Excerpt):
        return each.text_hash
    return digest_of(each.text.encode("utf-8", "surrogatepass"))


class Taken(msgspec.Struct):
    """What came of some readings' reports.

    ``numbers`` by report identifier; ``new`` how many were not known; ``changed`` those shown with
    another text or date than before; ``joined`` those whose component of copies changed.
    """

    numbers: dict[str, int]
    new: int
    changed: set[int]
    joined: set[int]


def take(batch: Batch, part: Sequence[Reading]) -> Taken:
    """Store the reports of ``part``, their appearances, texts and signatures, each once."""
    connection = batch.connection
    drafts = _drafts(part)
    known_marks = {
        row.mark
        for row in fetch_in(connection, select(appearance.c.mark), appearance.c.mark, list(drafts))
    }
    drafts = {mark: draft for mark, draft in drafts.items() if mark not in known_marks}
    ids = {each.report.id for each in part}
    numbers = {
        row.id: row.number
        for row in fetch_in(connection, select(report.c.id, report.c.number), report.c.id, ids)
    }
    by_report: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for mark, (shown, text_hash, _) in drafts.items():
        by_report[shown.id].append((*appearance_rank(shown), mark, shown, text_hash))
    new_ids = [id_ for id_ in by_report if id_ not in numbers]
    for id_ in new_ids:
        numbers[id_] = batch.numbers.next(report)
    marks = _store(batch, drafts, numbers)
    insert(
        connection,
        report,
        [_report_row(batch, numbers[id_], min(by_report[id_]), marks) for id_ in new_ids],
    )
    insert(connection, appearance, _appearance_rows(batch, drafts, numbers, marks))
    _store_texts(connection, drafts, numbers)
    saying = {
        numbers[each.report.id]
        for each in part
        if each.statements and not isinstance(each, Excerpt)
    }
    joined = _sign_new(connection, sorted(saying - _signed(connection, saying)))
    old = [numbers[id_] for id_ in by_report if id_ not in set(new_ids)]
    changed = _show_again(batch, old, joined)
    return Taken(numbers, len(new_ids), changed, joined | changed)


def appearance_rank(shown: Report) -> tuple[str, str, str, str, str]:
    """The least of a report's appearances by this key is the one that it is shown with."""
    return (
        shown.published.start or "~",
        shown.published.end or "~",
        shown.publisher or "",
        shown.address,
        shown.raw_hash,
    )


def shown_texts(connection: Connection, reports: Iterable[int]) -> dict[int, str]:
    """The hash of the text that each report is shown with."""
    query = select(report.c.number, appearance.c.text).join(
        appearance, appearance.c.number == report.c.appearance
    )
    return {row.number: row.text for row in fetch_in(connection, query, report.c.number, reports)}


def _drafts(part: Sequence[Reading]) -> dict[str, tuple[Report, str, str]]:
    drafts = {}
    for each in part:
        text_hash = hash_of_text(each)
        shown = msgspec.structs.replace(each.report, copy_of=None, statements=0)
        drafts[short_hash((shown, text_hash))] = (shown, text_hash, each.text)
    return drafts


def _store(batch: Batch, drafts: Mapping[str, Any], _numbers: Mapping[str, int]) -> dict[str, int]:
    return {mark: batch.numbers.next(appearance) for mark in drafts}


def _report_row(
    batch: Batch, number: int, best: tuple[Any, ...], marks: Mapping[str, int]
) -> tuple[Any, ...]:
    mark, shown = best[-3], best[-2]
    return (
        number, shown.id, shown.text_hash, shown.kind, shown.language, shown.published.start,
        shown.published.end, marks[mark], number, batch.number,
    )  # fmt: skip


def _appearance_rows(
    batch: Batch,
    drafts: Mapping[str, tuple[Report, str, str]],
    numbers: Mapping[str, int],
    marks: Mapping[str, int],
) -> list[tuple[Any, ...]]:
    return [
        (
            marks[mark], numbers[shown.id], mark, shown.raw_hash, text_hash,
            canonical(shown).decode(), batch.number,
        )
        for mark, (shown, text_hash, _) in drafts.items()
    ]  # fmt: skip


def _store_texts(
    connection: Connection,
    drafts: Mapping[str, tuple[Report, str, str]],
    numbers: Mapping[str, int],
) -> None:
    wanted = {(numbers[shown.id], hash_): text for shown, hash_, text in drafts.values()}
    query = select(report_text.c.report, report_text.c.hash)
    known = {
        (row.report, row.hash)
        for row in fetch_in(connection, query, report_text.c.report, {n for n, _ in wanted})
    }
    insert(
        connection,
        report_text,
        [
            (*key, text.encode("utf-8", "surrogatepass"))
            for key, text in wanted.items()
            if key not in known
        ],
    )


def _signed(connection: Connection, numbers: Iterable[int]) -> set[int]:
    rows = fetch_in(connection, select(signature.c.report), signature.c.report, numbers)
    return {row.report for row in rows}


def _sign_new(connection: Connection, numbers: Sequence[int]) -> set[int]:
    """Find out what the given reports repeat. Rows of data sets are never compared (rule 4).

    Nor is a report that says nothing: it has no witness to share, and most reports say nothing.
    """
    query = (
        select(report.c.number, report_text.c.text)
        .join(appearance, appearance.c.number == report.c.appearance)
        .join(
            report_text,
            and_(report_text.c.report == report.c.number, report_text.c.hash == appearance.c.text),
        )
        .where(report.c.kind.not_in(ROWS))
    )
    texts = {
        row.number: row.text.decode("utf-8", "surrogatepass")
        for row in fetch_in(connection, query, report.c.number, numbers)
    }
    return copies.join(connection, copies.sign(connection, texts), texts)


def _show_again(batch: Batch, numbers: Sequence[int], joined: set[int]) -> set[int]:
    """Work out anew how known reports are shown, now that they have another appearance."""
    connection = batch.connection
    query = select(appearance.c.report, appearance.c.number, appearance.c.text, appearance.c.body)
    best: dict[int, tuple[Any, ...]] = {}
    decoder = msgspec.json.Decoder(Report)
    for row in fetch_in(connection, query, appearance.c.report, numbers):
        shown = decoder.decode(row.body)
        key = (*appearance_rank(shown), short_hash((shown, row.text)), row, shown)
        best[row.report] = min(best.get(row.report, key), key, key=lambda each: each[:6])
    current = select(report.c.number, report.c.appearance, report.c.kind, appearance.c.text).join(
        appearance, appearance.c.number == report.c.appearance
    )
    changed: set[int] = set()
    signed_again: set[int] = set()
    for row in fetch_in(connection, current, report.c.number, numbers):
        chosen, shown = best[row.number][-2], best[row.number][-1]
        if chosen.number == row.appearance:
            continue
        changed.add(row.number)
        if chosen.text != row.text or (shown.kind in ROWS) != (row.kind in ROWS):
            signed_again.add(row.number)
        connection.execute(
            update(report)
            .where(report.c.number == row.number)
            .values(
                appearance=chosen.number,
                kind=shown.kind,
                language=shown.language,
            )
        )
    redate(connection, batch.settled, changed)
    joined |= sign_again(connection, signed_again)
    joined |= copies.represent(connection, changed)
    return changed


def sign_again(connection: Connection, numbers: set[int]) -> set[int]:
    if not numbers:
        return set()
    members = copies.members_of(
        connection,
        {
            row.component
            for row in fetch_in(connection, select(report.c.component), report.c.number, numbers)
        },
    )
    signed = _signed(connection, numbers)
    for column in (signature.c.report, band.c.report):
        delete_in(connection, column, numbers)
    changed = copies.recompute(connection, members)
    return changed | members | _sign_new(connection, sorted(signed))
