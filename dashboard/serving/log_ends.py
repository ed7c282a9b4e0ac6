"""Notes the end of the access log outside the database, every few seconds while the server runs.

Whoever cuts off the last entries would otherwise only have to do so before the server stops.
"""

import logging
from collections.abc import Callable
from threading import Event, Thread

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from dashboard import log_guard
from dashboard.setting_origins import SettingsError
from data.store.database import DatabaseError
from data.store.log_anchors import NoAnchorError

log = logging.getLogger(__name__)

EVERY = 10.0
"""Seconds between two notes: how long a new entry can be cut off unnoticed."""


def begin(engine: Engine, every: float = EVERY) -> Callable[[], None]:
    """Begin to note the end every so many seconds, in a thread for which no request waits.

    The function returned notes it a last time and ends the thread.
    """
    ended = Event()
    thread = Thread(
        target=_note_until, args=(engine, every, ended), name="gridlight-log-end", daemon=True
    )
    thread.start()

    def end() -> None:
        ended.set()
        thread.join(timeout=EVERY)

    return end


def _note_until(engine: Engine, every: float, ended: Event) -> None:
    """Note the end until `ended` is set and once then; say in the log what changes, not each
    time."""
    said, last = "", False
    while not last:
        last = ended.wait(every)
        wrong = _note(engine)
        if wrong and wrong != said:
            log.error("%s", wrong)
        said = wrong


def _note(engine: Engine) -> str:
    """Note the end; a sentence where that failed, or where the noted end is no longer there."""
    try:
        if log_guard.keep_end(engine):
            return ""
    except (DatabaseError, SQLAlchemyError, NoAnchorError, SettingsError) as error:
        return f"the end of the access log cannot be noted: {type(error).__name__}"
    return "the access log no longer holds the end that was noted down before"
