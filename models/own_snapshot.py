"""What is stored of imported own ledgers, so that the next file of a sender can be compared."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, LargeBinary
from sqlmodel import Field, SQLModel

from models.account import NAME_LENGTH
from models.times import UtcDateTime

SENDER_LENGTH, FORM_LENGTH, KEY_LENGTH = 200, 60, 400


class OwnSnapshot(SQLModel, table=True):
    """A sheet that was imported: its sender, its form, and its day.

    Nothing is known of a sender before the day of its first snapshot. `import_number` is the import
    that brought the rows, None if all of them were stored already.
    """

    __tablename__ = "own_snapshots"

    number: int | None = Field(default=None, primary_key=True)
    sender: str = Field(max_length=SENDER_LENGTH, index=True)
    form: str = Field(max_length=FORM_LENGTH)
    as_of: date
    import_number: int | None = None
    file_name: str
    sha256: str
    at: datetime = Field(sa_type=UtcDateTime)
    account: str = Field(max_length=NAME_LENGTH)


class OwnRow(SQLModel, table=True):
    """What the latest snapshot of a sender and form said about a ledger row.

    `place` is the row's position on the sheet; `said` has the values by name.
    """

    __tablename__ = "own_rows"

    sender: str = Field(primary_key=True, max_length=SENDER_LENGTH)
    form: str = Field(primary_key=True, max_length=FORM_LENGTH)
    ledger: str = Field(primary_key=True, max_length=FORM_LENGTH)
    key: str = Field(primary_key=True, max_length=KEY_LENGTH)
    as_of: date
    place: int
    said: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class OwnAnswer(SQLModel, table=True):
    """The answer to a question about a sender's ledger, so that it is not asked again."""

    __tablename__ = "own_answers"

    sender: str = Field(primary_key=True, max_length=SENDER_LENGTH)
    question: str = Field(primary_key=True, max_length=FORM_LENGTH)
    answer: str


class SetAsideRow(SQLModel, table=True):
    """A row with open questions, set aside while the rest of its sheet was imported.

    It waits until `settled_at`: then it was imported, because its questions were answered or a
    later sheet of the same sender and form covered it (`how` is TAKEN, `import_number` the import,
    if there was anything to import), or somebody dropped it for a reason (DROPPED). `sha256` is
    that of its file.
    """

    __tablename__ = "rows_set_aside"

    id: int | None = Field(default=None, primary_key=True)
    sender: str = Field(max_length=SENDER_LENGTH, index=True)
    form: str = Field(max_length=FORM_LENGTH)
    as_of: date
    file_name: str
    sheet: str
    row: int
    ledger: str
    unit: str | None = None
    said: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    questions: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))
    at: datetime = Field(sa_type=UtcDateTime)
    account: str = Field(max_length=NAME_LENGTH)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    how: str | None = None
    reason: str | None = None
    sha256: str | None = Field(default=None, index=True)
    import_number: int | None = Field(default=None, index=True)


class SetAsideFile(SQLModel, table=True):
    """A file with rows set aside, kept so that these can be read again with answers."""

    __tablename__ = "files_set_aside"

    sha256: str = Field(primary_key=True)
    file_name: str
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    at: datetime = Field(sa_type=UtcDateTime)


class KnownAsOf(SQLModel, table=True):
    """A value that the sheet did not give exactly, known only as of a day.

    `words` is the text written in its place, if any.
    """

    __tablename__ = "known_as_of"

    ledger: str = Field(primary_key=True, max_length=FORM_LENGTH)
    key: str = Field(primary_key=True, max_length=KEY_LENGTH)
    column: str = Field(primary_key=True, max_length=FORM_LENGTH)
    as_of: date
    words: str | None = None
