"""Two titles are alike from seven tenths of common pairs of letters on, whatever stands between."""

import pytest

from models.rules.likeness import alike

TITLE = "重大事项决策会议记录缺失"


@pytest.mark.parametrize(
    "other",
    [
        TITLE,
        "2025年" + TITLE,
        "重大事项决策会议记录 缺失（第2次）",
        "重大事项决策会议记录不全",
        "重大事项决策的会议记录缺失",
    ],
)
def test_the_same_matter_in_nearly_the_same_words_is_alike(other):
    assert alike(TITLE, other) and alike(other, TITLE)


@pytest.mark.parametrize(
    "other",
    ["采购项目验收资料不完整", "重大事项未经集体决策", "会议费超标准列支", "缺失", "", "2025"],
)
def test_another_matter_is_not_alike(other):
    assert not alike(TITLE, other) and not alike(other, TITLE)


def test_titles_without_letters_are_never_alike():
    assert not alike("2025", "2025") and not alike("", "")


@pytest.mark.parametrize(("other", "expected"), [("abcdefgxyz", False), ("abcdefghxy", True)])
def test_the_share_begins_at_seven_tenths(other, expected):
    # Of the nine pairs of each, six and seven are common: 12/18 and 14/18.
    assert alike("abcdefghij", other) is expected


def test_one_letter_is_like_itself_alone():
    assert alike("乙", "乙 2") and not alike("乙", "甲")
