"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _settings()
    _reports()
    _texts()
    _blocks()
    _statements()
    _results()
    _assignments()
    _decisions()
    _copies()


def _settings() -> None:
    op.create_table(
        "batch",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["batch.number"]),
        sa.PrimaryKeyConstraint("name", "batch"),
    )


def _reports() -> None:
    op.create_table(
        "report",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("published_from", sa.Text(), nullable=True),
        sa.Column("published_to", sa.Text(), nullable=True),
        sa.Column("appearance", sa.Integer(), nullable=False),
        sa.Column("component", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["batch.number"]),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("report_component", "report", ["component"], unique=False)
    op.create_index("report_id", "report", ["id"], unique=True)
    op.create_table(
        "appearance",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("raw_hash", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["batch.number"]),
        sa.ForeignKeyConstraint(["report"], ["report.number"]),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("appearance_mark", "appearance", ["mark"], unique=True)
    op.create_index("appearance_raw_hash", "appearance", ["raw_hash"], unique=False)
    op.create_index("appearance_report", "appearance", ["report"], unique=False)


def _texts() -> None:
    op.create_table(
        "report_text",
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.number"]),
        sa.PrimaryKeyConstraint("report", "hash"),
    )
    op.create_table(
        "reading",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("catalogue", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["batch.number"]),
        sa.ForeignKeyConstraint(["report"], ["report.number"]),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("reading_id", "reading", ["id", "text"], unique=True)
    op.create_index("reading_report", "reading", ["report"], unique=False)


def _blocks() -> None:
    op.create_table(
        "block",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("donors", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("block_key", "block", ["key"], unique=True)


def _statements() -> None:
    op.create_table(
        "statement",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("reading", sa.Integer(), nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=True),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.Column("live", sa.Integer(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=True),
        sa.Column("actors", sa.Text(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("package", sa.Text(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["batch.number"]),
        sa.ForeignKeyConstraint(["reading"], ["reading.number"]),
        sa.ForeignKeyConstraint(["report"], ["report.number"]),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(
        "statement_announce",
        "statement",
        ["act"],
        unique=False,
        sqlite_where=sa.text("act = 'announce'"),
        postgresql_where=sa.text("act = 'announce'"),
    )
    op.create_index("statement_block", "statement", ["block"], unique=False)
    op.create_index("statement_id", "statement", ["id"], unique=False)
    op.create_index("statement_item", "statement", ["item"], unique=False)
    op.create_index(
        "statement_package",
        "statement",
        ["package"],
        unique=False,
        sqlite_where=sa.text("package IS NOT NULL"),
        postgresql_where=sa.text("package IS NOT NULL"),
    )
    op.create_index("statement_reading", "statement", ["reading"], unique=False)
    op.create_table(
        "link",
        sa.Column("statement", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["statement"], ["statement.number"]),
        sa.PrimaryKeyConstraint("statement", "kind", "target"),
    )
    op.create_index("link_target", "link", ["target"], unique=False)


def _results() -> None:
    op.create_table(
        "commitment",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("donors", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=True),
        sa.Column("item", sa.Text(), nullable=True),
        sa.Column("stages", sa.Text(), nullable=False),
        sa.Column("general", sa.Integer(), nullable=False),
        sa.Column("live", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Text(), nullable=True),
        sa.Column("last_day", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
    )
    op.create_index("commitment_block", "commitment", ["block"], unique=False)
    op.create_index("commitment_id", "commitment", ["id"], unique=True)
    op.create_index("commitment_item", "commitment", ["item"], unique=False)
    op.create_index("commitment_recipient", "commitment", ["recipient", "donors"], unique=False)
    op.create_table(
        "conflict",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("commitment", sa.Text(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
    )
    op.create_index("conflict_block", "conflict", ["block"], unique=False)
    op.create_index("conflict_commitment", "conflict", ["commitment"], unique=False)
    op.create_index("conflict_id", "conflict", ["id"], unique=True)


def _assignments() -> None:
    op.create_table(
        "assignment",
        sa.Column("statement", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("commitment", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("statement"),
    )
    op.create_table(
        "former",
        sa.Column("commitment", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("commitment", "statement"),
    )
    op.create_table(
        "dirty",
        sa.Column("block", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("block"),
    )


def _decisions() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["batch.number"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "tombstone",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["batch.number"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("tombstone_report", "tombstone", ["report"], unique=False)


def _copies() -> None:
    op.create_table(
        "signature",
        sa.Column("report", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("minima", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.number"]),
        sa.PrimaryKeyConstraint("report"),
    )
    op.create_table(
        "band",
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "report"),
        sqlite_with_rowid=False,
    )
    op.create_index("band_report", "band", ["report"], unique=False)
    op.create_table(
        "copy_edge",
        sa.Column("one", sa.Integer(), nullable=False),
        sa.Column("other", sa.Integer(), nullable=False),
        sa.Column("shared", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("one", "other"),
    )
    op.create_index("copy_edge_other", "copy_edge", ["other"], unique=False)


def downgrade() -> None:
    for table in (
        "copy_edge",
        "band",
        "signature",
        "tombstone",
        "decision",
        "dirty",
        "former",
        "assignment",
        "conflict",
        "commitment",
        "link",
        "statement",
        "block",
        "reading",
        "report_text",
        "appearance",
        "report",
        "setting",
        "batch",
    ):
        op.drop_table(table)
