"""A ledger as a Frictionless data package: tables to look at, and all that it was told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Literal

import msgspec

from intendance.exchange._export.columns import FRICTIONLESS, Sheet, sheets
from intendance.exchange._export.rows import Rows
from intendance.exchange._export.tabular import write_csv
from intendance.exchange._package.records import (
    RECORDS,
    SUPPLIED,
    CopyRow,
    report_row,
    schema_type,
    statement_row,
    write_records,
)
from intendance.ledger import Archive, Ledger, Supplied

VERSION: Final = 1
"""The version of the tables that another ledger is made from."""

Tables = Literal["none", "open", "marked"]
"""Which tables that users filled in go along: none, those without a marking, marked ones too."""

DESCRIPTOR: Final = "datapackage.json"
TEXTS: Final = "texts.jsonl"

SHOWN: Final = ("commitments", "stages", "amounts", "conflicts")
"""Tables for people and their tools; ``import package`` works them out anew."""

_KEYS: Final = {
    "commitments": ["id"], "stages": ["commitment", "stage"], "conflicts": ["id"],
    "amounts": ["commitment", "stage", "currency"],
    "readings": ["id", "text"], "decisions": ["id"],
}  # fmt: skip

_ABOUT: Final = {
    "reports": "Each file or address that a report came from",
    "readings": "What one version of a reader made of one text",
    "statements": "Each thing that a report says, as it was read, with its words and offsets",
    "decisions": "What analysts settled, in the order in which it applies",
    "copies": "Reports that repeat one another, by group",
    SUPPLIED: "Tables that users filled in, each with its owner and who may see it (marking)",
}


def write_package(
    ledger: Ledger, rows: Rows, folder: Path, *, texts: bool, supplied: Tables
) -> dict[str, int]:
    """Write the package into a new folder; gives how many rows each table has.

    Without ``texts`` no report's text goes along, only quotes with their offsets.
    """
    folder.mkdir()
    counts = {}
    resources = []
    for name in SHOWN:
        sheet = sheets()[name]
        counts[name] = write_csv(rows, sheet, folder / f"{name}.csv")
        resources.append(_resource(folder / f"{name}.csv", sheet.en, _sheet_schema(sheet)))
    whole = rows.asked.whole
    only = None if whole else frozenset(each.id for each in rows.extract.reports)
    with ledger.archive(only) as archive:
        for name, kind in RECORDS.items():
            path = folder / f"{name}.csv"
            counts[name] = write_records(_records(archive, name), kind, path)
            resources.append(_resource(path, _ABOUT[name], _record_schema(name, kind)))
        if supplied != "none":
            path = folder / f"{SUPPLIED}.csv"
            tables = archive.supplied(marked=supplied == "marked")
            counts[SUPPLIED] = write_records(tables, Supplied, path)
            resources.append(_resource(path, _ABOUT[SUPPLIED], _record_schema(SUPPLIED, Supplied)))
        if texts:
            counts["texts"] = _write_texts(archive, folder / TEXTS)
            resources.append(_plain(folder / TEXTS, "jsonl", "The texts of the reports"))
        about = {
            "version": VERSION,
            "folded": archive.folded,
            "digest": ledger.digest() if whole else None,
            "catalogue": ledger.catalogue.hash,
            "texts": texts,
            "supplied": supplied != "none",
            "whole": whole,
        }
        descriptor = {
            "profile": "data-package",
            "name": "intendance-ledger",
            "title": "A ledger of commitments, with the words of the reports",
            "description": "Quotes and addresses; the terms of each source stand beside it.",
            "sources": list(_sources(archive)),
            "resources": resources,
            "intendance": about,
        }
    text = json.dumps(descriptor, indent=2, ensure_ascii=True) + "\n"
    (folder / DESCRIPTOR).write_text(text, encoding="utf-8")
    return counts


def _records(archive: Archive, name: str) -> Iterator[msgspec.Struct]:
    if name == "reports":
        return map(report_row, archive.appearances())
    if name == "readings":
        return archive.readings()
    if name == "statements":
        return map(statement_row, archive.statements())
    if name == "decisions":
        return iter(archive.decisions())
    groups = enumerate(archive.copies(), 1)
    return (CopyRow(number, report) for number, group in groups for report in group)


def _write_texts(archive: Archive, path: Path) -> int:
    count = 0
    with path.open("w", encoding="ascii") as stream:
        for report, hash_, text in archive.texts():
            stream.write(json.dumps({"report": report, "hash": hash_, "text": text}) + "\n")
            count += 1
    return count


def _sources(archive: Archive) -> Iterator[dict[str, Any]]:
    """Where the data comes from and on which terms, each address once."""
    known = set()
    for each in archive.appearances():
        report = each.report
        if report.address not in known:
            known.add(report.address)
            made = {"title": report.title or report.publisher or report.address}
            if "://" in report.address:
                made["path"] = report.address
            yield made | ({"terms": report.terms} if report.terms else {})


def _resource(path: Path, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    made = _plain(path, "csv", description)
    return made | {"profile": "tabular-data-resource", "mediatype": "text/csv", "schema": schema}


def _plain(path: Path, form: str, description: str) -> dict[str, Any]:
    return {
        "name": path.stem,
        "path": path.name,
        "format": form,
        "encoding": "utf-8",
        "description": description,
        "bytes": path.stat().st_size,
        "hash": f"sha256:{file_hash(path)}",
    }


def file_hash(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _sheet_schema(sheet: Sheet) -> dict[str, Any]:
    fields = []
    for column in sheet.columns:
        field = {
            "name": column.name,
            "type": FRICTIONLESS[column.kind],
            "description": column.en,
        }
        if column.unit:
            field["unit"] = column.unit
        fields.append(field)
    keys = [
        {
            "fields": [column.name],
            "reference": {"resource": table, "fields": [name]},
        }
        for column in sheet.columns
        for table, _, name in [column.refers.partition(".")]
        if column.kind != "names" and table in SHOWN and sheet.name != table
    ]
    made: dict[str, Any] = {"fields": fields, "primaryKey": _KEYS[sheet.name]}
    return made | ({"foreignKeys": keys} if keys else {}) | {"missingValues": [""]}


def _record_schema(name: str, kind: type[msgspec.Struct]) -> dict[str, Any]:
    fields = [
        {"name": field.encode_name, "type": schema_type(field.type)}
        for field in msgspec.structs.fields(kind)
    ]
    made: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    return made | ({"primaryKey": _KEYS[name]} if name in _KEYS else {})
