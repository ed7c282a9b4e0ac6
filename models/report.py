"""The four kinds of report and the scores reviewers gave them."""

from datetime import date
from typing import ClassVar

from models.ledger import (
    Choice,
    Code,
    Day,
    Ledger,
    Listed,
    Note,
    Number,
    OneOf,
    Refers,
    Whole,
    column,
)
from models.text import Label


class ReportKind(Choice):
    """报告类别"""

    PLAN = "PLAN", "内审计划", "Audit plan"
    AUDIT_REPORT = "AUDIT_REPORT", "内审报告", "Audit report"
    RECT_REPORT = "RECT_REPORT", "整改报告", "Rectification report"
    SUMMARY = "SUMMARY", "工作总结", "Work summary"


class ReportState(Choice):
    """Whether a report has come in, the worst first"""

    MISSING = "MISSING", "逾期未报", "Missing"
    LATE = "LATE", "逾期报送", "In late"
    ON_TIME = "ON_TIME", "按期报送", "In time"
    NOT_DUE = "NOT_DUE", "未到期", "Not yet due"


class Report(Ledger, table=True):
    """A report that a unit owes by a day, and the day it came in."""

    __tablename__ = "reports"
    SHEET: ClassVar[Label] = Label("四类报告", "Reports")

    unit: str = column("单位编码", Refers("units"), key=True)
    year: int = column("年度", Whole(2000, 2099), key=True)
    kind: str = column("报告类别", OneOf(ReportKind), key=True)
    number: int = column("序号", Whole(1, 999), key=True, default=1)
    due_on: date = column("应报日期", Day(), required=True)
    submitted_on: date | None = column("报送日期", Day(happened=True))


class ReportScore(Ledger, table=True):
    """The points one reviewer gave one dimension of a submitted report."""

    __tablename__ = "report_scores"
    SHEET: ClassVar[Label] = Label("报告评分", "Report scores")

    unit: str = column("单位编码", Refers("units"), key=True)
    year: int = column("年度", Whole(2000, 2099), key=True)
    kind: str = column("报告类别", OneOf(ReportKind), key=True)
    number: int = column("序号", Whole(1, 999), key=True, default=1)
    reviewer: str = column("评分人", Code(), key=True)
    dimension: str = column("评分维度", Listed("rubric"), key=True)
    points: int = column("得分", Number(0, 10_000, places=1), required=True)
    scored_on: date = column("评分日期", Day(happened=True), required=True)
    note: str | None = column("理由", Note())
