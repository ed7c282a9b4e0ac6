"""How findings came and went in a period, and how the rates went month by month."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from dashboard import formats, reads
from dashboard.charts import rectification as charts
from dashboard.charts.axis_start import axis_start
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.widgets import asked, beginning, course, ways
from dashboard.widgets.drawing import draw, heading
from dashboard.widgets.tables import table
from data.figures.reading import Reading
from data.findings.flows import Flow, flows
from models.days import month_ends
from models.rectification import State

MONTHS = 24
TREND = ("due_rect_rate", "rect_rate", "on_time_rate", "on_time_rate_strict", "rect_rate_amount")
COUNTED = ("required", "rectified", "in_progress", "unrectified", "overdue_original")


def flow_and_trend(view: View) -> None:
    """What came and went in a period and month by month, then the rates over 24 months."""
    statement, months = st.columns([2, 3], border=True)
    with statement:
        _statement(view)
    with months:
        _months(view)
    _trend(view)


def _trend(view: View) -> None:
    days = month_ends(view.as_of, MONTHS)
    begins = beginning.begins_on(view)
    found = {
        day: readings
        for day, readings in reads.by_day(view.scope, days, *TREND, *COUNTED).items()
        if begins is None or day >= begins
    }
    beginning.note(view)
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
        for day, readings in found.items()
    ]
    headline = {day: readings[TREND[0]] for day, readings in found.items()}
    said = course.course(headline, wanted[TREND[0]])
    shown = [formats.share(readings[figure]) for readings in found.values() for figure in TREND]
    with st.container(border=True):
        draw(
            charts.trends,
            rows if any(share is not None for share in shown) else [],
            key="rectification-trend",
            title=said or _("The rates month by month"),
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
    with st.container(border=True):
        latest = list(found.items())[::-1]
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
            on_pick=lambda row: _to_month(f"{TREND[0]} {latest[row][0]}"),
        )


def _to_month(code: str) -> None:
    figure, _space, day = code.partition(" ")
    ways.go("list", figure=figure, as_of=day)


def _plain(reading: Reading) -> int:
    return int(reading.numerator or 0)


def _with_parts(reading: Reading) -> str:
    if reading.exact is None:
        return formats.NOTHING
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
    (found,) = reads.ask(flows, view.scope, (since[chosen], view.as_of))
    draw(
        charts.flow,
        [
            {"code": step, "step": step, "word": _step_texts()[step], "value": value}
            for step, value in _steps(found).items()
        ]
        if any(_steps(found).values())
        else [],
        key="rectification-flow",
        title=_in_words(found),
        says=_(
            "number of findings not closed, {since} to {until}",
            since=found.since,
            until=found.until,
        ),
        hint=_("click to see them"),
        on_choose=lambda step: _to_step(step, found),
        columns={"word": _("What happened"), "value": _("Findings")},
        texts=_step_texts(),
        empty=_("No findings so far."),
    )
    st.caption(
        _(
            "{opening} open + {new} new + {reopened} reopened − {closed} closed"
            " − {voided} voided = {closing} open",
            opening=found.opening,
            new=found.new,
            reopened=found.reopened,
            closed=found.closed,
            voided=found.voided,
            closing=found.closing,
        )
    )
    if view.compared and chosen == "since":
        st.caption(_against_freeze(view, found))


def _against_freeze(view: View, found: Flow) -> str:
    """Whether the opening is what was frozen, from which tiles count their changes, and why not."""
    before = reads.of(view.before)
    frozen = sum(int(before[key].numerator or 0) for key in ("in_progress", "unrectified"))
    meeting = view.compared.meeting_name if view.compared else ""
    if frozen == found.opening:
        return _("The opening is what was frozen for {meeting}.", meeting=meeting)
    return _(
        "Frozen for {meeting}: {frozen} open; the opening here is {now_known}, as {n} were entered"
        " or corrected afterwards. The changes beside figures are against what was frozen.",
        meeting=meeting,
        frozen=frozen,
        now_known=found.opening,
        n=f"{found.opening - frozen:+d}",
    )


def _in_words(found: Flow) -> str:
    """How the number of open findings moved, as the title of the chart."""
    if found.opening == found.closing:
        return _("{n} findings open, as many as on {since}", n=found.closing, since=found.since)
    return _(
        "{n} findings open, {change} since {since}",
        n=found.closing,
        change=f"{found.closing - found.opening:+d}",
        since=found.since,
    )


def _to_step(step: str, found: Flow) -> None:
    """What stood open on a day is in the ledger of that day; what moved, among the changes."""
    moved = {"NEW": "issued", "REOPENED": "reopened", "CLOSED": "closed"}
    since = found.since.isoformat()
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


def _steps(found: Flow) -> Mapping[str, int]:
    return {
        "OPENING": found.opening,
        "NEW": found.new,
        "REOPENED": found.reopened,
        "CLOSED": found.closed,
        "VOIDED": found.voided,
        "CLOSING": found.closing,
    }


def _months(view: View) -> None:
    found = reads.ask(flows, view.scope, tuple(month_ends(view.as_of, MONTHS)))[::-1]
    heading(_("Month by month"), _("opening + new + reopened − closed − voided = closing"))
    table(
        {
            _("Month"): [f"{each.until:%Y-%m}" for each in found],
            _("Opening"): [each.opening for each in found],
            _("New"): [each.new for each in found],
            _("Reopened"): [each.reopened for each in found],
            _("Closed"): [each.closed for each in found],
            _("Voided"): [each.voided for each in found],
            _("Closing"): [each.closing for each in found],
        },
        key="rectification-flow-months",
        says=_("Month by month"),
    )
