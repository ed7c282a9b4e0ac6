"""How a cell is read, kind by kind: each in a real file, as its column in some ledger."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from data.workbook.cells.text_cells import is_credit_code
from data.workbook.rows import FAULTY
from tests.data.workbook.books import (
    DAY,
    Formatted,
    Formula,
    content,
    fault,
    kept,
    one_row,
    says,
    unit_rows,
    write,
)


class TestWhiteSpaceAndWidth:
    @pytest.mark.parametrize("space", [" ", "\t", "\n", "\u3000", "\xa0", "\u2003", "\r\n"])
    def test_white_space_at_the_ends_is_dropped(self, tmp_path: Path, space: str) -> None:
        assert kept(tmp_path, "units", "name", f"{space}一 中{space}") == "一 中"
        assert kept(tmp_path, "units", "code", f"{space}U1{space}") == "U1"
        assert kept(tmp_path, "units", "kind", f"{space}街道{space}") == "SUBDISTRICT"
        assert kept(tmp_path, "units", "pilot_batch", f"{space}1{space}") == 1
        assert kept(tmp_path, "units", "enrolled_on", f"{space}2026-01-02{space}") == date(
            2026, 1, 2
        )
        assert kept(tmp_path, "appointments", "full_time", f"{space}是{space}") is True

    def test_white_space_alone_is_an_empty_cell(self, tmp_path: Path) -> None:
        for name in ("uscc", "subdistrict", "parent", "pilot_batch", "withdrawn_on"):
            assert kept(tmp_path, "units", name, " \u3000\xa0") is None
        assert fault(tmp_path, "units", "name", " \u3000").value is None

    def test_full_width_digits_and_letters_become_half_width(self, tmp_path: Path) -> None:
        assert kept(tmp_path, "units", "code", "Ｕ１２ａ") == "U12a"
        assert kept(tmp_path, "units", "name", "第１２中学Ｂ") == "第12中学B"
        assert kept(tmp_path, "units", "kind", "ＡＧＥＮＣＹ") == "AGENCY"
        assert kept(tmp_path, "findings", "note", "共３处") == "共3处"

    def test_other_full_width_signs_stay_in_texts(self, tmp_path: Path) -> None:
        assert kept(tmp_path, "units", "name", "一中（南院）：甲－乙") == "一中（南院）：甲－乙"
        assert fault(tmp_path, "units", "code", "U－1")

    def test_other_full_width_signs_become_half_width_in_dates_and_numbers(
        self, tmp_path: Path
    ) -> None:
        assert kept(tmp_path, "units", "enrolled_on", "２０２６／３／３１") == date(2026, 3, 31)
        assert kept(tmp_path, "units", "enrolled_on", "2026．3．31") == date(2026, 3, 31)
        assert kept(tmp_path, "ratings", "base_points", "５０．５") == 5050
        assert "at least" in says(fault(tmp_path, "assessments", "points", "－１"))


class TestFormula:
    def test_formula_counts_by_its_result(self, tmp_path: Path) -> None:
        assert kept(tmp_path, "units", "name", Formula('="一"&"中"', "一中")) == "一中"
        assert kept(tmp_path, "ratings", "base_points", Formula("=1+1", 2)) == 200
        assert kept(tmp_path, "appointments", "full_time", Formula("=TRUE()", True)) is True

    def test_formula_without_result_is_a_fault_even_in_an_optional_column(
        self, tmp_path: Path
    ) -> None:
        found = fault(tmp_path, "units", "parent", Formula("=A1&A2"))
        assert found.value == "=A1&A2"
        assert "no stored result" in says(found)

    @pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#REF!", "#NAME?", "#VALUE!"])
    def test_error_is_a_fault_even_in_an_optional_column(self, tmp_path: Path, error: str) -> None:
        found = fault(tmp_path, "units", "parent", Formula("=1/0", error))
        assert found.value == error
        assert "error" in says(found)

    def test_text_that_begins_with_an_equals_sign_is_a_text(self, tmp_path: Path) -> None:
        assert kept(tmp_path, "units", "name", "=1+1") == "=1+1"


class TestDate:
    @pytest.mark.parametrize(
        "cell",
        [
            date(2026, 3, 31),
            Formatted(46112.99999, "yyyy-mm-dd hh:mm:ss"),
            "2026-03-31",
            "2026-3-31",
            "2026/3/31",
            "2026/03/31",
            "2026.3.31",
            "2026年3月31日",
            "2026年03月31日",
            "2026-03-31 08:30",
            "2026-03-31T08:30:15.5",
            Formatted(46112, 'yyyy"年"m"月"d"日"'),
            Formatted(46112.75, "[$-804]yyyy/m/d"),
            Formatted(46112, "[DBNum1][$-804]yyyy年m月d日"),
        ],
    )
    def test_dates_are_read(self, tmp_path: Path, cell: object) -> None:
        assert kept(tmp_path, "units", "enrolled_on", cell) == date(2026, 3, 31)

    @pytest.mark.parametrize(
        "cell",
        [
            46112,
            20260331,
            2026,
            "20260331",
            "46112",
            "2026-02-29",
            "2026-13-01",
            "2026-3",
            "26-3-31",
            "2026-3/31",
            "2026年3月",
            "31.3.2026",
            "2026-03-31 25:00",
            "三月",
            True,
            time(12, 0),
            timedelta(hours=40),
            Formatted(-5, "yyyy-mm-dd"),
            Formatted(3_000_000, "yyyy-mm-dd"),
        ],
    )
    def test_what_is_no_date_is_a_fault(self, tmp_path: Path, cell: object) -> None:
        assert "not a date" in says(fault(tmp_path, "units", "enrolled_on", cell))

    def test_dates_lie_from_2000_to_2099(self, tmp_path: Path) -> None:
        for first, last in (("2000-01-01", "2099-12-31"), (date(2000, 1, 1), date(2099, 12, 31))):
            assert kept(tmp_path, "units", "enrolled_on", first) == date(2000, 1, 1)
            assert kept(tmp_path, "units", "enrolled_on", last) == date(2099, 12, 31)
        for outside in ("1999-12-31", "2100-01-01", date(1999, 12, 31), date(2100, 1, 1)):
            assert "between" in says(fault(tmp_path, "units", "enrolled_on", outside))

    def test_what_happened_may_not_lie_after_the_day_of_the_import(self, tmp_path: Path) -> None:
        assert kept(tmp_path, "duties", "done_on", DAY) == DAY
        tomorrow = DAY + timedelta(days=1)
        assert DAY.isoformat() in says(fault(tmp_path, "duties", "done_on", tomorrow))
        assert kept(tmp_path, "duties", "due_on", tomorrow) == tomorrow

    def test_value_of_a_faulty_date_is_written_year_first(self, tmp_path: Path) -> None:
        tomorrow = DAY + timedelta(days=1)
        assert fault(tmp_path, "duties", "done_on", tomorrow).value == "2026-07-01"


class TestNumber:
    @pytest.mark.parametrize(
        ("cell", "hundredths"),
        [
            (50, 5000),
            (50.5, 5050),
            (0.1 + 0.2, 30),
            (0, 0),
            (-0.0, 0),
            (60, 6000),
            ("50", 5000),
            ("50.50", 5050),
            ("-0", 0),
            ("007.10", 710),
            (Formatted(12.5, '0.0"%"'), 1250),
            (Formatted(12.5, "0.0\\%"), 1250),
        ],
    )
    def test_numbers_are_read_in_hundredths(
        self, tmp_path: Path, cell: object, hundredths: int
    ) -> None:
        assert kept(tmp_path, "ratings", "base_points", cell) == hundredths

    @pytest.mark.parametrize(
        "cell",
        ["1,000", "1e1", "5分", "50%", "+5", "五十", ".", "5.", "--5", "NaN", "inf", "1 0", "٣"],
    )
    def test_text_that_is_no_plain_number_is_a_fault(self, tmp_path: Path, cell: str) -> None:
        assert "not a number" in says(fault(tmp_path, "ratings", "base_points", cell))

    @pytest.mark.parametrize("cell", [True, False, date(2026, 1, 1), time(1, 0)])
    def test_truth_values_and_dates_are_no_numbers(self, tmp_path: Path, cell: object) -> None:
        assert "not a number" in says(fault(tmp_path, "ratings", "base_points", cell))

    @pytest.mark.parametrize("shape", ["0%", "0.00%", '0.0%;[Red]-0.0%;"无"', "# ?0%"])
    def test_percentage_is_no_number(self, tmp_path: Path, shape: str) -> None:
        found = fault(tmp_path, "ratings", "base_points", Formatted(0.125, shape))
        assert found.value == "12.5%"
        assert "percentage" in says(found)

    def test_truth_value_beside_an_equal_number_is_still_a_fault(self, tmp_path: Path) -> None:
        # In Python True == 1.0; one must not be taken for the other.
        found = one_row(tmp_path, "assessments", full_points=1, points=True)
        assert [each.column for each in found.faults] == ["得分"]
        found = one_row(tmp_path, "rectification_events", rules_built=1, persons_handled=True)
        assert [each.column for each in found.faults] == ["处理人数"]

    def test_at_most_two_decimals(self, tmp_path: Path) -> None:
        assert "at most 2 here" in says(fault(tmp_path, "ratings", "base_points", 50.125))
        assert "at most 2 here" in says(fault(tmp_path, "ratings", "base_points", "50.125"))
        assert kept(tmp_path, "ratings", "base_points", "50.1200") == 5012

    def test_points_of_a_score_have_one_decimal(self, tmp_path: Path) -> None:
        assert kept(tmp_path, "report_scores", "points", 9.5) == 950
        assert "at most 1 here" in says(fault(tmp_path, "report_scores", "points", 9.25))

    def test_range_is_kept_at_both_ends(self, tmp_path: Path) -> None:
        assert kept(tmp_path, "ratings", "operation_points", 40) == 4000
        for outside in (40.01, -0.01):
            assert "between 0 and 40" in says(
                fault(tmp_path, "ratings", "operation_points", outside)
            )

    def test_full_points_are_above_zero(self, tmp_path: Path) -> None:
        found = one_row(tmp_path, "assessments", full_points=0, points=0).faults
        assert ["greater than 0" in says(each) for each in found] == [True]
        assert kept(tmp_path, "assessments", "full_points", 90.01) == 9001

    def test_numbers_beyond_the_database_are_refused(self, tmp_path: Path) -> None:
        for cell in (1e300, "9" * 40, 1e15):
            assert "too large" in says(fault(tmp_path, "assessments", "full_points", cell))
        assert "not a number" in says(fault(tmp_path, "assessments", "full_points", "9" * 5000))

    def test_value_of_a_number_cell_is_as_excel_shows_it(self, tmp_path: Path) -> None:
        assert fault(tmp_path, "ratings", "base_points", 61).value == "61"
        assert fault(tmp_path, "ratings", "base_points", 61.5).value == "61.5"
        assert fault(tmp_path, "ratings", "base_points", 1e300).value == "1E+300"
        assert fault(tmp_path, "ratings", "base_points", True).value == "TRUE"


class TestWhole:
    @pytest.mark.parametrize("cell", [12, 12.0, "12", "12.0", "１２", "012"])
    def test_whole_numbers_are_read(self, tmp_path: Path, cell: object) -> None:
        assert kept(tmp_path, "units", "pilot_batch", cell) == 12

    def test_decimals_are_refused(self, tmp_path: Path) -> None:
        for cell in (12.5, "12.5"):
            assert "whole number" in says(fault(tmp_path, "units", "pilot_batch", cell))

    def test_range_is_kept_at_both_ends(self, tmp_path: Path) -> None:
        assert kept(tmp_path, "units", "pilot_batch", 99) == 99
        for outside in (0, 100, -1, "100", 1e20):
            assert "between 1 and 99" in says(fault(tmp_path, "units", "pilot_batch", outside))
        assert "between 2000 and 2099" in says(fault(tmp_path, "reports", "year", 1999))
        assert "between 1 and 99" in says(fault(tmp_path, "task_progress", "number", 100))

    def test_empty_cell_of_a_column_with_a_default_is_the_default(self, tmp_path: Path) -> None:
        assert kept(tmp_path, "reports", "number", None) == 1
        assert kept(tmp_path, "disposals", "quantity", " ") == 1

    def test_default_is_not_filled_in_for_a_column_that_is_absent(self, tmp_path: Path) -> None:
        assert "number" not in one_row(tmp_path, "reports").sheets[0].present


class TestMoney:
    @pytest.mark.parametrize(
        ("cell", "fen"),
        [
            (0, 0),
            (1, 1_000_000),
            (0.000001, 1),
            (1234.567891, 1_234_567_891),
            (0.1 + 0.2, 300_000),
            ("0.000001", 1),
            ("99999999999.999999", 99_999_999_999_999_999),
            ("12.50", 12_500_000),
            ("－0", 0),
        ],
    )
    def test_amount_is_kept_in_fen_exactly(self, tmp_path: Path, cell: object, fen: int) -> None:
        assert kept(tmp_path, "findings", "amount", cell) == fen

    def test_no_more_than_six_decimals(self, tmp_path: Path) -> None:
        for cell in (0.0000001, "1.0000001", 1.2345678):
            assert "six decimals" in says(fault(tmp_path, "findings", "amount", cell))

    def test_amount_is_not_negative(self, tmp_path: Path) -> None:
        for cell in (-1, "-0.01"):
            assert "negative" in says(fault(tmp_path, "findings", "amount", cell))

    def test_amount_has_no_unit_and_no_separators(self, tmp_path: Path) -> None:
        for cell in ("12万元", "1,234", "￥12", "1.2e3"):
            assert "not a number" in says(fault(tmp_path, "findings", "amount", cell))

    def test_amount_beyond_the_database_is_refused(self, tmp_path: Path) -> None:
        assert "too large" in says(fault(tmp_path, "findings", "amount", "100000000000"))


class TestEnum:
    def test_label_or_code_is_taken(self, tmp_path: Path) -> None:
        for cell in ("区属国企", "SOE"):
            assert kept(tmp_path, "units", "kind", cell) == "SOE"

    @pytest.mark.parametrize("cell", ["soe", "国企", "区属国企。", 1, 1.5, date(2026, 1, 1), True])
    def test_anything_else_is_a_fault_that_lists_the_labels(
        self, tmp_path: Path, cell: object
    ) -> None:
        assert "党政机关、事业单位、区属国企、街道" in says(fault(tmp_path, "units", "kind", cell))

    def test_code_that_excel_makes_a_truth_value_of_is_taken(self, tmp_path: Path) -> None:
        row = {"verdict": True, "verified_on": DAY}
        [(_, found)] = one_row(tmp_path, "warnings", **row).sheets[0].named()
        assert found["verdict"] == "TRUE"


class TestBool:
    @pytest.mark.parametrize("cell", ["是", "true", "TRUE", "1", "１", 1, True])
    def test_yes(self, tmp_path: Path, cell: object) -> None:
        assert kept(tmp_path, "appointments", "full_time", cell) is True

    @pytest.mark.parametrize("cell", ["否", "false", "False", "0", 0, False])
    def test_no(self, tmp_path: Path, cell: object) -> None:
        assert kept(tmp_path, "appointments", "full_time", cell) is False

    @pytest.mark.parametrize("cell", ["yes", "对", "2", 2, 0.5, date(2026, 1, 1), "√"])
    def test_anything_else_is_a_fault(self, tmp_path: Path, cell: object) -> None:
        assert "是 or 否" in says(fault(tmp_path, "appointments", "full_time", cell))


class TestCode:
    @pytest.mark.parametrize("cell", ["A", "a-Z_0.9", "A" * 40, "2026-1", "-", "001"])
    def test_codes_are_taken_as_they_are(self, tmp_path: Path, cell: str) -> None:
        assert kept(tmp_path, "units", "code", cell) == cell

    @pytest.mark.parametrize("cell", ["A" * 41, "A B", "A/B", "编码", "A\nB", "é", "A，"])
    def test_other_characters_and_lengths_are_refused(self, tmp_path: Path, cell: str) -> None:
        assert "not a code" in says(fault(tmp_path, "units", "code", cell))

    def test_reference_has_the_form_of_a_code(self, tmp_path: Path) -> None:
        assert kept(tmp_path, "units", "sector", "NOWHERE") == "NOWHERE"
        assert "not a code" in says(fault(tmp_path, "units", "sector", "市 教委"))

    def test_reference_to_a_unit_may_be_a_name(self, tmp_path: Path) -> None:
        assert kept(tmp_path, "units", "parent", " 市\u3000教委 ") == "市 教委"

    @pytest.mark.parametrize("name", ["code", "parent", "name"])
    def test_whole_number_is_read_as_its_digits(self, tmp_path: Path, name: str) -> None:
        assert kept(tmp_path, "units", name, 1001) == "1001"
        assert kept(tmp_path, "units", name, -7) == "-7"
        assert kept(tmp_path, "units", name, 999_999_999_999_999) == "999999999999999"

    @pytest.mark.parametrize("name", ["code", "parent", "name"])
    @pytest.mark.parametrize("cell", [2026.1, date(2026, 1, 1), True, Formatted(1, "0%")])
    def test_other_cells_are_not_read_as_texts(
        self, tmp_path: Path, name: str, cell: object
    ) -> None:
        assert fault(tmp_path, "units", name, cell)

    @pytest.mark.parametrize("name", ["code", "name"])
    def test_number_with_lost_digits_is_refused(self, tmp_path: Path, name: str) -> None:
        assert "15 digits" in says(fault(tmp_path, "units", name, 1e15))


class TestText:
    def test_text_has_200_characters_at_most(self, tmp_path: Path) -> None:
        assert kept(tmp_path, "units", "name", "字" * 200) == "字" * 200
        assert kept(tmp_path, "units", "name", "𠮷" * 200) == "𠮷" * 200
        assert "201 characters" in says(fault(tmp_path, "units", "name", "字" * 201))

    def test_note_has_2000_characters_at_most(self, tmp_path: Path) -> None:
        assert kept(tmp_path, "findings", "note", "字" * 2000) == "字" * 2000
        assert "at most 2000" in says(fault(tmp_path, "findings", "note", "字" * 2001))

    @pytest.mark.parametrize("control", ["\x01", "\x0b", "\x1f", "\x7f", "\x85", "\t", "\x00"])
    def test_control_characters_are_refused(self, tmp_path: Path, control: str) -> None:
        assert "control" in says(fault(tmp_path, "units", "name", f"一{control}中"))
        assert "control" in says(fault(tmp_path, "findings", "note", f"一{control}中"))

    def test_line_breaks_are_kept_in_notes_only(self, tmp_path: Path) -> None:
        assert kept(tmp_path, "findings", "note", "一\n二\n\n三") == "一\n二\n\n三"
        assert "line break" in says(fault(tmp_path, "units", "name", "一\n二"))

    def test_every_line_break_is_kept_in_one_form(self, tmp_path: Path) -> None:
        assert kept(tmp_path, "findings", "note", "一\r\n二\r三") == "一\n二\n三"


class TestCreditCode:
    def test_published_codes_are_right(self) -> None:
        assert is_credit_code("91350100M000100Y43")
        assert is_credit_code("92371000MA3MXH0E3W")
        assert not is_credit_code("92371000MA3MXH0E3X")

    def test_lower_case_is_read_as_capital(self, tmp_path: Path) -> None:
        assert kept(tmp_path, "units", "uscc", "91350100m000100y43") == "91350100M000100Y43"

    @pytest.mark.parametrize(
        "cell", ["91350100M000100Y44", "91350100M000100Y4", "91350100I000100Y43", "一"]
    )
    def test_anything_else_is_a_fault(self, tmp_path: Path, cell: str) -> None:
        assert "check" in says(fault(tmp_path, "units", "uscc", cell))

    def test_every_single_wrong_character_is_found(self) -> None:
        code = "91350100M000100Y43"
        for at, right in enumerate(code):
            for other in "0123456789ABCDEFGHJKLMNPQRTUWXY":
                assert is_credit_code(code[:at] + other + code[at + 1 :]) == (other == right)


class TestListed:
    @pytest.mark.parametrize(
        "cell", ["120104006", 120104006, "学府街道", "学府", "１２０１０４００６"]
    )
    def test_subdistrict_by_code_or_name(self, tmp_path: Path, cell: object) -> None:
        assert kept(tmp_path, "units", "subdistrict", cell) == "120104006"

    @pytest.mark.parametrize("cell", ["学府路", "120104099", "街道", 1.5])
    def test_unknown_subdistrict_is_a_fault(self, tmp_path: Path, cell: object) -> None:
        assert fault(tmp_path, "units", "subdistrict", cell)

    def test_veto_by_code_or_name(self, tmp_path: Path) -> None:
        for cell in ("V3", "私设小金库或账外账"):
            assert kept(tmp_path, "ratings", "veto", cell) == "V3"
        assert "V1" not in says(fault(tmp_path, "ratings", "veto", "无"))

    def test_items_by_code_only(self, tmp_path: Path) -> None:
        assert kept(tmp_path, "findings", "item", "FS01") == "FS01"
        for cell in ("fs01", "银行账户管理", "FS99"):
            assert "FS01、" in says(fault(tmp_path, "findings", "item", cell))
        assert "P1、" in says(fault(tmp_path, "duties", "item", "听取内审工作汇报"))

    def test_warning_rule_is_an_imported_one(self, tmp_path: Path) -> None:
        assert kept(tmp_path, "warnings", "rule", "W04") == "W04"
        assert "system itself" in says(fault(tmp_path, "warnings", "rule", "W01"))
        assert "reference list" in says(fault(tmp_path, "warnings", "rule", "W99"))

    def test_dimension_of_no_kind_of_report_is_a_fault(self, tmp_path: Path) -> None:
        assert "reference list" in says(fault(tmp_path, "report_scores", "dimension", "NOTHING"))


def test_faulty_cell_stands_as_such_in_the_row(tmp_path: Path) -> None:
    found = one_row(tmp_path, "units", kind="？")
    [(_, row)] = found.sheets[0].named()
    assert row["kind"] is FAULTY
    assert row["code"] == "U1"


def test_date_in_the_1904_system_is_the_day_it_shows(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"单位网格": unit_rows({})}, date_1904=True)
    [(_, row)] = content(path).sheets[0].named()
    assert row["enrolled_on"] == date(2024, 1, 1)
