"""The page on which the owner of an account replaces its password."""

import streamlit as st

from dashboard import (
    identity,
    session_bridge,
    settings,
)
from dashboard.frame import head
from dashboard.i18n import _
from dashboard.markdown import told
from dashboard.reads import cache
from data.access import (
    brakes,
    own_password,
    password_rules,
    sign_in,
)
from data.access.own_password import WrongPasswordError
from data.access.permission import ChangeReason
from data.store.database import reading, recording
from models.text import TellingError


def password_page() -> None:
    """Draw the form to replace the viewer's password; say why if it must be replaced."""
    viewer = identity.require_viewer()
    head.title(_("Choose a new password"))
    with st.container(horizontal_alignment="center"), st.container(width=460):
        if viewer.must_change:
            st.info(_why_change(viewer.must_change))
        with st.form("password"):
            present = st.text_input(_("Present password"), type="password", key="password-present")
            new = st.text_input(
                _("New password"), type="password", key="password-new", help=_rules()
            )
            again = st.text_input(_("New password again"), type="password", key="password-again")
            if st.form_submit_button(_("Change the password"), key="password-change"):
                _change(present, new, again)


def _change(present: str, new: str, again: str) -> None:
    if new != again:
        st.error(_("The two new passwords differ."))
        return
    act = identity.act()
    replacement, refused = None, None
    with reading(cache.engine()) as connection:
        if brakes.locked(connection, act.account, act.at, act.address):
            st.error(too_many())
            return
        try:
            replacement = own_password.prepare(connection, act.account, present, new)
        except TellingError as error:
            refused = error
    ticket = None
    with recording(cache.engine()) as connection:
        # Others may have been tried while this one was compared.
        locked = brakes.locked(connection, act.account, act.at, act.address)
        if isinstance(refused, WrongPasswordError):
            # Count the attempt, so that passwords cannot be guessed on a page left open.
            brakes.refuse(connection, act)
        elif replacement and not locked:
            try:
                own_password.replace(connection, act, replacement)
                # A viewer who is signed in has already given a code if one is required.
                ticket = sign_in.accept(connection, act, code_given=True)
            except TellingError as error:
                refused = error
    if locked:
        st.error(too_many())
        return
    if refused:
        st.error(told(refused.sentence))
        return
    cache.forget_viewers()
    if ticket:
        session_bridge.open_session(ticket)


def _why_change(reason: ChangeReason) -> str:
    if reason is ChangeReason.GIVEN:
        return _("Your password was given to you by somebody else. Choose one of your own.")
    age = settings.policy().password_age
    return _(
        "Your password is older than {days} days. Choose a new one.", days=age.days if age else 0
    )


def _rules() -> str:
    return _(
        "At least {least} characters with capital and small letters, digits and other characters;"
        " from {long} on any. A sentence is easy to remember.",
        least=password_rules.SHORTEST,
        long=password_rules.LONG_ENOUGH,
    )


def too_many() -> str:
    """The sentence to somebody who has to wait after too many failed attempts."""
    minutes = brakes.LOCK_WINDOW.seconds // 60
    return _("Too many failed attempts. Try again in {minutes} minutes.", minutes=minutes)
