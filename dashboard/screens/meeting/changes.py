"""What changed since the day compared with: every figure, and what became of findings and units."""

from collections.abc import Iterator
from io import BytesIO

import streamlit as st

from dashboard import formats, reads
from dashboard.elements import board
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens.listing import title_of
from dashboard.screens.rectification.ledger import XLSX
from dashboard.widgets import asked, beginning, ways
from dashboard.widgets.downloads import hand_out
from dashboard.widgets.drawing import heading
from dashboard.widgets.tables import table
from dashboard.widgets.tiles import said_of
from data.access.permission import Action
from data.figures import changes
from data.figures.changes import Change
from data.figures.reading import Reading
from data.findings.lines import FindingLine
from data.findings.movements import Graded, Movements
from data.workbook import writing
from models.ledger import Day, Kind, Text
from models.rectification import Severity
from models.rules.movement import Movement
from models.text import N_

SHOWN = 500
WORTH = {True: N_("for the better"), False: N_("for the worse")}


def what_moved(view: View) -> None:
    """How many findings and units moved in which way; one way is listed."""
    found = _found(view)
    if view.compared:
        st.caption(
            _(
                "Compared with what was frozen for {meeting}, version {n}. What was entered since"
                " about earlier days has moved, too.",
                meeting=view.compared.meeting_name,
                n=view.compared.version,
            )
        )
    heading(
        _("Findings and units that moved"),
        _("{since} → {day}; click one to see it", since=view.since, day=view.as_of),
    )
    ways_of_moving = {
        str(way).lower(): f"{name(way.label)} {found.counted[way]}" for way in Movement
    }
    wanted = asked.pick("way", _("What moved"), ways_of_moving)
    way = Movement[wanted.upper()]
    if way in found.units:
        _units(view, found.units[way])
    else:
        _findings(view, found.findings[way])
    if found.counted[way] > SHOWN:
        st.caption(_("{shown} of {n} are shown.", shown=SHOWN, n=found.counted[way]))
    if view.viewer.may(Action.EXPORT):
        _download(view)


def _found(view: View) -> Movements:
    return reads.movements(view.scope, view.before, SHOWN)


def _findings(view: View, lines: tuple[FindingLine, ...]) -> None:
    if not lines:
        st.caption(_nothing(view))
        return
    table(
        {
            _("Unit"): [line.unit_name for line in lines],
            _("Finding"): [line.finding.title for line in lines],
            _("Severity"): [name(Severity(line.finding.severity).label) for line in lines],
            _("Standing"): [name(line.status.label) if line.status else None for line in lines],
            _("Time limit"): [line.standing.due for line in lines],
            _("Finding code"): [line.finding.code for line in lines],
        },
        key="moved-findings",
        says=_("Findings that moved"),
        onward=lambda row: ways.finding_way(lines[row].finding.code),
        tall=True,
    )


def _units(view: View, lines: tuple[Graded, ...]) -> None:
    if not lines:
        st.caption(_nothing(view))
        return
    table(
        {
            _("Unit"): [line.unit_name for line in lines],
            _("Grade before"): [line.before for line in lines],
            _("Grade now"): [line.now for line in lines],
        },
        key="moved-units",
        says=_("Units whose grade moved"),
        onward=lambda row: ways.unit_way(lines[row].unit),
        tall=True,
    )


def _nothing(view: View) -> str:
    return _("None between {since} and {day}.", since=view.since, day=view.as_of)


def figures_that_changed(view: View) -> None:
    """Every figure that is another than on the day compared with; a click leads to its list."""
    heading(
        _("Figures that changed"),
        _("{since} → {day}; click one to see its list", since=view.since, day=view.as_of),
    )
    found = list(_changed(view))
    if not found:
        st.info(_("No figure changed between {since} and {day}.", since=view.since, day=view.as_of))
        return
    table(
        {
            _("Figure"): [title_of(now.figure, now.bucket) for now, _before, _change in found],
            _("Before"): [formats.text(before) for _now, before, _change in found],
            _("Now"): [formats.text(now) for now, _before, _change in found],
            _("Change"): [_words(now, change) for now, _before, change in found],
            _("That is"): [_worth(change) for _now, _before, change in found],
        },
        key="moved-figures",
        says=_("Figures that changed"),
        onward=lambda row: board.list_way(found[row][0].figure.id, found[row][0].bucket),
        tall=True,
    )


def _changed(view: View) -> Iterator[tuple[Reading, Reading, Change | None]]:
    """Figures without their parts: now, before, and the change where both are numbers."""
    before = beginning.before(view)
    for key, now in reads.of(view.scope).items():
        then = before.get(key)
        if then is None or (now.bucket and not now.figure.only_buckets):
            continue
        if (now.numerator, now.denominator) != (then.numerator, then.denominator):
            yield now, then, changes.change(now, then)


def _words(now: Reading, change: Change | None) -> str:
    if change is None:
        return formats.NOTHING
    return said_of(now.figure, change)


def _worth(change: Change | None) -> str:
    good = change.good if change else None
    return formats.NOTHING if good is None else _(WORTH[good])


def _download(view: View) -> None:
    def produce() -> bytes:
        return workbook(view, _found(view))

    hand_out(
        _("Download what moved (.xlsx)"),
        produce,
        subject=f"moved {view.scope.node} {view.since} {view.as_of}",
        file_name=_("Moved {since} to {day}.xlsx", since=view.since, day=view.as_of),
        mime=XLSX,
        key="moved-download",
    )


def workbook(view: View, found: Movements) -> bytes:
    """Everything that moved as a workbook of one sheet."""
    headers: list[tuple[str, Kind]] = [
        (_("What moved"), Text()),
        (_("Unit"), Text()),
        (_("Finding code"), Text()),
        (_("Finding"), Text()),
        (_("Time limit"), Day()),
        (_("Grade before"), Text()),
        (_("Grade now"), Text()),
    ]
    rows = [
        [
            name(way.label),
            line.unit_name,
            line.finding.code,
            line.finding.title,
            line.standing.due,
            None,
            None,
        ]
        for way, lines in found.findings.items()
        for line in lines
    ]
    rows += [
        [name(way.label), line.unit_name, None, None, None, line.before, line.now]
        for way, graded in found.units.items()
        for line in graded
    ]
    target = BytesIO()
    writing.table(target, _("What moved"), headers, rows)
    return target.getvalue()
