"""The table of issued letters: what each said, to whom, and under which number."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, PrimaryKeyConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.account import NAME_LENGTH
from models.choice import Choice
from models.rectification import Step
from models.times import UtcDateTime

PERIOD_LENGTH = 7


class FilesLetter(Choice):
    """Kinds of letters about a file that a unit owes, not about findings."""

    LATE_FILE = "LATE_FILE", "催报函", "Reminder to send a file"


LetterKind = Step | FilesLetter
"""The kind of a letter: a step of escalation (督办), or a reminder to send a file."""


def kind_of(code: str) -> LetterKind:
    """The kind of letter with this code; raises `ValueError` for an unknown one."""
    return FilesLetter.LATE_FILE if code == FilesLetter.LATE_FILE else Step(code)


class Letter(SQLModel, table=True):
    """A letter to one unit, about one or several findings or about the file of a month.

    `step` is the code of its `LetterKind`; `serial` counts the letters of a kind in a year, and
    `text_number` is the number as printed. A reminder to send a file has no findings; its `period`
    is the month of the file, such as 2026-10, and `file_due_on` the day on which it was due.
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
