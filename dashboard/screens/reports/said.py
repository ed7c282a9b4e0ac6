"""What is said above the four reports: how many are late, which the longest, what is due today and
how the shares stand without it."""

from collections.abc import Iterator

from dashboard import formats, reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens.overview import summary
from dashboard.widgets import answer, beginning, headlines, ways
from dashboard.widgets.answer import Aspect
from data.figures import changes
from data.figures.changes import Change
from data.figures.reading import Reading
from data.reports import states
from data.reports.upcoming import due_today, without_due_today

FIGURES = ("report_submission", "report_timeliness", "reports_late", "report_quality")
PAGE = "reports"
MOST = 30
"""The late reports read to find those that are late the longest."""


def say(view: View) -> None:
    """Draw the sentence, each piece a link to what it counts."""
    aspects = (
        Aspect("reports_late", _late, _("no report is late")),
        Aspect("report_submission", _today, _("no report is due today")),
    )
    answer.draw(view, "reports-say", aspects, FIGURES)


def _late(view: View) -> Iterator[Part]:
    now = reads.figures_of(view.scope)["reports_late"]
    if not now.numerator:
        return
    text = _("late reports {n}", n=formats.text(now))
    yield from summary.counted(view, "reports_late", text)
    late = reads.ask(states.late, view.scope, MOST)
    longest = {each.unit: each.unit_name for each in late if each.due_on == late[0].due_on}
    if not longest:
        return
    (first, *others) = longest
    text = _(
        "late the longest: {days} days, {units}",
        days=(view.as_of - late[0].due_on).days,
        units=headlines.first_named(list(longest.values())),
    )
    way = board.list_way("reports_late") if others else ways.unit_way(first)
    yield matters.piece(text, Tone.BAD, way)


def _today(view: View) -> Iterator[Part]:
    if today := sum(reads.ask(due_today, view.scope).values()):
        without = rate_without(view, "report_submission", today)
        text = (
            _(
                "due today and counted as due: {n}; without them {rate} submitted",
                n=today,
                rate=without,
            )
            if without
            else _("due today and counted as due: {n}", n=today)
        )
        yield matters.piece(text, Tone.WARN, board.way(PAGE, tab="in", show="all"))


def rate_without(view: View, figure: str, today: int) -> str | None:
    """Return the share `figure` in words without the reports that are due today and not in; None if
    the share with them has not become worse, so that nothing is to be explained."""
    told = without_today(view, figure, today)
    return formats.text(told[0]) if told else None


def without_today(view: View, figure: str, today: int) -> tuple[Reading, Change] | None:
    """Return the share `figure` without the reports that are due today and not in, and what it
    changed by; None if the share with them has not become worse."""
    now = reads.figures_of(view.scope)[figure]
    before = beginning.readings_before(view).get(figure)
    moved = changes.change(now, before) if before else None
    if before is None or not today or moved is None or moved.good is not False:
        return None
    without = without_due_today(now, today)
    apart = changes.change(without, before)
    return (without, apart) if apart else None
