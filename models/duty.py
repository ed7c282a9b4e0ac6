"""The two responsible subjects: persons in post, audit institutions, and duties."""

from datetime import date
from typing import ClassVar

from models.choice import Choice
from models.declarations import TimeLine, UnitTab
from models.kinds import Day, Flag, Listed, Name, Note, OneOf, Refers
from models.ledger import Ledger, column
from models.text import Label


class PostRole(Choice):
    """The role of a post (责任类别)."""

    PRINCIPAL = "PRINCIPAL", "主要负责人", "Principal"
    AUDITOR = "AUDITOR", "内审人员", "Internal auditor"
    CHIEF_AUDITOR = "CHIEF_AUDITOR", "总审计师", "Chief auditor"
    GROUP_LEADER = "GROUP_LEADER", "工作组组长", "Group leader"
    GROUP_DISCIPLINE = "GROUP_DISCIPLINE", "工作组纪检监察", "Group: discipline"
    GROUP_PERSONNEL = "GROUP_PERSONNEL", "工作组组织人事", "Group: personnel"
    GROUP_FINANCE = "GROUP_FINANCE", "工作组财务管理", "Group: finance"
    GROUP_AUDIT = "GROUP_AUDIT", "工作组内部审计", "Group: internal audit"


GROUP = (
    PostRole.GROUP_LEADER,
    PostRole.GROUP_DISCIPLINE,
    PostRole.GROUP_PERSONNEL,
    PostRole.GROUP_FINANCE,
    PostRole.GROUP_AUDIT,
)
"""The posts of a unit's internal audit group (内审工作组)."""


class ResponsibleSubject(Choice):
    """The two responsible subjects (两个主体) of duties."""

    PRINCIPAL = "PRINCIPAL", "主要负责人", "Principal"
    AUDITOR = "AUDITOR", "内审人员", "Internal auditor"


class InstitutionForm(Choice):
    """The form of an audit institution (机构形式)."""

    INDEPENDENT = "INDEPENDENT", "独立设置", "Independent"
    JOINT = "JOINT", "合署办公", "Joint office"


class Appointment(Ledger, table=True):
    """A person in a post; the name is masked for viewers who may not see it."""

    __tablename__ = "appointments"
    SHEET: ClassVar[Label] = Label("责任人员", "Appointments")
    DATED_BY: ClassVar[str] = "from_on"
    UNIT_TAB: ClassVar[UnitTab] = UnitTab.PEOPLE
    TIME_LINE: ClassVar[TimeLine] = TimeLine("from_on", ("name", "role"))

    unit: str = column("单位编码", Refers("units"), key=True, owner=True)
    name: str = column("姓名", Name(), key=True, about=True, personal=True)
    role: str = column("责任类别", OneOf(PostRole), key=True, about=True, en="Post")
    from_on: date = column("任职日期", Day(happened=True), key=True)
    until_on: date | None = column("离任日期", Day(), after="from_on")
    full_time: bool | None = column("专职", Flag(), en="Full-time")


class Institution(Ledger, table=True):
    """The internal audit institution of a unit."""

    __tablename__ = "institutions"
    SHEET: ClassVar[Label] = Label("内审机构", "Institutions")
    DATED_BY: ClassVar[str] = "from_on"
    UNIT_TAB: ClassVar[UnitTab] = UnitTab.PEOPLE

    unit: str = column("单位编码", Refers("units"), key=True, owner=True)
    form: str = column("机构形式", OneOf(InstitutionForm), required=True, about=True)
    from_on: date = column("设立日期", Day(happened=True), key=True)
    until_on: date | None = column("撤销日期", Day(), after="from_on")


class Duty(Ledger, table=True):
    """What a responsible subject must do by a day, and when it was done."""

    __tablename__ = "duties"
    SHEET: ClassVar[Label] = Label("履责事项", "Duties")
    DATED_BY: ClassVar[str] = "due_on"
    UNIT_TAB: ClassVar[UnitTab] = UnitTab.PEOPLE

    unit: str = column("单位编码", Refers("units"), key=True, owner=True)
    item: str = column("事项", Listed("duty_items"), key=True, about=True)
    due_on: date = column("应完成日期", Day(), key=True, planned=True)
    done_on: date | None = column("完成日期", Day(happened=True))
    note: str | None = column("说明", Note())
