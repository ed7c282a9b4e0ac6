"""The one place where exceptions become messages for the user.

An exception not listed here is logged under a number that the page shows.
"""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from dashboard import busy_words
from dashboard.i18n import _
from dashboard.identity import SignedOutError
from dashboard.markdown import literal, told
from data.scope import DayOutOfRangeError, NoSuchNodeError
from data.store import watching
from data.store.database import BusyError, DatabaseError, FullDiskError
from models.text import N_, TellingError

log = logging.getLogger(__name__)

NO_SUCH_UNIT = N_("No such unit.")
NO_SUCH_DAY = N_("The day must lie between 2000-01-01 and 2099-12-31.")
DATABASE_AWAY = N_("The database did not answer. Please try again in a minute.")
NO_ROOM = N_("The disk of the server is full: nothing can be entered. Tell the administrator.")
NO_ROOM_FOR_FILES = N_(
    "The disk of the server is full: the file cannot be made. Tell the administrator."
)
SIGNED_OUT = N_("You are no longer signed in. Please load the page again.")


class AddressError(TellingError):
    """The address bar holds an invalid value; `sentence` says which."""


EXPECTED = (
    TellingError,
    DatabaseError,
    DayOutOfRangeError,
    NoSuchNodeError,
    SignedOutError,
    SQLAlchemyError,
)


@contextmanager
def edge() -> Iterator[None]:
    """Show a message for known exceptions raised in the block; the rest of the page is drawn."""
    try:
        yield
    except EXPECTED as error:
        show_error(error)


def show_error(error: Exception) -> bool:
    """Show the message for `error`; always True, which tells Streamlit that it was handled."""
    match error:
        case TellingError():
            st.error(told(error.sentence))
        case NoSuchNodeError():
            st.error(_(NO_SUCH_UNIT))
        case DayOutOfRangeError():
            st.error(_(NO_SUCH_DAY))
        case SignedOutError():
            st.warning(_(SIGNED_OUT))
        case BusyError():
            st.warning(literal(busy_words.try_again(error.holder)))
        case FullDiskError():
            watching.note_failure(error)
            st.error(_(NO_ROOM))
        case SQLAlchemyError() if watching.NO_ROOM.search(str(error)):
            watching.note_failure(error)
            st.error(_(NO_ROOM))
        case DatabaseError() | SQLAlchemyError():
            watching.note_failure(error)
            st.error(_(DATABASE_AWAY))
        case OSError() if watching.NO_ROOM.search(str(error)):
            log.error("no room for temporary files")
            st.error(_(NO_ROOM_FOR_FILES))
        case _:
            number = secrets.token_hex(4)
            log.error("error %s", number, exc_info=error)
            st.error(
                _("Something went wrong. The administrator finds it under {number}.", number=number)
            )
    return True
