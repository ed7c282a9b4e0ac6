"""What is handed over with a post: all that is open on the day, asked by who may have it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from data.access.permission import Viewer, viewer
from data.handover import Handover, HandoverRefusedError, handover, leavings
from data.nodes import parse
from data.scope import Scope
from data.store.database import reading
from models.account import Role
from tests.data.contents import TODAY, kept, workbook
from tests.data.handover_cases import CHANGE, LEDGERS, ago
from tests.data.letter_cases import sent

LEADER = viewer("leader", "领导", Role.LEADER, [])
OWN = viewer("unit", "单位", Role.UNIT, [("unit", "U1")])
OTHER = viewer("other", "单位", Role.UNIT, [("unit", "U2")])
MANAGER = viewer("manager", "主管", Role.MANAGER, [("sector", "EDU")])
SCOPE = Scope(parse("unit:U1"), TODAY)


@pytest.fixture
def district(engine: Engine) -> Engine:
    kept(engine, workbook(**LEDGERS))
    return engine


@pytest.fixture
def connection(district: Engine) -> Iterator[Connection]:
    with reading(district) as connection:
        yield connection


def of(connection: Connection, name: str, who: Viewer = LEADER) -> Handover:
    (leaving,) = (each for each in leavings(connection, SCOPE, who) if each.name == name)
    return handover(connection, SCOPE, who, leaving.id)


def test_todays_holders_come_first_then_who_left_last(connection: Connection) -> None:
    found = leavings(connection, SCOPE, LEADER)
    assert [(each.name, each.day, each.left, each.taken_over_by) for each in found] == [
        ("李四", TODAY, False, ()),
        ("张三", CHANGE, True, ("李四",)),
        ("王五", ago(100), True, ()),
    ]


def test_open_findings_are_listed_by_their_limit_as_they_stood_that_day(
    connection: Connection,
) -> None:
    now = of(connection, "李四")
    told = [(e.line.finding.code, e.late, e.late_under, e.left, e.answerable) for e in now.findings]
    assert told == [
        ("A3", 0, 0, None, ("张三",)),
        ("A1", 30, 21, 600_000, ("张三",)),
        ("A2", 10, 10, None, ("张三",)),
    ]
    assert (now.overdue, now.money_left) == (2, 600_000)
    before = of(connection, "张三")
    assert [(e.line.finding.code, e.late, e.late_under) for e in before.findings] == [
        ("A3", 0, 0),
        ("A1", 10, 9),
        ("A2", 0, 0),
    ]


def test_reports_and_duties_are_those_not_done_by_the_day(connection: Connection) -> None:
    now, before = of(connection, "李四"), of(connection, "张三")
    assert [(e.kind, e.late) for e in now.reports] == [("PLAN", 50), ("SUMMARY", 0)]
    assert [(e.kind, e.late) for e in before.reports] == [
        ("AUDIT_REPORT", 30),
        ("PLAN", 30),
        ("SUMMARY", 0),
    ]
    assert [(e.item, e.late) for e in now.duties] == [("P2", 30)]


def test_decisions_and_money_not_spent_go_along(connection: Connection) -> None:
    now = of(connection, "李四")
    assert [(e.number, e.days) for e in now.decisions] == [(1, 15)]
    assert [(e.code, e.unspent, e.idle) for e in now.funds] == [("B1", 600, 600)]


def test_letters_without_a_reply_go_along(district: Engine) -> None:
    [letter] = sent(district, "A1")
    with reading(district) as connection:
        now, before = of(connection, "李四"), of(connection, "张三")
    assert [each.number for each in now.letters] == [letter.number]
    assert before.letters == ()


def test_a_ledger_that_nobody_keeps_is_not_known_rather_than_empty(engine: Engine) -> None:
    kept(engine, workbook(sectors=[{}], units=[{}], appointments=[{"name": "张三"}]))
    with reading(engine) as connection:
        unknown = {"findings", "reports", "duties", "decisions", "fund_projects"}
        assert of(connection, "张三").unknown == unknown


@pytest.mark.parametrize("who", [LEADER, OWN], ids=["leader", "own unit"])
def test_who_may_see_names_and_take_files_gets_the_list(
    connection: Connection, who: Viewer
) -> None:
    assert of(connection, "李四", who).unit_name == "第一单位"


def test_who_sees_masked_names_gets_no_list(connection: Connection) -> None:
    [first, *_] = leavings(connection, SCOPE, LEADER)
    with pytest.raises(HandoverRefusedError):
        leavings(connection, SCOPE, MANAGER)
    with pytest.raises(HandoverRefusedError):
        handover(connection, SCOPE, MANAGER, first.id)


def test_the_unit_of_others_has_nothing_to_hand_over(connection: Connection) -> None:
    [first, *_] = leavings(connection, SCOPE, LEADER)
    assert leavings(connection, SCOPE, OTHER) == ()
    with pytest.raises(HandoverRefusedError):
        handover(connection, SCOPE, OTHER, first.id)
