"""Search finds units by every name, and persons for those who may read names."""

from datetime import date

import pytest
from sqlalchemy import Connection, Engine

from data import search
from data.nodes import parse
from data.scope import Scope
from data.store.database import reading
from tests.data.contents import TODAY, kept, workbook

DISTRICT = Scope(parse("district"), TODAY)
LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def connection(engine: Engine):
    kept(
        engine,
        workbook(
            sectors=[{}, {"code": "HEALTH", "name": "卫健"}],
            units=[
                {"code": "JY01", "name": "第一中学"},
                {"code": "WJ01", "name": "中心医院", "sector": "HEALTH"},
                {"code": "WJ02", "name": "100%健康_站", "sector": "HEALTH"},
            ],
            unit_names=[
                {"unit": "JY01", "name": "一中", "kind": "SHORT"},
                {"unit": "JY01", "name": "女子中学", "kind": "FORMER", "until_on": LONG_AGO},
            ],
            appointments=[
                {"unit": "JY01", "name": "张三", "role": "PRINCIPAL"},
                {"unit": "WJ01", "name": "张三丰", "role": "AUDITOR"},
                {"unit": "WJ01", "name": "李四", "role": "PRINCIPAL", "until_on": TODAY},
            ],
        ),
    )
    with reading(engine) as connection:
        yield connection


def units(connection: Connection, text: str, scope: Scope = DISTRICT) -> list[str]:
    return [unit.code for unit in search.units(connection, scope, text, 10)]


@pytest.mark.parametrize("text", ["JY01", "jy0", "第一", "一中", "女子", " 一中 "])
def test_a_unit_is_found_by_code_name_short_and_former_name(connection, text: str) -> None:
    assert units(connection, text) == ["JY01"]


def test_the_other_names_that_led_to_a_unit_are_told(connection) -> None:
    [unit] = search.units(connection, DISTRICT, "中学", 10)
    assert (unit.name, unit.other_names) == ("第一中学", ("女子中学",))


def test_signs_of_patterns_are_looked_for_as_they_are(connection) -> None:
    assert units(connection, "%") == ["WJ02"]
    assert units(connection, "_") == ["WJ02"]
    assert units(connection, "") == units(connection, "  ") == []


def test_no_unit_is_found_outside_what_the_asker_may_see(connection) -> None:
    of_sector = Scope(parse("district"), TODAY, frozenset({"HEALTH"}))
    assert units(connection, "中", of_sector) == ["WJ01"]
    of_unit = Scope(parse("district"), TODAY, None, frozenset({"WJ02"}))
    assert units(connection, "中", of_unit) == []


def test_no_more_are_found_than_are_wanted(connection) -> None:
    assert [unit.code for unit in search.units(connection, DISTRICT, "0", 2)] == ["JY01", "WJ01"]


def persons(connection: Connection, text: str, *, in_full: bool, scope: Scope = DISTRICT) -> list:
    found = search.persons(connection, scope, text, 10, names_in_full=in_full)
    return [(person.name, person.unit) for person in found]


def test_a_person_in_post_is_found_by_a_part_of_the_name(connection) -> None:
    assert persons(connection, "张三", in_full=True) == [("张三", "JY01"), ("张三丰", "WJ01")]


def test_nobody_is_found_who_has_left_the_post(connection) -> None:
    assert persons(connection, "李四", in_full=True) == []


def test_a_masked_name_is_not_told_by_searching_for_it(connection) -> None:
    assert persons(connection, "张三", in_full=False) == []


def test_no_person_is_found_outside_what_the_asker_may_see(connection) -> None:
    of_sector = Scope(parse("district"), TODAY, frozenset({"HEALTH"}))
    assert persons(connection, "张三", in_full=True, scope=of_sector) == [("张三丰", "WJ01")]
