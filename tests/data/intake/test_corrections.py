"""Corrections: which changes are, how many a reason is leave for, what a refusal says to do."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, text

from data.intake.checks.corrections import Correcting, RowName
from data.intake.taken import Taken
from tests.data.contents import ANY_CORRECTION, dump, kept, places, taking, workbook

CODES = [f"F{number}" for number in range(1, 8)]
LATER = date(2026, 4, 10)


@pytest.fixture
def engine(engine: Engine) -> Engine:
    """A database with a row of each ledger that has guarded columns."""
    kept(
        engine,
        workbook(
            sectors=[{}, {"code": "HEALTH"}],
            units=[{"code": "U1"}, {"code": "U2"}],
            projects=[{}],
            findings=[{"code": code, "amount": 5} for code in CODES],
            rectification_events=[{}],
            meetings=[{}],
            decisions=[{"unit": "U1"}, {"number": 2}],
            fund_projects=[{}],
            disposals=[{}],
            warnings=[{}],
        ),
    )
    return engine


def moved(*codes: str) -> dict[str, list[dict[str, Any]]]:
    return {"findings": [{"code": code, "amount": 5, "due_on": LATER} for code in codes]}


def said(taken: Taken) -> list[str]:
    return [fault.sentence.say(str, "en") for fault in taken.faults]


@pytest.mark.parametrize(
    ("ledger", "change"),
    [
        ("units", {"name": "新名"}),
        ("units", {"kind": "SOE"}),
        ("units", {"sector": "HEALTH"}),
        ("projects", {"unit": "U2"}),
        ("findings", {"unit": "U2"}),
        ("findings", {"severity": "MAJOR"}),
        ("findings", {"amount": 6}),
        ("findings", {"amount": None}),
        ("findings", {"rect_type": "PHASED"}),
        ("findings", {"issued_on": date(2026, 1, 9)}),
        ("findings", {"due_on": LATER}),
        ("rectification_events", {"note": "改"}),
        ("decisions", {"unit": "U2"}),
        ("decisions", {"unit": None}),
        ("fund_projects", {"unit": "U2"}),
        ("disposals", {"unit": "U2"}),
        ("warnings", {"unit": "U2"}),
    ],
)
def test_a_guarded_column_changes_only_for_a_reason(
    engine: Engine, ledger: str, change: dict[str, Any]
) -> None:
    row = {"amount": 5, **change} if ledger == "findings" else change
    content = workbook(**{ledger: [row]})
    before = dump(engine)
    assert len(taking(engine, content).faults) == 1
    assert dump(engine) == before
    number = kept(engine, content, correct="录入有误").number
    with engine.connect() as connection:
        version = connection.execute(text("SELECT change, reason, replaced_by FROM versions")).one()
    assert version == ("CORRECTED", "录入有误", number)


def test_a_row_that_was_nobodys_may_be_given_to_a_unit(engine: Engine) -> None:
    assert kept(engine, workbook(decisions=[{"number": 2, "unit": "U2"}])).number == 2


def test_a_reason_alone_corrects_five_rows(engine: Engine) -> None:
    assert kept(engine, workbook(**moved(*CODES[:5])), correct="录入有误").number == 2


def test_more_than_five_rows_have_to_be_chosen(engine: Engine) -> None:
    taken = taking(engine, workbook(**moved(*CODES[:6])), correct="录入有误")
    assert len(taken.faults) == 6
    assert all("would correct 6 rows" in each for each in said(taken))


def test_two_columns_of_a_row_are_one_row(engine: Engine) -> None:
    rows = [{"code": code, "amount": 6, "due_on": LATER} for code in CODES[:5]]
    assert not taking(engine, workbook(findings=rows), correct="录入有误").faults


def test_of_chosen_rows_just_those_are_corrected(engine: Engine) -> None:
    chosen = Correcting("录入有误", {RowName("findings", code) for code in CODES[:6]})
    assert kept(engine, workbook(**moved(*CODES[:6])), correct=chosen).number == 2
    taken = taking(
        engine, workbook(findings=[{"amount": 7}, *moved("F7")["findings"]]), correct=chosen
    )
    assert places(taken) == [("问题清单", 3, "整改期限")]
    assert "not among those chosen" in said(taken)[0]


def test_keys_are_of_no_use_without_a_reason(engine: Engine) -> None:
    chosen = Correcting("  ", {RowName("findings", "F1")})
    assert taking(engine, workbook(**moved("F1")), correct=chosen).refused


def test_a_trial_run_lists_what_would_be_corrected(engine: Engine) -> None:
    content = workbook(units=[{"name": "新名"}, {"code": "U9"}], **moved("F2"))
    taken = taking(engine, content, correct=ANY_CORRECTION, dry_run=True)
    assert not taken.faults
    assert [
        (*each.row_name, each.column, each.before, each.after) for each in taken.corrections
    ] == [
        ("units", "U1", "name", "单位", "新名"),
        ("findings", "F2", "due_on", date(2026, 3, 10), LATER),
    ]
    assert [(each.sheet, each.row) for each in taken.corrections] == [
        ("单位网格", 2),
        ("问题清单", 2),
    ]


@pytest.mark.parametrize(
    ("ledger", "change", "first"),
    [
        ("findings", {"due_on": LATER}, "enter “延期” (EXTEND) in “整改记录”"),
        ("findings", {"unit": "U2"}, "handed over to another unit"),
        ("findings", {"amount": 6}, "“整改金额” of an event"),
        ("rectification_events", {"action": "SUBMIT"}, "(progress, returned, extended, closed)"),
        ("units", {"name": "新名"}, "“单位别名”"),
        ("disposals", {"unit": "U2"}, "handed over to another unit"),
    ],
)
def test_a_refusal_says_what_to_enter_first_and_how_to_correct_last(
    engine: Engine, ledger: str, change: dict[str, Any], first: str
) -> None:
    row = {"amount": 5, **change} if ledger == "findings" else change
    [sentence] = said(taking(engine, workbook(**{ledger: [row]})))
    assert sentence.startswith("Kept as: ")
    assert 0 < sentence.index(first) < sentence.index("Only if what is kept is a mistake")


def test_the_refusal_of_another_limit_names_the_new_one(engine: Engine) -> None:
    [sentence] = said(taking(engine, workbook(**moved("F1"))))
    assert "with 2026-04-10 as its new limit" in sentence
