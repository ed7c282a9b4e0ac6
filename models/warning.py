"""Warning signals that come from the units' own systems."""

from datetime import date
from typing import ClassVar

from models.choice import Choice
from models.declarations import TimeLine, UnitTab
from models.kinds import Code, Day, Listed, Note, OneOf, Refers
from models.ledger import Ledger, column
from models.text import N_, Label


class Level(Choice):
    """The level of a warning (预警级别)."""

    RED = "RED", "红", "Red"
    YELLOW = "YELLOW", "黄", "Yellow"


class Verdict(Choice):
    """The verdict after verifying a warning (核实结论)."""

    TRUE = "TRUE", "属实", "True"
    FALSE = "FALSE", "误报", "False alarm"


class WarningSource(Choice):
    """Whether a warning was imported or computed."""

    IMPORTED = "IMPORTED", "外部导入", "Imported"
    COMPUTED = "COMPUTED", "系统计算", "Computed"


class Warning(Ledger, table=True):
    """A signal raised by a unit's own system, with its verification and closing."""

    __tablename__ = "warnings"
    SHEET: ClassVar[Label] = Label("预警信号", "Warnings")
    DATED_BY: ClassVar[str] = "raised_on"
    UNIT_TAB: ClassVar[UnitTab] = UnitTab.MONEY
    TIME_LINE: ClassVar[TimeLine] = TimeLine("raised_on", ("rule",))

    code: str = column("编号", Code(), key=True)
    unit: str = column("单位编码", Refers("units"), required=True, owner=True)
    rule: str = column("规则", Listed("warning_rules"), required=True, about=True)
    level: str = column("级别", OneOf(Level), required=True)
    raised_on: date = column("预警日期", Day(happened=True), required=True)
    verdict: str | None = column(
        "核实结论", OneOf(Verdict), needs="verified_on", known_with="verified_on"
    )
    verified_on: date | None = column(
        "核实日期",
        Day(happened=True),
        not_before="raised_on",
        needs="verdict",
        hint=N_("Needed once there is a verdict."),
    )
    closed_on: date | None = column("处置完成日期", Day(happened=True), not_before="raised_on")
    note: str | None = column("说明", Note(), known_with="verified_on")
