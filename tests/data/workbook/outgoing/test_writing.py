"""Workbooks out: what is written is read back as it was, and nothing becomes a formula."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.reference.lists import shipped
from data.workbook.cells.choice_cells import listed_codes
from data.workbook.cells.number_cells import LARGEST
from data.workbook.cells.text_cells import is_credit_code
from data.workbook.cells.value_texts import plain_name, words
from data.workbook.outgoing import writing
from data.workbook.outgoing.writing import TooManyRowsError, export, table
from models.kinds import (
    Code,
    CreditCode,
    Day,
    Flag,
    Kind,
    Listed,
    Money,
    Name,
    Note,
    Number,
    OneOf,
    Refers,
    RefersToNumber,
    Text,
    Whole,
)
from models.ledger import Column
from models.registry import BY_ID, LEDGERS
from tests.data.workbook.books import DAY, broken_rules, content

LINES = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=200
)
CODES = st.text("ABCabc019-_.", min_size=1, max_size=40)


TEXTS = LINES.map(words).filter(bool)
NAMES = LINES.map(plain_name).filter(bool)
NOTES = st.lists(TEXTS, min_size=1, max_size=5).map("\n".join)


def kept_values(kind: Kind) -> st.SearchStrategy[Any]:
    """Values of `kind` in the form in which they are kept."""
    match kind:
        case CreditCode():
            return st.just("91350100M000100Y43").filter(is_credit_code)
        case Note():
            return NOTES
        case Name():
            return NAMES
        case Text():
            return TEXTS
        case Day(happened=happened):
            return st.dates(date(2000, 1, 1), DAY if happened else date(2099, 12, 31))
        case Whole(low=low, high=high) | RefersToNumber(low=low, high=high):
            return st.integers(low, high)
        case Code() | Refers():
            return CODES
        case Number(low=low, high=high, places=places, above_low=above):
            step = 10 ** (2 - places)
            top = LARGEST - 1 if high is None else high
            return st.integers((low or 0) // step + above, top // step).map(lambda n: n * step)
        case Money():
            return st.integers(0, LARGEST - 1) | st.integers(0, 10**9)
        case Flag():
            return st.booleans()
        case OneOf(choices=choices):
            return st.sampled_from([str(each) for each in choices])
        case Listed() as listed:
            return st.sampled_from(sorted(set(listed_codes(listed, shipped()).values())))
    raise TypeError(kind)


def _cell(column: Column) -> st.SearchStrategy[Any]:
    values = kept_values(column.kind)
    must = column.required or column.default is not None
    return values if must else st.none() | values


def rows_of(ledger: Any) -> st.SearchStrategy[list[dict[str, Any]]]:
    row = st.fixed_dictionaries({column.id: _cell(column) for column in ledger.columns})
    return st.lists(row, max_size=4).map(
        lambda rows: [each for each in rows if not list(broken_rules(ledger, each, shipped()))]
    )


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda each: each.id())
@settings(max_examples=12)
@given(data=st.data())
def test_every_ledger_is_read_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, ledger: Any, data: st.DataObject
) -> None:
    rows = data.draw(rows_of(ledger))
    path = tmp_path_factory.mktemp("round") / "trip.xlsx"
    export(path, [(ledger, rows)])
    found = content(path)
    assert not found.faults, found.faults
    assert found.sheets[0].ledger is ledger
    assert [row for _, row in found.sheets[0].named()] == rows


@settings(max_examples=40)
@given(amount=st.integers(0, LARGEST - 1))
def test_amount_is_written_exactly(tmp_path_factory: pytest.TempPathFactory, amount: int) -> None:
    path = tmp_path_factory.mktemp("money") / "a.xlsx"
    row = {"code": "F1", "name": "x", "kind": "OTHER", "unit": "U1", "approved": amount}
    export(path, [(BY_ID["fund_projects"], [{**row, "approved_on": DAY}])])
    [(_, read)] = content(path).sheets[0].named()
    assert read["approved"] == amount


def cells_of(target: Path | BytesIO) -> list[list[Any]]:
    book = openpyxl.load_workbook(target)
    return [list(row) for row in book.worksheets[0].iter_rows()]


def test_amount_of_many_digits_is_a_text_and_others_are_numbers(tmp_path: Path) -> None:
    table(tmp_path / "a.xlsx", "x", [("金额", Money())], [[10**16 + 1], [1_234_560_000]])
    _, [long], [short] = cells_of(tmp_path / "a.xlsx")
    assert (long.data_type, long.value) == ("s", "10000000000.000001")
    assert (short.data_type, short.value) == ("n", 1234.56)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "https://a.b", "0012", "1e5", "_x0041_"]
)
def test_text_stays_a_text(tmp_path: Path, text: str) -> None:
    table(tmp_path / "a.xlsx", "x", [("a", Text())], [[text]])
    [[_], [cell]] = cells_of(tmp_path / "a.xlsx")
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    if text != "_x0041_":
        assert cell.value == text
    export(tmp_path / "b.xlsx", [(BY_ID["sectors"], [{"code": "A", "name": text}])])
    assert content(tmp_path / "b.xlsx").sheets[0].rows == [(2, ("A", text, None))]


def test_cells_are_written_for_people(tmp_path: Path) -> None:
    row = {
        "unit": "001",
        "name": "张三",
        "role": "PRINCIPAL",
        "from_on": date(2026, 1, 2),
        "full_time": False,
    }
    export(tmp_path / "a.xlsx", [(BY_ID["appointments"], [row])])
    header, cells = cells_of(tmp_path / "a.xlsx")
    assert [each.value for each in header][:2] == ["单位编码", "姓名"]
    assert [each.value for each in cells][:3] == ["001", "张三", "主要负责人"]
    assert cells[3].is_date
    assert cells[3].number_format == "yyyy-mm-dd"
    assert cells[5].value == "否"


def test_rows_may_be_given_in_the_order_of_the_columns(tmp_path: Path) -> None:
    export(tmp_path / "a.xlsx", [(BY_ID["sectors"], iter([("EDU", "教育", None)]))])
    assert content(tmp_path / "a.xlsx").sheets[0].rows == [(2, ("EDU", "教育", None))]


def test_ledger_without_rows_is_a_sheet_without_rows(tmp_path: Path) -> None:
    export(tmp_path / "a.xlsx", ((ledger, ()) for ledger in LEDGERS))
    found = content(tmp_path / "a.xlsx")
    assert not found.faults
    assert len(found.sheets) == len(LEDGERS)


def test_list_may_go_to_memory() -> None:
    target = BytesIO()
    table(target, "清单", [("名称", Text()), ("天数", Whole())], [["一", 3], [None, None]])
    target.seek(0)
    assert [[cell.value for cell in row] for row in cells_of(target)][:2] == [
        ["名称", "天数"],
        ["一", 3],
    ]


def test_more_rows_than_a_sheet_holds_are_refused_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "ROWS", 3)
    rows = [{"code": str(n), "name": "x"} for n in range(3)]
    with pytest.raises(TooManyRowsError):
        export(tmp_path / "a.xlsx", [(BY_ID["sectors"], rows)])
    assert list(tmp_path.iterdir()) == []
    export(tmp_path / "a.xlsx", [(BY_ID["sectors"], rows[:2])])


def test_target_that_cannot_be_written_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        export(tmp_path / "none" / "a.xlsx", [(BY_ID["sectors"], [])])
