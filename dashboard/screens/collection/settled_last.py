"""The files that were taken in or returned last."""

from dashboard import reads
from dashboard.elements import board, table
from dashboard.elements.board import Region
from dashboard.i18n import _
from dashboard.screens.collection import words
from data.collection import inbox, periods
from data.scope import Scope
from models.collection import FileState

STATES = (FileState.TAKEN_IN, FileState.RETURNED)


def region(scope: Scope, most: int) -> Region | None:
    """Return the `most` files sent last of those that were taken in or returned; None without one.

    On a phone it is its heading, which leads to the imports.
    """
    files = reads.ask_now(inbox.sent_files, scope, None, STATES, most)
    if not files:
        return None
    columns = [
        table.column(_("Status")),
        table.column(_("Unit"), leads=True, day=True),
        table.column(_("Month"), day=True),
        table.column(_("Sent on"), day=True),
        table.column(_("Rows")),
    ]
    rows = [
        table.row(
            [
                words.state(line),
                line.unit_name,
                words.month(periods.parse(line.period)),
                words.day(line),
                words.rows(line),
            ],
            board.way("sent", file=str(line.number)),
        )
        for line in files
    ]
    return board.region(
        "settled desk",
        table.table(columns, rows),
        title=_("Settled last"),
        says=_("the {n} sent last of those taken in or returned", n=len(rows)),
        onward=board.way("data", tab="imports"),
        place="over",
    )
