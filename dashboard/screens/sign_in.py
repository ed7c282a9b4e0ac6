"""The sign-in page.

This is the only module that uses streamlit-authenticator: its form and its password comparison, but
neither its cookie nor its record of who is signed in.
"""

import secrets
from typing import Any

import streamlit as st
import streamlit_authenticator as stauth

from dashboard import (
    address,
    clock,
    identity,
    key_files,
    provider_settings,
    session_bridge,
    settings,
)
from dashboard.frame import head
from dashboard.i18n import _, name
from dashboard.markdown import literal
from dashboard.reads import cache
from dashboard.screens.new_password import too_many
from dashboard.serving import provider
from dashboard.serving.provider import Outcome
from data.access import (
    brakes,
    first_accounts,
    kept_passwords,
    sign_in,
    vouched_sign_in,
)
from data.access.vouched_sign_in import Vouched
from data.store.access_log import Act
from data.store.database import reading, recording
from models.account import Role, Way
from models.text import N_

# The library's session keys; none of them is used to tell who is signed in.
LEFT_BEHIND = ("authentication_status", "username", "name", "email", "roles", "logout")

HALF_TAKEN = "sign-in-half-taken"
HALF = "sign-in-half"
"""Session key: the ticket for a correct password that still needs a code."""

NO_ACCOUNT = N_(
    "You are known, but there is no account here that is open to you. Ask the account"
    " administrator."
)
OUTCOMES: dict[str, str] = {
    Outcome.AWAY: N_("Single sign-on does not answer. Try again in a minute."),
    Outcome.NOT_CONFIRMED: N_("Single sign-on did not confirm who you are. Try again."),
    Outcome.TOO_LATE: N_("That took too long. Sign in again."),
    Outcome.NO_ACCOUNT: NO_ACCOUNT,
}


class _Accounts(dict[str, dict[str, Any]]):
    """The accounts as the form sees them: a password hash for every name, even one that does not
    exist.

    An unknown name thus takes the same time and gets the same answer as a wrong password.
    """

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> dict[str, Any]:
        with reading(cache.engine()) as connection:
            kept = sign_in.hash_to_match(connection, name, clock.now(), identity.network_address())
        self[name] = {"name": name, "password": kept}
        return self[name]


def sign_in_form() -> None:
    """Draw the sign-in form; it replaces any page while nobody is signed in."""
    head.title(_("Who is signing in?"))
    with st.container(horizontal_alignment="center"), st.container(width=460):
        st.subheader(_("Gridlight"), anchor=False)
        _take_up_half()
        if HALF in st.session_state:
            ticket = _by_code()
        else:
            _say_outcome()
            ticket = _by_password() or _by_proxy() or _by_click()
            _offer_provider()
        st.caption(_("No state secrets may be entered or kept in this system."))
    if ticket:
        session_bridge.open_session(ticket)


def _by_password() -> str | None:
    """Return a ticket once the right password has been entered, else None."""
    known: dict[str, Any] = {"usernames": {}}
    # Remove the component that would write the library's cookie.
    cookie_writer = st.empty()
    with cookie_writer:
        form = stauth.Authenticate(
            known,
            cookie_key=secrets.token_hex(32),
            cookie_expiry_days=0,
            auto_hash=False,
            login_sleep_time=0,
        )
    cookie_writer.empty()
    # The form copies the accounts given at creation; set later, they are looked up one by one.
    asked = known["usernames"] = _Accounts()
    form.login(
        fields={
            "Form name": _("Sign in"),
            "Username": _("Account"),
            "Password": _("Password"),
            "Login": _("Sign in"),
        },
        key="sign-in",
    )
    right = st.session_state.get(LEFT_BEHIND[0])
    for key in LEFT_BEHIND:
        st.session_state[key] = None
    if right is None:
        return None
    act = Act(brakes.plain(next(iter(asked), "")), clock.now(), identity.network_address())
    if right:
        with recording(cache.engine()) as connection:
            ticket = sign_in.accept(connection, act)
            locked = not ticket and brakes.locked(connection, act.account, act.at, act.address)
        if locked:
            # As after a wrong password, so that many tries at once tell nothing either.
            st.error(too_many())
            return None
        if ticket is None:
            st.error(
                _(
                    "This one-time password is older than {hours} hours. Ask the account"
                    " administrator for a new one.",
                    hours=int(kept_passwords.ONE_TIME_LASTS.total_seconds()) // 3600,
                )
            )
            return None
        return _opening(ticket)
    with recording(cache.engine()) as connection:
        locked = brakes.refuse(connection, act)
    st.error(too_many() if locked else _("Account or password is not right."))
    return None


def _opening(ticket: str) -> str:
    """Return `ticket`, unless a code is required first: then rerun the page to ask for it."""
    with reading(cache.engine()) as connection:
        if not sign_in.awaits_code(connection, ticket, clock.now()):
            return ticket
    st.session_state[HALF] = ticket
    st.rerun()


def _take_up_half() -> None:
    """Continue, once, a sign-in by a provider that still needs a code of the second factor."""
    half = identity.half_ticket()
    if half is None or HALF_TAKEN in st.session_state:
        return
    st.session_state[HALF_TAKEN] = True
    with reading(cache.engine()) as connection:
        if sign_in.awaits_code(connection, half, clock.now()):
            st.session_state[HALF] = half


def _offer_provider() -> None:
    """Draw the button that leads to the identity provider, if one is configured."""
    found = provider_settings.provider()
    if found is None:
        return
    label = found.label or _("Sign in by single sign-on")
    if st.button(label, key="sign-in-provider", icon=":material/key:", width="stretch"):
        session_bridge.leave_for(provider.BEGIN)


def _by_proxy() -> str | None:
    """Return a ticket for the account named by a trusted proxy once it has been clicked, else
    None."""
    told = identity.told_by_proxy()
    if not told or not st.button(
        _("Sign in as {account}", account=literal(told)), key="sign-in-proxy", width="stretch"
    ):
        return None
    act = Act("", clock.now(), identity.network_address())
    with recording(cache.engine()) as connection:
        ticket = vouched_sign_in.enter(
            connection,
            act,
            Way.PROXY,
            Vouched(told),
            factor_left=settings.policy().factor_left,
        )
    if ticket is None:
        st.error(_(NO_ACCOUNT))
        return None
    return _opening(ticket)


def _say_outcome() -> None:
    """Show why a sign-in by the provider failed, if it did."""
    sentence = OUTCOMES.get(address.of_page(provider.ANSWER))
    if sentence:
        st.error(_(sentence))


def _by_code() -> str | None:
    """Return a ticket once a code of the second factor has been entered after the password, else
    None."""
    half = st.session_state[HALF]
    with reading(cache.engine()) as connection:
        account = sign_in.awaits_code(connection, half, clock.now())
    if account is None:
        del st.session_state[HALF]
        st.warning(_("That took too long. Sign in again."))
        return _by_password()
    with st.form("second-factor"):
        st.subheader(_("Second factor"), anchor=False)
        typed = st.text_input(
            _("Sign-in code"),
            key="sign-in-code",
            max_chars=40,
            autocomplete="one-time-code",
            help=_("The six digits of your authenticator, or one of your recovery codes."),
        )
        with st.container(horizontal=True):
            go = st.form_submit_button(_("Sign in"), key="sign-in-code-go", type="primary")
            back = st.form_submit_button(_("Back"), key="sign-in-code-back")
    if back:
        del st.session_state[HALF]
        st.rerun()
    if not go:
        return None
    act = Act(account, clock.now(), identity.network_address())
    with recording(cache.engine()) as connection:
        ticket = sign_in.complete(connection, act, half, typed, key_files.seal())
        locked = brakes.codes_locked(connection, account, act.at, act.address)
    if ticket:
        del st.session_state[HALF]
        return ticket
    st.error(
        too_many()
        if locked
        else _("This code is not right, or was used already. Wait for the next one.")
    )
    return None


def _by_click() -> str | None:
    """Return a ticket once an account of the demonstration has been clicked, else None."""
    if not (settings.in_use().demonstration and cache.is_demonstration()):
        return None
    with reading(cache.engine()) as connection:
        offered = first_accounts.of_demonstration(connection)
    st.header(_("Look around as"), anchor=False)
    with st.container(horizontal=True):
        clicked = [account for account, role in offered.items() if _click(account, role)]
    if not clicked:
        return None
    with recording(cache.engine()) as connection:
        act = Act(clicked[0], clock.now(), identity.network_address())
        return sign_in.enter(connection, act)


def _click(account: str, role: Role) -> bool:
    return st.button(name(role.label), key=f"enter-{account}")
