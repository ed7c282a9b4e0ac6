"""The settings of an installation, read from their texts.

Unusable settings are refused at the start, with the place where they were found.
"""

import logging
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache, wraps
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dashboard.setting_origins import (
    DATABASE_URL,
    DEMONSTRATION,
    HOSTS,
    HTTPS,
    IDLE_MINUTES,
    LANGUAGE,
    LOG_FORMAT,
    LOG_LEVEL,
    METRICS_ADDRESS,
    METRICS_PORT,
    PASSWORD_DAYS,
    READ_FROM,
    READER_MEMORY,
    READER_SECONDS,
    READER_SECONDS_OF_UNITS,
    SECOND_FACTOR,
    SECOND_FACTOR_ELSEWHERE,
    SESSIONS,
    SLOW_QUERY_MS,
    TIME_ZONE,
    TRUSTED_PROXIES,
    Given,
    SettingsError,
    Source,
    file_in_use,
    origins,
)
from data.access.accounts import ADMINISTRATORS
from data.access.permission import Viewer
from data.access.policy import Policy
from data.workbook.reading_turns import Bounds
from models.account import Role, role_of

NO_ROLE, ALL_ADMINISTRATORS = "none", "administrators"
LANGUAGES = ("zh_CN", "en")
LOG_FORMATS = ("text", "json")
LOG_LEVELS = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}


HOST = re.compile(r"[a-z0-9_-]++(?:\.[a-z0-9_-]++)*+|\[?[0-9a-f]*+:[0-9a-f:.]++\]?")
"""The name of a host or its address, in small letters."""
Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of an installation, parsed."""

    database_url: str
    language: str
    time_zone: ZoneInfo
    https: bool
    """Whether browsers use HTTPS only, so that cookies can require it."""
    hosts: frozenset[str]
    """The names and addresses under which browsers may ask for pages, in small letters and without
    a port; empty for any."""
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
    reading: Bounds
    """What reading a file may take."""
    reading_of_units: Bounds
    """The same for files of accounts that see only part of the district."""

    def reading_for(self, viewer: Viewer | None) -> Bounds:
        """What reading a file of `viewer` may take."""
        limited = viewer is None or viewer.sectors is not None or viewer.units is not None
        return self.reading_of_units if limited else self.reading


Found = TypeVar("Found")
_held: ContextVar[dict[Callable[..., object], Any] | None] = ContextVar("_held", default=None)


@contextmanager
def held() -> Iterator[None]:
    """Look up the settings of the environment once within the block, as a run of a page asks for
    them dozens of times."""
    before = _held.set({})
    try:
        yield
    finally:
        _held.reset(before)


def remembered(read: Callable[[Mapping[str, str]], Found]) -> Callable[..., Found]:
    """Cache the settings that `read` returns until the environment or the file changes.

    A page asks a dozen times a run, and reading them all takes as long as a query.
    """

    @lru_cache(maxsize=8)
    def kept(environ: tuple[tuple[str, str], ...], _path: Path | None, _changed: int) -> Found:
        return read(dict(environ))

    @wraps(read)
    def found(environ: Mapping[str, str] = os.environ) -> Found:
        held_here = _held.get() if environ is os.environ else None
        if held_here is None:
            return looked_up(environ)
        if read not in held_here:
            held_here[read] = looked_up(environ)
        answer: Found = held_here[read]
        return answer

    def looked_up(environ: Mapping[str, str]) -> Found:
        asked = tuple((name, environ[name]) for name in READ_FROM if name in environ)
        path = file_in_use(environ)
        changed = path.stat().st_mtime_ns if path and path.exists() else 0
        return kept(asked, path, changed)

    return found


@remembered
def in_use(environ: Mapping[str, str]) -> Settings:
    """The settings in use; raises `SettingsError` if one is unusable."""
    given = {each.variable: each for each in origins(environ)}
    reading = _reading(given)
    return Settings(
        database_url=given[DATABASE_URL].text,
        language=_word(given[LANGUAGE], LANGUAGES),
        time_zone=_time_zone(given[TIME_ZONE]),
        https=flag(given[HTTPS]),
        hosts=_hosts(given[HOSTS]),
        trusted_proxies=_networks(given[TRUSTED_PROXIES]),
        demonstration=flag(given[DEMONSTRATION]),
        policy=_policy(given),
        metrics_port=_number(given[METRICS_PORT], most=65_535),
        metrics_address=_address(given[METRICS_ADDRESS]),
        log_json=_word(given[LOG_FORMAT], LOG_FORMATS) == "json",
        log_level=LOG_LEVELS[_word(given[LOG_LEVEL], tuple(LOG_LEVELS))],
        slow_query=_number(given[SLOW_QUERY_MS], most=3_600_000) / 1000 or None,
        reading=reading,
        reading_of_units=reading.of_units(
            _number(given[READER_SECONDS_OF_UNITS], least=10, most=3600)
        ),
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


def _hosts(given: Given) -> frozenset[str]:
    """Names of hosts or addresses, separated by commas."""
    names = [each.strip().lower().rstrip(".") for each in given.text.split(",") if each.strip()]
    if not all(HOST.fullmatch(each) for each in names):
        raise SettingsError(
            f"{given.place} is {given.text!r}. Set it to names of hosts like grid.example or"
            " addresses like 10.1.2.3, without port, separated by commas."
        )
    return frozenset(each.strip("[]") for each in names)


def _networks(given: Given) -> tuple[Network, ...]:
    """Addresses and networks, separated by commas."""
    try:
        return tuple(ip_network(each.strip()) for each in given.text.split(",") if each.strip())
    except ValueError as error:
        raise SettingsError(
            f"{given.place} is {given.text!r}. Set it to addresses or networks like 127.0.0.1 or"
            " 10.1.2.0/28, separated by commas."
        ) from error


def _number(given: Given, *, least: int = 0, most: int) -> int:
    text = given.text
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise SettingsError(
            f"{given.place} is {text!r}. Set it to a whole number from {least} to {most}."
        )
    return int(text)


def _reading(given: Mapping[str, Given]) -> Bounds:
    # The program itself takes about 500 MiB of addresses.
    return Bounds(
        memory=_number(given[READER_MEMORY], least=800, most=65_536),
        seconds=_number(given[READER_SECONDS], least=10, most=3600),
    )


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
