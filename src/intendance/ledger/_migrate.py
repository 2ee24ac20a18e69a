"""Creating a ledger and bringing an older one up to this program's version."""

from __future__ import annotations

from importlib import resources
from typing import Final

from sqlalchemy import Connection, text

from intendance.ledger._schema import APPLICATION_ID, HEAD
from intendance.terms import IntendanceError

_TABLES: Final = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": "SELECT table_name FROM information_schema.tables"
    " WHERE table_schema = current_schema()",
}


def version(connection: Connection) -> str | None:
    """The migration that the database stands at; None where it holds no tables at all.

    Raises IntendanceError ``ledger.not-a-database`` where the tables are somebody else's.
    """
    tables = set(connection.execute(text(_TABLES[connection.dialect.name])).scalars())
    if not tables:
        return None
    if "alembic_version" not in tables or "assignment" not in tables:
        raise IntendanceError(
            "ledger.not-a-database",
            expected="a ledger of this program",
            got="a database with other tables",
            where=_where(connection),
        )
    found: str = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    return found


def refuse_newer(found: str, where: str) -> None:
    """Raise IntendanceError ``ledger.newer`` where ``found`` is a migration of a later program."""
    if found > HEAD:
        raise IntendanceError(
            "ledger.newer",
            expected=f"a ledger of version {HEAD} or older",
            got=f"version {found}",
            where=where,
        )


def upgrade(connection: Connection) -> None:
    """Run the missing migrations inside the transaction that ``connection`` is in."""
    # Alembic takes a tenth of a second to import, and most runs need no migration.
    from alembic import command
    from alembic.config import Config

    config = Config()
    with resources.as_file(resources.files(__package__).joinpath("_migrations")) as folder:
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {int(HEAD)}")


def _where(connection: Connection) -> str:
    return connection.engine.url.database or "the database"
