"""The files of the month that units owe, and those returned that a department asks for."""

from collections.abc import Iterator

from sqlalchemy import Connection

from data import to_do as without_files
from data.collection import inbox, periods
from data.collection.inbox import Collected, SentLine
from data.owed import Owed, OwedKind, Returned, in_order
from data.scope import Scope
from data.to_do import ToDo, ToDoKind, ToDoList
from models.collection import FileState
from models.times import SHANGHAI


def files_owed(connection: Connection, scope: Scope) -> tuple[Owed, ...]:
    """The file of the month that each unit of `scope` has not sent, or must send again.

    Only the present database knows files; where no unit has ever sent one, none is owed.
    """
    if not inbox.is_collecting(connection):
        return ()
    return in_order(_owed(inbox.collected(connection, scope)))


def files_to_send(connection: Connection, scope: Scope) -> tuple[Owed, ...]:
    """Like `files_owed`, with the files of earlier months that units are late with, as the inbox
    counts them for a year, and those that were returned and not sent again."""
    if not inbox.is_collecting(connection):
        return ()
    of_the_month = inbox.collected(connection, scope)
    present = of_the_month.period
    returned = inbox.sent_files(connection, scope, None, (FileState.RETURNED,))
    again = {periods.parse(line.period) for line in returned} - {present}
    late = {each for each in inbox.months_of_a_year(connection, present) if each < present}
    others = (
        each
        for period in sorted(again | late)
        for each in _owed(inbox.collected(connection, scope, period))
        if each.returned or period in late
    )
    return in_order((*_owed(of_the_month), *others))


def _owed(found: Collected) -> Iterator[Owed]:
    for each in found.units:
        if not each.is_in:
            yield Owed(
                OwedKind.FILE,
                str(found.period),
                each.unit,
                each.unit_name,
                found.due_on,
                returned=_returned(each.line),
            )


def _returned(line: SentLine | None) -> Returned | None:
    if line is None or line.settled_at is None:
        return None
    on = line.settled_at.astimezone(SHANGHAI).date()
    return Returned(line.reason or "", line.settled_by or "", on)


def to_do(connection: Connection, scope: Scope, most: int) -> ToDoList:
    """What is to be done about the units of `scope`, with the files returned and not sent again.

    At most `most` things of each kind are listed; a freeze knows no files.
    """
    other = without_files.to_do(connection, scope, most)
    if scope.frozen is not None:
        return other
    returned = tuple(_to_ask_for(connection, scope))
    return ToDoList(
        {**other.counted, ToDoKind.FILE: len(returned)}, (*other.things, *returned[:most])
    )


def _to_ask_for(connection: Connection, scope: Scope) -> Iterator[ToDo]:
    for each in files_owed(connection, scope):
        if each.returned:
            since = each.returned.on
            days = (scope.as_of - since).days
            yield ToDo(ToDoKind.FILE, each.unit, each.unit_name, each.returned.reason, days, since)
