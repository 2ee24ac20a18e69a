"""A ledger in the formats of others."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import msgspec

from intendance.exchange._export import annotations as web
from intendance.exchange._export.columns import Sheet, sheets
from intendance.exchange._export.contracts import OCID_PREFIX, release_package
from intendance.exchange._export.entities import entities
from intendance.exchange._export.place import put, zipped
from intendance.exchange._export.rows import Asked, Rows
from intendance.exchange._export.tabular import write_csv, write_parquet
from intendance.exchange._export.workbook import write_workbook
from intendance.exchange._package.write import Tables, write_package
from intendance.ledger import Filter, Ledger
from intendance.render import text
from intendance.terms import IntendanceError

FORMATS: Final[dict[str, str]] = {
    "csv": "intendance-csv",
    "xlsx": "intendance.xlsx",
    "parquet": "intendance-parquet",
    "package": "intendance-package",
    "ocds": "intendance-ocds.json",
    "ftm": "intendance.ftm.json",
    "annotations": "intendance-annotations.json",
}
"""Every format, and the name of what is written where no other is given."""

_NEEDS: Final = {"xlsx": "xlsxwriter", "parquet": "pyarrow"}
"""Formats for which an optional part of the program must be installed."""

_NUMBERS: Final = msgspec.json.Encoder(decimal_format="number")


class Exported(msgspec.Struct, frozen=True):
    """What was written: the format, where to, and how many rows or objects of each kind."""

    format: str
    path: str
    counts: dict[str, int]


class _Job(msgspec.Struct):
    ledger: Ledger
    rows: Rows
    sheets: list[Sheet]
    texts: bool
    supplied: Tables
    prefix: str
    now: datetime


def export(
    ledger: Ledger,
    form: str,
    out: str | Path | None = None,
    *,
    filter: Filter = Filter(),  # noqa: A002, B008  # a frozen struct
    as_of: str | None = None,
    recorded: str | None = None,
    language: str = "en",
    tables: Sequence[str] = (),
    texts: bool = False,
    supplied: Tables = "none",
    ocid_prefix: str = OCID_PREFIX,
    force: bool = False,
    now: datetime | None = None,
) -> Exported:
    """Write what ``filter`` lets through in one of FORMATS to ``out``, a file or folder.

    ``csv`` and ``parquet`` give a folder with a file for each table, ``package`` a folder (or an
    archive, where ``out`` ends in ``.zip``), the others one file. ``tables`` names the tables of
    csv, xlsx and parquet (all where empty). Quotes and addresses go out, and each source's terms;
    a package has the reports' full texts only with ``texts``. Of the tables that users filled in
    ``supplied`` takes ``none`` along, those without a marking (``open``) or the marked ones too,
    with their markings (``marked``). ``ocid_prefix`` is the publisher's own prefix for OCDS.
    Nothing is overwritten without ``force``.

    Raises IntendanceError ``setting.invalid``, ``output.unwritable``, ``table.too-large``,
    ``input.missing`` (no contract for OCDS),
    ``table.extra-missing``, ``filter.invalid`` or ``ledger.*``.
    """
    write = _writer(form, tables, texts)
    if supplied != "none" and form != "package":
        raise _wrong("a package, where supplied tables are wanted", form, "supplied")
    target = Path(out) if out is not None else Path(FORMATS[form])
    asked = Asked(filter=filter, as_of=as_of, recorded=recorded, language=language)
    if form == "package" and (as_of is not None or recorded is not None):
        raise _wrong("a package of what the ledger was told, whenever", "a day", "as_of, recorded")
    job = _Job(
        ledger,
        Rows(ledger, asked, ordered=form != "parquet"),
        [sheet for name, sheet in sheets().items() if not tables or name in tables],
        texts,
        supplied,
        ocid_prefix,
        now or datetime.now(UTC),
    )
    with put(target, force=force) as path:
        counts = write(job, path)
    return Exported(form, str(target), counts)


def _writer(
    form: str, tables: Sequence[str], texts: bool
) -> Callable[[_Job, Path], dict[str, int]]:
    if form not in _WRITERS:
        raise _wrong("one of " + ", ".join(FORMATS), repr(form), "format")
    unknown = [name for name in tables if name not in sheets()]
    if unknown:
        raise _wrong("one of the tables " + ", ".join(sheets()), repr(unknown[0]), "tables")
    if tables and form not in ("csv", "xlsx", "parquet"):
        raise _wrong("csv, xlsx or parquet, where tables are named", form, "tables")
    if texts and form != "package":
        raise _wrong("a package, where texts are wanted", form, "texts")
    needed = _NEEDS.get(form)
    if needed is not None and importlib.util.find_spec(needed) is None:
        raise IntendanceError(
            "table.extra-missing",
            expected=f"the library {needed}, to write {form}",
            got="none installed",
            where=f"export {form}",
            remedy="Install it: pip install 'intendance[exchange]'.",
        )
    return _WRITERS[form]


def _csv(job: _Job, path: Path) -> dict[str, int]:
    path.mkdir()
    return {
        sheet.name: write_csv(job.rows, sheet, path / f"{sheet.name}.csv") for sheet in job.sheets
    }


def _parquet(job: _Job, path: Path) -> dict[str, int]:
    path.mkdir()
    about = {"generator": f"Intendance {version('intendance')}"}
    return {
        sheet.name: write_parquet(
            job.rows, sheet, path / f"{sheet.name}.parquet", about | {"description": sheet.en}
        )
        for sheet in job.sheets
    }


def _xlsx(job: _Job, path: Path) -> dict[str, int]:
    language: Any = job.rows.asked.language
    about = [
        ("Intendance", version("intendance")),
        (text("export.about_when", language), job.now.strftime("%Y-%m-%d")),
        (text("export.about_asked", language), _described(job.rows.asked)),
        (text("export.about_terms", language), text("export.about_terms_text", language)),
        (text("export.about_figures", language), text("export.about_figures_text", language)),
        *((sheet.name, sheet.said(language)) for sheet in job.sheets),
    ]
    return write_workbook(job.rows, job.sheets, path, about)


def _described(asked: Asked) -> str:
    """What was asked for, as it would be on the command line."""
    given = {
        **msgspec.structs.asdict(asked.filter),
        "as-of": asked.as_of,
        "recorded": asked.recorded,
    }
    given["live"] = None if given.pop("candidates") else "true"
    return " ".join(f"--{name} {value}" for name, value in given.items() if value) or "–"


def _package(job: _Job, path: Path) -> dict[str, int]:
    folder = path.with_suffix("") if path.suffix == ".zip" else path
    counts = write_package(job.ledger, job.rows, folder, texts=job.texts, supplied=job.supplied)
    if folder != path:
        zipped(folder, path)
    return counts


def _ocds(job: _Job, path: Path) -> dict[str, int]:
    made = release_package(
        job.rows.extract,
        job.ledger.catalogue,
        prefix=job.prefix,
        language=job.rows.asked.language,
        day=job.now.strftime("%Y-%m-%d"),
    )
    if not made["releases"]:
        raise IntendanceError(
            "input.missing",
            expected="a framework contract or an order, as a release package holds one at least",
            got="none",
            where="export ocds",
            remedy="Widen the filter, or export the commitments in another format.",
        )
    path.write_bytes(msgspec.json.format(_NUMBERS.encode(made), indent=2) + b"\n")
    return {"releases": len(made["releases"])}


def _ftm(job: _Job, path: Path) -> dict[str, int]:
    found = entities(job.rows.extract, job.ledger.catalogue, job.rows.asked.language)
    count = 0
    with path.open("wb") as stream:
        for count, each in enumerate(found, 1):  # noqa: B007  # the last number is the count
            stream.write(_NUMBERS.encode(each) + b"\n")
    return {"entities": count}


def _annotations(job: _Job, path: Path) -> dict[str, int]:
    items = list(web.quote_annotations(job.rows.extract.statements, version("intendance")))
    path.write_bytes(_NUMBERS.encode(web.page(items)) + b"\n")
    return {"annotations": len(items)}


_WRITERS: Final[dict[str, Callable[[_Job, Path], dict[str, int]]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "parquet": _parquet,
    "package": _package,
    "ocds": _ocds,
    "ftm": _ftm,
    "annotations": _annotations,
}


def _wrong(expected: str, got: str, where: str) -> IntendanceError:
    return IntendanceError("setting.invalid", expected=expected, got=got, where=f"export, {where}")
