"""Month after month: amounts of the month alone, sheets of several units, findings split."""

from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from data.own_ledgers.words.stated import QuestionKind
from tests.data.own_ledgers.own_files import UNITS, book, books
from tests.data.own_ledgers.taking_cases import (
    HEADER,
    NOVEMBER,
    line,
    rows_of,
    take,
    taken_in,
    with_units,
)

AMOUNTS = (
    "SELECT amount FROM rectification_events WHERE amount IS NOT NULL"
    " ORDER BY on_date, finding, number"
)
WAN = 1_000_000


def amounts(engine: Engine) -> list[int]:
    return [each[0] // WAN for each in rows_of(engine, AMOUNTS)]


def month(path: Path, *rectified: Any, heading: str = "本月整改金额(万元)") -> Path:
    """A ledger of findings, each with an amount under `heading`."""
    header = [heading if each.startswith("已整改金额") else each for each in HEADER]
    rows = [line(at, f"问题{at}号", rectified=each) for at, each in enumerate(rectified, 1)]
    return book(path, [["整改台账"], header, *rows])


def test_amounts_of_the_month_add_up_and_are_not_added_twice(
    engine: Engine, tmp_path: Path
) -> None:
    with_units(engine)
    taken_in(engine, month(tmp_path / "10.xlsx", 20, 30))
    november = month(tmp_path / "11.xlsx", 5, 40)
    for _ in range(2):
        taken_in(engine, november, as_of=NOVEMBER)
    assert amounts(engine) == [20, 30, 5, 40]


def test_a_corrected_sheet_of_the_same_month_adds_the_difference(
    engine: Engine, tmp_path: Path
) -> None:
    with_units(engine)
    taken_in(engine, month(tmp_path / "10.xlsx", 20))
    taken_in(engine, month(tmp_path / "10 更正.xlsx", 25))
    assert amounts(engine) == [20, 5]


def test_what_most_lessened_amounts_are_is_asked_once_for_all_months(
    engine: Engine, tmp_path: Path
) -> None:
    with_units(engine)
    plain = "整改金额(万元)"
    taken_in(engine, month(tmp_path / "10.xlsx", 20, 30, heading=plain))
    november = month(tmp_path / "11.xlsx", 5, 10, heading=plain)
    [asked] = take(engine, november, as_of=NOVEMBER)
    [question] = asked.questions
    assert (question.kind, question.rows) == (QuestionKind.CONTRADICTION, (3, 4))
    taken_in(engine, november, as_of=NOVEMBER, answers={question.id: "PERIOD"})
    december = month(tmp_path / "12.xlsx", 50, 1, heading=plain)
    taken_in(engine, december, as_of=date(2026, 12, 31))
    assert amounts(engine) == [20, 30, 5, 10, 50, 1]


def test_flows_of_a_fund_may_be_those_of_the_month(engine: Engine, tmp_path: Path) -> None:
    with_units(engine)
    header = ["序号", "项目名称", "项目单位", "批复金额(万元)", "批复日期", "本月拨付(万元)"]

    def funds(name: str, paid: int) -> Path:
        row = [1, "供水", UNITS["U03"], 900, date(2026, 1, 5), paid]
        return book(tmp_path / name, [["专项资金台账"], header, row])

    taken_in(engine, funds("10.xlsx", 100))
    for _ in range(2):
        taken_in(engine, funds("11.xlsx", 50), as_of=NOVEMBER)
    flows = "SELECT amount, on_date FROM fund_flows ORDER BY on_date"
    assert [each[0] // WAN for each in rows_of(engine, flows)] == [100, 50]


def of_units(path: Path, **titles: list[str]) -> Path:
    """A workbook with a sheet for each unit, in this order."""
    sheets = {}
    for unit, those in titles.items():
        rows = [line(at, title, unit=UNITS[unit]) for at, title in enumerate(those, 1)]
        sheets[UNITS[unit]] = [["整改台账"], HEADER, *rows]
    return books(path, sheets)


def test_a_finding_is_missing_only_where_no_sheet_of_the_file_tells_of_it(
    engine: Engine, tmp_path: Path
) -> None:
    with_units(engine)
    taken_in(engine, of_units(tmp_path / "10.xlsx", U01=["账外资金", "白条入账"], U02=["超概算"]))
    reordered = of_units(tmp_path / "11.xlsx", U02=["超概算"], U01=["白条入账"])
    taken = taken_in(engine, reordered, as_of=NOVEMBER)
    missing = [each for each in taken.optional if each.kind is QuestionKind.MISSING_ROW]
    assert [each.value for each in missing] == ["账外资金"]
    assert rows_of(engine, "SELECT count(*) FROM findings") == [(3,)]


def test_a_finding_that_became_two_is_asked_about(engine: Engine, tmp_path: Path) -> None:
    with_units(engine)
    taken_in(engine, of_units(tmp_path / "10.xlsx", U01=["往来款长期挂账"]))
    split = of_units(tmp_path / "11.xlsx", U01=["往来款长期挂账应收部分", "应付往来款长期挂账部分"])
    [taken] = take(engine, split, as_of=NOVEMBER)
    assert [each.kind for each in taken.questions] == [QuestionKind.MATCH, QuestionKind.MATCH]


def test_the_list_of_what_is_open_is_no_second_set_of_findings(
    engine: Engine, tmp_path: Path
) -> None:
    with_units(engine)
    rows = [line(1, "账外资金"), line(2, "超概算", state="已完成")]
    sheets = {
        "未完成": [["未完成整改清单"], HEADER, rows[0]],
        "总台账": [["整改台账"], HEADER, *rows],
    }
    taken_in(engine, books(tmp_path / "10.xlsx", sheets))
    assert rows_of(engine, "SELECT count(*) FROM findings") == [(2,)]


def test_batches_of_one_fund_are_told_apart_month_after_month(
    engine: Engine, tmp_path: Path
) -> None:
    with_units(engine)
    header = ["序号", "项目名称", "项目单位", "批复日期", "批复金额(万元)", "已拨付(万元)"]

    def funds(name: str, *paid: int) -> Path:
        rows = [
            [at, "供水", UNITS["U03"], date(2026, 3 * at, 1), 500 * at, each]
            for at, each in enumerate(paid, 1)
        ]
        return book(tmp_path / name, [["专项资金台账"], header, *rows])

    taken_in(engine, funds("10.xlsx", 100, 200))
    taken_in(engine, funds("10.xlsx", 100, 200))
    taken_in(engine, funds("11.xlsx", 150, 200), as_of=NOVEMBER)
    assert rows_of(engine, "SELECT count(*) FROM fund_projects") == [(2,)]
    flows = rows_of(engine, "SELECT amount, on_date FROM fund_flows ORDER BY on_date, amount")
    assert [each[0] // WAN for each in flows] == [100, 200, 50]


def test_what_was_closed_may_drop_off_the_next_sheet_unasked(
    engine: Engine, tmp_path: Path
) -> None:
    with_units(engine)
    closed = line(2, "超概算", state="已完成", closed="已销号", done=date(2026, 10, 20))
    taken_in(engine, book(tmp_path / "10.xlsx", [["台账"], HEADER, line(1, "账外资金"), closed]))
    november = book(tmp_path / "11.xlsx", [["台账"], HEADER, line(1, "账外资金")])
    assert not taken_in(engine, november, as_of=NOVEMBER).optional
