"""The agenda of a meeting: the screens that the wall shows, each at a node, in order."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select
from sqlmodel import col

from data.access.permission import Action, Viewer
from data.nodes import DISTRICT, Node, parse
from data.reference.lists import current
from data.scope import NoSuchNodeError, everything, make
from data.store import access_log, data_version
from data.store.access_log import Act
from models.account import Event
from models.freeze import AgendaItem, AgendaScreen
from models.text import N_, TellingError
from models.work import Meeting

MOST = 40
NOT_ALLOWED = N_("Only the audit committee sets the agenda.")
NO_MEETING = N_("There is no meeting “{meeting}”.")
EMPTY = N_("An agenda has at least one item.")
TOO_LONG = N_("An agenda has at most {most} items, this one has {items}.")
NO_NODE = N_("Item {number}: there is no such node as “{node}”.")
NEEDS_UNIT = N_("Item {number}: a unit profile needs a unit.")
NEEDS_DISTRICT = N_("Item {number}: “{screen}” belongs to the district as a whole.")

OF_DISTRICT = frozenset({AgendaScreen.OPENING, AgendaScreen.TASKS, AgendaScreen.DECISIONS})
"""Screens that only the district has."""


class AgendaRefusedError(TellingError):
    """The agenda was not saved; `sentence` says why."""


@dataclass(frozen=True, slots=True)
class Item:
    """A screen and the node it is shown at, as `data.nodes` writes nodes."""

    screen: AgendaScreen
    node: str = DISTRICT


DEFAULT = tuple(
    Item(screen)
    for screen in (
        AgendaScreen.OPENING,
        AgendaScreen.OVERVIEW,
        AgendaScreen.COVERAGE,
        AgendaScreen.REPORTS,
        AgendaScreen.RECTIFICATION,
        AgendaScreen.OVERDUE,
        AgendaScreen.LONGEST,
        AgendaScreen.MECHANISMS,
        AgendaScreen.TASKS,
        AgendaScreen.FUNDS,
        AgendaScreen.TO_DECIDE,
        AgendaScreen.DECISIONS,
    )
)
"""The agenda of a meeting for which none was saved."""


def agenda_of(connection: Connection, meeting: str) -> tuple[Item, ...]:
    """The agenda of a meeting; `DEFAULT` where none is saved."""
    rows = connection.execute(
        select(col(AgendaItem.screen), col(AgendaItem.node))
        .where(col(AgendaItem.meeting) == meeting)
        .order_by(col(AgendaItem.number))
    )
    return tuple(Item(AgendaScreen(row.screen), row.node) for row in rows) or DEFAULT


def save(
    connection: Connection, viewer: Viewer, act: Act, meeting: str, items: Sequence[Item]
) -> None:
    """Replace the agenda of `meeting` by `items`, in a transaction of `writing`.

    Raises `AgendaRefusedError` if the viewer lacks the permission, the meeting or a node does not
    exist, or an item is not valid.
    """
    if not may_save(viewer):
        raise AgendaRefusedError(NOT_ALLOWED)
    _check(connection, act, meeting, items)
    connection.execute(delete(AgendaItem).where(col(AgendaItem.meeting) == meeting))
    connection.execute(
        insert(AgendaItem),
        [
            {
                "meeting": meeting,
                "number": number,
                "screen": str(item.screen),
                "node": item.node,
            }
            for number, item in enumerate(items, start=1)
        ],
    )
    data_version.bump(connection)
    access_log.append(connection, act, Event.AGENDA_SAVED, f"{meeting} {len(items)}")


def may_save(viewer: Viewer) -> bool:
    """Whether `viewer` may set agendas: those who may freeze for a meeting or note its
    decisions."""
    return viewer.may(Action.FREEZE) or viewer.may(Action.DECIDE)


def _check(connection: Connection, act: Act, meeting: str, items: Sequence[Item]) -> None:
    known = select(col(Meeting.code)).where(col(Meeting.code) == meeting)
    if connection.scalar(known) is None:
        raise AgendaRefusedError(NO_MEETING, meeting=meeting)
    if not items:
        raise AgendaRefusedError(EMPTY)
    if len(items) > MOST:
        raise AgendaRefusedError(TOO_LONG, most=MOST, items=len(items))
    everywhere = everything(parse(DISTRICT), act.at.date())
    references = current(connection)
    for number, item in enumerate(items, start=1):
        try:
            scope = make(connection, everywhere, item.node, everywhere.as_of, references)
        except NoSuchNodeError:
            raise AgendaRefusedError(NO_NODE, number=number, node=item.node) from None
        _check_place(number, item.screen, scope.node)


def _check_place(number: int, screen: AgendaScreen, node: Node) -> None:
    if screen is AgendaScreen.UNIT and not node.is_unit:
        raise AgendaRefusedError(NEEDS_UNIT, number=number)
    if screen in OF_DISTRICT and not node.is_district:
        raise AgendaRefusedError(NEEDS_DISTRICT, number=number, screen=screen.label)
