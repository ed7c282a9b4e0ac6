"""A register that calls a kept unit otherwise: by its credit code or former name it is the same."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from data.own_ledgers.words.stated import QuestionKind
from tests.data.contents import kept, workbook
from tests.data.own_ledgers.own_files import book
from tests.data.own_ledgers.taking_cases import rows_of, take, taken_in

CODE = "91350100M000100Y43"
OLD, NEW = "示例区城建有限公司", "示例区城建集团有限公司"


def register(path: Path, *row: Any) -> Path:
    header = ["序号", "单位全称", "统一社会信用代码", "曾用名", "单位类型"]
    return book(path, [["试点单位名册（2026年10月）"], header, [1, *row, "国有独资"]])


def with_company(engine: Engine) -> None:
    units = [{"code": "U01", "name": OLD, "kind": "SOE", "uscc": CODE}]
    kept(engine, workbook(sectors=[{}], units=units))


def test_a_unit_is_known_by_its_credit_code_and_asked_whether_it_was_renamed(
    engine: Engine, tmp_path: Path
) -> None:
    with_company(engine)
    file = register(tmp_path / "名册.xlsx", NEW, CODE, "")
    [asked] = take(engine, file)
    [question] = asked.questions
    assert question.kind is QuestionKind.MATCH
    taken_in(engine, file, answers={question.id: "RENAMED"})
    assert rows_of(engine, "SELECT code, name FROM units") == [("U01", NEW)]
    assert rows_of(engine, "SELECT unit, name, kind FROM unit_names") == [("U01", OLD, "FORMER")]
    taken_in(engine, file)


def test_a_unit_is_known_by_the_former_name_that_the_sheet_gives(
    engine: Engine, tmp_path: Path
) -> None:
    with_company(engine)
    [asked] = take(engine, register(tmp_path / "名册.xlsx", NEW, "", OLD))
    assert [each.kind for each in asked.questions] == [QuestionKind.MATCH]


def test_the_kept_name_may_stay(engine: Engine, tmp_path: Path) -> None:
    with_company(engine)
    file = register(tmp_path / "名册.xlsx", NEW, CODE, "")
    [asked] = take(engine, file)
    taken_in(engine, file, answers={asked.questions[0].id: "KEPT"})
    assert rows_of(engine, "SELECT code, name FROM units") == [("U01", OLD)]
