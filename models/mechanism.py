"""The mechanisms with ledgers of their own: cross review, guidance, rating, assessment."""

from datetime import date
from typing import ClassVar

from models.choice import Choice
from models.declarations import RowRule, RuleLists, TimeLine, UnitTab
from models.kinds import Code, Day, Listed, Name, Number, OneOf, Refers, Whole
from models.ledger import Ledger, column
from models.text import N_, Label, Sentence, sentence


class GuidedBy(Choice):
    """The body that gives guidance (指导主体)."""

    DEPARTMENT = "DEPARTMENT", "主管部门", "Competent department"
    AUDIT_BUREAU = "AUDIT_BUREAU", "区审计局", "Audit bureau"


class GuidanceForm(Choice):
    """The form of guidance (形式)."""

    ON_SITE = "ON_SITE", "现场指导", "On-site guidance"
    WRITTEN = "WRITTEN", "书面指导", "Written guidance"
    INSPECTION = "INSPECTION", "专项检查", "Special inspection"
    INTERVIEW = "INTERVIEW", "约谈", "Interview"


class ReviewState(Choice):
    """The state of a cross review."""

    DONE = "DONE", "已完成", "Done"
    DUE = "DUE", "未到期", "Not yet due"
    LATE = "LATE", "逾期", "Late"


SAME_UNIT = N_("A unit may not review itself. Enter two different units.")


def _two_units(_lists: RuleLists, reviewer: str | None, reviewed: str | None) -> Sentence | None:
    if reviewer is None or reviewer != reviewed:
        return None
    return sentence(SAME_UNIT)


class CrossReview(Ledger, table=True):
    """A review of one unit by the auditors of another, in a round."""

    __tablename__ = "cross_reviews"
    SHEET: ClassVar[Label] = Label("交叉互审", "Cross reviews")
    DATED_BY: ClassVar[str] = "due_on"
    UNIT_TAB: ClassVar[UnitTab] = UnitTab.AUDIT
    TIME_LINE: ClassVar[TimeLine] = TimeLine("completed_on", ("round",))
    ROW_RULES: ClassVar[tuple[RowRule, ...]] = (RowRule(("reviewer", "reviewed"), _two_units),)

    round: str = column("轮次", Code(), key=True, about=True)
    reviewer: str = column("互审单位", Refers("units"), key=True, owner=True, en="Reviewing unit")
    reviewed: str = column(
        "被审单位",
        Refers("units"),
        key=True,
        party=True,
        about=True,
        hint=N_("Not the reviewing unit itself."),
    )
    due_on: date = column("计划完成日期", Day(), required=True, planned=True)
    completed_on: date | None = column("完成日期", Day(happened=True))
    project: str | None = column("项目编号", Refers("projects"))


class Guidance(Ledger, table=True):
    """An occasion on which a unit was guided by its competent department or the audit bureau."""

    __tablename__ = "guidance"
    SHEET: ClassVar[Label] = Label("指导监督", "Guidance")
    DATED_BY: ClassVar[str] = "on_date"
    UNIT_TAB: ClassVar[UnitTab] = UnitTab.AUDIT
    TIME_LINE: ClassVar[TimeLine] = TimeLine("on_date", ("form", "topic"))

    unit: str = column("单位编码", Refers("units"), key=True, owner=True)
    on_date: date = column("日期", Day(happened=True), key=True)
    by: str = column("指导主体", OneOf(GuidedBy), key=True, en="Guided by")
    form: str = column("形式", OneOf(GuidanceForm), required=True)
    topic: str = column("主题", Name(), key=True, about=True)


class Rating(Ledger, table=True):
    """A unit's rating of internal control for a year, 0A to 5A; a veto makes it 0A."""

    __tablename__ = "ratings"
    SHEET: ClassVar[Label] = Label("内控评级", "Ratings")
    DATED_BY: ClassVar[str] = "rated_on"
    UNIT_TAB: ClassVar[UnitTab] = UnitTab.AUDIT
    TIME_LINE: ClassVar[TimeLine] = TimeLine("rated_on", ("year", "veto"))

    unit: str = column("单位编码", Refers("units"), key=True, owner=True)
    year: int = column("年度", Whole(2000, 2099), key=True, about=True)
    base_points: int = column("内控基础得分", Number(0, 6000), required=True)
    operation_points: int = column("运行成效得分", Number(0, 4000), required=True)
    veto: str | None = column("一票否决", Listed("vetoes", by_name=True))
    rated_on: date = column("评定日期", Day(happened=True), required=True)


class Assessment(Ledger, table=True):
    """The points of a unit in one indicator of the yearly performance assessment."""

    __tablename__ = "assessments"
    SHEET: ClassVar[Label] = Label("绩效考核", "Assessments")
    DATED_BY: ClassVar[str] = "assessed_on"
    UNIT_TAB: ClassVar[UnitTab] = UnitTab.AUDIT

    unit: str = column("单位编码", Refers("units"), key=True, owner=True)
    year: int = column("年度", Whole(2000, 2099), key=True, about=True)
    indicator: str = column("考核指标", Name(), key=True, about=True)
    full_points: int = column("满分", Number(0, above_low=True), required=True)
    points: int = column(
        "得分",
        Number(0),
        required=True,
        not_more="full_points",
        hint=N_("At most the full points."),
    )
    assessed_on: date = column("考核日期", Day(happened=True), required=True)
