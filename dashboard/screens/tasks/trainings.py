"""Trainings and contests: dates, participants, results, and units without participants."""

from collections.abc import Sequence

import streamlit as st

from dashboard import address, formats, reads
from dashboard.charts import work
from dashboard.charts.status_colours import Tone
from dashboard.elements import board
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.widgets import asked, ways
from dashboard.widgets.drawing import draw, heading, still
from dashboard.widgets.silence import draw_if_not_entered, draw_if_silent, text_if_empty
from dashboard.widgets.tables import table
from data.figures.reading import Reading
from data.tasks import trainings as training_reads
from data.tasks.trainings import Absentees, Session
from models.days import month_ends
from models.text import NOTHING
from models.work import TrainingKind

MONTHS = 24
SESSIONS, ABSENT, AT_FIRST = 50, 50, 8
"""The most trainings and units without any; of the trainings, those shown at first."""


@still
def trainings(view: View) -> None:
    """Draw the calendar of trainings, the sessions, coverage by sector, and units without
    participants."""
    after = month_ends(view.as_of, MONTHS)[0]
    sessions = reads.ask(training_reads.sessions, view.scope, after)
    left, right = st.columns([5, 4], border=True)
    with left:
        _calendar(view, sessions)
        _sessions(sessions)
    with right:
        _absentees(view)
        _coverage(view)


def _calendar(view: View, sessions: Sequence[Session]) -> None:
    draw(
        work.training_days,
        [
            {
                "code": session.on_date.isoformat(),
                "name": session.name,
                "kind": str(session.kind),
                "on_date": session.on_date,
                "people": session.people,
            }
            for session in sessions
        ],
        key="training-calendar",
        title=_held_in_words(sessions),
        says=_("the last {n} months; the number is that of the people who came", n=MONTHS),
        hint=_("click to see it below"),
        on_choose=lambda day: address.put_of_page("held", day),
        empty=text_if_empty(
            view, "training_people", _("No training in the last {n} months.", n=MONTHS)
        ),
        texts={
            **{str(kind): name(kind.label) for kind in TrainingKind},
            "people": _("people"),
        },
    )


def _held_in_words(sessions: Sequence[Session]) -> str:
    """Return a title with the number of trainings and the date of the latest."""
    if not sessions:
        return _("Calendar of trainings")
    latest = max(each.on_date for each in sessions)
    return _("{n} trainings, the latest on {day}", n=len(sessions), day=latest)


def _sessions(sessions: Sequence[Session]) -> None:
    if not sessions:
        return
    days = {each.on_date.isoformat(): each.on_date.isoformat() for each in sessions}
    asked.select("held", _("Day"), days, inside=True)
    day = asked.choice("held", days)
    shown = [each for each in sessions if day in ("", each.on_date.isoformat())][:SESSIONS]
    heading(
        _("Trainings held"),
        _("the latest first, {n} at most", n=SESSIONS),
    )
    table(
        {
            _("Day"): [session.on_date for session in shown],
            _("Training"): [session.name for session in shown],
            _("Units that came"): [session.units for session in shown],
            _("People"): [session.people for session in shown],
            _("Passed"): [_passed(session) for session in shown],
            _("Kind of training"): [name(session.kind.label) for session in shown],
            _("For"): [session.sector or _("all") for session in shown],
            _("Hours"): [session.hours / 100 if session.hours else None for session in shown],
        },
        key="training-sessions",
        says=_("Trainings held"),
        first=AT_FIRST,
    )


def _passed(session: Session) -> str:
    if not session.examined:
        return NOTHING
    rate = formats.share_text(session.passed, session.examined)
    return f"{rate} ({session.passed}/{session.examined})"


def _coverage(view: View) -> None:
    if view.scope.node.is_unit:
        return
    readings_by_sector = reads.by_group(
        view.scope, "sector", "training_coverage", "training_people"
    )
    rows = sorted(
        readings_by_sector.items(),
        key=lambda part: formats.share(part[1]["training_coverage"]) or 0,
    )
    heading(_("By sector"), _("units trained in the last year, the fewest first"))
    table(
        {
            _("Sector"): [ways.name_of_sector(code) for code, _readings in rows],
            _("Share of units"): [
                _share(readings["training_coverage"]) for _code, readings in rows
            ],
            _("People"): [formats.text(readings["training_people"]) for _code, readings in rows],
        },
        key="training-sectors",
        says=_("By sector"),
        onward=lambda row: board.way("tasks", node=f"sector:{rows[row][0]}", tab="training"),
    )


def _share(reading: Reading) -> str:
    parts = formats.of_denominator(reading)
    return f"{formats.text(reading)} ({parts})" if parts else formats.text(reading)


def _absentees(view: View) -> None:
    if draw_if_not_entered(view, "training_coverage", _("Not trained in the last year")):
        return
    absentees: Absentees = reads.ask(training_reads.absentees, view.scope, ABSENT)
    heading(
        _("Not trained in the last year"),
        _(
            "{n} units, of which {never} never came; click one",
            n=absentees.units,
            never=absentees.never,
        ),
    )
    if not absentees.lines:
        if not draw_if_silent(view):
            st.caption(_("Every unit in the grid sent people to a training in the last year."))
        return
    table(
        {
            _("Unit"): [line.name for line in absentees.lines],
            _("Sector"): [ways.name_of_sector(line.sector) for line in absentees.lines],
            _("Last training"): [
                line.last_on.isoformat() if line.last_on else (_("never came"), Tone.BAD)
                for line in absentees.lines
            ],
            _("In the grid since"): [line.enrolled_on for line in absentees.lines],
        },
        key="training-absent",
        says=_("Not trained in the last year"),
        onward=lambda row: ways.unit_way(absentees.lines[row].code),
    )
    if absentees.units > len(absentees.lines):
        st.caption(_("{shown} of {n} are shown.", shown=len(absentees.lines), n=absentees.units))
