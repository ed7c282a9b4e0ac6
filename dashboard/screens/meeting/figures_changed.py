"""Figures that changed since the day of comparison, by how far they moved."""

from collections.abc import Iterator
from typing import NamedTuple

import streamlit as st

from dashboard import formats, reads
from dashboard.charts.status_colours import Tone
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens.listing import title_of
from dashboard.screens.listing_moved import way_to
from dashboard.widgets import asked, beginning, judged, tiles
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.tables import table
from data.figures import changes
from data.figures.catalogue import Way
from data.figures.changes import Change
from data.figures.reading import Reading
from models.text import NOTHING

AT_FIRST = 24
"""Figures shown at first: as many as a desk shows without scrolling."""


class Changed(NamedTuple):
    """A figure now, as it was, the change if both have values, and the readings of all figures that
    count the same rows, itself among them."""

    now: Reading
    before: Reading
    change: Change | None
    alike: tuple[Reading, ...]

    @property
    def good(self) -> bool | None:
        """Whether it is for the better; None if neither or unknown."""
        return self.change.good if self.change else None

    @property
    def title(self) -> str:
        """The title of the figure, with those that count the same rows."""
        first, *others = (title_of(each.figure, each.bucket) for each in self.alike)
        return (
            _("{figure} ({others})", figure=first, others=_(", ").join(others)) if others else first
        )


@still
def figures_that_changed(view: View) -> None:
    """Draw the figures that became worse since the day of comparison; the others on request."""
    heading(
        _("Figures that changed"),
        _(
            "{since} → {day}; the largest change first; red from 3 points of a share or a tenth of"
            " another figure",
            since=view.since,
            day=view.as_of,
        ),
    )
    changed = in_order(view)
    if not changed:
        none = _("No figure changed between {since} and {day}.", since=view.since, day=view.as_of)
        st.info(none if _anything_known(view) else _("Nothing has come in so far."))
        return
    chosen = {
        "worse": [each for each in changed if each.good is False],
        "better": [each for each in changed if each.good],
        "all": changed,
    }
    numbers = {which: len(found) for which, found in chosen.items()}
    words = {
        "worse": _("For the worse {n}", n=numbers["worse"]),
        "better": _("For the better {n}", n=numbers["better"]),
        "all": _("All {n}", n=numbers["all"]),
    }
    which = asked.pick("figures", _("Figures"), words)
    shown = chosen[which]
    if not shown:
        st.caption(_("None between {since} and {day}.", since=view.since, day=view.as_of))
        return
    table(
        {
            _("Figure"): [each.title for each in shown],
            _("Before"): [formats.text(each.before) for each in shown],
            _("Now"): [formats.text(each.now) for each in shown],
            _("Change"): [_marked(each) for each in shown],
        },
        key="moved-figures",
        says=_("Figures that changed"),
        onward=lambda row: way_to(shown[row].now.figure, shown[row].now.bucket),
        first=AT_FIRST,
    )


def in_order(view: View) -> list[Changed]:
    """Return the changed figures: what became worse, then what became better, then the rest; of
    each that which moved the farthest.

    Of figures that count the same rows, the first alone is listed.
    """
    places = {False: 0, True: 1, None: 2}
    alike: dict[object, list[Reading]] = {}
    readings = list(_changed(view))
    for now, _before in readings:
        alike.setdefault(_rows_of(now), []).append(now)
    found = [
        Changed(
            now,
            before,
            judged.change(view, now, before),
            tuple(alike[_rows_of(now)]),
        )
        for now, before in readings
        if alike[_rows_of(now)][0] is now
    ]
    return sorted(
        found, key=lambda each: (places[each.good], -changes.how_far(each.now, each.before))
    )


def _rows_of(now: Reading) -> object:
    """Return what tells figures apart that count different rows; figures of one value are equal."""
    figure = now.figure
    measured = (figure.way, figure.quantity, figure.numerator, figure.denominator, figure.within)
    return (*measured, now.bucket, now.numerator, now.denominator)


def _anything_known(view: View) -> bool:
    """Return whether any figure but the number of units has a value."""
    readings = reads.figures_of(view.scope).items()
    return any(each.exact is not None for key, each in readings if key != "units")


def _changed(view: View) -> Iterator[tuple[Reading, Reading]]:
    """Yield the changed figures, without buckets: now and before."""
    before = beginning.readings_before(view)
    for key, now in reads.figures_of(view.scope).items():
        then = before.get(key)
        if then is None or (now.bucket and not now.figure.only_buckets):
            continue
        if (now.numerator, now.denominator) != (then.numerator, then.denominator):
            yield now, then


def _marked(changed: Changed) -> tuple[str, Tone | None]:
    """Return the mark of the change with its tone, of a figure that is no share with the percent of
    what it was by which it is sorted."""
    if changed.change is None:
        return NOTHING, None
    text, tone = tiles.cell_of(changed.now.figure, changed.change)
    if changed.now.figure.way is not Way.SHARE and changed.before.exact:
        part = f"{round(changes.weight(changed.now, changed.before) * 100)}%"
        text = _("{change} ({part})", change=text, part=part)
    return text, tone
