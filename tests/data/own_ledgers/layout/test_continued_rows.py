"""Rows of one finding: each with a measure of its own, they are one finding and stand once."""

from datetime import date
from pathlib import Path
from typing import Any

from data.own_ledgers.words.stated import Limit, State, StatedFile
from tests.data.own_ledgers.own_files import book, column, of, read

HEADER = ["序号", "责任单位", "问题", "涉及金额(万元)", "整改措施", "整改时限", "完成情况"]
FIRST = [1, "一中", "超标准收费", 35, "停止收费", "立行立改", "已完成"]


def sheet(path: Path, *rows: list[Any], merges: tuple[str, ...] = ()) -> StatedFile:
    return read(book(path / "台账.xlsx", [["整改台账"], HEADER, *rows], merges))


def test_a_row_with_a_measure_only_goes_on_with_the_finding_above(tmp_path: Path) -> None:
    second = ["", "", "", "", "清退多收款", "2026-12-31", "正在推进"]
    stated = sheet(tmp_path, FIRST, second, merges=("A3:A4", "B3:B4", "C3:C4", "D3:D4"))
    [finding] = of(stated, "findings")
    assert finding.values["limit"] == Limit(on=date(2026, 12, 31))
    assert finding.values["state"] is State.PROGRESS
    assert "停止收费\n清退多收款" in finding.values["progress"]
    assert [each.row for each in stated.sheets[0].passed_over] == [4]


def test_a_finding_is_done_only_where_all_its_measures_are(tmp_path: Path) -> None:
    done = ["", "", "", "", "清退多收款", "2026-11-30", "已完成"]
    open_ = ["", "", "", "", "建立制度", "2026-12-31", "未完成"]
    assert column(sheet(tmp_path, FIRST, done), "findings", "state") == [State.SUBMIT]
    assert column(sheet(tmp_path, FIRST, open_), "findings", "state") == [State.PROGRESS]


def test_a_row_with_a_unit_of_its_own_is_a_finding_of_its_own(tmp_path: Path) -> None:
    other = ["", "二中", "", 5, "清退多收款", "2026-12-31", "正在推进"]
    stated = sheet(tmp_path, FIRST, other, merges=("A3:A4", "C3:C4"))
    assert column(stated, "findings", "amount") == [35, 5]


def test_sums_without_a_word_are_not_added_to_the_last_finding(tmp_path: Path) -> None:
    stated = sheet(tmp_path, FIRST, ["", "", "", 35, "", "", ""])
    assert column(stated, "findings", "amount")[0] == 35
    assert [each.why.message for each in stated.sheets[0].passed_over] == ["total"]
    two_sums = sheet(tmp_path, FIRST, ["", "", "", 35, "", "", 7])
    assert len(of(two_sums, "findings")) == 2
