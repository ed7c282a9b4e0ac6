"""The sentence of a manager's landing: what is to be done, what is red, what is overdue, the due
rate."""

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements.board import Part, Region
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens.overview import summary
from dashboard.widgets import tiles
from dashboard.widgets.silence import is_known
from data.to_do import ToDoList
from models.rules.rectification import DUE_SOON_DAYS


def sentence(view: View, to_do: ToDoList) -> Region:
    """Return the sentence; the browser shows its first pieces and counts the others."""
    lights = summary.lights(view)
    silent = [each for each in lights if each["tone"] == str(Tone.SILENT)]
    near = _near(view)
    calm = not summary.longest_overdue(view)[1]
    pieces = [
        *_to_be_done(view, to_do),
        *(each for each in lights if each not in silent),
        *_overdue(view),
        *(near if calm else ()),
        *summary.counted(
            view, "due_rect_rate", _("due rate {n}", n=summary.value_text(view, "due_rect_rate"))
        ),
        *summary.counted(
            view,
            "warnings_open",
            _("open warnings {n}", n=summary.value_text(view, "warnings_open")),
        ),
        *silent,
        *(() if calm else near),
        *summary.counted(
            view,
            "report_quality",
            _("report quality {n}", n=summary.value_text(view, "report_quality")),
        ),
        tiles.said_against(view),
    ]
    said = matters.sentence(pieces, _("{n} more ›", n="{n}"))
    return board.region("say", said, name=_("In one sentence"), plain=True, place="over")


def is_entered(view: View) -> bool:
    """Return whether findings and reports are entered, without which nothing to do means little."""
    return is_known(view, "overdue") and is_known(view, "reports_late")


def title(view: View) -> str:
    """Return the title of what is to be done, with the day of `view` unless that is today."""
    return _("To do today") if _is_today(view) else _("To do on {day}", day=view.as_of)


def _is_today(view: View) -> bool:
    return view.as_of == view.today


def _to_be_done(view: View, to_do: ToDoList) -> list[Part]:
    """Return how much is to be done on the day of `view`; empty if that is not known."""
    today = _is_today(view)
    if to_do.total:
        text = (
            _("to do today {n}", n=to_do.total)
            if today
            else _("to do on {day}: {n}", day=view.as_of, n=to_do.total)
        )
        return [matters.piece(text, Tone.BAD)]
    if not is_entered(view):
        return []
    text = _("nothing to do today") if today else _("nothing to do on {day}", day=view.as_of)
    return [matters.piece(text, Tone.GOOD)]


def _overdue(view: View) -> list[Part]:
    """Return how many findings are overdue, the longest with its unit (several if they tie)."""
    n = summary.value_text(view, "overdue")
    days, worst = summary.longest_overdue(view)
    if not worst:
        text = _("overdue findings {n}", n=n)
    elif len(worst) > 1:
        text = _(
            "overdue findings {n}, the longest {days} days in {units} units alike",
            n=n,
            days=days,
            units=len(worst),
        )
    else:
        text = _(
            "overdue findings {n}, the longest {days} days: {unit}",
            n=n,
            days=days,
            unit=reads.unit_names(tuple(worst))[worst[0]],
        )
    return summary.counted(view, "overdue", text)


def _near(view: View) -> list[Part]:
    """Return how many findings are due soon, or the next limit beyond; empty if none is ahead."""
    due_soon = reads.figures_of(view.scope).get("due_soon")
    if due_soon is None or not due_soon.known:
        return []
    text = _("findings due within {n} days: {count}", n=DUE_SOON_DAYS, count=due_soon.text)
    if due_soon.numerator:
        return [matters.piece(text, Tone.WARN, board.list_way("due_soon"))]
    beyond = tiles.beyond_due_soon(view)
    return [matters.piece(_(", ").join((text, beyond)))] if beyond else []
