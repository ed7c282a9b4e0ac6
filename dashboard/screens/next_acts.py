"""The columns of lists that say what is to be done next about a row, by whom, and until when."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from dashboard import reads
from dashboard.act_words import ToBeDone, of_act
from dashboard.charts.status_colours import Tone
from dashboard.elements.lists import Pieces
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.markdown import dotted
from dashboard.screens.next_meeting import next_meeting
from dashboard.widgets.lists import Column, Kind
from data.figures import units as unit_lines
from data.findings.lines import FindingLine
from models.rules.next_act import Act, NextAct

Row = TypeVar("Row")


def of_line(view: View, line: FindingLine, unit_name: str = "") -> ToBeDone | None:
    """Return what presses most about a finding; None if nothing is to be done.

    Without `unit_name` its unit is called so, for a row that names it.
    """
    if line.next_act is None:
        return None
    return of_first(view, line.next_act, unit_name, line.standing.waiting_since)


def of_first(
    view: View, act: NextAct, unit_name: str = "", submitted_on: date | None = None
) -> ToBeDone:
    """Return an act about a finding, submitted for closure on `submitted_on`, in words; the
    committee decides at its next meeting."""
    meeting = next_meeting(view) if act.act is Act.DECIDE else None
    return of_act(act, view.as_of, unit_name or _("the unit"), meeting, submitted_on)


def by_next_meeting(view: View, what: str, who: str) -> ToBeDone:
    """Return what the committee asks of somebody: it is to be done by its next meeting."""
    meeting = next_meeting(view)
    return ToBeDone(what, who, meeting.on_date if meeting else None)


def departments(units: Iterable[str]) -> Mapping[str, str]:
    """Return the competent departments by unit."""
    return reads.ask(unit_lines.departments_of, tuple(sorted(set(units))))


def columns(
    view: View,
    of: Callable[[Row], ToBeDone | None],
    named: Callable[[Row], ToBeDone | None] | None = None,
    *,
    says_what: bool = True,
) -> list[Column[Row]]:
    """Return the column of a list on screen that says what is to be done next, by whom and until
    when, and the three columns of its workbook.

    `of` returns it for a row, `named` with the name of the unit. Without `says_what` another column
    of the list says what, and these say the rest.
    """

    def on_screen(row: Row) -> Pieces | None:
        return cell(view, of(row), says_what=says_what)

    def in_file(row: Row) -> ToBeDone | None:
        return (named or of)(row)

    def what_of(row: Row) -> str | None:
        done = in_file(row)
        return done.what if done else None

    def who_of(row: Row) -> str | None:
        done = in_file(row)
        return done.who if done else None

    def until_of(row: Row) -> date | None:
        done = in_file(row)
        return done.until if done else None

    what: Column[Row] = Column("next_what", _("Next step"), what_of, screen=False)
    return [
        Column(
            "next",
            heading() if says_what else _("By whom · by when"),
            on_screen,
            width="large" if says_what else "medium",
            file=False,
            card=card() if says_what else "{n}",
        ),
        *([what] if says_what else []),
        Column("next_who", _("By whom"), who_of, screen=False),
        Column("next_by", _("By when"), until_of, Kind.DAY, screen=False),
    ]


def cell(view: View, done: ToBeDone | None, *, says_what: bool = True) -> Pieces | None:
    """Return the cell of a list on screen; without `says_what` only by whom and until when.

    By when it is to be done is red if that has passed and yellow on the day itself, whoever has to
    do it.
    """
    if done is None:
        return None
    pieces = done.pieces(view.as_of)
    due = Tone.WARN if done.until == view.as_of else None
    tone = Tone.BAD if done.is_late(view.as_of) else due
    return Pieces(pieces if says_what else pieces[1:], tone)


def heading() -> str:
    """Return the heading of the column on screen."""
    return _("Next step · by whom · by when")


def card() -> str:
    """Return how a card of a phone writes the column."""
    return _("Next: {what}", what="{n}")


def sentence(view: View, done: ToBeDone) -> str:
    """Return what is to be done next, by whom and until when as one line above a list."""
    return dotted(pieces(view, done))


def pieces(view: View, done: ToBeDone, today: date | None = None) -> list[str]:
    """Return what is to be done next, by whom and until when as pieces of a line; with `today`, a
    limit that has passed since the day shown is said to have."""
    what, *others = done.pieces(view.as_of, today)
    return [_("Next: {what}", what=what), *others]
