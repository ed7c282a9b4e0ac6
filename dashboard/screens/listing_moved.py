"""The rows that came into the list behind a figure since the day of comparison, and those that
left it: the choice of them, and their mark."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard import reads
from dashboard.elements import board
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.widgets import asked, beginning, lists
from data.figures.catalogue import Figure, Quantity, Way
from data.figures.lines import Line
from data.figures.moved import Moved, MovedRows
from data.figures.rows import Side
from models.text import N_

COMPARED = 5_000
"""The most rows of a list that are compared with those of another day."""
WORDS = {Moved.NEW: N_("New"), Moved.GONE: N_("Gone")}
ASKED = "moved"
"""The parameter of a list that asks for the rows that came and went."""


def way_to(figure: Figure, bucket: str) -> Part:
    """Return the link to the rows that came and went of a figure that counts rows; of any other to
    its list."""
    if not _counts_rows(figure):
        return board.list_way(figure.id, bucket)
    return board.way("list", figure=figure.id, bucket=bucket or None, **{ASKED: "1"})


def since_then(
    view: View, figure: Figure, bucket: str, side: Side, length: int
) -> MovedRows | None:
    """Return the rows that came and went of a list of `length` rows; None if it cannot be compared:
    the figure adds up values, its rows were not known on the day of comparison, or are too many."""
    key = f"{figure.id}:{bucket}" if bucket else figure.id
    before = beginning.readings_before(view).get(key)
    if not _counts_rows(figure) or before is None or not before.known:
        return None
    if max(length, reads.length_of_rows(view.before, figure.id, bucket, side)) > COMPARED:
        return None
    return reads.moved_rows(view.scope, view.before, figure.id, bucket, side)


def chosen(view: View, moved: MovedRows | None, length: int) -> bool:
    """Return whether only the rows that came and went are asked for; draws the choice if there are
    some, and says so if they are asked for and there are none."""
    if moved is None:
        return False
    if not moved.new and not moved.gone:
        if asked.is_on(ASKED):
            st.caption(
                _(
                    "No row came or went between {since} and {day}.",
                    since=view.since,
                    day=view.as_of,
                )
            )
        return False
    changed = _(
        "Since {day}: {new} new, {gone} gone",
        day=view.since,
        new=len(moved.new),
        gone=len(moved.gone),
    )
    every = _("All {n}", n=length)
    return asked.pick(ASKED, _("Which rows"), {"all": every, "1": changed}) == "1"


def says(view: View, moved: MovedRows, length: int) -> str:
    """Return the length of a list as that on the day of comparison with what came and went."""
    return _(
        "{before} on {since} + {new} new − {gone} gone = {now} on {day}",
        before=length - len(moved.new) + len(moved.gone),
        since=view.since,
        new=len(moved.new),
        gone=len(moved.gone),
        now=length,
        day=view.as_of,
    )


def marked(lines: Sequence[Line], moved: MovedRows | None) -> Sequence[Line]:
    """Return `lines` with those marked that are new."""
    new = frozenset(moved.new if moved else ())
    return [replace(line, moved=Moved.NEW) if line.row in new else line for line in lines]


def mark(*, is_new: bool) -> str | None:
    """Return the mark of a row that came since the day of comparison; None of any other."""
    return _(WORDS[Moved.NEW]) if is_new else None


def mark_heading(view: View) -> str:
    """Return the heading of the column of marks."""
    return _("Since {day}", day=view.since)


def with_mark(
    view: View, columns: Sequence[lists.Column[Line]], moved: MovedRows | None
) -> list[lists.Column[Line]]:
    """Return `columns` with that of the mark after the unit, if some rows came or went."""
    if moved is None or not (moved.new or moved.gone):
        return list(columns)
    mark: lists.Column[Line] = lists.Column(
        "moved",
        mark_heading(view),
        lambda line: _(WORDS[line.moved]) if line.moved else None,
        card="{n}" if any(each.card for each in columns) else "",
    )
    at = 1 + next((at for at, each in enumerate(columns) if each.id == "unit"), -1)
    return [*columns[:at], mark, *columns[at:]]


def _counts_rows(figure: Figure) -> bool:
    return figure.quantity is Quantity.ROWS and figure.way in (Way.COUNT, Way.SHARE)
