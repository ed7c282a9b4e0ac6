"""Own ledgers made for tests: rows of cells as an office writes them, and the known units."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from data.own_ledgers.forms.form import Form, shipped
from data.own_ledgers.forms.knowledge import Known
from data.own_ledgers.reading import read_files
from data.own_ledgers.words.stated import StatedFile, StatedRow
from data.reference.lists import shipped as shipped_lists

AS_OF = date(2026, 10, 31)
UNITS = {
    "U01": "示例区第一中学",
    "U02": "示例区第二中学",
    "U03": "示例区城市建设投资有限公司",
    "U04": "示例区鼓楼街道办事处",
    "U05": "示例区卫生健康委员会",
}
ALIASES = {"一中": "U01", "二中": "U02", "区卫健委": "U05"}
OFFICE = Path(__file__).parents[2] / "samples" / "office"


def known(forms: Mapping[str, Form] | None = None, **units: str) -> Known:
    return Known(units or UNITS, {} if units else ALIASES, forms or shipped(), shipped_lists())


def book(
    path: Path, rows: Sequence[Sequence[Any]], merges: Sequence[str] = (), sheet: str = "台账"
) -> Path:
    """A workbook of one sheet; merged ranges like "B5:B7" have the value of their first cell."""
    return books(path, {sheet: rows}, {sheet: merges})


def books(
    path: Path,
    sheets: Mapping[str, Sequence[Sequence[Any]]],
    merges: Mapping[str, Sequence[str]] | None = None,
) -> Path:
    with Workbook(path) as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        percent = workbook.add_format({"num_format": "0%"})
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, date | datetime):
                        sheet.write_datetime(at, column, value, day)  # type: ignore[arg-type]
                    elif isinstance(value, tuple):
                        sheet.write_number(at, column, value[0], percent)
                    elif isinstance(value, str) and value.startswith("="):
                        sheet.write_formula(at, column, value, None, "#DIV/0!")
                    elif value not in ("", None):
                        sheet.write(at, column, value)
            for merge in (merges or {}).get(name, ()):
                first = merge.partition(":")[0]
                column, line = ord(first[0]) - ord("A"), int(first[1:]) - 1
                held = rows[line][column] if column < len(rows[line]) else ""
                sheet.merge_range(merge, held)
    return path


def text_file(
    path: Path, rows: Sequence[Sequence[Any]], encoding: str, delimiter: str = ","
) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def read(path: Path, **options: Any) -> StatedFile:
    what = options.pop("what", None) or known()
    [stated] = read_files([path], what, **{"as_of": AS_OF, **options})
    return stated


def of(stated: StatedFile, ledger: str) -> list[StatedRow]:
    return [row for row in stated.rows if row.ledger == ledger]


def column(stated: StatedFile, ledger: str, name: str) -> list[Any]:
    return [row.values.get(name) for row in of(stated, ledger)]
