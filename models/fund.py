"""Major public funds: money approved, disbursed and spent."""

from datetime import date
from typing import ClassVar

from models.choice import Choice
from models.declarations import Referred, TimeLine, UnitTab
from models.kinds import Code, Day, Money, Name, OneOf, Refers, Whole
from models.ledger import Ledger, column
from models.text import Label


class FundKind(Choice):
    """The kind of a fund (资金类别)."""

    NEW_BOND = "NEW_BOND", "新增国债", "New treasury bonds"
    ULTRA_LONG_BOND = "ULTRA_LONG_BOND", "超长期特别国债", "Ultra-long special bonds"
    TWO_MAJOR = "TWO_MAJOR", "两重", "Major strategies and security"
    TWO_NEW = "TWO_NEW", "两新", "Equipment renewal and trade-ins"
    OTHER = "OTHER", "其他重大财政资金", "Other major funds"


class Stage(Choice):
    """The stage of a fund flow (环节)."""

    DISBURSED = "DISBURSED", "拨付", "Disbursed"
    SPENT = "SPENT", "使用", "Spent"


class FundProject(Ledger, table=True):
    """A project paid from a major public fund."""

    __tablename__ = "fund_projects"
    SHEET: ClassVar[Label] = Label("专项资金", "Fund projects")
    DATED_BY: ClassVar[str] = "approved_on"
    UNIT_TAB: ClassVar[UnitTab] = UnitTab.MONEY
    TIME_LINE: ClassVar[TimeLine] = TimeLine("approved_on", ("name", "kind"))

    code: str = column("编号", Code(), key=True)
    name: str = column("名称", Name(), required=True, about=True)
    kind: str = column("资金类别", OneOf(FundKind), required=True)
    unit: str = column("项目单位", Refers("units"), required=True, owner=True)
    approved: int = column("批复金额", Money(), required=True, en="Amount approved")
    approved_on: date = column("批复日期", Day(happened=True), required=True, en="Approved on")
    finish_on: date | None = column("计划完工日期", Day(), en="Planned completion")


class FundFlow(Ledger, table=True):
    """Money disbursed to a fund project, or spent by it."""

    __tablename__ = "fund_flows"
    SHEET: ClassVar[Label] = Label("资金收支", "Fund flows")
    DATED_BY: ClassVar[str] = "on_date"
    UNIT_TAB: ClassVar[UnitTab] = UnitTab.MONEY

    project: str = column(
        "资金编号", Refers("fund_projects"), key=True, owner=True, about=True, en="Fund project"
    )
    on_date: date = column(
        "日期",
        Day(happened=True),
        key=True,
        not_before_referred=Referred("project", "approved_on"),
    )
    stage: str = column("环节", OneOf(Stage), key=True, about=True)
    number: int = column("序号", Whole(1, 999), key=True, default=1)
    amount: int = column("金额", Money(), required=True)
