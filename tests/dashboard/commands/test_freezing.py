"""`gridlight freeze`."""

import pytest

from tests.dashboard.commands.calling import Shell, log


def test_the_figures_of_a_meeting_are_frozen(filled: Shell) -> None:
    said = filled.done("freeze", "M1", "--as-of", "2026-06-30")
    assert "version 1: figures of 2026-06-30, after import 1, SHA-256 " in said
    who, what, subject = log(filled)[0]
    assert (who, what) == ("operator", "frozen")
    assert subject.startswith("1 sha256:")


def test_a_second_freeze_is_a_new_version(filled: Shell) -> None:
    filled.done("freeze", "M1")
    assert "version 2:" in filled.done("freeze", "M1")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("M9",), "no meeting M9"),
        (("M1", "--as-of", "1999-12-31"), "not between 2000-01-01"),
    ],
)
def test_what_cannot_be_frozen_is_refused(filled: Shell, words: tuple[str, ...], said: str) -> None:
    assert said in filled.refused("freeze", *words)


def test_a_text_that_is_no_day_is_wrong_usage(filled: Shell) -> None:
    assert "is not a day" in filled.misused("freeze", "M1", "--as-of", "soon")
