"""Changes since the day of comparison: how findings and units moved."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from dashboard import reads, status
from dashboard.act_words import ToBeDone
from dashboard.elements.board import Part
from dashboard.elements.lists import Cell, Width
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.markdown import literal
from dashboard.screens import next_acts, told_apart
from dashboard.widgets import asked, lists, ways
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.lists import Column, Kind
from dashboard.widgets.silence import is_known, text_if_empty
from data.findings.lines import FindingLine
from data.findings.movements import Graded, Movements
from models.rectification import Severity
from models.rules.movement import Movement
from models.text import NOTHING

SHOWN = 500
SOURCES = {False: "required", True: "rating_3a"}
"""A figure of findings and one of units, whose ledgers must have rows for anything to move."""


@still
def what_moved(view: View) -> None:
    """Draw how many findings and units moved in each way, and a list of one way."""
    movements = reads.movements(view.scope, view.before, SHOWN)
    heading(
        _("Findings and units that moved"),
        _("{since} → {day}; click one to see it", since=view.since, day=view.as_of),
    )
    ways_of_moving = {
        str(way).lower(): f"{name(way.label)} {_counted(view, movements, way)}" for way in Movement
    }
    wanted = asked.pick("way", _("What moved"), ways_of_moving)
    way = Movement[wanted.upper()]
    moved = [each for each in _moved(movements) if each.way is way]
    if way is Movement.OVERDUE:
        moved.sort(key=_limit)
    if not moved:
        none = _("None between {since} and {day}.", since=view.since, day=view.as_of)
        st.caption(text_if_empty(view, SOURCES[way in movements.units], none))
    elif way in movements.units:
        lists.draw(
            [_unit_column(), *_grade_columns()],
            moved,
            key="moved-units",
            says=_("Units whose grade moved"),
            onward=_onward,
        )
    else:
        lists.draw(
            _on_screen(view, way, moved),
            moved,
            key="moved-findings",
            says=_("Findings that moved"),
            onward=_onward,
        )
    if movements.counted[way] > SHOWN:
        st.caption(_("{shown} of {n} are shown.", shown=SHOWN, n=movements.counted[way]))
    lists.download(
        view,
        columns(view),
        lambda: list(_moved(movements)),
        title=_("What moved"),
        key="moved",
        subject=f"moved {view.since}",
        label=_("Download what moved (.xlsx)"),
        file_name=_("Moved {since} to {day}.xlsx", since=view.since, day=view.as_of),
    )
    if view.compared:
        st.caption(
            _(
                "Compared with what was frozen for {meeting}, version {n}. What was entered since"
                " about earlier days has moved, too.",
                meeting=literal(view.compared.meeting_name),
                n=view.compared.version,
            )
        )


def _counted(view: View, movements: Movements, way: Movement) -> str:
    known = is_known(view, SOURCES[way in movements.units])
    return str(movements.counted[way]) if known else NOTHING


@dataclass(frozen=True, slots=True)
class Moved:
    """A finding or unit that moved, and in which way; either `finding` or `graded` is None."""

    way: Movement
    finding: FindingLine | None = None
    graded: Graded | None = None


def _moved(movements: Movements) -> Iterator[Moved]:
    for way, lines in movements.findings.items():
        yield from (Moved(way, finding=line) for line in lines)
    for way, graded in movements.units.items():
        yield from (Moved(way, graded=line) for line in graded)


def _limit(moved: Moved) -> date:
    """Return the present limit of a finding that moved, to put the longest overdue first."""
    return moved.finding.standing.due if moved.finding else date.max


def columns(view: View) -> list[Column[Moved]]:
    """Return the columns of moved findings and units, as in the workbook."""
    way: Column[Moved] = Column("way", _("What moved"), lambda moved: name(moved.way.label))
    return [
        way,
        _unit_column(),
        *_finding_columns(),
        *_next_columns(view),
        *_grade_columns(),
    ]


def _unit_column() -> Column[Moved]:
    def unit_name(moved: Moved) -> str:
        line = moved.finding or moved.graded
        return line.unit_name if line else ""

    return Column("unit", _("Unit"), unit_name)


def _finding_columns() -> list[Column[Moved]]:
    def column(
        id_: str,
        heading: str,
        value: Callable[[FindingLine], Cell],
        kind: Kind = Kind.TEXT,
        width: Width = "",
        spare: bool = False,
    ) -> Column[Moved]:
        return Column(
            id_,
            heading,
            lambda moved: value(moved.finding) if moved.finding else None,
            kind,
            width=width,
            spare=spare,
        )

    return [
        column("finding", _("Finding"), lambda line: line.finding.title, width="large"),
        column(
            "severity",
            _("Severity"),
            lambda line: name(Severity(line.finding.severity).label),
            spare=True,
        ),
        column(
            "standing",
            _("Standing"),
            lambda line: status.of_finding(line.status),
            Kind.STATUS,
        ),
        column("limit", _("Time limit"), lambda line: line.standing.due, Kind.DAY),
        column("code", _("Finding code"), lambda line: line.finding.code, Kind.CODE, spare=True),
    ]


def _on_screen(view: View, way: Movement, shown: Sequence[Moved]) -> list[Column[Moved]]:
    """Return the columns of the findings `shown`: what is to be done stands beside the finding,
    and the code beside titles that are alike."""
    called = told_apart.titles(each.finding for each in shown if each.finding)
    unit, finding, *rest = [_unit_column(), *_finding_columns()]
    finding = replace(finding, value=lambda moved: _called(moved, called))
    if way is not Movement.OVERDUE:
        return [unit, finding, *rest]
    # Beside what is to be done, a bare limit would read as that of the step.
    rest = [
        replace(column, heading=_("Limit of the finding"), spare=True)
        if column.id == "limit"
        else column
        for column in rest
    ]
    # All are unrectified, which need not be said of each; for how many days does differ.
    others = [column for column in rest if column.id != "standing"]
    finding = replace(finding, card="{n}")
    return [unit, finding, _overdue_column(view), *_next_columns(view), *others]


def _called(moved: Moved, called: Mapping[str, str]) -> str | None:
    return called[moved.finding.finding.code] if moved.finding else None


def _next_columns(view: View) -> list[Column[Moved]]:
    """Return the columns of what is to be done next about findings that became overdue."""

    def of(moved: Moved, *, named: bool = False) -> ToBeDone | None:
        if moved.finding is None:
            return None
        return next_acts.of_line(view, moved.finding, moved.finding.unit_name if named else "")

    return next_acts.columns(view, of, lambda moved: of(moved, named=True))


def _overdue_column(view: View) -> Column[Moved]:
    """Return the column of the days by which findings are overdue."""
    return Column(
        "overdue",
        _("Overdue (days)"),
        lambda moved: moved.finding.days_over(view.as_of) if moved.finding else None,
        Kind.WHOLE,
        late=True,
        card=_("overdue by {n} days", n="{n}"),
    )


def _grade_columns() -> list[Column[Moved]]:
    return [
        Column(
            "before", _("Grade before"), lambda each: each.graded.before if each.graded else None
        ),
        Column("now", _("Grade now"), lambda each: each.graded.now if each.graded else None),
    ]


def _onward(moved: Moved) -> Part | None:
    if moved.finding:
        return ways.finding_way(moved.finding.finding.code)
    return ways.unit_way(moved.graded.unit) if moved.graded else None
