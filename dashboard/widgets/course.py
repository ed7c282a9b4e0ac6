"""The sentence beside a chart of a share over time: first value, last value, distance to the
target."""

from collections.abc import Mapping
from datetime import date

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import matters
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _
from data.figures import targets
from data.figures.catalogue import Better
from data.figures.reading import Reading, rounded
from data.figures.targets import Target
from models.text import N_

ROSE = N_("{figure} rose from {first} to {last} in {n} months")
FELL = N_("{figure} fell from {first} to {last} in {n} months")
SAME = N_("{figure} is {last}, as it was {n} months ago")


def target(view: View, figure: str) -> Target | None:
    """Return the target of a figure on the day of the view, or None if it has none."""
    return targets.target(reads.references(), figure, view.as_of)


def target_text(wanted: Target) -> str:
    """Return the label of a target line in a chart."""
    return _("Target {share}", share=wanted.text)


def course(by_day: Mapping[date, Reading], wanted: Target | None = None) -> str:
    """Return a sentence on how a share moved over months and how far it is from its target.

    `by_day` has a reading at each month's end, oldest first. "" if no reading has a value.
    """
    known = [reading for reading in by_day.values() if reading.exact is not None]
    if not known:
        return ""
    first, last = known[0], known[-1]
    if len(known) <= 2:
        message = _("{figure} stands at {last}", figure=_(last.figure.name), last=last.text)
    else:
        message = _(
            _way(first, last),
            figure=_(last.figure.name),
            n=len(known) - 1,
            first=first.text,
            last=last.text,
        )
    return _("; ").join([message, *_against(last, wanted)]) if wanted else message


def _way(first: Reading, last: Reading) -> str:
    # Values that are rounded to the same text count as unchanged.
    if first.text == last.text:
        return SAME
    return ROSE if (first.exact or 0) < (last.exact or 0) else FELL


def _against(last: Reading, wanted: Target | None) -> list[str]:
    short = targets.points_short(last, wanted) if wanted else None
    if wanted is None or short is None:
        return []
    if not short:
        return [_("the target of {target} is reached", target=wanted.text)]
    points = rounded(short, 1)
    if last.figure.better is Better.LOWER:
        return [
            _("{points} points above the target of {target}", points=points, target=wanted.text)
        ]
    return [_("{points} points short of the target of {target}", points=points, target=wanted.text)]


def piece_of_target(view: View, reading: Reading) -> Part | None:
    """Return the piece of a sentence on how far a whole figure is from its target; None without
    target or value."""
    wanted = None if reading.bucket else target(view, reading.figure.id)
    said = _against(reading, wanted)
    if wanted is None or not said:
        return None
    missed = targets.points_short(reading, wanted)
    return matters.piece(said[0], Tone.BAD if missed else Tone.GOOD)
