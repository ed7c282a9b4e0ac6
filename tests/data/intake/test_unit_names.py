"""Units by their names: as references of any ledger, and beside each other."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select

from data.ledgers.rows import table_of
from models.rectification import Finding
from tests.data.contents import TODAY, kept, net, places, taking, workbook

Rows = list[dict[str, Any]]


def units(**names: str) -> dict[str, Rows]:
    """A net of units by code and name."""
    return {"sectors": [{}], "units": [{"code": code, "name": names[code]} for code in names]}


def other(unit: str, name: str, **more: Any) -> dict[str, Any]:
    return {"unit": unit, "name": name, **more}


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """Two units, the first of which is also known by a short name."""
    rows = units(U1="第一中学", U2="第二中学")
    kept(engine, workbook(**rows, unit_names=[other("U1", "一中")]))
    return engine


def unit_of_finding(engine: Engine) -> str:
    with engine.connect() as connection:
        table = table_of(Finding)
        return str(connection.execute(select(table.c.unit)).scalar_one())


@pytest.mark.parametrize("reference", ["U1", "第一中学", "一中"])
def test_a_reference_is_a_code_a_name_or_another_name(filled: Engine, reference: str) -> None:
    kept(filled, workbook(findings=[{"unit": reference}]))
    assert unit_of_finding(filled) == "U1"


def test_names_of_the_same_workbook_count(engine: Engine) -> None:
    rows = units(U1="第一中学", U2="第二中学")
    names = [other("第一中学", "一中")]
    kept(engine, workbook(**rows, unit_names=names, findings=[{"unit": "一中"}]))
    assert unit_of_finding(engine) == "U1"


def test_a_renamed_unit_is_known_by_its_new_name(filled: Engine) -> None:
    rows = units(U2="外国语学校")
    kept(filled, workbook(**rows, findings=[{"unit": "外国语学校"}]), correct="更名")
    assert places(taking(filled, workbook(findings=[{"code": "F2", "unit": "第二中学"}]))) == [
        ("问题清单", 2, "责任单位")
    ]


def test_rows_by_name_and_by_code_are_the_same_rows(filled: Engine) -> None:
    kept(filled, workbook(reports=[{"unit": "U1"}]))
    taken = kept(filled, workbook(reports=[{"unit": "一中"}]))
    assert taken.counts["reports"] == {"new": 0, "changed": 0, "equal": 1}


def test_two_rows_of_one_unit_are_a_repeated_key_by_whatever_names(filled: Engine) -> None:
    taken = taking(filled, workbook(reports=[{"unit": "U1"}, {"unit": "第一中学"}]))
    assert places(taken) == [("四类报告", 3, "单位编码")]


def test_a_name_of_two_units_is_a_fault_that_names_both(filled: Engine) -> None:
    kept(filled, workbook(**units(U3="第二中学")))
    taken = taking(filled, workbook(findings=[{"unit": "第二中学"}]))
    assert places(taken) == [("问题清单", 2, "责任单位")]
    assert "U2、U3" in taken.faults[0].sentence.say(str, "en")
    kept(filled, workbook(findings=[{"unit": "U3"}]))


def test_a_code_goes_before_a_name(filled: Engine) -> None:
    kept(filled, workbook(**units(U3="U1")))
    kept(filled, workbook(findings=[{"unit": "U1"}]))
    assert unit_of_finding(filled) == "U1"


def test_a_name_that_nobody_bears_is_a_fault(filled: Engine) -> None:
    taken = taking(filled, workbook(findings=[{"unit": "第三中学"}]))
    assert places(taken) == [("问题清单", 2, "责任单位")]
    assert taken.faults[0].value == "第三中学"


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, True), (1, False)])
def test_a_name_no_longer_used_is_none_from_that_day_on(
    filled: Engine, days: int, refused: bool
) -> None:
    ended = other("U1", "一中", until_on=TODAY + timedelta(days))
    kept(filled, workbook(unit_names=[ended]))
    taken = taking(filled, workbook(findings=[{"unit": "一中"}]))
    assert taken.refused == refused
    if refused:
        assert "U1" in taken.faults[0].sentence.say(str, "en")


def test_a_superior_may_be_named(filled: Engine) -> None:
    kept(filled, workbook(units=[{"code": "U2", "name": "第二中学", "parent": "一中"}]))
    taken = taking(
        filled, workbook(units=[{"code": "U1", "name": "第一中学", "parent": "第二中学"}])
    )
    assert places(taken) == [("单位网格", 2, "上级单位")]


def test_a_unit_does_not_review_itself_by_another_name(filled: Engine) -> None:
    taken = taking(filled, workbook(cross_reviews=[{"reviewer": "U1", "reviewed": "一中"}]))
    assert places(taken) == [("交叉互审", 2, "被审单位")]


def test_another_name_is_not_the_name_of_a_different_unit(filled: Engine) -> None:
    taken = taking(filled, workbook(unit_names=[other("U1", "第二中学")]))
    assert places(taken) == [("单位别名", 2, "名称")]
    kept(filled, workbook(unit_names=[other("U2", "第二中学")]))


def test_a_unit_does_not_take_the_other_name_of_a_different_unit(filled: Engine) -> None:
    taken = taking(filled, workbook(**units(U3="一中")))
    assert places(taken) == [("单位网格", 2, "单位名称")]
    kept(filled, workbook(**units(U1="一中")), correct="更名")


def test_of_a_name_and_another_name_that_arrive_together_the_other_name_is_the_fault(
    engine: Engine,
) -> None:
    rows = units(U1="第一中学", U2="二中")
    taken = taking(engine, workbook(**rows, unit_names=[other("U1", "二中")]))
    assert ("单位别名", 2, "名称") in places(taken)
    assert not any(place[0] == "单位网格" for place in places(taken))


def test_another_name_is_one_row_whatever_its_unit(filled: Engine) -> None:
    moved = workbook(unit_names=[other("U2", "一中")])
    taken = kept(filled, moved, correct="录入有误")
    assert taken.counts["unit_names"] == {"new": 0, "changed": 1, "equal": 0}


def test_units_that_could_not_be_read_do_not_make_names_faults(filled: Engine) -> None:
    content = workbook(**net(), findings=[{"unit": "第九中学"}])
    content.sheets[1].rows, content.sheets[1].keys_unread = [], True
    assert places(taking(filled, content)) == []
