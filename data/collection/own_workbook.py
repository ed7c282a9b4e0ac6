"""The monthly workbook of one unit: only the sheets it owes, filled with its rows."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from data.collection.periods import Period
from data.ledgers.offers import offers
from data.owed import Owed, OwedKind, owed
from data.reference.lists import References
from data.scope import Scope
from data.workbook.archive.signature import Signature
from data.workbook.outgoing import starter
from data.workbook.outgoing.starter_sheets import Offers
from data.workbook.outgoing.template import Say
from data.workbook.outgoing.writing import Target
from models.disposal import Disposal
from models.duty import Appointment, Duty, Institution
from models.fund import FundFlow, FundProject
from models.grid import GridElement
from models.ledger import Ledger
from models.rectification import RectificationEvent
from models.registry import LEDGERS
from models.report import Report, ReportKind
from models.work import Attendance

OWED_IN: dict[OwedKind, type[Ledger]] = {
    OwedKind.FINDING: RectificationEvent,
    OwedKind.REPORT: Report,
    OwedKind.DUTY: Duty,
}
"""By kind of what is owed, the ledger in which a unit enters that it was done."""
KEPT_BY_UNITS: tuple[type[Ledger], ...] = (
    GridElement,
    Appointment,
    Institution,
    Duty,
    Report,
    RectificationEvent,
    Attendance,
    FundProject,
    FundFlow,
    Disposal,
)
"""The ledgers that units tell of themselves; others come from the audit bureau."""
AT_LEAST: tuple[type[Ledger], ...] = (Duty, Report)
"""The sheets of a unit that owes nothing and of which nothing is kept."""
HEADER = ("类别", "事项", "问题编号", "期限", "原期限")
KINDS = {
    OwedKind.FINDING: "问题整改",
    OwedKind.REPORT: "四类报告",
    OwedKind.DUTY: "履职事项",
    OwedKind.LETTER: "函件回复",
    OwedKind.DECISION: "议定事项",
}


def write(
    connection: Connection,
    target: Target,
    scope: Scope,
    period: Period,
    references: References,
    say: Say,
) -> None:
    """Write the workbook of the unit that is the node of `scope`, signed with the unit and
    `period`.

    What the unit owes is determined on the day of the scope; `say` translates the explanations.
    """
    if not scope.node.is_unit:
        raise ValueError(f"{scope.node} is no unit")
    due = owed(connection, scope)
    known = offers(connection, KEPT_BY_UNITS, scope.node, filled=True)
    sheets = sheets_owed(due, known)
    signed = f"{known.signed} {period.year}年{period.month}月"
    content = replace(
        known,
        rows={ledger.id(): known.rows[ledger.id()] for ledger in sheets},
        signed=signed,
        signature=Signature(scope.node.code, str(period)),
        to_do=[HEADER, *(_line(each, references) for each in due)] if due else (),
    )
    starter.write(target, sheets, content, references, say)


def sheets_owed(due: Sequence[Owed], known: Offers) -> list[type[Ledger]]:
    """The ledgers in which the unit owes something or already has rows."""
    wanted = {OWED_IN[each.kind] for each in due if each.kind in OWED_IN}
    wanted |= {ledger for ledger in KEPT_BY_UNITS if known.rows.get(ledger.id())}
    return [ledger for ledger in LEDGERS if ledger in (wanted or AT_LEAST)]


def _line(each: Owed, references: References) -> tuple[str, ...]:
    moved = each.first_due_on.isoformat() if each.first_due_on else ""
    what = _named(each, references)
    if each.reply:
        what = f"{what}（并于{each.reply.by.isoformat()}前回复{each.reply.step.label.zh}）"
    return KINDS[each.kind], what, each.code, each.due_on.isoformat(), moved


def _named(each: Owed, references: References) -> str:
    """What is owed, with names in place of codes."""
    match each.kind:
        case OwedKind.REPORT:
            return ReportKind(each.what).zh
        case OwedKind.DUTY:
            item: Any = references.codes["duty_items"].get(each.what, {})
            return str(item.get("name", each.what))
    return each.what
