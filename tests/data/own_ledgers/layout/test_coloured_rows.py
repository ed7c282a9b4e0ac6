"""States told by colour alone: read by a legend, else it is said that colours are not read."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color
from xlsxwriter import Workbook

from data.own_ledgers.layout.coloured_rows import legend
from data.own_ledgers.words.phrases import Phrases
from data.own_ledgers.words.stated import State
from data.reference.lists import shipped
from data.workbook.looks.colours import colour_name
from tests.data.own_ledgers.own_files import column, read

HEADER = ["序号", "责任单位", "问题描述", "整改时限"]
SAMPLES = Path(__file__).parents[3] / "samples"
WORDS = Phrases(shipped().lists["own_words"], {})
RED, GREEN, YELLOW = "#FF0000", "#00B050", "#FFFF00"


def coloured(path: Path, *colours: str, said: str = "", font: bool = False) -> Path:
    """A ledger of a row in each of `colours`; an empty one is no colour."""
    with Workbook(path) as workbook:
        sheet = workbook.add_worksheet("台账")
        sheet.write_row(0, 0, ["整改台账（2026年10月）"])
        sheet.write_row(1, 0, [said])
        sheet.write_row(2, 0, HEADER)
        for at, colour in enumerate(colours, 1):
            looks = {"font_color" if font else "bg_color": colour} if colour else {}
            row = [at, "一中", f"问题{at}", "2026-12-31"]
            sheet.write_row(at + 2, 0, row, workbook.add_format(looks))
    return path


@pytest.mark.parametrize("font", [False, True], ids=["fill", "font"])
def test_a_legend_says_what_the_colours_of_rows_mean(tmp_path: Path, font: bool) -> None:
    said = "红色为未整改，黄色为正在整改，绿色为已整改"
    stated = read(coloured(tmp_path / "a.xlsx", GREEN, YELLOW, RED, said=said, font=font))
    states = [State.SUBMIT, State.PROGRESS, State.NONE]
    assert column(stated, "findings", "state") == states
    assert [each.value for each in stated.warnings] == ["4、5、6"]


def test_without_a_legend_it_is_said_that_colours_are_not_read(tmp_path: Path) -> None:
    stated = read(coloured(tmp_path / "a.xlsx", GREEN, "", RED))
    assert column(stated, "findings", "state") == [State.NONE] * 3
    assert [each.value for each in stated.warnings] == ["4、6"]


def test_colours_of_the_theme_are_read_light_or_dark(tmp_path: Path) -> None:
    said = "红色为未整改，黄色为正在整改，绿色为已整改"
    path = coloured(tmp_path / "a.xlsx", "", "", "", "", said=said)
    workbook = openpyxl.load_workbook(path)
    # The theme that this file brings has its green third and its red second.
    for row, (theme, tint) in zip((4, 5, 6), ((6, 0.8), (5, -0.25), (6, 0.0)), strict=True):
        colour = Color(theme=theme, tint=tint)
        for cell in workbook.active[row]:
            cell.fill = PatternFill("solid", fgColor=colour)
    workbook.save(path)
    states = [State.SUBMIT, State.NONE, State.SUBMIT, State.NONE]
    assert column(read(path), "findings", "state") == states


def test_the_rows_of_an_old_workbook_look_as_they_do_in_a_new_one() -> None:
    stated = read(SAMPLES / "coloured-rows.xls")
    assert column(stated, "findings", "state") == [State.SUBMIT, State.PROGRESS, State.NONE]
    coloured_rows, hidden, struck = stated.warnings
    assert [each.value for each in (coloured_rows, hidden, struck)] == ["4、5、6", "5", "4"]


def test_rows_that_all_look_the_same_say_nothing_by_their_colour(tmp_path: Path) -> None:
    assert not read(coloured(tmp_path / "a.xlsx", GREEN, GREEN)).warnings


def test_a_legend_is_understood_either_way_round() -> None:
    assert legend(["注：未整改的标红色；已整改的用绿色标注"], WORDS) == {
        "红": ("未整改", "NONE"),
        "绿": ("已整改", "DONE"),
    }
    assert legend(["红底表示逾期未整改"], WORDS)["红"][1] == "NONE"
    assert legend(["红色为重点关注"], WORDS) == {}


def test_colours_bear_the_names_that_people_use() -> None:
    named = {
        "FFE2EFDA": "绿",
        "FFFFF2CC": "黄",
        "FFF2F2F2": "",
        "FFFF0000": "红",
        "FFC00000": "红",
        "FFFFC000": "黄",
        "FF92D050": "绿",
        "FFD9D9D9": "",
    }
    assert {rgb: colour_name(rgb) for rgb in named} == named
