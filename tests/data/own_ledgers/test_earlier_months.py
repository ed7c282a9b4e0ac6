"""A file with a sheet for each month: taken in oldest first, each as of its own day."""

from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from data.own_ledgers.words.stated import QuestionKind
from tests.data.own_ledgers.own_files import UNITS, books
from tests.data.own_ledgers.taking_cases import HEADER, line, rows_of, take, taken_in, with_units

AUGUST, SEPTEMBER, OCTOBER = date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)
BY_ITSELF: dict[str, Any] = {"as_of": None}
EVENTS = "SELECT on_date, amount FROM rectification_events WHERE amount > 0 ORDER BY on_date"
WAN = 1_000_000


def months(path: Path, *, unit: str = UNITS["U01"], upto: int = 10) -> Path:
    """Sheets 8月 to that of the month `upto`: one finding paid for bit by bit, one that is closed
    in September and gone in October."""
    sheets = {}
    for month, paid in ((8, 10), (9, 30), (10, 60), (11, 70)):
        if month > upto:
            continue
        rows = [line(1, "账外资金", unit=unit, rectified=paid)]
        if month == 8:
            rows.append(line(2, "超概算"))
        elif month == 9:
            done = date(2026, 9, 10)
            rows.append(line(2, "超概算", state="已完成", closed="已销号", done=done))
        else:
            rows.append(line(2, {10: "白条入账", 11: "违规担保"}[month]))
        sheets[f"{month}月"] = [[f"2026年{month}月整改台账"], HEADER, *rows]
    return books(path, sheets)


def test_each_month_is_known_as_of_its_own_day(engine: Engine, tmp_path: Path) -> None:
    with_units(engine)
    taken = taken_in(engine, months(tmp_path / "台账.xlsx"), **BY_ITSELF)
    assert [each.as_of for each in taken.stated.sheets] == [AUGUST, SEPTEMBER, OCTOBER]
    found = [(on_date, amount // WAN) for on_date, amount in rows_of(engine, EVENTS)]
    assert found == [(AUGUST, 10), (SEPTEMBER, 20), (OCTOBER, 30)]
    assert rows_of(engine, "SELECT count(*) FROM findings") == [(3,)]
    assert len(taken.earlier) == 2
    assert not [each for each in taken.optional if each.kind is QuestionKind.MISSING_ROW]


def test_a_trial_keeps_nothing_and_counts_all_months(engine: Engine, tmp_path: Path) -> None:
    with_units(engine)
    file = months(tmp_path / "台账.xlsx")
    trial = taken_in(engine, file, dry_run=True, **BY_ITSELF)
    assert rows_of(engine, "SELECT count(*) FROM findings") == [(0,)]
    assert trial.taken.number is None and trial.taken.preview is not None
    assert taken_in(engine, file, **BY_ITSELF).taken.counts == trial.taken.counts


def test_months_that_came_in_before_are_not_read_again(engine: Engine, tmp_path: Path) -> None:
    with_units(engine)
    taken_in(engine, months(tmp_path / "10.xlsx"), **BY_ITSELF)
    again = taken_in(engine, months(tmp_path / "10.xlsx"), **BY_ITSELF)
    assert again.taken.number is None
    november = taken_in(engine, months(tmp_path / "11.xlsx", upto=11), **BY_ITSELF)
    assert [each.sheet for each in november.stated.sheets] == ["11月"]
    assert sorted(each.sheet or "" for each in november.stated.warnings) == ["10月", "8月", "9月"]


def test_a_question_of_one_month_keeps_them_all_out(engine: Engine, tmp_path: Path) -> None:
    with_units(engine)
    file = months(tmp_path / "台账.xlsx", unit="某某中心")
    [asked] = take(engine, file, **BY_ITSELF)
    assert [each.kind for each in asked.questions] == [QuestionKind.UNIT]
    assert rows_of(engine, "SELECT count(*) FROM imports WHERE sender IS NOT NULL") == [(0,)]
    done = taken_in(engine, file, answers={asked.questions[0].id: "U02"}, **BY_ITSELF)
    assert len(done.earlier) == 2


def test_months_named_by_the_sheet_alone_take_the_year_of_the_file(
    engine: Engine, tmp_path: Path
) -> None:
    with_units(engine)
    sheets = {
        f"{month}月": [["整改台账"], HEADER, line(1, "账外资金", rectified=month)]
        for month in (9, 10)
    }
    taken = taken_in(engine, books(tmp_path / "台账（2026年10月）.xlsx", sheets), **BY_ITSELF)
    assert [each.as_of for each in taken.stated.sheets] == [SEPTEMBER, OCTOBER]
