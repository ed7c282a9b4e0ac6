"""First tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "access_entries",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.String(32), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("address", sa.String(45), nullable=True),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(op.f("ix_access_entries_account"), "access_entries", ["account"], unique=False)
    op.create_index(op.f("ix_access_entries_at"), "access_entries", ["at"], unique=False)
    op.create_table(
        "accounts",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("full_name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "appointments",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), autoincrement=False, nullable=False),
        sa.Column("role", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("from_on", sa.Date(), autoincrement=False, nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("full_time", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("unit", "name", "role", "from_on"),
    )
    op.create_index(
        op.f("ix_appointments_import_number"), "appointments", ["import_number"], unique=False
    )
    op.create_table(
        "assessments",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("indicator", sa.String(length=200), autoincrement=False, nullable=False),
        sa.Column("full_points", sa.BigInteger(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("unit", "year", "indicator"),
    )
    op.create_index(
        op.f("ix_assessments_import_number"), "assessments", ["import_number"], unique=False
    )
    op.create_table(
        "attendance",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("training", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("unit", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("training", "unit"),
    )
    op.create_index(
        op.f("ix_attendance_import_number"), "attendance", ["import_number"], unique=False
    )
    op.create_table(
        "balances",
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("grain", sa.String(length=1), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("bucket", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("node", "grain", "day", "measure", "bucket"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "content_checks",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("project", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("item", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("result", sa.String(length=40), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("project", "item"),
    )
    op.create_index(
        op.f("ix_content_checks_import_number"), "content_checks", ["import_number"], unique=False
    )
    op.create_table(
        "cross_reviews",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("round", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("reviewer", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("reviewed", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("project", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("round", "reviewer", "reviewed"),
    )
    op.create_index(
        op.f("ix_cross_reviews_import_number"), "cross_reviews", ["import_number"], unique=False
    )
    op.create_table(
        "decisions",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("meeting", "number"),
    )
    op.create_index(
        op.f("ix_decisions_import_number"), "decisions", ["import_number"], unique=False
    )
    op.create_table(
        "disposals",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("method", sa.String(length=40), nullable=True),
        sa.Column("recovered", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index(
        op.f("ix_disposals_import_number"), "disposals", ["import_number"], unique=False
    )
    op.create_table(
        "duties",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("item", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("due_on", sa.Date(), autoincrement=False, nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.PrimaryKeyConstraint("unit", "item", "due_on"),
    )
    op.create_index(op.f("ix_duties_import_number"), "duties", ["import_number"], unique=False)
    op.create_table(
        "escalations",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("finding", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("step", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("issued_on", sa.Date(), autoincrement=False, nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("finding", "step", "issued_on"),
    )
    op.create_index(
        op.f("ix_escalations_import_number"), "escalations", ["import_number"], unique=False
    )
    op.create_table(
        "facts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("bucket", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("ledger", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_facts_measure",
        "facts",
        ["measure", "ends_on", "starts_on", "unit", "bucket", "value"],
        unique=False,
    )
    op.create_index(
        "ix_facts_unit",
        "facts",
        ["unit", "measure", "starts_on", "ends_on", "bucket", "value"],
        unique=False,
    )
    op.create_table(
        "findings",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("project", sa.String(length=40), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("item", sa.String(length=40), nullable=True),
        sa.Column("category", sa.String(length=200), nullable=True),
        sa.Column("severity", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("rect_type", sa.String(length=40), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("repeat_of", sa.String(length=40), nullable=True),
        sa.Column("instructed", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index(op.f("ix_findings_import_number"), "findings", ["import_number"], unique=False)
    op.create_table(
        "fund_flows",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("project", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("on_date", sa.Date(), autoincrement=False, nullable=False),
        sa.Column("stage", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("project", "on_date", "stage", "number"),
    )
    op.create_index(
        op.f("ix_fund_flows_import_number"), "fund_flows", ["import_number"], unique=False
    )
    op.create_table(
        "fund_projects",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("approved", sa.BigInteger(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.Column("finish_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index(
        op.f("ix_fund_projects_import_number"), "fund_projects", ["import_number"], unique=False
    )
    op.create_table(
        "grid_elements",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("element", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("met_on", sa.Date(), autoincrement=False, nullable=False),
        sa.Column("lapsed_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("unit", "element", "met_on"),
    )
    op.create_index(
        op.f("ix_grid_elements_import_number"), "grid_elements", ["import_number"], unique=False
    )
    op.create_table(
        "guidance",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("on_date", sa.Date(), autoincrement=False, nullable=False),
        sa.Column("by", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("topic", sa.String(length=200), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("unit", "on_date", "by", "topic"),
    )
    op.create_index(op.f("ix_guidance_import_number"), "guidance", ["import_number"], unique=False)
    op.create_table(
        "imports",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "institutions",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("from_on", sa.Date(), autoincrement=False, nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("unit", "from_on"),
    )
    op.create_index(
        op.f("ix_institutions_import_number"), "institutions", ["import_number"], unique=False
    )
    op.create_table(
        "key_tasks",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("lead", sa.String(length=200), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(
        op.f("ix_key_tasks_import_number"), "key_tasks", ["import_number"], unique=False
    )
    op.create_table(
        "meetings",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index(op.f("ix_meetings_import_number"), "meetings", ["import_number"], unique=False)
    op.create_table(
        "projects",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index(op.f("ix_projects_import_number"), "projects", ["import_number"], unique=False)
    op.create_table(
        "ratings",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("base_points", sa.BigInteger(), nullable=False),
        sa.Column("operation_points", sa.BigInteger(), nullable=False),
        sa.Column("veto", sa.String(length=40), nullable=True),
        sa.Column("rated_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("unit", "year"),
    )
    op.create_index(op.f("ix_ratings_import_number"), "ratings", ["import_number"], unique=False)
    op.create_table(
        "rectification_events",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("finding", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("on_date", sa.Date(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("new_due_on", sa.Date(), nullable=True),
        sa.Column("rules_built", sa.Integer(), nullable=True),
        sa.Column("persons_handled", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.PrimaryKeyConstraint("finding", "on_date", "number"),
    )
    op.create_index(
        op.f("ix_rectification_events_import_number"),
        "rectification_events",
        ["import_number"],
        unique=False,
    )
    op.create_table(
        "reference_lists",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "report_scores",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reviewer", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("dimension", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("scored_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.PrimaryKeyConstraint("unit", "year", "kind", "number", "reviewer", "dimension"),
    )
    op.create_index(
        op.f("ix_report_scores_import_number"), "report_scores", ["import_number"], unique=False
    )
    op.create_table(
        "reports",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("unit", "year", "kind", "number"),
    )
    op.create_index(op.f("ix_reports_import_number"), "reports", ["import_number"], unique=False)
    op.create_table(
        "sectors",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("lead", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index(op.f("ix_sectors_import_number"), "sectors", ["import_number"], unique=False)
    op.create_table(
        "settings",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "sign_in_failures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.String(45), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_sign_in_failures_name_at", "sign_in_failures", ["name", "at"], unique=False)
    op.create_table(
        "task_progress",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("on_date", sa.Date(), autoincrement=False, nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("needs_help", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("number", "on_date"),
    )
    op.create_index(
        op.f("ix_task_progress_import_number"), "task_progress", ["import_number"], unique=False
    )
    op.create_table(
        "trainings",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("hours", sa.BigInteger(), nullable=True),
        sa.Column("sector", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index(
        op.f("ix_trainings_import_number"), "trainings", ["import_number"], unique=False
    )
    op.create_table(
        "unit_nodes",
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("unit", "node"),
    )
    op.create_index(op.f("ix_unit_nodes_node"), "unit_nodes", ["node"], unique=False)
    op.create_table(
        "units",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("sector", sa.String(length=40), nullable=False),
        sa.Column("subdistrict", sa.String(length=40), nullable=True),
        sa.Column("parent", sa.String(length=40), nullable=True),
        sa.Column("pilot_batch", sa.Integer(), nullable=True),
        sa.Column("enrolled_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index(op.f("ix_units_import_number"), "units", ["import_number"], unique=False)
    op.create_table(
        "versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ledger", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("replaced_by", sa.Integer(), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_versions_ledger_key", "versions", ["ledger", "key"], unique=False)
    op.create_index(op.f("ix_versions_replaced_by"), "versions", ["replaced_by"], unique=False)
    op.create_table(
        "warnings",
        sa.Column("import_number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index(op.f("ix_warnings_import_number"), "warnings", ["import_number"], unique=False)
    op.create_table(
        "grants",
        sa.Column("account", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.name"],
        ),
        sa.PrimaryKeyConstraint("account", "kind", "code"),
    )
    op.create_table(
        "sign_in_sessions",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("account", sa.String(length=32), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.String(45), nullable=True),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.name"],
        ),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index(
        op.f("ix_sign_in_sessions_account"), "sign_in_sessions", ["account"], unique=False
    )
    op.create_table(
        "sign_in_tickets",
        sa.Column("ticket_hash", sa.String(64), nullable=False),
        sa.Column("account", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.name"],
        ),
        sa.PrimaryKeyConstraint("ticket_hash"),
    )
    protect("access_entries", "the access log is only added to")


def downgrade() -> None:
    op.drop_table("sign_in_tickets")
    op.drop_index(op.f("ix_sign_in_sessions_account"), table_name="sign_in_sessions")
    op.drop_table("sign_in_sessions")
    op.drop_table("grants")
    op.drop_index(op.f("ix_warnings_import_number"), table_name="warnings")
    op.drop_table("warnings")
    op.drop_index(op.f("ix_versions_replaced_by"), table_name="versions")
    op.drop_index("ix_versions_ledger_key", table_name="versions")
    op.drop_table("versions")
    op.drop_index(op.f("ix_units_import_number"), table_name="units")
    op.drop_table("units")
    op.drop_index(op.f("ix_unit_nodes_node"), table_name="unit_nodes")
    op.drop_table("unit_nodes")
    op.drop_index(op.f("ix_trainings_import_number"), table_name="trainings")
    op.drop_table("trainings")
    op.drop_index(op.f("ix_task_progress_import_number"), table_name="task_progress")
    op.drop_table("task_progress")
    op.drop_index("ix_sign_in_failures_name_at", table_name="sign_in_failures")
    op.drop_table("sign_in_failures")
    op.drop_table("settings")
    op.drop_index(op.f("ix_sectors_import_number"), table_name="sectors")
    op.drop_table("sectors")
    op.drop_index(op.f("ix_reports_import_number"), table_name="reports")
    op.drop_table("reports")
    op.drop_index(op.f("ix_report_scores_import_number"), table_name="report_scores")
    op.drop_table("report_scores")
    op.drop_table("reference_lists")
    op.drop_index(op.f("ix_rectification_events_import_number"), table_name="rectification_events")
    op.drop_table("rectification_events")
    op.drop_index(op.f("ix_ratings_import_number"), table_name="ratings")
    op.drop_table("ratings")
    op.drop_index(op.f("ix_projects_import_number"), table_name="projects")
    op.drop_table("projects")
    op.drop_index(op.f("ix_meetings_import_number"), table_name="meetings")
    op.drop_table("meetings")
    op.drop_index(op.f("ix_key_tasks_import_number"), table_name="key_tasks")
    op.drop_table("key_tasks")
    op.drop_index(op.f("ix_institutions_import_number"), table_name="institutions")
    op.drop_table("institutions")
    op.drop_table("imports")
    op.drop_index(op.f("ix_guidance_import_number"), table_name="guidance")
    op.drop_table("guidance")
    op.drop_index(op.f("ix_grid_elements_import_number"), table_name="grid_elements")
    op.drop_table("grid_elements")
    op.drop_index(op.f("ix_fund_projects_import_number"), table_name="fund_projects")
    op.drop_table("fund_projects")
    op.drop_index(op.f("ix_fund_flows_import_number"), table_name="fund_flows")
    op.drop_table("fund_flows")
    op.drop_index(op.f("ix_findings_import_number"), table_name="findings")
    op.drop_table("findings")
    op.drop_index("ix_facts_unit", table_name="facts")
    op.drop_index("ix_facts_measure", table_name="facts")
    op.drop_table("facts")
    op.drop_index(op.f("ix_escalations_import_number"), table_name="escalations")
    op.drop_table("escalations")
    op.drop_index(op.f("ix_duties_import_number"), table_name="duties")
    op.drop_table("duties")
    op.drop_index(op.f("ix_disposals_import_number"), table_name="disposals")
    op.drop_table("disposals")
    op.drop_index(op.f("ix_decisions_import_number"), table_name="decisions")
    op.drop_table("decisions")
    op.drop_index(op.f("ix_cross_reviews_import_number"), table_name="cross_reviews")
    op.drop_table("cross_reviews")
    op.drop_index(op.f("ix_content_checks_import_number"), table_name="content_checks")
    op.drop_table("content_checks")
    op.drop_table("balances")
    op.drop_index(op.f("ix_attendance_import_number"), table_name="attendance")
    op.drop_table("attendance")
    op.drop_index(op.f("ix_assessments_import_number"), table_name="assessments")
    op.drop_table("assessments")
    op.drop_index(op.f("ix_appointments_import_number"), table_name="appointments")
    op.drop_table("appointments")
    op.drop_table("accounts")
    op.drop_index(op.f("ix_access_entries_at"), table_name="access_entries")
    op.drop_index(op.f("ix_access_entries_account"), table_name="access_entries")
    op.drop_table("access_entries")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION access_entries_only_added")


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
