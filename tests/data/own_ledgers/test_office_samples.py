"""The six ledgers in the shapes that offices keep: few questions, sums as on the sheet."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from data.own_ledgers.forms.form import shipped
from data.own_ledgers.forms.knowledge import Known
from data.own_ledgers.layout.files import grids
from data.own_ledgers.reading import read_files
from data.own_ledgers.words.stated import ALL, QuestionKind, RowOfFile, State, StatedFile
from data.reference.lists import shipped as shipped_lists
from tests.data.own_ledgers.own_files import AS_OF, OFFICE, of, text_file

EMPTY = Known({}, {}, shipped(), shipped_lists())
RECTIFICATION, REGISTER = "1 审计整改台账(2026年10月).xlsx", "4 试点单位名册.xlsx"


def office(*names: str) -> dict[str, StatedFile]:
    paths = [OFFICE / name for name in names]
    return {each.file: each for each in read_files(paths, EMPTY, as_of=AS_OF)}


@pytest.fixture(scope="module")
def every() -> dict[str, StatedFile]:
    return office(*sorted(path.name for path in OFFICE.glob("*.xlsx")))


def test_all_together_ask_few_questions(every: dict[str, StatedFile]) -> None:
    asked = {question.id for stated in every.values() for question in stated.questions}
    assert len(asked) <= 8
    assert [stated.faults for stated in every.values()] == [()] * 6


def test_rows_and_forms(every: dict[str, StatedFile]) -> None:
    read = {
        name[0]: (sheet.form, sheet.header_rows, sheet.rows)
        for name, stated in every.items()
        for sheet in stated.sheets
    }
    assert read == {
        "1": ("审计整改台账", (3, 4), 42),
        "3": ("四类报告报送情况表", (2, 3), 30),
        "4": ("单位名册", (2,), 30),
        "5": ("内审人员花名册", (2,), 46),
        "6": ("培训签到统计", (2, 3), 30),
        "7": ("专项资金台账", (2, 3), 12),
    }


def test_sums_from_the_rows_are_those_of_the_cells(every: dict[str, StatedFile]) -> None:
    for stated in every.values():
        for sheet in stated.sheets:
            assert dict(sheet.sums.ours) == dict(sheet.sums.theirs)


def test_the_day_stands_in_the_name_of_the_file() -> None:
    [stated] = read_files([OFFICE / RECTIFICATION], EMPTY)
    assert stated.sheets[0].as_of == date(2026, 10, 31)


def test_the_old_kind_of_workbook_reads_the_same(every: dict[str, StatedFile]) -> None:
    old = office("1 审计整改台账(2026年10月).xls", REGISTER)["1 审计整改台账(2026年10月).xls"]
    assert old.rows == every[RECTIFICATION].rows
    assert old.sheets == every[RECTIFICATION].sheets
    assert [each.id for each in old.questions] == [
        each.id for each in every[RECTIFICATION].questions
    ]


def test_a_file_that_lost_its_characters_says_so() -> None:
    [stated] = read_files([OFFICE / "1 审计整改台账(2026年10月).csv"], EMPTY)
    assert "question marks" in stated.faults[0].sentence.message
    assert stated.rows == ()


def test_total_and_note_are_passed_over(every: dict[str, StatedFile]) -> None:
    passed = every[RECTIFICATION].sheets[0].passed_over
    assert [(each.row, each.why.message) for each in passed] == [(47, "total"), (48, "note")]


def test_merged_units_and_projects_hold_for_all_their_rows(every: dict[str, StatedFile]) -> None:
    rows = of(every[RECTIFICATION], "findings")
    assert {
        row.row: row.values["unit"].name for row in rows if 9 <= row.row <= 13
    } == dict.fromkeys(range(9, 14), "示例区东风小学")
    assert {row.values["project_name"] for row in rows if 37 <= row.row <= 44} == {
        "2025年度预算执行审计"
    }


def test_two_units_in_a_cell_are_one_matter_and_the_money_stands_once(
    every: dict[str, StatedFile],
) -> None:
    first, second = (row for row in every[RECTIFICATION].rows if row.row == 44)
    assert (first.values["unit"], second.values["unit"]) == (
        RowOfFile("units", "示例区第一中学"),
        RowOfFile("units", "示例区第二中学"),
    )
    assert first.matter == second.matter
    assert (first.values["amount"], second.values.get("amount")) == (Decimal(88), None)


def test_a_finding_as_the_sheet_states_it(every: dict[str, StatedFile]) -> None:
    [row] = [row for row in every[RECTIFICATION].rows if row.row == 14]
    assert row.values["state"] is State.CLOSE
    assert (row.values["state_on"], row.words["state_on"]) == (date(2026, 6, 30), "2026年6月")
    assert row.values["rectified"] == ALL


def test_the_total_leaves_out_texts_and_that_is_said(every: dict[str, StatedFile]) -> None:
    said = [each.sentence for each in every[RECTIFICATION].warnings if each.row == 47]
    assert [each.values["total"] for each in said] == ["2511.962712"]


def test_an_unknown_unit_and_all_subdistricts_are_asked(every: dict[str, StatedFile]) -> None:
    asked = {
        each.value: each
        for each in every[RECTIFICATION].questions
        if each.kind is QuestionKind.UNIT
    }
    assert set(asked) == {"各街道", "区财政局"}
    assert len(asked["各街道"].proposals[0].answer.split("、")) == 8


def test_a_register_gives_units_names_and_audit_bodies(every: dict[str, StatedFile]) -> None:
    stated = every[REGISTER]
    assert (len(of(stated, "units")), len(of(stated, "unit_names"))) == (30, 30)
    first = of(stated, "units")[0]
    assert first.values["pilot_batch"] == 1
    assert first.known_as_of == {"enrolled_on"}
    assert [each.value for each in stated.warnings] == [
        "12120104100000333G",
        "12120104100000666X",
        "12120104100000999B",
    ]


def test_groups_of_columns_are_unfolded(every: dict[str, StatedFile]) -> None:
    trainings = of(every["6 培训签到统计.xlsx"], "trainings")
    assert [(each.values["name"], each.values["on_date"]) for each in trainings] == [
        ("内审实务培训", date(2026, 3, 12)),
        ("技术比武", date(2026, 9, 9)),
        ("卫健专题", date(2026, 5, 20)),
    ]
    reports = [row for row in every["3 四类报告报送情况表.xlsx"].rows if row.row == 5]
    assert [row.values["kind"] for row in reports] == [
        "PLAN",
        *["AUDIT_REPORT"] * 3,
        "RECT_REPORT",
        "SUMMARY",
    ]


def test_money_of_a_column_in_yuan_is_in_wan(every: dict[str, StatedFile]) -> None:
    first = every["7 专项债资金台账.xlsx"].rows[0].values
    assert (first["approved"], first["disbursed"], first["spent"]) == (
        Decimal(5000),
        Decimal(5000),
        Decimal(4500),
    )


def test_a_blank_unit_is_that_of_the_row_above(every: dict[str, StatedFile]) -> None:
    stated = every["5 内审人员花名册.xlsx"]
    assert stated.sheets[0].carried_down == 16
    [row] = [row for row in stated.rows if row.row == 4]
    assert row.values["unit"] == RowOfFile("units", "示例区第一中学")
    assert row.values["until_on"] == date(2026, 6, 30)


def test_the_ledger_as_csv_reads_the_same_rows(
    every: dict[str, StatedFile], tmp_path: Path
) -> None:
    # Merged cells are lost in CSV: units and projects are carried down instead.
    lines = [
        ["" if value == "" else _as_csv(value) for value in line]
        for line in grids(OFFICE / RECTIFICATION)[0].lines
    ]
    path = text_file(tmp_path / "1 审计整改台账(2026年10月).csv", lines, "gb18030")
    stated, _ = read_files([path, OFFICE / REGISTER], EMPTY, as_of=AS_OF)
    workbook = every[RECTIFICATION]
    assert [row.values for row in stated.rows] == [row.values for row in workbook.rows]
    assert [(each.kind, each.value) for each in stated.questions] == [
        (each.kind, each.value) for each in workbook.questions
    ]
    assert stated.sheets[0].carried_down > 0


def _as_csv(value: object) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)
