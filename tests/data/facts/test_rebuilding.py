"""A rebuild derives while others write, and takes the lock only to write what differs."""

import threading
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, delete, select, update
from sqlmodel import col

from data.facts import comparing_apart, digest, gathering, processes, rebuilding, rules_mark
from data.facts.comparing_apart import ComparedApart
from data.facts.derivation import compare
from data.facts.rebuilding import rebuild
from data.meetings.frozen_state import bring_back
from data.reference.lists import shipped
from data.store import data_version
from data.store.database import reading, writing
from models.grid import Unit
from models.kept import Balance, KeptFact, Setting
from models.rectification import Finding
from tests.data.contents import dump, kept, net, workbook
from tests.data.meetings.frozen_meetings import MEETING, frozen


@pytest.fixture
def filled(engine: Engine) -> Engine:
    tasks = [{"start_on": date(2026, 1, 1)}]
    kept(engine, workbook(**net(), findings=[{}], key_tasks=tasks, meetings=[MEETING]))
    return engine


def damage(engine: Engine) -> None:
    """Facts are lost, too many, and of another unit; totals are wrong; a unit moves."""
    with writing(engine) as connection:
        lost = col(KeptFact.measure) == "unrectified"
        connection.execute(delete(KeptFact).where(lost))
        changed = update(KeptFact).where(col(KeptFact.measure) == "flow_issued")
        connection.execute(changed.values(value=7))
        connection.execute(update(Balance).values(count=Balance.count + 1))
        connection.execute(update(Unit).values(sector="HEALTH"))
        data_version.bump(connection)


def in_step(engine: Engine) -> bool:
    with reading(engine) as connection:
        return not compare(connection, shipped()).differs


def version(engine: Engine) -> int:
    with reading(engine) as connection:
        return data_version.current(connection)


def test_it_puts_right_what_differs(filled: Engine) -> None:
    damage(filled)
    before = version(filled)
    done = rebuild(filled)
    assert done.new and done.gone and done.moved and done.totals_differ
    assert in_step(filled)
    assert version(filled) > before


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Facts are derived in another process; tells of every time whether that went well."""
    ended: list[bool] = []

    class Watched(ComparedApart):
        def __call__(self, *asked: Any) -> None:
            ended.append(False)
            super().__call__(*asked)
            ended[-1] = True

    monkeypatch.setattr(comparing_apart, "pays", lambda _connection: True)
    monkeypatch.setattr(processes, "MOST_PROCESSES", 1)
    monkeypatch.setattr(rebuilding, "ComparedApart", Watched)
    return ended


def test_another_process_finds_what_differs(filled: Engine, apart: list[bool]) -> None:
    damage(filled)
    done = rebuild(filled)
    assert done.new and done.gone and done.moved and done.totals_differ
    assert apart == [True]
    assert in_step(filled)


def test_where_the_other_process_is_lost_this_one_derives(
    filled: Engine, apart: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(filled)
    monkeypatch.setattr(comparing_apart, "MODULE", "data.no_such_module")
    assert rebuild(filled).differs
    assert apart == [False]
    assert in_step(filled)


def test_what_is_in_step_is_left_and_no_lock_is_taken(
    filled: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(filled)
    monkeypatch.setattr(rebuilding, "writing", lambda *_asked: pytest.fail("it took the lock"))
    assert not rebuild(filled).differs
    assert dump(filled) == before


def test_facts_of_other_rules_get_the_mark_of_these(filled: Engine) -> None:
    with writing(filled) as connection:
        mark = update(Setting).where(col(Setting.name) == rules_mark.NAME)
        connection.execute(mark.values(value="earlier"))
    before = version(filled)
    assert not rebuild(filled).differs
    with reading(filled) as connection:
        assert rules_mark.in_force(connection)
    assert version(filled) > before


@pytest.mark.parametrize("times", [1, rebuilding.TRIES])
def test_others_write_meanwhile_and_what_they_wrote_is_derived(filled: Engine, times: int) -> None:
    damage(filled)
    written: list[str] = []

    def import_another(_done: int, _of: int) -> None:
        if len(written) == times:
            return
        code = f"F{len(written) + 8}"
        rows = workbook(findings=[{"code": code}])
        importing = threading.Thread(target=kept, args=(filled, rows), daemon=True)
        importing.start()
        importing.join(20)
        assert not importing.is_alive(), "the import waited for the rebuild"
        written.append(code)

    rebuild(filled, import_another)
    with reading(filled) as connection:
        assert set(written) < set(connection.scalars(select(col(Finding.code))))
        counted = select(col(KeptFact.key)).where(col(KeptFact.measure) == "flow_issued")
        assert set(written) < set(connection.scalars(counted))
    assert in_step(filled)


def test_where_more_differs_than_is_held_in_memory_it_is_written_at_once(
    filled: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(filled)
    monkeypatch.setattr(gathering, "MOST_GATHERED", 1)
    assert rebuild(filled).differs
    assert in_step(filled)


def test_a_freeze_goes_on_showing_the_facts_that_it_saw(filled: Engine) -> None:
    line = frozen(filled)
    with writing(filled) as connection:
        connection.execute(update(Finding).values(issued_on=date(2026, 2, 2)))
        data_version.bump(connection)
    done = rebuild(filled)
    assert done.new and done.gone
    state = bring_back(filled, line.number)
    with reading(state.engine) as connection:
        assert digest.sha256(connection) == line.facts_sha256
    state.engine.dispose()
