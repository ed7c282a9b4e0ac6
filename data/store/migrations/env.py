"""Tell Alembic the declared tables; the caller supplies the connection."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import models.tables  # noqa: F401
from models.times import UtcDateTime


def as_plain_type(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Render our own column types as SQLAlchemy's, so that no migration depends on present code."""
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String({item.length or ''})"
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run(connection: sa.Connection) -> None:
    """Apply the migrations that `connection` lacks."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_item=as_plain_type,
        # SQLite alters a table by rewriting it; the first migration has nothing to alter.
        render_as_batch=context.config.attributes.get("alters", True),
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
