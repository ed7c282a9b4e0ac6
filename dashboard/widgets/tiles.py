"""Figures as tiles: the value, how it moved, what it means, and the way to its list."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from dashboard import formats, reads
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.widgets import beginning, trust, ways
from dashboard.widgets.drawing import still
from dashboard.widgets.trust import Sign
from data.figures import changes
from data.figures.catalogue import Figure, Quantity
from data.figures.reading import Reading

Colour = Literal["normal", "inverse", "off"]


def tile(
    view: View,
    figure: str,
    bucket: str = "",
    *,
    label: str | None = None,
) -> None:
    """One figure: value, change since the day to compare with, definition, way to its list.

    The day to compare with stands in the head of the page; the way to the list names the two sides
    of a share. The help says how complete the ledger behind the figure is.
    """
    entry = reads.figure(figure)
    key = f"{figure}:{bucket}" if bucket else figure
    now, before = reads.figures_of(view.scope).get(key), beginning.readings_before(view).get(key)
    parts = formats.of_denominator(now) if now else ""
    sign = trust.of_figure(view, figure)
    metric(label or _(entry.name), now, before, says=definition(entry, sign))
    if now and now.known and now.numerator is not None:
        shown = parts or _("List")
        ways.list_link(f"{shown} ›", figure, bucket)


def metric(
    label: str, now: Reading | None, before: Reading | None, *, says: str | None = None
) -> None:
    """Draw a figure with its change; a figure without data is shown as unknown, in grey, without a
    change."""
    if now and not now.known:
        not_entered = _(formats.NOT_ENTERED)
        st.metric(label, now.text, not_entered, delta_color="off", delta_arrow="off", help=says)
        return
    moved = changes.change(now, before) if now and before else None
    st.metric(
        label,
        formats.text(now),
        delta=change_in_words(now.figure, moved) if now and moved else None,
        delta_color=colour_of(moved),
        delta_arrow="auto" if moved and moved.amount else "off",
        help=says,
    )


@still
def tiles(view: View, figures: Sequence[str]) -> None:
    """Figures side by side."""
    for column, figure in zip(st.columns(len(figures)), figures, strict=True):
        name, _colon, bucket = figure.partition(":")
        with column:
            tile(view, name, bucket)


def definition(figure: Figure, sign: Sign | None = None) -> str:
    """What the "i" beside a figure says: how complete its ledger is, its definition, its formula.

    Without a `sign` it says nothing of its ledger.
    """
    paragraphs = (sign.words if sign else "", _(figure.definition), _(figure.formula))
    return "\n\n".join(filter(None, paragraphs))


def colour_of(change: changes.Change | None) -> Colour:
    """How a change is coloured: for the better, for the worse, or neither."""
    if change is None or change.good is None:
        return "off"
    return "normal" if (change.amount > 0) == change.good else "inverse"


def change_in_words(figure: Figure, change: changes.Change) -> str:
    """A change of `figure` in words."""
    # An arrow is drawn for what begins with a sign; nothing moved has none.
    text = change.text.replace("−", "-")
    if change.points:
        return _("{change} pp", change=text)
    if figure.quantity is Quantity.MONEY:
        sign = text[0] if text[0] in "+-" else ""
        return sign + formats.money(abs(change.amount))
    return text
