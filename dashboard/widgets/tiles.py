"""Figures as tiles: value, change, definition, and a link to the list behind the figure."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

import streamlit as st

from dashboard import change_words, formats, reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements import figure as figures
from dashboard.elements.board import Part
from dashboard.elements.room import room
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.widgets import beginning, judged, trust
from dashboard.widgets.place import look
from dashboard.widgets.trust import Sign
from data.figures import changes
from data.figures.catalogue import Figure, Way
from data.figures.reading import Reading
from data.findings.next_limit import next_limit
from models.rules import worsening
from models.text import N_
from models.warning import Level

Colour = Literal["normal", "inverse", "off"]
LATE = (
    "overdue",
    "unrectified",
    "reports_late",
    "tasks_late",
    "disposals_late",
    "warnings_open",
    "content_problems",
    "fund_idle",
)
"""Figures that count late or faulty items, or idle money; they are red if greater than 0, idle
money yellow."""
CUT = N_("Shares are cut to one decimal, not rounded; means are rounded.")
UNKNOWN = "unknown"
ROW_HEIGHT, TALLER_ROW_HEIGHT = 90, 100
"""Minimum height in pixels of a row of tiles, and of one in which a tile has an additional line."""
PHONE_TILE, WORDS = 57, 15
"""Minimum height in pixels of a tile on a phone with the gap below it, and of a line of words."""


def tile(
    view: View,
    figure: str,
    bucket: str = "",
    *,
    title: str = "",
    label: str = "",
    note: str = "",
    brief: str = "",
    apart: str = "",
    of_which: str = "",
    line: Sequence[float | None] = (),
    second: Sequence[Part] = (),
    tells_trust: bool = True,
) -> Part:
    """Return the tile of one figure: value, numerator and denominator, change, link to its list.

    `label` replaces the figure's name; `title` stands in bold above it; `note` is a sentence below
    the value, `brief` the same in a few words for a small screen, `apart` words beside the name on
    it that set the figure apart; `of_which` words behind numerator and denominator; `line` holds
    values for a sparkline; `second` holds the figures of a second line. The tooltip gives its
    definition and how complete its ledger is; `tells_trust` says in a word beside the name if only
    some units have entered the ledger.
    """
    entry = reads.figure(figure)
    key = f"{figure}:{bucket}" if bucket else figure
    now = reads.figures_of(view.scope).get(key)
    sign = trust.of_figure(view, figure)
    known = now is not None and now.known and now.numerator is not None
    sides = _both_sides_at(view, now)
    return figures.figure(
        title,
        now.text if now and not now.known else formats.text(now),
        says=label or _(entry.name),
        of=_("{sides}, {of_which}", sides=sides, of_which=of_which) if of_which else sides,
        change=change_of(view, key),
        line=line,
        second=second,
        onward=board.list_way(figure, bucket) if known else None,
        definition=definition(entry, sign),
        tone=_tone(view, figure, bucket, now),
        sign=trust.word(sign) if tells_trust else "",
        note=note,
        brief=brief,
        apart=apart,
    )


def row_of_tiles(key: str, tiles: Sequence[Part]) -> None:
    """Draw `tiles` side by side as one element; `key` names it on its page."""
    taller = any(each["second"] or each["note"] for each in tiles)
    briefly = any(each["brief"] for each in tiles)
    height = TALLER_ROW_HEIGHT if taller else ROW_HEIGHT
    with room(height, key, "tiles-brief-" if briefly else "tiles-", _height_on_a_phone(tiles)):
        board.board(key, [board.region("", each) for each in tiles], layout="row", look=look())


def _height_on_a_phone(tiles: Sequence[Part]) -> int:
    """Return the least height in pixels of `tiles` on a phone, two in a line; those with words
    below their value are so many lines the higher that they cannot all stand side by side."""
    lines = (len(tiles) + 1) // 2
    worded = sum(1 for each in tiles if each["brief"])
    return PHONE_TILE * lines + WORDS * ((worded + 1) // 2)


def row_of_figures(view: View, figures: Sequence[str], *, key: str) -> None:
    """Draw the tiles of `figures`, each "figure" or "figure:bucket", side by side."""
    row_of_tiles(key, [tile(view, *each.split(":", 1)) for each in figures])


def _tone(view: View, figure: str, bucket: str, now: Reading | None) -> str:
    """Return the tone of a tile: that of a count of late items, grey for an unknown value, else
    ""."""
    if now is None or not now.known or now.exact is None:
        return UNKNOWN
    return str(late_tone(view, figure, now, bucket) or "")


def late_tone(view: View, figure: str, now: Reading | None, bucket: str = "") -> Tone | None:
    """Return red for a figure that counts late or faulty items if there are some; yellow for yellow
    warnings, for warnings of which none is red, and for idle money, as its warning and its matter
    are. None if nothing is late."""
    if not is_late(figure, now):
        return None
    if bucket == Level.YELLOW or figure == "fund_idle":
        return Tone.WARN
    if figure == "warnings_open" and not bucket:
        red = reads.figures_of(view.scope).get(f"warnings_open:{Level.RED}")
        return Tone.BAD if red and red.numerator else Tone.WARN
    return Tone.BAD


def is_late(figure: str, now: Reading | None) -> bool:
    """Return whether a figure counts late or faulty items and there are some."""
    return figure in LATE and now is not None and now.known and bool(now.numerator)


def against(view: View) -> str:
    """Return a text that names what the page's figures are compared with."""
    if view.compared:
        return _(
            "against {meeting} ({day})", meeting=view.compared.meeting_name, day=view.compared.as_of
        )
    return _("against {day}", day=view.since)


def said_against(view: View) -> Part:
    """Return the quiet piece of a sentence that names what changes are counted against."""
    text = _("changes {against}", against=against(view))
    return matters.piece(text, onward=board.way("changes"), aside=True)


def change_of(view: View, key: str) -> Part | None:
    """Return the change of a figure since the day of comparison; None if either value is not
    known."""
    now, before = reads.figures_of(view.scope).get(key), beginning.readings_before(view).get(key)
    moved = judged.change(view, now, before) if now and before else None
    return mark(view, now.figure, moved) if now and moved else None


def mark(view: View, figure: Figure, moved: changes.Change) -> Part:
    """Return the mark of a change of `figure` since the day of comparison."""
    text = change_words.arrowed(figure, moved)
    return figures.changed(text, against(view), moved.good, grave=moved.grave, reason=moved.reason)


def cell_of(figure: Figure, moved: changes.Change) -> tuple[str, Tone | None]:
    """Return the mark of a change as the cell of a list, with its tone."""
    tone = Tone.GOOD if moved.good else Tone.BAD if moved.grave else None
    return change_words.marked(figure, moved), tone


def beyond_due_soon(view: View) -> str:
    """Return the next limit beyond the findings due soon, and of how many findings; "" if none."""
    found = reads.ask(next_limit, view.scope)
    return _("next: {n} on {day}", n=found.findings, day=found.day) if found else ""


def counted_change(view: View, now: int, before: int, *, more_is_good: bool) -> Part:
    """Return the change of a plain count from `before` to `now`."""
    more = now - before
    text = f"▲ {more}" if more > 0 else f"▼ {-more}" if more else _("±0")
    good = (more > 0) == more_is_good if more else None
    grave = worsening.is_grave(Fraction(now), Fraction(before), is_share=False)
    return figures.changed(text, against(view), good, grave=grave)


def both_sides(reading: Reading | None) -> str:
    """Return numerator and denominator of a share as text, or that nothing was entered.

    "" if there is no reading.
    """
    if reading and not reading.known:
        return _(formats.NOT_ENTERED)
    return formats.of_denominator(reading) if reading else ""


def _both_sides_at(view: View, reading: Reading | None) -> str:
    """Return `both_sides`; of an unknown figure whether it was not entered or nothing came in."""
    if reading and not reading.known and reads.is_unreported(view.scope):
        return _(formats.NOT_REPORTED)
    return both_sides(reading)


def metric(
    view: View, label: str, now: Reading | None, before: Reading | None, *, says: str | None = None
) -> None:
    """Draw a figure with its change; one without data is drawn in grey as not entered."""
    if now and not now.known:
        not_entered = _(formats.NOT_ENTERED)
        st.metric(label, now.text, not_entered, delta_color="off", delta_arrow="off", help=says)
        return
    moved = judged.change(view, now, before) if now and before else None
    st.metric(
        label,
        formats.text(now),
        delta=_delta(now.figure, moved) if now and moved else None,
        delta_color=colour_of(moved),
        # The mark has an arrow of its own.
        delta_arrow="off",
        help=says,
    )


def _delta(figure: Figure, moved: changes.Change) -> str:
    """Return a change as its mark; there is no room for a reason, the neutral colour says that it
    is neither better nor worse."""
    text = change_words.arrowed(figure, moved)
    return change_words.briefly(text, moved.good, grave=moved.grave)


def definition(figure: Figure, sign: Sign | None = None) -> str:
    """Return the tooltip of a figure: how complete its ledger is, its definition, its formula, of a
    share how its decimals are written.

    Without a `sign` the ledger is left out.
    """
    cut = _(CUT) if figure.way is Way.SHARE else ""
    paragraphs = (sign.words if sign else "", _(figure.definition), _(figure.formula), cut)
    return "\n\n".join(filter(None, paragraphs))


def colour_of(change: changes.Change | None) -> Colour:
    """Return Streamlit's `delta_color` for a change, so that an improvement is green and a grave
    change for the worse red.

    "off" (grey) for a change that is neither, or slightly worse.
    """
    if change is None or change.good is None or (change.good is False and not change.grave):
        return "off"
    # Streamlit takes a text without a leading "-" for an increase.
    return "normal" if change.good else "inverse"
