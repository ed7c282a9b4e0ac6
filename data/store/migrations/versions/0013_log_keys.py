"""The access log: which key each entry is signed with."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("access_entries", sa.Column("key", sa.String(16), nullable=True))


def downgrade() -> None:
    op.drop_column("access_entries", "key")
