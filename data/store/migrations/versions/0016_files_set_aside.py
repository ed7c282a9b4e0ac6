"""Rows set aside: the file they stand in, and the import by which they came in."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "files_set_aside",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.add_column("rows_set_aside", sa.Column("sha256", sa.String(), nullable=True))
    op.add_column("rows_set_aside", sa.Column("import_number", sa.Integer(), nullable=True))
    op.create_index("ix_rows_set_aside_sha256", "rows_set_aside", ["sha256"])
    op.create_index("ix_rows_set_aside_import_number", "rows_set_aside", ["import_number"])


def downgrade() -> None:
    op.drop_index("ix_rows_set_aside_import_number", "rows_set_aside")
    op.drop_index("ix_rows_set_aside_sha256", "rows_set_aside")
    op.drop_column("rows_set_aside", "import_number")
    op.drop_column("rows_set_aside", "sha256")
    op.drop_table("files_set_aside")
