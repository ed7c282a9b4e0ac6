"""What is odd about an import is kept with it, and stands until somebody confirms it."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data.intake import kept_warnings
from data.intake.kept_warnings import KeptWarning
from data.intake.senders import BUREAU
from data.intake.taking import take
from data.intake.undo import undo
from data.nodes import Node, parse
from data.reference.lists import shipped
from data.scope import Scope
from data.store.access_log import Act
from data.store.database import reading, writing
from data.workbook.outgoing.writing import export
from models.rectification import Finding
from tests.data.contents import DEFAULTS, NOW, TODAY, kept, net, workbook
from tests.data.own_ledgers.taking_cases import rows_of

EARLY = date(2014, 12, 31)
ACT = Act("steward", datetime(2026, 7, 1, 9, 0, tzinfo=UTC))
DISTRICT = Scope(parse("district"), TODAY)


def take_file(engine: Engine, folder: Path, *rows: dict[str, Any], **how: Any) -> int | None:
    """Take in a workbook with these findings; the number of the import."""
    export(folder / "book.xlsx", [(Finding, [DEFAULTS["findings"] | row for row in rows])])
    taken = take(
        engine,
        folder / "book.xlsx",
        day=TODAY,
        account="steward",
        now=NOW,
        references=shipped(),
        **how,
    )
    assert taken.faults == []
    return taken.number


def open_warnings(engine: Engine, scope: Scope = DISTRICT) -> tuple[KeptWarning, ...]:
    with reading(engine) as connection:
        return kept_warnings.unconfirmed(connection, scope)


def confirm(engine: Engine, *ids: int, scope: Scope = DISTRICT) -> int:
    with writing(engine) as connection:
        return kept_warnings.confirm(connection, ACT, scope, ids)


@pytest.fixture
def engine(engine: Engine) -> Engine:
    kept(engine, workbook(**net("U1", "U2")))
    return engine


def test_a_warning_is_kept_with_its_import_its_place_and_the_unit_of_its_row(
    engine: Engine, tmp_path: Path
) -> None:
    number = take_file(engine, tmp_path, {"unit": "U2", "issued_on": EARLY})
    [found] = open_warnings(engine)
    assert (found.import_number, found.unit, found.row) == (number, "U2", 2)
    assert found.column == Finding.column("issued_on").zh
    assert "2015" in found.sentence.say(str, "en")


def test_a_trial_run_keeps_no_warning(engine: Engine, tmp_path: Path) -> None:
    take_file(engine, tmp_path, {"issued_on": EARLY}, dry_run=True)
    assert open_warnings(engine) == ()


def test_what_is_confirmed_is_gone_with_who_and_when_and_in_the_log(
    engine: Engine, tmp_path: Path
) -> None:
    take_file(
        engine, tmp_path, {"issued_on": EARLY}, {"code": "F2", "title": "另", "issued_on": EARLY}
    )
    first, second = open_warnings(engine)
    assert confirm(engine, first.id) == 1
    assert [each.id for each in open_warnings(engine)] == [second.id]
    who = "SELECT confirmed_by FROM import_warnings WHERE confirmed_at IS NOT NULL"
    assert rows_of(engine, who) == [("steward",)]
    log = "SELECT subject FROM access_entries WHERE what = 'warnings_confirmed'"
    assert rows_of(engine, log) == [(str(first.id),)]
    assert confirm(engine, first.id) == 0


def test_warnings_of_an_import_that_was_taken_back_are_gone(engine: Engine, tmp_path: Path) -> None:
    number = take_file(engine, tmp_path, {"issued_on": EARLY})
    assert number is not None

    def take_back(which: int) -> int:
        done = undo(
            engine,
            which,
            reason="误",
            account="steward",
            day=TODAY,
            now=ACT.at,
            references=shipped(),
        )
        assert done.number is not None
        return done.number

    again = take_back(number)
    assert open_warnings(engine) == ()
    take_back(again)
    assert len(open_warnings(engine)) == 1


@pytest.mark.parametrize(
    ("scope", "seen"),
    [
        (DISTRICT, 1),
        (Scope(Node("unit", "U2"), TODAY), 1),
        (Scope(Node("unit", "U1"), TODAY), 0),
        (Scope(parse("district"), TODAY, units=frozenset({"U1"})), 0),
        (Scope(parse("district"), TODAY, sectors=frozenset({"NONE"})), 0),
    ],
)
def test_only_what_a_scope_holds_is_seen_and_confirmed(
    engine: Engine, tmp_path: Path, scope: Scope, seen: int
) -> None:
    take_file(engine, tmp_path, {"unit": "U2", "issued_on": EARLY})
    [found] = open_warnings(engine)
    assert len(open_warnings(engine, scope)) == seen
    assert confirm(engine, found.id, scope=scope) == seen


def test_what_concerns_the_whole_file_is_for_the_whole_district_alone(
    engine: Engine, tmp_path: Path
) -> None:
    rows = [{"code": f"F{at}", "title": f"问题{at}", "amount": 7_000_000} for at in range(9)]
    take_file(engine, tmp_path, *rows, sender=BUREAU)
    take_file(engine, tmp_path, {"code": "X", "title": "其他"}, sender=BUREAU)
    fewer = [each for each in open_warnings(engine) if each.sheet is None]
    assert len(fewer) == 1
    limited = Scope(parse("district"), TODAY, units=frozenset({"U1", "U2"}))
    assert [each for each in open_warnings(engine, limited) if each.sheet is None] == []
