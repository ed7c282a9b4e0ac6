"""Matters that need a decision, each with a link to its subject."""

from dashboard import reads
from dashboard.elements import board, matters
from dashboard.elements.board import Part, Region
from dashboard.frame.view import View
from dashboard.i18n import _, name, say
from dashboard.status import LIGHT_TONES, Status
from dashboard.widgets.silence import is_silent, nothing_to_decide
from data.matters import About, Matter
from data.matters import matters as found_matters

MOST, LEAST = 8, 3


def to_decide(view: View, most: int = MOST) -> Region:
    """Return the matters, at most `most`, as far as there is room."""
    open_matters = reads.ask(found_matters, view.scope, most)
    listed = matters.matters([_matter(each) for each in open_matters], LEAST)
    none = matters.note(
        _("Nothing has come in so far.") if is_silent(view) else nothing_to_decide(view)
    )
    return board.region(
        "matters-card",
        listed if open_matters else none,
        title=_("To be decided"),
        says=_("listed by written rules, the gravest first"),
        place="main",
    )


def _matter(matter: Matter) -> Part:
    days = (_("{n} days", n=matter.days), LIGHT_TONES[matter.light])
    return matters.matter(
        Status(LIGHT_TONES[matter.light], name(matter.light.label)),
        say(matter.what),
        _(matter.rule),
        whose=matter.unit_name,
        days=days if matter.days else None,
        onward=way_to(matter),
    )


def way_to(matter: Matter) -> Part:
    """Return the link to the subject of a matter."""
    match matter.about:
        case About.FINDING:
            return board.way("finding", finding=matter.subject)
        case About.CATEGORY:
            return board.way("rectification", tab="ledger", text=matter.subject)
        case About.PROJECT:
            return board.way("funds", tab="projects", text=matter.subject)
        case About.TASK:
            return board.way("tasks")
        case About.UNIT:
            return board.way("unit", node=f"unit:{matter.subject}")
