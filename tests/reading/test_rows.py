"""What texts say: tables of texts with the statements wanted, one test for all of them.

A table is a file ``rows/LANGUAGE-TOPIC.toml``. ``[[read]]`` is read as wanted; ``[[not_yet]]`` is
not, and tells ``why``: when it is, its row moves up. ``says`` is in the notation of ``check``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

TABLES = sorted((Path(__file__).parent / "rows").glob("*.toml"))


class Row(NamedTuple):
    """A text, its language, and the statements wanted of it."""

    language: str
    text: str
    says: tuple[str, ...]


def rows(kind: str) -> Iterator[object]:
    """The rows of one kind in all tables, as parameters with a name of their own."""
    for table in TABLES:
        language = table.name.partition("-")[0]
        for each in tomllib.loads(table.read_text(encoding="utf-8")).get(kind, ()):
            row = Row(language, each["text"], tuple(each["says"]))
            marks = [pytest.mark.xfail(reason=each["why"])] if kind == "not_yet" else []
            yield pytest.param(row, id=f"{table.stem}: {row.text}", marks=marks)


def test_there_are_tables_and_nothing_in_them_but_rows() -> None:
    assert TABLES
    kinds = {name for table in TABLES for name in tomllib.loads(table.read_text(encoding="utf-8"))}
    assert kinds == {"read", "not_yet"}


@pytest.mark.parametrize("row", [*rows("read"), *rows("not_yet")])
def test_what_a_text_says(check, row: Row) -> None:
    check(row.text, row.says, language=row.language)
