"""Warning signals that come from the units' own systems."""

from datetime import date
from typing import ClassVar

from models.ledger import Choice, Code, Day, Ledger, Listed, Note, OneOf, Refers, column
from models.text import Label


class Level(Choice):
    """预警级别"""

    RED = "RED", "红", "Red"
    YELLOW = "YELLOW", "黄", "Yellow"


class Verdict(Choice):
    """核实结论"""

    TRUE = "TRUE", "属实", "True"
    FALSE = "FALSE", "误报", "False alarm"


class WarningSource(Choice):
    """Where a warning comes from."""

    IMPORTED = "IMPORTED", "外部导入", "Imported"
    COMPUTED = "COMPUTED", "系统计算", "Computed"


class Warning(Ledger, table=True):
    """A signal raised by a unit's own system, its verification and its closing."""

    __tablename__ = "warnings"
    SHEET: ClassVar[Label] = Label("预警信号", "Warnings")

    code: str = column("编号", Code(), key=True)
    unit: str = column("单位编码", Refers("units"), required=True)
    rule: str = column("规则", Listed("warning_rules"), required=True)
    level: str = column("级别", OneOf(Level), required=True)
    raised_on: date = column("预警日期", Day(happened=True), required=True)
    verdict: str | None = column("核实结论", OneOf(Verdict))
    verified_on: date | None = column(
        "核实日期", Day(happened=True), not_before="raised_on", needs="verdict"
    )
    closed_on: date | None = column("处置完成日期", Day(happened=True), not_before="raised_on")
    note: str | None = column("说明", Note())
