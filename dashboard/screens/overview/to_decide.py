"""What needs a decision: the matters, each leading to the one thing it is about."""

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements.board import Part, Region
from dashboard.frame.view import View
from dashboard.i18n import _, name, say
from dashboard.status import LIGHT_TONES, Status
from dashboard.widgets.silence import is_silent, nothing
from data.matters import About, Matter
from data.matters import matters as found_matters

MOST, LEAST = 8, 3
LONG = 180
"""Days overdue from which the number itself is red."""


def to_decide(view: View) -> Region:
    """At most eight matters, as many as there is room for."""
    found = reads.ask(found_matters, view.scope, MOST)
    listed = matters.matters([_matter(each) for each in found], LEAST)
    none = matters.note(
        _("Nothing has come in so far.")
        if is_silent(view)
        else nothing(
            view,
            "overdue",
            _("By the rules, nothing needs a decision on {day}.", day=view.as_of),
        )
    )
    return board.region(
        "matters-card",
        listed if found else none,
        title=_("To be decided"),
        says=_("listed by written rules, the gravest first"),
    )


def _matter(found: Matter) -> Part:
    days = (_("{n} days", n=found.days), Tone.BAD if found.days > LONG else Tone.WARN)
    return matters.matter(
        Status(LIGHT_TONES[found.light], name(found.light.label)),
        say(found.what),
        _(found.rule),
        whose=found.unit_name,
        days=days if found.days else None,
        onward=way_to(found),
    )


def way_to(found: Matter) -> Part:
    """The screen that shows the one thing a matter is about."""
    match found.about:
        case About.FINDING:
            return board.way("finding", finding=found.subject)
        case About.CATEGORY:
            return board.way("rectification", tab="ledger", text=found.subject)
        case About.PROJECT:
            return board.way("funds", text=found.subject)
        case About.TASK:
            return board.way("tasks")
        case About.UNIT:
            return board.way("unit", node=f"unit:{found.subject}")
