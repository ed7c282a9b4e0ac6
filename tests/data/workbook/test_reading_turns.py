"""Whose file is read when: few at once, one for an account, each within the bounds in force."""

from contextlib import ExitStack
from threading import BoundedSemaphore

import pytest

from data.workbook import reading_turns
from data.workbook.reading_turns import (
    AT_ONCE,
    Bounds,
    NoTurnError,
    bounds_in_force,
    reading_for,
    taken_into_memory,
    turn,
)

SHORT = Bounds(memory=900, seconds=30)


@pytest.fixture(autouse=True)
def places(monkeypatch):
    monkeypatch.setattr(reading_turns, "_places", BoundedSemaphore(AT_ONCE))


def of(account: str, held: ExitStack) -> None:
    """Hold a place for `account` until `held` is closed; raises `NoTurnError` if none is free."""
    with reading_for(account, SHORT):
        held.enter_context(turn(0))


def test_only_so_many_files_are_read_at_once():
    with ExitStack() as held:
        for number in range(AT_ONCE):
            of(f"unit{number}", held)
        with pytest.raises(NoTurnError):
            of("another", held)
    with ExitStack() as held:
        of("another", held)


def test_an_account_has_one_file_read_at_a_time_and_leaves_a_place_to_others():
    with ExitStack() as held:
        of("unit1", held)
        with pytest.raises(NoTurnError):
            of("unit1", held)
        of("unit2", held)


def test_files_of_nobody_in_particular_do_not_wait_for_each_other():
    with turn(0), turn(0):
        pass


def test_what_is_remembered_of_an_account_is_gone_with_its_file():
    with ExitStack() as held:
        of("unit3", held)
    assert "unit3" not in reading_turns._of_account


def test_files_are_read_within_the_bounds_of_whom_they_are_read_for():
    with reading_for("unit1", SHORT):
        assert bounds_in_force() == SHORT
    assert bounds_in_force() == Bounds()


def test_files_of_units_have_less_of_everything_and_never_more():
    assert Bounds().of_units(120) == Bounds(memory=1280, seconds=120, answer=128)
    assert SHORT.of_units(60) == Bounds(memory=900, seconds=30, answer=128)


def test_what_is_read_is_counted_for_whom_it_is_read():
    counted: list[int] = []
    with reading_for("unit1", SHORT, counted.append):
        taken_into_memory(5)
    taken_into_memory(7)
    assert counted == [5]
