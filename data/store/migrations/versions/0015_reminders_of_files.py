"""Letters: the month of the file of which a reminder reminds, and when that was due."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("letters", sa.Column("period", sa.String(7), nullable=True))
    op.add_column("letters", sa.Column("file_due_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("letters", "file_due_on")
    op.drop_column("letters", "period")
