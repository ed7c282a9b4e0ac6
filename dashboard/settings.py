"""Settings from the environment, else the settings file, else by default; each has one name.

The service and the command line read the same file, so that both use the same database. Unusable
settings are refused at the start, with the place where they were found.
"""

import logging
import os
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from functools import lru_cache, wraps
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from data.access.accounts import ADMINISTRATORS
from data.access.policy import Policy
from models.account import Role, role_of

SETTINGS_FILE = "GRIDLIGHT_SETTINGS"
DATABASE_URL = "GRIDLIGHT_DATABASE_URL"
HOME = "GRIDLIGHT_HOME"
LANGUAGE = "GRIDLIGHT_LANGUAGE"
TIME_ZONE = "GRIDLIGHT_TIME_ZONE"
HTTPS = "GRIDLIGHT_HTTPS"
TRUSTED_PROXIES = "GRIDLIGHT_TRUSTED_PROXIES"
DEMONSTRATION = "GRIDLIGHT_DEMONSTRATION"
PASSWORD_DAYS = "GRIDLIGHT_PASSWORD_DAYS"
IDLE_MINUTES = "GRIDLIGHT_IDLE_MINUTES"
SESSIONS = "GRIDLIGHT_SESSIONS"
SECOND_FACTOR = "GRIDLIGHT_SECOND_FACTOR"
KEY_FILE = "GRIDLIGHT_KEY_FILE"
LOG_KEY_FILE = "GRIDLIGHT_LOG_KEY_FILE"
METRICS_PORT = "GRIDLIGHT_METRICS_PORT"
METRICS_ADDRESS = "GRIDLIGHT_METRICS_ADDRESS"
LOG_FORMAT = "GRIDLIGHT_LOG_FORMAT"
LOG_LEVEL = "GRIDLIGHT_LOG_LEVEL"
SLOW_QUERY_MS = "GRIDLIGHT_SLOW_QUERY_MS"
OIDC_ISSUER = "GRIDLIGHT_OIDC_ISSUER"
OIDC_CLIENT_ID = "GRIDLIGHT_OIDC_CLIENT_ID"
OIDC_CLIENT_SECRET_FILE = "GRIDLIGHT_OIDC_CLIENT_SECRET_FILE"
OIDC_ACCOUNT_CLAIM = "GRIDLIGHT_OIDC_ACCOUNT_CLAIM"
OIDC_ROLE_CLAIM = "GRIDLIGHT_OIDC_ROLE_CLAIM"
OIDC_ROLES = "GRIDLIGHT_OIDC_ROLES"
OIDC_UNIT_CLAIM = "GRIDLIGHT_OIDC_UNIT_CLAIM"
OIDC_PROVISION = "GRIDLIGHT_OIDC_PROVISION"
OIDC_LABEL = "GRIDLIGHT_OIDC_LABEL"
PROXY_ACCOUNT_HEADER = "GRIDLIGHT_PROXY_ACCOUNT_HEADER"
SECOND_FACTOR_ELSEWHERE = "GRIDLIGHT_SECOND_FACTOR_ELSEWHERE"

DEFAULTS: dict[str, str | None] = {
    DATABASE_URL: None,
    HOME: None,
    LANGUAGE: "zh_CN",
    TIME_ZONE: "Asia/Shanghai",
    HTTPS: "0",
    TRUSTED_PROXIES: "",
    DEMONSTRATION: "0",
    PASSWORD_DAYS: "180",
    IDLE_MINUTES: "30",
    SESSIONS: "5",
    SECOND_FACTOR: "administrators",
    KEY_FILE: None,
    LOG_KEY_FILE: None,
    METRICS_PORT: "0",
    METRICS_ADDRESS: "127.0.0.1",
    LOG_FORMAT: "text",
    LOG_LEVEL: "warning",
    SLOW_QUERY_MS: "1000",
    OIDC_ISSUER: "",
    OIDC_CLIENT_ID: "",
    OIDC_CLIENT_SECRET_FILE: "",
    OIDC_ACCOUNT_CLAIM: "preferred_username",
    OIDC_ROLE_CLAIM: "",
    OIDC_ROLES: "",
    OIDC_UNIT_CLAIM: "",
    OIDC_PROVISION: "0",
    OIDC_LABEL: "",
    PROXY_ACCOUNT_HEADER: "",
    SECOND_FACTOR_ELSEWHERE: "0",
}
"""Every setting by its environment variable, with what holds where it is not named; None is worked
out. In the file it has the name without the prefix, in small letters: GRIDLIGHT_TIME_ZONE is
`time_zone`."""
READ_FROM = (*DEFAULTS, SETTINGS_FILE, "XDG_DATA_HOME", "HOME")
"""All environment variables on which settings depend."""
PREFIX = "GRIDLIGHT_"
FILE_NAME = "gridlight.toml"
FILE_OF_MACHINE = Path("/etc/gridlight") / FILE_NAME
LOG_KEY_NAME = "access-log.key"

NO_ROLE, ALL_ADMINISTRATORS = "none", "administrators"
LANGUAGES = ("zh_CN", "en")
LOG_FORMATS = ("text", "json")
LOG_LEVELS = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}


Network = IPv4Network | IPv6Network


class SettingsError(Exception):
    """A setting is unusable; the message says where it was found and what to do."""


class Source(Enum):
    """Where the value of a setting was found."""

    OPTION = "option"
    ENVIRONMENT = "environment"
    FILE = "file"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Given:
    """A setting as text, with the place where it was found."""

    variable: str
    text: str
    source: Source
    place: str
    """The option, the variable, or the file and the name in it; empty for default values."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of an installation, parsed."""

    database_url: str
    language: str
    time_zone: ZoneInfo
    https: bool
    """Whether browsers use HTTPS only, so that cookies can require it."""
    trusted_proxies: tuple[Network, ...]
    """The networks of proxies that are trusted to report visitors' addresses."""
    demonstration: bool
    """Whether accounts without a password open by a click, if the data is a demonstration."""
    policy: Policy
    """The sign-in policy."""
    metrics_port: int
    """The port of the metrics; 0 turns them off."""
    metrics_address: str
    log_json: bool
    log_level: int
    slow_query: float | None
    """Statements that take at least this many seconds are logged; None for never."""


Found = TypeVar("Found")


def remembered(read: Callable[[Mapping[str, str]], Found]) -> Callable[..., Found]:
    """Cache the settings that `read` returns until the environment or the file changes.

    A page asks a dozen times a run, and reading them all takes as long as a query.
    """

    @lru_cache(maxsize=8)
    def kept(environ: tuple[tuple[str, str], ...], _path: Path | None, _changed: int) -> Found:
        return read(dict(environ))

    @wraps(read)
    def found(environ: Mapping[str, str] = os.environ) -> Found:
        asked = tuple((name, environ[name]) for name in READ_FROM if name in environ)
        path = file_in_use(environ)
        changed = path.stat().st_mtime_ns if path and path.exists() else 0
        return kept(asked, path, changed)

    return found


@remembered
def in_use(environ: Mapping[str, str]) -> Settings:
    """The settings in use; raises `SettingsError` if one is unusable."""
    given = {each.variable: each for each in origins(environ)}
    return Settings(
        database_url=given[DATABASE_URL].text,
        language=_word(given[LANGUAGE], LANGUAGES),
        time_zone=_time_zone(given[TIME_ZONE]),
        https=flag(given[HTTPS]),
        trusted_proxies=_networks(given[TRUSTED_PROXIES]),
        demonstration=flag(given[DEMONSTRATION]),
        policy=_policy(given),
        metrics_port=_number(given[METRICS_PORT], most=65_535),
        metrics_address=_address(given[METRICS_ADDRESS]),
        log_json=_word(given[LOG_FORMAT], LOG_FORMATS) == "json",
        log_level=LOG_LEVELS[_word(given[LOG_LEVEL], tuple(LOG_LEVELS))],
        slow_query=_number(given[SLOW_QUERY_MS], most=3_600_000) / 1000 or None,
    )


@remembered
def policy(environ: Mapping[str, str]) -> Policy:
    """The sign-in policy in the settings."""
    return _policy({each.variable: each for each in origins(environ)})


def _policy(given: Mapping[str, Given]) -> Policy:
    # 0 always means no limit.
    days = _number(given[PASSWORD_DAYS], most=3650)
    minutes = _number(given[IDLE_MINUTES], most=480)
    return Policy(
        password_age=timedelta(days=days) if days else None,
        idle=timedelta(minutes=minutes) if minutes else None,
        most_sessions=_number(given[SESSIONS], most=1000) or None,
        second_factor=_second_factor(
            given[SECOND_FACTOR], demonstration=flag(given[DEMONSTRATION])
        ),
        factor_left=flag(given[SECOND_FACTOR_ELSEWHERE]),
    )


def origins(environ: Mapping[str, str] = os.environ) -> list[Given]:
    """Every setting as text with its place, in the order of `DEFAULTS`."""
    path = file_in_use(environ)
    in_file = _values_of(path) if path else {}
    return [_given(variable, environ, path, in_file) for variable in DEFAULTS]


def is_given(variable: str, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the environment or the file sets a setting."""
    return any(
        each.source is not Source.DEFAULT for each in origins(environ) if each.variable == variable
    )


def file_in_use(environ: Mapping[str, str] = os.environ) -> Path | None:
    """The settings file; None if there is none.

    The one of GRIDLIGHT_SETTINGS, else that in /etc/gridlight, else that in the data folder.
    """
    if environ.get(SETTINGS_FILE):
        return Path(environ[SETTINGS_FILE]).expanduser()
    for path in (FILE_OF_MACHINE, _home_of_user(environ) / FILE_NAME):
        if path.exists():
            return path
    return None


def home(environ: Mapping[str, str] = os.environ) -> Path:
    """The data folder: the setting `home`, else `gridlight` in the user's data folder."""
    path = file_in_use(environ)
    named = (_values_of(path) if path else {}).get(HOME)
    if named and not environ.get(HOME):
        return Path(named).expanduser()
    return _home_of_user(environ)


def _home_of_user(environ: Mapping[str, str]) -> Path:
    if environ.get(HOME):
        return Path(environ[HOME]).expanduser()
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "gridlight"


def _given(
    variable: str, environ: Mapping[str, str], path: Path | None, in_file: Mapping[str, str]
) -> Given:
    if environ.get(variable):
        return Given(variable, environ[variable], Source.ENVIRONMENT, variable)
    if variable in in_file:
        return Given(variable, in_file[variable], Source.FILE, f"{path}: {_name(variable)}")
    if variable == LOG_KEY_FILE:
        other = Path(_given(KEY_FILE, environ, path, in_file).text)
        return Given(variable, str(other.with_name(LOG_KEY_NAME)), Source.DEFAULT, "")
    return Given(variable, _default(variable, environ), Source.DEFAULT, "")


def _default(variable: str, environ: Mapping[str, str]) -> str:
    if variable == DATABASE_URL:
        return f"sqlite:///{home(environ).absolute() / 'gridlight.sqlite'}"
    if variable == KEY_FILE:
        return str(home(environ).absolute() / "sign-in.key")
    default = DEFAULTS[variable]
    return str(_home_of_user(environ)) if default is None else default


def _name(variable: str) -> str:
    """The name of a setting in the file."""
    return variable.removeprefix(PREFIX).lower()


def _values_of(path: Path) -> Mapping[str, str]:
    """The settings in a file as texts, by variable; read again after the file changes."""
    try:
        changed = path.stat().st_mtime_ns
    except OSError as error:
        raise SettingsError(
            f"The settings file {path} cannot be read: {error.strerror}."
        ) from error
    return _read(path, changed)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Mapping[str, str]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(
            f"The settings file {path} cannot be read: {error.strerror}."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"The settings file {path} is not TOML: {error}.") from error
    known = {_name(variable): variable for variable in DEFAULTS}
    values = {}
    for name, value in content.items():
        if name not in known:
            names = ", ".join(known)
            raise SettingsError(f"{path}: there is no setting {name!r}. There are {names}.")
        if not isinstance(value, str | bool | int):
            raise SettingsError(f"{path}: {name} must be a text, a number, true or false.")
        values[known[name]] = str(int(value)) if isinstance(value, bool) else str(value)
    return values


def _word(given: Given, words: Sequence[str]) -> str:
    if given.text not in words:
        names = ", ".join(words)
        raise SettingsError(f"{given.place} is {given.text!r}. Set it to one of {names}.")
    return given.text


def _time_zone(given: Given) -> ZoneInfo:
    try:
        return ZoneInfo(given.text)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SettingsError(
            f"{given.place} is {given.text!r}. Set it to a name like Asia/Shanghai."
        ) from error


def _address(given: Given) -> str:
    try:
        return str(ip_address(given.text))
    except ValueError as error:
        raise SettingsError(
            f"{given.place} is {given.text!r}. Set it to an address like 127.0.0.1."
        ) from error


def _networks(given: Given) -> tuple[Network, ...]:
    """Addresses and networks, separated by commas."""
    try:
        return tuple(ip_network(each.strip()) for each in given.text.split(",") if each.strip())
    except ValueError as error:
        raise SettingsError(
            f"{given.place} is {given.text!r}. Set it to addresses or networks like 127.0.0.1 or"
            " 10.1.2.0/28, separated by commas."
        ) from error


def _number(given: Given, *, most: int) -> int:
    text = given.text
    if not (text.isascii() and text.isdigit() and int(text) <= most):
        raise SettingsError(
            f"{given.place} is {text!r}. Set it to a whole number from 0 to {most}."
        )
    return int(text)


def _second_factor(given: Given, *, demonstration: bool) -> frozenset[Role]:
    """The roles that need a second factor; in a demonstration none by default."""
    if given.source is Source.DEFAULT and demonstration:
        return frozenset()
    words = [word.strip() for word in given.text.split(",")]
    if words == [NO_ROLE]:
        return frozenset()
    needed: set[Role] = set()
    for word in words:
        role = role_of(word)
        if role is None and word != ALL_ADMINISTRATORS:
            raise SettingsError(
                f"{given.place} is {given.text!r}. Set it to {NO_ROLE}, {ALL_ADMINISTRATORS}, or"
                f" some of {', '.join(Role)}, separated by commas."
            )
        needed |= {role} if role else set(ADMINISTRATORS)
    return frozenset(needed)


def flag(given: Given) -> bool:
    """Whether a setting is 1; anything but 0 or 1 is refused."""
    if given.text not in ("0", "1"):
        raise SettingsError(f"{given.place} is {given.text!r}. Set it to 1 or 0.")
    return given.text == "1"
