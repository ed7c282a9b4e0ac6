"""Freezes: the facts and running totals that they saw are kept when others take their place."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

FACT = (
    ("measure", sa.String()),
    ("bucket", sa.String()),
    ("unit", sa.String()),
    ("starts_on", sa.Date()),
    ("ends_on", sa.Date()),
    ("value", sa.BigInteger()),
    ("ledger", sa.String()),
    ("key", sa.String()),
)
OF_UNIT = ["unit", "measure", "starts_on", "ends_on", "bucket", "value"]
OF_MEASURE = ["measure", "ends_on", "starts_on", "unit", "bucket", "value"]
KEY = ("node", "grain", "day", "measure", "bucket", "freeze")


def upgrade() -> None:
    op.add_column(
        "facts", sa.Column("after_freeze", sa.Integer(), nullable=False, server_default="0")
    )
    _index_facts("after_freeze")
    op.create_table(
        "past_facts",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, kind, nullable=False) for name, kind in FACT),
        sa.Column("after_freeze", sa.Integer(), nullable=False),
        sa.Column("until_freeze", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    freezes = ["after_freeze", "until_freeze"]
    op.create_index("ix_past_facts_unit", "past_facts", [*OF_UNIT, *freezes])
    op.create_index("ix_past_facts_measure", "past_facts", [*OF_MEASURE, *freezes])
    op.create_table(
        "balance_moves",
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("grain", sa.String(1), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("bucket", sa.String(), nullable=False),
        sa.Column("freeze", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(*KEY),
        sqlite_with_rowid=False,
    )
    op.drop_index("ix_versions_replaced_by", "versions")
    op.create_index("ix_versions_ledger_replaced_by", "versions", ["ledger", "replaced_by"])
    # What the freezes made so far saw is derived once more, by the program, when it is asked for.
    op.execute(
        "INSERT INTO settings (name, value)"
        " SELECT 'freezes_remembered_from', CAST(latest + 1 AS VARCHAR)"
        " FROM (SELECT max(number) AS latest FROM freezes) AS made WHERE latest IS NOT NULL"
    )
    op.execute(
        "INSERT INTO settings (name, value)"
        " SELECT 'freezes_remembered_import', CAST(latest AS VARCHAR)"
        " FROM (SELECT coalesce(max(number), 0) AS latest FROM imports) AS known"
        " WHERE EXISTS (SELECT 1 FROM freezes)"
    )


def downgrade() -> None:
    op.execute(
        "DELETE FROM settings WHERE name IN"
        " ('freezes_remembered_from', 'freezes_remembered_import', 'freezes_of_other_rules')"
    )
    op.drop_index("ix_versions_ledger_replaced_by", "versions")
    op.create_index("ix_versions_replaced_by", "versions", ["replaced_by"])
    op.drop_table("balance_moves")
    op.drop_table("past_facts")
    _index_facts()
    op.drop_column("facts", "after_freeze")


def _index_facts(*more: str) -> None:
    """Index the facts anew, with these columns at the end."""
    for name, columns in (("ix_facts_unit", OF_UNIT), ("ix_facts_measure", OF_MEASURE)):
        op.drop_index(name, "facts")
        op.create_index(name, "facts", [*columns, *more])
