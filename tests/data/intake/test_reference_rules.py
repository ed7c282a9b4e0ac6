"""The rules of reference lists: the shipped ones keep them, and every breach is named."""

from collections.abc import Callable
from typing import Any

import pytest

from data.intake import reference_csv
from data.intake.reference_columns import COLUMNS
from data.intake.reference_rules import ListFault, checked
from data.reference.lists import NAMES, shipped
from tests.data.contents import of_rows

Rows = list[dict[str, str]]


def rows_of(name: str) -> Rows:
    return [dict(row) for row in shipped().lists[name]]


def faults(name: str, rows: Rows) -> list[ListFault]:
    return checked(name, *of_rows(rows))[1]


def places(name: str, rows: Rows) -> list[tuple[int | None, str | None]]:
    return [(fault.line, fault.column) for fault in faults(name, rows)]


def changed(name: str, at: int, /, **cells: str) -> Rows:
    rows = rows_of(name)
    rows[at] |= cells
    return rows


@pytest.mark.parametrize("name", NAMES)
def test_what_is_shipped_keeps_the_rules(name: str) -> None:
    header, lines = reference_csv.read(reference_csv.write(name, shipped()))
    rows, found = checked(name, header, lines)
    assert found == []
    assert [{**row, "on": ""} for row in rows] == [{**row, "on": ""} for row in rows_of(name)]


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_column_is_named(name: str) -> None:
    needed = next(column.id for column in COLUMNS[name] if column.required)
    header = [column.id for column in COLUMNS[name] if column.id != needed]
    [fault] = checked(name, header, [])[1]
    assert (fault.line, fault.column) == (1, needed)


def test_an_unknown_and_a_double_column_are_named() -> None:
    header = ["code", "code", "name", "colour"]
    assert [fault.column for fault in checked("vetoes", header, [])[1]] == ["code", "colour"]


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("subdistricts", {"tile_row": "-1"}),
        ("subdistricts", {"name": ""}),
        ("content_items", {"code": "FS 01"}),
        ("content_items", {"group": "OTHER"}),
        ("content_items", {"key": "perhaps"}),
        ("rubric", {"weight": "0"}),
        ("rubric", {"weight": "10.5"}),
        ("rubric", {"kind": "LETTER"}),
        ("duty_items", {"subject": "CHIEF"}),
        ("rating_grades", {"lowest_points": "101"}),
        ("vetoes", {"name": "长" * 201}),
        ("warning_rules", {"level": "GREEN"}),
        ("warning_rules", {"threshold": ""}),
        ("warning_rules", {"threshold_unit": "percent"}),
        ("warning_rules", {"source": "COMPUTED", "code": "W99"}),
        ("light_rules", {"threshold": ""}),
        ("light_rules", {"threshold": "3651"}),
        ("light_rules", {"threshold_unit": "elements"}),
        ("targets", {"figure": "overdue"}),
        ("targets", {"value": "100.5"}),
        ("targets", {"value": ""}),
        ("targets", {"from": "1999-12-31"}),
        ("targets", {"agreed_by": ""}),
    ],
)
def test_a_cell_out_of_its_range_is_named(name: str, cells: dict[str, str]) -> None:
    found = places(name, changed(name, 0, **cells))
    assert (2, list(cells)[-1]) in found


@pytest.mark.parametrize("day", ["2026-13-01", "1999-12-31", "20260101", "2026-W01-1"])
def test_a_holiday_needs_a_day(day: str) -> None:
    assert places("holidays", [{"day": day, "working": "0"}]) == [(2, "day")]


def test_all_faults_are_told_at_once() -> None:
    rows = rows_of("vetoes")
    rows[0]["code"], rows[2]["name"] = "V 1", ""
    assert places("vetoes", rows) == [(2, "code"), (4, "name")]


def test_a_code_may_stand_once() -> None:
    assert places("vetoes", changed("vetoes", 2, code="V1")) == [(4, "code")]


def test_a_dimension_may_stand_once_in_each_kind() -> None:
    assert places("rubric", changed("rubric", 1, dimension="TIMELY")) == [(3, "dimension")]


def test_two_subdistricts_may_not_go_by_one_name() -> None:
    assert places("subdistricts", changed("subdistricts", 1, name="长虹")) == [(3, "code")]


@pytest.mark.parametrize(
    ("name", "by"), [("content_items", "group"), ("rubric", "kind"), ("duty_items", "subject")]
)
def test_weights_add_up_to_a_hundred_in_each_group(name: str, by: str) -> None:
    rows = rows_of(name)
    rows[0]["weight"] = str(int(rows[0]["weight"]) + 1)
    [fault] = faults(name, rows)
    assert (fault.column, fault.value) == ("weight", "101")


def test_key_contents_weigh_what_they_like() -> None:
    assert faults("content_items", changed("content_items", 19, weight="3")) == []


def test_a_kind_of_report_needs_dimensions() -> None:
    rows = [row for row in rows_of("rubric") if row["kind"] != "PLAN"]
    assert [fault.value for fault in faults("rubric", rows)] == ["PLAN"]


def test_lowest_points_fall_from_grade_to_grade() -> None:
    assert places("rating_grades", changed("rating_grades", 1, lowest_points="95")) == [
        (3, "lowest_points")
    ]


def test_the_last_grade_begins_at_nothing() -> None:
    assert places("rating_grades", changed("rating_grades", 5, lowest_points="1")) == [
        (7, "lowest_points")
    ]


@pytest.mark.parametrize(
    "broken", [lambda rows: rows[:-1], lambda rows: rows[::-1], lambda rows: [*rows, rows[0]]]
)
def test_the_grades_are_those_of_the_ratings(broken: Callable[[Any], Any]) -> None:
    assert "grade" in {
        fault.column for fault in faults("rating_grades", broken(rows_of("rating_grades")))
    }


def test_only_computed_rules_can_be_switched_off() -> None:
    rows = rows_of("warning_rules")
    rows[0]["on"], rows[-1]["on"] = "0", "否"
    assert places("warning_rules", rows) == [(len(rows) + 1, "on")]


def test_an_empty_list_is_refused_where_figures_need_it() -> None:
    header = [column.id for column in COLUMNS["duty_items"]]
    assert len(checked("duty_items", header, [])[1]) == 1
    assert checked("holidays", ["day", "working"], []) == ([], [])


def test_cells_are_kept_in_one_form() -> None:
    given = {
        "code": " Ｘ1 ",
        "group": "资金安全13项",
        "name": "名",
        "weight": "１００",
        "key": "是",
    }
    item = {"code": "K", "group": "KEY_AUDIT", "name": "别", "name_en": "Other", "weight": "07"}
    rows, found = checked("content_items", *of_rows([given, item]))
    assert found == []
    assert rows[0] == {
        "code": "X1",
        "group": "FUND_SAFETY",
        "name": "名",
        "name_en": "名",
        "weight": "100",
        "key": "1",
    }
    assert rows[1]["weight"] == "7"


def test_a_line_longer_than_the_header_is_named() -> None:
    header, lines = reference_csv.read("code,name\nV1,一,二\n".encode())
    assert [fault.line for fault in checked("vetoes", header, lines)[1]] == [2]


@pytest.mark.parametrize(("code", "highest"), [("OVERDUE", 3650), ("RATING", 5), ("ELEMENTS", 4)])
def test_a_light_turns_within_what_can_be(code: str, highest: int) -> None:
    at = [row["code"] for row in rows_of("light_rules")].index(code)
    assert faults("light_rules", changed("light_rules", at, threshold=str(highest))) == []
    beyond = changed("light_rules", at, threshold=str(highest + 1))
    assert places("light_rules", beyond) == [(at + 2, "threshold")]


def test_every_light_rule_must_stand_there() -> None:
    assert places("light_rules", rows_of("light_rules")[1:]) == [(None, "code")]
    assert places("light_rules", changed("light_rules", 0, code="OTHER")) == [(None, "code")]


def test_a_figure_has_one_target_from_a_day_and_another_from_a_later_one() -> None:
    rows = rows_of("targets")
    later = {**rows[0], "from": "2027-01-01"}
    assert faults("targets", [*rows, later]) == []
    assert places("targets", [*rows, dict(rows[0])]) == [(len(rows) + 2, "figure")]


def test_a_district_may_have_no_targets() -> None:
    assert checked("targets", [column.id for column in COLUMNS["targets"]], []) == ([], [])
