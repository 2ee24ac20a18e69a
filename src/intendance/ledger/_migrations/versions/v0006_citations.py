"""What rows of data sets cite, and the reports that are cited."""

import json

import sqlalchemy as sa
from alembic import op

from intendance.ledger._cited import cited_as

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cited",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("address", "report"),
    )
    op.create_index("cited_report", "cited", ["report"], unique=False)
    op.create_table(
        "citing",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("statement", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("address", "statement"),
    )
    op.create_index("citing_statement", "citing", ["statement"], unique=False)
    _fill()


def _fill() -> None:
    """Note the reports that are there; data sets came with this version at the earliest."""
    connection = op.get_bind()
    found = set()
    for number, body in connection.execute(sa.text("SELECT report, body FROM appearance")):
        shown = json.loads(body)
        if shown["kind"] != "dataset":
            found.add((cited_as(shown["address"]), number))
    table = sa.table("cited", sa.column("address", sa.Text), sa.column("report", sa.Integer))
    rows = [{"address": address, "report": number} for address, number in sorted(found)]
    if rows:
        op.bulk_insert(table, rows)


def downgrade() -> None:
    op.drop_table("citing")
    op.drop_table("cited")
