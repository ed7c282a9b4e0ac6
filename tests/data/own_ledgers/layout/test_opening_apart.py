"""Own ledgers are told from workbooks of ours, and opened in a process of its own."""

from functools import partial

import pytest

from data.own_ledgers.forms.form import shipped
from data.own_ledgers.layout import files
from data.own_ledgers.layout.apart import OpenedFile, is_workbook_of_ours, open_apart
from data.own_ledgers.layout.files import grids
from data.own_ledgers.reading import read_files
from data.own_ledgers.words.sum_names import SUM_NAMES
from data.workbook.apart import TOO_MUCH
from data.workbook.archive.container import UnreadableError
from data.workbook.archive.limits import Limits
from data.workbook.reading_turns import Bounds
from models.rectification import Finding
from tests.data.own_ledgers.own_files import AS_OF, OFFICE, book, books, known, text_file
from tests.data.own_ledgers.taking_cases import HEADER, line

ROWS = [HEADER, line(1, "往来款")]


def test_one_sheet_of_ours_makes_it_a_workbook_of_ours(tmp_path):
    assert not is_workbook_of_ours(book(tmp_path / "own.xlsx", ROWS))
    both = books(tmp_path / "both.xlsx", {"说明": [["x"]], Finding.id(): [["code"]]})
    assert is_workbook_of_ours(both)


@pytest.mark.parametrize("name", ["x.csv", "x.xls"])
def test_a_text_is_an_own_ledger_unless_it_claims_to_be_a_workbook(tmp_path, name):
    assert not is_workbook_of_ours(text_file(tmp_path / name, ROWS, "utf-8"))
    assert is_workbook_of_ours(text_file(tmp_path / "x.xlsx", ROWS, "utf-8"))


def test_sheets_are_those_opened_in_this_process(tmp_path):
    file = book(tmp_path / "own.xlsx", ROWS)
    assert open_apart(file) == OpenedFile(is_ours=False, sheets=grids(file))


def test_a_workbook_of_ours_is_opened_only_where_somebody_says_it_is_none(tmp_path):
    file = book(tmp_path / "x.xlsx", ROWS, sheet=Finding.SHEET.zh)
    assert open_apart(file) == OpenedFile(is_ours=True, ledgers=frozenset({"findings"}))
    assert open_apart(file, is_ours=False).sheets == grids(file)


@pytest.mark.parametrize("bounds", [Bounds(memory=64), Bounds(seconds=0)])
def test_too_much_is_said_in_the_place_of_sheets(tmp_path, bounds):
    found = open_apart(book(tmp_path / "own.xlsx", ROWS), bounds=bounds)
    with pytest.raises(UnreadableError) as raised:
        found.grids(tmp_path, Limits())
    assert raised.value.sentence.message == TOO_MUCH


def test_one_wide_character_does_not_make_a_small_file_large_in_memory(tmp_path):
    file = book(tmp_path / "own.xlsx", [["a" * 30_000 + "𠀀"] * 20] * 20)
    assert file.stat().st_size < 100_000
    assert open_apart(file, bounds=Bounds(answer=64)).unreadable is None
    # 12 MB of characters, each of which takes four bytes.
    refused = open_apart(file, bounds=Bounds(answer=40)).unreadable
    assert refused is not None
    assert refused.message == TOO_MUCH


@pytest.mark.parametrize("name", ["own.xlsx", "own.csv"])
def test_a_file_with_too_many_filled_cells_is_refused(tmp_path, monkeypatch, name):
    write = book if name.endswith("xlsx") else partial(text_file, encoding="utf-8")
    file = write(tmp_path / name, ROWS)
    filled = sum(1 for each in grids(file) for row in each.lines for value in row if value != "")
    monkeypatch.setattr(files, "MOST_VALUES", filled)
    assert grids(file)
    monkeypatch.setattr(files, "MOST_VALUES", filled - 1)
    with pytest.raises(UnreadableError) as raised:
        grids(file)
    assert raised.value.sentence.message == files.TOO_MANY_VALUES


def test_a_text_with_too_many_characters_is_refused(tmp_path):
    file = text_file(tmp_path / "own.csv", ROWS, "utf-8")
    characters = len(file.read_bytes().decode())
    assert grids(file, Limits(characters=characters))
    with pytest.raises(UnreadableError):
        grids(file, Limits(characters=characters - 1))


def test_every_sum_of_the_offices_ledgers_has_a_name():
    read = read_files(sorted(OFFICE.glob("*.xlsx")), known(shipped()), as_of=AS_OF)
    named = {name for each in read for sheet in each.sheets for name in sheet.sums.names}
    assert len(named) > 10
    assert named <= set(SUM_NAMES)
