"""Rows kept ready for folding, and what each commitment was built from."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "packed",
        sa.Column("block", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("block", "part"),
    )
    op.create_table(
        "stale",
        sa.Column("statement", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("statement"),
    )
    op.create_index("stale_block", "stale", ["block"], unique=False)
    op.add_column("commitment", sa.Column("inputs", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("commitment", "inputs")
    op.drop_table("stale")
    op.drop_table("packed")
