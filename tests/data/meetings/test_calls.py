"""What the committee asks of whom on an item: the gravest first, nothing where nothing is known."""

from datetime import date

import pytest
from sqlalchemy import Engine

from dashboard import call_words
from dashboard.i18n import use_language
from data.figures.catalogue import catalogue
from data.meetings.calls import FIGURES, QUIET, Call, call
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import everything
from data.store.database import reading
from models.freeze import AgendaScreen
from tests.data.contents import TODAY, kept, net, workbook

UNITS = ("U1", "U2", "U3", "U4", "U5")
CATALOGUE = catalogue(shipped())
PAST, AHEAD = date(2026, 1, 1), date(2027, 6, 1)
MET_ON = date(2026, 6, 20)
HELD = {"code": "M1", "name": "第一次会议", "kind": "COMMITTEE", "on_date": MET_ON}


def called(engine: Engine, screen: AgendaScreen, **ledgers: object) -> Call | None:
    """What is asked for on `screen`, after `ledgers` were entered."""
    kept(engine, workbook(**(net(*UNITS) | ledgers)))
    return asked(engine, screen)


def asked(engine: Engine, screen: AgendaScreen, node: str = "district") -> Call | None:
    figure = FIGURES.get(screen)
    with reading(engine) as connection:
        return call(
            connection,
            everything(parse(node), TODAY),
            screen,
            CATALOGUE[figure] if figure else None,
            "M1",
            MET_ON,
        )


def overdue(unit: str, number: int, due_on: date = PAST) -> list[dict[str, object]]:
    """So many findings of a unit, due on `due_on`."""
    return [
        {"code": f"{unit}-{at}", "unit": unit, "issued_on": date(2025, 1, 1), "due_on": due_on}
        for at in range(number)
    ]


def told(found: Call | None, language: str = "en") -> str:
    assert found is not None
    with use_language(language):
        return call_words.text_of(found)


def test_units_with_most_overdue_findings_are_called_first_with_how_many(engine):
    findings = [*overdue("U1", 1), *overdue("U2", 3), *overdue("U3", 1)]
    found = called(engine, AgendaScreen.OVERDUE, findings=findings)
    assert found is not None
    assert [(each.unit, each.weight) for each in found.called] == [("U2", 3), ("U1", 1), ("U3", 1)]
    assert [each.told.of("en") for each in found.called] == ["3", "1", "1"]
    assert told(found, "zh_CN").endswith("限期整改逾期问题，于下次会议前报送整改情况。")
    assert "（3个）" in told(found, "zh_CN")


@pytest.mark.parametrize(
    ("units", "more"),
    [(3, ""), (4, ""), (5, " and others (5 in all)")],
    ids=["three", "four", "five"],
)
def test_three_are_named_and_the_rest_counted_but_a_fourth_that_is_the_last(engine, units, more):
    findings = [each for unit in UNITS[:units] for each in overdue(unit, 1)]
    said = told(called(engine, AgendaScreen.OVERDUE, findings=findings))
    assert said.count(" (1)") == (3 if units == 5 else units)
    assert (" others" in said) == bool(more) and more in said


def test_the_day_of_the_next_meeting_is_named_where_it_is_entered(engine):
    following = {"code": "M2", "name": "第二次会议", "kind": "COMMITTEE", "on_date": AHEAD}
    said = told(
        called(
            engine,
            AgendaScreen.OVERDUE,
            findings=overdue("U1", 1),
            meetings=[HELD, following],
        ),
        "zh_CN",
    )
    assert "于下次会议（2027-06-01）前" in said


def test_where_nothing_is_overdue_nothing_is_asked_for(engine):
    found = called(engine, AgendaScreen.OVERDUE, findings=overdue("U1", 1, AHEAD))
    assert found is not None and found.called == ()
    assert found.words.message == QUIET
    assert told(found, "zh_CN") == "按已录入数据，本项无需研究。"


@pytest.mark.parametrize("screen", AgendaScreen)
def test_where_nothing_was_entered_nothing_is_said_to_be_fine(engine, screen):
    assert asked(engine, screen) is None


def test_findings_that_were_never_entered_are_not_said_to_be_in_time(engine):
    assert called(engine, AgendaScreen.OVERDUE) is None


def test_only_units_of_the_gravest_band_are_asked_about_the_longest_overdue(engine):
    findings = [*overdue("U1", 1), *overdue("U2", 1, date(2026, 6, 1))]
    found = called(engine, AgendaScreen.LONGEST, findings=findings)
    assert found is not None
    days = (TODAY - PAST).days
    assert [(each.unit, each.weight) for each in found.called] == [("U1", days)]
    assert f"({days} days)" in told(found)


def test_departments_are_asked_to_have_findings_of_their_units_put_right(engine):
    with_lead = net(*UNITS)
    with_lead["sectors"] = [{**each, "lead": "区主管局"} for each in with_lead["sectors"]]
    found = called(
        engine, AgendaScreen.RECTIFICATION, **(with_lead | {"findings": overdue("U1", 2)})
    )
    assert found is not None
    assert [(each.unit, each.name, each.weight) for each in found.called] == [("", "区主管局", 2)]
    assert "督促所属单位" in told(found, "zh_CN")


def test_without_departments_the_units_are_asked_themselves(engine):
    found = called(engine, AgendaScreen.RECTIFICATION, findings=overdue("U1", 2))
    assert found is not None
    assert [each.unit for each in found.called] == ["U1"]
    assert "督促" not in told(found, "zh_CN")


def test_units_that_lack_an_element_are_called_without_a_count(engine):
    elements = [
        {"unit": unit, "element": element}
        for unit in UNITS[1:]
        for element in ("GRID", "DUTIES", "TASKS", "MECHANISMS")
    ]
    found = called(engine, AgendaScreen.COVERAGE, grid_elements=elements)
    assert found is not None
    assert [(each.unit, each.told) for each in found.called] == [("U1", None)]


def test_silent_units_are_asked_for_data_where_none_is_red(engine):
    found = called(engine, AgendaScreen.OVERVIEW)
    assert [each.unit for each in found.called] == list(UNITS)  # type: ignore[union-attr]
    assert "report all data" in told(found)


def test_overdue_decisions_of_the_last_meeting_call_on_their_units(engine):
    earlier = {"code": "M0", "name": "上次会议", "kind": "COMMITTEE", "on_date": date(2026, 2, 1)}
    decisions = [
        {"meeting": "M0", "number": 1, "text": "甲", "unit": "U2", "due_on": date(2026, 3, 1)},
        {"meeting": "M0", "number": 2, "text": "乙", "unit": "U1", "due_on": AHEAD},
        {"meeting": "M0", "number": 3, "text": "丙", "due_on": date(2026, 3, 1)},
        {"meeting": "M1", "number": 1, "text": "丁", "unit": "U3", "due_on": AHEAD},
    ]
    before = called(engine, AgendaScreen.OPENING, meetings=[earlier, HELD], decisions=decisions)
    assert [each.unit for each in before.called] == ["", "U2"]  # type: ignore[union-attr]
    assert told(before).startswith("Ask District, ")
    now = asked(engine, AgendaScreen.DECISIONS)
    assert [each.unit for each in now.called] == ["U3"]  # type: ignore[union-attr]


def test_departments_of_late_tasks_are_told_apart_though_a_name_has_commas(engine):
    tasks = [
        {"number": at, "name": f"任务{at}", "lead": lead, "start_on": PAST, "due_on": PAST}
        for at, lead in enumerate(("甲办、乙局", "丙局"), 1)
    ]
    said = told(called(engine, AgendaScreen.TASKS, key_tasks=tasks), "zh_CN")
    assert "丙局（1项）；甲办、乙局（1项）" in said


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["甲（占位）", "乙（占位）"], ["甲", "乙"]),
        (["甲（占位）"], ["甲（占位）"]),
        (["甲（占位）", "乙（试点）"], ["甲（占位）", "乙（试点）"]),
        (["甲（占位）", "乙"], ["甲（占位）", "乙"]),
        (["（占位）", "（占位）"], ["（占位）", "（占位）"]),
    ],
)
def test_what_stands_in_brackets_at_the_end_of_every_name_is_left_out(names, said):
    assert call_words.without_common_end(names) == said
