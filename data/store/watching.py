"""Measure the database: duration of statements, waiting writers, outages.

Metrics are counted whether or not anybody reads them. Slow statements are logged without the values
of any row.
"""

import logging
import re
import time
from threading import Lock
from typing import Any

from prometheus_client import Counter, Histogram
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

log = logging.getLogger(__name__)

STATEMENTS = Histogram(
    "gridlight_database_seconds",
    "Statements of the database, by how long each took.",
    buckets=(0.001, 0.005, 0.02, 0.1, 0.5, 2, 10),
)
WAITS = Histogram(
    "gridlight_lock_wait_seconds",
    "Waits of writers for the lock on data, or on accounts and the access log.",
    ["lock"],
    buckets=(0.001, 0.01, 0.1, 0.5, 2, 10, 60, 600),
)
GIVEN_UP = Counter("gridlight_lock_given_up", "Writers who waited for a lock in vain.", ["lock"])
FAILURES = Counter("gridlight_database_failures", "Questions that the database did not answer.")

LONGEST_SHAPE = 500
TOLD_EVERY = 60.0
"""Seconds between two lines of an outage that goes on."""
LITERAL = re.compile(r"'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b")
NO_ROOM = re.compile("disk is full|no space left|: no room", re.IGNORECASE)
"""Matches the error texts of SQLite, of PostgreSQL, of the operating system and of our own."""
STARTED = "gridlight_started"
OUTAGES = (OperationalError, InterfaceError)


def watch(engine: Engine, slow_after: float | None) -> None:
    """Measure the statements of `engine`; log those that take `slow_after` seconds or longer."""

    def begun(connection: Connection, *_more: Any) -> None:
        connection.info[STARTED] = time.perf_counter()

    def done(connection: Connection, _cursor: Any, statement: str, *_more: Any) -> None:
        lasted = time.perf_counter() - connection.info.pop(STARTED, time.perf_counter())
        STATEMENTS.observe(lasted)
        if slow_after is not None and lasted >= slow_after:
            log.warning("slow query", extra={"ms": round(lasted * 1000), "sql": shape(statement)})
        if _outage.began:
            _outage.over()

    event.listen(engine, "before_cursor_execute", begun)
    event.listen(engine, "after_cursor_execute", done)


def shape(statement: str) -> str:
    """A statement on one line, without the values written out in it."""
    return LITERAL.sub("?", " ".join(statement.split()))[:LONGEST_SHAPE]


def waited(lock: str, since: float) -> None:
    """Count a writer that got a lock after waiting since `since` (`time.perf_counter`)."""
    WAITS.labels(lock).observe(time.perf_counter() - since)


def gave_up(lock: str) -> None:
    """Count a writer that gave up waiting for a lock."""
    GIVEN_UP.labels(lock).inc()


def note_failure(error: Exception) -> None:
    """Log that the database failed.

    An outage is logged when it begins, then once a minute, and when it ends; a full disk, while
    which the database goes on answering, once a minute.
    """
    FAILURES.inc()
    if NO_ROOM.search(str(error)):
        _full_disk.note()
    elif isinstance(error, DBAPIError) and not isinstance(error, OUTAGES):
        log.error("the database refused a statement: %s", reason(error), exc_info=error)
    else:
        _outage.note(error)


class _FullDisk:
    """When it was last told that the disk is full."""

    def __init__(self) -> None:
        self._told: float | None = None
        self._lock = Lock()

    def note(self) -> None:
        now = time.monotonic()
        with self._lock:
            if self._told is not None and now - self._told < TOLD_EVERY:
                return
            self._told = now
        log.error("the disk of the database is full: nothing can be entered")


class _Outage:
    """When the database became unavailable, and how often that was noticed."""

    def __init__(self) -> None:
        self.began: float | None = None
        self._told, self._failed = 0.0, 0
        self._lock = Lock()

    def note(self, error: Exception) -> None:
        now = time.monotonic()
        with self._lock:
            self._failed += 1
            first = self.began is None
            if self.began is None:
                self.began = now
            elif now - self._told < TOLD_EVERY:
                return
            self._told, lasts, failed = now, now - self.began, self._failed
        if first:
            log.error("the database does not answer: %s", reason(error))
        else:
            log.error(
                "the database does not answer",
                extra={"seconds": round(lasts), "failed": failed},
            )

    def over(self) -> None:
        with self._lock:
            if self.began is None:
                return
            lasted, failed = time.monotonic() - self.began, self._failed
            self.began, self._failed = None, 0
        log.warning(
            "the database answers again", extra={"seconds": round(lasted), "failed": failed}
        )


_outage = _Outage()
_full_disk = _FullDisk()


def reason(error: Exception) -> str:
    """Why the database cannot be used, on one line: the driver's words on the connection, never
    on rows."""
    found = getattr(error, "orig", None) or error
    state = getattr(found, "sqlstate", None)
    if state:
        # The server's message about a statement may quote values of rows.
        return f"{type(found).__name__} {state}"
    lines = str(found).strip().splitlines()
    return f"{type(found).__name__}: {lines[0][:200] if lines else ''}"
