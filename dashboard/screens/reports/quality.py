"""The quality of reports: marks over time, bands of marks, weak dimensions, each report."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import formats, ledger_values, reads
from dashboard.charts import reports as charts
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens.unit_answers import by_reviewer
from dashboard.widgets import headlines, placeholders, ways
from dashboard.widgets.drawing import draw, heading, still
from dashboard.widgets.silence import draw_if_not_entered, text_if_empty
from dashboard.widgets.tables import table
from data.figures.reading import Reading, rounded
from data.reports import scores
from data.reports.scores import DimensionMean
from models.days import month_ends
from models.report import ReportKind
from models.rules.report import GRADES, grade
from models.text import N_, Label

TREND_MONTHS = 24
LOWEST = 50
"""The most reports shown one by one; those with the lowest marks are chosen."""
GRADE_NAMES: Mapping[str, Label] = {
    "EXCELLENT": Label("优秀", "Excellent"),
    "GOOD": Label("良好", "Good"),
    "FAIR": Label("中等", "Fair"),
    "PASS": Label("合格", "Pass"),
    "FAIL": Label("不合格", "Fail"),
}


@still
def quality(view: View) -> None:
    """Draw the marks over two years, the bands of marks by kind, and the weak dimensions of each
    kind."""
    if draw_if_not_entered(view, "report_quality"):
        return
    trend, grades = st.columns(2, border=True)
    with trend:
        _trend(view)
    with grades:
        _grades(view)
    _dimensions(view)


def _trend(view: View) -> None:
    days = month_ends(view.as_of, TREND_MONTHS)
    series = {"": _("All kinds"), **{str(kind): name(kind.label) for kind in ReportKind}}
    rows, known = [], []
    overall: list[Reading] = []
    for day, readings in reads.by_day(view.scope, days, "report_quality").items():
        for kind in series:
            reading = readings[f"report_quality:{kind}" if kind else "report_quality"]
            marks = None if reading.exact is None else float(reading.exact)
            rows.append(
                {
                    "code": f"{day} {kind}",
                    "month": day,
                    "series": kind,
                    "marks": marks,
                    "text": reading.text,
                }
            )
            known += [] if marks is None else [marks]
            if not kind and marks is not None:
                overall.append(reading)
    draw(
        charts.quality_trend,
        rows if known else [],
        key="reports-trend",
        title=_course(overall),
        says=_("mean score of the last year, at the end of each of {n} months", n=TREND_MONTHS),
        hint=_("click a month to see its list"),
        on_choose=_to_month,
        empty=_("No report has a score so far."),
        texts=series,
        options={"lowest": int(min(known) // 10 * 10) if known else 0},
    )


def _course(overall: Sequence[Reading]) -> str:
    """Return a title that says how the mean mark of all kinds changed."""
    if len(overall) < 3:
        return _("Report quality")
    first, last, months = overall[0].text, overall[-1].text, len(overall) - 1
    if first == last:
        return _("Mean score {last}, as it was {n} months ago", last=last, n=months)
    rose = (overall[-1].exact or 0) > (overall[0].exact or 0)
    message = N_("Mean score rose from {first} to {last} in {n} months")
    if not rose:
        message = N_("Mean score fell from {first} to {last} in {n} months")
    return _(message, first=first, last=last, n=months)


def _to_month(code: str) -> None:
    day, _space, kind = code.partition(" ")
    ways.go("list", figure="report_quality", bucket=kind or None, as_of=day)


def _grades(view: View) -> None:
    grades_by_kind(view)
    failed = reads.figures_of(view.scope)["report_grade:FAIL"]
    if failed.numerator:
        ways.list_link(_("{n} reports failed ›", n=failed.text), "report_grade", "FAIL")


def grades_by_kind(view: View) -> None:
    """Draw the number of reports of each kind in each band of marks."""
    counted, texts = reads.ask(scores.grades, view.scope), _grade_texts()
    draw(
        charts.grades_by_kind,
        [
            {
                "code": band,
                "name": name(kind.label),
                "grade": band,
                "word": texts[band],
                "value": counted.get((str(kind), band), 0),
            }
            for kind in ReportKind
            for band, _lowest in GRADES
            if any(of == kind for of, _band in counted)
        ],
        key="reports-grades",
        title=_failed_and_excellent(counted),
        says=_("number of reports by score: excellent from 90, good 80, fair 70, pass 60"),
        hint=_("click to see them"),
        on_choose=lambda band: ways.go("list", figure="report_grade", bucket=band),
        columns={
            "name": _("Report kind"),
            "word": _("Band"),
            "value": _("Number of reports"),
        },
        empty=text_if_empty(view, "report_quality", _("No report has a score so far.")),
        texts={**texts, "reports": _("Number of reports")},
    )


def _failed_and_excellent(counted: Mapping[tuple[str, str], int]) -> str:
    """Return a title with the numbers of reports that fail and that are excellent."""
    if not counted:
        return _("Score bands")
    failed, excellent = (
        sum(number for (_kind, of), number in counted.items() if of == band)
        for band in ("FAIL", "EXCELLENT")
    )
    return _(
        "Of {n} reports {failed} failed and {excellent} are excellent",
        n=sum(counted.values()),
        failed=failed,
        excellent=excellent,
    )


def _grade_texts() -> dict[str, str]:
    return {band: name(label) for band, label in GRADE_NAMES.items()}


def _dimensions(view: View) -> None:
    means = reads.ask(scores.dimensions, view.scope)
    heading(
        _("Scores by dimension"),
        _("mean points as a share of the dimension's weight, the weakest on top"),
    )
    placeholders.mark("rubric")
    by_kind = {
        kind: [mean for mean in means if mean.kind == kind]
        for kind in ReportKind
        if any(mean.kind == kind for mean in means)
    }
    if not by_kind:
        st.caption(_("No report has a score so far."))
        return
    kinds = list(by_kind)
    for first in range(0, len(kinds), 2):
        for column, kind in zip(st.columns(2, border=True), kinds[first : first + 2], strict=False):
            with column:
                _dimensions_of(kind, by_kind[kind])


def _dimensions_of(kind: ReportKind, means: Sequence[DimensionMean]) -> None:
    draw(
        charts.dimensions,
        [
            {
                "code": str(kind),
                "name": ledger_values.listed_name("rubric", f"{kind}/{mean.dimension}"),
                "share": float(mean.mean / mean.weight),
                "text": f"{rounded(mean.mean, 1)}/{mean.weight}",
            }
            for mean in means
        ],
        key=f"reports-dimensions-{kind}",
        title=headlines.least(
            {
                ledger_values.listed_name("rubric", f"{kind}/{mean.dimension}"): mean.mean
                / mean.weight
                for mean in means
            },
            subject=name(kind.label),
            otherwise=name(kind.label),
            written=lambda share: formats.share_text(share.numerator, share.denominator),
        ),
        says=_("points of {n} markings", n=max(mean.marks for mean in means)),
        hint=_("click to see the scored reports"),
        on_choose=lambda code: ways.go("list", figure="report_quality", bucket=code),
        columns={"name": _("Dimension"), "text": _("Points")},
        texts={"weakest": _("weakest")},
    )


@still
def scored(view: View) -> None:
    """Draw the reports with their marks and each reviewer's total, the lowest first."""
    if draw_if_not_entered(view, "report_quality", _("Scored reports")):
        return
    scored_reports = reads.ask(scores.scored, view.scope, LOWEST)
    count = reads.figures_of(view.scope)["report_quality"].denominator or 0
    heading(
        _("Scored reports"),
        _(
            "submitted in the last year, {n} of {all}, the lowest score first; click to see the"
            " unit",
            n=len(scored_reports),
            all=count,
        ),
    )
    if not scored_reports:
        st.info(_("No report has a score so far."))
        return
    texts = _grade_texts()
    called = reads.unit_names(
        tuple(sorted({reviewer for report in scored_reports for reviewer in report.totals}))
    )
    table(
        {
            _("Unit"): [report.unit_name for report in scored_reports],
            _("Report kind"): [name(ReportKind(report.kind).label) for report in scored_reports],
            _("Year"): [report.year for report in scored_reports],
            _("No."): [report.number for report in scored_reports],
            _("Submitted on"): [report.submitted_on for report in scored_reports],
            _("Score"): [report.score / 100 for report in scored_reports],
            _("Band"): [texts[grade(report.score)] for report in scored_reports],
            _("By reviewer"): [by_reviewer(report.totals, called) for report in scored_reports],
            _("Spread"): [
                (max(report.totals.values()) - min(report.totals.values())) / 100
                if len(report.totals) > 1
                else None
                for report in scored_reports
            ],
        },
        key="reports-scored",
        says=_("Scored reports"),
        onward=lambda row: ways.unit_way(scored_reports[row].unit),
        columns={
            _("Year"): st.column_config.NumberColumn(format="%d"),
            _("Score"): st.column_config.NumberColumn(format="%.1f"),
            _("Spread"): st.column_config.NumberColumn(
                format="%.1f", help=_("The highest total less the lowest, in points.")
            ),
            _("By reviewer"): st.column_config.TextColumn(width="large"),
        },
        tall=True,
    )
    ways.list_link(_("All {n} scored reports ›", n=count), "report_quality")
