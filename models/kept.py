"""Tables beside the ledgers: imports, versions of rows, facts, running totals, lists, settings."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
)
from sqlmodel import Field, SQLModel

from models.choice import Choice
from models.times import UtcDateTime


class Import(SQLModel, table=True):
    """A change of the ledgers: a workbook imported, a row removed, or an import withdrawn.

    Numbered in order. `sender` says who the file came from, `undoes` which import was withdrawn.
    """

    __tablename__ = "imports"

    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    day: date
    account: str
    file_name: str
    sha256: str
    reason: str | None = None
    sender: str | None = None
    undoes: int | None = None
    counts: dict[str, dict[str, int]] = Field(default_factory=dict, sa_column=Column(JSON))


class Change(Choice):
    """Why a version of a row is no longer in force."""

    UPDATED = "UPDATED", "更新", "Updated"
    CORRECTED = "CORRECTED", "更正", "Corrected"
    REMOVED = "REMOVED", "移除", "Removed"


class Version(SQLModel, table=True):
    """A row of a ledger as it was before an import replaced it.

    `import_number` brought the version and `replaced_by` ended it. So the state after import N is
    every version with import_number <= N < replaced_by, and every present row with import_number <=
    N.
    """

    __tablename__ = "versions"
    __table_args__ = (
        Index("ix_versions_ledger_key", "ledger", "key"),
        Index("ix_versions_ledger_replaced_by", "ledger", "replaced_by"),
    )

    id: int | None = Field(default=None, primary_key=True)
    ledger: str
    key: str
    values: dict[str, object] = Field(sa_column=Column(JSON, nullable=False))
    import_number: int
    sheet: str
    row: int
    replaced_by: int
    change: str
    reason: str | None = None


_OF_UNIT = ("unit", "measure", "starts_on", "ends_on", "bucket", "value", "after_freeze")
_OF_MEASURE = ("measure", "ends_on", "starts_on", "unit", "bucket", "value", "after_freeze")
"""The columns of the two indexes of facts; they cover all columns that figures read."""


class KeptFact(SQLModel, table=True):
    """A stored fact: a ledger row counts for `measure` from `starts_on` to before `ends_on`.

    `bucket` is a path of bucket ids joined by `/`. `value` is a weight: 1, points in hundredths,
    money in 分, or the day number of a due date. `unit` is empty for the district's own rows.
    `after_freeze` is the number of the last freeze before the fact was derived; later freezes saw
    it.
    """

    __tablename__ = "facts"
    __table_args__: ClassVar[tuple[Index, ...]] = (
        Index("ix_facts_unit", *_OF_UNIT),
        Index("ix_facts_measure", *_OF_MEASURE),
    )

    id: int | None = Field(default=None, primary_key=True)
    measure: str
    bucket: str
    unit: str
    starts_on: date
    ends_on: date
    value: int = Field(sa_type=BigInteger)
    ledger: str
    key: str
    after_freeze: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class PastFact(SQLModel, table=True):
    """A fact that was replaced after a freeze had seen it.

    Seen by the freezes after number `after_freeze`, up to and including `until_freeze`. The other
    columns are those of a fact.
    """

    __tablename__ = "past_facts"
    __table_args__: ClassVar[tuple[Index, ...]] = (
        Index("ix_past_facts_unit", *_OF_UNIT, "until_freeze"),
        Index("ix_past_facts_measure", *_OF_MEASURE, "until_freeze"),
    )

    id: int | None = Field(default=None, primary_key=True)
    measure: str
    bucket: str
    unit: str
    starts_on: date
    ends_on: date
    value: int = Field(sa_type=BigInteger)
    ledger: str
    key: str
    after_freeze: int
    until_freeze: int


class Balance(SQLModel, table=True):
    """The change of a measure of a group node on a day (grain D) or in a month (grain M).

    The total on a day is the sum of all changes up to it: those of past months, then the days of
    its own month.
    """

    __tablename__ = "balances"
    __table_args__ = (
        PrimaryKeyConstraint("node", "grain", "day", "measure", "bucket"),
        {"sqlite_with_rowid": False},
    )

    node: str
    grain: str = Field(sa_column=Column(String(1), nullable=False))
    day: date = Field(sa_column=Column(Date, nullable=False))
    measure: str
    bucket: str
    count: int = Field(sa_column=Column(Integer, nullable=False))
    total: int = Field(sa_column=Column(BigInteger, nullable=False))


class BalanceMove(SQLModel, table=True):
    """The change of a running total between freeze `freeze` and the next one.

    The total at a freeze is the present one minus all changes since that freeze.
    """

    __tablename__ = "balance_moves"
    __table_args__ = (
        PrimaryKeyConstraint("node", "grain", "day", "measure", "bucket", "freeze"),
        {"sqlite_with_rowid": False},
    )

    node: str
    grain: str = Field(sa_column=Column(String(1), nullable=False))
    day: date = Field(sa_column=Column(Date, nullable=False))
    measure: str
    bucket: str
    freeze: int
    count: int = Field(sa_column=Column(Integer, nullable=False))
    total: int = Field(sa_column=Column(BigInteger, nullable=False))


class UnitNode(SQLModel, table=True):
    """A group node whose balances include the facts of a unit."""

    __tablename__ = "unit_nodes"

    unit: str = Field(primary_key=True)
    node: str = Field(primary_key=True, index=True)


class ReferenceList(SQLModel, table=True):
    """A reference list that an administrator put in place of the shipped one."""

    __tablename__ = "reference_lists"

    name: str = Field(primary_key=True)
    rows: list[dict[str, str]] = Field(sa_column=Column(JSON, nullable=False))
    replaced_at: datetime = Field(sa_type=UtcDateTime)
    account: str


class Setting(SQLModel, table=True):
    """A setting of the database: the data version, the demonstration mark, thresholds."""

    __tablename__ = "settings"

    name: str = Field(primary_key=True)
    value: str
