"""What a meeting agreed to look at: its figures, frozen under its number, and its agenda."""

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
    """The state of the district that a meeting saw. Only ever added: a second one of the same
    meeting is a new version beside the first.

    What was known is told by the last import and the reference lists in force; `facts_sha256` is
    over the facts derived from them, so that they can be told to be the same years later.
    """

    __tablename__ = "freezes"
    __table_args__ = (UniqueConstraint("meeting", "version"),)

    number: int = Field(primary_key=True)
    meeting: str
    """The meeting's code. Its name and day are kept too: a ledger row may change or go."""
    meeting_name: str
    meeting_on: date
    version: int
    as_of: date
    import_number: int
    """The last import that was known; 0 before the first."""
    facts_sha256: str
    definitions: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    """By figure, the version of its definition."""
    lists: dict[str, list[dict[str, str]]] = Field(sa_column=Column(JSON, nullable=False))
    """The reference lists in force, by name."""
    replaced: list[str] = Field(sa_column=Column(JSON, nullable=False))
    """The names of those that were no longer the ones shipped."""
    unknown: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """The sources of which nothing was known in the district on the day."""
    at: datetime = Field(sa_type=UtcDateTime)
    account: str = Field(max_length=NAME_LENGTH)


class FrozenFigure(SQLModel, table=True):
    """A figure or bucket of a node in a freeze; `figure` is the key under which it is printed.

    `numerator` is exact, a whole number or a fraction "n/d" in kept form; None does not exist
    there. Buckets with nothing in them are left out.
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
    """What the wall shows under an item of the agenda"""

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
    """One item of a meeting's agenda: a screen at a node, in order."""

    __tablename__ = "agenda_items"
    __table_args__ = (PrimaryKeyConstraint("meeting", "number"),)

    meeting: str
    number: int
    screen: str
    node: str
