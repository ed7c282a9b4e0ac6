"""Below the form of an import: what was taken in last."""

from collections.abc import Sequence

from dashboard import reads
from dashboard.elements import board, matters, table
from dashboard.elements.board import Region
from dashboard.frame.view import View
from dashboard.i18n import _
from data.ledgers import imports

IMPORTS = 7
"""The most imports that are listed."""


def lines(view: View) -> Sequence[imports.ImportLine]:
    """Return the latest imports, the last first."""
    return reads.ask(imports.imports, IMPORTS, view.scope)


def imports_region(view: View) -> Region:
    """Return the table of the latest imports."""
    onward = board.way("data", tab="imports")
    columns = [
        table.column(_("Number"), day=True),
        table.column(_("Day"), day=True),
        table.column(_("File"), leads=True),
        table.column(_("New"), number=True),
        table.column(_("Changed"), number=True),
    ]
    rows = [
        table.row(
            [
                str(line.number),
                line.day.isoformat(),
                file_of(line),
                str(line.new),
                str(line.changed),
            ],
            onward,
        )
        for line in lines(view)
    ]
    return board.region(
        "imports desk spare",
        table.table(columns, rows) if rows else matters.note(_("Nothing has been taken in yet.")),
        title=_("Last taken in"),
        onward=onward,
        place="over",
    )


def file_of(line: imports.ImportLine) -> str:
    """Return the name of an import's file, or what was done without one."""
    if line.undoes is not None:
        return _("import {number} taken back", number=line.undoes)
    return line.file_name or _("row taken out")
