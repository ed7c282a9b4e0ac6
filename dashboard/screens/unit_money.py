"""The money of a unit: each fund project and disposal with its state, and the totals."""

from collections.abc import Mapping
from typing import Any

from dashboard import formats, reads
from dashboard.charts.status_colours import Tone
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import disposals_listed
from dashboard.screens.funds import projects as projects_page
from dashboard.screens.unit_answers import listed
from dashboard.status import Status
from dashboard.widgets.drawing import heading
from dashboard.widgets.lists import Column, Kind
from data.ledgers.unit_ledgers import Rows
from data.money import disposals as disposal_reads
from data.money import funds
from models.disposal import Disposal, DisposalState
from models.fund import FundFlow, FundProject, Stage

Row = Mapping[str, Any]
MOST = 200
"""A limit above any number of projects or disposals of one unit."""


def projects(view: View) -> None:
    """Draw each fund project with its mark, sums and rates, and the totals."""
    found = reads.ask(funds.projects, view.scope, funds.FundFilter(), MOST)
    lines = found.worst
    heading(
        name(FundProject.SHEET),
        _(
            "{n} in all: {approved} approved, {disbursed} disbursed, {spent} spent, {idle} idle",
            n=found.count,
            approved=formats.fen(sum(line.approved for line in lines)),
            disbursed=formats.fen(sum(line.disbursed for line in lines)),
            spent=formats.fen(sum(line.spent for line in lines)),
            idle=formats.fen(sum(found.lying[1:])),
        ),
    )
    projects_page.lines_table(view, lines, key=f"unit-{FundProject.id()}", of_one_unit=True)


def flows(rows: Rows, of_projects: Rows) -> None:
    """Draw each disbursement and payment with its project, the latest first, and the totals."""
    called = {row["code"]: row["name"] for row in of_projects}
    disbursed, spent = (
        sum(row["amount"] for row in rows if row["stage"] == stage)
        for stage in (Stage.DISBURSED, Stage.SPENT)
    )
    columns: list[Column[Row]] = [
        Column("on", _("Day"), lambda row: row["on_date"], Kind.DAY),
        Column("stage", _("Stage"), _stage, Kind.STATUS),
        Column("amount", _("Amount"), lambda row: row["amount"], Kind.MONEY),
        Column(
            "project",
            _("Project"),
            lambda row: called.get(row["project"], row["project"]),
            width="large",
        ),
    ]
    says = _(
        "{n} in all: {disbursed} disbursed, {spent} spent",
        n=len(rows),
        disbursed=formats.fen(disbursed),
        spent=formats.fen(spent),
    )
    listed(FundFlow.id(), name(FundFlow.SHEET), says, columns, rows)


def _stage(row: Row) -> Status:
    stage = Stage(row["stage"])
    return Status(Tone.ONGOING if stage is Stage.DISBURSED else Tone.GOOD, name(stage.label))


def disposals(view: View) -> None:
    """Draw each disposal with its state, late ones first, and the total recovered."""
    lines = reads.ask(disposal_reads.lines, view.scope, disposal_reads.DisposalFilter(), MOST)
    heading(
        name(Disposal.SHEET),
        _(
            "{n} in all: {done} done, {late} late, {recovered} recovered",
            n=len(lines),
            done=sum(line.state is DisposalState.DONE for line in lines),
            late=sum(line.state is DisposalState.LATE for line in lines),
            recovered=formats.fen(sum(line.recovered or 0 for line in lines)),
        ),
    )
    disposals_listed.lines_table(view, lines, key=f"unit-{Disposal.id()}", of_one_unit=True)
