"""Which texts are nearly the same: asked within limits, whoever worded them."""

import time

import pytest

from data.own_ledgers.entering import likeness_apart
from data.own_ledgers.entering.likeness import (
    MOST_COMPARED,
    TooMuchToCompareError,
    Worded,
    nearest,
)
from data.own_ledgers.entering.likeness_apart import TOO_ALIKE, TooAlikeError, nearest_in_bounds
from data.workbook.reading_turns import Bounds
from models.text import sentence
from tests.data.own_ledgers.taking_cases import NOVEMBER, ledger, line, take, taken_in, with_units

KEPT = {
    "F1": Worded("U01", "往来款项长期挂账未清理"),
    "F2": Worded("U01", "固定资产未入账"),
    "F3": Worded("U02", "往来款项长期挂账未清理"),
}
SLOW = {f"F{at}": Worded("U01", "aabb" * 120 + "a" * at) for at in range(40)}
"""Each takes a processor seconds to compare with `SLOWLY`."""
SLOWLY = {at: Worded("U01", "ab" * (240 + at)) for at in range(40)}


def test_the_likest_text_of_the_unit_comes_first():
    stated = {0: Worded("U01", "往来款项长期挂账仍未清理"), 1: Worded("U01", "公务接待超标准")}
    assert nearest(stated, KEPT) == {0: ("F1",)}


def test_an_equal_text_of_another_unit_is_found_as_well():
    assert nearest({0: Worded("U03", "固定资产未入账")}, KEPT) == {0: ("F2",)}


def test_a_text_within_another_is_like_it():
    assert nearest({4: Worded("U01", "固定资产未入账，涉及两处房产")}, KEPT) == {4: ("F2",)}


def test_long_texts_are_compared_by_their_beginning():
    begin = "".join(chr(0x4E00 + at) for at in range(MOST_COMPARED))
    kept = {"F1": Worded("U01", begin + "甲" * 400)}
    assert nearest({0: Worded("U01", begin + "乙" * 400)}, kept) == {0: ("F1",)}


def test_comparing_stops_after_as_many_steps_as_allowed():
    began = time.process_time()
    with pytest.raises(TooMuchToCompareError):
        nearest(SLOWLY, SLOW, 1)
    assert time.process_time() - began < 60, "one pair is compared before it stops"


def test_what_takes_long_is_compared_in_another_process_with_the_same_result(monkeypatch):
    monkeypatch.setattr(likeness_apart, "MOST_HERE", 0)
    stated = {0: Worded("U01", "往来款项长期挂账仍未清理"), 7: Worded("U09", "固定资产未入账")}
    assert nearest_in_bounds(stated, KEPT) == nearest(stated, KEPT) == {0: ("F1",), 7: ("F2",)}


def test_what_takes_too_long_is_refused_with_a_sentence(monkeypatch):
    monkeypatch.setattr(likeness_apart, "BOUNDS", Bounds(memory=1024, seconds=2))
    with pytest.raises(TooAlikeError) as refused:
        nearest_in_bounds(SLOWLY, SLOW)
    assert refused.value.sentence == sentence(TOO_ALIKE, seconds=2)


def test_a_file_with_too_much_to_compare_is_refused_and_changes_nothing(
    engine, tmp_path, monkeypatch
):
    with_units(engine)
    taken_in(engine, ledger(tmp_path / "十月.xlsx", [line(1, "往来款项长期挂账未清理")]))
    monkeypatch.setattr(likeness_apart, "MOST_HERE", 0)
    monkeypatch.setattr(likeness_apart, "BOUNDS", Bounds(memory=1024, seconds=0))
    reworded = [line(1, "往来款项长期挂账仍未清理"), line(2, "固定资产未入账")]
    [taken] = take(engine, ledger(tmp_path / "十一月.xlsx", reworded), as_of=NOVEMBER)
    assert taken.refused
    [fault] = taken.taken.faults
    assert fault.sentence == sentence(TOO_ALIKE, seconds=0)
