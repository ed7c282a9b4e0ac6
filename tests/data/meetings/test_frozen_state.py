"""What a freeze knew is looked at through views: to the last row what undoing everything entered
since gives, with nothing copied and nothing written.
"""

import shutil
from contextlib import suppress
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, insert, select, text, update
from sqlmodel import col

from data.facts import digest
from data.figures.catalogue import catalogue
from data.figures.rows import rows_behind
from data.intake import replacing
from data.intake.keeping import next_number
from data.intake.undo import UndoRefusedError, undo
from data.ledgers.rows import by_column, fetch, ids, text_of_key
from data.meetings import freezes, remembering
from data.meetings.frozen_state import bring_back
from data.meetings.late_entries import late_rows
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import everything
from data.store.database import connect, reading, writing
from data.store.shadows import OnlyReadError
from models.freeze import Freeze
from models.grid import Unit
from models.kept import BalanceMove, Import, KeptFact, PastFact, Setting
from models.kinds import LATEST
from models.ledger import Ledger
from models.mechanism import Guidance
from models.rectification import Finding
from tests.data import districts
from tests.data.contents import ANY_CORRECTION, NOW, TODAY, kept, net, of_rows, workbook
from tests.data.districts import SUBJECTS, few
from tests.data.facts.workbook_steps import nothing_differs, steps, take_out
from tests.data.meetings.copied_state import content, copied
from tests.data.meetings.frozen_meetings import ACT, MEETING, OVERDUE, frozen, take_some_out
from tests.databases import Databases, Postgres, sqlite_database
from tests.demonstration_day import TODAY as DEMONSTRATION_DAY


def is_as_undone(engine: Engine, number: int) -> bool:
    """Whether freeze `number` is looked at as undoing all that came since has it."""
    state = bring_back(engine, number)
    other = copied(engine, number)
    found, expected = content(state.engine), content(other)
    for table, rows in expected.items():
        assert found[table] == rows, table
    with reading(state.engine) as connection:
        assert state.faithful is digest.is_of(connection, state.line.facts_sha256)
    state.engine.dispose()
    other.dispose()
    return True


def forget(engine: Engine) -> None:
    """Leave the database as a version that kept nothing of what freezes saw would leave it."""
    with writing(engine) as connection:
        connection.execute(delete(PastFact))
        connection.execute(delete(BalanceMove))
        connection.execute(update(KeptFact).values(after_freeze=0))
        last = connection.scalars(select(col(Freeze.number))).all()
        known = connection.scalars(select(col(Import.number))).all()
        values = (
            {"name": remembering.REMEMBERED_FROM, "value": str(max(last) + 1)},
            {"name": remembering.KNOWN_BEFORE, "value": str(max(known))},
        )
        connection.execute(insert(Setting), list(values))


def undo_import(engine: Engine, number: int) -> None:
    why: Any = {"reason": "误传", "account": "steward", "day": LATEST, "now": NOW}
    undo(engine, number, references=shipped(), **why)


@few(4)
@given(subject=st.sampled_from(list(SUBJECTS)), data=st.data())
def test_a_freeze_is_looked_at_as_it_was(subject: str, data: st.DataObject) -> None:
    compare_with_undone(sqlite_database, subject, data)


@pytest.mark.postgres
@few(2)
@given(subject=st.sampled_from(list(SUBJECTS)), data=st.data())
def test_a_freeze_is_looked_at_as_it_was_on_postgres(
    postgres: Postgres, subject: str, data: st.DataObject
) -> None:
    compare_with_undone(postgres.database, subject, data)


def compare_with_undone(databases: Databases, subject: str, data: st.DataObject) -> None:
    """Two freezes between imports, corrections, a removal and an import taken back."""
    rows = data.draw(districts.districts(subject))
    earlier, half, rest = data.draw(steps(rows))
    with databases() as engine:
        kept(engine, workbook(meetings=[MEETING]), day=LATEST)
        kept(engine, districts.content(earlier), day=LATEST, correct=ANY_CORRECTION)
        frozen(engine, TODAY)
        kept(engine, districts.content(half), day=LATEST, correct=ANY_CORRECTION)
        frozen(engine, TODAY)
        taken = kept(engine, districts.content(rest), day=LATEST, correct=ANY_CORRECTION)
        take_some_out(engine, rows, data)
        if taken.number is not None and data.draw(st.booleans()):
            with suppress(UndoRefusedError):
                undo_import(engine, taken.number)
        assert is_as_undone(engine, 1) and is_as_undone(engine, 2)
        assert nothing_differs(engine)
        forget(engine)
        kept(engine, workbook(sectors=[{"code": "LATER"}]), day=LATEST)
        assert is_as_undone(engine, 1) and is_as_undone(engine, 2)
        assert nothing_differs(engine)


def a_row(engine: Engine, ledger: type[Ledger]) -> dict[str, Any]:
    with reading(engine) as connection:
        return by_column(ledger, next(fetch(connection, ledger, ids(ledger), in_order=True)))


def test_the_demonstration_is_looked_at_as_it_was_to_the_order_of_its_lists(
    demonstration: Path, tmp_path: Path
) -> None:
    """After rows were corrected, moved, taken out, an import taken back and a list replaced."""
    shutil.copy(demonstration, tmp_path / "gridlight.sqlite")
    engine = connect(f"sqlite:///{tmp_path / 'gridlight.sqlite'}")
    with reading(engine) as connection:
        [line] = freezes.freezes(connection)
        last = next_number(connection) - 1
    assert line.import_number < last
    moved = workbook(
        units=[a_row(engine, Unit) | {"pilot_batch": 7}],
        findings=[a_row(engine, Finding) | {"due_on": date(2099, 1, 1)}],
    )
    kept(engine, moved, day=DEMONSTRATION_DAY, correct=ANY_CORRECTION)
    take_out(engine, "guidance", text_of_key(Guidance, a_row(engine, Guidance)))
    unit = a_row(engine, Unit)["code"]
    taken = kept(engine, workbook(findings=[OVERDUE | {"code": "LATER", "unit": unit}]))
    assert taken.number is not None
    kept(engine, workbook(findings=[OVERDUE | {"code": "LATER-2", "unit": unit}]))
    undo_import(engine, taken.number)
    rows = [
        dict(row) | ({"on": "0"} if row["source"] == "COMPUTED" else {})
        for row in shipped().lists["warning_rules"]
    ]
    with writing(engine) as connection:
        replacing.replace(connection, ACT, "warning_rules", *of_rows(rows))
    assert is_as_undone(engine, line.number)
    state, other = bring_back(engine, line.number).engine, copied(engine, line.number)
    scopes = [everything(parse(node), line.as_of) for node in ("district", "batch:1")]
    with reading(state) as seen, reading(other) as undone:
        for scope, figure in product(scopes, catalogue(shipped()).values()):
            assert rows_behind(seen, scope, figure) == rows_behind(undone, scope, figure)
        for scope in scopes:
            assert list(late_rows(seen, scope, last)) == list(late_rows(undone, scope, last))


def test_nothing_is_written_where_a_freeze_is_looked_at(engine: Engine) -> None:
    kept(engine, workbook(**net(), findings=[OVERDUE], meetings=[MEETING]))
    state = bring_back(engine, frozen(engine).number)
    with state.engine.connect() as connection, pytest.raises(OnlyReadError):
        connection.execute(text("INSERT INTO settings (name, value) VALUES ('a', 'b')"))


def test_only_facts_that_a_freeze_saw_are_kept_once_they_are_gone(engine: Engine) -> None:
    kept(engine, workbook(**net(), findings=[OVERDUE], meetings=[MEETING]))
    assert not past_facts(engine)
    frozen(engine)
    for code in ("F1", "F2"):
        kept(engine, workbook(findings=[OVERDUE | {"code": code}]))
        take_out(engine, "findings", code)
    gone = past_facts(engine)
    assert ("findings", "F1") in gone and ("findings", "F2") not in gone


def past_facts(engine: Engine) -> list[tuple[str, str]]:
    with reading(engine) as connection:
        columns = col(PastFact.ledger), col(PastFact.key)
        return [tuple(row) for row in connection.execute(select(*columns))]
