"""A data package into a ledger: what was told, told again."""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import msgspec

from intendance.exchange._package.records import (
    RECORDS,
    SUPPLIED,
    CopyRow,
    ReportRow,
    StatementRow,
    invalid,
    long_cells,
    narrowed,
    read_records,
)
from intendance.exchange._package.write import DESCRIPTOR, TEXTS, VERSION, file_hash
from intendance.exchange._supplied import SUPPLIED as KINDS
from intendance.ledger import Added, Excerpt, Ledger, ReadingRecord, Supplied
from intendance.terms import Decision, IntendanceError, Reading, Report, Statement

_LARGEST: Final = 64 * 1024**3
"""The most bytes that an archive may unpack to."""

Key = tuple[str, str]
"""Report, and hash of an exact text of it."""


class Imported(msgspec.Struct, frozen=True):
    """What came of a package.

    ``same`` says whether the ledger now has the digest that the package names; None where that
    can't be (the ledger held something before, the package is a part of a ledger, or the catalogue
    is another one).
    """

    added: Added
    digest: str
    same: bool | None
    texts: bool


def import_package(ledger: Ledger, path: Path) -> Imported:
    """Take a package (a folder, its descriptor, or a zip archive) into the ledger, all or nothing.

    Raises IntendanceError ``table.unreadable`` for what is no package of a ledger, or was changed;
    ``input.missing``; and what ``Ledger.add`` raises.
    """
    with _opened(path) as folder, long_cells():
        about = _checked(folder)
        empty = not any(ledger.counts().values())
        version = about.get("folded")
        tables = _supplied(folder) if about["supplied"] else []
        added = ledger.restore(
            _readings(folder, about),
            _groups(folder),
            read_records(folder / "decisions.csv", Decision),
            (version[0], version[1]) if version else None,
            tables,
        )
    digest = ledger.digest()
    comparable = empty and about["whole"] and about["catalogue"] == ledger.catalogue.hash
    same = digest == about["digest"] if comparable else None
    return Imported(added, digest, same, bool(about["texts"]))


@contextmanager
def _opened(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield path
    elif path.name == DESCRIPTOR and path.is_file():
        yield path.parent
    elif not path.exists():
        raise IntendanceError(
            "input.missing", expected="a data package", got="nothing", where=str(path)
        )
    elif not zipfile.is_zipfile(path):
        raise invalid(f"a folder, a zip archive or a {DESCRIPTOR}", "another file", str(path))
    else:
        with tempfile.TemporaryDirectory() as folder:
            _unpack(path, Path(folder))
            yield Path(folder)


def _unpack(path: Path, folder: Path) -> None:
    wanted = {DESCRIPTOR, TEXTS, *(f"{name}.csv" for name in (*RECORDS, SUPPLIED))}
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [each for each in archive.infolist() if each.filename in wanted]
            if sum(each.file_size for each in entries) > _LARGEST:
                raise invalid(f"at most {_LARGEST} bytes unpacked", "more", str(path))
            for each in entries:
                with archive.open(each) as source, (folder / each.filename).open("wb") as target:
                    shutil.copyfileobj(source, target)
    except (zipfile.BadZipFile, OSError, EOFError) as fault:
        raise invalid("a zip archive", str(fault), str(path)) from None


def _checked(folder: Path) -> dict[str, Any]:
    """What the descriptor says of the ledger; its files must be those that were written."""
    where = str(folder / DESCRIPTOR)
    try:
        descriptor = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
        about = descriptor["intendance"]
        resources = {each["path"]: each["hash"] for each in descriptor["resources"]}
        known = {name: about[name] for name in ("version", "digest", "catalogue", "texts", "whole")}
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise invalid("the descriptor of a ledger's data package", str(fault), where) from None
    if known["version"] != VERSION:
        raise invalid(f"a package of version {VERSION}", f"version {known['version']}", where)
    names = [f"{name}.csv" for name in RECORDS] + ([TEXTS] if known["texts"] else [])
    names += [f"{SUPPLIED}.csv"] if about.get("supplied") else []
    for name in names:
        path = folder / name
        if name not in resources or not path.is_file():
            raise invalid(f"a table {name}", "none", str(folder))
        if resources[name] != f"sha256:{file_hash(path)}":
            raise invalid("the file that was written", "another one", str(path))
    known["folded"], known["supplied"] = about.get("folded"), about.get("supplied", False)
    return known


def _supplied(folder: Path) -> list[Supplied]:
    """The tables that users filled in; a kind that this version does not know is refused."""
    found = []
    for number, each in enumerate(read_records(folder / f"{SUPPLIED}.csv", Supplied), 2):
        if each.kind not in KINDS:
            where = f"{SUPPLIED}.csv, row {number}"
            raise invalid("one of " + ", ".join(KINDS), repr(each.kind[:80]), where)
        found.append(each)
    return found


def _groups(folder: Path) -> list[list[str]]:
    groups: dict[int, list[str]] = defaultdict(list)
    for row in read_records(folder / "copies.csv", CopyRow):
        groups[row.group].append(row.report)
    return list(groups.values())


def _readings(folder: Path, about: dict[str, Any]) -> Iterator[Reading]:
    """Every reading with each appearance of its text, and at least one of either."""
    reports: dict[Key, list[Report]] = defaultdict(list)
    for row in read_records(folder / "reports.csv", ReportRow):
        reports[(row.id, row.text)].append(narrowed(row, Report))
    records: dict[Key, list[ReadingRecord]] = defaultdict(list)
    for record in read_records(folder / "readings.csv", ReadingRecord):
        records[(record.report, record.text)].append(record)
    texts = _texts(folder) if about["texts"] else iter(())
    text = next(texts, None)
    said = _by_report(read_records(folder / "statements.csv", StatementRow))
    mine = next(said, None)
    for report in dict.fromkeys(id_ for id_, _ in sorted(reports)):
        whole: dict[str, str] = {}
        while text is not None and text[0] <= report:
            whole |= {text[1]: text[2]} if text[0] == report else {}
            text = next(texts, None)
        statements: list[StatementRow] = []
        while mine is not None and mine[0] <= report:
            statements += mine[1] if mine[0] == report else []
            mine = next(said, None)
        for key in [key for key in reports if key[0] == report]:
            own = [each for each in statements if each.text == key[1]]
            yield from _told(key, reports[key], records.get(key, []), own, whole.get(key[1]))


def _by_report(rows: Iterable[StatementRow]) -> Iterator[tuple[str, list[StatementRow]]]:
    group: list[StatementRow] = []
    for row in rows:
        if group and row.report != group[0].report:
            yield group[0].report, group
            group = []
        group.append(row)
    if group:
        yield group[0].report, group


def _told(
    key: Key,
    reports: list[Report],
    records: list[ReadingRecord],
    rows: list[StatementRow],
    text: str | None,
) -> Iterator[Reading]:
    if not records:
        raise invalid("a reading of each report", "none", f"readings.csv, report {key[0]}")
    held = excerpt(rows) if text is None else text
    for number in range(max(len(reports), len(records))):
        record = records[min(number, len(records) - 1)]
        made: dict[str, Any] = {
            "report": reports[min(number, len(reports) - 1)],
            "text": held,
            "statements": tuple(
                narrowed(row, Statement) for row in rows if row.reading == record.id
            ),
            "reader": record.reader,
            "catalogue": record.catalogue,
            "notes": record.notes,
        }
        yield Reading(**made) if text is not None else Excerpt(**made, text_hash=key[1])


def excerpt(rows: Iterable[Statement]) -> str:
    """The quotes and what stands around them at their places, with spaces between."""
    pieces = [
        (start, words)
        for row in rows
        for start, words in (
            (row.start - len(row.prefix), row.prefix),
            (row.end, row.suffix),
            (row.start, row.quote),
        )
    ]
    held = [" "] * max((start + len(words) for start, words in pieces), default=0)
    for start, words in pieces:
        held[start : start + len(words)] = words
    return "".join(held)


def _texts(folder: Path) -> Iterator[tuple[str, str, str]]:
    with (folder / TEXTS).open(encoding="ascii") as stream:
        for number, line in enumerate(stream, 1):
            try:
                found = json.loads(line)
                yield found["report"], found["hash"], found["text"]
            except (ValueError, KeyError, TypeError) as fault:
                raise invalid("a text", str(fault), f"{TEXTS}, line {number}") from None
