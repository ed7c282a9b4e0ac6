"""How own ledgers of offices are read, as far as the district taught it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from models.account import NAME_LENGTH
from models.times import UtcDateTime


class OwnForm(SQLModel, table=True):
    """A form (来表格式) of own ledgers; one of a shipped form's name is read in its place."""

    __tablename__ = "own_forms"

    name: str = Field(primary_key=True, max_length=60)
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """As `data.own_ledgers.forms.of_json` reads it."""
    changed_at: datetime = Field(sa_type=UtcDateTime)
    account: str = Field(max_length=NAME_LENGTH)
