"""The settings of who comes in: each read once, each refused where it cannot be used."""

import errno
from datetime import timedelta

import pytest

from dashboard import key_files, setting_origins, settings
from dashboard.setting_origins import SettingsError
from data.access.accounts import ADMINISTRATORS
from data.store import new_files
from models.account import Role


def test_passwords_are_replaced_after_half_a_year_unless_said_otherwise():
    assert settings.policy({}).password_age == timedelta(days=180)
    assert settings.policy({setting_origins.PASSWORD_DAYS: "90"}).password_age == timedelta(days=90)
    assert settings.policy({setting_origins.PASSWORD_DAYS: "0"}).password_age is None


@pytest.mark.parametrize("value", ["-1", "ninety", "1.5", "99999", "９０"])
def test_an_age_that_is_none_is_refused(value):
    with pytest.raises(SettingsError, match=setting_origins.PASSWORD_DAYS):
        settings.policy({setting_origins.PASSWORD_DAYS: value})


def test_a_session_is_idle_after_half_an_hour_unless_said_otherwise():
    assert settings.policy({}).idle == timedelta(minutes=30)
    assert settings.policy({setting_origins.IDLE_MINUTES: "10"}).idle == timedelta(minutes=10)
    assert settings.policy({setting_origins.IDLE_MINUTES: "0"}).idle is None


def test_five_browsers_at_once_unless_said_otherwise():
    assert settings.policy({}).most_sessions == 5
    assert settings.policy({setting_origins.SESSIONS: "0"}).most_sessions is None
    with pytest.raises(SettingsError, match=setting_origins.SESSIONS):
        settings.policy({setting_origins.SESSIONS: "many"})


@pytest.mark.parametrize(
    ("said", "roles"),
    [
        ({}, set(ADMINISTRATORS)),
        ({setting_origins.DEMONSTRATION: "1"}, set()),
        ({setting_origins.SECOND_FACTOR: "none"}, set()),
        ({setting_origins.SECOND_FACTOR: "leader, steward"}, {Role.LEADER, Role.STEWARD}),
        ({setting_origins.SECOND_FACTOR: "administrators,leader"}, {*ADMINISTRATORS, Role.LEADER}),
        (
            {setting_origins.SECOND_FACTOR: "leader", setting_origins.DEMONSTRATION: "1"},
            {Role.LEADER},
        ),
    ],
)
def test_administrators_need_a_second_factor_unless_said_otherwise(said, roles):
    assert settings.policy(said).second_factor == roles


@pytest.mark.parametrize("said", ["mayor", "leader,", "none,leader"])
def test_a_role_that_is_none_is_refused(said):
    with pytest.raises(SettingsError, match=setting_origins.SECOND_FACTOR):
        settings.policy({setting_origins.SECOND_FACTOR: said})


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path):
    file = tmp_path / "folder" / "key"
    closed = key_files.seal({setting_origins.KEY_FILE: str(file)}).closed("secret")
    assert file.stat().st_mode & 0o777 == 0o600
    key_files._seal.cache_clear()
    assert key_files.seal({setting_origins.KEY_FILE: str(file)}).opened(closed) == "secret"


def test_the_key_lies_in_the_data_folder_unless_said_otherwise(tmp_path):
    key_files.seal({setting_origins.HOME: str(tmp_path)})
    assert (tmp_path / "sign-in.key").exists()


def test_a_damaged_key_is_refused_with_its_remedy(tmp_path):
    file = tmp_path / "key"
    file.write_text("no key")
    with pytest.raises(SettingsError, match="Put back"):
        key_files.seal({setting_origins.KEY_FILE: str(file)})


def test_an_empty_key_is_named_with_its_remedy_at_the_start(tmp_path):
    file = tmp_path / "key"
    file.touch()
    with pytest.raises(SettingsError, match="is empty.*delete it"):
        key_files.require_key({setting_origins.KEY_FILE: str(file)})


def test_at_the_start_no_key_is_made(tmp_path):
    key_files.require_key({setting_origins.KEY_FILE: str(tmp_path / "key")})
    assert not list(tmp_path.iterdir())


def test_no_half_key_is_left_on_a_full_disk(tmp_path, monkeypatch):
    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(new_files.os, "fsync", full)
    with pytest.raises(SettingsError, match="cannot be used"):
        key_files.seal({setting_origins.KEY_FILE: str(tmp_path / "key")})
    assert not list(tmp_path.iterdir())
