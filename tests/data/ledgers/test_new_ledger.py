"""A new ledger is a class, a rule, its entry in the registry and its table: nothing else is told.

The two ledgers of `tests.data.scratch_ledgers` are found by everything that goes through ledgers.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine, select
from sqlmodel import col

from data.facts.derivation import compare
from data.figures.lines import lines
from data.figures.rows import FigureRow, Side
from data.intake.removal import RemovalRefusedError, remove
from data.ledgers.belonging import units_of
from data.ledgers.exporting import rows
from data.ledgers.unit_ledgers import of_unit
from data.meetings.late_entries import late_rows
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import everything
from data.store.database import reading
from data.workbook.outgoing.template import write as write_template
from data.workbook.outgoing.writing import export
from data.workbook.reading import read
from models.kept import KeptFact
from models.ledger import key_text
from tests.data.contents import NOW, TODAY, kept, net, places, taking, workbook
from tests.data.scratch_ledgers import ASSET, BOUGHT, LOOKED, TAKING, Asset, StockTaking, added

U2_ASSET = ASSET | {"code": "A2", "unit": "U2"}
TAKINGS = [TAKING, TAKING | {"asset": "A2"}]


@pytest.fixture
def empty(engine: Engine) -> Iterator[Engine]:
    """A database in which the two ledgers have their tables."""
    with added(engine):
        yield engine


@pytest.fixture
def filled(empty: Engine) -> Engine:
    """U1 and U2, each with an asset that was looked for."""
    kept(empty, workbook(**net(), assets=[ASSET, U2_ASSET], stock_takings=TAKINGS))
    return empty


def facts(engine: Engine) -> set[tuple[Any, ...]]:
    columns = (KeptFact.unit, KeptFact.bucket, KeptFact.key)
    with engine.connect() as connection:
        own = select(*map(col, columns)).where(col(KeptFact.measure) == "stock_takings")
        return set(map(tuple, connection.execute(own)))


def taken_out(engine: Engine, ledger: str, key: str) -> int:
    why: dict[str, Any] = {"reason": "重复", "account": "steward", "day": TODAY, "now": NOW}
    return remove(engine, ledger, key, references=shipped(), **why)


def test_its_columns_are_read_off_its_class(empty: Engine) -> None:
    assert [each.id for each in StockTaking.columns] == ["asset", "on_date"]


def test_the_template_has_its_sheet_with_the_rules_of_its_columns(
    empty: Engine, tmp_path: Path
) -> None:
    write_template(tmp_path / "template.xlsx", shipped(), "en")
    book = load_workbook(tmp_path / "template.xlsx")
    assert [cell.value for cell in book["资产"][1]] == [each.zh for each in Asset.columns]
    assert "房屋" in book["资产"]["D1"].comment.text


def test_the_reader_takes_its_rows(empty: Engine, tmp_path: Path) -> None:
    export(tmp_path / "a.xlsx", [(Asset, [ASSET]), (StockTaking, [TAKING])])
    found = read(tmp_path / "a.xlsx", day=TODAY, references=shipped())
    assert not found.faults
    assert [dict(row) for sheet in found.sheets for _, row in sheet.named()] == [ASSET, TAKING]


def test_a_faulty_cell_is_named(empty: Engine, tmp_path: Path) -> None:
    export(tmp_path / "a.xlsx", [(Asset, [ASSET | {"bought_on": None}])])
    [fault] = read(tmp_path / "a.xlsx", day=TODAY, references=shipped()).faults
    assert (fault.sheet, fault.row, fault.column) == ("资产", 2, "购置日期")


def test_a_reference_to_nothing_is_a_fault(filled: Engine) -> None:
    taken = taking(filled, workbook(stock_takings=[TAKING | {"asset": "A9"}]))
    assert places(taken) == [("资产盘点", 2, "资产编号")]


def test_a_day_before_that_of_the_row_referred_to_is_a_fault(filled: Engine) -> None:
    early = TAKING | {"on_date": BOUGHT.replace(day=9)}
    assert places(taking(filled, workbook(stock_takings=[early]))) == [("资产盘点", 2, "盘点日期")]


def test_a_change_of_a_guarded_column_is_a_correction(filled: Engine) -> None:
    changed = workbook(assets=[ASSET | {"worth": 1}])
    assert places(taking(filled, changed)) == [("资产", 2, "资产价值")]
    kept(filled, changed, correct="录入有误")


def test_the_export_of_all_has_its_rows(filled: Engine) -> None:
    with reading(filled) as connection:
        found = {ledger.id(): len(list(own)) for ledger, own in rows(connection)}
    assert (found["assets"], found["stock_takings"]) == (2, 2)


def test_the_export_of_a_node_has_the_rows_of_its_units(filled: Engine) -> None:
    with reading(filled) as connection:
        found = {ledger.id(): list(own) for ledger, own in rows(connection, parse("unit:U1"))}
    assert [row[0] for row in found["assets"]] == ["A1"]
    assert [row[0] for row in found["stock_takings"]] == ["A1"]


def test_a_list_says_what_its_rows_are_about_and_masks_persons(filled: Engine) -> None:
    row = FigureRow(Side.VALUE, "assets", "A1", "U1", 1, BOUGHT, "")  # type: ignore[arg-type]
    with reading(filled) as connection:
        [line] = lines(connection, [row], names_in_full=False)
    assert [value for _column, value in line.subject()] == ["办公楼", "张＊"]


def test_the_page_of_a_unit_has_its_rows(filled: Engine) -> None:
    with reading(filled) as connection:
        scope = everything(parse("unit:U1"), TODAY)
        found = of_unit(connection, scope, names_in_full=True)
    assert [row["code"] for row in found["assets"]] == ["A1"]
    assert [row["on_date"] for row in found["stock_takings"]] == [LOOKED]


def test_its_rule_gives_facts_with_what_it_borrows(filled: Engine) -> None:
    assert facts(filled) == {
        ("U1", "HOUSE", key_text(["A1", LOOKED])),
        ("U2", "HOUSE", key_text(["A2", LOOKED])),
    }


def test_an_import_touches_the_unit_through_the_row_referred_to(empty: Engine) -> None:
    kept(empty, workbook(**net(), assets=[ASSET]))
    kept(empty, workbook(stock_takings=[TAKING]))
    assert facts(empty) == {("U1", "HOUSE", key_text(["A1", LOOKED]))}


def test_an_import_that_changes_what_is_borrowed_touches_the_borrowers(filled: Engine) -> None:
    kept(filled, workbook(assets=[ASSET | {"kind": "LAND"}]))
    assert ("U1", "LAND", key_text(["A1", LOOKED])) in facts(filled)


def test_a_row_that_moves_to_another_unit_takes_along_what_hangs_on_it(filled: Engine) -> None:
    kept(filled, workbook(assets=[ASSET | {"unit": "U2"}]), correct="录入有误")
    assert {unit for unit, _bucket, _key in facts(filled)} == {"U2"}
    with reading(filled) as connection:
        assert not compare(connection, shipped()).differs


def test_a_row_that_is_referred_to_is_not_removed(filled: Engine) -> None:
    with pytest.raises(RemovalRefusedError, match="Stock takings"):
        taken_out(filled, "assets", "A1")


def test_a_row_that_is_removed_takes_its_facts_along(filled: Engine) -> None:
    taken_out(filled, "stock_takings", key_text(["A1", LOOKED]))
    assert {unit for unit, _bucket, _key in facts(filled)} == {"U2"}


def test_what_is_entered_later_is_told_with_its_units(filled: Engine) -> None:
    kept(filled, workbook(stock_takings=[TAKING | {"on_date": TODAY}]))
    with reading(filled) as connection:
        [late] = late_rows(connection, everything(parse("district"), TODAY), known=1)
    assert (late.ledger, late.units, late.about) == (
        "stock_takings",
        frozenset({"U1"}),
        frozenset({("assets", "A1")}),
    )


def test_a_row_without_its_owner_belongs_to_nobody(filled: Engine) -> None:
    with reading(filled) as connection:
        assert units_of(connection, StockTaking, [TAKING | {"asset": "A9"}]) == [frozenset()]
