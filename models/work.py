"""The district's own work: key tasks, trainings and contests, meetings and decisions."""

from datetime import date
from typing import ClassVar

from models.choice import Choice
from models.declarations import Referred
from models.kinds import (
    Code,
    Day,
    Flag,
    Name,
    Note,
    Number,
    OneOf,
    Refers,
    RefersToNumber,
    Text,
    Whole,
)
from models.ledger import Ledger, column
from models.text import N_, Label


class TrainingKind(Choice):
    """The kind of a training (培训类别)."""

    TRAINING = "TRAINING", "业务培训", "Training"
    SPECIAL = "SPECIAL", "专题培训", "Special training"
    CONTEST = "CONTEST", "技术比武", "Contest"


class MeetingKind(Choice):
    """The kind of a meeting (会议类别)."""

    COMMITTEE = "COMMITTEE", "区委审计委员会会议", "Audit committee"
    SPECIAL = "SPECIAL", "专题会议", "Special meeting"
    STUDY = "STUDY", "理论学习中心组学习", "Study session"


class TaskState(Choice):
    """The state of a key task on a day, the worst first."""

    LATE = "LATE", "逾期", "Late"
    BEHIND = "BEHIND", "进度滞后", "Behind schedule"
    ONGOING = "ONGOING", "正常推进", "On schedule"
    NOT_BEGUN = "NOT_BEGUN", "未到开始时间", "Not begun"
    DONE = "DONE", "已完成", "Done"


class DecisionState(Choice):
    """The state of a decision on a day, the worst first."""

    OVERDUE = "OVERDUE", "逾期未办结", "Overdue"
    OPEN = "OPEN", "正在办理", "Open"
    DONE_LATE = "DONE_LATE", "逾期办结", "Done late"
    DONE_IN_TIME = "DONE_IN_TIME", "按期办结", "Done in time"


class KeyTask(Ledger, table=True):
    """One of the ten key tasks."""

    __tablename__ = "key_tasks"
    SHEET: ClassVar[Label] = Label("重点任务", "Key tasks")
    DATED_BY: ClassVar[str] = "start_on"
    COUNTS_FOR_DISTRICT: ClassVar[bool] = True

    number: int = column("任务序号", Whole(1, 99), key=True)
    name: str = column("任务名称", Name(), required=True, about=True)
    lead: str = column("牵头单位", Name(), required=True, en="Lead body")
    start_on: date = column("开始日期", Day(), required=True)
    due_on: date = column("完成期限", Day(), required=True, not_before="start_on")


class TaskProgress(Ledger, table=True):
    """The progress of a key task on a day."""

    __tablename__ = "task_progress"
    SHEET: ClassVar[Label] = Label("任务进展", "Task progress")
    DATED_BY: ClassVar[str] = "on_date"
    COUNTS_FOR_DISTRICT: ClassVar[bool] = True

    number: int = column("任务序号", RefersToNumber("key_tasks"), key=True, about=True)
    on_date: date = column("日期", Day(happened=True), key=True)
    percent: int = column("进度", Whole(0, 100), required=True)
    note: str | None = column("进展情况", Note(), en="Progress in words")
    needs_help: bool | None = column("需协调", Flag(), en="Asks for co-ordination")


class Training(Ledger, table=True):
    """A training or a contest."""

    __tablename__ = "trainings"
    SHEET: ClassVar[Label] = Label("培训练兵", "Training")
    DATED_BY: ClassVar[str] = "on_date"

    code: str = column("编号", Code(), key=True)
    name: str = column("名称", Name(), required=True, about=True)
    kind: str = column("类别", OneOf(TrainingKind), required=True)
    on_date: date = column("日期", Day(happened=True), required=True)
    hours: int | None = column("学时", Number(0, 99_900))
    sector: str | None = column("条线编码", Refers("sectors"))


class Attendance(Ledger, table=True):
    """The number of people of a unit who attended a training."""

    __tablename__ = "attendance"
    SHEET: ClassVar[Label] = Label("培训参加", "Attendance")
    DATED_BY: ClassVar[str | Referred] = Referred("training", "on_date")
    BORROWS: ClassVar[tuple[Referred, ...]] = (Referred("training", "on_date"),)

    training: str = column("编号", Refers("trainings"), key=True, about=True)
    unit: str = column("单位编码", Refers("units"), key=True, owner=True)
    people: int = column("参加人数", Whole(0, 9999), required=True, en="People taking part")
    passed: int | None = column(
        "合格人数",
        Whole(0, 9999),
        not_more="people",
        hint=N_("At most the number of people."),
        en="People who passed",
    )


class Meeting(Ledger, table=True):
    """A meeting, held or planned."""

    __tablename__ = "meetings"
    SHEET: ClassVar[Label] = Label("会议", "Meetings")
    DATED_BY: ClassVar[str] = "on_date"
    COUNTS_FOR_DISTRICT: ClassVar[bool] = True

    code: str = column("编号", Code(), key=True)
    name: str = column("名称", Name(), required=True, about=True)
    kind: str = column("类别", OneOf(MeetingKind), required=True)
    on_date: date = column("日期", Day(), required=True, planned=True)
    note: str | None = column("议题", Note(), en="Topics")


class Decision(Ledger, table=True):
    """A decision of a meeting, who is answerable for it, and when it was carried out."""

    __tablename__ = "decisions"
    SHEET: ClassVar[Label] = Label("议定事项", "Decisions")
    DATED_BY: ClassVar[str | Referred] = Referred("meeting", "on_date")
    COUNTS_FOR_DISTRICT: ClassVar[bool] = True

    meeting: str = column("会议编号", Refers("meetings"), key=True)
    number: int = column("序号", Whole(1, 999), key=True)
    text: str = column("议定事项", Text(), required=True, about=True, en="Decision")
    unit: str | None = column("责任单位", Refers("units"), party=True)
    due_on: date = column("完成期限", Day(), required=True)
    done_on: date | None = column("完成日期", Day(happened=True))
