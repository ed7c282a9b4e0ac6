"""Taking in own ledgers month after month: what comes in, what is asked, what is refused."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.intake.undo import undo
from data.nodes import parse
from data.own_ledgers.entering.missing_rows import CLOSED, VOIDED
from data.own_ledgers.memory import remembered
from data.own_ledgers.words.stated import QuestionKind
from data.reference.lists import shipped
from data.scope import Scope
from data.store.access_log import Act
from data.store.database import reading, writing
from tests.data.contents import NOW, dump
from tests.data.own_ledgers.own_files import OFFICE, UNITS
from tests.data.own_ledgers.taking_cases import (
    NOVEMBER,
    OCTOBER,
    first_answers,
    ledger,
    line,
    rows_of,
    take,
    taken_in,
    with_units,
)

FINDINGS = "SELECT code, title, due_on FROM findings ORDER BY code"
EVENTS = (
    "SELECT finding, on_date, action, amount, new_due_on FROM rectification_events "
    "ORDER BY finding, on_date, number"
)


@pytest.fixture
def district(engine: Engine) -> Engine:
    with_units(engine)
    return engine


def october(path: Path) -> Path:
    return ledger(
        path / "10月.xlsx",
        [
            line(1, "往来款长期挂账"),
            line(2, "固定资产未入账", amount=50),
            line(3, "合同管理不规范", rectified=30),
            line(4, "预算编制不细化", amount="", rectified=""),
        ],
    )


def november(path: Path) -> Path:
    """One closed, one extended, one partly paid, one vanished, one new."""
    return ledger(
        path / "11月.xlsx",
        [
            line(1, "往来款长期挂账", state="已完成", rectified="全部", done=date(2026, 11, 20),
                 closed="已销号"),
            line(2, "固定资产未入账", amount=50, limit=date(2027, 3, 31)),
            line(3, "合同管理不规范", rectified=70),
            line(4, "公务接待审批不全", issued=date(2026, 11, 15)),
        ],
    )  # fmt: skip


def told(engine: Engine, day: date) -> dict[str, Any]:
    """Every figure of the district on a day."""
    with reading(engine) as connection:
        found = read(connection, Scope(parse("district"), day), catalogue(shipped()))
    return {key: each.as_json() for key, each in found.items()}


def test_the_next_month_asks_only_about_what_vanished(district: Engine, tmp_path: Path) -> None:
    taken_in(district, october(tmp_path))
    second = taken_in(district, november(tmp_path), as_of=NOVEMBER)
    assert [each.kind for each in second.optional] == [QuestionKind.MISSING_ROW]
    assert second.optional[0].value == "预算编制不细化"
    assert rows_of(district, EVENTS) == [
        ("U01-2026-001", OCTOBER, "PROGRESS", None, None),
        ("U01-2026-001", date(2026, 11, 20), "SUBMIT", None, None),
        ("U01-2026-001", date(2026, 11, 20), "CLOSE", 100_000_000, None),
        ("U01-2026-002", OCTOBER, "PROGRESS", None, None),
        ("U01-2026-002", NOVEMBER, "EXTEND", None, date(2027, 3, 31)),
        ("U01-2026-003", OCTOBER, "PROGRESS", 30_000_000, None),
        ("U01-2026-003", NOVEMBER, "PROGRESS", 40_000_000, None),
        ("U01-2026-004", OCTOBER, "PROGRESS", None, None),
        ("U01-2026-005", NOVEMBER, "PROGRESS", None, None),
    ]
    assert [code for code, *_ in rows_of(district, FINDINGS)] == [
        f"U01-2026-00{number}" for number in range(1, 6)
    ]
    assert rows_of(district, FINDINGS)[1][2] == date(2026, 12, 31)


@pytest.mark.parametrize("named", [True, False], ids=["with days of issue", "without"])
def test_figures_of_the_month_before_stay(district: Engine, tmp_path: Path, named: bool) -> None:
    first, second = october(tmp_path), november(tmp_path)
    if not named:
        first = ledger(tmp_path / "10.xlsx", [line(1, "往来款长期挂账", issued="")])
        rows = [line(1, "往来款长期挂账", issued=""), line(2, "合同管理不规范", issued="")]
        second = ledger(tmp_path / "11.xlsx", rows)
    taken_in(district, first)
    before = told(district, OCTOBER)
    assert before["required"]["value"] == (4 if named else 1)
    later = taken_in(district, second, as_of=NOVEMBER)
    assert told(district, OCTOBER) == before
    kinds = {each.kind for each in later.optional}
    assert kinds == ({QuestionKind.MISSING_ROW} if named else set())


def test_the_same_sheet_twice_changes_nothing(district: Engine, tmp_path: Path) -> None:
    sheet = october(tmp_path)
    taken_in(district, sheet)
    before = dump(district)
    again = taken_in(district, sheet)
    assert again.taken.number is None
    assert dump(district) == before
    unchanged = taken_in(district, sheet, as_of=NOVEMBER)
    assert unchanged.taken.number is None


@pytest.mark.parametrize(("answer", "action"), [(CLOSED, "CLOSE"), (VOIDED, "VOID")])
def test_an_answer_says_what_became_of_a_vanished_row(
    district: Engine, tmp_path: Path, answer: str, action: str
) -> None:
    taken_in(district, october(tmp_path))
    [trial] = take(district, november(tmp_path), as_of=NOVEMBER, dry_run=True)
    answers = {question.id: answer for question in trial.optional}
    taken_in(district, november(tmp_path), as_of=NOVEMBER, answers=answers)
    of_vanished = [row for row in rows_of(district, EVENTS) if row[0] == "U01-2026-004"]
    assert of_vanished[-1][2] == action


def test_two_units_with_the_same_numbers_are_two_sets_of_findings(
    district: Engine, tmp_path: Path
) -> None:
    for unit in ("U01", "U02"):
        rows = [line(number, f"问题{number}", unit=UNITS[unit]) for number in (1, 2, 3)]
        taken_in(district, ledger(tmp_path / f"{unit}.xlsx", rows), sender=unit)
    assert [code for code, *_ in rows_of(district, FINDINGS)] == [
        "U01-2026-001",
        "U01-2026-002",
        "U01-2026-003",
        "U02-2026-001",
        "U02-2026-002",
        "U02-2026-003",
    ]


def test_a_column_shifted_by_one_row_is_refused_by_its_name(
    district: Engine, tmp_path: Path
) -> None:
    amounts = [10, 20, 30, 40, 50, 60]
    titles = [f"第{number}个问题" for number in "一二三四五六"]

    def sheet(name: str, shifted: list[int]) -> Path:
        rows = [
            line(at, *both[:1], amount=both[1])
            for at, both in enumerate(zip(titles, shifted, strict=True), 1)
        ]
        return ledger(tmp_path / name, rows)

    taken_in(district, sheet("10.xlsx", amounts))
    before = dump(district)
    [taken] = take(district, sheet("11.xlsx", [5, *amounts[:-1]]), as_of=NOVEMBER)
    [fault] = taken.taken.faults
    assert fault.column == "问题金额"
    assert fault.row == 3
    assert "one row lower" in fault.sentence.message
    assert dump(district) == before


def test_a_closed_finding_that_is_open_again_is_asked_about(
    district: Engine, tmp_path: Path
) -> None:
    closed = line(1, "往来款长期挂账", state="已完成", rectified="全部", closed="已销号")
    taken_in(district, ledger(tmp_path / "10.xlsx", [closed]))
    again = ledger(tmp_path / "11.xlsx", [line(1, "往来款长期挂账", rectified="全部")])
    [asked] = take(district, again, as_of=NOVEMBER)
    assert [each.kind for each in asked.questions] == [QuestionKind.STATE]
    assert [each.answer for each in asked.questions[0].proposals] == ["REOPENED", "KEPT"]
    stays = taken_in(district, again, as_of=NOVEMBER, answers={asked.questions[0].id: "KEPT"})
    assert stays.taken.number is None
    # The answer is kept and not asked again.
    assert taken_in(district, again, as_of=date(2026, 12, 31)).taken.number is None


def test_only_what_was_mistyped_is_corrected(district: Engine, tmp_path: Path) -> None:
    taken_in(district, october(tmp_path))
    rows = [
        line(1, "往来款长期挂账", limit=date(2026, 11, 30)),
        line(2, "固定资产未入账", amount=5),
        line(3, "合同管理不规范", rectified=30),
        line(4, "预算编制不细化", amount="", rectified=""),
    ]
    sheet = ledger(tmp_path / "11.xlsx", rows)
    [asked] = take(district, sheet, as_of=NOVEMBER)
    assert [each.kind for each in asked.questions] == [QuestionKind.DAY, QuestionKind.CONTRADICTION]
    answers = {each.id: "MISTYPED" for each in asked.questions}
    taken_in(district, sheet, as_of=NOVEMBER, answers=answers)
    assert rows_of(district, "SELECT due_on, amount FROM findings ORDER BY code")[:2] == [
        (date(2026, 11, 30), 100_000_000),
        (date(2026, 12, 31), 5_000_000),
    ]
    assert rows_of(district, "SELECT change FROM versions") == [("CORRECTED",)] * 2


def test_rows_with_questions_may_wait_until_a_later_sheet(district: Engine, tmp_path: Path) -> None:
    rows = [line(1, "往来款长期挂账"), line(2, "无此单位的问题", unit="某某中心")]
    sheet = ledger(tmp_path / "10.xlsx", rows)
    [refused] = take(district, sheet)
    assert refused.refused and rows_of(district, FINDINGS) == []
    [taken] = take(district, sheet, set_aside=True)
    assert (taken.refused, taken.set_aside) == (False, 1)
    with reading(district) as connection:
        [waits] = remembered.waiting(connection)
    assert (waits.row, waits.said["title"]) == (4, "无此单位的问题")
    assert [each["kind"] for each in waits.questions] == ["unit"]
    answers = {each.id: "U02" for each in refused.questions}
    taken_in(district, sheet, answers=answers)
    with reading(district) as connection:
        assert remembered.waiting(connection) == []
    assert len(rows_of(district, FINDINGS)) == 2


def test_a_waiting_row_may_be_dropped_once(district: Engine, tmp_path: Path) -> None:
    sheet = ledger(tmp_path / "10.xlsx", [line(1, "甲"), line(2, "乙", unit="某某中心")])
    take(district, sheet, set_aside=True)
    with writing(district) as connection:
        [waits] = remembered.waiting(connection)
        assert waits.id is not None
        assert remembered.drop(connection, Act("steward", NOW), waits.id, "不属本区")
        assert not remembered.drop(connection, Act("steward", NOW), waits.id, "不属本区")
        assert remembered.waiting(connection) == []


def test_a_near_text_is_asked_about(district: Engine, tmp_path: Path) -> None:
    taken_in(district, ledger(tmp_path / "10.xlsx", [line(1, "往来款长期挂账未清理共计12笔")]))
    sheet = ledger(tmp_path / "11.xlsx", [line(1, "往来款长期挂账未清理共计15笔")])
    [asked] = take(district, sheet, as_of=NOVEMBER)
    assert [each.kind for each in asked.questions] == [QuestionKind.MATCH]
    answers = {each.id: "U01-2026-001" for each in asked.questions}
    taken_in(district, sheet, as_of=NOVEMBER, answers=answers)
    assert [row[:2] for row in rows_of(district, FINDINGS)] == [
        ("U01-2026-001", "往来款长期挂账未清理共计15笔")
    ]


def test_an_earlier_sheet_after_a_later_one_is_refused(district: Engine, tmp_path: Path) -> None:
    taken_in(district, november(tmp_path), as_of=NOVEMBER)
    [taken] = take(district, october(tmp_path))
    assert "undo the later ones" in taken.taken.faults[0].sentence.message


def test_a_sheet_of_a_day_to_come_is_refused(district: Engine, tmp_path: Path) -> None:
    [taken] = take(district, october(tmp_path), as_of=date(2027, 1, 31))
    assert "after the day of the import" in taken.taken.faults[0].sentence.message


def test_a_trial_keeps_nothing(district: Engine, tmp_path: Path) -> None:
    before = dump(district)
    [trial] = take(district, october(tmp_path), dry_run=True)
    assert trial.taken.counts["findings"] == {"new": 4, "changed": 0, "equal": 0}
    assert dump(district) == before


def test_days_that_the_sheet_does_not_give_are_marked(district: Engine, tmp_path: Path) -> None:
    rows = [line(1, "往来款长期挂账", issued="", limit="2026年底前")]
    taken_in(district, ledger(tmp_path / "10.xlsx", rows))
    with reading(district) as connection:
        marks = remembered.known_as_of(connection, "findings", ["U01-2026-001"])
        assert remembered.known_from(connection) == {"区审计局": OCTOBER}
    assert marks["U01-2026-001", "issued_on"] == (OCTOBER, None)
    assert marks["U01-2026-001", "due_on"] == (OCTOBER, "2026年底前")


def test_what_an_import_brought_can_be_forgotten(district: Engine, tmp_path: Path) -> None:
    taken = taken_in(district, october(tmp_path))
    assert taken.taken.number is not None
    with writing(district) as connection:
        remembered.forget(connection, taken.taken.number)
        assert remembered.last_day(connection, "区审计局", "审计整改台账") is None
        assert remembered.rows(connection, "区审计局", "审计整改台账") == []


def test_an_import_that_was_taken_back_comes_in_again(district: Engine, tmp_path: Path) -> None:
    sheet = october(tmp_path)
    taken = taken_in(district, sheet)
    assert taken.taken.number is not None
    before = rows_of(district, EVENTS)
    undo(
        district,
        taken.taken.number,
        reason="传错文件",
        account="steward",
        day=date(2026, 12, 31),
        now=NOW,
        references=shipped(),
    )
    assert rows_of(district, FINDINGS) == []
    taken_in(district, sheet)
    assert rows_of(district, EVENTS) == before


def test_the_import_says_who_sent_the_file(district: Engine, tmp_path: Path) -> None:
    rows = [line(1, "往来款长期挂账")]
    taken_in(district, ledger(tmp_path / "10.xlsx", rows), sender=UNITS["U01"])
    assert rows_of(district, "SELECT sender FROM imports ORDER BY number") == [(None,), ("U01",)]


def test_the_six_ledgers_of_an_office_come_in_on_an_empty_database(engine: Engine) -> None:
    paths = sorted(OFFICE.glob("*.xlsx"))
    first = take(engine, *paths)
    asked = {question.id for each in first for question in each.questions}
    assert len(asked) < 10
    optional = {question.id for each in first for question in each.optional}
    assert len(asked | optional) < 15
    second = take(engine, *paths, answers=first_answers(first, 区财政局="-"))
    assert [each.refused for each in second] == [False] * 6
    for each in second:
        assert [(one.name, one.theirs) for one in each.sums] == [
            (one.name, one.ours) for one in each.sums
        ]
    assert rows_of(engine, "SELECT count(*) FROM findings") == [(49,)]
    assert rows_of(engine, "SELECT sum(amount) FROM fund_flows") == [
        ((42_860 + 18_086) * 1_000_000,)
    ]
    third = take(engine, *paths)
    assert [(each.refused, each.taken.number) for each in third] == [(False, None)] * 6


def test_the_day_of_a_sheet_without_one_is_asked_once_for_the_same_file(
    district: Engine, tmp_path: Path
) -> None:
    sheet = october(tmp_path)
    sheet = sheet.rename(tmp_path / "台账.xlsx")
    [first] = take(district, sheet, as_of=None)
    [question] = first.questions
    number = taken_in(district, sheet, as_of=None, answers={question.id: "2026-10-31"}).taken.number
    copy = sheet.rename(tmp_path / "台账 (1).xlsx")
    before = dump(district)
    assert taken_in(district, copy, as_of=None).taken.number is None
    assert dump(district) == before
    assert number is not None
    undo(
        district,
        number,
        reason="日期有误",
        account="steward",
        day=date(2026, 12, 31),
        now=NOW,
        references=shipped(),
    )
    [again] = take(district, copy, as_of=None)
    assert [each.value for each in again.questions] == ["as_of"]
