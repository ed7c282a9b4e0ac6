"""All ledgers, in the order of the workbook; references name earlier ledgers or the same one."""

from models.audit import ContentCheck, Project
from models.disposal import Disposal
from models.duty import Appointment, Duty, Institution
from models.fund import FundFlow, FundProject
from models.grid import GridElement, Sector, Unit, UnitName
from models.ledger import Ledger
from models.mechanism import Assessment, CrossReview, Guidance, Rating
from models.rectification import Escalation, Finding, RectificationEvent
from models.report import Report, ReportScore
from models.warning import Warning as WarningSignal
from models.work import Attendance, Decision, KeyTask, Meeting, TaskProgress, Training

LEDGERS: list[type[Ledger]] = [
    Sector,
    Unit,
    GridElement,
    Appointment,
    Institution,
    Duty,
    Report,
    ReportScore,
    Project,
    ContentCheck,
    Finding,
    RectificationEvent,
    CrossReview,
    Guidance,
    Rating,
    Assessment,
    KeyTask,
    TaskProgress,
    Training,
    Attendance,
    Meeting,
    Decision,
    FundProject,
    FundFlow,
    Disposal,
    WarningSignal,
    Escalation,
    UnitName,
]

BY_ID: dict[str, type[Ledger]] = {ledger.id(): ledger for ledger in LEDGERS}
"""The ledgers by their English id."""
