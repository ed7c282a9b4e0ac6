"""The table of forms by which offices' own ledgers are read, as added by the district."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from models.account import NAME_LENGTH
from models.times import UtcDateTime


class OwnForm(SQLModel, table=True):
    """A form (来表格式) of own ledgers; it replaces a shipped form of the same name."""

    __tablename__ = "own_forms"

    name: str = Field(primary_key=True, max_length=60)
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """The form as JSON, in the format that `data.own_ledgers.forms.form.of_json` reads."""
    changed_at: datetime = Field(sa_type=UtcDateTime)
    account: str = Field(max_length=NAME_LENGTH)
