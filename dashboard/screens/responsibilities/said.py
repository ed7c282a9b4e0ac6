"""The sentence above the two responsibilities: posts that are empty, duties overdue, institutions
missing."""

from collections.abc import Iterator

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens.next_meeting import next_meeting
from dashboard.status import LEVEL_TONES
from dashboard.widgets import answer, ways
from dashboard.widgets.answer import Aspect
from data.responsibilities import duty_standing, posts
from data.responsibilities.vacant_posts import gravest
from models.duty import PostRole

PAGE = "responsibilities"


def say(view: View, figures: tuple[str, ...]) -> None:
    """Draw the sentence above the tiles of `figures`."""
    aspects = (
        Aspect("dual_responsibility", _posts, _("every post is filled")),
        Aspect("duty_rate", _duties, _("no duty of the last year is overdue")),
        Aspect("institution_rate", _institutions, _("every unit has an independent institution")),
    )
    answer.draw(view, "responsibilities-say", aspects, figures)


def _posts(view: View) -> Iterator[Part]:
    """Yield the units with nobody in post, the longest vacancy, and units with some posts empty."""
    units = reads.ask(posts.with_vacancies, view.scope, frozenset(PostRole))
    if not units:
        return
    to_posts = board.way(PAGE, tab="posts")
    nobody = sum(unit.nobody_in_post for unit in units)
    if nobody:
        text = _("units with nobody in post {n}", n=nobody)
        yield matters.piece(text, Tone.BAD, to_posts)
    since = min(each.since for unit in units for each in unit.vacancies)
    longest = [unit for unit in units if any(each.since == since for each in unit.vacancies)]
    days = (view.as_of - since).days
    tone = LEVEL_TONES[
        gravest(each for unit in longest for each in unit.vacancies if each.since == since)
    ]
    if len(longest) == 1:
        text = _("a post empty the longest: {days} days, {unit}", days=days, unit=longest[0].name)
        yield matters.piece(text, tone, ways.unit_way(longest[0].unit))
    elif days:
        text = _(
            "a post empty the longest: {days} days in {n} units alike", days=days, n=len(longest)
        )
        yield matters.piece(text, tone, to_posts)
    if some := [unit for unit in units if not unit.nobody_in_post]:
        text = _("units with some posts empty {n}", n=len(some))
        worst = gravest(each for unit in some for each in unit.vacancies)
        yield matters.piece(text, LEVEL_TONES[worst], to_posts)


def _duties(view: View) -> Iterator[Part]:
    items = tuple(row["code"] for row in reads.references().lists["duty_items"])
    overdue = reads.ask(duty_standing.overdue, view.scope, items, first=0, most=1)
    if overdue.number:
        text = _("overdue duties {n}", n=overdue.number)
        if meeting := next_meeting(view):
            day = meeting.on_date
            text = _("overdue duties {n}, to be made up by {day}", n=overdue.number, day=day)
        yield matters.piece(text, Tone.BAD, board.way(PAGE, tab="duties"))


def _institutions(view: View) -> Iterator[Part]:
    if short := reads.figures_of(view.scope)["institution_rate"].short:
        text = _("units without an independent institution {n}", n=short)
        yield matters.piece(text, Tone.WARN, board.list_way("institution_rate"))
