"""Imports: who a file came from, and which import was taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("imports", sa.Column("sender", sa.String(), nullable=True))
    op.add_column("imports", sa.Column("undoes", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("imports", "undoes")
    op.drop_column("imports", "sender")
