"""Audit work: projects, and what each found about the 13 + 7 content items."""

from datetime import date
from typing import ClassVar

from models.choice import Choice
from models.declarations import TimeLine, UnitTab
from models.kinds import Code, Day, Listed, Name, OneOf, Refers
from models.ledger import Ledger, column
from models.text import Label


class Source(Choice):
    """The kind of an audit (审计类别), which is also the source of its findings."""

    STATE = "STATE", "国家审计", "State audit"
    INTERNAL = "INTERNAL", "内部审计", "Internal audit"
    CROSS = "CROSS", "交叉互审", "Cross review"
    SELF_CHECK = "SELF_CHECK", "单位自查", "Self-check"
    FISCAL = "FISCAL", "财会监督", "Fiscal supervision"
    INSPECTION = "INSPECTION", "巡察", "Inspection"
    OTHER = "OTHER", "其他", "Other"


class ContentGroup(Choice):
    """The two lists of content items."""

    FUND_SAFETY = "FUND_SAFETY", "资金安全13项", "13 fund-safety items"
    KEY_AUDIT = "KEY_AUDIT", "7项重点审计内容", "7 key audit contents"


class CheckResult(Choice):
    """The result of a check (结果), the worst first."""

    PROBLEM = "PROBLEM", "存在问题", "Problem"
    NORMAL = "NORMAL", "正常", "Normal"
    NOT_APPLICABLE = "NOT_APPLICABLE", "不适用", "Not applicable"


class Project(Ledger, table=True):
    """An audit project at one unit."""

    __tablename__ = "projects"
    SHEET: ClassVar[Label] = Label("审计项目", "Projects")
    DATED_BY: ClassVar[str] = "planned_on"
    UNIT_TAB: ClassVar[UnitTab] = UnitTab.AUDIT
    TIME_LINE: ClassVar[TimeLine] = TimeLine("started_on", ("name",))

    code: str = column("项目编号", Code(), key=True)
    name: str = column("项目名称", Name(), required=True, about=True)
    unit: str = column("被审单位", Refers("units"), required=True, owner=True)
    source: str = column("审计类别", OneOf(Source), required=True, en="Kind of audit")
    planned_on: date = column(
        "计划开始日期", Day(), required=True, planned=True, en="Planned start"
    )
    started_on: date | None = column("实际开始日期", Day(happened=True), en="Actual start")
    completed_on: date | None = column(
        "完成日期", Day(happened=True), not_before="started_on", needs="started_on"
    )


class ContentCheck(Ledger, table=True):
    """What a project found about one content item."""

    __tablename__ = "content_checks"
    SHEET: ClassVar[Label] = Label("内容检查", "Content checks")
    DATED_BY: ClassVar[str] = "checked_on"
    UNIT_TAB: ClassVar[UnitTab] = UnitTab.AUDIT

    project: str = column("项目编号", Refers("projects"), key=True, owner=True)
    item: str = column("检查内容", Listed("content_items"), key=True, about=True, en="Content item")
    result: str = column("结果", OneOf(CheckResult), required=True)
    checked_on: date = column("检查日期", Day(happened=True), required=True)
