"""Settings, each named once, read from the environment; unusable ones are refused at the start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from data.access.policy import Policy

DATABASE_URL = "GRIDLIGHT_DATABASE_URL"
HOME = "GRIDLIGHT_HOME"
LANGUAGE = "GRIDLIGHT_LANGUAGE"
TIME_ZONE = "GRIDLIGHT_TIME_ZONE"
HTTPS = "GRIDLIGHT_HTTPS"
DEMONSTRATION = "GRIDLIGHT_DEMONSTRATION"
PASSWORD_DAYS = "GRIDLIGHT_PASSWORD_DAYS"

LANGUAGES = ("zh_CN", "en")


class SettingsError(Exception):
    """A setting is unusable; the message names the variable and the remedy."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What may differ from one installation to the next."""

    database_url: str
    language: str
    time_zone: ZoneInfo
    https: bool
    """Browsers reach the dashboard by HTTPS only, so its cookie may demand it."""
    demonstration: bool
    """Accounts without a password may be entered by a click, if the data is a demonstration."""
    policy: Policy
    """Who comes in and how."""


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of `environ`; `SettingsError` for one that cannot be used."""
    return Settings(
        database_url=environ.get(DATABASE_URL) or _file(environ),
        language=_language(environ),
        time_zone=_time_zone(environ),
        https=_flag(environ, HTTPS),
        demonstration=_flag(environ, DEMONSTRATION),
        policy=policy(environ),
    )


def policy(environ: Mapping[str, str] = os.environ) -> Policy:
    """The rules of sign-in of `environ`."""
    return Policy(password_age=_password_age(environ))


def home(environ: Mapping[str, str] = os.environ) -> Path:
    """The data folder: GRIDLIGHT_HOME, or `gridlight` among the data of the user."""
    if environ.get(HOME):
        return Path(environ[HOME]).expanduser()
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "gridlight"


def _file(environ: Mapping[str, str]) -> str:
    return f"sqlite:///{home(environ).absolute() / 'gridlight.sqlite'}"


def _language(environ: Mapping[str, str]) -> str:
    language = environ.get(LANGUAGE) or LANGUAGES[0]
    if language not in LANGUAGES:
        raise SettingsError(f"{LANGUAGE} is {language!r}. Set it to one of {', '.join(LANGUAGES)}.")
    return language


def _time_zone(environ: Mapping[str, str]) -> ZoneInfo:
    name = environ.get(TIME_ZONE) or "Asia/Shanghai"
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SettingsError(
            f"{TIME_ZONE} is {name!r}. Set it to a name like Asia/Shanghai."
        ) from error


def _password_age(environ: Mapping[str, str]) -> timedelta | None:
    """How old a password may become; 0 days: as old as it likes."""
    days = _number(environ, PASSWORD_DAYS, 180, most=3650)
    return timedelta(days=days) if days else None


def _number(environ: Mapping[str, str], name: str, default: int, *, most: int) -> int:
    value = environ.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and int(value) <= most):
        raise SettingsError(f"{name} is {value!r}. Set it to a whole number from 0 to {most}.")
    return int(value)


def _flag(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name) or "0"
    if value not in ("0", "1"):
        raise SettingsError(f"{name} is {value!r}. Set it to 1 or 0.")
    return value == "1"
