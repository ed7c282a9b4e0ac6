"""Senders: who they are, and of whom a file that a unit sends may speak."""

from typing import Any

import pytest
from sqlalchemy import Engine, text

from data.intake.senders import BUREAU, Sender, SenderKind, SenderRefusedError, sender_of
from tests.data.contents import TODAY, dump, kept, places, taking, workbook

OF_U1 = Sender(SenderKind.UNIT, "U1")


@pytest.fixture
def engine(engine: Engine) -> Engine:
    """U2 lies below U1 and U3 below U2; U4 and its rows are another's."""
    kept(
        engine,
        workbook(
            sectors=[{"lead": "区教委"}],
            units=[
                {"code": "U1", "name": "一中"},
                {"code": "U2", "name": "二中", "parent": "U1"},
                {"code": "U3", "name": "同名", "parent": "U2"},
                {"code": "U4", "name": "同名"},
            ],
            unit_names=[{"unit": "U2", "name": "老二中"}],
            findings=[{}, {"code": "F4", "unit": "U4"}],
            fund_projects=[{"unit": "U4"}],
        ),
    )
    return engine


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("U1", "unit:U1"),
        ("unit:U1", "unit:U1"),
        (" 二中 ", "unit:U2"),
        ("老二中", "unit:U2"),
        ("EDU", "department:EDU"),
        ("department:EDU", "department:EDU"),
        ("区教委", "department:EDU"),
        ("bureau", "bureau"),
        ("区审计局", "bureau"),
    ],
)
def test_a_sender_is_named_by_code_or_name(engine: Engine, said: str, meant: str) -> None:
    with engine.connect() as connection:
        assert str(sender_of(connection, said, TODAY)) == meant


@pytest.mark.parametrize("said", ["U9", "unit:EDU", "department:U1", "", "同名"])
def test_nobody_or_several_are_no_sender(engine: Engine, said: str) -> None:
    with engine.connect() as connection, pytest.raises(SenderRefusedError, match="no sender"):
        sender_of(connection, said, TODAY)


def test_the_import_keeps_its_sender(engine: Engine) -> None:
    kept(engine, workbook(findings=[{"code": "F2"}]), sender=OF_U1)
    with engine.connect() as connection:
        found = connection.scalars(text("SELECT sender FROM imports ORDER BY number")).all()
    assert found == [None, "unit:U1"]


@pytest.mark.parametrize(
    "rows",
    [
        {"findings": [{"code": "F2"}, {"code": "F3", "unit": "U3"}]},
        {"findings": [{"code": "F4", "unit": "U4"}]},
        {"rectification_events": [{}]},
        {"units": [{"code": "U5", "parent": "U3"}, {"code": "U6", "parent": "U5"}]},
        {"sectors": [{"lead": "区教委"}], "findings": [{"title": "改"}]},
    ],
)
def test_a_unit_sends_its_own_rows_those_below_it_and_what_is_kept_already(
    engine: Engine, rows: dict[str, list[dict[str, Any]]]
) -> None:
    kept(engine, workbook(**rows), sender=OF_U1)


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        ({"findings": [{"code": "F2", "unit": "U4"}]}, "责任单位"),
        ({"findings": [{"code": "F4", "unit": "U4", "title": "改"}]}, "责任单位"),
        ({"findings": [{"code": "F4"}]}, "责任单位"),
        ({"findings": [{"unit": "U4"}]}, "责任单位"),
        ({"rectification_events": [{"finding": "F4"}]}, "问题编号"),
        ({"fund_flows": [{}]}, "资金编号"),
        ({"units": [{"code": "U4", "name": "同名", "parent": "U1"}]}, "单位编码"),
        ({"units": [{"code": "U5"}]}, "单位编码"),
        ({"sectors": [{"code": "NEW"}]}, "条线编码"),
        ({"meetings": [{}]}, "编号"),
    ],
)
def test_a_row_of_another_unit_is_a_fault(
    engine: Engine, rows: dict[str, list[dict[str, Any]]], column: str
) -> None:
    before = dump(engine)
    taken = taking(engine, workbook(**rows), sender=OF_U1, correct="更正")
    assert [place[1:] for place in places(taken)] == [(2, column)]
    assert "comes from U1" in taken.faults[0].sentence.say(str, "en")
    assert dump(engine) == before


def test_a_finding_cannot_be_taken_over_by_its_events(engine: Engine) -> None:
    rows = {"findings": [{"code": "F4"}], "rectification_events": [{"finding": "F4"}]}
    taken = taking(engine, workbook(**rows), sender=OF_U1, correct="更正")
    assert [place[2] for place in places(taken)] == ["责任单位", "问题编号"]


@pytest.mark.parametrize("sender", [BUREAU, Sender(SenderKind.DEPARTMENT, "EDU"), None])
def test_others_may_send_rows_of_any_unit(engine: Engine, sender: Sender | None) -> None:
    kept(engine, workbook(findings=[{"code": "F2", "unit": "U4"}], meetings=[{}]), sender=sender)
