"""Where the statements of a block were placed, what each commitment is built from, outlets.

What was packed before is dropped: a program of this version folds every block anew and packs it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "placed",
        sa.Column("block", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("block"),
    )
    op.create_table(
        "gist",
        sa.Column("commitment", sa.Text(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("commitment"),
    )
    op.create_index("gist_block", "gist", ["block"], unique=False)
    op.create_table(
        "outlet",
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("witness", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("publisher"),
    )
    op.execute("DELETE FROM packed")
    op.drop_column("commitment", "inputs")


def downgrade() -> None:
    op.add_column("commitment", sa.Column("inputs", sa.Text(), nullable=True))
    op.drop_table("outlet")
    op.drop_table("gist")
    op.drop_table("placed")
