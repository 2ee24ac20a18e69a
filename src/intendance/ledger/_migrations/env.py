"""How Alembic runs the migrations: on the connection that the ledger hands over."""

from __future__ import annotations

from alembic import context

from intendance.ledger._schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=False,
    render_as_batch=True,
)
context.run_migrations()
