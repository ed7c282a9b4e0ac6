"""Real workbook files made from few values, with a valid row of every ledger to start from."""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from data.reference.lists import References, shipped
from data.workbook.archive.limits import Limits
from data.workbook.reading import read
from data.workbook.row_rules import CheckedRule, row_rules
from data.workbook.rows import FAULTY, Content, Fault
from models.ledger import Column, Ledger
from models.registry import BY_ID
from models.text import Sentence

DAY = date(2026, 6, 30)
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


@dataclass(frozen=True)
class Formula:
    """A cell with a formula and its stored result; an empty text stores no result."""

    words: str
    result: Any = ""


@dataclass(frozen=True)
class Formatted:
    """A number with a number format."""

    value: float
    number_format: str


ROWS: dict[str, dict[str, Any]] = {
    "sectors": {"code": "EDU", "name": "教育"},
    "units": {
        "code": "U1",
        "name": "一中",
        "kind": "事业单位",
        "sector": "EDU",
        "enrolled_on": date(2024, 1, 1),
    },
    "appointments": {
        "unit": "U1",
        "name": "张三",
        "role": "主要负责人",
        "from_on": date(2024, 1, 1),
    },
    "duties": {"unit": "U1", "item": "P1", "due_on": date(2026, 3, 31)},
    "reports": {"unit": "U1", "year": 2026, "kind": "内审计划", "due_on": date(2026, 1, 31)},
    "report_scores": {
        "unit": "U1",
        "year": 2026,
        "kind": "内审计划",
        "reviewer": "U2",
        "dimension": "TIMELY",
        "points": 9.5,
        "scored_on": date(2026, 2, 1),
    },
    "projects": {
        "code": "P1",
        "name": "审计",
        "unit": "U1",
        "source": "国家审计",
        "planned_on": date(2026, 1, 1),
    },
    "findings": {
        "code": "F1",
        "unit": "U1",
        "title": "问题",
        "severity": "一般",
        "rect_type": "立行立改",
        "issued_on": date(2026, 1, 10),
        "due_on": date(2026, 3, 31),
    },
    "rectification_events": {"finding": "F1", "on_date": date(2026, 2, 1), "action": "进展"},
    "cross_reviews": {
        "round": "2026-1",
        "reviewer": "U1",
        "reviewed": "U2",
        "due_on": date(2026, 5, 1),
    },
    "ratings": {
        "unit": "U1",
        "year": 2025,
        "base_points": 50,
        "operation_points": 30,
        "rated_on": date(2026, 1, 1),
    },
    "assessments": {
        "unit": "U1",
        "year": 2025,
        "indicator": "完成率",
        "full_points": 100,
        "points": 90,
        "assessed_on": date(2026, 1, 1),
    },
    "key_tasks": {
        "number": 1,
        "name": "任务",
        "lead": "审计局",
        "start_on": date(2026, 1, 1),
        "due_on": date(2026, 12, 31),
    },
    "task_progress": {"number": 1, "on_date": date(2026, 2, 1), "percent": 50},
    "attendance": {"training": "T1", "unit": "U1", "people": 10},
    "disposals": {
        "code": "D1",
        "name": "闲置楼",
        "kind": "存量资产",
        "unit": "U1",
        "found_on": date(2026, 1, 1),
        "due_on": date(2026, 12, 31),
    },
    "warnings": {
        "code": "W1",
        "unit": "U1",
        "rule": "W04",
        "level": "红",
        "raised_on": date(2026, 1, 1),
    },
}


def column(ledger: str, column_id: str) -> Column:
    return next(each for each in BY_ID[ledger].columns if each.id == column_id)


def write(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], **options: Any) -> Path:
    """A workbook with the rows of cells of each sheet; None leaves a cell out."""
    book = Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False, **options})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for at, value in enumerate(row):
                _write_cell(book, sheet, number, at, value)
    book.close()
    return path


def _write_cell(book: Any, sheet: Any, row: int, at: int, value: Any) -> None:
    match value:
        case None:
            return
        case Formula(words, result):
            sheet.write_formula(row, at, words, None, result)
        case Formatted(number, number_format):
            sheet.write_number(row, at, number, book.add_format({"num_format": number_format}))
        case datetime():
            shape = {"num_format": "yyyy-mm-dd hh:mm:ss"}
            sheet.write_datetime(row, at, value, book.add_format(shape))
        case date():
            sheet.write_datetime(row, at, value, book.add_format({"num_format": "yyyy-mm-dd"}))
        case time() | timedelta():
            sheet.write_datetime(row, at, value, book.add_format({"num_format": "[h]:mm:ss"}))
        case bool():
            sheet.write_boolean(row, at, value)
        case int() | float():
            sheet.write_number(row, at, value)
        case _:
            sheet.write_string(row, at, value)


def content(path: Path, *, day: date = DAY, limits: Limits | None = None) -> Content:
    return read(path, day=day, references=shipped(), limits=limits or Limits())


def one_row(folder: Path, ledger: str, **cells: Any) -> Content:
    """The result of reading a valid row of `ledger` with `cells` changed."""
    row = {**ROWS[ledger], **cells}
    headers = [column(ledger, each).zh for each in row]
    return content(
        write(folder / "one.xlsx", {BY_ID[ledger].SHEET.zh: [headers, list(row.values())]})
    )


def kept(folder: Path, ledger: str, column_id: str, cell: Any) -> object:
    """The stored form of `cell`, which must have no faults."""
    found = one_row(folder, ledger, **{column_id: cell})
    assert not found.faults, found.faults
    [(_, row)] = found.sheets[0].named()
    return row[column_id]


def fault(folder: Path, ledger: str, column_id: str, cell: Any) -> Fault:
    """The only fault of `cell`."""
    [found] = one_row(folder, ledger, **{column_id: cell}).faults
    assert (found.sheet, found.row) == (BY_ID[ledger].SHEET.zh, 2)
    assert found.column == column(ledger, column_id).zh
    return found


def says(found: Fault) -> str:
    """The sentence of a fault in English."""
    return found.sentence.say(str, "en")


def broken_rules(
    ledger: type[Ledger], values: Mapping[str, object], references: References
) -> Iterator[tuple[CheckedRule, Sentence]]:
    """The row rules that a row breaks; rules about a faulty cell are skipped."""
    for rule in row_rules(ledger, references):
        given = [values.get(each) for each in rule.columns]
        if FAULTY not in given and (wrong := rule.broken(*given)):
            yield rule, wrong


def unit_rows(*changes: Mapping[str, Any]) -> list[list[Any]]:
    """A sheet of units: its header and a valid row for each of `changes`."""
    names = list(dict.fromkeys([*ROWS["units"], *(name for each in changes for name in each)]))
    rows = [{**ROWS["units"], **each} for each in changes]
    headers: list[Any] = [column("units", each).zh for each in names]
    return [headers, *([row.get(name) for name in names] for row in rows)]


CONTENT_TYPES = (
    f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
PACKAGE_RELATIONS = (
    f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>"
)
WORKBOOK_RELATIONS = (
    f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{RELATIONS}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId3" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    "</Relationships>"
)
WORKBOOK = (
    f'<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{NAMESPACE}" xmlns:r="{RELATIONS}">'
    '<sheets><sheet name="条线" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
STYLES = (
    f'<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="{NAMESPACE}">'
    '<numFmts count="1"><numFmt numFmtId="170" formatCode="0.00%"/></numFmts>'
    '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs>'
    "</styleSheet>"
)
STRINGS = (
    f'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="{NAMESPACE}" count="2" uniqueCount="2">'
    "<si><t>条线编码</t></si><si><t>条线名称</t></si></sst>"
)
HEADER = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
ROW = '<row r="2"><c r="A2" t="str"><v>EDU</v></c><c r="B2" t="str"><v>教育</v></c></row>'


def sheet_xml(rows: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<worksheet xmlns="{NAMESPACE}"><sheetData>{rows}</sheetData></worksheet>'
    )


def raw(path: Path, rows: str = HEADER + ROW, **parts: str | bytes) -> Path:
    """A workbook of hand-written XML: the sheet 条线 with `rows`; `parts` replace files in it."""
    given: dict[str, str | bytes] = {
        "content_types": CONTENT_TYPES,
        "package": PACKAGE_RELATIONS,
        "relations": WORKBOOK_RELATIONS,
        "workbook": WORKBOOK,
        "styles": STYLES,
        "strings": STRINGS,
        "sheet": sheet_xml(rows),
        **parts,
    }
    names = {
        "content_types": "[Content_Types].xml",
        "package": "_rels/.rels",
        "relations": "xl/_rels/workbook.xml.rels",
        "workbook": "xl/workbook.xml",
        "styles": "xl/styles.xml",
        "strings": "xl/sharedStrings.xml",
        "sheet": "xl/worksheets/sheet1.xml",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in given.items():
            archive.writestr(names.get(name, name), part)
    return path


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
