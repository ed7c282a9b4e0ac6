"""What changed since the day of comparison in one sentence, and the units whose light turned."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dashboard import formats, reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import unit_light, unit_standing, what_changed
from dashboard.screens.listing_moved import way_to
from dashboard.screens.meeting import changes, figures_changed
from dashboard.screens.meeting.figures_changed import Changed
from dashboard.screens.unit_standing import UnitStanding
from dashboard.screens.what_changed import turn_of_light
from dashboard.status import of_light
from dashboard.widgets import sentence, tiles, ways
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.silence import is_known
from dashboard.widgets.tables import table
from data.findings import escalation
from models.rules.light import Light
from models.text import N_

AT_FIRST = 10
"""Units shown at first."""


@still
def say(view: View) -> None:
    """Draw one sentence: what the changes are counted against, what is to the worse, the figure
    that worsened most, what is to be done by whom, what is to the better."""
    turned, changed = _turned(view), figures_changed.in_order(view)
    worse = [each for each in changed if each.good is False]
    better = sum(bool(each.good) for each in changed)
    pieces = [
        *_one_way(view, Tone.BAD, N_("worse: {what}"), len(turned.worse), len(worse)),
        *_worst(worse),
        *_due_steps(view),
        *_one_way(view, Tone.GOOD, N_("better: {what}"), len(turned.better), better),
    ]
    if not pieces:
        pieces = [matters.piece(_("no finding and no grade changed"))]
    against = matters.named(_("changes {against}", against=tiles.against(view)))
    sentence.draw([against, *pieces], "changes-say")


def _one_way(view: View, tone: Tone, words: str, lights: int, figures: int) -> list[Part]:
    """Return in `words` how many lights, findings, grades and figures changed this way, with the
    way to the first that moved; empty if nothing did."""
    moved = what_changed.counted(view, tone, listed=changes.SHOWN)
    what = [
        *([_("lights {n}", n=lights)] if lights else []),
        *(each["text"] for each in moved),
        *([_("figures {n}", n=figures)] if figures else []),
    ]
    onward = moved[0]["way"] if moved else None
    return [matters.piece(_(words, what=_(", ").join(what)), tone, onward)] if what else []


def _worst(worse: Sequence[Changed]) -> list[Part]:
    """Return the figure that became worse most, with the way to its list; empty if none did."""
    if not worse:
        return []
    first = worse[0]
    most = _(
        "worst: {figure} {before} → {now}",
        figure=first.title,
        before=formats.text(first.before),
        now=formats.text(first.now),
    )
    tone = Tone.BAD if first.change and first.change.grave else None
    return [matters.piece(most, tone, way_to(first.now.figure, first.now.bucket))]


def _due_steps(view: View) -> list[Part]:
    """Return for how many findings each step is due, and who takes it; empty if none is due."""
    if not is_known(view, "overdue"):
        return []
    counted = reads.ask(escalation.due_steps, view.scope, changes.SHOWN).counted
    due = [f"{name(step.label)} {n}" for step, n in reversed(tuple(counted.items())) if n]
    if not due:
        return []
    text = _("to do by {who}: {steps}", who=_("Committee office"), steps=_(", ").join(due))
    return [matters.piece(text, Tone.WARN, board.way("letters", tab="due"))]


@still
def lights_that_turned(view: View) -> None:
    """Draw the units whose light is not what it was, the worst first; nothing if there is none."""
    before, turned = _lights_before(view), _turned(view)
    worse_first = [*turned.worse, *turned.better]
    if not worse_first or view.scope.node.is_unit:
        return
    why = unit_light.in_short(view.scope, [each.unit.code for each in worse_first if each.wants])
    heading(_("Units whose light turned ({n})", n=len(worse_first)), _("those for the worse first"))
    table(
        {
            _("Unit"): [each.unit.name for each in worse_first],
            _("Light"): [of_light(each.unit.light) for each in worse_first],
            _("Turned"): [
                turn_of_light(before.get(each.unit.code), each.unit.light) for each in worse_first
            ],
            _("Why this light"): [why.get(each.unit.code) for each in worse_first],
            _("Overdue findings"): [_overdue(each) for each in worse_first],
            _("Longest overdue (days)"): [each.longest or None for each in worse_first],
        },
        key="moved-lights",
        says=_("Units whose light turned"),
        onward=lambda row: ways.unit_way(worse_first[row].unit.code),
        first=AT_FIRST,
        late=(_("Overdue findings"), _("Longest overdue (days)")),
        cards={_("Turned"): "{n}", _("Why this light"): "{n}"},
    )


class _Turned(NamedTuple):
    """The units whose light is not what it was, by whether it is worse, the worst first."""

    worse: Sequence[UnitStanding]
    better: Sequence[UnitStanding]


def _lights_before(view: View) -> Mapping[str, Light | None]:
    return {unit.code: unit.light for unit in reads.units(view.before)}


def _turned(view: View) -> _Turned:
    before, lights = _lights_before(view), list(Light)
    worse: list[UnitStanding] = []
    better: list[UnitStanding] = []
    for each in unit_standing.standings(view):
        now, then = each.unit.light, before.get(each.unit.code)
        if now is not None and then is not None and now is not then:
            (better if lights.index(now) > lights.index(then) else worse).append(each)
    return _Turned(worse, better)


def _overdue(each: UnitStanding) -> int | None:
    reading = each.readings.get("overdue")
    return int(reading.numerator or 0) if reading and reading.known else None
