"""How findings came and went in a period, and how the rates went month by month."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from dashboard import formats, reads
from dashboard.charts import rectification as charts
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.widgets import asked, beginning
from dashboard.widgets.drawing import draw, heading
from dashboard.widgets.tables import table
from data.figures.reading import Reading
from data.findings.flows import Flow, flows
from models.days import month_ends

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
    rows = [
        {
            "month": day,
            "series": figure,
            "share": formats.share(readings[figure]),
            "text": formats.text(readings[figure]),
        }
        for figure in TREND
        for day, readings in found.items()
    ]
    with st.container(border=True):
        draw(
            charts.trends,
            rows if any(row["share"] is not None for row in rows) else [],
            key="rectification-trend",
            title=_("The rates month by month"),
            says=_("at the end of each of {n} months, and on the day looked at", n=MONTHS),
            texts={figure: _(reads.figure(figure).name) for figure in TREND},
            empty=_("No findings so far."),
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
            key="rectification-trend-rows",
            says=_("The numbers behind them"),
        )


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
        [{"step": step, "value": value} for step, value in _steps(found).items()]
        if any(_steps(found).values())
        else [],
        key="rectification-flow",
        title=_("Open findings from {since} to {until}", since=found.since, until=found.until),
        says=_("number of findings"),
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
