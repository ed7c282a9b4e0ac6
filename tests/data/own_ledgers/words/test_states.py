"""The state of a finding by two words."""

import pytest

from data.own_ledgers.words.phrases import Phrases
from data.own_ledgers.words.stated import State
from data.own_ledgers.words.states import Contradiction, state_of
from data.reference.lists import shipped

PHRASES = Phrases(shipped().lists["own_words"], {})


@pytest.mark.parametrize(
    ("how_far", "closure", "state"),
    [
        ("已完成", "已销号", State.CLOSE),
        ("已整改", "√", State.CLOSE),
        ("已完成整改", "是", State.CLOSE),
        ("是", "是", State.CLOSE),
        ("", "已销号", State.CLOSE),
        ("已销号", "", State.CLOSE),
        ("已完成", "", State.SUBMIT),
        ("已完成", "未销号", State.SUBMIT),
        ("是", "否", State.SUBMIT),
        ("正在整改", "审核中", State.SUBMIT),
        ("正在整改", "未销号", State.PROGRESS),
        ("推进中", "", State.PROGRESS),
        ("部分整改", "", State.PROGRESS),
        ("整改中(80%)", "", State.PROGRESS),
        ("基本完成", "", State.PROGRESS),
        ("未完成", "", State.NONE),
        ("否", "否", State.NONE),
        ("", "", State.NONE),
        ("已移送", "", State.TRANSFER),
        ("已移送区纪委", "未销号", State.TRANSFER),
        ("未完成", "已销号", Contradiction.CLOSED_BUT_NOT_DONE),
        ("正在整改", "已销号", Contradiction.CLOSED_BUT_IN_PROGRESS),
        ("未完成", "申请销号", Contradiction.SUBMITTED_BUT_NOT_DONE),
        ("已销号", "未销号", Contradiction.CLOSED_BUT_NOT_CLOSED),
    ],
)
def test_two_words_make_a_state(how_far: str, closure: str, state: State | Contradiction) -> None:
    said = PHRASES.code("state", how_far) if how_far else None
    closed = PHRASES.code("closure", closure) if closure else None
    assert state_of(said, closed) == state


def test_a_word_of_the_form_goes_before_one_of_the_list() -> None:
    own = Phrases(shipped().lists["own_words"], {"state": {"基本完成": "DONE"}})
    assert own.code("state", "基本完成") == "DONE"


def test_an_unknown_word_has_no_code() -> None:
    assert PHRASES.code("state", "另行研究") is None
