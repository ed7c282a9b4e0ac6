"""The sentences for errors with which commands may fail."""

import sqlite3

from sqlalchemy.exc import SQLAlchemyError

from dashboard import busy_words
from dashboard.commands.outcome import RefusedError
from dashboard.i18n import _, say
from dashboard.setting_origins import SettingsError
from data.scope import DayOutOfRangeError, NoSuchNodeError
from data.store.database import (
    BusyError,
    ChangedMeanwhileError,
    DamagedDatabaseError,
    DatabaseAddressError,
    DatabaseError,
    DatabaseUnreachableError,
    FullDiskError,
)
from data.store.schema import FutureDatabaseError
from models.text import TellingError

FORESEEN: tuple[type[Exception], ...] = (
    RefusedError,
    SettingsError,
    TellingError,
    NoSuchNodeError,
    DayOutOfRangeError,
    DatabaseError,
    SQLAlchemyError,
    sqlite3.Error,
    OSError,
)


def sentence_of(error: Exception) -> str:
    """The sentence for a foreseen error."""
    match error:
        case TellingError():
            return say(error.sentence)
        case NoSuchNodeError():
            return _("There is no node “{node}”.", node=error)
        case DayOutOfRangeError():
            return _("The day {day} is not between 2000-01-01 and 2099-12-31.", day=error)
        case FutureDatabaseError():
            return _(
                "The database was written by a later version of Gridlight. Use that version, or"
                " another database."
            )
        case ChangedMeanwhileError():
            return _("The reference lists were replaced meanwhile. Nothing was changed; try again.")
        case BusyError():
            return busy_words.try_again(error.holder)
        case DamagedDatabaseError():
            return _(
                "The database {file} is damaged ({reason}). Stop every process that uses it, keep"
                " the file, and restore the last backup: gridlight restore FILE --force.",
                file=error.file,
                reason=error.reason,
            )
        case DatabaseAddressError():
            return _of_address(error)
        case FullDiskError():
            return _(
                "The disk of the database in {folder} is full. Nothing was changed; make room and"
                " try again.",
                folder=error.folder,
            )
        case DatabaseUnreachableError():
            return _("The database does not answer: {reason}", reason=_first_line(error))
        case SQLAlchemyError():
            reason = _first_line(getattr(error, "orig", None) or error)
            return _("The database refused: {reason}", reason=reason)
        case sqlite3.Error():
            return _("The database refused: {reason}", reason=_first_line(error))
        case OSError(filename=file) if file is not None:
            return _("{file} cannot be read or written: {reason}", file=file, reason=error.strerror)
    return _first_line(error)


def _of_address(error: DatabaseAddressError) -> str:
    cause = error.__cause__
    if isinstance(cause, OSError):
        return _(
            "The folder of the database {folder} cannot be used: {reason}",
            folder=cause.filename,
            reason=cause.strerror,
        )
    return _(
        "This is not the address of a database: use sqlite:///PATH or postgresql://USER@HOST/NAME."
    )


def _first_line(error: object) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
