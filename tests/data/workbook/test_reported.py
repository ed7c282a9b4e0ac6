"""Workbooks as offices really hand them in, in which other systems went wrong."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart
from openpyxl.worksheet.worksheet import Worksheet

from data.workbook.rows import Content
from tests.data.workbook.books import (
    HEADER,
    ROW,
    ROWS,
    WORKBOOK_RELATIONS,
    Formatted,
    Formula,
    column,
    content,
    fault,
    kept,
    raw,
    says,
    sheet_xml,
    unit_rows,
    write,
)

FINDING = ROWS["findings"]
HEADERS = [column("findings", each).zh for each in FINDING]


def findings(folder: Path, *rows: dict[str, Any], change: Callable[[Worksheet], None]) -> Content:
    """What is read of a sheet of findings that was changed by `change` before it was saved."""
    names = list(dict.fromkeys([*FINDING, *(name for row in rows for name in row)]))
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "问题清单"
    sheet.append([column("findings", each).zh for each in names])
    for at, row in enumerate(rows or ({}, {}, {})):
        values = {**FINDING, "code": f"F{at}", **row}
        sheet.append([values.get(name) for name in names])
    change(sheet)
    book.save(folder / "a.xlsx")
    return content(folder / "a.xlsx")


def places(found: Content) -> list[tuple[str | None, int | None, str | None, str | None]]:
    return [(each.sheet, each.row, each.column, each.value) for each in found.faults]


class TestNumberFormats:
    @pytest.mark.parametrize(
        ("stored", "shape", "seen"),
        [
            (125000, '0!.0,"万元"', "12.5万元"),
            (125000, '0\\.0,"万元"', "12.5万元"),
            (125000, '0"."0,', "12.5"),
            (125000, '0"."0000', "12.5000"),
            (12500, "#,##0.00,", "12.50"),
            (12500000, "0.0,,", "12.5"),
            (12, '0"0000"', "120000"),
            (125000, "[>=10000]0!.0,;0", "12.5"),
        ],
    )
    @pytest.mark.parametrize("place", [("findings", "amount"), ("ratings", "base_points")])
    def test_another_magnitude_is_a_fault_that_names_both(
        self, tmp_path: Path, stored: int, shape: str, seen: str, place: tuple[str, str]
    ) -> None:
        found = fault(tmp_path, *place, Formatted(stored, shape))
        assert found.value == seen
        assert f"“{seen}”" in says(found)
        assert f" {stored} is stored" in says(found)

    @pytest.mark.parametrize(
        ("shape", "seen"),
        [
            ('0.00"元"', "12.50元"),
            ('#,##0.0"千元"', "12.5千元"),
            ('0.0"亿元"', "12.5亿元"),
            ("0.0亿", "12.5亿"),
            ('0.0"百万元"', "12.5百万元"),
            ("[$¥-804]#,##0.00", "¥12.50"),
            ('General"元"', "12.5元"),
        ],
    )
    def test_another_unit_is_a_fault_in_a_column_of_money(
        self, tmp_path: Path, shape: str, seen: str
    ) -> None:
        found = fault(tmp_path, "findings", "amount", Formatted(12.5, shape))
        assert found.value == seen
        assert seen in says(found)
        assert kept(tmp_path, "ratings", "base_points", Formatted(12.5, shape)) == 1250

    @pytest.mark.parametrize(
        "shape",
        [
            "#,##0.00",
            "0",
            '0.00"万元"',
            "0.00万",
            "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \\-??_ ;_ @_ ",
            "0.00;[Red]-0.00",
            "[>=10000]0!.0,;0.00",
            "0.00E+00",
            "@",
        ],
    )
    def test_the_same_number_in_other_clothes_is_read(self, tmp_path: Path, shape: str) -> None:
        assert kept(tmp_path, "findings", "amount", Formatted(12.5, shape)) == 12_500_000

    def test_a_format_of_every_cell_counts_too(self, tmp_path: Path) -> None:
        def change(sheet: Worksheet) -> None:
            for row in (2, 3, 4):
                sheet.cell(row, len(HEADERS) + 1).number_format = "0,"

        found = findings(tmp_path, *({"amount": 7000} for _ in range(3)), change=change)
        assert [each.value for each in found.faults] == ["7", "7", "7"]


class TestDates:
    @pytest.mark.parametrize(
        ("shape", "seen"),
        [
            ('yyyy"年"m"月"', "2026年3月"),
            ("yyyy\\-mm", "2026-03"),
            ("yyyy.m;@", "2026.3"),
            ("mmm-yy", "Mar-26"),
            ("yyyy", "2026"),
        ],
    )
    def test_a_date_that_shows_no_day_is_a_fault(
        self, tmp_path: Path, shape: str, seen: str
    ) -> None:
        found = findings(
            tmp_path, {"due_on": date(2026, 3, 1)}, change=lambda sheet: _shape(sheet, "G2", shape)
        )
        assert [(each.row, each.column) for each in found.faults] == [(2, "整改期限")]
        assert f"“{seen}”" in says(found.faults[0])
        assert "2026-03-01 is stored" in says(found.faults[0])

    @pytest.mark.parametrize("shape", ["h:mm", "aaaa", "yyyy/mm dddd"])
    def test_so_is_one_that_shows_a_time_or_a_weekday_only(
        self, tmp_path: Path, shape: str
    ) -> None:
        found = findings(tmp_path, {}, change=lambda sheet: _shape(sheet, "G2", shape))
        assert [(each.row, each.column) for each in found.faults] == [(2, "整改期限")]

    @pytest.mark.parametrize(
        "shape", ["m/d/yy h:mm", 'm"月"d"日"', "[$-804]yyyy年m月d日;@", "dd-mmm", "yyyy-mm-dd"]
    )
    def test_any_other_date_is_read(self, tmp_path: Path, shape: str) -> None:
        found = findings(tmp_path, {}, change=lambda sheet: _shape(sheet, "G2", shape))
        assert not found.faults


def _shape(sheet: Worksheet, cell: str, shape: str) -> None:
    sheet[cell].number_format = shape


class TestMergedCells:
    def test_a_range_is_one_fault_and_nothing_in_it_is_read(self, tmp_path: Path) -> None:
        rows: list[dict[str, Any]] = [
            {"amount": 5, "instructed": "是"},
            {"amount": 6, "instructed": "否"},
            {"amount": 7, "instructed": "否"},
        ]
        found = findings(tmp_path, *rows, change=lambda sheet: _merge(sheet, "H2:I3"))
        assert places(found) == [("问题清单", 2, "问题金额", "H2:I3")]
        values = [row for _, row in found.sheets[0].named()]
        assert [row["amount"] for row in values][2] == 7_000_000
        assert all(str(row["amount"]).endswith("FAULTY") for row in values[:2])

    def test_in_columns_that_may_be_empty_too(self, tmp_path: Path) -> None:
        found = findings(
            tmp_path,
            {"category": "资金"},
            {},
            {},
            change=lambda sheet: _merge(sheet, "H2:H4"),
        )
        assert places(found) == [("问题清单", 2, "问题类别", "H2:H4")]

    def test_required_cells_under_it_have_no_fault_of_their_own(self, tmp_path: Path) -> None:
        found = findings(tmp_path, change=lambda sheet: _merge(sheet, "B2:B4"))
        assert places(found) == [("问题清单", 2, "责任单位", "B2:B4")]

    def test_what_lies_hidden_under_it_is_not_counted(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        sheet.title = "条线"
        for line in (["条线编码", "条线名称"], ["EDU", "教育"], ["OLD", "旧"]):
            sheet.append(line)
        book.save(tmp_path / "a.xlsx")
        hidden = tmp_path / "b.xlsx"
        with zipfile.ZipFile(tmp_path / "a.xlsx") as old, zipfile.ZipFile(hidden, "w") as new:
            for name in old.namelist():
                part = old.read(name)
                if name == "xl/worksheets/sheet1.xml":
                    merges = b'<mergeCells count="1"><mergeCell ref="A2:B3"/></mergeCells>'
                    part = part.replace(b"</sheetData>", b"</sheetData>" + merges)
                new.writestr(name, part)
        found = content(hidden)
        assert places(found) == [("条线", 2, "条线编码", "A2:B3")]
        assert found.sheets[0].rows == []

    def test_a_line_of_notes_under_the_table_is_one_fault(self, tmp_path: Path) -> None:
        def change(sheet: Worksheet) -> None:
            sheet["A6"] = "注：以上数据截至六月底"
            sheet.merge_cells("A6:G6")

        found = findings(tmp_path, change=change)
        assert places(found) == [("问题清单", 6, "问题编号", "A6:G6")]

    def test_merged_headers_notes_and_blank_rows_are_none(self, tmp_path: Path) -> None:
        def change(sheet: Worksheet) -> None:
            sheet["L1"] = "#备注"
            sheet.merge_cells("L2:L4")
            sheet.merge_cells("A9:G12")
            sheet.merge_cells("N1:P1")

        assert not findings(tmp_path, change=change).faults

    def test_a_merged_pair_of_header_rows_is_a_fault_at_its_first_row(self, tmp_path: Path) -> None:
        found = findings(tmp_path, change=lambda sheet: _merge(sheet, "A1:A2"))
        assert places(found) == [("问题清单", 1, "问题编号", "A1:A2")]


def _merge(sheet: Worksheet, cells: str) -> None:
    sheet.merge_cells(cells)


class TestHeaderElsewhere:
    @pytest.mark.parametrize("above", [1, 3, 14])
    def test_a_title_above_the_headers_is_one_fault(self, tmp_path: Path, above: int) -> None:
        def change(sheet: Worksheet) -> None:
            sheet.insert_rows(1, above)
            sheet["A1"] = "审计问题整改清单"
            sheet.merge_cells("A1:G1")

        found = findings(tmp_path, change=change)
        assert places(found) == [("问题清单", above + 1, None, None)]
        assert f"row {above + 1}" in says(found.faults[0])
        assert found.sheets[0].rows == []

    def test_blank_rows_above_the_headers_are_the_same(self, tmp_path: Path) -> None:
        found = findings(tmp_path, change=lambda sheet: sheet.insert_rows(1, 2))
        assert places(found) == [("问题清单", 3, None, None)]

    def test_further_down_headers_are_not_looked_for(self, tmp_path: Path) -> None:
        def change(sheet: Worksheet) -> None:
            sheet.insert_rows(1, 15)
            sheet["A1"] = "审计问题整改清单"

        assert len(findings(tmp_path, change=change).faults) > 1


class TestHeadings:
    @pytest.mark.parametrize(
        "heading",
        [
            "问题\n金额",
            "问题金额（万元）",
            "问题金额(万元)",
            "*问题金额",
            "问题 金额 *",
            "\ufeff问题⾦额",
        ],
    )
    def test_what_is_set_aside(self, tmp_path: Path, heading: str) -> None:
        found = findings(tmp_path, {"amount": 1}, change=lambda sheet: _write(sheet, "H1", heading))
        assert not found.faults
        assert found.sheets[0].headers["amount"] == heading

    def test_another_unit_of_money_is_not(self, tmp_path: Path) -> None:
        found = findings(
            tmp_path, {"amount": 1}, change=lambda sheet: _write(sheet, "H1", "问题金额（元）")
        )
        assert places(found) == [("问题清单", 1, "问题金额（元）", "问题金额（元）")]

    def test_a_column_without_one_is_one_fault(self, tmp_path: Path) -> None:
        def change(sheet: Worksheet) -> None:
            for row in (2, 3, 4):
                sheet.cell(row, 9).value = row

        found = findings(tmp_path, change=change)
        assert places(found) == [("问题清单", 2, "I", "2")]
        assert "3 values" in says(found.faults[0])


def _write(sheet: Worksheet, cell: str, text: str) -> None:
    sheet[cell] = text


class TestLookAlikes:
    @pytest.mark.parametrize(
        "cell", ["重要\u200b", "\ufeff重要", "重\u2060要", "⾥\u200e".replace("⾥", "重要")]
    )
    def test_invisible_characters_in_a_choice_are_dropped(self, tmp_path: Path, cell: str) -> None:
        assert kept(tmp_path, "findings", "severity", cell) == "IMPORTANT"

    @pytest.mark.parametrize("cell", ["⼀般", "一般\u3000", "\xa0一般", "一\u00ad般"])
    def test_look_alikes_in_a_choice_are_the_plain_ones(self, tmp_path: Path, cell: str) -> None:
        assert kept(tmp_path, "findings", "severity", cell) == "ORDINARY"

    @pytest.mark.parametrize(
        "cell", ["资⾦管理", "资\u200b金管理", "资金管理\ufe0f", "资\uf90a管理"]
    )
    def test_groups_that_look_the_same_are_the_same(self, tmp_path: Path, cell: str) -> None:
        assert kept(tmp_path, "findings", "category", cell) == "资金管理"

    @pytest.mark.parametrize("dot", list("·•‧∙⋅・･"))
    def test_names_have_one_kind_of_middle_dot(self, tmp_path: Path, dot: str) -> None:
        assert kept(tmp_path, "appointments", "name", f"甲乙{dot}丙丁") == "甲乙·丙丁"

    @pytest.mark.parametrize("space", list("\u3000\xa0\u2003\u202f"))
    def test_names_have_one_kind_of_space(self, tmp_path: Path, space: str) -> None:
        assert kept(tmp_path, "units", "name", f"一{space}中") == "一 中"

    def test_radicals_in_a_name_are_ideographs(self, tmp_path: Path) -> None:
        assert kept(tmp_path, "units", "name", "⺠政局⻓") == "民政局长"

    @pytest.mark.parametrize("cell", ["F\u200b1", "\u200eF1", "F1\ufeff", "\u202aF1\u202c"])
    def test_invisible_characters_in_a_code_are_dropped(self, tmp_path: Path, cell: str) -> None:
        assert kept(tmp_path, "findings", "code", cell) == "F1"

    @pytest.mark.parametrize(("cell", "named"), [("СA1", "U+0421"), ("F–1", "U+2013")])
    def test_a_sign_that_cannot_be_taken_is_named(
        self, tmp_path: Path, cell: str, named: str
    ) -> None:
        assert named in says(fault(tmp_path, "findings", "code", cell))

    @pytest.mark.parametrize("cell", ["\u200e2026-03-31", "2026-03-31\u200b"])
    def test_invisible_characters_in_dates_and_numbers_are_dropped(
        self, tmp_path: Path, cell: str
    ) -> None:
        assert kept(tmp_path, "findings", "due_on", cell) == date(2026, 3, 31)
        assert kept(tmp_path, "findings", "amount", "12\u200b.5\u2060") == 12_500_000

    def test_other_texts_keep_what_is_seen(self, tmp_path: Path) -> None:
        title = "𠮷㐂𬭎䶮往来款🏗️“挂账”≥3年（㎡）•"
        assert kept(tmp_path, "findings", "title", f"\u200b{title}\u200b") == title

    def test_nothing_but_invisible_characters_is_an_empty_cell(self, tmp_path: Path) -> None:
        assert kept(tmp_path, "findings", "category", "\u200b\ufeff") is None
        assert "required" in says(fault(tmp_path, "findings", "code", "\u200b"))


class TestOtherSheets:
    def _read(self, folder: Path, change: Callable[[openpyxl.Workbook], None]) -> Content:
        path = write(folder / "a.xlsx", {"条线": [["条线编码", "条线名称"], ["EDU", "教育"]]})
        book = openpyxl.load_workbook(path)
        change(book)
        book.save(path)
        return content(path)

    def test_what_wps_keeps_for_itself_is_passed_over(self, tmp_path: Path) -> None:
        def change(book: openpyxl.Workbook) -> None:
            for state in ("hidden", "veryHidden"):
                sheet = book.create_sheet(f"WpsReserved_{state}")
                sheet["A1"], sheet.sheet_state = "x", state

        assert not self._read(tmp_path, change).faults

    def test_the_same_name_in_sight_is_not(self, tmp_path: Path) -> None:
        def change(book: openpyxl.Workbook) -> None:
            book.create_sheet("WpsReserved_x")["A1"] = "x"

        assert places(self._read(tmp_path, change)) == [("WpsReserved_x", None, None, None)]

    def test_blank_sheets_are_passed_over(self, tmp_path: Path) -> None:
        def change(book: openpyxl.Workbook) -> None:
            book.create_sheet("Sheet1")
            book.create_sheet("Sheet2")["B7"] = " \u200b"
            book.create_sheet("Sheet3")["C3"].number_format = "0.00"

        assert not self._read(tmp_path, change).faults

    def test_charts_are_passed_over(self, tmp_path: Path) -> None:
        def change(book: openpyxl.Workbook) -> None:
            book.create_chartsheet("图表1").add_chart(BarChart())

        assert not self._read(tmp_path, change).faults


class TestPictures:
    @pytest.mark.parametrize(
        "cell",
        [
            Formula('=_xlfn.DISPIMG("ID_5BA4F81A",1)', '=DISPIMG("ID_5BA4F81A",1)'),
            Formula('=_xlfn.DISPIMG("ID_5BA4F81A",1)', "#NAME?"),
            '=DISPIMG("ID_5BA4F81A",1)',
        ],
    )
    def test_a_picture_of_wps_is_a_fault(self, tmp_path: Path, cell: object) -> None:
        assert "picture" in says(fault(tmp_path, "findings", "note", cell))

    def test_so_is_one_that_excel_placed_in_a_cell(self, tmp_path: Path) -> None:
        row = ROW.replace("</row>", '<c r="C2" t="e" vm="1"><v>#VALUE!</v></c></row>')
        header = HEADER.replace("</row>", '<c r="C1" t="str"><v>主管部门</v></c></row>')
        [found] = content(raw(tmp_path / "a.xlsx", header + row)).faults
        assert "picture" in says(found)


class TestUnusualFiles:
    def _renamed(self, folder: Path, change: Callable[[str], str], **parts: str) -> Content:
        path, target = raw(folder / "a.xlsx", **parts), folder / "b.xlsx"
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
            for name in old.namelist():
                new.writestr(change(name), old.read(name))
        return content(target)

    @pytest.mark.parametrize(
        "change",
        [
            lambda name: name.replace("/", "\\"),
            lambda name: f"/{name}",
            lambda name: f"./{name}",
            str.upper,
        ],
    )
    def test_paths_in_the_archive(self, tmp_path: Path, change: Callable[[str], str]) -> None:
        found = self._renamed(tmp_path, change)
        assert not found.faults
        assert found.sheets[0].rows == [(2, ("EDU", "教育"))]

    def test_a_workbook_part_of_another_name(self, tmp_path: Path) -> None:
        package = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/officeDocument" Target="xl/workbook22.xml"/></Relationships>'
        )
        found = self._renamed(
            tmp_path, lambda name: name.replace("workbook.xml", "workbook22.xml"), package=package
        )
        assert not found.faults
        assert found.sheets[0].rows == [(2, ("EDU", "教育"))]

    def test_texts_and_styles_under_other_names(self, tmp_path: Path) -> None:
        def change(name: str) -> str:
            return name.replace("sharedStrings.xml", "texts.xml").replace("styles.xml", "look.xml")

        found = self._renamed(
            tmp_path,
            change,
            relations=change(WORKBOOK_RELATIONS),
            rows=HEADER + ROW.replace('t="str"><v>EDU</v>', 's="2"><v>0.5</v>'),
        )
        assert places(found) == [("条线", 2, "条线编码", "50%")]

    @pytest.mark.parametrize(
        "target",
        [
            "./worksheets/sheet1.xml",
            "../xl/worksheets/sheet1.xml",
            "/xl/worksheets/sheet1.xml",
            "xl/worksheets/sheet1.xml",
            "worksheets\\sheet1.xml",
            "/xl/./worksheets/sheet1.xml",
        ],
    )
    def test_targets_of_relations(self, tmp_path: Path, target: str) -> None:
        relations = WORKBOOK_RELATIONS.replace("worksheets/sheet1.xml", target)
        found = content(raw(tmp_path / "a.xlsx", relations=relations))
        assert not found.faults
        assert found.sheets[0].rows == [(2, ("EDU", "教育"))]

    @pytest.mark.parametrize("size", ["A0", "A1:A0", "", "0:0", "junk", "B7:C9", "A1:XFD1048576"])
    def test_a_size_that_is_none(self, tmp_path: Path, size: str) -> None:
        stated = f'<dimension ref="{size}"/><sheetData>'
        sheet = sheet_xml(HEADER + ROW).replace("<sheetData>", stated)
        found = content(raw(tmp_path / "a.xlsx", sheet=sheet))
        assert not found.faults
        assert found.sheets[0].rows == [(2, ("EDU", "教育"))]

    def test_sparse_rows_without_references(self, tmp_path: Path) -> None:
        rows = (
            HEADER
            + '<row><c t="str"><v>EDU</v></c><c t="str"><v>教育</v></c></row>'
            + '<row r="5"><c t="str"><v>SOE</v></c><c r="B5" t="str"><v>国企</v></c></row>'
            + '<row><c r="B6" t="str"><v>卫生</v></c></row>'
        )
        found = content(raw(tmp_path / "a.xlsx", rows))
        assert places(found) == [("条线", 6, "条线编码", None)]
        assert [row for row, _ in found.sheets[0].rows] == [2, 5, 6]

    def test_another_kind_of_office_file_is_no_workbook(self, tmp_path: Path) -> None:
        word = '<document xmlns="urn:x"/>'
        [found] = content(raw(tmp_path / "a.xlsx", workbook=word)).faults
        assert "not an .xlsx workbook" in says(found)

    def test_a_file_name_as_long_as_can_be(self, tmp_path: Path) -> None:
        name = "台" * 83 + "a.xlsx"
        assert len(name.encode()) == 255
        assert not content(write(tmp_path / name, {"单位网格": unit_rows({})})).faults


def test_hidden_rows_are_said(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        for row in (3, 4):
            sheet.row_dimensions[row].hidden = True

    found = findings(tmp_path, change=change)
    assert not found.faults
    assert found.sheets[0].hidden_rows == [3, 4]
