"""What is to be done next in words: what, by whom, until when, in both languages."""

from datetime import date, timedelta

import pytest

from dashboard.act_words import of_act
from dashboard.i18n import use_language
from data.meetings.held import MeetingLine
from models.rectification import Step
from models.rules.next_act import Act, NextAct
from models.work import MeetingKind

DAY = date(2026, 6, 30)
TOMORROW, YESTERDAY = DAY + timedelta(1), DAY - timedelta(1)


@pytest.mark.parametrize(
    ("act", "english", "chinese"),
    [
        (
            NextAct(Act.RECTIFY, until=TOMORROW),
            ("Rectify; submit for closure or an extension", "School", "by 2026-07-01"),
            ("完成整改，提请销号或延期", "School", "期限2026-07-01"),
        ),
        (
            NextAct(Act.RECTIFY, until=DAY),
            ("Rectify; submit for closure or an extension", "School", "by 2026-06-30"),
            ("完成整改，提请销号或延期", "School", "期限2026-06-30"),
        ),
        (
            NextAct(Act.REPLY, Step.REMINDER, YESTERDAY),
            ("Reply to the step “Reminder”", "School", "was due by 2026-06-29"),
            ("回复“提醒函”", "School", "期限2026-06-29已过"),
        ),
        (
            NextAct(Act.ISSUE, Step.SUPERVISION, DAY),
            ("Issue a supervision letter", "Committee office", "due since 2026-06-30"),
            ("发督办函", "审计办", "自2026-06-30起应办"),
        ),
        (
            NextAct(Act.ISSUE, Step.SUPERVISION, TOMORROW),
            ("If still open: Issue a supervision letter", "Committee office", "by 2026-07-01"),
            ("届时仍未整改的，发督办函", "审计办", "期限2026-07-01"),
        ),
        (
            NextAct(Act.REVIEW),
            (
                "Review; close or return it",
                "Committee office",
                "waiting 10 days since 2026-06-20, no limit",
            ),
            (
                "审核销号材料，予以销号或退回",
                "审计办",
                "2026-06-20起已待10天，未设期限",
            ),
        ),
        (
            NextAct(Act.RESUME),
            (
                "Resume it once the reason for suspending is gone",
                "Committee office",
                "no limit set",
            ),
            ("中止事由消除后，恢复整改", "审计办", "未设期限"),
        ),
        (
            NextAct(Act.DECIDE, Step.COMMITTEE),
            ("Hear the results, and decide what follows", "Audit committee"),
            ("听取整改落实情况，研究后续措施", "区委审计委员会"),
        ),
    ],
)
def test_an_act_says_what_by_whom_and_until_when(
    act: NextAct, english: tuple[str, ...], chinese: tuple[str, ...]
) -> None:
    for language, expected in (("en", english), ("zh_CN", chinese)):
        with use_language(language):
            done = of_act(act, DAY, "School", None, DAY - timedelta(10))
            assert done.pieces(DAY) == expected


def test_the_committee_decides_at_its_next_meeting() -> None:
    meeting = MeetingLine("M1", "第一次会议", MeetingKind.COMMITTEE, TOMORROW, None, 0, 0)
    with use_language("en"):
        done = of_act(NextAct(Act.DECIDE, Step.COMMITTEE), DAY, "School", meeting)
    assert done.until == TOMORROW
    assert not done.due_since


@pytest.mark.parametrize("act", [Act.REPLY, Act.ISSUE])
def test_an_act_is_late_from_the_day_after_it_was_to_be_done_whoever_does_it(act: Act) -> None:
    late = [
        of_act(NextAct(act, Step.REMINDER, until), DAY, "School", None).is_late(DAY)
        for until in (YESTERDAY, DAY, TOMORROW)
    ]
    assert late == [True, False, False]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "by 2026-07-01, 2 days past"),
        ("zh_CN", "原定期限2026-07-01，现已逾期2天"),
    ],
)
def test_a_limit_that_passed_since_the_day_of_the_figures_says_so(language, said):
    with use_language(language):
        done = of_act(NextAct(Act.RECTIFY, until=TOMORROW), DAY, "School", None)
        assert done.pieces(DAY, TOMORROW + timedelta(2))[-1] == said
        # Until it is past, and past already then, it is said as of that day.
        assert done.pieces(DAY, TOMORROW)[-1] == done.pieces(DAY)[-1]
        late = of_act(NextAct(Act.RECTIFY, until=YESTERDAY), DAY, "School", None)
        assert late.pieces(DAY, TOMORROW)[-1] == late.pieces(DAY)[-1]
