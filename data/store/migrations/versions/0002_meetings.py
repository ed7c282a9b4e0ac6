"""Meetings: frozen figures, agendas, letters."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FROZEN = "what is frozen is never changed"


def upgrade() -> None:
    op.create_table(
        "freezes",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(), nullable=False),
        sa.Column("meeting_name", sa.String(), nullable=False),
        sa.Column("meeting_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("facts_sha256", sa.String(), nullable=False),
        sa.Column("definitions", sa.JSON(), nullable=False),
        sa.Column("lists", sa.JSON(), nullable=False),
        sa.Column("replaced", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("meeting", "version"),
    )
    op.create_table(
        "frozen_figures",
        sa.Column("freeze", sa.Integer(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column("numerator", sa.String(), nullable=True),
        sa.Column("denominator", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["freeze"], ["freezes.number"]),
        sa.PrimaryKeyConstraint("freeze", "node", "figure"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "agenda_items",
        sa.Column("meeting", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("screen", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("meeting", "number"),
    )
    op.create_table(
        "letters",
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("text_number", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("unit_name", sa.String(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=False),
        sa.Column("account", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("step", "year", "serial"),
        sa.UniqueConstraint("text_number"),
    )
    protect("freezes", FROZEN)
    protect("frozen_figures", FROZEN)


def downgrade() -> None:
    op.drop_table("letters")
    op.drop_table("agenda_items")
    op.drop_table("frozen_figures")
    op.drop_table("freezes")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION frozen_figures_only_added")
        op.execute("DROP FUNCTION freezes_only_added")


def protect(table: str, sentence: str) -> None:
    """Have the database refuse every change of the rows of `table` with `sentence`."""
    if op.get_bind().dialect.name == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        op.execute(f"CREATE TRIGGER {table}_not_changed BEFORE UPDATE ON {table} {refuse}")
        op.execute(f"CREATE TRIGGER {table}_not_deleted BEFORE DELETE ON {table} {refuse}")
        return
    op.execute(
        f"CREATE FUNCTION {table}_only_added() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{sentence}'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_only_added BEFORE UPDATE OR DELETE OR TRUNCATE"
        f" ON {table} EXECUTE FUNCTION {table}_only_added()"
    )
