"""Findings, their events from issue to closure, and the letters that escalate them."""

from datetime import date
from typing import ClassVar

from models.choice import Choice
from models.declarations import Referred, RowRule, RuleLists, UnitTab
from models.kinds import Code, Day, Flag, Listed, Money, Name, Note, OneOf, Refers, Text, Whole
from models.ledger import Ledger, column
from models.text import N_, Label, Sentence, sentence


class Severity(Choice):
    """The severity of a finding (严重程度)."""

    ORDINARY = "ORDINARY", "一般", "Ordinary"
    IMPORTANT = "IMPORTANT", "重要", "Important"
    MAJOR = "MAJOR", "重大", "Major"


class RectType(Choice):
    """The type of rectification (整改类型)."""

    IMMEDIATE = "IMMEDIATE", "立行立改", "Immediate"
    PHASED = "PHASED", "分阶段整改", "Phased"
    CONTINUOUS = "CONTINUOUS", "持续整改", "Continuous"


class Action(Choice):
    """The action of an event in a finding's history (动作)."""

    PROGRESS = "PROGRESS", "进展", "Progress"
    SUBMIT = "SUBMIT", "申请销号", "Submit for closure"
    RETURN = "RETURN", "退回", "Return"
    CLOSE = "CLOSE", "销号", "Close"
    EXTEND = "EXTEND", "延期", "Extend"
    SUSPEND = "SUSPEND", "中止", "Suspend"
    RESUME = "RESUME", "恢复", "Resume"
    VOID = "VOID", "撤销", "Void"
    REOPEN = "REOPEN", "重新打开", "Reopen"
    TRANSFER = "TRANSFER", "移送", "Transfer"


class State(Choice):
    """The state of a finding between two events."""

    RECTIFYING = "RECTIFYING", "整改中", "Rectifying"
    REVIEWING = "REVIEWING", "待审核", "Under review"
    SUSPENDED = "SUSPENDED", "中止", "Suspended"
    CLOSED = "CLOSED", "已销号", "Closed"
    VOIDED = "VOIDED", "已撤销", "Voided"


class PublicStatus(Choice):
    """The three statuses that are reported outside."""

    RECTIFIED = "RECTIFIED", "已整改", "Rectified"
    IN_PROGRESS = "IN_PROGRESS", "正在整改", "In progress"
    UNRECTIFIED = "UNRECTIFIED", "未整改", "Unrectified"


class Step(Choice):
    """The steps of escalation (督办层级), the mildest first."""

    REMINDER = "REMINDER", "提醒函", "Reminder"
    SUPERVISION = "SUPERVISION", "督办函", "Supervision letter"
    INTERVIEW = "INTERVIEW", "约谈", "Interview"
    CIRCULAR = "CIRCULAR", "通报", "Circular"
    COMMITTEE = "COMMITTEE", "提请委员会", "Referred to the committee"


WITH_NEW_DUE, MAY_HAVE_NEW_DUE = (Action.EXTEND, Action.REOPEN), (Action.RESUME,)
"""The actions that must, and that may, set a new due date."""
NEW_DUE_NEEDED = N_("“{action}” needs a new due date. Fill it in.")
NEW_DUE_UNWANTED = N_("“{action}” does not change the due date. Clear this cell.")


def _new_due(_lists: RuleLists, action: str | None, new_due_on: date | None) -> Sentence | None:
    if action is None:
        return None
    if new_due_on is None and action in WITH_NEW_DUE:
        return sentence(NEW_DUE_NEEDED, action=Action(action).label)
    if new_due_on is not None and action not in WITH_NEW_DUE + MAY_HAVE_NEW_DUE:
        return sentence(NEW_DUE_UNWANTED, action=Action(action).label)
    return None


class Finding(Ledger, table=True):
    """A problem found by an audit, for which one unit is answerable until it is put right."""

    __tablename__ = "findings"
    SHEET: ClassVar[Label] = Label("问题清单", "Findings")
    DATED_BY: ClassVar[str] = "issued_on"
    BORROWS: ClassVar[tuple[Referred, ...]] = (Referred("project", "source"),)
    UNIT_TAB: ClassVar[UnitTab] = UnitTab.FINDINGS

    code: str = column("问题编号", Code(), key=True)
    unit: str = column("责任单位", Refers("units"), required=True, owner=True)
    project: str | None = column("项目编号", Refers("projects"))
    title: str = column("问题摘要", Text(), required=True, about=True)
    note: str | None = column("具体描述", Note(), en="Description")
    item: str | None = column("检查内容", Listed("content_items"), en="Content item")
    category: str | None = column("问题类别", Name())
    severity: str = column("严重程度", OneOf(Severity), required=True, guarded=True)
    amount: int | None = column("问题金额", Money(), guarded=True)
    rect_type: str = column(
        "整改类型", OneOf(RectType), required=True, guarded=True, en="Kind of rectification"
    )
    issued_on: date = column("交办日期", Day(happened=True), required=True, guarded=True)
    due_on: date = column(
        "整改期限", Day(), required=True, not_before="issued_on", guarded=True, en="Original limit"
    )
    repeat_of: str | None = column("前次问题编号", Refers("findings"), en="Repeats finding")
    instructed: bool | None = column("领导批示", Flag(), en="Leaders' instructions")


class RectificationEvent(Ledger, table=True):
    """An event in the history of a finding; events are only ever added."""

    __tablename__ = "rectification_events"
    SHEET: ClassVar[Label] = Label("整改记录", "Rectification events")
    DATED_BY: ClassVar[str] = "on_date"
    UNIT_TAB: ClassVar[UnitTab] = UnitTab.FINDINGS
    ROW_RULES: ClassVar[tuple[RowRule, ...]] = (RowRule(("action", "new_due_on"), _new_due),)

    finding: str = column("问题编号", Refers("findings"), key=True, owner=True, about=True)
    on_date: date = column(
        "日期",
        Day(happened=True),
        key=True,
        not_before_referred=Referred("finding", "issued_on"),
    )
    number: int = column("序号", Whole(1, 999), key=True, default=1)
    action: str = column("动作", OneOf(Action), required=True, about=True, guarded=True)
    amount: int | None = column("整改金额", Money(), guarded=True, en="Amount rectified")
    new_due_on: date | None = column(
        "新期限",
        Day(),
        not_before="on_date",
        guarded=True,
        hint=N_("Needed for 延期 and 重新打开, allowed for 恢复, left empty for any other action."),
        en="New limit",
    )
    rules_built: int | None = column("建章立制", Whole(0, 999), guarded=True, en="Rules made")
    persons_handled: int | None = column(
        "处理人数", Whole(0, 999), guarded=True, en="Persons dealt with"
    )
    note: str | None = column("说明", Note(), guarded=True)


class Escalation(Ledger, table=True):
    """A letter or step that escalates a finding, and the receipt and reply to it."""

    __tablename__ = "escalations"
    SHEET: ClassVar[Label] = Label("督办", "Escalations")
    DATED_BY: ClassVar[str] = "issued_on"
    UNIT_TAB: ClassVar[UnitTab] = UnitTab.FINDINGS

    finding: str = column("问题编号", Refers("findings"), key=True, owner=True, about=True)
    step: str = column("层级", OneOf(Step), key=True, about=True)
    issued_on: date = column(
        "发出日期",
        Day(happened=True),
        key=True,
        not_before_referred=Referred("finding", "issued_on"),
    )
    received_on: date | None = column("回执日期", Day(happened=True), not_before="issued_on")
    replied_on: date | None = column("回复日期", Day(happened=True), not_before="issued_on")
