"""The figures shown for each agenda item, on the wall and on slides."""

from collections.abc import Mapping

from models.freeze import AgendaScreen

MECHANISMS = (
    "cross_review_completion",
    "guidance_coverage",
    "chief_auditor_rate",
    "assessment_mean",
    "warnings_open",
    "rating_3a",
)
FIGURES: Mapping[AgendaScreen, tuple[str, ...]] = {
    AgendaScreen.OVERVIEW: (
        "grid_coverage",
        "duty_rate",
        "report_quality",
        "due_rect_rate",
        "overdue",
        "warnings_open",
    ),
    AgendaScreen.COVERAGE: ("units", "grid_coverage", "content_coverage", "content_problems"),
    AgendaScreen.RESPONSIBILITIES: (
        "dual_responsibility",
        "institution_rate",
        "group_rate",
        "chief_auditor_rate",
        "duty_rate",
        "duty_on_time",
    ),
    AgendaScreen.REPORTS: (
        "report_submission",
        "report_timeliness",
        "reports_late",
        "report_quality",
    ),
    AgendaScreen.RECTIFICATION: (
        "due_rect_rate",
        "overdue",
        "rect_rate_amount",
        "overdue_original",
    ),
    AgendaScreen.OVERDUE: (
        "overdue",
        "overdue_original",
        "overdue_days_max",
        "overdue_days_mean",
        "due_soon",
        "escalations_open",
    ),
    AgendaScreen.LONGEST: ("overdue", "overdue_days_max", "overdue_days_mean"),
    AgendaScreen.MECHANISMS: MECHANISMS,
    AgendaScreen.TASKS: ("task_progress", "tasks_late", "decisions_done", "training_coverage"),
    AgendaScreen.FUNDS: ("fund_approved", "disbursement_rate", "spending_rate", "fund_idle"),
    AgendaScreen.DISPOSALS: (
        "disposal_rate",
        "disposals_late",
        "posts_recovered",
        "assets_recovered",
    ),
    AgendaScreen.UNIT: (
        "overdue",
        "due_rect_rate",
        "report_quality",
        "duty_rate",
        "content_coverage",
    ),
}
