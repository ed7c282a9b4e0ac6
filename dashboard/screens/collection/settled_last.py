"""The files that were taken in or returned last, those that changed something first."""

from collections.abc import Sequence

from dashboard import reads
from dashboard.elements import board, matters, table
from dashboard.elements.board import Part, Region
from dashboard.i18n import _
from dashboard.screens.collection import words
from data.collection import inbox, periods
from data.collection.inbox import SentLine
from data.scope import Scope
from models.collection import FileState

STATES = (FileState.TAKEN_IN, FileState.RETURNED)
LOOKED_AT = 30
"""The number of files settled last that are looked at."""


def region(scope: Scope, most: int) -> Region | None:
    """Return the files settled last: the `most` last returned or with changes as rows, those
    without in one line; None without one.

    On a phone it is its heading, which leads to the imports.
    """
    files = reads.ask_now(inbox.sent_files, scope, None, STATES, LOOKED_AT)
    if not files:
        return None
    unchanged = [each for each in files if _changed_nothing(each)]
    telling = [each for each in files if each not in unchanged]
    parts = [_table(telling[:most])] if telling else []
    if left_out := len(telling[most:]):
        parts.append(matters.note(_("{n} more with changes", n=left_out)))
    if unchanged:
        parts.append(matters.note(_("{n} taken in without any change", n=len(unchanged))))
    return board.region(
        "settled desk",
        *parts,
        title=_("Settled last"),
        says=_("the {n} sent last of those taken in or returned", n=len(files)),
        onward=board.way("data", tab="imports"),
        place="over",
    )


def _changed_nothing(line: SentLine) -> bool:
    """Return whether a file was taken in that says nothing new."""
    is_new = line.rows("new") or line.rows("changed")
    return line.state is FileState.TAKEN_IN and not is_new


def _table(files: Sequence[SentLine]) -> Part:
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
    return table.table(columns, rows)
