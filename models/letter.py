"""Letters that were issued: what each said, to whom, under which number."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, PrimaryKeyConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.account import NAME_LENGTH
from models.choice import Choice
from models.rectification import Step
from models.times import UtcDateTime

PERIOD_LENGTH = 7


class FilesLetter(Choice):
    """Letters that press no finding, but a file that a unit owes."""

    LATE_FILE = "LATE_FILE", "催报函", "Reminder to send a file"


LetterKind = Step | FilesLetter
"""What a letter is: a step of pressing findings, or a reminder to send a file."""


def kind_of(code: str) -> LetterKind:
    """The kind of letter of this code; `ValueError` for none."""
    return FilesLetter.LATE_FILE if code == FilesLetter.LATE_FILE else Step(code)


class Letter(SQLModel, table=True):
    """A letter to one unit: about one finding or several, or about the file of a month.

    `step` is the code of its `LetterKind`; the serial number counts the letters of a kind in a
    year, and `text_number` is how it is written. A reminder to send a file has no findings; its
    `period` is the month of that file, like 2026-10, and `file_due_on` the day on which it was
    due.
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
    period: str | None = Field(default=None, max_length=PERIOD_LENGTH)
    file_due_on: date | None = None
    account: str = Field(max_length=NAME_LENGTH)
    at: datetime = Field(sa_type=UtcDateTime)
