"""Matters that need a decision, each with a link to its subject."""

from datetime import date

from dashboard import matter_words, reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements.board import Part, Region
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens import meeting_clock, next_acts
from dashboard.screens.next_meeting import next_meeting
from dashboard.widgets import headlines
from dashboard.widgets.silence import is_silent, nothing_to_decide
from data.matters import HELP_RULE, About, Matter, first_of
from data.meetings import drafts
from data.meetings.drafts import Draft

MOST, LEAST, ALL = 8, 3, 100
"""The most matters sent to the overview, the fewest that it shows, and more than there can be."""
LISTED = "matters"
"""The parameter of the overview that asks for a list of all matters."""


def to_decide(
    view: View, most: int = MOST, least: int = LEAST, *, for_wall: bool = False
) -> Region:
    """Return the matters, at most `most`, as far as there is room but at least `least`; there
    always is room for one that asks the leaders for co-ordination. `for_wall` says that just these
    are shown at the meeting and stand in the briefing.

    How many there are and which meeting decides on them is said above, how many are left out below
    with the link to all.
    """
    found = reads.ask(drafts.drafts, view.scope, ALL)
    to_decide = first_of(found, most, lambda each: each.matter.rule)
    today = meeting_clock.today_of(view) if for_wall else None
    asks = next((each for each in to_decide if each.matter.rule == HELP_RULE), None)
    everything = board.way("overview", **{LISTED: "all"})
    listed = matters.matters(
        [matter(view, each, kept=each is asks, today=today) for each in to_decide],
        least,
        board.left_out(len(found) - len(to_decide), everything),
    )
    none = matters.note(
        _("Nothing has come in so far.") if is_silent(view) else nothing_to_decide(view)
    )
    return board.region(
        "matters-card",
        listed if to_decide else none,
        title=_("To be decided"),
        says=_says(view, len(found), len(to_decide) if for_wall else 0) if found else "",
        place="main",
    )


def _says(view: View, found: int, on_wall: int) -> str:
    """Return how many matters were found, for which meeting as far as one is known, and their
    order; if fewer are shown at the meeting, that these are the ones."""
    if 0 < on_wall < found:
        return _(
            "of {n} by rules the {shown} gravest, which the wall and the briefing have as well",
            n=found,
            shown=on_wall,
        )
    meeting = next_meeting(view)
    if meeting is None:
        return _("{n} in all by written rules, the gravest first", n=found)
    return _("{n} by rules for the meeting of {day}, gravest first", n=found, day=meeting.on_date)


def matter(view: View, draft: Draft, *, kept: bool = False, today: date | None = None) -> Part:
    """Return a matter with what is to be decided, what is to be done next, by whom and by when, the
    rule that it is listed by, what was done about it before, and the link to it; a limit before
    `today` is marked as past."""
    of = draft.matter
    return matters.matter(
        matter_words.status_of(of),
        matter_words.what_of(draft),
        _(of.rule),
        act="" if matter_words.is_next_decided(draft) else matter_words.act_of(draft),
        by=by(view, draft, today),
        past=_past(view, draft, today or view.as_of),
        units=_units(draft),
        note=matters.note(matter_words.put_of(draft.put)) if draft.put else None,
        whose=of.unit_name,
        days=_days(draft),
        onward=way_to(of),
        kept=kept,
        title=_("One place is kept for what asks leaders for co-ordination") if kept else "",
    )


def briefly(view: View, draft: Draft, today: date | None) -> Part:
    """Return a matter with what is to be done next, by whom and by when, and the link to it; a
    limit before `today` is marked as past."""
    of = draft.matter
    return matters.matter(
        matter_words.status_of(of),
        matter_words.what_of(draft),
        "",
        by=by(view, draft, today),
        past=_past(view, draft, today or view.as_of),
        whose=of.unit_name,
        days=_days(draft),
        onward=way_to(of),
        brief=True,
    )


def _days(draft: Draft) -> tuple[str, Tone] | None:
    """Return for how long a matter has been late, in its tone; None if it is not."""
    days = draft.matter.days
    return (_("{n} days", n=days), matter_words.status_of(draft.matter).tone) if days else None


def _past(view: View, draft: Draft, today: date) -> tuple[int, Tone] | None:
    """Return which piece of what is next names a limit that is past, and its tone: red if it was
    past on the day shown, yellow if it is only today, as nothing is known of what was done by
    then; None if it is not past."""
    done = matter_words.next_of(draft, view.as_of, next_meeting(view))
    if done is None or not done.is_late(max(today, view.as_of)):
        return None
    tone = Tone.BAD if done.is_late(view.as_of) else Tone.WARN
    return len(done.pieces(view.as_of)) - 1, tone


def by(view: View, draft: Draft, today: date | None = None) -> list[str]:
    """Return the pieces of what is to be done next, by whom and until when; where a matter is about
    several findings, this is of the one that presses most, and the others are counted. With
    `today`, a limit that has passed since the day shown is said to have.

    Where what is next is what is to be decided, it is said as that, once.
    """
    done = matter_words.next_of(draft, view.as_of, next_meeting(view))
    pieces = next_acts.pieces(view, done, today) if done else []
    if matter_words.is_next_decided(draft):
        pieces = [matter_words.act_of(draft), *pieces[1:]]
    return [*pieces, _("{n} more not rectified", n=draft.others)] if draft.others else pieces


def _units(draft: Draft) -> str:
    """Return the units with findings of one kind; "" of other matters."""
    if draft.matter.about is not About.CATEGORY:
        return ""
    return _("Units: {units}", units=headlines.first_named(draft.units))


def way_to(matter: Matter) -> Part:
    """Return the link to the subject of a matter."""
    match matter.about:
        case About.FINDING:
            return board.way("finding", finding=matter.subject)
        case About.CATEGORY:
            return board.way("rectification", tab="ledger", alike=matter.subject)
        case About.PROJECT:
            return board.way("funds", tab="projects", text=matter.subject)
        case About.TASK:
            return board.way("tasks", task=matter.subject)
        case About.UNIT:
            return board.way("unit", node=f"unit:{matter.subject}")
