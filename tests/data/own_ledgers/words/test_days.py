"""Days as people write them: the last day of what the words may mean, and the words kept."""

from datetime import UTC, date, datetime

import pytest

from data.own_ledgers.layout.as_of import as_of_day, subject_year, year_of
from data.own_ledgers.words.days import read_day

EXACT = [
    (date(2026, 3, 31), (2026, 3, 31)),
    (datetime(2026, 3, 31, 10, 5, tzinfo=UTC), (2026, 3, 31)),
    ("2026-03-31", (2026, 3, 31)),
    ("2026/3/31", (2026, 3, 31)),
    ("2026.3.31", (2026, 3, 31)),
    ("2026.03.31.", (2026, 3, 31)),
    ("2026年3月31日", (2026, 3, 31)),
    ("2026年3月31号", (2026, 3, 31)),
    ("２０２６年３月３１日", (2026, 3, 31)),
    ("二〇二六年三月三十一日", (2026, 3, 31)),
    ("2026-3-31 10:00:00", (2026, 3, 31)),
    ("20260331", (2026, 3, 31)),
    (20260331.0, (2026, 3, 31)),
    (46112.0, (2026, 3, 31)),
    ("46112", (2026, 3, 31)),
    ("26.3.31", (2026, 3, 31)),
    ("2026年12月31日前", (2026, 12, 31)),
    ("截至2026年10月31日", (2026, 10, 31)),
    ("9月8-9日", (2026, 9, 9)),
    ("2026年3月1日至5日", (2026, 3, 5)),
    ("2026.3.1-2026.3.5", (2026, 3, 5)),
    ("3月2日", (2026, 3, 2)),
    ("6.30", (2026, 6, 30)),
    (9.15, (2026, 9, 15)),
]
STRETCHES = [
    ("2026年7月", (2026, 7, 31)),
    ("2026.5", (2026, 5, 31)),
    (2026.5, (2026, 5, 31)),
    ("2026-02", (2026, 2, 28)),
    ("202607", (2026, 7, 31)),
    ("2026年第三季度", (2026, 9, 30)),
    ("2026年二季度末", (2026, 6, 30)),
    ("2026Q4", (2026, 12, 31)),
    ("2026年底", (2026, 12, 31)),
    ("2026年底前", (2026, 12, 31)),
    ("2025年6月底前", (2025, 6, 30)),
    ("2026年上半年", (2026, 6, 30)),
    ("2026年6月中旬", (2026, 6, 20)),
    ("预计2026年9月底完成", (2026, 9, 30)),
    ("年底", (2026, 12, 31)),
    ("明年3月底", (2027, 3, 31)),
    ("三季度", (2026, 9, 30)),
    ("8月", (2026, 8, 31)),
]
NO_DAYS = [
    "已整改",
    "2026年2月30日",
    "2026-13-01",
    "",
    "长期",
    "12笔",
    True,
    6.3,
    2026.1,
    12.0,
    "13月",
]


@pytest.mark.parametrize(("written", "day"), EXACT)
def test_a_day_is_read_without_words(written: object, day: tuple[int, int, int]) -> None:
    read = read_day(written, year=2026)  # type: ignore[arg-type]
    assert read and (read.day, read.words) == (date(*day), None)


@pytest.mark.parametrize(("written", "day"), STRETCHES)
def test_a_stretch_is_its_last_day_and_keeps_its_words(
    written: str, day: tuple[int, int, int]
) -> None:
    read = read_day(written, year=2026)
    assert read and (read.day, read.words) == (date(*day), str(written))


@pytest.mark.parametrize("written", NO_DAYS)
def test_what_names_no_one_day_is_not_guessed(written: object) -> None:
    assert read_day(written, year=2026) is None  # type: ignore[arg-type]


def test_a_day_without_a_year_needs_the_year_of_the_sheet() -> None:
    assert read_day("3月2日", year=None) is None


def test_what_has_happened_is_not_later_than_the_day_of_the_sheet() -> None:
    by = date(2026, 10, 25)
    within, before = (read_day(each, year=2026, happened_by=by) for each in ("2026年10月", "12.20"))
    assert within and (within.day, within.words) == (by, "2026年10月")
    assert before and before.day == date(2025, 12, 20)


@pytest.mark.parametrize(
    ("above", "sheet", "file", "day"),
    [
        (["专项债台账(截至2026年10月31日)"], "专项债", "x", (2026, 10, 31)),
        (["整改台账", "截止时间：2026.9.30 单位：万元"], "台账", "2026年10月", (2026, 9, 30)),
        (["2026年第三季度整改情况表"], "台账", "x", (2026, 9, 30)),
        (["整改台账"], "2026年8月", "台账", (2026, 8, 31)),
        (["整改台账", "填报日期:2026年10月25日"], "台账", "台账(2026年10月)", (2026, 10, 31)),
        (["整改台账", "填报日期：2026年10月25日"], "台账", "台账", (2026, 10, 25)),
        ([], "台账", "整改台账20260930", (2026, 9, 30)),
        ([], "台账", "整改台账2026-09", (2026, 9, 30)),
    ],
)
def test_the_day_of_the_sheet_stands_in_title_name_or_file(
    above: list[str], sheet: str, file: str, day: tuple[int, int, int]
) -> None:
    assert as_of_day(above, sheet, file) == date(*day)


def test_a_year_alone_is_no_day_of_the_sheet() -> None:
    assert as_of_day(["示例区2026年内审培训签到统计"], "培训", "6 培训") is None


def test_the_year_of_the_audited_accounts_is_not_that_of_the_days() -> None:
    above = ["2025年度预算执行审计整改台账"]
    assert year_of(above, date(2026, 10, 31)) == 2026
    assert subject_year(["示例区2026年报送情况表"], date(2027, 1, 31)) == 2026
