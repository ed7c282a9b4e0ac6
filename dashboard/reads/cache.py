"""The only module that caches, so that freshness is decided in one place.

The viewer is read again every few seconds. Answers are kept until the data changes: the data
version is part of their cache key, and their scope holds what the viewer may see.
"""

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from functools import lru_cache
from itertools import count
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine

from dashboard import clock, log_guard, settings
from dashboard.reads import recording
from dashboard.reads.recording import Recording
from data.access import sign_in
from data.access.permission import Viewer
from data.meetings.freezes import FreezeLine
from data.meetings.frozen_state import FrozenState, bring_back
from data.store import data_version, demonstration_mark, watching
from data.store.database import reading

FRESH_FOR = timedelta(seconds=60)
IDENTITY_LASTS = timedelta(seconds=15)
"""How long a change of rights, or a sign-out in another process, may go unnoticed."""
VERSION_LASTS = timedelta(seconds=2)
"""How long an import by another process may go unnoticed."""
ANSWERS, VIEWERS = 2_000, 2_000
PARTS = 1_000
"""The number of cached values made for parts of pages."""
RECORDED = 48 * 2**20
"""The most bytes of cached drawn parts of pages."""
FREEZES_OPEN = 6
"""The number of freezes that are kept open, so that their cached answers are found again."""


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The engine of this process, with its one pool of connections."""
    given = settings.in_use()
    made = log_guard.opened(given.database_url)
    watching.watch(made, given.slow_query)
    return made


def viewer(token: str) -> Viewer | None:
    """The viewer signed in by `token`, at most `IDENTITY_LASTS` old; None if there is none."""
    return _viewer(engine(), token, _period(IDENTITY_LASTS))


@lru_cache(maxsize=VIEWERS)
def _viewer(engine: Engine, token: str, period: int) -> Viewer | None:
    with reading(engine) as connection:
        return sign_in.viewer(connection, token, clock.now(), settings.policy())


def viewer_now(token: str) -> Viewer | None:
    """The viewer signed in by `token`, read from the database now; None if there is none."""
    with reading(engine()) as connection:
        return sign_in.viewer(connection, token, clock.now(), settings.policy())


def forget_viewers() -> None:
    """Drop the cached viewers, after a sign-out or a change of rights."""
    _viewer.cache_clear()


def is_demonstration() -> bool:
    """Whether the database is marked as a demonstration."""
    return _is_demonstration(engine(), _period(FRESH_FOR))


@lru_cache(maxsize=4)
def _is_demonstration(engine: Engine, period: int) -> bool:
    with reading(engine) as connection:
        return demonstration_mark.is_demonstration(connection)


class ChangedMeanwhileError(Exception):
    """The data changed between two questions of one run."""


class Held(list[int]):
    """The version that a run holds on to; empty before its first question."""

    wrote = False
    """Whether the run itself has changed data."""


@contextmanager
def one_version() -> Iterator[Held]:
    """Answer every question within the block from one data version: the one at the first question.

    A question raises `ChangedMeanwhileError` if the data has changed since.
    """
    held = Held()
    before = _held.set(held)
    try:
        yield held
    finally:
        _held.reset(before)


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Answer every question within the block from the data as they are now, whatever is written
    meanwhile.

    Keeps a connection for as long as the block runs; `one_version` does without.
    """
    with reading(engine()) as connection:
        version = _held.set(Held([data_version.current(connection)]))
        snapshot = _snapshot.set(connection)
        try:
            yield
        finally:
            _snapshot.reset(snapshot)
            _held.reset(version)


_held: ContextVar[Held | None] = ContextVar("version", default=None)
_snapshot: ContextVar[Connection | None] = ContextVar("snapshot", default=None)
"""The connection from which the run is answered, within `one_snapshot`."""


def version() -> int:
    """The data version, which grows with every change; at most `VERSION_LASTS` old."""
    held = _held.get()
    if held:
        return held[0]
    current = _version(engine(), _period(VERSION_LASTS))
    if held is not None:
        held.append(current)
    return current


@lru_cache(maxsize=4)
def _version(engine: Engine, period: int) -> int:
    with reading(engine) as connection:
        return data_version.current(connection)


def forget_version() -> None:
    """Drop the cached data version, after this process has changed data."""
    held = _held.get()
    if _snapshot.get() is not None:
        # The run goes on with what was just written.
        _snapshot.set(None)
        _held.set(None)
    elif held is not None:
        held.clear()
        held.wrote = True
    _version.cache_clear()
    _is_demonstration.cache_clear()


def _period(lasts: timedelta) -> int:
    """The number of the current period of length `lasts`; answers are kept until it changes."""
    return int(time.monotonic() / lasts.total_seconds())


def frozen_state(line: FreezeLine) -> FrozenState:
    """The database in its state at a freeze."""
    # The cache key includes the engine, so concurrent sessions must get the same one.
    with _LOOKING_BACK:
        return _frozen_state(engine(), line)


_LOOKING_BACK = Lock()


@lru_cache(maxsize=FREEZES_OPEN)
def _frozen_state(engine: Engine, line: FreezeLine) -> FrozenState:
    return bring_back(engine, line.number)


# `lru_cache` is ten times faster than Streamlit's caches, and a page asks a dozen questions.
@lru_cache(maxsize=ANSWERS)
def answer(
    engine: Engine, version: int, question: Any, args: tuple[Any, ...], named: tuple[Any, ...]
) -> Any:
    """The result of `question` with a connection of `engine`, cached for this data version.

    `version` is 0 where nothing changes any more.
    """
    snapshot = _snapshot.get()
    if version and snapshot is not None:
        return question(snapshot, *args, **dict(named))
    with reading(engine) as connection:
        if version and _held.get() is not None and data_version.current(connection) != version:
            raise ChangedMeanwhileError
        return question(connection, *args, **dict(named))


def drawn(question: Hashable, part: Callable[[], None], *, controls: bool = False) -> None:
    """Draw `part`, or send again what it drew for an equal `question`.

    `question` must hold everything that `part` depends on; `controls` as in `recording.record`.
    """
    number = _number_of(question)
    kept = _recordings.get(number)
    if kept is not None:
        kept.send()
    elif number in _recordings:
        part()
    else:
        _keep(number, recording.record(part, controls=controls))


def forget_drawn() -> None:
    """Drop the drawn parts of pages."""
    with _keeping:
        _recordings.clear()


def _keep(number: int, made: Recording | None) -> None:
    with _keeping:
        _recordings[number] = made
        size = sum(each.size for each in _recordings.values() if each)
        while size > RECORDED or len(_recordings) > ANSWERS:
            oldest = _recordings.pop(next(iter(_recordings)))
            size -= oldest.size if oldest else 0


_recordings: dict[int, Recording | None] = {}
"""The recordings of drawn parts by the number of their question, the oldest first; None for a part
that cannot be sent again."""
_keeping = Lock()


@lru_cache(maxsize=ANSWERS)
def _number_of(_question: Hashable) -> int:
    """A number that equal questions share; it is faster to hash than the question."""
    return next(_NUMBERS)


_NUMBERS = count()


class _Making:
    """Wraps the function that computes a cached value, so that it is not part of the cache key."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Making)

    def __hash__(self) -> int:
        return 0


def made(question: Hashable, make: Callable[[], Any]) -> Any:
    """The result of `make`, cached by `question`.

    `question` must hold everything that the result depends on; callers must not change the result.
    """
    return _made(_number_of(question), _Making(make))


@lru_cache(maxsize=PARTS)
def _made(number: int, making: _Making) -> Any:
    return making.make()
