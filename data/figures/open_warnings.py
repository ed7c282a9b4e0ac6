"""The open warnings of the two rules from which matters are drawn, read at once."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, or_, select
from sqlmodel import col

from data.figures.reading import alive, facts_of_scope, looked_up
from data.figures.rows import within
from data.scope import Scope
from models.fund import FundProject
from models.grid import Unit
from models.kept import KeptFact
from models.rectification import Finding

SAME_KIND, BEYOND = "rule=W18", "rule=W03"
"""The buckets of warnings about findings of one kind, and about money beyond what was allowed."""


class OpenWarning(NamedTuple):
    """A warning open on a day: whether it is about findings of one kind, and its first day.

    What its row is not is None: a finding or a project; so is the name of a unit without a row.
    """

    same_kind: bool
    since: date
    unit: str
    unit_name: str | None
    finding: str | None
    category: str | None
    project: str | None
    project_name: str | None


def open_warnings(connection: Connection, scope: Scope) -> tuple[OpenWarning, ...]:
    """The warnings of both rules that are open in `scope`, in no order."""
    same_kind = within(SAME_KIND)
    counted = and_(
        col(KeptFact.measure) == "warning_open",
        or_(same_kind, within(BEYOND)),
        alive(scope.as_of),
        facts_of_scope(scope),
    )
    wanted: Any = (
        select(
            same_kind.label("same_kind"),
            col(KeptFact.starts_on),
            col(KeptFact.unit),
            col(Unit.name),
            col(Finding.code).label("finding"),
            col(Finding.category),
            col(FundProject.code).label("project"),
            col(FundProject.name).label("project_name"),
        )
        .select_from(KeptFact)
        .outerjoin(Unit, col(Unit.code) == col(KeptFact.unit))
        .outerjoin(Finding, col(Finding.code) == col(KeptFact.key))
        .outerjoin(FundProject, col(FundProject.code) == col(KeptFact.key))
        .where(looked_up(connection, scope, counted))
    )
    return tuple(OpenWarning(*row) for row in connection.execute(wanted))
