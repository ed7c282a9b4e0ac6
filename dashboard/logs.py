"""The service's log on standard error: a line for each event, as text or JSON.

A line has the time, the level, the id of the request and the id of the account, never a name. Of an
error it has only the type and place, since its text may quote ledgers.
"""

import json
import logging
import secrets
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from streamlit import logger as streamlit_logger

from dashboard import settings

ROOT = Path(__file__).parent.parent
EXTRAS = ("method", "path", "status", "page", "address", "ms", "sql", "seconds", "failed", "error")
"""The additional fields of a line, in their order."""
FRAMES = 8
"""The most places in the code that are logged of an error, the innermost first."""
QUIET = {
    "authlib": logging.INFO,
    "sqlalchemy.pool": logging.CRITICAL,
    "asyncio": logging.ERROR,
    "streamlit.error_util": logging.CRITICAL,
    "streamlit.runtime.app_session": logging.ERROR,
    "streamlit.web.server.starlette.starlette_websocket": logging.ERROR,
}
"""The least levels of loggers that would log secrets, repeat our own lines, or write a line for
every message that a browser cares to send."""

_request: ContextVar[str | None] = ContextVar("gridlight_request", default=None)
_account: ContextVar[str | None] = ContextVar("gridlight_account", default=None)


def set_up(out: TextIO | None = None) -> None:
    """Send all logging of the service to `out` or standard error, in our format."""
    given = settings.in_use()
    handler = logging.StreamHandler(out or sys.stderr)
    handler.setFormatter(_Json() if given.log_json else _Text())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(given.log_level)
    for name, level in QUIET.items():
        logging.getLogger(name).setLevel(level)
    take_over()


def take_over() -> None:
    """Make the loggers of Streamlit and uvicorn use our handlers instead of their own."""
    for each in list(streamlit_logger._loggers.values()):
        each.handlers[:] = []
        each.propagate = True


@contextmanager
def request() -> Iterator[str]:
    """One request or one run of a page: log lines in the block have its id, which is yielded."""
    name = secrets.token_hex(4)
    asked, known = _request.set(name), _account.set(None)
    try:
        yield name
    finally:
        _request.reset(asked)
        _account.reset(known)


def on_behalf_of(account: str) -> None:
    """Add the id of an account to the following log lines of this request."""
    _account.set(account)


class _OneLine(logging.Formatter):
    def facts(self, record: logging.LogRecord) -> dict[str, object]:
        """The fields of a line, by name."""
        said: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": " ".join(record.getMessage().split()),
            "logger": record.name,
            "request": _request.get(),
            "account": _account.get(),
        }
        if record.exc_info and record.exc_info[1]:
            said["error"] = told(record.exc_info[1])
        said |= {name: record.__dict__[name] for name in EXTRAS if name in record.__dict__}
        return {name: _one_line(value) for name, value in said.items() if value is not None}


def _one_line(value: object) -> object:
    """A value whose line breaks and other invisible characters are written as escapes.

    Paths come from anybody: a line break in one must not begin a forged line of the log.
    """
    if not isinstance(value, str) or value.isprintable():
        return value
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in value
    )


class _Json(_OneLine):
    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(self.facts(record), ensure_ascii=False, default=str)


class _Text(_OneLine):
    def format(self, record: logging.LogRecord) -> str:
        said = self.facts(record)
        begins = " ".join(str(said.pop(name)) for name in ("time", "level", "event"))
        return " ".join([begins, *(f"{name}={value}" for name, value in said.items())])


def told(error: BaseException) -> str:
    """The type and place of an error and of its causes, without their texts."""
    parts: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(parts) < 4:
        parts.append(f"{type(seen).__name__} at {_places(seen.__traceback__)}")
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return " from ".join(parts)


def _places(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)[::-1]
    return " < ".join(f"{_short(each.filename)}:{each.lineno}" for each in frames[:FRAMES])


def _short(name: str) -> str:
    path = Path(name)
    if path.is_relative_to(ROOT) and ".venv" not in path.parts:
        return str(path.relative_to(ROOT))
    return "/".join(path.parts[-2:])
