"""A freeze never changes, and what a meeting saw comes back as it was, to the last row."""

import hashlib
import json
from datetime import date, timedelta
from threading import Event as ThreadEvent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, insert, select
from sqlmodel import SQLModel

from data.facts import digest
from data.figures import reading as figures
from data.figures.catalogue import catalogue
from data.intake import replacing
from data.meetings import freeze_proof, freezes, frozen_state
from data.meetings.freeze_proof import Proof
from data.meetings.freezes import FreezeRefusedError
from data.meetings.frozen_state import bring_back
from data.meetings.frozen_tables import OF_PEOPLE
from data.nodes import group_nodes, parse
from data.reference import lists
from data.reference.lists import shipped
from data.scope import everything
from data.store import access_log
from data.store.database import reading, writing
from models.account import AccessEntry, Event
from models.freeze import Freeze, FrozenFigure
from models.kinds import LATEST
from models.registry import BY_ID
from tests.data import districts
from tests.data.contents import ANY_CORRECTION, NOW, TODAY, dump, kept, net, of_rows, workbook
from tests.data.districts import SUBJECTS, UNITS, few
from tests.data.facts.workbook_steps import steps
from tests.data.meetings.frozen_meetings import ACT, MEETING, OVERDUE, frozen, take_some_out
from tests.databases import Databases, Postgres, sqlite_database


@pytest.fixture
def engine(engine: Engine) -> Engine:
    """A district with one overdue finding and a meeting."""
    kept(engine, workbook(**net(), findings=[OVERDUE], meetings=[MEETING]))
    return engine


def overdue(engine: Engine, number: int) -> str:
    scope = everything(parse("district"), TODAY)
    with reading(engine) as connection:
        return freezes.readings(connection, scope, number)["overdue"].text


def test_a_meeting_that_is_not_in_the_ledger_is_refused(engine: Engine) -> None:
    before = dump(engine)
    with pytest.raises(FreezeRefusedError, match="no meeting M9"):
        frozen(engine, meeting="M9")
    assert dump(engine) == before


def test_without_a_day_the_day_is_the_meetings(engine: Engine) -> None:
    assert frozen(engine).as_of == MEETING["on_date"]


def test_before_the_meeting_the_day_is_today(engine: Engine) -> None:
    kept(engine, workbook(meetings=[MEETING | {"on_date": TODAY + timedelta(1)}]))
    assert frozen(engine).as_of == TODAY


def test_a_second_freeze_of_a_meeting_is_a_new_version(engine: Engine) -> None:
    first, second = frozen(engine), frozen(engine)
    assert [(each.number, each.version) for each in (first, second)] == [(1, 1), (2, 2)]
    with reading(engine) as connection:
        assert freezes.freezes(connection) == (second, first)


def test_facts_are_hashed_while_figures_are_counted(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted, hashed = ThreadEvent(), digest.sha256

    def hash_beside(*asked: Any) -> str:
        assert counted.wait(30), "nothing is counted meanwhile"
        return hashed(*asked)

    totals = figures.totals_on

    def count(*asked: Any) -> Any:
        counted.set()
        return totals(*asked)

    monkeypatch.setattr(digest, "sha256", hash_beside)
    monkeypatch.setattr(figures, "totals_on", count)
    line = frozen(engine)
    with reading(engine) as connection:
        assert line.facts_sha256 == hashed(connection)


def test_versions_are_counted_by_meeting(engine: Engine) -> None:
    kept(engine, workbook(meetings=[MEETING | {"code": "M2"}]))
    assert [frozen(engine, meeting=each).version for each in ("M1", "M2", "M1")] == [1, 1, 2]


def test_a_freeze_tells_who_when_and_what_was_known(engine: Engine) -> None:
    line = frozen(engine)
    with reading(engine) as connection:
        assert freezes.line(connection, line.number) == line
        assert line.facts_sha256 == digest.sha256(connection)
    assert (line.account, line.at, line.import_number) == ("li", NOW, 1)


def test_a_freeze_is_in_the_access_log(engine: Engine) -> None:
    frozen(engine)
    with reading(engine) as connection:
        entry = access_log.entries(connection)[0]
        proof = freeze_proof.sha256(connection, 1)
        assert freeze_proof.verify(connection) == Proof(freezes=1, unhashed=0, astray={})
    said = (Event.FROZEN, "li", f"1 sha256:{proof}")
    assert (entry.what, entry.account, entry.subject) == said


def test_the_hash_is_over_each_figure_as_json(engine: Engine) -> None:
    frozen(engine)
    figures_added = [
        {"node": 'unit:"\\\n甲', "figure": "overdue", "numerator": None, "denominator": None},
        {"node": "unit:\t", "figure": "overdue", "numerator": "-1/3", "denominator": 12},
    ]
    with writing(engine) as connection:
        connection.execute(insert(FrozenFigure), [{"freeze": 1, **each} for each in figures_added])
    figure = FrozenFigure.__table__.c  # type: ignore[attr-defined]
    with reading(engine) as connection:
        line = connection.execute(select(Freeze.__table__)).one()  # type: ignore[attr-defined]
        rows = [*connection.execute(select(*(figure[name] for name in freezes.COLUMNS[1:])))]
        hashed = freeze_proof.sha256(connection, 1)
    said = {name: getattr(line, name) for name in freeze_proof.HASHED}
    said |= {"at": line.at.isoformat(timespec="microseconds")}
    texts = [json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)]
    texts += [
        json.dumps(list(row), ensure_ascii=False) for row in sorted(rows, key=lambda r: r[:2])
    ]
    assert hashed == hashlib.sha256("".join(f"{text}\n" for text in texts).encode()).hexdigest()


def test_verifying_tells_how_far_it_is(engine: Engine) -> None:
    frozen(engine)
    told: list[tuple[int, int]] = []

    def watch(done: int, of: int) -> None:
        told.append((done, of))

    with reading(engine) as connection:
        freeze_proof.verify(connection, watch)
    assert frozen_state.altered(engine, (), watch) == ()
    assert told == [(0, 1), (0, 1)]


def test_a_freeze_of_an_earlier_version_is_told_as_one(engine: Engine) -> None:
    frozen(engine)
    with writing(engine) as connection:
        connection.execute(delete(AccessEntry))
        access_log.append(connection, ACT, Event.FROZEN, "M1 1 2026-06-20")
        assert freeze_proof.verify(connection) == Proof(freezes=1, unhashed=1, astray={})


def test_a_freeze_keeps_the_version_of_every_definition(engine: Engine) -> None:
    line = frozen(engine)
    with reading(engine) as connection:
        kept_versions = freezes.definitions_of(connection, line.number)
    assert kept_versions == {name: each.version for name, each in catalogue(shipped()).items()}


def test_an_unknown_freeze_is_refused(engine: Engine) -> None:
    with pytest.raises(FreezeRefusedError, match="under number 7"):
        bring_back(engine, 7)


def test_what_is_entered_while_figures_are_gathered_is_in_the_freeze(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    gather = freezes._gather

    def interrupted(*args: Any) -> Any:
        found = gather(*args)
        monkeypatch.setattr(freezes, "_gather", gather)
        kept(engine, workbook(findings=[{"code": "F2", **OVERDUE}]))
        return found

    monkeypatch.setattr(freezes, "_gather", interrupted)
    line = frozen(engine)
    assert (line.import_number, overdue(engine, line.number)) == (2, "2")


def test_what_is_entered_later_leaves_a_freeze_as_it_was(engine: Engine) -> None:
    line = frozen(engine)
    closed = {"action": "CLOSE", "on_date": date(2026, 3, 1)}
    kept(engine, workbook(rectification_events=[closed]))
    assert overdue(engine, line.number) == "1"


def test_the_state_of_a_freeze_forgets_what_was_entered_later(engine: Engine) -> None:
    line = frozen(engine)
    late = {"code": "F2", **OVERDUE}
    kept(engine, workbook(findings=[late]), day=TODAY + timedelta(3))
    state = bring_back(engine, line.number)
    assert state.faithful
    with reading(state.engine) as connection:
        found = figures.read(connection, everything(parse("district"), TODAY), catalogue(shipped()))
    assert found["overdue"].text == "1"


def test_the_state_of_a_freeze_has_the_lists_of_its_day(engine: Engine) -> None:
    line = frozen(engine)
    rows = [
        dict(row) | ({"on": "0"} if row["source"] == "COMPUTED" else {})
        for row in shipped().lists["warning_rules"]
    ]
    with writing(engine) as connection:
        replacing.replace(connection, ACT, "warning_rules", *of_rows(rows))
    state = bring_back(engine, line.number)
    with reading(state.engine) as connection:
        assert lists.current(connection) == shipped()
    assert state.faithful


def test_the_state_of_a_freeze_has_the_targets_of_its_day(engine: Engine) -> None:
    line = frozen(engine)
    raised = [dict(row) | {"value": "99"} for row in shipped().lists["targets"]]
    with writing(engine) as connection:
        replacing.replace(connection, ACT, "targets", *of_rows(raised))
    with reading(bring_back(engine, line.number).engine) as connection:
        assert lists.current(connection).lists["targets"] == shipped().lists["targets"]


def test_the_state_of_a_freeze_holds_no_accounts(engine: Engine) -> None:
    assert dump(engine)["access_entries"]
    state = bring_back(engine, frozen(engine).number)
    assert not any(dump(state.engine)[name] for name in OF_PEOPLE)


def test_every_table_that_refers_to_accounts_is_left_out_of_a_freeze() -> None:
    referring = {
        table.name
        for table in SQLModel.metadata.tables.values()
        if any(key.column.table.name == "accounts" for key in table.foreign_keys)
    }
    assert referring - set(OF_PEOPLE) == set()


@pytest.mark.parametrize("subject", SUBJECTS)
@few(3)
@given(data=st.data())
def test_what_was_known_comes_back(subject: str, data: st.DataObject) -> None:
    compare_with_past(sqlite_database, subject, data)


@pytest.mark.postgres
@few(4)
@given(subject=st.sampled_from(list(SUBJECTS)), data=st.data())
def test_what_was_known_comes_back_on_postgres(
    postgres: Postgres, subject: str, data: st.DataObject
) -> None:
    compare_with_past(postgres.database, subject, data)


def compare_with_past(databases: Databases, subject: str, data: st.DataObject) -> None:
    rows = data.draw(districts.districts(subject))
    earlier, half, rest = data.draw(steps(rows))
    day = data.draw(districts.days(rows))
    with databases() as engine:
        kept(engine, workbook(meetings=[MEETING]), day=LATEST)
        kept(engine, districts.content(earlier), day=LATEST, correct=ANY_CORRECTION)
        line = frozen(engine, day)
        then, past = ledgers(engine), figures_of(engine, day)
        for step in (half, rest):
            kept(engine, districts.content(step), day=LATEST, correct=ANY_CORRECTION)
        take_some_out(engine, rows, data)
        state = bring_back(engine, line.number)
        assert state.faithful
        assert ledgers(state.engine) == then
        assert figures_of(state.engine, day) == past
        for node, found in past.items():
            with reading(engine) as connection:
                scope = everything(parse(node), day)
                assert freezes.readings(connection, scope, line.number) == found
        state.engine.dispose()


def ledgers(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the ledgers with where it came from; days as texts, as SQLite keeps them."""
    return {
        name: sorted((tuple(map(_plain, row)) for row in found), key=repr)
        for name, found in dump(engine).items()
        if name in BY_ID
    }


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def figures_of(engine: Engine, day: date) -> dict[str, figures.Readings]:
    """Every figure of every node."""
    with reading(engine) as connection:
        nodes = [*group_nodes(connection), *(f"unit:{unit}" for unit in UNITS)]
        known = catalogue(shipped())
        return {
            node: figures.read(connection, everything(parse(node), day), known) for node in nodes
        }
