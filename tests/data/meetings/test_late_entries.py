"""Whatever is known otherwise than it was frozen is explained by rows that came later."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.figures import reading as figures
from data.figures.catalogue import catalogue
from data.figures.rows import FigureRow, Side, rows_behind
from data.findings.movements import standings
from data.meetings import freezes
from data.meetings.differences import Moved, causes, differences, made_known, moved
from data.meetings.frozen_state import bring_back
from data.meetings.late_entries import Late, LateRow, late_rows
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import Scope, everything
from data.store.database import reading
from models.kinds import LATEST
from models.rules.movement import Movement, of_findings
from tests.data import districts
from tests.data.contents import ANY_CORRECTION, NOW, TODAY, kept, net, workbook
from tests.data.districts import SUBJECTS, few
from tests.data.facts.workbook_steps import nothing_differs, steps, take_out
from tests.data.meetings.frozen_meetings import MEETING, OVERDUE, frozen, take_some_out
from tests.databases import sqlite_database

MARCH = date(2026, 3, 1)
DISTRICT = everything(parse("district"), TODAY)


@pytest.fixture
def engine(engine: Engine) -> Engine:
    """A district with one overdue finding, frozen after import 1."""
    kept(engine, workbook(**net(), findings=[OVERDUE], meetings=[MEETING], grid_elements=[{}]))
    frozen(engine, TODAY)
    return engine


def late(engine: Engine, scope: Scope = DISTRICT) -> tuple[LateRow, ...]:
    with reading(engine) as connection:
        return late_rows(connection, scope, known=1)


def test_without_a_later_import_nothing_is_late(engine: Engine) -> None:
    assert late(engine) == ()


def test_a_row_entered_after_is_told(engine: Engine) -> None:
    kept(engine, workbook(findings=[{"code": "F2", **OVERDUE}]))
    (row,) = late(engine)
    assert (row.late, row.key, row.before, row.import_number) == (Late.ENTERED, "F2", None, 2)
    assert row.units == {"U1"}


def test_a_changed_row_is_told_with_what_it_was(engine: Engine) -> None:
    kept(engine, workbook(findings=[{**OVERDUE, "title": "另一"}]))
    (row,) = late(engine)
    assert (row.late, row.changed()) == (Late.CHANGED, ("title",))


def test_a_corrected_date_is_told_with_its_reason(engine: Engine) -> None:
    kept(engine, workbook(findings=[{"due_on": date(2026, 9, 1)}]), correct="录入有误")
    (row,) = late(engine)
    assert (row.late, row.reason, row.changed()) == (Late.CORRECTED, "录入有误", ("due_on",))


def test_a_removed_row_is_told_with_its_reason(engine: Engine) -> None:
    take_out(engine, "findings", "F1")
    (row,) = late(engine)
    assert (row.late, row.now, row.reason) == (Late.REMOVED, None, "重复录入")


def test_a_row_that_came_and_went_is_not_told(engine: Engine) -> None:
    kept(engine, workbook(findings=[{"code": "F2", **OVERDUE}]))
    take_out(engine, "findings", "F2")
    assert late(engine) == ()


def test_a_row_changed_twice_is_told_once_as_it_was_frozen(engine: Engine) -> None:
    for title in ("甲", "乙"):
        kept(engine, workbook(findings=[{**OVERDUE, "title": title}]))
    (row,) = late(engine)
    assert row.before and row.now
    assert (row.before["title"], row.now["title"], row.import_number) == ("问题", "乙", 3)


def test_a_row_concerns_the_day_if_what_differs_happened_by_then(engine: Engine) -> None:
    kept(
        engine,
        workbook(
            findings=[{"code": "F2", "issued_on": date(2026, 6, 30), "due_on": date(2026, 9, 1)}],
            rectification_events=[{"action": "PROGRESS", "on_date": date(2026, 6, 29)}],
        ),
    )
    by_key = {row.key: row for row in late(engine)}
    assert by_key["F2"].concerns(date(2026, 6, 30)) and not by_key["F2"].concerns(date(2026, 6, 29))
    assert not by_key["F1|2026-06-29|1"].concerns(date(2026, 6, 28))


def test_a_row_without_days_concerns_every_day(engine: Engine) -> None:
    kept(engine, workbook(sectors=[{"name": "教育卫生"}]))
    (row,) = late(engine)
    assert row.concerns(date(2020, 1, 1))


def test_late_rows_of_other_units_are_not_shown(engine: Engine) -> None:
    kept(engine, workbook(findings=[{"code": "F2", **OVERDUE}]))
    assert late(engine, Scope(parse("district"), TODAY, units=frozenset({"U2"}))) == ()
    assert len(late(engine, Scope(parse("district"), TODAY, units=frozenset({"U1"})))) == 1


def test_a_unit_that_moved_takes_its_rows_along_and_is_named(engine: Engine) -> None:
    """Of the node it left, and of the one it came to; a manager of the old sector sees it too."""
    kept(engine, workbook(sectors=[{"code": "HEALTH"}]))
    taken = kept(engine, workbook(units=[{"sector": "HEALTH"}]), correct="划转")
    required = catalogue(shipped())["required"]
    state = bring_back(engine, 1)
    for node, was_frozen in (("sector:EDU", True), ("sector:HEALTH", False)):
        scope = Scope(parse(node), TODAY)
        with reading(state.engine) as then, reading(engine) as now:
            entered = late_rows(now, scope, 1)
            found = differences(
                rows_behind(then, scope, required),
                rows_behind(now, scope, required),
                entered,
                scope,
            )
        (difference,) = found
        assert difference.was_frozen is was_frozen and difference.row.unit == "U1"
        assert difference.moved is not None
        assert difference.moved.import_number == taken.number
    with reading(engine) as connection:
        mine = Scope(parse("district"), TODAY, sectors=frozenset({"EDU"}))
        assert [row.key for row in late_rows(connection, mine, 1)] == ["U1"]


def test_an_event_explains_why_its_finding_counts_otherwise(engine: Engine) -> None:
    kept(engine, workbook(rectification_events=[{"action": "CLOSE", "on_date": MARCH}]))
    state = bring_back(engine, 1)
    overdue = catalogue(shipped())["overdue"]
    with reading(state.engine) as then, reading(engine) as now:
        found = differences(
            rows_behind(then, DISTRICT, overdue, ""),
            rows_behind(now, DISTRICT, overdue, ""),
            late(engine),
            DISTRICT,
        )
    (difference,) = found
    assert difference.was_frozen and difference.row.key == "F1"
    assert [cause.key for cause in difference.causes] == ["F1|2026-03-01|1"]


def test_back_dating_closing_and_removing_leave_the_freeze_and_are_explained(
    engine: Engine,
) -> None:
    known_figures = catalogue(shipped())
    with reading(engine) as connection:
        then = figures.read(connection, DISTRICT, known_figures)
    closed = {"action": "CLOSE", "on_date": MARCH}
    kept(
        engine,
        workbook(
            findings=[{"issued_on": date(2026, 1, 5), "due_on": date(2026, 2, 5)}],
            rectification_events=[closed],
        ),
        correct="录入有误",
    )
    take_out(engine, "grid_elements", "U1|GRID|2024-01-01")
    state = bring_back(engine, 1)
    with reading(engine) as connection, reading(state.engine) as past:
        assert freezes.readings(connection, DISTRICT, 1) == then
        assert figures.read(past, DISTRICT, known_figures) == then
        entered = late_rows(connection, DISTRICT, known=1)
        changed = moved(then, figures.read(connection, DISTRICT, known_figures))
        assert {"overdue", "rectified", "grid_coverage:GRID"} <= {each.key for each in changed}
        for each in changed:
            name, _colon, bucket = each.key.partition(":")
            found = differences(
                rows_behind(past, DISTRICT, known_figures[name], bucket),
                rows_behind(connection, DISTRICT, known_figures[name], bucket),
                entered,
                DISTRICT,
            )
            assert found and all(difference.causes for difference in found)
    assert {row.late for row in entered} == {Late.CORRECTED, Late.ENTERED, Late.REMOVED}
    assert nothing_differs(engine)


def test_a_figure_that_came_to_be_known_without_counting_a_row_is_explained(
    engine: Engine,
) -> None:
    kept(engine, workbook(projects=[{}], content_checks=[{"result": "NORMAL"}]))
    known_figures = catalogue(shipped())
    with reading(engine) as now:
        known = figures.read(now, DISTRICT, known_figures)
        [problems] = [
            each
            for each in moved(freezes.readings(now, DISTRICT, 1), known)
            if each.key == "content_problems"
        ]
    assert (problems.frozen.known, problems.known.numerator) == (False, 0)
    assert {row.ledger for row in made_known(problems, late(engine))} == {"content_checks"}
    assert made_known(Moved("content_problems", problems.known, problems.known), late(engine)) == ()


def test_what_moved_since_a_freeze_counts_what_was_entered_late(engine: Engine) -> None:
    kept(engine, workbook(findings=[{"code": "F2", **OVERDUE}]))
    state = bring_back(engine, 1)
    with reading(state.engine) as then, reading(engine) as now:
        found = of_findings(standings(then, DISTRICT), standings(now, DISTRICT))
    assert list(found) == [(Movement.ISSUED, "F2"), (Movement.OVERDUE, "F2")]


@pytest.mark.parametrize("subject", SUBJECTS)
@few(3)
@given(data=st.data())
def test_every_difference_of_every_figure_is_explained(subject: str, data: st.DataObject) -> None:
    rows = data.draw(districts.districts(subject))
    earlier, half, rest = data.draw(steps(rows))
    scope = everything(parse("district"), data.draw(districts.days(rows)))
    with sqlite_database() as engine:
        kept(engine, workbook(meetings=[MEETING]), day=LATEST)
        kept(engine, districts.content(earlier), day=LATEST, correct=ANY_CORRECTION)
        line = frozen(engine, scope.as_of)
        for step in (half, rest):
            kept(engine, districts.content(step), day=LATEST, correct=ANY_CORRECTION)
        take_some_out(engine, rows, data)
        state = bring_back(engine, line.number)
        known_figures = catalogue(shipped())
        with reading(state.engine) as then, reading(engine) as now:
            entered = late_rows(now, scope, line.import_number)
            known = figures.read(now, scope, known_figures)
            changed = moved(freezes.readings(now, scope, line.number), known)
            for each in changed:
                name, _colon, bucket = each.key.partition(":")
                figure = known_figures[name]
                found = differences(
                    rows_behind(then, scope, figure, bucket),
                    rows_behind(now, scope, figure, bucket),
                    entered,
                    scope,
                )
                assert found or made_known(each, entered), each
                assert all(difference.causes for difference in found)
        state.engine.dispose()


def test_without_its_own_late_rows_a_row_is_explained_by_those_of_its_unit() -> None:
    def entered(units: set[str]) -> LateRow:
        return LateRow(
            "duties", "x", Late.ENTERED, None, {}, 2, NOW, "li", "", None, frozenset(units),
            frozenset(),
        )  # fmt: skip

    mine, other = entered({"U1"}), entered({"U2"})
    row = FigureRow(Side.VALUE, "units", "U1", "U1", Fraction(1), TODAY, "")
    assert causes(row, (other, mine)) == (mine,)
    assert causes(row, (other,)) == (other,)
