"""The open warnings of units as a table of a board, red ones first."""

from dashboard import ledger_values, reads, status
from dashboard.elements import board, matters, table
from dashboard.elements.board import Part, Place, Region
from dashboard.elements.table import Cell
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens import listing
from data.figures.lines import Line
from data.mechanisms import warning_signals
from models.warning import Level, WarningSource

MOST = 5
"""The most warnings listed."""


def listed(
    view: View,
    area: str = "warnings",
    place: Place = "main",
    *,
    names_units: bool = False,
    most: int = MOST,
) -> list[Region]:
    """Return the open warnings, red ones first, then the longest open; empty if none is open.

    With `names_units` each row begins with the name of its unit.
    """
    found = [
        line
        for source in WarningSource
        for line in reads.ask(warning_signals.open_ones, view.scope, source, "", most + 1)
    ]
    if not found:
        return []
    levels = list(Level)
    found.sort(key=lambda line: (levels.index(warning_signals.level_of(line)), line.row.since))
    columns = [
        table.column(_("Level")),
        table.column(_("Days open"), number=True),
        table.column(_("Rule"), leads=True),
        table.column(_("About")),
    ]
    rows = [
        table.row(
            _cells(view, line, names_units=names_units),
            listing.onward(line) or board.list_way("warnings_open"),
        )
        for line in found[:most]
    ]
    parts: list[Part] = [table.table(columns, rows)]
    if len(found) > most:
        parts.append(matters.note(_("All open warnings ›"), board.list_way("warnings_open")))
    total = reads.figures_of(view.scope).get("warnings_open")
    return [
        board.region(
            area,
            *parts,
            title=_("Open warnings"),
            says=_("{n} in all, red ones first", n=total.text) if total else "",
            onward=board.list_way("warnings_open"),
            place=place,
        )
    ]


def _cells(view: View, line: Line, *, names_units: bool) -> list[Cell]:
    return [
        status.of_level(warning_signals.level_of(line)),
        str((view.as_of - line.row.since).days),
        ledger_values.listed_name("warning_rules", warning_signals.rule_of(line)),
        _about(line) if names_units else listing.subject(line),
    ]


def _about(line: Line) -> str:
    """Return the unit of a warning and what it is about; the unit once if it is about the unit."""
    unit, about = line.unit_name or _("District"), listing.subject(line)
    return unit if about in ("", unit) else f"{unit} · {about}"
