"""The codes that a starter may leave empty, and the columns that identify rows without one."""

from models.audit import Project
from models.disposal import Disposal
from models.fund import FundProject
from models.grid import Sector, Unit
from models.kinds import Refers
from models.ledger import Column, Ledger
from models.rectification import Finding
from models.work import Meeting, Training

PROPERTY, VALUE = "gridlight-starter", "1"
"""Stands in the properties of a workbook whose codes may be left empty; editing keeps it."""
ISSUED: tuple[type[Ledger], ...] = (
    Sector,
    Unit,
    Project,
    Finding,
    FundProject,
    Disposal,
    Training,
    Meeting,
)
"""The ledgers of which a row may be without a code, those to which others refer first."""
NAMED = frozenset(each.id() for each in ISSUED)


def may_be_empty(column: Column) -> bool:
    """Whether `column` is a code that a starter may leave empty."""
    return any(column is each.column("code") for each in ISSUED)


def names_a_row(column: Column) -> bool:
    """Whether `column` of a starter may hold a row's title or name instead of its code."""
    return isinstance(column.kind, Refers) and column.kind.ledger in NAMED


def telling_columns(ledger: type[Ledger]) -> tuple[str, ...]:
    """The columns that identify a row of `ledger`: its unit, and its title or name.

    Rows of no unit are identified by name, and events by their day too.
    """
    ids = {each.id for each in ledger.columns}
    about = "title" if ledger is Finding else "name"
    if ledger is not Unit and "unit" in ids:
        return "unit", about
    return (about, "on_date") if "on_date" in ids else (about,)
