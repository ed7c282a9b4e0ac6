"""The submission of the four reports: due and received, by kind and by unit, and late ones."""

from collections.abc import Mapping

import streamlit as st

from dashboard import formats, reads
from dashboard.change_words import marked
from dashboard.charts import reports as charts
from dashboard.charts.status_colours import Tone, step_of
from dashboard.elements import board
from dashboard.elements.board import Part
from dashboard.elements.lists import Cell
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import ranking
from dashboard.screens.reports import coming, late, said
from dashboard.screens.reports.by_unit import reports_by_unit
from dashboard.widgets import trust, ways
from dashboard.widgets.drawing import draw, heading, still
from dashboard.widgets.silence import draw_if_not_entered
from dashboard.widgets.tables import table
from dashboard.widgets.tiles import row_of_tiles, tile
from data.figures.changes import Change
from data.figures.reading import Reading, Readings
from data.reports import states as report_states
from data.reports.upcoming import OF_DUE, due_today, without_due_today
from models.report import ReportKind, ReportState

TONES = (Tone.BAD, Tone.WARN)
"""The tones of shares in the two lowest steps: below 60% and below 80%."""


@still
def head(view: View) -> None:
    """Draw a sentence on what is late, and the four figures of the reports."""
    said.say(view)
    tells = not trust.is_said_once(view, said.FIGURES)
    row_of_tiles("reports-figures", [_tile(view, figure, tells) for figure in said.FIGURES])


def _tile(view: View, figure: str, tells_trust: bool) -> Part:
    """Return the tile of a figure; a share that counts reports due today says so, and if it became
    worse, how it stands without them."""
    today = sum(reads.ask(due_today, view.scope).values()) if figure in OF_DUE else 0
    if not today:
        return tile(view, figure, tells_trust=tells_trust)
    without = said.without_today(view, figure, today)
    return tile(
        view,
        figure,
        note=_without(*without) if without else "",
        brief=_("without them {rate}", rate=formats.text(without[0])) if without else "",
        of_which=_("{n} due today", n=today),
        tells_trust=tells_trust,
    )


def _without(share: Reading, change: Change) -> str:
    moved = marked(share.figure, change)
    return _("without them {rate}, {change}", rate=formats.text(share), change=moved)


@still
def submission(view: View) -> None:
    """Draw which reports came in: units with late ones first, beside all by kind; then the year's
    reports of each unit."""
    wanting, chart = st.columns([3, 2], border=True)
    with wanting:
        late.late_reports(view)
    with chart:
        by_state(view)
    units, kinds = st.columns(2, border=True)
    with units:
        reports_by_unit(view)
    with kinds:
        _by_kind(view)
    if coming.is_any(view):
        [below] = st.columns(1, border=True)
        with below:
            coming.reports_to_come(view)


@still
def units(view: View) -> None:
    """Draw the units ranked by their reports."""
    if today := sum(reads.ask(due_today, view.scope).values()):
        st.caption(_("Reports due today and not in count as due: {n}.", n=today))
    ranking.rankings(view, ("report_quality", "report_timeliness", "reports_late"))


def by_state(view: View) -> None:
    """Draw the reports due in the last year by kind and by whether they came in."""
    if draw_if_not_entered(view, "report_submission", _("Reports due in the last year")):
        return
    readings = reads.figures_of(view.scope)
    state_names = {
        "ON_TIME": name(ReportState.ON_TIME.label),
        "LATE": name(ReportState.LATE.label),
        "DUE_TODAY": _("Due today, not in"),
        "MISSING": name(ReportState.MISSING.label),
    }
    today = reads.ask(due_today, view.scope)
    if not today:
        del state_names["DUE_TODAY"]
    rows: list[Mapping[str, object]] = []
    for kind in ReportKind:
        timely = readings[f"report_timeliness:{kind}"]
        submitted = int(readings[f"report_submission:{kind}"].numerator or 0)
        in_time, due = int(timely.numerator or 0), timely.denominator or 0
        parts = {
            "ON_TIME": in_time,
            "LATE": submitted - in_time,
            "DUE_TODAY": today.get(kind, 0),
            "MISSING": due - submitted - today.get(kind, 0),
        }
        if due:
            rows += [
                {
                    "code": f"{state} {kind}",
                    "name": name(kind.label),
                    "state": state,
                    "word": state_names[state],
                    "value": value,
                }
                for state, value in parts.items()
                if state in state_names
            ]
    draw(
        charts.submission,
        rows,
        key="reports-states",
        title=_in_words(readings, sum(today.values())),
        says=_("by whether they came in by their due day"),
        hint=_("click to see them"),
        on_choose=_to_list,
        columns={
            "name": _("Report kind"),
            "word": _("Standing"),
            "value": _("Number of reports"),
        },
        empty=_("No report was due in the last year."),
        texts={**state_names, "reports": _("Number of reports")},
    )


def _in_words(readings: Readings, today: int) -> str:
    """Return a title with the number of reports that did not come in; `today` of them are due on
    the day itself and so not late."""
    submitted = readings["report_submission"]
    due = submitted.denominator or 0
    if not due:
        return _("Reports due in the last year")
    missing = due - int(submitted.numerator or 0)
    if not missing:
        return _("All {due} reports due in the last year came in", due=due)
    if today:
        return _(
            "{n} of {due} reports due in the last year are not in: {late} late, {today} due today",
            n=missing,
            due=due,
            late=missing - today,
            today=today,
        )
    return _("{n} of {due} reports due in the last year are not in", n=missing, due=due)


def _to_list(code: str) -> None:
    state, _space, kind = code.partition(" ")
    figure = {"ON_TIME": "report_timeliness", "LATE": "report_timeliness"}
    ways.go("list", figure=figure.get(state, "report_submission"), bucket=kind)


def _by_kind(view: View) -> None:
    if draw_if_not_entered(view, "report_submission", _("By kind")):
        return
    readings = reads.figures_of(view.scope)
    late_now = reads.ask(report_states.late_by_kind, view.scope)
    today = reads.ask(due_today, view.scope)
    kinds = list(ReportKind)
    heading(_("By kind"), _("of the last year; click a kind to see its reports"))

    def cells(figure: str) -> list[Cell]:
        return [_share(readings[f"{figure}:{kind}"], today.get(kind, 0)) for kind in kinds]

    table(
        {
            _("Report kind"): [name(kind.label) for kind in kinds],
            _("Late now"): [late_now.get(kind, 0) for kind in kinds],
            **({_("Due today"): [today.get(kind, 0) for kind in kinds]} if today else {}),
            _("Mean score"): [formats.points(readings[f"report_quality:{kind}"]) for kind in kinds],
            _("Submitted"): cells("report_submission"),
            _("Submitted in time"): cells("report_timeliness"),
            _("Scored"): [
                reading.denominator or 0 if reading.known else None
                for kind in kinds
                if (reading := readings[f"report_quality:{kind}"])
            ],
        },
        key="reports-kinds",
        says=_("By kind"),
        onward=lambda row: board.list_way("report_submission", str(kinds[row])),
        columns={_("Mean score"): st.column_config.NumberColumn(format="%.1f")},
        late=(_("Late now"),),
    )


def _share(reading: Reading, today: int) -> Cell:
    """Return a share with both its sides; red below 60% and coloured below 80% without the `today`
    reports that are due on the day itself, which are not late."""
    share = without_due_today(reading, today).exact if reading.known else None
    step = len(TONES) if share is None else step_of(float(share))
    text = f"{formats.text(reading)} ({formats.of_denominator(reading)})"
    return text, TONES[step] if step < len(TONES) else None
