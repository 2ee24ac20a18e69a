"""Tables as people see them, made together with the tables that the files hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, Generic, Literal, TypeVar

from intendance.render import Language, has_text, text
from intendance.terms import Interval
from intendance.web._markings import EVERYBODY, Label
from intendance.web._markings import cell as label_cell
from intendance.web._types import TableColumn, TableData, ViewContext

_T = TypeVar("_T")

MOST: Final = 100
"""Rows of one table that a page shows; the files have all."""

_ENDS: Final = ("low", "high")
_AT_ONCE: Final = 200


@dataclass(frozen=True)
class Cell:
    """One cell: what it says, where it leads, what stands under it in small letters.

    ``link`` is an address of this server, ``title`` what a pointer held over it is told;
    ``several`` are links instead of one text.
    """

    text: str
    link: str = ""
    under: str = ""
    title: str = ""
    several: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Field(Generic[_T]):
    """One column of a table: its name in files, its value there, and its cell on the page.

    The heading is ``title``, else the text ``column.<name>``. ``kind`` is a class of the style
    sheet (``number``, ``wide``). Without ``cell`` the page shows the value as it is. ``only``
    keeps a column on the page (``page``) or in the files (``files``).
    """

    name: str
    value: Callable[[_T], Any]
    cell: Callable[[_T], Cell | str] | None = None
    kind: str = ""
    unit: str = ""
    only: Literal["", "page", "files"] = ""
    title: str = ""

    def shown(self, record: _T) -> Cell:
        """The cell of a record."""
        found = self.value(record) if self.cell is None else self.cell(record)
        if isinstance(found, Cell):
            return found
        return Cell("" if found is None else str(found))


@dataclass(frozen=True)
class Shown:
    """What a page shows of a table: heads, rows of cells, what an empty one says, what is left."""

    heads: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[Cell]]
    empty: str
    more: int = 0


@dataclass(frozen=True)
class Both:
    """A table for the files and for the page."""

    data: TableData
    shown: Shown


def tabled(
    context: ViewContext,
    title: str,
    fields: Sequence[Field[_T]],
    records: Iterable[_T],
    *,
    empty: str = "pages.nothing",
    most: int = MOST,
    as_of: str | None = None,
    source: str = "pages.source",
    terms: str = "pages.terms",
    total: int | None = None,
    label: Label = EVERYBODY,
    labels: Callable[[_T], Label] | None = None,
) -> Both:
    """A table of ``records``: all of them for a file, the first ``most`` for the page.

    ``empty``, ``source`` and ``terms`` are keys of texts; ``total`` how many records there are,
    where ``records`` are not all; ``label`` what all of them carry beside their own markings, which
    ``labels`` gives where the reader's ledger does not know them.
    """
    language = context.language
    columns = tuple(
        TableColumn(each.name, each.title or _heading(each.name, language), each.unit)
        for each in fields
        if each.only != "page"
    )
    held = None if context.whole else list(records)
    rows: Iterable[dict[str, Any]] = _values(fields, records if held is None else held)
    if context.settings.auth:
        columns = (*columns, TableColumn("marking", _heading("marking", language)))
        rows = _marked(context, fields, records if held is None else held, label, labels)
    data = TableData(title, columns, rows, text(source, language), as_of, text(terms, language))
    seen = [each for each in fields if each.only != "files"]
    heads = [(each.title or _heading(each.name, language), each.kind) for each in seen]
    cells = [[each.shown(record) for each in seen] for record in (held or ())[:most]]
    count = len(held or ()) if total is None else total
    return Both(data, Shown(heads, cells, text(empty, language), max(0, count - len(cells))))


def spread(
    name: str,
    interval: Callable[[_T], Interval | None],
    cell: Callable[[_T], Cell | str] | None = None,
    unit: str = "",
    title: str = "",
) -> list[Field[_T]]:
    """An interval as one column of the page and two of the files: ``<name>_low``, ``_high``."""

    def end(record: _T, which: str) -> str | None:
        found = interval(record)
        value = None if found is None else getattr(found, which)
        return None if value is None else str(value)

    return [
        Field(name, interval, cell, "number", only="page", title=title),
        Field(f"{name}_low", lambda record: end(record, "low"), unit=unit, only="files"),
        Field(f"{name}_high", lambda record: end(record, "high"), unit=unit, only="files"),
    ]


def _values(fields: Sequence[Field[_T]], records: Iterable[_T]) -> Iterator[dict[str, Any]]:
    for record in records:
        yield {each.name: each.value(record) for each in fields if each.only != "page"}


def _marked(
    context: ViewContext,
    fields: Sequence[Field[_T]],
    records: Iterable[_T],
    more: Label,
    own: Callable[[_T], Label] | None,
) -> Iterator[dict[str, Any]]:
    """The values with each row's marking (docs/web.md, W5)."""
    rest = iter(records)
    while part := list(islice(rest, _AT_ONCE)):
        labels = context.case.labels_of(part) if own is None else [own(each) for each in part]
        for values, label in zip(_values(fields, part), labels, strict=True):
            yield {**values, "marking": label_cell(label | more)}


def _heading(name: str, language: Language) -> str:
    key = f"column.{name}"
    if has_text(key, language):
        return text(key, language)
    base, _, end = name.rpartition("_")
    if base and end in _ENDS:
        words = {"name": _heading(base, language), "end": text(f"column.{end}", language)}
        return text("column.bound", language, **words)
    return name
