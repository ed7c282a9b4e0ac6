"""The page of a unit answers who holds which post since when, and which stand empty."""

from datetime import date, timedelta

import pytest

from dashboard.charts.status_colours import Tone
from dashboard.screens import unit_audits
from dashboard.screens.unit_people import Post, in_order, standing
from models.duty import PostRole
from models.warning import Level

DAY = date(2026, 6, 30)


def appointment(role: PostRole, until: date | None = None) -> dict[str, object]:
    return {"role": str(role), "name": "张某", "from_on": date(2024, 1, 1), "until_on": until}


def test_a_post_is_held_until_the_day_on_which_it_is_given_up():
    held = Post(PostRole.AUDITOR, appointment(PostRole.AUDITOR, DAY + timedelta(1)))
    left = Post(PostRole.AUDITOR, appointment(PostRole.AUDITOR, DAY))
    assert [standing(each, DAY).tone for each in (held, left)] == [Tone.GOOD, Tone.SILENT]


@pytest.mark.parametrize(("level", "tone"), [(Level.RED, Tone.BAD), (Level.YELLOW, Tone.WARN)])
def test_an_empty_post_has_the_tone_of_its_level_and_says_for_how_long(level, tone):
    empty = standing(Post(PostRole.AUDITOR, None, DAY - timedelta(12), level), DAY)
    assert empty.tone is tone and "12" in empty.word


def test_present_holders_stand_before_those_who_left_and_in_the_order_of_posts():
    rows = (
        appointment(PostRole.PRINCIPAL, DAY - timedelta(1)),
        appointment(PostRole.AUDITOR),
        appointment(PostRole.PRINCIPAL),
    )
    assert [(each.role, each.held_on(DAY)) for each in in_order(rows, DAY)] == [
        (PostRole.PRINCIPAL, True),
        (PostRole.AUDITOR, True),
        (PostRole.PRINCIPAL, False),
    ]


def test_a_project_is_done_running_late_to_begin_or_ahead():
    row = {"planned_on": DAY - timedelta(9), "started_on": None, "completed_on": None}
    late = unit_audits.done(row, DAY)
    running = unit_audits.done(row | {"started_on": DAY - timedelta(3)}, DAY)
    finished = unit_audits.done(row | {"started_on": DAY, "completed_on": DAY}, DAY)
    ahead = unit_audits.done(row | {"planned_on": DAY + timedelta(1)}, DAY)
    told = [each.tone for each in (late, running, finished, ahead)]
    assert told == [Tone.WARN, Tone.ONGOING, Tone.GOOD, Tone.ONGOING]
    assert "9" in late.word and "3" in running.word
