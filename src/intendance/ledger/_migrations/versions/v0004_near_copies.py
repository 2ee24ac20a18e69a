"""What near copies of a redacted report are told by."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "withheld",
        sa.Column("tombstone", sa.Text(), nullable=False),
        sa.Column("trace", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["tombstone"], ["tombstone.id"]),
        sa.PrimaryKeyConstraint("tombstone"),
    )


def downgrade() -> None:
    op.drop_table("withheld")
