"""The settings of who comes in: each read once, each refused where it cannot be used."""

from datetime import timedelta

import pytest

from dashboard import settings
from dashboard.settings import SettingsError


def test_passwords_are_replaced_after_half_a_year_unless_said_otherwise():
    assert settings.policy({}).password_age == timedelta(days=180)
    assert settings.policy({settings.PASSWORD_DAYS: "90"}).password_age == timedelta(days=90)
    assert settings.policy({settings.PASSWORD_DAYS: "0"}).password_age is None


@pytest.mark.parametrize("value", ["-1", "ninety", "1.5", "99999", "９０"])
def test_an_age_that_is_none_is_refused(value):
    with pytest.raises(SettingsError, match=settings.PASSWORD_DAYS):
        settings.policy({settings.PASSWORD_DAYS: value})


def test_a_session_is_idle_after_half_an_hour_unless_said_otherwise():
    assert settings.policy({}).idle == timedelta(minutes=30)
    assert settings.policy({settings.IDLE_MINUTES: "10"}).idle == timedelta(minutes=10)
    assert settings.policy({settings.IDLE_MINUTES: "0"}).idle is None


def test_five_browsers_at_once_unless_said_otherwise():
    assert settings.policy({}).most_sessions == 5
    assert settings.policy({settings.SESSIONS: "0"}).most_sessions is None
    with pytest.raises(SettingsError, match=settings.SESSIONS):
        settings.policy({settings.SESSIONS: "many"})
