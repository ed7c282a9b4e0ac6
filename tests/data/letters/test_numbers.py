"""How letters are numbered: which styles are taken, by whom, and that letters keep their number."""

import pytest
from sqlalchemy import Engine

from data.access.permission import viewer
from data.letters import numbers
from data.letters.numbers import SHIPPED, LetterRefusedError, check, set_styles, styles, written
from data.store import access_log, data_version
from data.store.database import reading, writing
from models.account import Role
from models.letter import FilesLetter
from models.rectification import Step
from tests.data.contents import dump
from tests.data.letter_cases import ACT, COMMITTEE, late_district, sent

REMINDERS = SHIPPED[Step.REMINDER]


def test_shipped_styles_stand_until_they_are_changed(engine: Engine) -> None:
    with writing(engine) as connection:
        assert styles(connection) == SHIPPED
        set_styles(connection, COMMITTEE, {Step.SUPERVISION: " {year}年督字{serial} "}, ACT)
        assert styles(connection) == {**SHIPPED, Step.SUPERVISION: "{year}年督字{serial}"}
        set_styles(connection, COMMITTEE, {Step.SUPERVISION: "督{year}-{serial}"}, ACT)
        assert styles(connection)[Step.SUPERVISION] == "督{year}-{serial}"


def test_a_changed_style_counts_on_and_issued_letters_keep_their_numbers(engine: Engine) -> None:
    late_district(engine)
    assert sent(engine, "A1")[0].number == "经安督〔2026〕1号"
    with writing(engine) as connection:
        set_styles(connection, COMMITTEE, {Step.SUPERVISION: "督{year}-{serial}"}, ACT)
    assert sent(engine, "A2")[0].number == "督2026-2"
    assert "经安督〔2026〕1号" in str(dump(engine)["letters"])


def test_a_change_is_logged_and_moves_the_data_version(engine: Engine) -> None:
    with writing(engine) as connection:
        before = data_version.current(connection)
        set_styles(connection, COMMITTEE, {Step.SUPERVISION: "督{year}-{serial}"}, ACT)
        assert data_version.current(connection) > before
        [entry] = access_log.entries(connection)
    assert (entry.what, entry.account) == ("letter_style_changed", "committee")
    assert entry.subject == "SUPERVISION"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COMMITTEE])
def test_who_may_not_issue_letters_may_not_number_them(engine: Engine, role: Role) -> None:
    before = dump(engine)
    with pytest.raises(LetterRefusedError), writing(engine) as connection:
        set_styles(connection, viewer("x", "x", role, []), {Step.REMINDER: "{year}{serial}"}, ACT)
    assert dump(engine) == before


@pytest.mark.parametrize(
    ("style", "message"),
    [
        ("", numbers.PLACEHOLDERS_NEEDED),
        ("督〔{year}〕号", numbers.PLACEHOLDERS_NEEDED),
        ("督{serial}号", numbers.PLACEHOLDERS_NEEDED),
        ("{year}{serial}{serial}", numbers.PLACEHOLDERS_NEEDED),
        ("{year}{serial}{unit}", numbers.PLACEHOLDERS_NEEDED),
        ("{year}{serial:>900000000}", numbers.PLACEHOLDERS_NEEDED),
        ("{year}{serial!r}", numbers.PLACEHOLDERS_NEEDED),
        ("{year.__class__}{serial}", numbers.PLACEHOLDERS_NEEDED),
        ("{year}{serial}{", numbers.PLACEHOLDERS_NEEDED),
        ("{year}{serial}}}", numbers.PLACEHOLDERS_NEEDED),
        ("{{year}}{serial}{year}", numbers.PLACEHOLDERS_NEEDED),
        ("{year}\n{serial}", numbers.NOT_PLAIN),
        ("{year}{serial}" + "号" * 60, numbers.TOO_LONG),
        (REMINDERS, numbers.ALIKE),
    ],
)
def test_a_style_that_cannot_tell_letters_apart_is_refused(style: str, message: str) -> None:
    with pytest.raises(LetterRefusedError) as refused:
        check({Step.REMINDER: REMINDERS, Step.SUPERVISION: style})
    assert refused.value.sentence.message == message
    assert refused.value.sentence.say(str, "en")


def test_a_style_is_filled_in() -> None:
    check(SHIPPED)
    assert written(SHIPPED[Step.SUPERVISION], 2026, 12) == "经安督〔2026〕12号"


def test_styles_are_read_of_an_empty_database(engine: Engine) -> None:
    with reading(engine) as connection:
        assert set(styles(connection)) == {Step.REMINDER, Step.SUPERVISION, FilesLetter.LATE_FILE}
