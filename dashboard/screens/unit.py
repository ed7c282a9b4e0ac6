"""One unit: its light with reasons, what is wrong now, its time line, all its ledgers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard import address, identity, ledger_values, reads, status
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements.room import room
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.markdown import DOT, literal
from dashboard.screens import (
    unit_answers,
    unit_audits,
    unit_head,
    unit_mechanisms,
    unit_money,
    unit_people,
)
from dashboard.screens.rectification.ledger import rows as findings_table
from dashboard.screens.responsibilities import handover, late
from dashboard.screens.unit_light import why
from dashboard.screens.unit_now import now
from dashboard.screens.unit_recent import recent
from dashboard.screens.unit_time_line import time_line
from dashboard.status import LIGHT_TONES, Status
from dashboard.widgets import asked, beginning, ledger_columns, lists, ways
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.place import look
from dashboard.widgets.tables import table
from dashboard.widgets.tiles import row_of_figures, said_against
from data.figures.units import UnitLine
from data.findings import ledger as finding_ledger
from data.findings.ledger import FindingFilter
from data.ledgers import unit_ledgers
from data.ledgers.unit_ledgers import Rows
from data.nodes import Node
from models.audit import ContentCheck, Project
from models.declarations import UnitTab
from models.disposal import Disposal
from models.duty import Appointment, Duty
from models.fund import FundFlow, FundProject
from models.grid import UnitKind
from models.ledger import Ledger
from models.mechanism import Assessment, CrossReview, Guidance, Rating
from models.rectification import Finding
from models.registry import LEDGERS
from models.report import Report, ReportScore
from models.rules.light import Light
from models.text import NOTHING
from models.warning import Warning as WarningSignal

FIGURES = (
    "overdue",
    "due_rect_rate",
    "fix_held",
    "report_quality",
    "duty_rate",
    "content_coverage",
)
LINE = 35
"""The least height in pixels of a line of the head."""


def question() -> str:
    """Return the question of the page: how one unit is doing, or which of all come first."""
    units = identity.require_viewer().units
    of_one = (address.get("node") or "").startswith("unit:")
    if of_one or (units is not None and len(units) == 1):
        return _("How is this unit doing?")
    return _("Which units come first?")


def of_own(view: View) -> View:
    """Return the view of the viewer's unit if they may see only one, else the view unchanged."""
    found = reads.units(view.scope)
    if view.scope.node.is_unit or len(found) != 1:
        return view
    return replace(view, scope=view.scope.at(Node("unit", found[0].code)))


def light_of(unit: UnitLine) -> Status:
    """Return the light of a unit as a status."""
    return status.of_light(unit.light)


def place_of(unit: UnitLine) -> str:
    """Return the name of a unit's subdistrict."""
    if unit.subdistrict is None:
        return NOTHING
    return ledger_values.listed_name("subdistricts", unit.subdistrict)


@still
def profile(view: View) -> None:
    """Draw the head of the page: the unit, its light, its figures."""
    unit = reads.units(view.scope)[0]
    kind, sector = name(UnitKind(unit.kind).label), ways.name_of_sector(unit.sector)
    facts = [
        literal(unit.code),
        # A kind may be its own sector: one name is said once.
        *(literal(each) for each in dict.fromkeys((kind, sector))),
        literal(place_of(unit)),
        _("in the grid since {day}", day=unit.enrolled_on),
    ]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.markdown(f"## {light_of(unit).coloured}{DOT}{literal(unit.name)}", width="content")
        st.caption(DOT.join(facts), width="content")
    _head(view, why(view, unit.code), LIGHT_TONES[unit.light or Light.GREY])
    beginning.draw_beginning(view)
    row_of_figures(view, FIGURES, key="unit-figures")


def _head(view: View, reasons: Sequence[str], tone: Tone) -> None:
    """Draw why the light is as it is in one line, the decisive reason in the light's colour; below
    it what is overdue, what is next, who answers, and what changes are counted against."""
    told = [matters.piece(each, None if at else tone) for at, each in enumerate(reasons)]
    owes, who = unit_head.owes(view), unit_head.answerable(view)
    lines = [
        *([("say", told, _("Why this light"))] if told else ()),
        ("owes", owes, _("Overdue and next")),
        *([("answerable", [*who, said_against(view)], _("Who answers"))] if who else ()),
    ]
    regions = [
        board.region(area, matters.sentence(pieces), name=called, plain=True)
        for area, pieces, called in lines
        if pieces
    ]
    if regions:
        with room(LINE * len(regions), "unit-why"):
            board.board("unit-why", regions, layout="stack", look=look())


def ledgers(view: View) -> None:
    """Draw what is wrong now, the time line, and every ledger of the unit, in tabs."""
    # They are too many for one line of a phone, where they go on in another.
    with st.container(key="wrapped-tabs"):
        asked.tabs(
            {
                "now": (_("Now"), partial(_now, view)),
                "time_line": (_("Time line"), partial(time_line, view)),
                **{
                    each.value.lower(): (name(each.label), partial(_tables, view, each))
                    for each in UnitTab
                },
                "in_charge": (_("Who was in charge"), partial(_in_charge, view)),
            }
        )


def _now(view: View) -> None:
    """Draw what is wrong now, and below it what happened lately."""
    now(view)
    recent(view)


def _rows(view: View) -> Mapping[str, Rows]:
    """Return the rows of the unit by id of their ledger."""
    return reads.ask(unit_ledgers.of_unit, view.scope, names_in_full=view.names_in_full)


@still
def _in_charge(view: View) -> None:
    """Draw who was in charge of late matters, and the handover lists."""
    late.matters(view)
    late.by_person(view)
    handover.lists_to_take(view)


@still
def _tables(view: View, tab: UnitTab) -> None:
    rows = _rows(view)
    shown = [each for each in LEDGERS if each.UNIT_TAB is tab and rows.get(each.id())]
    if tab is Appointment.UNIT_TAB:
        # A post without a row is vacant.
        unit_people.posts(view, rows.get(Appointment.id(), ()))
        shown = [each for each in shown if each is not Appointment]
    elif not shown:
        st.info(_("Nothing has come in here."))
    for ledger in shown:
        listed = rows[ledger.id()]
        if ledger is Finding:
            _findings(view, rows.get(Appointment.id(), ()))
        elif ledger is Report:
            unit_answers.reports(view, listed)
        elif ledger is Duty:
            unit_answers.duties(view, listed)
        elif answers := _answers(view, rows).get(ledger):
            answers()
        elif ledger is ContentCheck:
            unit_answers.checks(name(ContentCheck.SHEET), ContentCheck.id(), listed)
        elif ledger is not ReportScore:
            # The scores are shown with their reports.
            _ledger_table(ledger, listed)


def _answers(view: View, rows: Mapping[str, Rows]) -> Mapping[type[Ledger], Callable[[], None]]:
    """Return functions that draw the ledgers of mechanisms and money with their results."""

    def of(ledger: type[Ledger]) -> Rows:
        return rows.get(ledger.id(), ())

    return {
        Project: partial(unit_audits.projects, view, of(Project)),
        Rating: partial(unit_audits.ratings, view, of(Rating)),
        CrossReview: partial(unit_mechanisms.reviews, view, of(CrossReview)),
        Guidance: partial(unit_mechanisms.guidance, view, of(Guidance)),
        Assessment: partial(unit_mechanisms.assessments, of(Assessment)),
        WarningSignal: partial(unit_mechanisms.warnings, view, of(WarningSignal)),
        FundProject: partial(unit_money.projects, view),
        FundFlow: partial(unit_money.flows, of(FundFlow), of(FundProject)),
        Disposal: partial(unit_money.disposals, view),
    }


def _findings(view: View, posts: Rows) -> None:
    """Draw the findings with status, days overdue, present and original limit, worst first."""
    sizes = reads.ask(finding_ledger.counts, view.scope, FindingFilter())
    lines = reads.ask(
        finding_ledger.findings_on_page, view.scope, FindingFilter(), sizes, 0, lists.PAGE
    )
    heading(name(Finding.SHEET), _("{n} on {day}, the worst first", n=sum(sizes), day=view.as_of))
    st.caption(
        _("Answerable: {persons}", persons=literal(unit_answers.answerable(posts, view.as_of)))
    )
    findings_table(view, lines, key=f"unit-{Finding.id()}")


def _ledger_table(ledger: type[Ledger], listed: Rows) -> None:
    parts = ledger_columns.parts(
        [
            column
            for column in ledger.columns
            if column.id != "unit" and any(row[column.id] is not None for row in listed)
        ],
    )
    heading(name(ledger.SHEET), _("{n} rows, the latest first", n=len(listed)))
    leads = "finding" if "finding" in listed[0] else ""
    shown = ledger_columns.cells((*parts.about, *parts.rest, *parts.last), listed)
    table(
        shown,
        key=f"unit-{ledger.id()}",
        says=name(ledger.SHEET),
        onward=(lambda at: ways.finding_way(str(listed[at][leads]))) if leads else None,
        columns=ledger_columns.settings(parts, shown),
    )
