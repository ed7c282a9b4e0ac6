"""Several files at once: an order that works, one verdict each, a bad one keeps no other out."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data.own_ledgers.how_to_take import HowToTake
from data.own_ledgers.layout.apart import open_apart
from data.own_ledgers.several import OneOfSeveral, Outcome, Verdict, in_working_order, take_one
from data.reference.lists import shipped
from data.store.access_log import Act
from data.workbook.outgoing.writing import export
from data.workbook.reading import read
from models.registry import BY_ID
from tests.data.contents import DEFAULTS, kept, workbook
from tests.data.own_ledgers.own_files import book
from tests.data.own_ledgers.taking_cases import HEADER, line, rows_of

TITLE = "审计查出问题整改台账（截至2026年5月31日）"
BUREAU = "区审计局"


def ours(folder: Path, name: str, **ledgers: list[dict[str, Any]]) -> Path:
    """A workbook of ours with these rows."""
    sheets = [
        (BY_ID[ledger], [DEFAULTS[ledger] | row for row in rows])
        for ledger, rows in ledgers.items()
    ]
    export(folder / name, sheets)
    return folder / name


def units(folder: Path, name: str = "z-units.xlsx") -> Path:
    return ours(folder, name, sectors=[{}], units=[{"name": "示例区第一中学"}])


def findings(folder: Path, name: str = "a-findings.xlsx", **row: Any) -> Path:
    return ours(folder, name, findings=[row])


def own(folder: Path, name: str = "b-own.xlsx", unit: str = "示例区第一中学") -> Path:
    row = line(1, "往来款", unit=unit, issued=date(2026, 3, 1))
    return book(folder / name, [[TITLE], HEADER, row])


def opened(*paths: Path) -> list[OneOfSeveral]:
    return [OneOfSeveral(path, open_apart(path)) for path in paths]


def take(engine: Engine, *paths: Path, **how: Any) -> dict[str, Outcome]:
    asked: dict[str, Any] = {
        "day": date(2026, 6, 30),
        "act": Act("steward", datetime(2026, 6, 30, 9, 0, tzinfo=UTC)),
        "references": shipped(),
        "sender": BUREAU,
    }
    how_to_take = HowToTake(**asked | how)
    files = in_working_order(opened(*paths))
    outcomes = [take_one(engine, each, how_to_take, reader=read) for each in files]
    return {each.file: each for each in outcomes}


def test_units_come_first_then_what_refers_to_them(tmp_path: Path) -> None:
    given = own(tmp_path), findings(tmp_path), units(tmp_path)
    names = [each.path.name for each in in_working_order(opened(*given))]
    assert names == ["z-units.xlsx", "a-findings.xlsx", "b-own.xlsx"]


def test_workbooks_of_ours_are_ordered_by_what_they_refer_to(tmp_path: Path) -> None:
    events = ours(tmp_path, "1.xlsx", rectification_events=[{}])
    matters = ours(tmp_path, "2.xlsx", findings=[{}])
    projects = ours(tmp_path, "3.xlsx", projects=[{}])
    names = [each.path.name for each in in_working_order(opened(events, matters, projects))]
    assert names == ["3.xlsx", "2.xlsx", "1.xlsx"]


def test_a_register_of_units_in_the_shape_of_an_office_comes_before_its_ledgers(
    tmp_path: Path,
) -> None:
    rows = [["单位名册"], ["单位名称", "单位性质"], ["示例区第一中学", "事业单位"]]
    register = book(tmp_path / "z.xlsx", rows)
    names = [each.path.name for each in in_working_order(opened(own(tmp_path), register))]
    assert names == ["z.xlsx", "b-own.xlsx"]


def test_mixed_files_come_in_together_in_an_empty_database(engine: Engine, tmp_path: Path) -> None:
    done = take(engine, own(tmp_path), findings(tmp_path), units(tmp_path))
    assert {each.verdict for each in done.values()} == {Verdict.TAKEN}
    assert [
        done[name].taken.number for name in ("z-units.xlsx", "a-findings.xlsx", "b-own.xlsx")
    ] == [
        1,
        2,
        3,
    ]


def test_a_bad_file_does_not_keep_the_others_out(engine: Engine, tmp_path: Path) -> None:
    lost = findings(tmp_path, "a-lost.xlsx", unit="U9")
    done = take(engine, lost, own(tmp_path), units(tmp_path))
    assert done["a-lost.xlsx"].verdict is Verdict.FAULTS
    assert done["a-lost.xlsx"].first_fault is not None
    assert done["b-own.xlsx"].verdict is Verdict.TAKEN
    assert rows_of(engine, "SELECT title FROM findings") == [("往来款",)]


def test_open_questions_keep_a_file_out_and_are_its_verdict(engine: Engine, tmp_path: Path) -> None:
    done = take(engine, units(tmp_path), own(tmp_path, unit="不在册的中心"))
    assert done["b-own.xlsx"].verdict is Verdict.QUESTIONS
    assert rows_of(engine, "SELECT code FROM findings") == []


def test_a_trial_keeps_nothing_and_an_equal_file_has_nothing_new(
    engine: Engine, tmp_path: Path
) -> None:
    first = take(engine, units(tmp_path), dry_run=True)
    assert first["z-units.xlsx"].verdict is Verdict.READY
    assert rows_of(engine, "SELECT number FROM imports") == []
    take(engine, units(tmp_path))
    assert take(engine, units(tmp_path))["z-units.xlsx"].verdict is Verdict.EQUAL


def test_corrections_are_not_taken_in_with_the_rest(engine: Engine, tmp_path: Path) -> None:
    kept(engine, workbook(sectors=[{}], units=[{}], findings=[{}]))
    moved = findings(tmp_path, due_on=date(2026, 12, 1))
    assert take(engine, moved)["a-findings.xlsx"].verdict is Verdict.FAULTS


@pytest.mark.parametrize("sender", ["nobody"])
def test_a_sender_who_is_nobody_is_the_verdict_on_a_workbook(
    engine: Engine, tmp_path: Path, sender: str
) -> None:
    done = take(engine, units(tmp_path), sender=sender)
    assert done["z-units.xlsx"].verdict is Verdict.FAULTS
    assert rows_of(engine, "SELECT number FROM imports") == []
