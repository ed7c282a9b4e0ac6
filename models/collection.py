"""The table of files that units sent, and what became of each."""

from datetime import datetime

from sqlalchemy import JSON, Column, Index, LargeBinary
from sqlmodel import Field, SQLModel

from models.account import NAME_LENGTH
from models.choice import Choice
from models.times import UtcDateTime

UNIT_LENGTH, PERIOD_LENGTH, REASON_LENGTH = 40, 7, 500


class FileState(Choice):
    """The state of a file that a unit sent."""

    SENT = "SENT", "已报送", "Sent"
    RETURNED = "RETURNED", "已退回", "Returned"
    TAKEN_IN = "TAKEN_IN", "已导入", "Taken in"
    WITHDRAWN = "WITHDRAWN", "已撤回", "Withdrawn"


class SentFile(SQLModel, table=True):
    """A file in the inbox; it does not change ledgers before it is imported.

    `period` is the month it reports on, such as 2026-10. `ours` says that it is the workbook of
    this application, not an office's own ledger; for own ledgers `answers` holds the unit's
    answers. `counts` (new, changed and equal rows by ledger) and the numbers of faults, open
    questions, corrections and warnings are those of the last check. `settled_by` imported it,
    returned it for `reason` or withdrew it at `settled_at`. `import_number` is None if every row
    was already stored.
    """

    __tablename__ = "sent_files"
    __table_args__ = (Index("ix_sent_files_unit_period", "unit", "period"),)

    number: int = Field(primary_key=True)
    unit: str = Field(max_length=UNIT_LENGTH)
    period: str = Field(max_length=PERIOD_LENGTH, index=True)
    file_name: str
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    size: int
    sha256: str
    ours: bool
    answers: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    counts: dict[str, dict[str, int]] = Field(sa_column=Column(JSON, nullable=False))
    faults: int
    questions: int
    corrections: int
    warnings: int
    state: str
    sent_at: datetime = Field(sa_type=UtcDateTime)
    sent_by: str = Field(max_length=NAME_LENGTH)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settled_by: str | None = Field(default=None, max_length=NAME_LENGTH)
    reason: str | None = Field(default=None, max_length=REASON_LENGTH)
    import_number: int | None = None
