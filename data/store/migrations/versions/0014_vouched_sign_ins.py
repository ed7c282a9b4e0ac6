"""Sign-ins that somebody else vouches for: how each came in, and accounts made by a provider."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("sign_in_tickets", "sign_in_sessions"):
        op.add_column(
            table, sa.Column("way", sa.String(16), nullable=False, server_default="password")
        )
    op.add_column(
        "accounts",
        sa.Column("provisioned", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    op.drop_column("accounts", "provisioned")
    for table in ("sign_in_tickets", "sign_in_sessions"):
        op.drop_column(table, "way")
