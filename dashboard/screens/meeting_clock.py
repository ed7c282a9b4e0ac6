"""How long there is until the committee meets: one clock for its page, its wall and its briefing.

Days are counted from the day of the figures; where today is later, today's state follows.
"""

from datetime import date

from dashboard import clock
from dashboard.elements import matters
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _
from data.meetings.held import MeetingLine


def today_of(view: View) -> date | None:
    """Return the day by which limits may be past; None of a freeze, which tells what a meeting once
    had before it."""
    return None if view.frozen else clock.today()


def counted(limit: date, day: date, today: date | None) -> str:
    """Return the days from `day` to `limit`, then those from `today` if that is later."""
    from_figures = _days(limit, day)
    if today is None or today <= day:
        return from_figures
    return _(
        "{then} as of {day}; today, {today}, {now}",
        then=from_figures,
        day=day,
        today=today,
        now=_days(limit, today),
    )


def _days(limit: date, day: date) -> str:
    left = (limit - day).days
    if left > 0:
        return _("in {n} days", n=left)
    return _("{n} days past", n=-left) if left else _("that day")


def text(view: View, meeting: MeetingLine) -> str:
    """Return when a meeting is, and in how many days."""
    return _(
        "{meeting}: {day}, {days}",
        meeting=meeting.name,
        day=meeting.on_date,
        days=counted(meeting.on_date, view.as_of, today_of(view)),
    )


def piece(view: View, meeting: MeetingLine) -> Part:
    """Return `text` as a quiet piece of a sentence."""
    return matters.piece(text(view, meeting), aside=True)
