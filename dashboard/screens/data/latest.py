"""Beside the form of an import: what to look at in the data, and what was taken in last."""

from dashboard import reads
from dashboard.elements import board, matters, table
from dashboard.elements.board import Region
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.widgets.drawing import still
from dashboard.widgets.place import look
from dashboard.widgets.silence import is_known
from data import quality
from data.ledgers import imports

CHECKS, IMPORTS = 5, 5
"""The most checks that found something, and the most imports, that are listed."""


@still
def latest(view: View) -> None:
    """Draw the checks that found the most rows, and the latest imports."""
    board.board("data-latest", [_checks(view), _imports(view)], layout="stack", look=look())


def _checks(view: View) -> Region:
    found = sorted(
        (each for each in reads.ask(quality.checks, view.scope) if each.count),
        key=lambda each: -each.count,
    )
    onward = board.way("data", tab="quality")
    columns = [table.column(_("Check"), leads=True), table.column(_("Rows"), number=True)]
    rows = [table.row([_(each.title), str(each.count)], onward) for each in found[:CHECKS]]
    none = (
        _("Nothing is missing and nothing is odd in what is entered.")
        if is_known(view, "required")
        else _("Nothing has come in so far.")
    )
    return board.region(
        "checks",
        table.table(columns, rows) if rows else matters.note(none),
        title=_("Data quality"),
        says=_("what the figures cannot know; number of rows on the day"),
        onward=onward,
    )


def _imports(view: View) -> Region:
    lines = reads.ask(imports.imports, IMPORTS, view.scope)
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
        for line in lines
    ]
    return board.region(
        "imports",
        table.table(columns, rows) if rows else matters.note(_("Nothing has been taken in yet.")),
        title=_("Last taken in"),
        onward=onward,
    )


def file_of(line: imports.ImportLine) -> str:
    """Return the name of an import's file, or what was done without one."""
    if line.undoes is not None:
        return _("import {number} taken back", number=line.undoes)
    return line.file_name or _("row taken out")
