"""Freezes: the sources of which nothing was known when a meeting's figures were frozen."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What was frozen before said zero where nothing was known, and goes on saying so.
    op.add_column(
        "freezes", sa.Column("unknown", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
    )


def downgrade() -> None:
    op.drop_column("freezes", "unknown")
