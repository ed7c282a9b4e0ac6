"""Disposals (清理盘活): dormant bodies to be closed, idle posts and assets to be used again."""

from datetime import date
from typing import ClassVar

from models.choice import Choice
from models.declarations import TimeLine, UnitTab
from models.kinds import Code, Day, Money, Name, OneOf, Refers, Whole
from models.ledger import Ledger, column
from models.text import N_, Label


class DisposalKind(Choice):
    """The kind of a disposal (类型)."""

    SMALL_WEAK = "SMALL_WEAK", "小散弱", "Small and weak"
    NO_OPERATION = "NO_OPERATION", "无实际经营", "No real operation"
    SHELL = "SHELL", "空壳", "Shell"
    INEFFICIENT = "INEFFICIENT", "低效", "Inefficient"
    ZOMBIE = "ZOMBIE", "僵尸机构", "Dormant body"
    IDLE_POST = "IDLE_POST", "沉淀编制", "Idle posts"
    IDLE_ASSET = "IDLE_ASSET", "存量资产", "Idle assets"


class Method(Choice):
    """The method of a disposal (处置方式)."""

    ABOLISH = "ABOLISH", "撤销", "Abolished"
    MERGE = "MERGE", "合并", "Merged"
    DEREGISTER = "DEREGISTER", "注销", "Deregistered"
    CONVERT = "CONVERT", "转企", "Turned into a firm"
    RESTRUCTURE = "RESTRUCTURE", "重组", "Restructured"
    REVITALISE = "REVITALISE", "盘活", "Revitalised"
    KEEP = "KEEP", "保留整改", "Kept and rectified"


class DisposalState(Choice):
    """The state of a disposal on a day, the worst first."""

    LATE = "LATE", "逾期未处置", "Late"
    ONGOING = "ONGOING", "正在处置", "In progress"
    DONE = "DONE", "已处置", "Done"


class Disposal(Ledger, table=True):
    """A dormant body, a number of idle posts or an idle asset, and what became of it."""

    __tablename__ = "disposals"
    SHEET: ClassVar[Label] = Label("清理盘活", "Disposals")
    DATED_BY: ClassVar[str] = "found_on"
    UNIT_TAB: ClassVar[UnitTab] = UnitTab.MONEY
    TIME_LINE: ClassVar[TimeLine] = TimeLine("done_on", ("name", "kind"))

    code: str = column("编号", Code(), key=True)
    name: str = column("名称", Name(), required=True, about=True)
    kind: str = column("类型", OneOf(DisposalKind), required=True)
    unit: str = column("责任单位", Refers("units"), required=True, owner=True)
    quantity: int = column("数量", Whole(1, 999_999), default=1)
    value: int | None = column("价值", Money())
    found_on: date = column("排查日期", Day(happened=True), required=True)
    due_on: date = column("处置期限", Day(), required=True)
    done_on: date | None = column(
        "完成日期", Day(happened=True), not_before="found_on", needs="method"
    )
    method: str | None = column(
        "处置方式",
        OneOf(Method),
        known_with="done_on",
        hint=N_("Needed once the day of completion is given."),
    )
    recovered: int | None = column("盘活金额", Money(), known_with="done_on", en="Amount recovered")
