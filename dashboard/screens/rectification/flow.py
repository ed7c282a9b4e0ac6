"""The inflow and outflow of findings in a period, and the rates by month."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from dashboard import formats, reads
from dashboard.charts import rectification as charts
from dashboard.charts.axis_start import axis_start
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.markdown import literal
from dashboard.widgets import asked, beginning, course, ways
from dashboard.widgets.drawing import draw, heading, still
from dashboard.widgets.panels import panel
from dashboard.widgets.silence import draw_if_not_entered
from dashboard.widgets.tables import table
from data.figures.reading import Reading
from data.findings.flows import Flow, flows
from models.days import month_ends
from models.rectification import State
from models.text import NOTHING

MONTHS = 24
MONTHS_AT_FIRST, DAYS_AT_FIRST = 9, 6
"""Rows of the two tables shown at first."""
TREND = ("due_rect_rate", "rect_rate", "on_time_rate", "on_time_rate_strict", "rect_rate_amount")
COUNTED = ("required", "rectified", "in_progress", "unrectified", "overdue_original")


@still
def flow_and_trend(view: View) -> None:
    """Draw the flow of findings in a period and by month, then the rates over 24 months."""
    if draw_if_not_entered(view, "required", _("Month by month")):
        return
    statement, months = st.columns([2, 3], border=True)
    with statement:
        _statement(view)
    with months:
        _months(view)
    _trend(view)


def _trend(view: View) -> None:
    days = month_ends(view.as_of, MONTHS)
    begins = beginning.begins_on(view)
    readings_by_day = {
        day: readings
        for day, readings in reads.by_day(view.scope, days, *TREND, *COUNTED).items()
        if begins is None or day >= begins
    }
    beginning.draw_beginning(view)
    wanted = {figure: course.target(view, figure) for figure in TREND}
    aims = {figure: aim.share if aim else None for figure, aim in wanted.items()}
    rows = [
        {
            "code": f"{figure} {day}",
            "month": day,
            "series": figure,
            "share": formats.share(readings[figure]),
            "text": formats.text(readings[figure]),
            "target": aims[figure],
        }
        for figure in TREND
        for day, readings in readings_by_day.items()
    ]
    headline = {day: readings[TREND[0]] for day, readings in readings_by_day.items()}
    message = course.course(headline, wanted[TREND[0]])
    shown = [
        formats.share(readings[figure]) for readings in readings_by_day.values() for figure in TREND
    ]
    with panel():
        draw(
            charts.trends,
            rows if any(share is not None for share in shown) else [],
            key="rectification-trend",
            title=message or _("The rates month by month"),
            says=_("at the end of each of {n} months, and on the day looked at", n=MONTHS),
            texts={
                **{figure: _(reads.figure(figure).name) for figure in TREND},
                "target": _("Target"),
            },
            options={"lowest": axis_start([*shown, *aims.values()])},
            empty=_("No findings so far."),
            hint=_("click a month to see its list"),
            on_choose=_to_month,
        )
    with panel():
        latest = list(readings_by_day.items())[::-1]
        heading(_("The numbers behind them"), _("at the end of each month, the latest first"))
        table(
            {
                _("Day"): [day for day, _readings in latest],
                **{
                    _(reads.figure(figure).name): [
                        _plain(readings[figure]) for _day, readings in latest
                    ]
                    for figure in COUNTED
                },
                **{
                    _(reads.figure(figure).name): [
                        _with_parts(readings[figure]) for _day, readings in latest
                    ]
                    for figure in TREND[:4]
                },
            },
            key="rectification-numbers",
            says=_("The numbers behind them"),
            first=DAYS_AT_FIRST,
            on_pick=lambda row: _to_month(f"{TREND[0]} {latest[row][0]}"),
        )


def _to_month(code: str) -> None:
    figure, _space, day = code.partition(" ")
    ways.go("list", figure=figure, as_of=day)


def _plain(reading: Reading) -> int | None:
    """Return the number; None for a day on which it was not known."""
    return int(reading.numerator or 0) if reading.known else None


def _with_parts(reading: Reading) -> str:
    if reading.exact is None:
        return NOTHING
    return f"{reading.text} · {formats.of_denominator(reading)}"


def _statement(view: View) -> None:
    since = {
        "since": view.since,
        "year": date(view.as_of.year - 1, 12, 31),
        "12m": month_ends(view.as_of, 12)[0],
    }
    names = {
        "since": _("Since {day:%m-%d}", day=view.since),
        "year": _("This year"),
        "12m": _("12 months"),
    }
    chosen = asked.pick("period", _("Period"), names)
    (flow,) = reads.ask(flows, view.scope, (since[chosen], view.as_of))
    draw(
        charts.flow,
        [
            {"code": step, "step": step, "word": _step_texts()[step], "value": value}
            for step, value in _steps(flow).items()
        ]
        if any(_steps(flow).values())
        else [],
        key="rectification-flow",
        title=_in_words(flow),
        says=_(
            "number of findings not closed, {since} to {until}",
            since=flow.since,
            until=flow.until,
        ),
        hint=_("click to see them"),
        on_choose=lambda step: _to_step(step, flow),
        columns={"word": _("What happened"), "value": _("Findings")},
        texts=_step_texts(),
        empty=_("No findings so far."),
    )
    st.caption(
        _(
            "{opening} open + {new} new + {reopened} reopened − {closed} closed"
            " − {voided} voided = {closing} open",
            opening=flow.opening,
            new=flow.new,
            reopened=flow.reopened,
            closed=flow.closed,
            voided=flow.voided,
            closing=flow.closing,
        )
    )
    if view.compared and chosen == "since":
        st.caption(_against_freeze(view, flow))


def _against_freeze(view: View, flow: Flow) -> str:
    """Return a sentence that compares the opening number with the number in the freeze."""
    before = reads.figures_of(view.before)
    frozen = sum(int(before[key].numerator or 0) for key in ("in_progress", "unrectified"))
    meeting = literal(view.compared.meeting_name) if view.compared else ""
    if frozen == flow.opening:
        return _("The opening is what was frozen for {meeting}.", meeting=meeting)
    return _(
        "Frozen for {meeting}: {frozen} open; the opening here is {now_known}, as {n} were entered"
        " or corrected afterwards. The changes beside figures are against what was frozen.",
        meeting=meeting,
        frozen=frozen,
        now_known=flow.opening,
        n=f"{flow.opening - frozen:+d}",
    )


def _in_words(flow: Flow) -> str:
    """Return a title that says how the number of open findings changed."""
    if flow.opening == flow.closing:
        return _("{n} findings open, as many as on {since}", n=flow.closing, since=flow.since)
    return _(
        "{n} findings open, {change} since {since}",
        n=flow.closing,
        change=f"{flow.closing - flow.opening:+d}",
        since=flow.since,
    )


def _to_step(step: str, flow: Flow) -> None:
    """Link a step of the flow: numbers on a day to the ledger of that day, changes to the
    changes page."""
    moved = {"NEW": "issued", "REOPENED": "reopened", "CLOSED": "closed"}
    since = flow.since.isoformat()
    if step in moved:
        ways.go("changes", since=since, way=moved[step])
    elif step == "VOIDED":
        ways.go("rectification", tab="ledger", state=str(State.VOIDED))
    elif step == "OPENING":
        ways.go("rectification", tab="ledger", as_of=since)
    else:
        ways.go("rectification", tab="ledger")


def _step_texts() -> dict[str, str]:
    return {
        "OPENING": _("Opening"),
        "NEW": _("New"),
        "REOPENED": _("Reopened"),
        "CLOSED": _("Closed"),
        "VOIDED": _("Voided"),
        "CLOSING": _("Closing"),
    }


def _steps(flow: Flow) -> Mapping[str, int]:
    return {
        "OPENING": flow.opening,
        "NEW": flow.new,
        "REOPENED": flow.reopened,
        "CLOSED": flow.closed,
        "VOIDED": flow.voided,
        "CLOSING": flow.closing,
    }


def _months(view: View) -> None:
    days = tuple(month_ends(view.as_of, MONTHS))
    known = {
        day
        for day, readings in reads.by_day(view.scope, days, "required").items()
        if readings["required"].known
    }
    flows_known = [each for each in reads.ask(flows, view.scope, days) if each.until in known]
    monthly_flows = flows_known[::-1]
    heading(_("Month by month"), _("opening + new + reopened − closed − voided = closing"))
    table(
        {
            _("Month"): [f"{each.until:%Y-%m}" for each in monthly_flows],
            _("Opening"): [each.opening for each in monthly_flows],
            _("New"): [each.new for each in monthly_flows],
            _("Reopened"): [each.reopened for each in monthly_flows],
            _("Closed"): [each.closed for each in monthly_flows],
            _("Voided"): [each.voided for each in monthly_flows],
            _("Closing"): [each.closing for each in monthly_flows],
        },
        key="rectification-flow-months",
        says=_("Month by month"),
        first=MONTHS_AT_FIRST,
    )
