"""What was odd about an import, kept until somebody has looked at it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from models.account import NAME_LENGTH
from models.times import UtcDateTime


class Oddity(SQLModel, table=True):
    """Something odd, though not wrong, about a row, a sheet or a whole file that was taken in.

    `sheet`, `row`, `column` and `value` say where it stands; `unit` is the unit of the row, None
    where it concerns no row of a single unit. `message` and `values` are its sentence. It stands on
    the quality tab until `confirmed_by` somebody.
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
