"""Carries out changes of accounts and shows the result, or the reason for a refusal."""

from collections.abc import Callable

import streamlit as st
from sqlalchemy import Connection

from dashboard import identity
from dashboard.i18n import _
from dashboard.markdown import told
from dashboard.reads import cache
from data.store.access_log import Act
from data.store.database import recording
from models.text import TellingError

# The session key of a message that is shown in the rerun after a change.
NOTICE = "account-notice"

Change = Callable[[Connection, Act], None]


def tell_notice() -> None:
    """Show the message about the change made in the run before, if there was one."""
    notice = st.session_state.pop(NOTICE, None)
    if notice:
        st.success(notice)


def make(change: Change, notice: str) -> None:
    """Carry out a change and rerun the page with the message `notice`; show the reason if it is
    refused."""
    try:
        with recording(cache.engine()) as connection:
            change(connection, identity.act())
    except TellingError as error:
        st.error(told(error.sentence))
        return
    cache.forget_viewers()
    st.session_state[NOTICE] = notice
    st.rerun()


def one_time_password(account: str, password: str) -> str:
    """Return the sentence that shows a one-time password; it is shown only once."""
    return _(
        "One-time password of {account}, shown only now: `{password}`",
        account=account,
        password=password,
    )
