"""What a briefing says: for none, one and many; better, worse, unchanged; in two languages."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from dashboard.documents.briefing import content
from dashboard.documents.briefing import document as documents
from dashboard.documents.briefing.blocks import Chart, Document, Kind, Paragraph, Table
from dashboard.documents.briefing.content import Content
from dashboard.documents.briefing.document import Issue
from dashboard.documents.briefing.phrases import plain
from dashboard.i18n import use_language
from data.nodes import parse
from data.scope import Scope, everything
from models.rules.forecast_record import Score
from tests.dashboard.documents.briefing.telling import read, told
from tests.data.contents import LONG_AGO, kept, workbook
from tests.data.outlook_cases import TYPES, limits
from tests.databases import sqlite_database
from tests.demonstration_day import TODAY

LATE = date(2026, 6, 1)
CLOSED = {"action": "CLOSE", "on_date": date(2026, 6, 20)}


@pytest.fixture
def engine():
    with sqlite_database() as engine:
        yield engine


def texts(document: Document) -> list[str]:
    said = []
    for block in document.blocks:
        match block:
            case Paragraph():
                said.append(block.lead + plain(block.pieces))
            case Chart():
                said.append(plain(block.says))
    return said


def parts(document: Document) -> dict[str, list[str]]:
    """What is said under each heading, by its number."""
    found: dict[str, list[str]] = {}
    own: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.kind is Kind.HEADING:
            own = found.setdefault(plain(block.pieces)[:1], [])
        elif isinstance(block, Paragraph) and block.kind is Kind.BODY and block.pieces:
            own.append(block.lead + plain(block.pieces))
    return found


def say(engine: Engine, language: str = "en", *, since: date | None = None, **rows) -> Document:
    """The briefing of a unit with these rows."""
    kept(engine, workbook(**{"sectors": [{}], "units": [{}]} | rows))
    return told(read(engine, since=since), language)


VOIDED = {
    "findings": [{}],
    "rectification_events": [{"action": "VOID"}],
}
"""A finding issued in error: findings are known, and none is to be rectified."""


def findings(number: int, **values) -> list[dict]:
    return [{"code": f"F{at}", "due_on": LATE, **values} for at in range(number)]


@pytest.mark.parametrize(
    ("number", "english", "chinese"),
    [
        (0, "There is no finding to be rectified.", "目前没有应整改问题。"),
        (1, "1 finding is to be rectified: 0 rectified", "应整改问题1个，其中已整改0个"),
        (3, "3 findings are to be rectified: 0 rectified", "应整改问题3个，其中已整改0个"),
    ],
)
def test_no_one_and_many_findings(engine, number, english, chinese):
    rows = {"findings": findings(number)} if number else VOIDED
    assert any(said.startswith(english) for said in texts(say(engine, **rows)))
    assert any(chinese in said for said in texts(told(read(engine), "zh_CN")))


@pytest.mark.parametrize(
    ("number", "english", "chinese"),
    [
        (0, "No finding is overdue.", "没有逾期问题。"),
        (1, "1 finding is overdue, 1 by 1–30 days;", "逾期问题1个，其中1–30天1个；"),
        (2, "2 findings are overdue, 2 by 1–30 days;", "逾期问题2个，其中1–30天2个；"),
    ],
)
def test_no_one_and_many_overdue_findings(engine, number, english, chinese):
    # A late report keeps the part of problems from being empty.
    rows = {"findings": findings(number) if number else [{"due_on": date(2026, 12, 1)}]}
    said = parts(say(engine, **rows, reports=[{}]))["3"]
    assert said[0].startswith(f"(1) Rectification of findings. {english}")
    said = parts(told(read(engine), "zh_CN"))["三"]
    assert said[0].startswith(f"（一）问题整改。{chinese}")


def test_findings_that_nobody_entered_are_not_called_none(engine):
    said = texts(say(engine, duties=[{}]))
    assert "Findings are not entered: nothing is known of rectification." in said
    assert not any("no finding is overdue" in each.casefold() for each in said)


@pytest.mark.parametrize("some_missing", [False, True], ids=["all ledgers", "some ledgers"])
def test_nothing_wrong_is_said_in_one_sentence(engine, monkeypatch, some_missing):
    """Not where ledgers are not entered: then it is said only of what is entered."""
    if not some_missing:
        monkeypatch.setattr(content, "_not_entered", lambda _connection, _scope: ())
    elements = [{"element": each} for each in ("GRID", "DUTIES", "TASKS", "MECHANISMS")]
    group = ("LEADER", "DISCIPLINE", "PERSONNEL", "FINANCE", "AUDIT")
    roles = ["PRINCIPAL", "AUDITOR", *(f"GROUP_{each}" for each in group)]
    document = say(
        engine,
        grid_elements=elements,
        appointments=[{"role": role} for role in roles],
        institutions=[{}],
        guidance=[{}],
        duties=[{"item": "P2", "due_on": TODAY, "done_on": date(2026, 6, 10)}],
        **VOIDED,
    )
    said = parts(document)
    nothing = "On 30 June 2026, no finding is overdue and nothing is missing or late."
    assert (nothing in said["3"]) is not some_missing
    if some_missing:
        assert said["6"] == ["1. Have the ledgers filled in that nobody has entered (each unit)."]
        assert "Of what is entered, nothing needs a decision on 30 June 2026." in said["5"]
        return
    assert said["6"] == ["1. Go on reporting and rectifying in time."]
    assert "By the rules, nothing needs a decision on 30 June 2026." in said["5"]


def test_what_became_better_worse_and_what_stayed(engine):
    rows = {
        "findings": [*findings(2), {"code": "X", "due_on": date(2026, 5, 1)}],
        "rectification_events": [{"finding": "X", "action": "CLOSE", "on_date": date(2026, 5, 1)}],
    }
    document = say(engine, **rows, since=date(2026, 5, 20))
    said = parts(document)
    assert "down by 66.7 percentage points since 20 May 2026" in " ".join(said["1"])
    assert any("overdue findings 2 (up by 2)" in each for each in said["3"])
    assert said["2"][0] == "Compared with 20 May 2026, no figure became better."
    same = told(read(engine, since=date(2026, 6, 25)), "en")
    assert "unchanged since 25 June 2026" in " ".join(parts(same)["1"])
    chinese = " ".join(parts(told(read(engine, since=date(2026, 6, 25)), "zh_CN"))["一"])
    assert "到期整改率33.3%，与2026年6月25日持平" in chinese


def test_what_became_better_is_named_with_how_much(engine):
    document = say(
        engine,
        findings=findings(2),
        rectification_events=[{"finding": "F0", **CLOSED}],
        since=date(2026, 6, 10),
    )
    better = " ".join(parts(document)["2"])
    assert "due rectification rate 50.0% (up by 50.0 percentage points)" in better
    assert "overdue findings 1 (down by 1)" in better


def test_money_and_means_move_in_their_own_words(engine):
    document = say(
        engine,
        "zh_CN",
        findings=findings(1, amount=2_000_000),
        rectification_events=[{"finding": "F0", "amount": 1_000_000, **CLOSED}],
        disposals=[{"recovered": 5_000_000}],
    )
    said = " ".join(texts(document))
    assert "涉及应整改金额2.00万元，已整改金额1.00万元，金额整改率50.0%" in said


def test_a_day_of_which_nothing_is_known_is_not_compared_with(engine):
    document = say(engine, findings=findings(1), since=date(2001, 1, 1))
    assert parts(document)["2"][0] == (
        "Nothing is known of 1 January 2001, so nothing is compared with it."
    )
    assert "since" not in " ".join(parts(document)["1"])


def units(*numbers: int) -> list[dict]:
    return [{"code": f"U{at}", "name": f"单位{at}"} for at in numbers]


def of_each(unit: int, number: int, closed: int) -> tuple[list[dict], list[dict]]:
    rows = [{"code": f"F{unit}-{at}", "unit": f"U{unit}", "due_on": LATE} for at in range(number)]
    return rows, [{"finding": row["code"], **CLOSED} for row in rows[:closed]]


def ranked(engine: Engine, *closed: int | None, number: int = 5) -> list[str]:
    """What is said of the ranks of units that closed so many of their findings; None has none."""
    rows, events = [], []
    for unit, done in enumerate(closed):
        if done is not None:
            own, own_events = of_each(unit, number, done)
            rows, events = rows + own, events + own_events
    document = say(
        engine,
        units=units(*range(len(closed))),
        **({"findings": rows} if rows else {}),
        **({"rectification_events": events} if events else {}),
    )
    return parts(document)["4"]


def test_too_few_cases_are_not_ranked(engine):
    assert ranked(engine, 1, 2, number=4)[1:] == [
        "Party or government body. None has cases enough to be ranked."
    ]


def test_one_alone_is_not_compared(engine):
    assert ranked(engine, 3, None)[1:] == [
        "Party or government body. Only 单位0 (60.0%) can be ranked."
    ]


def test_all_equal_are_said_to_be_equal(engine):
    summary, said = ranked(engine, 3, 3)
    assert "In no kind does a unit fall behind the others." in summary
    assert said == "Party or government body. 2 units are ranked. All are equal at 60.0%."


def test_the_best_and_the_last_are_named(engine):
    summary, said = ranked(engine, 5, 4, 3, 2, 1, 0)
    assert "The lowest rates are: party or government body: 单位5 (0.0%)." in summary
    assert said == (
        "Party or government body. 6 units are ranked."
        " First: 单位0 (100.0%), 单位1 (80.0%), 单位2 (60.0%)."
        " Last: 单位3 (40.0%), 单位4 (20.0%), 单位5 (0.0%)."
    )


def test_units_that_are_tied_are_named_together(engine):
    _summary, said = ranked(engine, 5, 5, 5, 1)
    assert said.endswith(
        "First: 单位2 (100.0%), 单位1 (100.0%), 单位0 (100.0%). Last: 单位3 (20.0%)."
    )


def test_tied_units_for_whom_there_is_no_room_at_an_end_are_not_named(engine):
    _summary, said = ranked(engine, 5, 4, 4, 4, 1)
    assert "First: 单位0 (100.0%). Last: 单位4 (20.0%)." in said


def test_of_many_tied_only_their_number_is_told(engine):
    _summary, said = ranked(engine, 5, 5, 5, 5, 5, 1)
    assert "First: 5 units tied (100.0%). Last: 单位5 (20.0%)." in said


def test_of_many_that_share_the_lowest_rate_only_their_number_is_told(engine):
    summary, said = ranked(engine, 5, 1, 1, 1, 1)
    assert "party or government body: 4 units tied (20.0%)." in summary
    assert said.endswith("Last: 4 units tied (20.0%).")


def sectors_of(engine: Engine, *closed: int, called: str = "条线{at}") -> str:
    """What is said below the chart of sectors that closed so many of their five findings."""
    rows, events = [], []
    for unit, done in enumerate(closed):
        own, own_events = of_each(unit, 5, done)
        rows, events = rows + own, events + own_events
    document = say(
        engine,
        sectors=[{"code": f"S{at}", "name": called.format(at=at)} for at in range(len(closed))],
        units=[{**unit, "sector": f"S{at}"} for at, unit in enumerate(units(*range(len(closed))))],
        findings=rows,
        rectification_events=events,
    )
    charts = [block for block in document.blocks if isinstance(block, Chart)]
    return plain(charts[-1].says)


def test_sectors_that_tie_at_an_end_are_named_together(engine):
    assert sectors_of(engine, 5, 5, 1) == (
        "The highest rate is that of 条线0, 条线1 (100.0%), the lowest that of 条线2 (20.0%)."
    )


def test_a_usual_sector_has_its_english_name(engine):
    assert "of Education, Education (100.0%)" in sectors_of(engine, 5, 5, 1, called="教育")


def test_of_sectors_that_are_all_equal_none_is_highest(engine):
    assert sectors_of(engine, 3, 3) == "All sectors are equal at 60.0%."


def test_a_single_unit_is_not_ranked(engine):
    say(engine, findings=findings(6))
    of_unit = told(read(engine, everything(parse("unit:U1"), TODAY)))
    assert parts(of_unit)["4"] == ["A briefing about single units ranks nobody."]
    own = told(read(engine, Scope(parse("district"), TODAY, units=frozenset({"U1"}))))
    assert parts(own)["4"] == ["A briefing about single units ranks nobody."]


def test_matters_are_listed_with_their_rule_and_their_number(engine):
    document = say(
        engine,
        findings=findings(1, severity="MAJOR", due_on=date(2025, 11, 1), issued_on=LONG_AGO),
    )
    first = parts(document)["5"][0]
    assert first == (
        "1. 单位: Major finding: 问题 (overdue by 241 days)."
        " To decide: name who supervises it, set a last time limit, hear the result next time"
        " (committee office)."
        " Rule: A major finding overdue by more than 180 days goes to the committee."
    )


def test_what_is_due_for_a_step_is_told(engine):
    said = " ".join(parts(say(engine, findings=findings(2)))["5"])
    assert "By the ladder, findings are due for: Reminder 2 (committee office)." in said
    assert "No letter waits for a reply." in said


def test_silent_units_are_named_and_many_are_counted(engine):
    document = say(engine, units=units(1, 2))
    assert any("From 2 units nothing has come in: 单位1, 单位2." in t for t in texts(document))
    kept(engine, workbook(units=units(*range(3, 9))))
    found = texts(told(read(engine)))
    assert any("From 8 units nothing has come in, among them 单位1, 单位2" in t for t in found)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Nothing was known of the whole district on 30 June 2026, so there is nothing"),
        ("zh_CN", "截至2026年6月30日，系统中没有全区的数据，本简报没有可供汇报的内容。"),
    ],
)
def test_an_empty_database_has_nothing_to_tell(engine, language, said):
    document = told(read(engine), language)
    assert any(said in each for each in texts(document))
    assert not any(isinstance(block, Table | Chart) for block in document.blocks)
    assert document.mark == ""


def test_next_steps_follow_from_what_is_open(engine):
    document = say(engine, findings=[*findings(1), {"code": "S", "due_on": date(2026, 7, 3)}])
    steps = parts(document)["6"]
    escalate = "Escalate the 1 overdue finding one by one, by the ladder (committee office)."
    assert steps[0] == f"1. {escalate}"
    # By the first limit, as the committee's next meeting is not known.
    remind = "Remind the units in time of the 1 finding due next (committee office, by 3 July)."
    assert remind in [step.partition(". ")[2] for step in steps]
    assert [step.split(".")[0] for step in steps] == [str(n + 1) for n in range(len(steps))]


MEETS = {"code": "M2", "on_date": date(2026, 7, 17)}
FOUR_SECTORS = {
    "sectors": [
        {"code": code, "name": code, "lead": lead}
        for code, lead in (("A", "卫健委"), ("B", "教育局"), ("C", "国资委"), ("D", "民政局"))
    ],
    "units": [
        {"code": f"U{at}", "name": f"单位{at}", "sector": code}
        for at, code in enumerate("BCCAD", start=1)
    ],
}


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        (
            "en",
            "Finish the 3 late disposals (国资委, 教育局, by 17 July).|"
            "Finish the 1 late key task (区审计局, 编办, by 17 July).|"
            "Call in the 5 late reports (国资委, 卫健委 and others, by 17 July).|"
            "Carry out the 1 overdue decision (单位1, by 17 July).",
        ),
        (
            "zh_CN",
            "加快办理逾期未处置事项3项（国资委、教育局，7月17日前）。|"
            "加快推进逾期重点任务1项（区审计局、编办，7月17日前）。|"
            "催报逾期未报报告5份（国资委、卫健委等，7月17日前）。|"
            "督促办结逾期议定事项1项（单位1，7月17日前）。",
        ),
    ],
)
def test_each_step_says_who_takes_it_and_by_when(engine, language, asked):
    document = say(
        engine,
        language,
        **FOUR_SECTORS,
        meetings=[{}, MEETS],
        decisions=[{"unit": "U1", "due_on": LATE}],
        disposals=[
            {"code": f"D{at}", "unit": unit, "due_on": LATE}
            for at, unit in enumerate(("U1", "U2", "U3"))
        ],
        key_tasks=[{"lead": "区审计局、编办", "due_on": LATE}],
        reports=[{"unit": f"U{at}"} for at in range(1, 6)],
    )
    steps = parts(document)["六" if language == "zh_CN" else "6"]
    said = [step.partition("．" if language == "zh_CN" else ". ")[2] for step in steps]
    assert [each for each in asked.split("|") if each not in said] == []


def test_a_matter_says_who_acts_on_it_and_by_when(engine):
    document = say(
        engine,
        "zh_CN",
        sectors=[{"lead": "教育局"}],
        meetings=[MEETS],
        findings=findings(1, severity="MAJOR", due_on=date(2025, 11, 1), issued_on=LONG_AGO),
        key_tasks=[{"lead": "编办"}],
        task_progress=[{"needs_help": True}],
    )
    first, second = parts(document)["五"][:2]
    assert "下次会议听取结果（审计办，7月17日前）。" in first
    assert "明确一名区领导牵头协调（区委审计委员会，7月17日前）。" in second


def test_the_day_that_a_rule_sets_for_a_matter_comes_before_that_of_the_meeting(engine):
    document = say(
        engine,
        meetings=[MEETS],
        findings=findings(1, instructed=True, due_on=date(2026, 5, 20)),
        escalations=[{"finding": "F0", "step": "SUPERVISION", "issued_on": date(2026, 6, 25)}],
    )
    assert "(单位, by 9 July)." in parts(document)["5"][0]


def test_a_limit_of_a_rule_that_is_past_asks_to_act_at_once_and_names_its_items(engine):
    say(
        engine,
        meetings=[{**MEETS, "on_date": date(2026, 12, 20)}],
        findings=findings(1, instructed=True, due_on=date(2026, 5, 20)),
        escalations=[{"finding": "F0", "step": "SUPERVISION", "issued_on": date(2026, 6, 25)}],
        key_tasks=[{"lead": "编办"}],
        task_progress=[{"needs_help": True}],
    )
    with use_language("en"):
        made_later = documents.document(read(engine), Issue(date(2026, 7, 19)))
    first, second, past = parts(made_later)["5"][:3]
    assert first.partition(" Rule")[0].endswith("(单位).") and "by 20 December" in second
    assert past == (
        "For 1, the limit was 9 July 2026, 10 days past by 19 July 2026;"
        " act at once, or ask the committee for a new one."
    )


EXTENDED = {"action": "EXTEND", "on_date": date(2026, 5, 20), "new_due_on": date(2026, 8, 1)}


def test_what_would_be_overdue_had_no_limit_been_moved_is_counted_by_itself(engine):
    document = say(
        engine, findings=findings(3), rectification_events=[{"finding": "F0", **EXTENDED}]
    )
    assert "ad no time limit been moved, 3 would be overdue" in " ".join(parts(document)["3"])


def test_the_band_with_most_findings_is_named(engine):
    old = {"code": "OLD", "issued_on": LONG_AGO, "due_on": date(2025, 1, 1)}
    said = texts(say(engine, findings=[*findings(2), old]))
    assert "Most are overdue by 1–30 days: 2 of 3 findings." in said


def test_bands_with_equally_many_findings_are_named_together(engine):
    old = {"code": "OLD", "issued_on": LONG_AGO, "due_on": date(2025, 1, 1)}
    said = texts(say(engine, findings=[*findings(1), old]))
    assert "Most are overdue by 1–30 days, more than 180 days: 1 each of 2 findings." in said


def test_units_that_lack_something_are_counted_not_those_that_have_it(engine):
    document = say(
        engine,
        units=units(1, 2, 3),
        appointments=[
            {"unit": "U1", "role": "PRINCIPAL", "name": "甲"},
            {"unit": "U1", "role": "AUDITOR", "name": "乙"},
        ],
    )
    said = " ".join(parts(document)["3"])
    assert "2 units lack one of the two responsible subjects" in said


def learnt(engine: Engine, each: int) -> Content:
    """What is known where so many limits of each of two units have passed."""
    units = [{"code": unit} for unit in TYPES]
    kept(engine, workbook(sectors=[{}], units=units, **limits(each)))
    return read(engine)


def ahead(found: Content, language: str = "en") -> str:
    """What is said of the days to come."""
    said = texts(told(found, language))
    return "".join(text for text in said if "What comes next" in text or "下一步预判" in text)


def test_what_is_expected_is_told_with_its_range(engine):
    said = ahead(learnt(engine, 40))
    assert "Expected by cases alike: of 2 open findings due within 30 days, 1" in said


def test_with_few_cases_the_base_rate_is_told_and_named(engine):
    said = ahead(learnt(engine, 10), "zh_CN")
    assert "按基准率推算（可检验样本不足50例）" in said
    assert "预计逾期0至2个" in said


def test_where_cases_alike_tell_no_better_that_is_said(engine):
    found = learnt(engine, 40)
    worse = replace(found.ahead, of_findings=Score(80, brier=0.3, brier_base=0.2))
    said = ahead(replace(found, ahead=worse))
    assert "Expected by the base rate, as cases alike told no better: of 2 open findings" in said


def test_without_a_limit_that_has_passed_nothing_is_foreseen(engine):
    assert ahead(learnt(engine, 0)) == ""


def test_ledgers_that_some_units_only_have_entered_are_named(engine):
    units = [{"code": "U1"}, {"code": "U2"}]
    document = say(engine, "zh_CN", units=units, findings=[{}])
    assert "仅部分单位录入的台账，相应数据尚不完整：《问题清单》" in "".join(texts(document))
    whole = say(engine, "zh_CN", findings=[{"code": "F2", "unit": "U2"}])
    assert "仅部分单位录入" not in "".join(texts(whole))
