"""The table of warnings about imports, kept until somebody has confirmed them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from models.account import NAME_LENGTH
from models.times import UtcDateTime


class Oddity(SQLModel, table=True):
    """A warning about a row, sheet or file that was imported: unusual, but not wrong.

    `sheet`, `row`, `column` and `value` say where it is. `unit` is that of the row, None if it does
    not concern a row of one unit. `message` and `values` make its sentence. The quality tab shows
    it until it is `confirmed_by` somebody.
    """

    __tablename__ = "import_warnings"

    id: int | None = Field(default=None, primary_key=True)
    import_number: int = Field(index=True)
    unit: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    message: str
    values: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    confirmed_by: str | None = Field(default=None, max_length=NAME_LENGTH)
