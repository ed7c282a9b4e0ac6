"""Each unit's reports of a year by kind, with its mean score; units with gaps are listed first."""

from collections.abc import Mapping
from decimal import Decimal

import streamlit as st

from dashboard import formats, reads
from dashboard.charts.status_colours import Tone
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.markdown import literal
from dashboard.status import Status
from dashboard.widgets import asked, ways
from dashboard.widgets.drawing import heading
from dashboard.widgets.silence import draw_if_not_entered
from dashboard.widgets.tables import table
from data.figures.reading import Readings
from data.reports import states as report_states
from data.reports.states import Matrix, Show
from models.report import ReportKind, ReportState

MOST = 200
"""The most units listed."""
YEARS = 3
"""The number of years to choose from."""
TONES: Mapping[ReportState, Tone] = {
    ReportState.MISSING: Tone.BAD,
    ReportState.LATE: Tone.WARN,
    ReportState.ON_TIME: Tone.GOOD,
    ReportState.NOT_DUE: Tone.SILENT,
}


def reports_by_unit(view: View) -> None:
    """Draw the units that lack a report or sent one late; those without gaps on request."""
    if draw_if_not_entered(view, "reports_late", _("Unit by kind")):
        return
    years = [str(year) for year in reads.ask(report_states.years, view.scope)[:YEARS]]
    if not years:
        heading(_("Unit by kind"))
        st.caption(_("No report is known here. Take in the sheet of reports."))
        return
    # Read from the address before they are drawn: the heading depends on them and stands on top.
    year = asked.choice("year", {year: year for year in years}) or years[0]
    show = Show(asked.choice("show", {str(each): "" for each in Show}) or Show.GAPS)
    found = reads.ask(report_states.matrix, view.scope, int(year), MOST, show)
    heading(
        literal(_missing_in_words(found, year)),
        _("the worst first; 1/2: one of two came in; score: mean of the last year; click a unit"),
    )
    with st.container(horizontal=True):
        asked.pick("show", _("Units"), _choices(found.counts), str(Show.GAPS))
        asked.pick("year", _("Year"), {year: year for year in years})
    if found.units:
        _list(view, found)
    else:
        st.caption(_("No such unit."))


def _choices(counts: Mapping[Show, int]) -> dict[str, str]:
    return {
        str(Show.GAPS): _("Missing or late {n}", n=counts[Show.GAPS]),
        str(Show.MISSING): _("Missing {n}", n=counts[Show.MISSING]),
        str(Show.ALL): _("All {n}", n=counts[Show.ALL]),
    }


def _missing_in_words(found: Matrix, year: str) -> str:
    """Return a title with the number of units that lack a report of the year."""
    if not found.counts[Show.ALL]:
        return _("Reports of {year}", year=year)
    return _("Reports of {year}: missing in {n} units", year=year, n=found.counts[Show.MISSING])


def _list(view: View, found: Matrix) -> None:
    scores = reads.by_unit(view.scope, "report_quality")
    units = found.units
    table(
        {
            _("Unit"): [unit.name for unit in units],
            **{
                name(kind.label): [_status(unit.kinds.get(kind)) for unit in units]
                for kind in ReportKind
            },
            _("Score"): [_score(scores.get(unit.code)) for unit in units],
        },
        key="reports-units",
        says=_("Unit by kind"),
        onward=lambda row: ways.unit_way(units[row].code),
        columns={_("Score"): st.column_config.NumberColumn(format="%.1f")},
    )


def _status(counted: Mapping[ReportState, int] | None) -> Status | None:
    """Return the worst state among a unit's reports of a kind, with how many of several came in;
    None if it owes none."""
    if not counted:
        return None
    worst = next(state for state, count in counted.items() if count)
    owed = sum(counted.values())
    submitted = counted[ReportState.ON_TIME] + counted[ReportState.LATE]
    word = name(worst.label)
    return Status(TONES[worst], f"{word} {submitted}/{owed}" if owed > 1 else word)


def _score(readings: Readings | None) -> Decimal | None:
    return formats.points(readings.get("report_quality")) if readings else None
