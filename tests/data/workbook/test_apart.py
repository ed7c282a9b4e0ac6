"""What a workbook expands to is held by a process of its own, which ends where it is too much."""

import subprocess
import sys
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore

import pytest
import xlsxwriter

from data.reference.lists import shipped
from data.workbook import apart, reading_turns
from data.workbook.apart import BUSY, PACKING, TOO_MUCH, TooMuchError, answer_apart, read_apart
from data.workbook.reading import read
from data.workbook.reading_turns import Bounds, turn
from models.rectification import Finding
from models.text import sentence

DAY = date(2026, 6, 30)


def workbook(folder: Path, rows: int, text: str) -> Path:
    """Findings in each of whose cells stands the same text, kept once in the file."""
    file = folder / "findings.xlsx"
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(Finding.SHEET.zh)
        for at, column in enumerate(Finding.columns):
            sheet.write_string(0, at, column.zh)
            for row in range(rows):
                sheet.write_string(row + 1, at, text)
    return file


def test_rows_and_faults_are_those_read_in_this_process(tmp_path):
    file = workbook(tmp_path, 3, "整改")
    here = read(file, day=DAY, references=shipped())
    there = read_apart(file, day=DAY, references=shipped())
    assert here.faults
    assert there.faults == here.faults
    assert [sheet.name for sheet in there.sheets] == [sheet.name for sheet in here.sheets]


@pytest.mark.parametrize("bounds", [Bounds(memory=64), Bounds(seconds=0), Bounds(answer=0)])
def test_too_much_is_one_fault_and_this_process_goes_on(tmp_path, bounds):
    content = read_apart(workbook(tmp_path, 1, "x"), day=DAY, references=shipped(), bounds=bounds)
    assert [fault.sentence.message for fault in content.faults] == [TOO_MUCH]
    assert content.sheets == []


def test_one_string_in_many_cells_does_not_take_this_process_down(tmp_path):
    file = workbook(tmp_path, 6_000, "汉" * 30_000)
    assert file.stat().st_size < 1_000_000
    content = read_apart(file, day=DAY, references=shipped(), bounds=Bounds(memory=900, seconds=60))
    assert content.faults


def test_what_another_process_answers_is_not_unpacked_if_it_is_too_heavy(monkeypatch, tmp_path):
    def answers(*_asked, stdout, **_named):
        stdout.write('"{}𠀀"'.format("a" * 300_000).encode())

    monkeypatch.setattr(apart.subprocess, "run", answers)
    assert answer_apart("reader", None, Bounds(answer=2), PACKING)
    with pytest.raises(TooMuchError):
        answer_apart("reader", None, Bounds(answer=1), PACKING)


def test_the_reader_is_told_no_secret(monkeypatch, tmp_path):
    monkeypatch.setenv("GRIDLIGHT_DATABASE_URL", "postgresql://u:secret@db/x")
    given = []
    monkeypatch.setattr(apart.subprocess, "run", lambda *_asked, env, **_named: given.append(env))
    assert read_apart(tmp_path, day=DAY, references=shipped()).faults
    assert not any("secret" in value for value in given[0].values())


def test_a_place_is_held_while_a_file_is_read_and_given_back_where_that_fails(monkeypatch):
    places = BoundedSemaphore(1)
    monkeypatch.setattr(reading_turns, "_places", places)
    free: list[bool] = []

    def run(*_asked, **_named):
        free.append(places.acquire(blocking=False))
        raise subprocess.CalledProcessError(1, "reader")

    monkeypatch.setattr(apart.subprocess, "run", run)
    for _file in range(2):
        with pytest.raises(TooMuchError):
            answer_apart("reader", None, Bounds(), PACKING)
    assert free == [False, False]


def test_a_file_that_never_gets_its_turn_says_that_others_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(reading_turns, "_places", BoundedSemaphore(1))
    with turn(0):
        content = read_apart(tmp_path, day=DAY, references=shipped(), bounds=Bounds(seconds=0))
    [fault] = content.faults
    assert fault.sentence == sentence(BUSY, seconds=0)


def test_the_reader_is_ended_before_the_server_where_memory_runs_short():
    asks = (
        "from data.workbook.apart import hold;"
        "from data.workbook.reading_turns import Bounds; hold(Bounds());"
    )
    tells = "print(open('/proc/self/oom_score_adj').read())"
    told = subprocess.run(
        [sys.executable, "-c", asks + tells],
        stdout=subprocess.PIPE,
        cwd=apart.ROOT,
        env=apart.environment(),
        check=True,
    )
    assert int(told.stdout) == 1000
