"""The agenda of a meeting: what may stand in it, and who sets it."""

import pytest
from sqlalchemy import Engine

from data.access.permission import ALLOWED, Action, viewer
from data.meetings import agendas
from data.meetings.agendas import DEFAULT, MOST, AgendaRefusedError, Item
from data.store import access_log, data_version
from data.store.access_log import Act
from data.store.database import reading, writing
from models.account import Event, Role
from models.freeze import AgendaScreen
from tests.data.contents import NOW, kept, net, workbook

ACT = Act("wang", NOW, "10.0.0.7")
MAY = {role for role in Role if {Action.FREEZE, Action.DECIDE} & ALLOWED[role]}
ITEMS = (
    Item(AgendaScreen.RECTIFICATION, "sector:EDU"),
    Item(AgendaScreen.UNIT, "unit:U1"),
    Item(AgendaScreen.OVERDUE),
    Item(AgendaScreen.OVERDUE),
)


@pytest.fixture
def met(engine: Engine) -> Engine:
    """A database with two units and two meetings."""
    kept(engine, workbook(**net(), meetings=[{"code": "M1"}, {"code": "M2"}]))
    return engine


def save(engine, items, meeting="M1", role=Role.COMMITTEE):
    with writing(engine) as connection:
        agendas.save(connection, viewer("wang", "wang", role, []), ACT, meeting, items)


def agenda(engine, meeting="M1"):
    with reading(engine) as connection:
        return agendas.agenda_of(connection, meeting)


def test_a_meeting_without_an_agenda_looks_at_the_usual_screens(met):
    assert agenda(met) == DEFAULT


def test_the_usual_agenda_opens_with_old_decisions_and_ends_with_new_ones_and_can_be_saved(met):
    assert DEFAULT[0].screen is AgendaScreen.OPENING
    assert DEFAULT[-1].screen is AgendaScreen.DECISIONS
    save(met, DEFAULT)


def test_an_agenda_comes_back_in_its_order_and_is_that_of_its_meeting_alone(met):
    save(met, ITEMS)
    assert agenda(met) == ITEMS
    assert agenda(met, "M2") == DEFAULT


def test_saving_puts_the_new_agenda_in_the_place_of_the_old_one(met):
    save(met, ITEMS)
    save(met, ITEMS[:1])
    assert agenda(met) == ITEMS[:1]


def test_saving_is_logged_and_shows_everywhere_at_once(met):
    with reading(met) as connection:
        before = data_version.current(connection)
    save(met, ITEMS)
    with reading(met) as connection:
        (entry,) = access_log.entries(connection, what=Event.AGENDA_SAVED)
        assert data_version.current(connection) > before
    assert (entry.account, entry.subject, entry.address) == ("wang", "M1 4", "10.0.0.7")


@pytest.mark.parametrize("role", Role)
def test_only_who_freezes_or_decides_sets_the_agenda(met, role):
    if role in MAY:
        save(met, ITEMS, role=role)
        assert agenda(met) == ITEMS
    else:
        with pytest.raises(AgendaRefusedError, match="Only the audit committee"):
            save(met, ITEMS, role=role)
        assert agenda(met) == DEFAULT


@pytest.mark.parametrize(
    ("items", "says"),
    [
        ((), "at least one item"),
        ((Item(AgendaScreen.OVERDUE),) * (MOST + 1), "at most 40 items, this one has 41"),
        ((ITEMS[0], Item(AgendaScreen.OVERDUE, "unit:U9")), "Item 2: there is no such node"),
        ((Item(AgendaScreen.OVERDUE, "nowhere"),), "no such node as “nowhere”"),
        ((Item(AgendaScreen.UNIT),), "Item 1: a unit profile needs a unit"),
        ((Item(AgendaScreen.TASKS, "sector:EDU"),), "“Key tasks” belongs to the district"),
        ((Item(AgendaScreen.DECISIONS, "unit:U1"),), "belongs to the district"),
    ],
)
def test_what_cannot_be_shown_is_refused_and_nothing_is_saved(met, items, says):
    with pytest.raises(AgendaRefusedError, match=says):
        save(met, items)
    assert agenda(met) == DEFAULT


def test_the_longest_agenda_is_saved(met):
    save(met, (Item(AgendaScreen.OVERDUE),) * MOST)
    assert len(agenda(met)) == MOST


def test_a_meeting_that_is_not_kept_has_no_agenda_to_save(met):
    with pytest.raises(AgendaRefusedError, match="no meeting “M9”"):
        save(met, ITEMS, meeting="M9")
