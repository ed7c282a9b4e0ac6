"""The sentence above major funds: idle money, projects that spent too much, or are past their
planned completion."""

from collections.abc import Iterator

from dashboard import formats, reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens.funds.projects import called
from dashboard.widgets import answer, ways
from dashboard.widgets.answer import Aspect
from data.money import funds
from data.money.funds import FundFilter, Projects

PAGE = "funds"
MOST = 100
"""The most projects in a chart or table."""


def projects_of(view: View) -> Projects:
    """Return the projects of the view, as many as a chart or table has."""
    return reads.ask(funds.projects, view.scope, FundFilter(), MOST)


def say(view: View, figures: tuple[str, ...]) -> None:
    """Draw the sentence above the tiles of `figures`."""
    aspects = (
        Aspect("spending_rate", _beyond, _("no project spent more than it was given")),
        Aspect("fund_idle", _idle, _("no money is idle for 90 days or more")),
        Aspect("fund_approved", _past, _("no project is past completion with money unspent")),
    )
    answer.draw(view, "funds-say", aspects, figures)


def _beyond(view: View) -> Iterator[Part]:
    projects = projects_of(view)
    if not projects.beyond:
        return
    worst = projects.beyond[0]
    said = {
        "project": called(worst, projects),
        "amount": formats.fen(worst.overspent or worst.overdrawn),
    }
    text = _("overspent by {amount}: {project}", **said)
    if len(projects.beyond) > 1:
        text = _(
            "overspent projects {n}, the most by {amount}: {project}",
            n=len(projects.beyond),
            **said,
        )
    yield matters.piece(text, Tone.BAD, ways.unit_way(worst.unit))


def _idle(view: View) -> Iterator[Part]:
    # The tile below says how much there is in all.
    worst = max(projects_of(view).worst, key=lambda line: line.idle, default=None)
    if worst is None or not worst.idle:
        return
    text = _(
        "the most idle money {amount}: {project}",
        amount=formats.fen(worst.idle),
        project=called(worst, projects_of(view)),
    )
    yield matters.piece(text, Tone.WARN, board.list_way("fund_idle"))


def _past(view: View) -> Iterator[Part]:
    if past := projects_of(view).past_finish:
        text = _("projects past completion with money unspent {n}", n=past)
        yield matters.piece(text, Tone.WARN, board.way(PAGE, tab="wanting"))
