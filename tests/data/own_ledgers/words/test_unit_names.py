"""Finding a unit by what an office calls it."""

import pytest

from data.own_ledgers.words.stated import RowOfFile
from data.own_ledgers.words.unit_names import UnitNames
from tests.data.own_ledgers.own_files import ALIASES, UNITS

NAMES = UnitNames(UNITS, ALIASES)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("U01", "U01"),
        ("示例区第一中学", "U01"),
        ("示例区 第一中学", "U01"),
        ("示例区第一中学（牵头）", "U01"),
        ("第一中学", "U01"),
        ("区第二中学", "U02"),
        ("一中", "U01"),
        ("区一中", "U01"),
        ("城市建设投资", "U03"),
        ("城市建设投资公司", "U03"),
        ("区城市建设投资有限责任公司", "U03"),
        ("鼓楼街道办", "U04"),
        ("鼓楼街", "U04"),
        ("鼓楼", "U04"),
        ("卫健委", "U05"),
        ("区卫生健康委员会", "U05"),
    ],
)
def test_a_unit_is_found_by_code_name_alias_or_without_frills(written: str, code: str) -> None:
    assert NAMES.find(written) == code


@pytest.mark.parametrize("written", ["第三中学", "中学", "各街道", "区财政局", "", "区"])
def test_what_is_no_one_unit_is_not_guessed(written: str) -> None:
    assert NAMES.find(written) is None


def test_what_fits_two_units_is_not_guessed() -> None:
    names = UnitNames({"A": "甲区鼓楼街道办事处", "B": "甲区鼓楼集团有限公司"}, {})
    assert (names.find("鼓楼"), names.find("鼓楼街道"), names.find("鼓楼集团")) == (None, "A", "B")


def test_two_units_of_one_name_are_not_guessed_between() -> None:
    assert UnitNames({"A": "幼儿园", "B": "幼儿园"}, {}).find("幼儿园") is None


def test_the_nearest_names_come_first() -> None:
    assert NAMES.nearest("城投")[0] == "U03"


def test_a_unit_of_the_same_file_is_found_by_its_short_name() -> None:
    names = UnitNames({}, {}, [("示例区第九中学", ["九中"])])
    assert names.find("区九中") == RowOfFile("units", "示例区第九中学")


def test_a_unit_already_known_is_not_made_again_by_the_file() -> None:
    assert UnitNames(UNITS, {}, [("示例区第一中学", ["一中"])]).find("示例区第一中学") == "U01"
