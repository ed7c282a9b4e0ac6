"""One sentence made from figures: what is red, what is late, what changed since the last
meeting."""

from dashboard import formats, reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements.board import Part, Region
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.widgets import sentence as one_sentence
from dashboard.widgets import tiles
from dashboard.widgets.silence import is_known
from data import owed as owing
from data.access.permission import Action
from data.figures import units
from data.owed import OwedKind
from models.rules.light import Light


def sentence(view: View, *first: Part, last: tuple[Part, ...] = ()) -> Region:
    """Return the sentence, each piece a link to what it counts, with `first` and `last` among those
    that are as grave.

    What they are compared with stands behind them.
    """
    pieces = [
        *first,
        *lights(view),
        *counted(view, "overdue", _("overdue findings {n}", n=value_text(view, "overdue"))),
        *_late_duties(view),
        *longest(view),
        *counted(view, "due_rect_rate", _("due rate {n}", n=value_text(view, "due_rect_rate"))),
        *counted(
            view, "report_quality", _("report quality {n}", n=value_text(view, "report_quality"))
        ),
        *counted(
            view, "warnings_open", _("open warnings {n}", n=value_text(view, "warnings_open"))
        ),
        *last,
        tiles.said_against(view),
    ]
    return one_sentence.region(pieces)


def lights(view: View) -> list[Part]:
    """Return the numbers of red and silent units, or a statement that there are none."""
    now, before = reads.ask(units.lights, view.scope), reads.ask(units.lights, view.before)
    if not any(now.values()):
        return [matters.piece(_("no unit is in the grid"), Tone.SILENT)]
    red, silent = now[Light.RED], now[Light.GREY]
    earlier = before[Light.RED]
    change = None
    if red != earlier:
        change = tiles.counted_change(view, red, earlier, more_is_good=False)
    pieces = []
    if red:
        text = _("red units {n}", n=red)
        pieces.append(matters.piece(text, Tone.BAD, _units_in(Light.RED), change))
    elif silent < sum(now.values()) and is_known(view, "overdue"):
        # Where findings are not entered, it would mean little that no unit is red.
        tone = Tone.GOOD if now[Light.GREEN] else Tone.SILENT
        pieces.append(matters.piece(_("No unit is red"), tone, _units_in(Light.RED), change))
    if silent:
        text = _("units not reported {n}", n=silent)
        pieces.append(matters.piece(text, Tone.SILENT, _units_in(Light.GREY)))
    return pieces


def _units_in(light: Light) -> Part:
    return board.way("coverage", tab="units", light=str(light))


def value_text(view: View, key: str) -> str:
    """Return the value of a figure as shown."""
    return formats.text(reads.figures_of(view.scope).get(key))


def counted(view: View, key: str, text: str) -> list[Part]:
    """Return the part about a figure; empty if the figure does not exist or has no entries."""
    now = reads.figures_of(view.scope).get(key)
    if now is None or now.exact is None:
        return []
    change = tiles.change_of(view, key)
    tone = tiles.late_tone(view, key, now)
    return [
        matters.piece(
            text,
            tone,
            board.list_way(key),
            change if change and change["tone"] else None,
        )
    ]


def _late_duties(view: View) -> list[Part]:
    """Return what else of the viewer's own units is late, with the link to it; empty for others."""
    if not view.viewer.may(Action.SEND):
        return []
    late = sum(
        each.kind is not OwedKind.FINDING and each.days_left(view.as_of) < 0
        for each in reads.ask(owing.owed, view.scope)
    )
    if not late:
        return []
    text = _("other duties past their limit {n}", n=late)
    return [matters.piece(text, Tone.BAD, board.way("duties"))]


def longest_overdue(view: View) -> tuple[int, list[str]]:
    """Return the days by which a finding is overdue the longest, and the codes of the units where
    one is; 0 and none if none is overdue or the view is a unit's."""
    readings_by_unit = reads.by_unit(view.scope, "overdue", "overdue_days_max")
    days = {
        code: int(reading.exact)
        for code, readings in readings_by_unit.items()
        if (reading := readings.get("overdue_days_max")) and reading.exact is not None
    }
    if not days or view.scope.node.is_unit:
        return 0, []
    most = max(days.values())
    return most, [code for code, each in days.items() if each == most]


def longest(view: View) -> list[Part]:
    """Return the finding that is overdue the longest, with its unit; several if they tie."""
    most, worst = longest_overdue(view)
    if not worst:
        return []
    if len(worst) > 1:
        message = _(
            "finding overdue the longest: {days} days in {n} units alike", days=most, n=len(worst)
        )
        return [matters.piece(message, Tone.BAD, board.list_way("overdue"))]
    called = next(unit.name for unit in reads.units(view.scope) if unit.code == worst[0])
    message = _("finding overdue the longest: {days} days, {unit}", days=most, unit=called)
    return [matters.piece(message, Tone.BAD, board.way("unit", node=f"unit:{worst[0]}"))]
