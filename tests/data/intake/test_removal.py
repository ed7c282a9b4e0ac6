"""Taking one row out: refused while another needs it, kept as an earlier version otherwise."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, select, text
from sqlmodel import col

from data.intake.removal import RemovalRefusedError, remove
from data.reference.lists import shipped
from data.store import data_version
from models.kept import Import
from models.rectification import Finding
from tests.data.contents import NOW, TODAY, dump, kept, known_after, net, workbook

FEB, MAR = date(2026, 2, 1), date(2026, 3, 1)


@pytest.fixture
def engine(engine: Engine) -> Engine:
    """A database with rows that hang on each other."""
    kept(
        engine,
        workbook(
            **net(),
            projects=[{}],
            findings=[
                {"project": "P1"},
                {"code": "F2", "repeat_of": "F1", "issued_on": date(2026, 1, 11)},
            ],
            rectification_events=[
                {"action": "SUBMIT", "on_date": FEB},
                {"action": "RETURN", "on_date": MAR},
            ],
            reports=[{"submitted_on": date(2026, 1, 30)}],
            report_scores=[{}],
            meetings=[{}],
        ),
    )
    return engine


def take_out(engine: Engine, ledger: str, key: str, reason: str = "重复录入") -> int:
    return remove(
        engine,
        ledger,
        key,
        reason=reason,
        account="steward",
        day=TODAY,
        now=NOW,
        references=shipped(),
    )


def one(engine: Engine, statement: str) -> Any:
    with engine.connect() as connection:
        return connection.execute(text(statement)).one()


def test_a_removed_row_is_gone_and_kept_as_a_version(engine: Engine) -> None:
    number = take_out(engine, "findings", "F2")
    assert one(engine, "SELECT count(*) FROM findings WHERE code = 'F2'") == (0,)
    version = "SELECT ledger, key, change, reason, replaced_by FROM versions"
    assert one(engine, version) == ("findings", "F2", "REMOVED", "重复录入", number)
    with engine.connect() as connection:
        before = {row["code"] for row in known_after(connection, Finding, number - 1)}
        after = {row["code"] for row in known_after(connection, Finding, number)}
    assert (before, after) == ({"F1", "F2"}, {"F1"})


def test_a_removal_is_recorded_like_an_import(engine: Engine) -> None:
    number = take_out(engine, "findings", "F2")
    with engine.connect() as connection:
        found = connection.execute(select(Import).where(col(Import.number) == number)).one()
    assert (found.account, found.reason) == ("steward", "重复录入")
    assert found.counts == {"findings": {"removed": 1}}


def test_figures_follow_a_removal(engine: Engine) -> None:
    take_out(engine, "findings", "F2")
    assert one(engine, "SELECT count(*) FROM facts WHERE key = 'F2'") == (0,)


def test_the_data_version_grows(engine: Engine) -> None:
    def version() -> int:
        with engine.connect() as connection:
            return data_version.current(connection)

    before = version()
    take_out(engine, "meetings", "M1")
    assert version() > before


@pytest.mark.parametrize(
    ("ledger", "key", "by"),
    [
        ("sectors", "EDU", "units"),
        ("units", "U1", "projects"),
        ("units", "U2", "report_scores"),
        ("projects", "P1", "findings"),
        ("findings", "F1", "findings"),
        ("reports", "U1|2026|PLAN|1", "report_scores"),
    ],
)
def test_a_row_that_another_refers_to_stays(engine: Engine, ledger: str, key: str, by: str) -> None:
    before = dump(engine)
    with pytest.raises(RemovalRefusedError):
        take_out(engine, ledger, key)
    assert dump(engine) == before


def test_an_event_on_which_later_ones_rest_stays(engine: Engine) -> None:
    with pytest.raises(RemovalRefusedError, match="Return"):
        take_out(engine, "rectification_events", "F1|2026-02-01|1")


def test_the_last_event_may_go(engine: Engine) -> None:
    take_out(engine, "rectification_events", "F1|2026-03-01|1")
    take_out(engine, "rectification_events", "F1|2026-02-01|1")
    assert one(engine, "SELECT count(*) FROM rectification_events") == (0,)


@pytest.mark.parametrize(
    ("ledger", "key"),
    [
        ("findings", "F9"),
        ("nothing", "F1"),
        ("rectification_events", "F1"),
        ("rectification_events", "F1|yesterday|1"),
        ("rectification_events", "F1|2026-02-01|one"),
        ("findings", ""),
    ],
)
def test_what_is_not_there_is_refused(engine: Engine, ledger: str, key: str) -> None:
    with pytest.raises(RemovalRefusedError, match="There is no|No row"):
        take_out(engine, ledger, key)


def test_nothing_goes_without_a_reason(engine: Engine) -> None:
    with pytest.raises(RemovalRefusedError, match="reason"):
        take_out(engine, "findings", "F2", reason=" ")


def test_a_key_with_a_bar_in_it_is_found(engine: Engine) -> None:
    kept(engine, workbook(guidance=[{"topic": "一|二\\三"}]))
    take_out(engine, "guidance", "U1|2026-02-01|DEPARTMENT|一\\|二\\\\三")
    assert one(engine, "SELECT count(*) FROM guidance") == (0,)


def test_a_removed_row_may_come_back(engine: Engine) -> None:
    take_out(engine, "meetings", "M1")
    assert kept(engine, workbook(meetings=[{}])).counts["meetings"]["new"] == 1
