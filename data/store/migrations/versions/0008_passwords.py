"""Passwords: since when each is in use, and those that an account had before."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("accounts", sa.Column("password_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "earlier_passwords",
        sa.Column("account", sa.String(length=32), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.name"]),
        sa.PrimaryKeyConstraint("account", "password_hash"),
    )


def downgrade() -> None:
    op.drop_table("earlier_passwords")
    op.drop_column("accounts", "password_at")
