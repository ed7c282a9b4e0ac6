"""The four kinds of report, and the scores that reviewers gave them."""

from datetime import date
from typing import ClassVar

from models.choice import Choice
from models.declarations import CompositeReference, RowRule, RuleLists, TimeLine, UnitTab
from models.kinds import Code, Day, Listed, Note, Number, OneOf, Refers, Whole
from models.ledger import Ledger, column
from models.text import N_, Label, Sentence, sentence


class ReportKind(Choice):
    """The kind of a report (报告类别)."""

    PLAN = "PLAN", "内审计划", "Audit plan"
    AUDIT_REPORT = "AUDIT_REPORT", "内审报告", "Audit report"
    RECT_REPORT = "RECT_REPORT", "整改报告", "Rectification report"
    SUMMARY = "SUMMARY", "工作总结", "Work summary"


class ReportState(Choice):
    """Whether a report has come in, the worst first."""

    MISSING = "MISSING", "逾期未报", "Missing"
    LATE = "LATE", "逾期报送", "In late"
    ON_TIME = "ON_TIME", "按期报送", "In time"
    NOT_DUE = "NOT_DUE", "未到期", "Not yet due"


WRONG_DIMENSION = N_(
    "This dimension does not belong to this kind of report. Enter one of: {choices}."
)
ABOVE_WEIGHT = N_("This dimension is worth {weight} points at most. Correct the points.")


def _dimension_of_kind(
    lists: RuleLists, kind: str | None, dimension: str | None
) -> Sentence | None:
    weights = lists.rubric.get(kind or "", {})
    if kind is None or dimension is None or dimension in weights:
        return None
    return sentence(WRONG_DIMENSION, choices="、".join(weights))


def _within_weight(
    lists: RuleLists, kind: str | None, dimension: str | None, points: int | None
) -> Sentence | None:
    weight = lists.rubric.get(kind or "", {}).get(dimension or "")
    if weight is None or points is None or points <= weight * 100:
        return None
    return sentence(ABOVE_WEIGHT, weight=weight)


class Report(Ledger, table=True):
    """A report that a unit owes by a day, and the day on which it came in."""

    __tablename__ = "reports"
    SHEET: ClassVar[Label] = Label("四类报告", "Reports")
    DATED_BY: ClassVar[str] = "due_on"
    UNIT_TAB: ClassVar[UnitTab] = UnitTab.REPORTS
    TIME_LINE: ClassVar[TimeLine] = TimeLine("submitted_on", ("year", "kind"))

    unit: str = column("单位编码", Refers("units"), key=True, owner=True)
    year: int = column("年度", Whole(2000, 2099), key=True, about=True)
    kind: str = column("报告类别", OneOf(ReportKind), key=True, about=True)
    number: int = column("序号", Whole(1, 999), key=True, default=1, about=True)
    due_on: date = column("应报日期", Day(), required=True, planned=True)
    submitted_on: date | None = column("报送日期", Day(happened=True))


class ReportScore(Ledger, table=True):
    """The points that a reviewer gave a submitted report in one dimension."""

    __tablename__ = "report_scores"
    SHEET: ClassVar[Label] = Label("报告评分", "Report scores")
    DATED_BY: ClassVar[str] = "scored_on"
    UNIT_TAB: ClassVar[UnitTab] = UnitTab.REPORTS
    COMPOSITE: ClassVar[tuple[CompositeReference, ...]] = (
        CompositeReference("reports", ("unit", "year", "kind", "number")),
    )
    ROW_RULES: ClassVar[tuple[RowRule, ...]] = (
        RowRule(("kind", "dimension"), _dimension_of_kind),
        RowRule(("kind", "dimension", "points"), _within_weight),
    )

    unit: str = column("单位编码", Refers("units"), key=True, owner=True)
    year: int = column("年度", Whole(2000, 2099), key=True, about=True)
    kind: str = column("报告类别", OneOf(ReportKind), key=True, about=True)
    number: int = column("序号", Whole(1, 999), key=True, default=1)
    reviewer: str = column("评分人", Code(), key=True, may_refer="units")
    dimension: str = column(
        "评分维度",
        Listed("rubric"),
        key=True,
        about=True,
        hint=N_("A dimension of that kind of report."),
    )
    points: int = column(
        "得分",
        Number(0, 10_000, places=1),
        required=True,
        hint=N_("At most the weight of the dimension."),
    )
    scored_on: date = column("评分日期", Day(happened=True), required=True)
    note: str | None = column("理由", Note(), en="Reason")
