"""Cells made to stall the reading are read at once, and as what they are."""

from datetime import date
from pathlib import Path

import pytest

from data.own_ledgers.forms.form import shipped
from data.own_ledgers.layout.files import LONGEST_TEXT, TEXT_TOO_LONG, _bare_text, grids
from data.own_ledgers.layout.headings import Headings
from data.own_ledgers.words.days import AFTER, read_day
from data.own_ledgers.words.limits import DefaultLimits, read_limit
from data.own_ledgers.words.money import read_amount
from data.own_ledgers.words.phrases import Phrases
from data.own_ledgers.words.unit_names import MOST_LIKENED, UnitNames
from data.own_ledgers.words.written import LONGEST, without_brackets, without_endings
from data.reference.lists import shipped as shipped_lists
from data.workbook.archive.container import UnreadableError
from tests.data.own_ledgers.own_files import text_file

NOBODY = Phrases((), {})


@pytest.mark.parametrize("word", AFTER)
def test_words_after_a_day_end_soon_when_they_repeat(word: str) -> None:
    assert without_endings(f"6月{word * 5_000}", AFTER) == "6月"
    spoilt = f"{word * 5_000}x"
    assert without_endings(spoilt, AFTER) == spoilt


@pytest.mark.parametrize("word", ["完成整改", "整改通知", "整改", "前", "到", "—", "(", "多"])
def test_a_cell_of_repeated_words_is_no_day_no_limit_and_no_amount(word: str) -> None:
    for cell in (f"{word * 40}甲", f"{word * 8_000}甲"):
        assert read_day(cell, year=2026) is None
        assert read_limit(cell, year=2026, phrases=NOBODY, defaults=DefaultLimits()) is None
        assert read_amount(cell, "万元") is None


def test_a_day_and_an_amount_in_too_long_a_cell_are_asked_for() -> None:
    tail = "前" * LONGEST
    assert read_day("2026年6月30日前", year=None) is not None
    assert read_day(f"2026年6月30日{tail}", year=None) is None
    assert read_amount(f"12万元{'多' * LONGEST}", None) is None


def test_endings_that_overlap_are_taken_off_as_far_as_they_reach() -> None:
    read = read_day("6月30日整改完成整改到位前完成", year=2026)
    assert read is not None and read.day == date(2026, 6, 30)
    assert without_endings("12万左右上下人民币整", ("左右", "上下", "人民币", "整")) == "12万"
    assert without_endings("", ("整",)) == ""
    # Only the longer ending reaches over the shorter one.
    assert without_endings("完成整", ("成整", "整")) == "完"


def test_brackets_within_brackets_are_taken_off_from_within() -> None:
    assert without_brackets(f"甲{'(' * 50_000}{')' * 50_000}乙") == "甲乙"
    assert without_brackets("甲(乙[丙)丁】戊") == "甲戊"
    assert without_brackets("甲)乙(丙") == "甲)乙(丙"


def test_a_unit_whose_name_is_its_endings_repeated_is_found_soon() -> None:
    name = "集团公司" * 40
    names = UnitNames({"U1": name, "U2": "区教育局"}, {})
    assert names.find(name) == "U1"
    assert names.find("甲" + "集团公司" * 41 + "街道办事处" * 20) is None
    assert names.nearest("区教育局" * 8_000)[0] == "U2"


def test_so_many_unknown_names_are_likened_to_units_and_no_more() -> None:
    names = UnitNames({"U2": "区教育局"}, {})
    found = [names.nearest(f"教育局{at}") for at in range(MOST_LIKENED + 5)]
    assert found == [["U2"]] * MOST_LIKENED + [[]] * 5


def test_a_heading_too_long_to_be_one_is_like_none() -> None:
    form = shipped()["审计整改台账"]
    headings = Headings(form, shipped_lists().lists["own_headings"], NOBODY)
    assert headings.likeliest(("问题描述情况",), ())
    assert headings.likeliest(("问题描述情况" * 20,), ()) == []


def test_a_text_kept_as_text_in_csv_ends_soon_and_loses_only_its_signs() -> None:
    spaces = " " * 300_000
    assert _bare_text(f"'{spaces}'") == f"'{spaces}'"
    assert _bare_text(f"{spaces}'") == ""
    assert _bare_text(' ="012" ') == "012"
    assert _bare_text("'012 ") == "012 "
    assert _bare_text('="') == '="'
    assert _bare_text('="1"2"') == '="1"2"'


def test_a_cell_longer_than_a_spreadsheet_holds_is_refused_by_its_row(tmp_path: Path) -> None:
    held = text_file(tmp_path / "held.csv", [["序号"], ["问" * LONGEST_TEXT]], "utf-8")
    assert len(grids(held)[0].lines) == 2
    longer = text_file(tmp_path / "longer.csv", [["序号"], ["问" * (LONGEST_TEXT + 1)]], "utf-8")
    with pytest.raises(UnreadableError) as raised:
        grids(longer)
    said = raised.value.sentence
    values = {"row": 2, "sheet": "longer", "limit": LONGEST_TEXT}
    assert (said.message, said.values) == (TEXT_TOO_LONG, values)
