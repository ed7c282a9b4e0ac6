"""What changed since the day of comparison in one sentence, and the units whose light turned."""

from dashboard import formats, reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import unit_standing
from dashboard.screens.listing import title_of
from dashboard.screens.meeting import changes
from dashboard.screens.what_changed import TONES, turn_of_light
from dashboard.status import of_light
from dashboard.widgets import tiles, ways
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.place import look
from dashboard.widgets.silence import is_known
from dashboard.widgets.tables import table
from data.findings import escalation
from models.rules.light import Light
from models.rules.movement import Movement

AT_FIRST = 10
"""Units shown at first."""


@still
def say(view: View) -> None:
    """Draw one sentence: what moved for the worse, the figure that worsened most, what is to be
    done, what moved for the better, each a way to it, and what it is compared with."""
    pieces = [*_moved(view, Tone.BAD), *_figures(view), *_due_steps(view), *_moved(view, Tone.GOOD)]
    if not pieces:
        pieces = [matters.piece(_("no finding and no grade changed"))]
    pieces.append(matters.piece(_("Changes {against}", against=tiles.against(view))))
    said = board.region("say", matters.sentence(pieces), name=_("In one sentence"), plain=True)
    board.board("changes-say", [said], layout="stack", look=look())


def _moved(view: View, tone: Tone) -> list[Part]:
    """Return how many findings and units moved in each way of this tone, without those of none."""
    counted = reads.movements(view.scope, view.before, changes.SHOWN).counted
    return [
        matters.piece(
            f"{name(way.label)} {counted[way]}", tone, board.way("changes", way=str(way).lower())
        )
        for way in Movement
        if TONES[way] is tone and counted[way]
    ]


def _figures(view: View) -> list[Part]:
    """Return how many figures became worse, and the one that did most."""
    worse = [each for each in changes.in_order(view) if each[2] and each[2].good is False]
    if not worse:
        return []
    now, before, _change = worse[0]
    most = _(
        "worst: {figure} {before} → {now}",
        figure=title_of(now.figure, now.bucket),
        before=formats.text(before),
        now=formats.text(now),
    )
    return [
        matters.piece(_("figures for the worse {n}", n=len(worse)), Tone.BAD),
        matters.piece(most, Tone.BAD, board.list_way(now.figure.id, now.bucket)),
    ]


def _due_steps(view: View) -> list[Part]:
    """Return how many findings are due for a letter or another step; empty if none is."""
    if not is_known(view, "overdue"):
        return []
    total = sum(reads.ask(escalation.due_steps, view.scope, changes.SHOWN).counted.values())
    if not total:
        return []
    text = _("to do: letters or steps for {n} findings", n=total)
    return [matters.piece(text, Tone.WARN, board.way("letters", tab="due"))]


@still
def lights_that_turned(view: View) -> None:
    """Draw the units whose light is not what it was, the worst first; nothing if there is none."""
    before = {unit.code: unit.light for unit in reads.units(view.before)}
    turned = [
        each
        for each in unit_standing.standings(view)
        if before.get(each.unit.code) not in (None, each.unit.light)
    ]
    if not turned or view.scope.node.is_unit:
        return
    lights = list(Light)
    worse_first = sorted(turned, key=lambda each: _is_better(lights, before, each))
    heading(_("Units whose light turned ({n})", n=len(turned)), _("those for the worse first"))
    table(
        {
            _("Unit"): [each.unit.name for each in worse_first],
            _("Light"): [of_light(each.unit.light) for each in worse_first],
            _("Turned"): [
                turn_of_light(before[each.unit.code], each.unit.light) for each in worse_first
            ],
            _("Overdue findings"): [_overdue(each) for each in worse_first],
            _("Longest overdue (days)"): [each.longest or None for each in worse_first],
        },
        key="moved-lights",
        says=_("Units whose light turned"),
        onward=lambda row: ways.unit_way(worse_first[row].unit.code),
        first=AT_FIRST,
        late=(_("Overdue findings"), _("Longest overdue (days)")),
    )


def _is_better(
    lights: list[Light],
    before: dict[str, Light | None],
    each: unit_standing.UnitStanding,
) -> bool:
    now, then = each.unit.light, before[each.unit.code]
    return now is not None and then is not None and lights.index(now) > lights.index(then)


def _overdue(each: unit_standing.UnitStanding) -> int | None:
    reading = each.readings.get("overdue")
    return int(reading.numerator or 0) if reading and reading.known else None
