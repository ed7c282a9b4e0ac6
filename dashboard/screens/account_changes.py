"""Makes a change of accounts and says so on the page drawn anew, or says why it was refused."""

from collections.abc import Callable

import streamlit as st
from sqlalchemy import Connection

from dashboard import identity
from dashboard.i18n import _, say
from dashboard.reads import cache
from data.store.access_log import Act
from data.store.database import recording
from models.text import TellingError

# Streamlit draws a page anew after a change; what is to be said of the change waits here.
NOTICE = "account-notice"

Change = Callable[[Connection, Act], None]


def tell_notice() -> None:
    """Say what was changed just before the page was drawn."""
    notice = st.session_state.pop(NOTICE, None)
    if notice:
        st.success(notice)


def make(change: Change, notice: str) -> None:
    """Make a change and say so on the page drawn anew, or say why it was refused."""
    try:
        with recording(cache.engine()) as connection:
            change(connection, identity.act())
    except TellingError as error:
        st.error(say(error.sentence))
        return
    cache.forget_viewers()
    st.session_state[NOTICE] = notice
    st.rerun()


def one_time_password(account: str, password: str) -> str:
    """The sentence in which a one-time password is shown, once."""
    return _(
        "One-time password of {account}, shown only now: `{password}`",
        account=account,
        password=password,
    )
