"""Letters that were issued: what each said, to whom, under which number."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, PrimaryKeyConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.account import NAME_LENGTH
from models.times import UtcDateTime


class Letter(SQLModel, table=True):
    """A reminder or a supervision letter to one unit, about one finding or several.

    `step` is the code of the `models.rectification.Step` it stands for; the serial number counts
    the letters of a step in a year, and `text_number` is how it is written.
    """

    __tablename__ = "letters"
    __table_args__ = (
        PrimaryKeyConstraint("step", "year", "serial"),
        UniqueConstraint("text_number"),
    )

    step: str
    year: int
    serial: int
    text_number: str
    unit: str
    unit_name: str
    findings: list[str] = Field(sa_column=Column(JSON, nullable=False))
    issued_on: date
    reply_by: date
    account: str = Field(max_length=NAME_LENGTH)
    at: datetime = Field(sa_type=UtcDateTime)
