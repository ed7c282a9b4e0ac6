"""The log of the service on standard error: one line for one event, as text or as JSON.

A line says when, how grave, on behalf of which request and of which account's id; never whose it
is, and of an error only its kind and place, since what an error says may quote what is in a ledger.
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
"""What an event may say beside its words, in the order of a line."""
FRAMES = 8
"""Places of an error that are named, the innermost first."""
QUIET = {"authlib": logging.INFO, "sqlalchemy.pool": logging.CRITICAL, "asyncio": logging.ERROR}
"""Loggers that tell secrets when asked for more, or tell again what we say in a line."""

_request: ContextVar[str | None] = ContextVar("gridlight_request", default=None)
_account: ContextVar[str | None] = ContextVar("gridlight_account", default=None)


def set_up(out: TextIO | None = None) -> None:
    """Have everything that the service says go through here, to `out` or standard error."""
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
    """Have Streamlit's loggers, which write by themselves, and uvicorn's hand on what they say."""
    for each in list(streamlit_logger._loggers.values()):
        each.handlers[:] = []
        each.propagate = True


@contextmanager
def request() -> Iterator[str]:
    """One request or one run of a page: the lines within bear its id, which is handed over."""
    name = secrets.token_hex(4)
    asked, known = _request.set(name), _account.set(None)
    try:
        yield name
    finally:
        _request.reset(asked)
        _account.reset(known)


def on_behalf_of(account: str) -> None:
    """The lines of this request that follow bear the id of an account."""
    _account.set(account)


class _OneLine(logging.Formatter):
    def facts(self, record: logging.LogRecord) -> dict[str, object]:
        """What a line says, by name."""
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
        return {name: value for name, value in said.items() if value is not None}


class _Json(_OneLine):
    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(self.facts(record), ensure_ascii=False, default=str)


class _Text(_OneLine):
    def format(self, record: logging.LogRecord) -> str:
        said = self.facts(record)
        begins = " ".join(str(said.pop(name)) for name in ("time", "level", "event"))
        return " ".join([begins, *(f"{name}={value}" for name, value in said.items())])


def told(error: BaseException) -> str:
    """Kind and place of an error and of what led to it, without what they say."""
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
