"""Facts of an import and of an undo are derived before they are written, and nobody waits."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from data.facts import ahead, gathering
from data.facts.rebuilding import rebuild
from data.intake.undo import undo
from data.reference.lists import shipped
from data.store.database import reading, waiting_told, writing
from models.kept import KeptFact
from models.rectification import Finding
from tests.data.contents import ANY_CORRECTION, NOW, TODAY, dump, kept, net, taking, workbook
from tests.data.facts.workbook_steps import nothing_differs

CLOSED = {"on_date": date(2026, 3, 5), "action": "CLOSE"}
Step = Callable[[Engine], object]


def close(engine: Engine) -> object:
    return kept(engine, workbook(rectification_events=[CLOSED]))


def take_back(engine: Engine) -> object:
    return undo(
        engine,
        2,
        reason="选错文件",
        account="steward",
        day=TODAY,
        now=NOW,
        references=shipped(),
    )


@pytest.fixture(params=[close, take_back])
def step(request: pytest.FixtureRequest) -> Step:
    chosen: Step = request.param
    return chosen


@pytest.fixture
def filled(engine: Engine) -> Engine:
    kept(engine, workbook(**net(), findings=[{}, {"code": "F2"}]))
    kept(engine, workbook(findings=[{"code": "F3"}]))
    return engine


def meanwhile(monkeypatch: pytest.MonkeyPatch, do: Callable[[], object]) -> list[int]:
    """Do something each time that facts are derived ahead; the list grows with each."""
    times: list[int] = []
    derive_into = ahead.derive_into

    def derive(*asked: Any) -> Any:
        do()
        times.append(1)
        return derive_into(*asked)

    monkeypatch.setattr(ahead, "derive_into", derive)
    return times


def closures(engine: Engine) -> int:
    with reading(engine) as connection:
        closed = select(col(KeptFact.id)).where(col(KeptFact.measure) == "flow_closed")
        return len(connection.scalars(closed).all())


def test_nobody_waits_while_facts_are_derived(
    filled: Engine, step: Step, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write() -> None:
        with waiting_told(lambda _holder: pytest.fail("the lock is held")), writing(filled):
            pass

    times = meanwhile(monkeypatch, write)
    step(filled)
    assert times == [1]
    assert nothing_differs(filled)


@pytest.mark.parametrize("changes", [1, ahead.TRIES])
def test_what_others_wrote_meanwhile_is_not_lost(
    filled: Engine, step: Step, monkeypatch: pytest.MonkeyPatch, changes: int
) -> None:
    written: list[str] = []

    def write() -> None:
        if len(written) < changes:
            code = f"M{len(written)}"
            written.append(code)
            kept(filled, workbook(findings=[{"code": code}]))

    meanwhile(monkeypatch, write)
    step(filled)
    with reading(filled) as connection:
        assert set(written) < set(connection.scalars(select(col(Finding.code))))
    assert nothing_differs(filled)


def test_a_refused_workbook_waits_for_nobody(filled: Engine) -> None:
    with writing(filled), waiting_told(lambda _holder: pytest.fail("it asked for the lock")):
        unknown = workbook(rectification_events=[CLOSED | {"finding": "F9"}])
        assert taking(filled, unknown).refused


def test_where_too_much_differs_it_is_derived_as_it_is_written(
    filled: Engine, step: Step, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "MOST_GATHERED", 0)
    step(filled)
    assert nothing_differs(filled)


def test_a_connection_that_read_before_reads_the_rows_to_come_and_then_the_stored(
    filled: Engine,
) -> None:
    # Statements that a connection prepared for the stored tables must not go on reading those.
    for _ in range(8):
        rebuild(filled)
    for number in range(4, 10):
        finding = {"code": f"F{number}"}
        kept(
            filled,
            workbook(
                findings=[finding], rectification_events=[CLOSED | {"finding": finding["code"]}]
            ),
        )
        assert closures(filled) == number - 3
        moved = workbook(findings=[finding | {"title": f"{number}"}])
        kept(filled, moved, correct=ANY_CORRECTION)
        assert nothing_differs(filled)


def test_nothing_temporary_is_left(filled: Engine, step: Step) -> None:
    before = set(dump(filled))
    step(filled)
    with reading(filled) as connection:
        real = {
            "sqlite": "SELECT count(*) FROM temp.sqlite_master",
            "postgresql": "SELECT count(*) FROM pg_class WHERE relpersistence = 't'",
        }
        assert connection.exec_driver_sql(real[connection.dialect.name]).scalar() == 0
    assert set(dump(filled)) == before
