"""Letters: what they say, what is refused, and what issuing writes, all of it or nothing."""

import threading
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select, text
from sqlmodel import col

from data.access.permission import viewer
from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.intake.keeping import next_number
from data.ledgers.imports import latest
from data.letters import issuing as letters
from data.letters.issuing import Key, NoSuchLetterError, asked_by, issued
from data.letters.numbers import LetterRefusedError, set_styles
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store import access_log
from data.store.database import reading, writing
from models.account import Role
from models.letter import Letter
from models.rectification import Escalation, Step
from tests.data.contents import NOW, TODAY, dump, kept, workbook
from tests.data.letter_cases import (
    ACT,
    COMMITTEE,
    MANAGER,
    REPLY_BY,
    UNIT,
    ago,
    drafted,
    finding,
    issuing,
    late_district,
    sent,
)

CATALOGUE = catalogue(shipped())


@pytest.fixture
def district(engine: Engine) -> Engine:
    return late_district(engine)


def refusal(engine: Engine, *codes: str, **how: Any) -> str:
    """Why no letter is issued, in English; nothing may have changed."""
    before = dump(engine)
    with pytest.raises(LetterRefusedError) as refused:
        sent(engine, *codes, **how)
    assert dump(engine) == before
    return refused.value.sentence.message


def escalations(engine: Engine) -> list[tuple[Any, ...]]:
    columns = (col(Escalation.finding), col(Escalation.step), col(Escalation.issued_on))
    with reading(engine) as connection:
        return sorted(map(tuple, connection.execute(select(*columns))))


def open_figures(engine: Engine, day: date = TODAY) -> dict[str, str]:
    with reading(engine) as connection:
        found = read(connection, Scope(parse("district"), day), CATALOGUE)
    return {
        key: found[key].text
        for key in ("escalations_open", "escalations_open:SUPERVISION")
        if key in found
    }


def test_a_letter_states_each_finding_as_it_stands_on_its_day(district: Engine) -> None:
    [draft] = drafted(district, "A1", "A2")
    assert (draft.unit, draft.unit_name) == ("U1", "第一单位")
    assert (draft.issued_on, draft.reply_by) == (TODAY, REPLY_BY)
    assert [(each.code, each.title, each.days_over, each.amount) for each in draft.findings] == [
        ("A1", "问题A1", 5, 123_456_700),
        ("A2", "问题A2", 40, 100_000_000),
    ]
    assert (draft.overdue, draft.longest, draft.amount) == (2, 40, 223_456_700)


def test_the_limit_in_force_counts_not_the_original_one(district: Engine) -> None:
    moved = {"finding": "A2", "on_date": ago(50), "action": "EXTEND", "new_due_on": ago(-3)}
    kept(district, workbook(rectification_events=[moved]))
    [draft] = drafted(district, "A1", "A2")
    assert [each.days_over for each in draft.findings] == [5, 0]
    assert draft.findings[1].due == ago(-3)
    assert (draft.overdue, draft.longest) == (1, 5)


def test_money_is_not_stated_where_none_is_in_it(district: Engine) -> None:
    [draft] = drafted(district, "B1")
    assert draft.amount is None


def test_findings_of_several_units_are_as_many_letters(district: Engine) -> None:
    found = sent(district, "A1", "B1", "A2")
    assert [(each.draft.unit, len(each.draft.findings)) for each in found] == [("U1", 2), ("U2", 1)]
    assert [each.number for each in found] == ["经安督〔2026〕1号", "经安督〔2026〕2号"]


def test_findings_may_stand_in_a_letter_each(district: Engine) -> None:
    with reading(district) as connection:
        scope = asked_by(COMMITTEE, TODAY)
        codes = ["A1", "B1", "A2"]
        wanted = letters.drafts(connection, scope, Step.SUPERVISION, codes, REPLY_BY, apart=True)
    found = issuing(district, wanted)
    assert [(each.draft.unit, each.draft.findings[0].code) for each in found] == [
        ("U1", "A1"),
        ("U2", "B1"),
        ("U1", "A2"),
    ]
    assert [each.key.serial for each in found] == [1, 2, 3]


def test_issuing_writes_the_letter_the_ledger_and_the_log(district: Engine) -> None:
    [letter] = sent(district, "A1", "A2")
    assert escalations(district) == [("A1", "SUPERVISION", TODAY), ("A2", "SUPERVISION", TODAY)]
    with reading(district) as connection:
        [row] = connection.execute(select(Letter.__table__))  # type: ignore[attr-defined]
        [entry] = access_log.entries(connection, account="committee")
        note = connection.scalar(text("SELECT file_name FROM imports WHERE number = 2"))
    assert (row.step, row.year, row.serial) == ("SUPERVISION", 2026, 1)
    assert (row.text_number, row.unit, row.unit_name) == (letter.number, "U1", "第一单位")
    assert (row.findings, row.issued_on, row.reply_by) == (["A1", "A2"], TODAY, REPLY_BY)
    assert (row.account, row.at) == ("committee", NOW)
    assert (entry.what, entry.account) == ("letter_issued", "committee")
    assert entry.subject == "经安督〔2026〕1号 U1"
    assert note == "录入:督办函"


@pytest.mark.parametrize(("known", "then"), [(10, 4), (0, 0)])
def test_the_data_reaches_no_further_than_what_was_entered(
    engine: Engine, known: int, then: int
) -> None:
    kept(engine, workbook(sectors=[{}], units=[{}], findings=[finding("A1", 40)]), day=ago(known))
    sent(engine, "A1", day=ago(4))
    with reading(engine) as connection:
        last = latest(connection)
        assert last and last.day == ago(then)


def test_a_finding_under_review_is_not_late(district: Engine) -> None:
    submitted = {"finding": "A1", "on_date": ago(1), "action": "SUBMIT"}
    kept(district, workbook(rectification_events=[submitted]))
    [draft] = drafted(district, "A1", "A2")
    assert [each.days_over for each in draft.findings] == [0, 40]
    assert draft.overdue == 1


def test_each_letter_has_its_own_entry_in_the_log(district: Engine) -> None:
    sent(district, "A1", "B1")
    with reading(district) as connection:
        entries = access_log.entries(connection, account="committee")
    subjects = [entry.subject.split()[1] for entry in entries]
    assert sorted(subjects) == ["U1", "U2"]


def test_figures_follow_what_was_issued(district: Engine) -> None:
    assert open_figures(district)["escalations_open"] == "0"
    sent(district, "A1", "B1")
    assert open_figures(district)["escalations_open"] == "2"
    assert open_figures(district)["escalations_open:SUPERVISION"] == "2"
    assert open_figures(district, ago(1))["escalations_open"] == "0"


def test_serials_have_no_gap_and_each_step_and_year_its_own(district: Engine) -> None:
    numbers = [
        sent(district, "A1")[0].number,
        sent(district, "A2", step=Step.REMINDER)[0].number,
        sent(district, "A2")[0].number,
        sent(district, "A1", day=date(2025, 12, 31))[0].number,
        sent(district, "B1", day=ago(1))[0].number,
    ]
    assert numbers == [
        "经安督〔2026〕1号",
        "经安提〔2026〕1号",
        "经安督〔2026〕2号",
        "经安督〔2025〕1号",
        "经安督〔2026〕3号",
    ]


def test_a_refused_letter_leaves_no_gap(district: Engine) -> None:
    sent(district, "A1")
    refusal(district, "A2", "A1")
    assert sent(district, "A2")[0].number == "经安督〔2026〕2号"


def test_letters_issued_at_once_get_numbers_in_a_row(district: Engine) -> None:
    wanted = [drafted(district, code) for code in ("A1", "B1", "C1")]
    numbers: list[str] = []

    def one(drafts: Any) -> None:
        numbers.extend(each.number for each in issuing(district, drafts))

    threads = [threading.Thread(target=one, args=(each,)) for each in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [f"经安督〔2026〕{serial}号" for serial in (1, 2, 3)]
    with reading(district) as connection:
        assert access_log.verify(connection).broken_at is None


@pytest.mark.parametrize(
    ("history", "message"),
    [
        ([{"action": "CLOSE"}], letters.OVER),
        ([{"action": "VOID"}], letters.OVER),
        ([{"action": "SUBMIT"}], None),
        ([{"action": "SUSPEND"}], None),
    ],
)
def test_a_finding_that_is_over_is_refused(
    district: Engine, history: list[dict[str, Any]], message: str | None
) -> None:
    events = [{"finding": "A1", "on_date": ago(1)} | event for event in history]
    kept(district, workbook(rectification_events=events))
    if message:
        assert refusal(district, "A1") == message
    else:
        assert sent(district, "A1")


def test_a_finding_closed_later_was_still_open_on_the_day(district: Engine) -> None:
    closed = {"finding": "A1", "on_date": ago(1), "action": "CLOSE"}
    kept(district, workbook(rectification_events=[closed]))
    assert sent(district, "A1", day=ago(2))


def test_a_finding_issued_later_is_refused(district: Engine) -> None:
    assert refusal(district, "A1", day=date(2024, 12, 31)) == letters.NOT_REQUIRED_YET


def test_a_finding_that_is_not_there_is_refused(district: Engine) -> None:
    assert refusal(district, "X9") == letters.UNKNOWN


def test_the_same_step_on_the_same_day_is_refused(district: Engine) -> None:
    sent(district, "A1")
    assert refusal(district, "A1") == letters.TAKEN
    assert sent(district, "A1", step=Step.REMINDER)
    assert sent(district, "A1", day=ago(1))


def test_a_day_to_come_is_refused(district: Engine) -> None:
    assert refusal(district, "A1", day=ago(-1)) == letters.NOT_YET


def test_a_reply_before_the_letter_is_refused(district: Engine) -> None:
    assert refusal(district, "A1", reply_by=ago(1)) == letters.REPLY_TOO_EARLY
    assert sent(district, "A1", reply_by=TODAY)


def test_nothing_chosen_is_refused(district: Engine) -> None:
    assert refusal(district) == letters.NOTHING_CHOSEN
    with pytest.raises(LetterRefusedError):
        issuing(district, [])


def test_an_interview_is_no_letter(district: Engine) -> None:
    assert refusal(district, "A1", step=Step.INTERVIEW) == letters.NO_LETTER


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COMMITTEE])
def test_only_the_committee_issues_letters(district: Engine, role: Role) -> None:
    wanted = drafted(district, "A1")
    before = dump(district)
    with pytest.raises(LetterRefusedError):
        issuing(district, wanted, viewer("x", "x", role, []))
    assert dump(district) == before


@pytest.mark.parametrize(("asker", "code"), [(MANAGER, "C1"), (UNIT, "B1")])
def test_a_finding_that_the_asker_may_not_see_is_not_there(
    district: Engine, asker: Any, code: str
) -> None:
    with pytest.raises(LetterRefusedError) as refused:
        drafted(district, code, asker=asker)
    assert refused.value.sentence.message == letters.UNKNOWN


def test_an_issuer_of_some_sectors_issues_for_no_other(district: Engine) -> None:
    of_sector = replace(COMMITTEE, sectors=frozenset({"EDU"}))
    wanted = drafted(district, "C1")
    before = dump(district)
    with pytest.raises(LetterRefusedError):
        issuing(district, wanted, of_sector)
    assert dump(district) == before
    assert issuing(district, drafted(district, "A1"), of_sector)


def test_what_changed_after_the_preview_is_looked_at_again(district: Engine) -> None:
    wanted = drafted(district, "A1")
    kept(district, workbook(findings=[finding("A1", 5, title="改了")]), correct="更正")
    before = dump(district)
    with pytest.raises(LetterRefusedError) as refused:
        issuing(district, wanted)
    assert refused.value.sentence.message == letters.CHANGED
    assert dump(district) == before


def test_nothing_is_kept_when_a_part_of_it_fails(
    district: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError

    wanted, before = drafted(district, "A1", "B1"), dump(district)
    monkeypatch.setattr(access_log, "append", broken)
    with pytest.raises(OSError):
        issuing(district, wanted)
    assert dump(district) == before


def test_a_number_given_before_is_not_given_again(district: Engine) -> None:
    sent(district, "A1", step=Step.REMINDER)
    styles = {Step.SUPERVISION: "经安提〔{year}〕{serial}号", Step.REMINDER: "{year}-{serial}"}
    with writing(district) as connection:
        set_styles(connection, COMMITTEE, styles, ACT)
    assert refusal(district, "A1") == letters.NUMBER_TAKEN


def test_a_letter_is_said_again_as_it_was_issued(district: Engine) -> None:
    [letter] = sent(district, "A1", "A2", day=ago(3))
    changed = [
        finding("A1", 5, title="改名", amount=1),
        finding("A2", 30, amount=100_000_000),
    ]
    kept(district, workbook(findings=changed), correct="更正")
    late_news = {"finding": "A1", "on_date": ago(10), "action": "EXTEND", "new_due_on": ago(-9)}
    kept(district, workbook(rectification_events=[late_news]))
    kept(district, workbook(units=[{"name": "新名"}]), correct="更名")
    with reading(district) as connection:
        again = issued(connection, asked_by(COMMITTEE, TODAY), letter.key)
        assert next_number(connection) == 6
    assert again == letter


def test_a_corrected_event_is_said_as_it_was_known(engine: Engine) -> None:
    event = {"finding": "A1", "on_date": ago(20), "action": "EXTEND", "new_due_on": ago(8)}
    late_district(engine, rectification_events=[event])
    [letter] = sent(engine, "A1")
    assert letter.draft.findings[0].days_over == 8
    corrected = event | {"new_due_on": ago(2)}
    kept(engine, workbook(rectification_events=[corrected]), correct="更正")
    with reading(engine) as connection:
        assert issued(connection, asked_by(COMMITTEE, TODAY), letter.key) == letter


def test_a_unit_reads_its_own_letters_only(district: Engine) -> None:
    first, second = sent(district, "A1", "B1")
    with reading(district) as connection:
        assert issued(connection, asked_by(UNIT, TODAY), first.key) == first
        for key in (second.key, Key(Step.SUPERVISION, 2026, 9)):
            with pytest.raises(NoSuchLetterError):
                issued(connection, asked_by(UNIT, TODAY), key)


def test_many_findings_go_into_one_letter(engine: Engine) -> None:
    many = [finding(f"M{at:03}", 1 + at) for at in range(250)]
    late_district(engine, *many)
    [letter] = sent(engine, *(each["code"] for each in many))
    assert (len(letter.draft.findings), letter.draft.longest) == (250, 250)
    with reading(engine) as connection:
        later = asked_by(COMMITTEE, TODAY + timedelta(100))
        assert issued(connection, later, letter.key) == letter
