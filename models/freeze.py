"""Freezes: the figures that a meeting looked at, and the meeting's agenda."""

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

from models.account import NAME_LENGTH
from models.choice import Choice
from models.times import UtcDateTime


class Freeze(SQLModel, table=True):
    """The state of the district as seen by a meeting.

    Freezes are only ever added: a second one of the same meeting is a new version. What was known
    then is given by the last import and the reference lists in force. `facts_sha256` is the digest
    of the facts (`data.facts.digest`), by which they can be verified years later.
    """

    __tablename__ = "freezes"
    __table_args__ = (UniqueConstraint("meeting", "version"),)

    number: int = Field(primary_key=True)
    meeting: str
    """The meeting's code. Its name and day are copied, since the ledger row may change or go."""
    meeting_name: str
    meeting_on: date
    version: int
    as_of: date
    import_number: int
    """The number of the last import before the freeze; 0 if there was none."""
    facts_sha256: str
    definitions: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    """The version of each figure's definition, by figure id."""
    lists: dict[str, list[dict[str, str]]] = Field(sa_column=Column(JSON, nullable=False))
    """The reference lists in force, by name."""
    replaced: list[str] = Field(sa_column=Column(JSON, nullable=False))
    """The names of the lists that had been replaced by an administrator."""
    unknown: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """The sources without any row in the district on that day."""
    at: datetime = Field(sa_type=UtcDateTime)
    account: str = Field(max_length=NAME_LENGTH)


class FrozenFigure(SQLModel, table=True):
    """A figure or bucket of a node in a freeze; `figure` is the key under which it is printed.

    `numerator` is exact, in stored units: a whole number or a fraction "n/d"; None if the figure
    does not exist there. Empty buckets are left out.
    """

    __tablename__ = "frozen_figures"
    __table_args__ = (
        PrimaryKeyConstraint("freeze", "node", "figure"),
        {"sqlite_with_rowid": False},
    )

    freeze: int = Field(sa_column=Column(Integer, ForeignKey("freezes.number"), nullable=False))
    node: str
    figure: str
    numerator: str | None = None
    denominator: int | None = Field(default=None, sa_type=BigInteger)


class AgendaScreen(Choice):
    """The wall screen shown for an item of the agenda."""

    OPENING = "OPENING", "上次议定事项", "What became of the decisions"
    OVERVIEW = "OVERVIEW", "总览", "Overview"
    COVERAGE = "COVERAGE", "一张网", "One net"
    RESPONSIBILITIES = "RESPONSIBILITIES", "两个主体责任", "Two responsibilities"
    REPORTS = "REPORTS", "四类报告", "Four reports"
    RECTIFICATION = "RECTIFICATION", "问题整改", "Rectification"
    OVERDUE = "OVERDUE", "逾期问题", "Overdue findings"
    LONGEST = "LONGEST", "逾期最久", "Overdue the longest"
    MECHANISMS = "MECHANISMS", "六项机制", "Six mechanisms"
    TASKS = "TASKS", "重点任务", "Key tasks"
    FUNDS = "FUNDS", "重大资金", "Major funds"
    DISPOSALS = "DISPOSALS", "清理盘活", "Disposals"
    UNIT = "UNIT", "单位画像", "Unit profile"
    TO_DECIDE = "TO_DECIDE", "请委员会定夺", "For the committee to decide"
    DECISIONS = "DECISIONS", "本次议定事项", "Decisions of this meeting"


class AgendaItem(SQLModel, table=True):
    """An item of a meeting's agenda: a screen and a node, in order."""

    __tablename__ = "agenda_items"
    __table_args__ = (PrimaryKeyConstraint("meeting", "number"),)

    meeting: str
    number: int
    screen: str
    node: str
