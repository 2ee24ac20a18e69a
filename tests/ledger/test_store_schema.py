"""The tables: what they may never hold, and that the migrations make them."""

from __future__ import annotations

import re

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

import intendance.ledger._migrations as migrations
from intendance.ledger._schema import HEAD, metadata
from intendance.terms import Report, Statement

FORBIDDEN = re.compile(
    r"^(lat|latitude|lon|lng|long|longitude|geo.*|coord.*|position|place|site|location|gps|mgrs"
    r"|utm|point|x|y|altitude|grid)$"
)


def test_no_table_says_where_anything_stands(ledger):
    with ledger._store.reading() as connection:
        inspector = inspect(connection)
        columns = {
            column["name"] for table in inspector.get_table_names()
            for column in inspector.get_columns(table)
        }  # fmt: skip
    assert "body" in columns
    assert not [name for name in columns if FORBIDDEN.match(name)]
    kept = {*Statement.__struct_fields__, *Report.__struct_fields__}
    assert not [name for name in kept if FORBIDDEN.match(name)]


def test_the_migrations_make_the_tables_that_the_program_uses(ledger):
    with ledger._store.reading() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == HEAD


def test_the_newest_migration_is_the_head():
    folder = ScriptDirectory(next(iter(migrations.__path__)))
    assert folder.get_current_head() == HEAD
    assert folder.get_base() == "0001"


def test_the_tables_are_named_by_the_vocabulary():
    words = {"report", "reading", "statement", "commitment", "conflict", "decision", "link"}
    assert words <= set(metadata.tables)
