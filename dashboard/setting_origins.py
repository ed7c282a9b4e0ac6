"""Where each setting comes from: the environment, else the settings file, else its default.

The service and the command line read the same file, so that both use the same database.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path

SETTINGS_FILE = "GRIDLIGHT_SETTINGS"
DATABASE_URL = "GRIDLIGHT_DATABASE_URL"
HOME = "GRIDLIGHT_HOME"
LANGUAGE = "GRIDLIGHT_LANGUAGE"
TIME_ZONE = "GRIDLIGHT_TIME_ZONE"
HTTPS = "GRIDLIGHT_HTTPS"
HOSTS = "GRIDLIGHT_HOSTS"
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
READER_MEMORY = "GRIDLIGHT_READER_MEMORY"
READER_SECONDS = "GRIDLIGHT_READER_SECONDS"
READER_SECONDS_OF_UNITS = "GRIDLIGHT_READER_SECONDS_OF_UNITS"
OIDC_ISSUER = "GRIDLIGHT_OIDC_ISSUER"
OIDC_CLIENT_ID = "GRIDLIGHT_OIDC_CLIENT_ID"
OIDC_CLIENT_SECRET_FILE = "GRIDLIGHT_OIDC_CLIENT_SECRET_FILE"
OIDC_ACCOUNT_CLAIM = "GRIDLIGHT_OIDC_ACCOUNT_CLAIM"
OIDC_ROLE_CLAIM = "GRIDLIGHT_OIDC_ROLE_CLAIM"
OIDC_ROLES = "GRIDLIGHT_OIDC_ROLES"
OIDC_UNIT_CLAIM = "GRIDLIGHT_OIDC_UNIT_CLAIM"
OIDC_PROVISION = "GRIDLIGHT_OIDC_PROVISION"
OIDC_SIGN_OUT = "GRIDLIGHT_OIDC_SIGN_OUT"
OIDC_LABEL = "GRIDLIGHT_OIDC_LABEL"
PROXY_ACCOUNT_HEADER = "GRIDLIGHT_PROXY_ACCOUNT_HEADER"
SECOND_FACTOR_ELSEWHERE = "GRIDLIGHT_SECOND_FACTOR_ELSEWHERE"
DEFAULTS: dict[str, str | None] = {
    DATABASE_URL: None,
    HOME: None,
    LANGUAGE: "zh_CN",
    TIME_ZONE: "Asia/Shanghai",
    HTTPS: "0",
    HOSTS: "",
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
    READER_MEMORY: "2048",
    READER_SECONDS: "600",
    READER_SECONDS_OF_UNITS: "120",
    OIDC_ISSUER: "",
    OIDC_CLIENT_ID: "",
    OIDC_CLIENT_SECRET_FILE: "",
    OIDC_ACCOUNT_CLAIM: "preferred_username",
    OIDC_ROLE_CLAIM: "",
    OIDC_ROLES: "",
    OIDC_UNIT_CLAIM: "",
    OIDC_PROVISION: "0",
    OIDC_SIGN_OUT: "1",
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
