"""Shapes of a district that was never seen before: other headings, a sheet a unit, a sheet a
month."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from data.own_ledgers.forms.knowledge import Known
from data.own_ledgers.words.stated import Limit, QuestionKind, State
from tests.data.own_ledgers.own_files import AS_OF, UNITS, book, books, column, known, of, read

HEAD = ["序号", "责任单位", "问题描述", "金额(万元)", "整改期限", "整改状态"]


def finding(*cells: Any) -> list[Any]:
    return [1, "一中", *cells]


def of_day(day: date) -> Known:
    """What is known, on a day of reading."""
    what = known()
    return Known(what.units, what.aliases, what.forms, what.references, today=day)


def test_of_two_descriptions_the_shorter_is_the_title(tmp_path: Path) -> None:
    rows = [
        ["序号", "责任单位", "具体表现", "问题描述", "金额(万元)", "整改期限"],
        finding("年初未细化到项目的预算占比达三成", "预算不细化", 3, "2026-12-31"),
    ]
    stated = read(book(tmp_path / "a.xlsx", rows))
    assert column(stated, "findings", "title") == ["预算不细化"]
    assert column(stated, "findings", "note") == ["年初未细化到项目的预算占比达三成"]


def test_a_column_of_types_is_known_by_its_words(tmp_path: Path) -> None:
    rows = [
        [*HEAD, "整改要求"],
        finding("少计收入", 3, "2026-12-31", "未整改", "立行立改"),
        finding("多列支出", 3, "2026-12-31", "未整改", "持续整改"),
    ]
    stated = read(book(tmp_path / "a.xlsx", rows))
    assert column(stated, "findings", "rect_type") == ["IMMEDIATE", "CONTINUOUS"]
    assert stated.questions == ()


def test_words_of_demands_are_no_types(tmp_path: Path) -> None:
    rows = [[*HEAD, "整改要求"], finding("少计收入", 3, "2026-12-31", "未整改", "补缴税款")]
    stated = read(book(tmp_path / "a.xlsx", rows))
    assert column(stated, "findings", "rect_type") == ["PHASED"]


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("已整改销号", State.CLOSE),
        ("整改完毕并销号", State.CLOSE),
        ("整改完成未销号", State.SUBMIT),
        ("正在申请销号", State.SUBMIT),
        ("分期归还中", State.PROGRESS),
        ("正在协调推进", State.PROGRESS),
        ("待整改", State.NONE),
        (0, State.NONE),
    ],
)
def test_states_in_other_words(tmp_path: Path, said: Any, state: State) -> None:
    stated = read(book(tmp_path / "a.xlsx", [HEAD, finding("少计", 3, "2026-12-31", said)]))
    assert (stated.questions, column(stated, "findings", "state")) == ((), [state])


def test_an_amount_below_a_heading_of_words_is_no_report(tmp_path: Path) -> None:
    rows = [
        ["序号", "责任单位", "问题描述", "金额(万元)", "整改情况", "", "应整改", ""],
        ["", "", "", "", "当前状态", "正在推进金额", "起", "止"],
        finding("少计收入", 3, "正在整改", 2, "2026-03-01", "2026-12-31"),
    ]
    merges = ["E1:F1", "G1:H1", "A1:A2", "B1:B2", "C1:C2", "D1:D2"]
    [row] = of(read(book(tmp_path / "a.xlsx", rows, merges)), "findings")
    assert row.values["progress"] == "正在整改"
    assert row.values["issued_on"] == date(2026, 3, 1)
    assert row.values["limit"] == Limit(date(2026, 12, 31))


@pytest.mark.parametrize(
    ("title", "sheet"),
    [
        ("示例区第一中学审计发现问题整改清单", "Sheet1"),
        ("附件2：示例区第一中学整改台账", "Sheet1"),
        ("整改台账", "第一中学"),
    ],
)
def test_a_sheet_is_of_the_unit_after_which_it_is_called(
    tmp_path: Path, title: str, sheet: str
) -> None:
    rows = [[title], ["序号", "问题描述", "金额(万元)", "整改期限"], [1, "少计收入", 3, "2026-12"]]
    stated = read(book(tmp_path / "a.xlsx", rows, sheet=sheet), sender="区审计局")
    assert (stated.questions, column(stated, "findings", "unit")) == ((), ["U01"])


def test_the_body_that_audits_is_not_the_unit(tmp_path: Path) -> None:
    rows = [
        ["示例区审计局审计发现问题整改台账"],
        ["序号", "问题描述", "金额(万元)", "整改期限"],
        [1, "少计收入", 3, "2026-12-31"],
    ]
    what = known(U09="示例区审计局", **UNITS)
    stated = read(book(tmp_path / "a.xlsx", rows), what=what)
    assert [each.kind for each in stated.questions] == [QuestionKind.UNIT]


@pytest.mark.parametrize(
    ("today", "day"),
    [(None, date(2026, 9, 30)), (date(2026, 9, 28), date(2026, 9, 28))],
)
def test_a_month_with_the_year_elsewhere_is_known_until_it_ends_or_today(
    tmp_path: Path, today: date | None, day: date
) -> None:
    rows = [["整改月报"], HEAD, finding("少计收入", 3, "2026-12-31", "未整改")]
    path = book(tmp_path / "2026整改月报.xlsx", rows, sheet="9月")
    stated = read(path, as_of=None, what=of_day(today) if today else known())
    assert stated.sheets[0].as_of == day


@pytest.mark.parametrize(
    ("title", "sheet", "likely"),
    [
        ("整改台账", "台账", "2026-09-30"),
        ("7月整改月报", "台账", "2026-07-31"),
        ("整改月报", "12月", "2025-12-31"),
        ("整改台账 更新至8月底", "台账", "2026-08-31"),
    ],
)
def test_a_sheet_without_a_day_is_asked_with_the_likely_ones(
    tmp_path: Path, title: str, sheet: str, likely: str
) -> None:
    rows = [[title], HEAD, finding("少计收入", 3, "2026-12-31", "未整改")]
    what = of_day(date(2026, 10, 5))
    stated = read(book(tmp_path / "台账.xlsx", rows, sheet=sheet), as_of=None, what=what)
    [question] = stated.questions
    assert question.proposals[0].answer == likely


def test_of_the_same_rows_of_two_months_the_later_is_read(tmp_path: Path) -> None:
    rows = [["月报"], HEAD, finding("少计收入", 3, "2026-12-31", "未整改")]
    path = books(tmp_path / "2026月报.xlsx", {"8月": rows, "9月": rows})
    stated = read(path, as_of=None)
    assert [each.sheet for each in stated.sheets] == ["9月"]
    assert [each.sheet for each in stated.warnings] == ["8月"]


def test_a_day_without_a_year_waits_for_the_day_of_the_sheet(tmp_path: Path) -> None:
    rows = [[*HEAD, "交办时间"], finding("少计收入", 3, "2026-12-31", "未整改", "3月5日")]
    path = book(tmp_path / "a.xlsx", rows)
    assert [each.value for each in read(path, as_of=None).questions] == ["as_of"]
    assert column(read(path, as_of=AS_OF), "findings", "issued_on") == [date(2026, 3, 5)]


def test_rows_struck_through_are_said(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(HEAD)
    for at in range(1, 4):
        sheet.append([at, "一中", f"问题{at}", 3, "2026-12-31", "未整改"])
    for cell in sheet[3]:
        cell.font = Font(strike=True)
    sheet["C2"].font = Font(strike=True)
    workbook.save(tmp_path / "a.xlsx")
    stated = read(tmp_path / "a.xlsx")
    assert [(each.row, each.value) for each in stated.warnings] == [(3, "3")]
    assert len(of(stated, "findings")) == 3


def test_what_the_month_brought_is_not_read_beside_what_there_is_so_far(tmp_path: Path) -> None:
    head = [*HEAD, "本月整改金额(万元)", "累计整改金额(万元)"]
    stated = read(
        book(tmp_path / "a.xlsx", [head, finding("少计", 9, "2026-12-31", "正在整改", 1, 4)])
    )
    [row] = of(stated, "findings")
    assert row.values["rectified"] == Decimal(4) and "rectified_now" not in row.values
    assert [each.theirs for each in stated.sheets[0].not_kept] == ["本月整改金额(万元)"]
