"""Key tasks on a day: how far they came, whether they are late, who asks for help."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from data.tasks.key_tasks import moves, tasks
from models.work import TaskState
from tests.data import districts
from tests.data.contents import TODAY, kept, net, workbook
from tests.data.districts import few
from tests.data.figures.taken_in import taken_in

DISTRICT = Scope(parse("district"), TODAY)


def task(number: int, **about: object) -> dict[str, object]:
    return {"number": number, "name": f"任务{number}"} | about


def progress(number: int, on_date: date, percent: int, **about: object) -> dict[str, object]:
    said = {"note": None, "needs_help": None} | about
    return {"number": number, "on_date": on_date, "percent": percent} | said


@few(4)
@given(data=st.data())
def test_tasks_stand_as_the_figures_count_them(data: st.DataObject) -> None:
    rows = data.draw(districts.districts("work"))
    scope = Scope(parse("district"), data.draw(districts.days(rows)))
    with taken_in(rows) as connection:
        found = tasks(connection, scope)
        figures = read(connection, scope, catalogue(shipped()))
    begun = [line for line in found if line.start_on <= scope.as_of]
    mean = figures["task_progress"]
    assert (sum(line.percent for line in begun), len(begun)) == (mean.numerator, mean.denominator)
    late = [line for line in found if line.state is TaskState.LATE]
    assert len(late) == figures["tasks_late"].numerator


def test_what_is_late_the_longest_comes_first_then_who_asks_for_co_ordination(engine):
    rows = [
        task(1),
        task(2, due_on=date(2026, 6, 1)),
        task(3, start_on=date(2026, 6, 1)),
        task(4, due_on=date(2026, 5, 1)),
    ]
    said = [progress(1, TODAY, 90), progress(3, TODAY, 10, needs_help=True)]
    kept(engine, workbook(**net(), key_tasks=rows, task_progress=said))
    with reading(engine) as connection:
        found = tasks(connection, DISTRICT)
    assert [line.number for line in found] == [4, 2, 3, 1]
    assert [line.days_late for line in found] == [60, 29, 0, 0]


def test_the_furthest_behind_stands_before_who_is_less_behind_and_asks(engine):
    rows = [task(number, due_on=date(2026, 12, 31)) for number in (1, 2, 3)]
    said = [progress(1, TODAY, 20, needs_help=True), progress(2, TODAY, 10), progress(3, TODAY, 90)]
    kept(engine, workbook(**net(), key_tasks=rows, task_progress=said))
    with reading(engine) as connection:
        found = tasks(connection, DISTRICT)
    assert [(line.number, line.state) for line in found[:2]] == [
        (2, TaskState.BEHIND),
        (1, TaskState.BEHIND),
    ]
    assert [line.wanting for line in found] == [True, True, False]


def test_only_the_latest_progress_by_the_day_counts(engine):
    said = [
        progress(1, date(2026, 3, 1), 30, needs_help=True, note="旧"),
        progress(1, date(2026, 5, 1), 50, note="新"),
        progress(1, date(2026, 6, 1), 90),
    ]
    kept(engine, workbook(**net(), key_tasks=[task(1)], task_progress=said))
    with reading(engine) as connection:
        (line,) = tasks(connection, DISTRICT.on(date(2026, 5, 31)))
    assert (line.percent, line.note, line.needs_help) == (50, "新", False)


def test_a_task_that_is_done_asks_for_nothing(engine):
    said = [progress(1, TODAY, 100, needs_help=True)]
    kept(engine, workbook(**net(), key_tasks=[task(1)], task_progress=said))
    with reading(engine) as connection:
        assert [line.needs_help for line in tasks(connection, DISTRICT)] == [False]


def test_progress_is_compared_with_what_had_begun_then(engine):
    rows = [task(1), task(2, start_on=date(2026, 6, 1))]
    said = [progress(1, date(2026, 2, 1), 30), progress(1, TODAY, 45), progress(2, TODAY, 5)]
    kept(engine, workbook(**net(), key_tasks=rows, task_progress=said))
    with reading(engine) as connection:
        before = tasks(connection, DISTRICT.on(date(2026, 5, 1)))
        found = list(moves(tasks(connection, DISTRICT), before))
    assert [(line.number, moved) for line, moved in found] == [(1, 15), (2, None)]


def test_tasks_belong_to_the_district_alone(engine):
    kept(engine, workbook(**net(), key_tasks=[task(1)]))
    limited = Scope(parse("district"), TODAY, units=frozenset({"U1"}))
    with reading(engine) as connection:
        assert tasks(connection, Scope(parse("sector:EDU"), TODAY)) == ()
        assert tasks(connection, limited) == ()
