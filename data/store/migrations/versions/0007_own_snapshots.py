"""Own ledgers: what is remembered of the snapshots that were taken in."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_snapshots",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sender", sa.String(200), nullable=False),
        sa.Column("form", sa.String(60), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("import_number", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_own_snapshots_sender", "own_snapshots", ["sender"])
    op.create_table(
        "own_rows",
        sa.Column("sender", sa.String(200), nullable=False),
        sa.Column("form", sa.String(60), nullable=False),
        sa.Column("ledger", sa.String(60), nullable=False),
        sa.Column("key", sa.String(400), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("sender", "form", "ledger", "key"),
    )
    op.create_table(
        "own_answers",
        sa.Column("sender", sa.String(200), nullable=False),
        sa.Column("question", sa.String(60), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sender", "question"),
    )
    op.create_table(
        "rows_set_aside",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sender", sa.String(200), nullable=False),
        sa.Column("form", sa.String(60), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("ledger", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.String(32), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("how", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_rows_set_aside_sender", "rows_set_aside", ["sender"])
    op.create_table(
        "known_as_of",
        sa.Column("ledger", sa.String(60), nullable=False),
        sa.Column("key", sa.String(400), nullable=False),
        sa.Column("column", sa.String(60), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("ledger", "key", "column"),
    )


def downgrade() -> None:
    op.drop_table("known_as_of")
    op.drop_index("ix_rows_set_aside_sender", "rows_set_aside")
    op.drop_table("rows_set_aside")
    op.drop_table("own_answers")
    op.drop_table("own_rows")
    op.drop_index("ix_own_snapshots_sender", "own_snapshots")
    op.drop_table("own_snapshots")
