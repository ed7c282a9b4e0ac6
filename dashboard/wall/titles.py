"""Titles of the wall's slides that state the main result in one line."""

from dashboard import reads
from dashboard.documents.slides import headlines
from dashboard.screens.overview.charts import TREND_MONTHS
from dashboard.wall.decided import before_lines
from dashboard.wall.findings import longest_lines
from dashboard.wall.layout import Seen
from dashboard.widgets import beginning, course
from data.figures import units
from data.meetings import drafts
from data.tasks import key_tasks
from models.days import month_ends
from models.freeze import AgendaScreen


def title_of(screen: AgendaScreen, seen: Seen) -> str:
    """Return the title that states the main result of `screen`; "" if there is none."""
    scope = seen.view.scope
    readings = reads.figures_of(scope)
    match screen:
        case AgendaScreen.OVERVIEW:
            return headlines.of_lights(reads.ask(units.lights, scope), readings)
        case AgendaScreen.RECTIFICATION:
            return _trend(seen)
        case AgendaScreen.LONGEST:
            lines = longest_lines(seen.view)
            if not lines:
                return headlines.headline(AgendaScreen.OVERDUE, readings)
            worst = lines[0]
            called = seen.names.of(worst.finding.unit, worst.unit_name)
            return headlines.of_longest(worst, worst.days_over(seen.view.as_of), called)
        case AgendaScreen.OPENING:
            return headlines.of_decisions(before_lines(seen)[1])
        case AgendaScreen.TASKS:
            told = headlines.of_late_tasks(reads.ask(key_tasks.tasks, scope))
            return told or headlines.headline(screen, readings)
        case AgendaScreen.TO_DECIDE:
            return headlines.of_matters(len(reads.ask(drafts.drafts, scope)))
    return headlines.headline(screen, readings)


def _trend(seen: Seen) -> str:
    days = month_ends(seen.view.as_of, TREND_MONTHS)
    readings_by_day = reads.by_day(seen.view.scope, days, "due_rect_rate")
    known = [r for day in days if (r := readings_by_day[day]["due_rect_rate"]).exact is not None]
    wanted = course.target(seen.view, "due_rect_rate")
    if len(known) < 2:
        return ""
    before = beginning.readings_before(seen.view).get("due_rect_rate")
    compared = headlines.Compared(before, seen.view.since)
    return headlines.of_trend(known[0], known[-1], TREND_MONTHS, wanted, compared)
