"""Forms are data: shipped, carried as JSON, kept in the database, taught by answers."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, insert, select
from sqlmodel import col

from data.own_ledgers.forms import kept_forms
from data.own_ledgers.forms.form import FormError, named, of_json, shipped
from data.own_ledgers.forms.known import FIRST_MILESTONE, IMMEDIATE, known
from data.own_ledgers.forms.subjects import SUBJECTS
from data.own_ledgers.memory.answers import AnswersError, aliases, read_answers, taught
from data.own_ledgers.words.stated import QuestionKind
from data.reference.lists import shipped as shipped_lists
from data.store.access_log import Act
from data.store.database import writing
from models.account import AccessEntry
from models.grid import Sector, Unit, UnitName
from models.kept import Setting
from tests.data.contents import NOW
from tests.data.own_ledgers import own_files
from tests.data.own_ledgers.own_files import AS_OF, book, read

ACT = Act("wang", NOW)
RECTIFICATION = "审计整改台账"


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with writing(engine) as connection:
        yield connection


def test_there_is_a_shipped_form_for_every_subject() -> None:
    assert {form.subject for form in shipped().values()} == set(SUBJECTS)


@pytest.mark.parametrize("name", shipped())
def test_a_form_goes_through_json_unchanged(name: str) -> None:
    form = shipped()[name]
    assert of_json(json.loads(json.dumps(form.as_json()))) == form


def test_a_form_is_found_by_its_english_name_too() -> None:
    assert named(shipped(), "rectification") is named(shipped(), RECTIFICATION)


@pytest.mark.parametrize(
    "changes",
    [
        {"gridlight_form": 2},
        {"subject": "weather"},
        {"name": " "},
        {"columns": {"单位": "planet"}},
        {"columns": []},
        {"words": {"state": {"已办": 1}}},
        {"title_words": "整改"},
    ],
)
def test_what_is_no_form_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(FormError):
        of_json(shipped()[RECTIFICATION].as_json() | changes)


def test_every_shipped_heading_is_a_column_of_its_subject() -> None:
    for row in shipped_lists().lists["own_headings"]:
        if row["subject"] in SUBJECTS:
            assert row["column"] in (*SUBJECTS[row["subject"]].targets, "serial", "-")


def test_a_kept_form_goes_before_the_shipped_one_until_it_is_removed(
    connection: Connection,
) -> None:
    own = replace(shipped()[RECTIFICATION], columns={"病灶": "text"})
    kept_forms.keep(connection, ACT, own)
    assert kept_forms.current(connection)[RECTIFICATION] == own
    assert kept_forms.kept_names(connection) == {RECTIFICATION}
    kept_forms.remove(connection, ACT, "rectification")
    assert kept_forms.current(connection) == shipped()
    logged = connection.execute(select(col(AccessEntry.what), col(AccessEntry.subject))).all()
    assert logged == [("form_changed", RECTIFICATION), ("form_changed", f"-{RECTIFICATION}")]


def test_a_shipped_form_cannot_be_removed(connection: Connection) -> None:
    with pytest.raises(kept_forms.NoFormError):
        kept_forms.remove(connection, ACT, RECTIFICATION)


def test_days_of_limits_are_settings(connection: Connection) -> None:
    assert (known(connection).defaults.immediate, known(connection).defaults.first_milestone) == (
        60,
        180,
    )
    for name, days in ((IMMEDIATE, "30"), (FIRST_MILESTONE, "90")):
        connection.execute(insert(Setting).values(name=name, value=days))
    defaults = known(connection).defaults
    assert (defaults.immediate, defaults.first_milestone) == (30, 90)


def test_answers_stay_with_the_form_and_are_not_asked_again(tmp_path: Path) -> None:
    rows = [
        ["责任单位", "问题描述", "涉及问题资金数额", "整改状态"],
        ["一中", "甲", 10, "另行研究"],
    ]
    path = book(tmp_path / "台账.xlsx", rows)
    [column] = read(path).questions[:1]
    answers = {column.id: "amount"}
    answers |= {
        each.id: "元" if each.kind is QuestionKind.MONEY_UNIT else "PROGRESS"
        for each in read(path, answers=answers).questions
    }
    stated = read(path, answers=answers)
    assert stated.questions == ()
    [form] = taught(shipped(), stated)
    again = read(path, what=own_files.known({**shipped(), form.name: form}))
    assert (again.questions, again.rows) == ((), stated.rows)


def test_an_answer_about_a_unit_becomes_an_alias(tmp_path: Path) -> None:
    path = book(
        tmp_path / "台账.xlsx",
        [
            ["责任单位", "问题描述", "整改状态"],
            ["老一中", "甲", "未完成"],
            ["两校", "乙", "未完成"],
        ],
    )
    one, both = read(path).questions
    stated = read(path, answers={one.id: "U01", both.id: "U01、U02"})
    assert aliases(stated, {"u01": "U01", "u02": "U02"}) == {"老一中": "U01"}


def test_a_printed_proposal_is_an_answer(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text('{"unit-1": {"answer": "U01", "shown": "一中"}}', encoding="utf-8")
    assert read_answers(file) == {"unit-1": "U01"}


def test_answers_are_texts_by_question(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text('{"unit-1": ["U01", "U02"], "day-2": "2026-10-31"}', encoding="utf-8-sig")
    assert read_answers(file) == {"unit-1": "U01、U02", "day-2": "2026-10-31"}


@pytest.mark.parametrize("content", ["[]", "{", '{"a": null}', '{"a": true}'])
def test_what_holds_no_answers_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "a.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(AnswersError):
        read_answers(file)


def test_units_and_their_other_names_are_known(connection: Connection) -> None:
    kept = {"code": "U01", "name": "示例区第一中学", "kind": "INSTITUTION", "sector": "EDU"}
    connection.execute(insert(Sector).values(code="EDU", name="教育"))
    connection.execute(insert(Unit).values(**kept, enrolled_on=AS_OF))
    connection.execute(insert(UnitName).values(unit="U01", name="一中", kind="SHORT"))
    what = known(connection)
    assert (what.units, what.aliases) == ({"U01": "示例区第一中学"}, {"一中": "U01"})
