"""The supervision net (一张网): sectors, units, and the four elements that each unit must have."""

from datetime import date
from typing import ClassVar

from models.choice import Choice
from models.declarations import TimeLine, UnitTab
from models.kinds import Code, CreditCode, Day, Listed, Name, OneOf, Refers, Text, Whole
from models.ledger import Ledger, column
from models.text import Label


class UnitKind(Choice):
    """The kind of a unit (单位性质)."""

    AGENCY = "AGENCY", "党政机关", "Party or government body"
    INSTITUTION = "INSTITUTION", "事业单位", "Public institution"
    SOE = "SOE", "区属国企", "District state firm"
    SUBDISTRICT = "SUBDISTRICT", "街道", "Subdistrict office"


class Element(Choice):
    """The elements that each unit of the net must have (网格要素)."""

    GRID = "GRID", "网格健全", "Grid in place"
    DUTIES = "DUTIES", "职责清晰", "Duties clear"
    TASKS = "TASKS", "任务明确", "Tasks definite"
    MECHANISMS = "MECHANISMS", "机制完善", "Mechanisms complete"


class UnitNameKind(Choice):
    """The kind of another name of a unit (类别)."""

    SHORT = "SHORT", "简称", "Short name"
    FORMER = "FORMER", "曾用名", "Former name"
    OTHER = "OTHER", "其他", "Other"


class Sector(Ledger, table=True):
    """A line of business (条线) and the competent department that answers for it."""

    __tablename__ = "sectors"
    SHEET: ClassVar[Label] = Label("条线", "Sectors")

    code: str = column("条线编码", Code(), key=True)
    name: str = column("条线名称", Name(), required=True, about=True)
    lead: str | None = column("主管部门", Name(), en="Lead department")


class Unit(Ledger, table=True):
    """A public unit; it belongs to the net from the day it is enrolled."""

    __tablename__ = "units"
    SHEET: ClassVar[Label] = Label("单位网格", "Units")
    DATED_BY: ClassVar[str] = "enrolled_on"

    code: str = column("单位编码", Code(), key=True, owner=True)
    name: str = column("单位名称", Name(), required=True, about=True, guarded=True)
    uscc: str | None = column("统一社会信用代码", CreditCode(), en="Credit code")
    kind: str = column("单位性质", OneOf(UnitKind), required=True, guarded=True)
    sector: str = column("条线编码", Refers("sectors"), required=True, guarded=True)
    subdistrict: str | None = column("所在街道", Listed("subdistricts"))
    parent: str | None = column("上级单位", Refers("units"), en="Superior unit")
    pilot_batch: int | None = column("试点批次", Whole(1, 99))
    enrolled_on: date = column("纳入日期", Day(), required=True, en="In the grid since")
    withdrawn_on: date | None = column(
        "退出日期", Day(), after="enrolled_on", en="Left the grid on"
    )


class GridElement(Ledger, table=True):
    """One of the four elements that a unit has put in place, until it lapses."""

    __tablename__ = "grid_elements"
    SHEET: ClassVar[Label] = Label("网格要素", "Grid elements")
    DATED_BY: ClassVar[str] = "met_on"
    UNIT_TAB: ClassVar[UnitTab] = UnitTab.PEOPLE
    TIME_LINE: ClassVar[TimeLine] = TimeLine("met_on", ("element",))

    unit: str = column("单位编码", Refers("units"), key=True, owner=True)
    element: str = column("要素", OneOf(Element), key=True, about=True, en="Grid element")
    met_on: date = column("达标日期", Day(happened=True), key=True)
    lapsed_on: date | None = column("失效日期", Day(), after="met_on")
    evidence: str | None = column("依据", Text(), en="Basis")


class UnitName(Ledger, table=True):
    """Another name of a unit, until it is no longer used."""

    __tablename__ = "unit_names"
    SHEET: ClassVar[Label] = Label("单位别名", "Unit names")

    unit: str = column("单位编码", Refers("units"), required=True, owner=True)
    name: str = column("名称", Name(), key=True, about=True)
    kind: str = column("类别", OneOf(UnitNameKind), required=True)
    until_on: date | None = column("停用日期", Day())
