"""The handover list is a Word file that says what is open, and where both sign."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from sqlalchemy import Engine

from dashboard.documents.handover.document import write
from dashboard.documents.handover.files import file, file_name
from dashboard.i18n import use_language
from dashboard.reads import cache
from data.access.permission import viewer
from data.handover import Handover, HandoverRefusedError, handover, leavings
from data.nodes import parse
from data.scope import Scope
from data.store.database import reading
from models.account import Role
from tests.data.contents import TODAY, kept, workbook
from tests.data.handover_cases import LEDGERS

LEADER = viewer("leader", "领导", Role.LEADER, [])
MANAGER = viewer("manager", "主管", Role.MANAGER, [("sector", "EDU")])
SCOPE = Scope(parse("unit:U1"), TODAY)
EMPTY: dict[str, Any] = {"sectors": [{}], "units": [{}], "appointments": [{"name": "张三"}]}


@pytest.fixture
def listed(engine: Engine) -> Callable[..., Handover]:
    """The list of one of the unit's people, by the ledgers that are kept."""

    def of(name: str, ledgers: dict[str, Any] = LEDGERS) -> Handover:
        kept(engine, workbook(**ledgers))
        cache.forget_version()
        with reading(engine) as connection:
            (leaving,) = (e for e in leavings(connection, SCOPE, LEADER) if e.name == name)
            return handover(connection, SCOPE, LEADER, leaving.id)

    return of


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with use_language("zh_CN"):
        yield


def opened(content: bytes) -> Any:
    return Document(BytesIO(content))


def text(word: Any) -> str:
    return "\n".join(each.text or "" for each in word.element.body.iter(qn("w:t")))


def test_it_reads_back_with_everything_that_is_open(listed) -> None:
    word = opened(write(listed("李四"), demonstration=False, issuer="区委审计办"))
    said = text(word)
    for words in ("区委审计办", "主要负责人", "第一单位", "李四", "A1", "甲事", "0.60", "30（21）"):
        assert words in said, words
    findings = word.tables[0]
    assert [cell.text for cell in findings.rows[2].cells][:5] == [
        "2",
        "A1",
        "甲事",
        "2026-05-31",
        "30（21）",
    ]
    # Of every kind something is open but letters; the last table is to be signed.
    assert len(word.tables) == 6


def test_both_sign_the_name_of_the_successor_stands_where_it_is_known(listed) -> None:
    def signing(name: str) -> list[list[str]]:
        table = opened(write(listed(name), demonstration=False)).tables[-1]
        return [[cell.text for cell in row.cells] for row in table.rows]

    assert signing("张三")[1:] == [["移交人", "张三", "", ""], ["接收人", "李四", "", ""]]
    assert signing("李四")[1:] == [["移交人", "李四", "", ""], ["接收人", "", "", ""]]


def test_what_nobody_keeps_is_not_called_none(listed) -> None:
    said = text(opened(write(listed("张三", EMPTY), demonstration=False)))
    assert said.count("未录入") == 6
    assert "台账中没有此类事项" not in said


@pytest.mark.parametrize(
    ("language", "mark"), [("zh_CN", "演示数据"), ("en", "Demonstration data")]
)
def test_a_demonstration_says_so_and_no_word_is_of_the_other_language(
    listed, language: str, mark: str
) -> None:
    shown = listed("张三", EMPTY)
    with use_language(language):
        word = opened(write(shown, demonstration=True))
    assert mark in word.sections[0].header._element.xml
    assert ("移交人" in text(word)) is (language == "zh_CN")


def test_the_parts_of_the_file_stand_in_the_order_that_word_asks_for(listed) -> None:
    """Word repairs, with a warning, a run whose parts are out of order."""
    word = opened(write(listed("李四"), demonstration=True))
    order = ["rFonts", "b", "color", "spacing", "sz", "szCs"]
    for properties in word.element.body.iter(qn("w:rPr")):
        found = [order.index(each.tag.partition("}")[2]) for each in properties]
        assert found == sorted(found)
    ids = [each.get(qn("w:id")) for each in word.element.body.iter(qn("w:bookmarkStart"))]
    assert len(ids) == len(set(ids))


def test_the_file_is_made_by_who_may_have_it_and_names_no_person(listed, engine: Engine) -> None:
    shown = listed("李四")
    assert opened(file(LEADER, SCOPE, shown.leaving.id)).tables
    with pytest.raises(HandoverRefusedError):
        file(MANAGER, SCOPE, shown.leaving.id)
    assert file_name(shown.leaving, "甲/单位") == "主要负责人交接清单 甲-单位 2026-06-30.docx"
