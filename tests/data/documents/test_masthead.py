"""The masthead is kept, changed by who issues, logged, and refused where it does not fit."""

import pytest
from sqlalchemy import Engine

from data.access.permission import Viewer, viewer
from data.documents import masthead
from data.documents.masthead import Masthead, MastheadRefusedError
from data.store import access_log
from data.store.database import reading, writing
from models.account import Event, Role
from tests.data.letter_cases import ACT, COMMITTEE

WANTED = Masthead("审计监督工作简报", "区委审计委员会办公室", "2026年第6期")


def change(engine: Engine, wanted: Masthead, who: Viewer = COMMITTEE) -> None:
    with writing(engine) as connection:
        masthead.change(connection, who, wanted, ACT)


def test_nothing_is_set_at_first(engine: Engine) -> None:
    with reading(engine) as connection:
        assert masthead.current(connection) == Masthead()


def test_what_was_set_is_kept_without_spaces_around_it(engine: Engine) -> None:
    change(engine, Masthead(f" {WANTED.series} ", WANTED.issuer, WANTED.number))
    with reading(engine) as connection:
        assert masthead.current(connection) == WANTED
        assert access_log.entries(connection)[0].what == Event.MASTHEAD_CHANGED


def test_an_emptied_part_is_no_longer_set(engine: Engine) -> None:
    change(engine, WANTED)
    change(engine, Masthead("", WANTED.issuer, ""))
    with reading(engine) as connection:
        assert masthead.current(connection) == Masthead("", WANTED.issuer, "")


@pytest.mark.parametrize("text", ["第\n期", "6" * (masthead.LONGEST + 1)])
def test_what_does_not_fit_on_a_line_changes_nothing(engine: Engine, text: str) -> None:
    change(engine, WANTED)
    with pytest.raises(MastheadRefusedError):
        change(engine, Masthead("", "", text))
    with reading(engine) as connection:
        assert masthead.current(connection) == WANTED


def test_who_may_not_issue_may_not_change_it(engine: Engine) -> None:
    leader = viewer("wang", "wang", Role.LEADER, [])
    with pytest.raises(MastheadRefusedError):
        change(engine, WANTED, leader)


def test_another_number_may_stand_in_for_the_one_kept() -> None:
    assert WANTED.numbered("第7期").number == "第7期"
    assert WANTED.numbered(None) == WANTED
