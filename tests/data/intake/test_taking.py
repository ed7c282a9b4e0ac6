"""Taking in: what is new, changed and equal, what is kept of it, and nothing of what is refused."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, select, text
from sqlmodel import col

from data.ledgers import rows as ledgers
from data.ledgers.rows import by_column, fetch, ids
from data.store import data_version
from data.workbook.rows import Content, Fault
from models.grid import Unit
from models.kept import Import, Version
from models.rectification import Finding, RectificationEvent
from models.registry import LEDGERS
from models.report import Report
from models.text import sentence
from tests.data.contents import (
    DEFAULTS,
    NOW,
    TODAY,
    dump,
    kept,
    known_after,
    net,
    places,
    sheet,
    taking,
    workbook,
)


def one(engine: Engine, statement: str) -> Any:
    with engine.connect() as connection:
        return connection.execute(text(statement)).one()


def every_ledger() -> Content:
    rows: dict[str, list[dict[str, Any]]] = {ledger.id(): [{}] for ledger in LEDGERS}
    rows["units"] = [{}, {"code": "U2"}]
    rows["reports"] = [{"submitted_on": date(2026, 1, 30)}]
    return workbook(**rows)


def test_every_ledger_is_taken_in(engine: Engine) -> None:
    taken = kept(engine, every_ledger())
    assert set(taken.counts) == set(DEFAULTS)
    assert taken.counts["units"] == {"new": 2, "changed": 0, "equal": 0}
    with engine.connect() as connection:
        assert len(list(fetch(connection, Unit, ids(Unit)))) == 2


def test_the_same_workbook_again_is_all_equal_and_changes_nothing(engine: Engine) -> None:
    kept(engine, every_ledger())
    before = dump(engine)
    again = kept(engine, every_ledger())
    assert again.number is None
    assert again.counts["units"] == {"new": 0, "changed": 0, "equal": 2}
    assert dump(engine) == before


def test_an_empty_workbook_changes_nothing(engine: Engine) -> None:
    taken = kept(engine, Content())
    assert (taken.number, taken.counts) == (None, {})


def test_a_changed_row_takes_the_place_of_the_kept_one(engine: Engine) -> None:
    kept(engine, workbook(**net()))
    taken = kept(engine, workbook(units=[{"name": "新名"}]), correct="更名")
    assert taken.counts == {"units": {"new": 0, "changed": 1, "equal": 0}}
    assert one(engine, "SELECT name, import_number FROM units WHERE code = 'U1'") == ("新名", 2)


def test_an_equal_row_keeps_where_it_came_from(engine: Engine) -> None:
    kept(engine, workbook(**net()))
    kept(engine, workbook(units=[{"code": "U2"}, {"code": "U3"}]))
    found = "SELECT import_number, sheet, row FROM units WHERE code = '{}'"
    assert one(engine, found.format("U2")) == (1, "单位网格", 3)
    assert one(engine, found.format("U3")) == (2, "单位网格", 3)


def test_an_absent_column_leaves_what_is_kept(engine: Engine) -> None:
    kept(engine, workbook(sectors=[{}], units=[{"pilot_batch": 1}]))
    taken = kept(engine, workbook(units=[{"name": "新名"}]), correct="更名")
    assert taken.counts["units"]["changed"] == 1
    assert one(engine, "SELECT name, pilot_batch FROM units") == ("新名", 1)


def test_a_row_equal_in_all_columns_present_is_equal(engine: Engine) -> None:
    kept(engine, workbook(sectors=[{}], units=[{"pilot_batch": 1}]))
    assert kept(engine, workbook(units=[{}])).counts["units"]["equal"] == 1


def test_an_empty_cell_empties_what_is_kept(engine: Engine) -> None:
    kept(engine, workbook(sectors=[{}], units=[{"pilot_batch": 1}]))
    kept(engine, workbook(units=[{"pilot_batch": None}]))
    assert one(engine, "SELECT pilot_batch FROM units") == (None,)


def test_an_empty_number_is_one_whether_its_column_is_there_or_not(engine: Engine) -> None:
    kept(engine, workbook(**net(), reports=[{}], disposals=[{}]))
    assert one(engine, "SELECT number FROM reports") == (1,)
    assert one(engine, "SELECT quantity FROM disposals") == (1,)
    again = kept(engine, workbook(reports=[{"number": None}], disposals=[{"quantity": None}]))
    assert again.number is None


def test_an_absent_quantity_leaves_the_kept_one(engine: Engine) -> None:
    kept(engine, workbook(**net(), disposals=[{"quantity": 7}]))
    kept(engine, workbook(disposals=[{"name": "新名"}]))
    assert one(engine, "SELECT name, quantity FROM disposals") == ("新名", 7)


def test_two_rows_with_one_key_are_a_fault_at_the_first_key_column_of_the_later(
    engine: Engine,
) -> None:
    rows = [{}, {"code": "U2"}, {"name": "又"}, {"name": "再"}]
    taken = taking(engine, workbook(sectors=[{}], units=rows))
    assert places(taken) == [("单位网格", 4, "单位编码"), ("单位网格", 5, "单位编码")]
    assert [fault.sentence.values["row"] for fault in taken.faults] == [2, 2]
    assert taken.faults[0].value == "U1"


def test_numbers_that_are_empty_make_two_rows_the_same_row(engine: Engine) -> None:
    taken = taking(engine, workbook(**net(), reports=[{"number": 1}, {"number": None}]))
    assert places(taken) == [("四类报告", 3, "单位编码")]


def test_a_refused_workbook_leaves_no_trace(engine: Engine) -> None:
    kept(engine, every_ledger())
    before = dump(engine)
    taken = taking(engine, workbook(units=[{"name": "新名"}, {"code": "U9", "sector": "NOPE"}]))
    assert taken.refused
    assert (taken.number, taken.counts) == (None, {})
    assert dump(engine) == before


def test_faults_of_reading_and_of_checking_come_together_in_the_order_of_the_file(
    engine: Engine,
) -> None:
    content = workbook(sectors=[{}], units=[{"sector": "NOPE"}, {"code": "U2"}])
    content.faults = [
        Fault("单位网格", 3, "单位性质", "?", sentence("x")),
        Fault("奇怪", None, None, None, sentence("x")),
    ]
    expected = [("奇怪", None, None), ("单位网格", 2, "条线编码"), ("单位网格", 3, "单位性质")]
    assert places(taking(engine, content)) == expected


def test_a_dry_run_counts_and_keeps_nothing(engine: Engine) -> None:
    before = dump(engine)
    taken = taking(engine, every_ledger(), dry_run=True)
    assert (taken.number, taken.counts["units"]["new"]) == (None, 2)
    assert dump(engine) == before


def test_a_dry_run_names_every_fault(engine: Engine) -> None:
    assert taking(engine, workbook(units=[{}]), dry_run=True).refused


def test_the_import_is_recorded(engine: Engine) -> None:
    taken = kept(engine, workbook(**net()), correct="审计更正")
    with engine.connect() as connection:
        row = connection.execute(select(Import.__table__)).one()._asdict()  # type: ignore[attr-defined]
    assert taken.number == 1
    assert row["number"] == 1
    assert row["at"] == NOW
    assert (row["day"], row["account"], row["reason"]) == (TODAY, "steward", "审计更正")
    assert row["counts"] == taken.counts


def test_the_data_version_grows_with_every_change_and_only_then(engine: Engine) -> None:
    def version() -> int:
        with engine.connect() as connection:
            return data_version.current(connection)

    assert version() == 0
    kept(engine, workbook(**net()))
    first = version()
    kept(engine, workbook(**net()))
    assert version() == first > 0
    kept(engine, workbook(units=[{"name": "新名"}]), correct="更名")
    assert version() > first


def test_the_earlier_version_of_a_changed_row_is_kept(engine: Engine) -> None:
    kept(engine, workbook(**net()))
    kept(engine, workbook(units=[{"pilot_batch": 1}]), correct="这次有理由")
    with engine.connect() as connection:
        version = connection.execute(select(Version.__table__)).one()._asdict()  # type: ignore[attr-defined]
    assert (version["ledger"], version["key"]) == ("units", "U1")
    assert version["values"]["name"] == "单位"
    assert version["values"]["enrolled_on"] == "2024-01-01"
    assert (version["import_number"], version["sheet"], version["row"]) == (1, "单位网格", 2)
    assert (version["replaced_by"], version["change"], version["reason"]) == (2, "UPDATED", None)


def test_what_was_known_after_an_import_can_be_read_again(engine: Engine) -> None:
    kept(engine, workbook(**net()))
    kept(engine, workbook(units=[{"name": "二"}, {"code": "U3"}]), correct="更名")
    kept(engine, workbook(units=[{"name": "三"}]), correct="更名")

    def names(number: int) -> dict[str, str]:
        with engine.connect() as connection:
            return {row["code"]: row["name"] for row in known_after(connection, Unit, number)}

    assert names(0) == {}
    assert names(1) == {"U1": "单位", "U2": "单位"}
    assert names(2) == {"U1": "二", "U2": "单位", "U3": "单位"}
    assert names(3) == {"U1": "三", "U2": "单位", "U3": "单位"}


def test_a_changed_due_date_is_a_fault_without_a_reason_for_correcting(engine: Engine) -> None:
    kept(engine, workbook(**net(), findings=[{}]))
    before = dump(engine)
    taken = taking(engine, workbook(findings=[{"due_on": date(2026, 4, 10)}]))
    assert places(taken) == [("问题清单", 2, "整改期限")]
    assert taken.faults[0].value == "2026-04-10"
    assert dump(engine) == before


def test_a_changed_day_of_issue_is_a_fault_without_a_reason_for_correcting(engine: Engine) -> None:
    kept(engine, workbook(**net(), findings=[{}]))
    taken = taking(engine, workbook(findings=[{"issued_on": date(2026, 1, 11)}]))
    assert places(taken) == [("问题清单", 2, "交办日期")]


def test_another_column_of_a_finding_may_change_without_a_reason(engine: Engine) -> None:
    kept(engine, workbook(**net(), findings=[{}]))
    assert kept(engine, workbook(findings=[{"title": "改"}])).counts["findings"]["changed"] == 1


@pytest.mark.parametrize("change", [{"action": "SUBMIT"}, {"amount": 5}, {"note": "改"}])
def test_any_change_of_an_event_is_a_fault_without_a_reason(
    engine: Engine, change: dict[str, Any]
) -> None:
    kept(engine, workbook(**net(), findings=[{}], rectification_events=[{}]))
    taken = taking(engine, workbook(rectification_events=[change]))
    assert [place[:2] for place in places(taken)] == [("整改记录", 2)]


def test_a_correction_with_a_reason_keeps_the_earlier_version_beside_it(engine: Engine) -> None:
    kept(engine, workbook(**net(), findings=[{}]))
    kept(engine, workbook(findings=[{"due_on": date(2026, 4, 10)}]), correct="录入有误")
    assert str(one(engine, "SELECT due_on FROM findings")[0]) == "2026-04-10"
    assert one(engine, "SELECT change, reason FROM versions") == ("CORRECTED", "录入有误")


def test_a_correction_may_change_the_action_of_an_event(engine: Engine) -> None:
    kept(engine, workbook(**net(), findings=[{}], rectification_events=[{}]))
    kept(engine, workbook(rectification_events=[{"action": "SUBMIT"}]), correct="录入有误")
    assert one(engine, "SELECT action FROM rectification_events") == ("SUBMIT",)


def test_a_blank_reason_is_no_reason(engine: Engine) -> None:
    kept(engine, workbook(**net(), findings=[{}]))
    assert taking(engine, workbook(findings=[{"due_on": date(2026, 4, 10)}]), correct="  ").refused


def test_an_event_dated_before_kept_ones_is_an_addition(engine: Engine) -> None:
    kept(engine, workbook(**net(), findings=[{}], rectification_events=[{"action": "CLOSE"}]))
    earlier = {"on_date": date(2026, 1, 20), "action": "SUBMIT"}
    taken = kept(engine, workbook(rectification_events=[earlier]))
    assert taken.counts["rectification_events"]["new"] == 1


def test_figures_follow_an_import(engine: Engine) -> None:
    kept(engine, workbook(**net(), findings=[{}]))
    assert one(engine, "SELECT count(*) > 0 FROM facts WHERE ledger = 'findings'") == (1,)


def test_figures_leave_the_old_unit_when_a_finding_moves(engine: Engine) -> None:
    kept(engine, workbook(**net(), findings=[{}]))
    kept(engine, workbook(findings=[{"unit": "U2"}]), correct="录入有误")
    units = "SELECT min(unit), max(unit) FROM facts WHERE measure = 'due_open'"
    assert one(engine, units) == ("U2", "U2")


def test_a_workbook_of_columns_in_another_order_is_the_same_workbook(engine: Engine) -> None:
    kept(engine, workbook(**net()))
    turned = sheet("units", [{}, {"code": "U2"}])
    turned.present = turned.present[::-1]
    turned.rows = [(row, values[::-1]) for row, values in turned.rows]
    assert kept(engine, Content([turned])).counts["units"]["equal"] == 2


def test_a_second_sheet_of_a_ledger_is_left_out(engine: Engine) -> None:
    first = workbook(**net())
    second = replace(sheet("units", [{"code": "U9"}]), name="units")
    assert "U9" not in str(kept(engine, Content([*first.sheets, second])).counts)


@pytest.mark.parametrize("limit", ["ASKED_AT_ONCE", "SCANNED_FROM", "READ_AT_ONCE"])
def test_many_rows_are_compared_with_many_kept_ones(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(ledgers, limit, 10)
    units = [{"code": f"N{number}"} for number in range(25)]
    kept(engine, workbook(sectors=[{}], units=units))
    units[17] = {"code": "N17", "enrolled_on": date(2025, 1, 1)}
    taken = kept(engine, workbook(units=units))
    assert taken.counts["units"] == {"new": 0, "changed": 1, "equal": 24}


def test_rows_come_back_as_they_were_given(engine: Engine) -> None:
    kept(engine, every_ledger())
    with engine.connect() as connection:
        for ledger in (Unit, Report, Finding, RectificationEvent):
            row = by_column(ledger, next(fetch(connection, ledger, ids(ledger))))
            assert row | DEFAULTS[ledger.id()] == row


def test_imports_are_numbered_in_the_order_they_happened(engine: Engine) -> None:
    numbers = [kept(engine, workbook(**net(f"U{at}"))).number for at in range(3)]
    assert numbers == [1, 2, 3]
    with engine.connect() as connection:
        assert sorted(connection.scalars(select(col(Import.number)))) == numbers
