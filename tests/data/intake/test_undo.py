"""Taking an import back: every figure is what it was before, and what came since stays."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from data.facts.derivation import compare
from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.intake.undo import Undone, UndoRefusedError, preview, undo
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import everything
from data.store import access_log, data_version
from data.store.database import reading
from models.account import Event
from models.kinds import LATEST
from models.rectification import Finding
from models.registry import LEDGERS
from tests.data import districts
from tests.data.contents import ANY_CORRECTION, NOW, TODAY, dump, kept, known_after, net, workbook
from tests.data.districts import SUBJECTS, few
from tests.data.facts.workbook_steps import steps, take_out
from tests.databases import Databases, Postgres, sqlite_database

DAYS = [date(2026, month, 20 if month % 2 else 1) for month in range(1, 11)]
NODES = ["district", "sector:EDU", "sector:HEALTH", "kind:AGENCY", "kind:SOE"]
NODES += ["batch:1", "unit:U1", "unit:U2", "unit:U3", "subdistrict:120104002"]
MOVED = {"due_on": date(2026, 4, 10)}


def take_back(engine: Engine, number: int, reason: str = "选错文件") -> Undone:
    return undo(
        engine,
        number,
        reason=reason,
        account="steward",
        day=TODAY,
        now=NOW,
        references=shipped(),
        address="10.0.0.7",
    )


def ledgers(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every ledger without where they came from."""
    rows = dump(engine)
    return {each.id(): sorted((row[3:] for row in rows[each.id()]), key=repr) for each in LEDGERS}


def figures(engine: Engine) -> dict[tuple[str, date, str], str]:
    with reading(engine) as connection:
        return {
            (node, day, name): reading.text
            for node in NODES
            for day in DAYS
            for name, reading in read(
                connection, everything(parse(node), day), catalogue(shipped())
            ).items()
        }


@pytest.fixture
def engine(engine: Engine) -> Engine:
    """A database with two findings, of which one has an event."""
    findings = [{}, {"code": "F2"}]
    kept(engine, workbook(**net(), findings=findings, rectification_events=[{}]))
    return engine


def test_what_is_new_goes_and_what_changed_is_as_before(engine: Engine) -> None:
    before = ledgers(engine)
    kept(engine, workbook(findings=[{"title": "改"} | MOVED, {"code": "F3"}]), correct="更正")
    undone = take_back(engine, 2)
    assert ledgers(engine) == before
    assert undone.counts == {"findings": {"new": 0, "changed": 1, "removed": 1}}
    assert (undone.number, list(undone.stays())) == (3, [])


def test_the_undo_is_an_import_of_its_own_with_its_reason_and_its_entry_in_the_log(
    engine: Engine,
) -> None:
    kept(engine, workbook(findings=[{"code": "F3"}]))
    take_back(engine, 2)
    with engine.connect() as connection:
        line = connection.execute(
            text("SELECT account, reason, undoes, file_name FROM imports WHERE number = 3")
        ).one()
        [entry] = access_log.entries(connection, what=Event.UNDONE)
    assert line == ("steward", "选错文件", 2, "")
    assert (entry.subject, entry.address) == ("3 2", "10.0.0.7")


def test_an_undo_can_be_taken_back_and_that_too(engine: Engine) -> None:
    before = ledgers(engine)
    kept(engine, workbook(findings=[{"title": "改"}, {"code": "F3"}]))
    after = ledgers(engine)
    take_back(engine, 2)
    assert take_back(engine, 3).counts == {"findings": {"new": 1, "changed": 1, "removed": 0}}
    assert ledgers(engine) == after
    take_back(engine, 4)
    assert ledgers(engine) == before


def test_imports_are_taken_back_one_after_another(engine: Engine) -> None:
    before = ledgers(engine)
    kept(engine, workbook(findings=[{"title": "一"}, {"code": "F3"}]))
    kept(engine, workbook(findings=[{"title": "二"}, {"code": "F3", "title": "三"}]))
    take_back(engine, 3)
    undone = take_back(engine, 2)
    assert list(undone.stays()) == []
    assert ledgers(engine) == before


def test_rows_changed_since_stay_and_are_named(engine: Engine) -> None:
    kept(engine, workbook(findings=[{"title": "一"}, {"code": "F3"}, {"code": "F4"}]))
    kept(engine, workbook(findings=[{"title": "二"}, {"code": "F3", "title": "三"}]))
    undone = take_back(engine, 2)
    stays = [(ledger.id(), key, why.value) for ledger, key, why in undone.stays()]
    assert sorted(stays) == [("findings", "F1", "CHANGED"), ("findings", "F3", "CHANGED")]
    with engine.connect() as connection:
        titles = {
            code: title
            for code, title in connection.execute(text("SELECT code, title FROM findings"))
        }
    assert titles == {"F1": "二", "F2": "问题", "F3": "三"}


def test_rows_on_which_later_ones_rest_stay(engine: Engine) -> None:
    kept(engine, workbook(units=[{"code": "U9"}, {"code": "U8"}], projects=[{"unit": "U9"}]))
    kept(engine, workbook(findings=[{"code": "F3", "project": "P1"}]))
    undone = take_back(engine, 2)
    stays = {(ledger.id(), key, why.value) for ledger, key, why in undone.stays()}
    assert stays == {("projects", "P1", "NEEDED"), ("units", "U9", "NEEDED")}
    assert undone.counts == {"units": {"new": 0, "changed": 0, "removed": 1}}


def test_events_on_which_later_ones_rest_stay(engine: Engine) -> None:
    def event(action: str, month: int, finding: str = "F1") -> dict[str, Any]:
        return {"finding": finding, "action": action, "on_date": date(2026, month, 1)}

    kept(engine, workbook(rectification_events=[event("SUBMIT", 3), event("SUBMIT", 3, "F2")]))
    kept(engine, workbook(rectification_events=[event("RETURN", 4)]))
    undone = take_back(engine, 2)
    assert [(key, why.value) for _, key, why in undone.stays()] == [("F1|2026-03-01|1", "NEEDED")]
    assert undone.counts["rectification_events"]["removed"] == 1


def test_a_preview_says_the_same_and_changes_nothing(engine: Engine) -> None:
    kept(engine, workbook(findings=[{"title": "改"}, {"code": "F3"}]))
    before = dump(engine)
    shown = preview(engine, 2, day=TODAY, references=shipped())
    assert dump(engine) == before
    done = take_back(engine, 2)
    assert (shown.number, shown.counts) == (None, done.counts)


def test_a_removal_is_taken_back(engine: Engine) -> None:
    before = ledgers(engine)
    take_out(engine, "findings", "F2")
    take_back(engine, 2)
    assert ledgers(engine) == before


@pytest.mark.parametrize(
    ("number", "reason", "says"),
    [(9, "x", "no import 9"), (1, "  ", "only for a reason"), (2, "x", "Nothing of import 2")],
)
def test_what_cannot_be_taken_back_is_refused(
    engine: Engine, number: int, reason: str, says: str
) -> None:
    kept(engine, workbook(findings=[{"code": "F3"}]))
    take_back(engine, 2)
    before = dump(engine)
    with pytest.raises(UndoRefusedError, match=says):
        take_back(engine, number, reason)
    assert dump(engine) == before


def test_what_was_known_after_each_import_is_still_told(engine: Engine) -> None:
    kept(engine, workbook(findings=[{"title": "改"}, {"code": "F3"}]))
    take_back(engine, 2)

    def titles(number: int) -> list[tuple[object, object]]:
        with engine.connect() as connection:
            rows = known_after(connection, Finding, number)
            return sorted((row["code"], row["title"]) for row in rows)

    assert titles(1) == [("F1", "问题"), ("F2", "问题")]
    assert titles(2) == [("F1", "改"), ("F2", "问题"), ("F3", "问题")]
    assert titles(3) == titles(1)


def test_the_data_reaches_as_far_as_before_and_its_version_grows(engine: Engine) -> None:
    def version() -> int:
        with engine.connect() as connection:
            return data_version.current(connection)

    kept(engine, workbook(findings=[{"code": "F3"}]), day=LATEST)
    before = version()
    take_back(engine, 2)
    assert version() > before
    with engine.connect() as connection:
        last = connection.execute(text("SELECT day FROM imports ORDER BY number DESC")).first()
    assert str(last and last[0]) == str(TODAY)


@few(8)
@given(subject=st.sampled_from(list(SUBJECTS)), data=st.data())
def test_every_figure_of_every_day_is_what_it_was(subject: str, data: st.DataObject) -> None:
    compare_figures(sqlite_database, subject, data)


@pytest.mark.postgres
@few(4)
@given(subject=st.sampled_from(list(SUBJECTS)), data=st.data())
def test_every_figure_of_every_day_is_what_it_was_on_postgres(
    postgres: Postgres, subject: str, data: st.DataObject
) -> None:
    compare_figures(postgres.database, subject, data)


def compare_figures(databases: Databases, subject: str, data: st.DataObject) -> None:
    earlier, half, rest = data.draw(steps(data.draw(districts.districts(subject))))
    with databases() as engine:
        for step in (earlier, half):
            kept(engine, districts.content(step), day=LATEST, correct=ANY_CORRECTION)
        before, told = ledgers(engine), figures(engine)
        taken = kept(engine, districts.content(rest), day=LATEST, correct=ANY_CORRECTION)
        if taken.number is None:
            return
        undone = take_back(engine, taken.number)
        assert list(undone.stays()) == []
        assert ledgers(engine) == before
        assert figures(engine) == told
        with reading(engine) as connection:
            assert not compare(connection, shipped()).differs
