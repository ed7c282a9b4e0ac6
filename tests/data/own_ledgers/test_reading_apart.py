"""What a stranger's file says is interpreted in a process of its own, which ends where it is too
much."""

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data.own_ledgers import reading_apart
from data.own_ledgers.forms.form import shipped
from data.own_ledgers.layout.apart import OpenedFile
from data.own_ledgers.layout.files import NOTHING_HELD, grids
from data.own_ledgers.reading import read_files
from data.own_ledgers.reading_apart import PACKING, read_files_apart
from data.own_ledgers.words.stated import StatedFile
from data.workbook.apart import MIB, TOO_MUCH
from data.workbook.reading_turns import Bounds
from tests.data.own_ledgers.own_files import AS_OF, OFFICE, UNITS, book, known
from tests.data.own_ledgers.taking_cases import HEADER, line
from tests.reading_here import reading_here

ROWS = [HEADER, line(1, "往来款"), line(2, "固定资产", unit="第三医院")]
SAMPLES = sorted(OFFICE.glob("*.xlsx"))


class Planted(Mapping[str, str]):
    """Names of units that are planted to be slow or large where reading looks at them.

    The process that does so leaves its number in a file.
    """

    def __init__(self, what: str, file: Path) -> None:
        self.what = what
        self.file = file

    def __iter__(self) -> Iterator[str]:
        self.file.write_text(str(os.getpid()))
        end = time.monotonic() + 60
        while self.what == "slow" and time.monotonic() < end:
            pass
        filled = [bytearray(64 * MIB) for _each in range(100)]
        yield str(len(filled))

    def __getitem__(self, code: str) -> str:
        return code

    def __len__(self) -> int:
        return 1


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return book(tmp_path / "own.xlsx", ROWS)


def of_file(path: Path) -> OpenedFile:
    return OpenedFile(is_ours=False, sheets=grids(path))


def sentences(files: list[StatedFile]) -> list[str]:
    return [each.sentence.message for stated in files for each in stated.faults]


def test_what_is_read_is_what_is_read_in_this_process() -> None:
    assert len(SAMPLES) > 5
    here = read_files(SAMPLES, known(), as_of=AS_OF)
    assert read_files_apart(SAMPLES, known(), as_of=AS_OF) == here
    assert sum(len(each.rows) for each in here) > 100
    assert any(each.questions for each in here)


@pytest.mark.parametrize("form", list(shipped()))
def test_it_comes_back_equal_by_every_form(form: str) -> None:
    for path in SAMPLES:
        here = read_files([path], known(), form=shipped()[form])
        there = PACKING.unpack(PACKING.pack(here))
        assert there == here
        assert [type(v) for each in there[0].rows for v in each.values.values()] == [
            type(v) for each in here[0].rows for v in each.values.values()
        ]


def test_an_opened_file_is_not_opened_again(file: Path) -> None:
    opened = of_file(file)
    here = read_files([file], known(), as_of=AS_OF)
    file.unlink()
    assert read_files_apart([file], known(), opened=opened, as_of=AS_OF) == here


@pytest.mark.parametrize(
    ("what", "bounds"), [("slow", Bounds(seconds=10)), ("large", Bounds(memory=1500))]
)
def test_too_much_is_said_and_this_process_goes_on(
    tmp_path: Path, file: Path, what: str, bounds: Bounds
) -> None:
    pid = tmp_path / "pid"
    planted = replace(known(), units=Planted(what, pid))
    read = read_files_apart([file], planted, bounds=bounds)
    assert sentences(read) == [TOO_MUCH]
    assert read[0].file == file.name
    number = int(pid.read_text())
    assert number != os.getpid()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_an_unreadable_file_says_why_and_starts_nothing(file: Path) -> None:
    opened = OpenedFile(is_ours=False, unreadable=NOTHING_HELD)
    bounds = Bounds(seconds=0)
    read = read_files_apart([file], known(), opened=opened, bounds=bounds)
    assert sentences(read) == [NOTHING_HELD.message]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The module of every process that would have been started."""
    modules: list[str] = []
    with reading_here():
        here = reading_apart.answer_apart

        def counted(module: str, *asked: Any) -> Any:
            modules.append(module)
            return here(module, *asked)

        monkeypatch.setattr(reading_apart, "answer_apart", counted)
        yield modules


def test_an_opened_file_is_read_again_only_where_what_is_asked_changes(
    file: Path, started: list[str]
) -> None:
    opened, units = of_file(file), known()
    first = read_files_apart([file], units, opened=opened, as_of=AS_OF)
    [question] = first[0].questions
    assert read_files_apart([file], known(), opened=opened, as_of=AS_OF) is first
    assert len(started) == 1
    answers = {question.id: "U03"}
    answered = read_files_apart([file], units, opened=opened, as_of=AS_OF, answers=answers)
    assert not answered[0].questions
    more = known(**UNITS, U09="第三医院")
    assert not read_files_apart([file], more, opened=opened, as_of=AS_OF)[0].questions
    assert len(started) == 3
