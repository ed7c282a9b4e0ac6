"""Sessions: when each was last seen; and the passwords that administrators gave to accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "sign_in_sessions", sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True)
    )
    for name in ("wall", "told"):
        op.add_column(
            "sign_in_sessions",
            sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()),
        )
    op.create_table(
        "password_resets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=32), nullable=False),
        sa.Column("asked_by", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.String(length=32), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_from", sa.String(length=45), nullable=True),
        sa.ForeignKeyConstraint(["account"], ["accounts.name"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_password_resets_account", "password_resets", ["account"])


def downgrade() -> None:
    op.drop_index("ix_password_resets_account", table_name="password_resets")
    op.drop_table("password_resets")
    for name in ("told", "wall", "seen_at"):
        op.drop_column("sign_in_sessions", name)
