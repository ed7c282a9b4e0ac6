"""Figures of the four reports."""

from data.figures.catalogue.figure import Better, Bucket, Figure, Quantity, Way, buckets_by
from models.report import ReportKind
from models.rules import known
from models.text import N_, Label

REPORTS = N_("Four reports")
_BY_GRADE = (
    Bucket("EXCELLENT", Label("优秀（90分及以上）", "Excellent (90 and more)")),
    Bucket("GOOD", Label("良好（80–89.9分）", "Good (80 to 89.9)")),
    Bucket("FAIR", Label("中等（70–79.9分）", "Fair (70 to 79.9)")),
    Bucket("PASS", Label("合格（60–69.9分）", "Pass (60 to 69.9)")),
    Bucket("FAIL", Label("不合格（60分以下）", "Fail (below 60)")),
)

FIGURES = (
    Figure(
        id="report_submission",
        subject=REPORTS,
        name=N_("Reports submitted"),
        definition=N_("Of the reports due in the last year, those that have come in."),
        formula=N_("reports submitted ÷ reports due in the last year"),
        way=Way.SHARE,
        numerator=("report_in",),
        denominator=("report_due",),
        better=Better.HIGHER,
        buckets=buckets_by(ReportKind),
    ),
    Figure(
        id="report_timeliness",
        subject=REPORTS,
        name=N_("Reports in time"),
        definition=N_("Of the reports due in the last year, those that came in by their due day."),
        formula=N_("reports submitted in time ÷ reports due in the last year"),
        way=Way.SHARE,
        numerator=("report_timely",),
        denominator=("report_due",),
        better=Better.HIGHER,
        buckets=buckets_by(ReportKind),
    ),
    Figure(
        id="reports_late",
        subject=REPORTS,
        name=N_("Late reports"),
        definition=N_("Reports whose due day is over and that have not come in."),
        formula=N_("number of reports with due day < D and not submitted"),
        way=Way.COUNT,
        numerator=("report_late",),
        better=Better.LOWER,
        known_by=known.REPORTS,
    ),
    Figure(
        id="report_quality",
        subject=REPORTS,
        name=N_("Report quality"),
        definition=N_(
            "Mean score of the reports submitted in the last year that have one. Of several "
            "reviewers the two closest totals count; a reviewer counts once all dimensions are "
            "scored."
        ),
        formula=N_("sum of scores ÷ number of scored reports"),
        way=Way.MEAN,
        quantity=Quantity.POINTS,
        numerator=("report_score",),
        denominator=("report_score",),
        better=Better.HIGHER,
        buckets=buckets_by(ReportKind),
    ),
    Figure(
        id="report_grade",
        subject=REPORTS,
        name=N_("Reports by grade"),
        definition=N_("The reports submitted in the last year that have a score, by its band."),
        formula=N_("number of scored reports in each band"),
        way=Way.COUNT,
        numerator=("report_score",),
        buckets=_BY_GRADE,
        only_buckets=True,
    ),
)
